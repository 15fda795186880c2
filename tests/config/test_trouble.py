"""What is said where a disk is full, a folder closed, or the database away: a sentence."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError
from psycopg.errors import DeadlockDetected, DiskFull

from config import trouble


def manage(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A command as it is typed, in an environment of its own."""
    argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), *args]
    drop = {"DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE", "VAR_DIR"}
    kept = {name: value for name, value in os.environ.items() if name not in drop}
    return subprocess.run(argv, env=kept | env, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("command", ["check", "kpis", "up", "migrate", "import_return"])
def test_folder_that_cannot_be_used_is_named_by_every_command(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = manage(command, VAR_DIR=str(tmp_path / "file" / "var"))
    assert told.returncode == 1
    assert told.stderr.startswith(f"Cannot use {tmp_path}")
    assert "VAR_DIR" in told.stderr
    assert "Traceback" not in told.stderr


def test_traceback_is_there_for_those_who_ask(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = manage("check", "--traceback", VAR_DIR=str(tmp_path / "file" / "var"))
    assert "NotADirectoryError" in told.stderr


def test_database_that_does_not_answer_is_said_to_be_away(tmp_path: Path) -> None:
    nobody = "postgres://nobody@127.0.0.1:1/nothing"
    told = manage("kpis", VAR_DIR=str(tmp_path), DATABASE_URL=nobody)
    assert told.returncode == 1
    assert told.stderr.startswith("The database does not answer (connection failed")


def of(cause: Exception) -> OperationalError:
    """The error that Django makes of one of PostgreSQL's."""
    error = OperationalError(str(cause))
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left", "/data/log"), "no room to write /data/log"),
        (OSError(errno.ENOSPC, "No space left"), "no room to write: No space left"),
        (OSError(errno.EROFS, "Read-only", "/data"), "Cannot use /data: Read-only"),
        (of(DiskFull("could not extend file")), "disk is full (could not extend file)"),
    ],
)
def test_sentence_says_what_is_wrong(error: Exception, said: str) -> None:
    assert said in trouble.sentence(error)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOENT, "No such file"),
        IntegrityError("refused"),
        of(DeadlockDetected("deadlock")),
        ValueError("a mistake of ours"),
    ],
)
def test_other_errors_are_not_the_machines(error: Exception) -> None:
    assert trouble.sentence(error) == ""
