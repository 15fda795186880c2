#!/usr/bin/env python
"""Reckoner's command line."""

import os
import sys


def main() -> None:
    """Run a management command, with the embedded database where it needs one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config import embedded, trouble

    try:
        with embedded.for_command(sys.argv):
            execute_from_command_line(sys.argv)
    except embedded.CannotStart as error:
        sys.exit(str(error))
    except Exception as error:
        if "--traceback" in sys.argv or not (sentence := trouble.sentence(error)):
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
