"""Views and functions of the database, each kept in a file of SQL beside the app that owns it."""

from pathlib import Path

from django.db.migrations.operations import RunSQL


def from_file(path: Path, *, undo: str) -> RunSQL:
    """The migration operation that runs a file of SQL; ``undo`` is the SQL that takes it back."""
    return RunSQL(path.read_text(encoding="utf-8"), undo)
