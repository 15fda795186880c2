"""What is said at the command line where the machine is at fault, and not the command."""

import errno

from django.conf import settings
from django.db import InterfaceError, OperationalError
from psycopg.errors import DiskFull

CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}
FULL = {errno.ENOSPC, errno.EDQUOT}
AWAY = {None, "57P01", "57P02", "57P03"}  # no answer at all, shut down, crashed, starting up


def sentence(error: Exception) -> str:
    """What is wrong, and what to do about it; empty where it is something else."""
    if isinstance(error, OperationalError | InterfaceError):
        return _of_the_database(error)
    if not isinstance(error, OSError) or error.errno not in CLOSED | FULL:
        return ""
    where = f" {error.filename}" if error.filename else ""
    if error.errno in FULL:
        return f"There is no room to write{where}: {error.strerror}. Make room, and try again."
    return (
        f"Cannot use{where}: {error.strerror}. VAR_DIR names the folder for everything that is"
        " written; name one that is yours."
    )


def _of_the_database(error: OperationalError | InterfaceError) -> str:
    said = str(error).partition("\n")[0]
    if isinstance(error.__cause__, DiskFull):
        return f"The database's disk is full ({said}). Make room, and try again."
    if getattr(error.__cause__, "sqlstate", None) not in AWAY:
        return ""
    log = f" Its log is {settings.EMBEDDED.log}." if settings.EMBEDDED else ""
    return f"The database does not answer ({said}).{log}"
