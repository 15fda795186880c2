"""Logs that say where an error arose and of which kind, and quote no record.

What an error says is left out: the database's messages quote the row that they are about.
"""

import copy
import logging
import traceback
from collections.abc import Iterator

BECAUSE = "\nwhich arose from\n"


class Discreet(logging.Formatter):
    """The formatter of every log."""

    def format(self, record: logging.LogRecord) -> str:
        told = copy.copy(record)
        told.exc_text = None  # of another handler
        told.args = discreet(record.args)
        return super().format(told)

    def formatException(self, exc_info) -> str:
        return BECAUSE.join(
            "".join(traceback.format_tb(error.__traceback__)) + kind(error)
            for error in chain(exc_info[1])
        )


def discreet(args):
    """The values of a message, with errors, and what Celery makes of them, by their kind."""
    if isinstance(args, dict):
        if "traceback" in args and "exc" in args:
            return args | {"exc": str(args["exc"]).partition("(")[0], "traceback": ""}
        return args
    if isinstance(args, tuple):
        return tuple(kind(value) if isinstance(value, BaseException) else value for value in args)
    return args


def kind(error: BaseException) -> str:
    """What kind of error it is, with the database's code for it."""
    code = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{name} ({code})" if code else name


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, then those that it arose from."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
