"""What was changed to make one record of two, written down so that it can be undone."""

import json
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from workforce.models import User

from .choices import InError
from .corrections import put_back, strike_out
from .models import StruckOut

Entry = dict[str, Any]


class Ledger:
    """The changes of a merge in their order, each made as it is written down.

    An entry has the ``kind`` and ``key`` of a record, and what ``was`` and what ``is``: nothing was
    where a record was made, nothing is where it was removed. Of one that was struck out because
    another was ``kept``, it has the key of what puts it back.
    """

    def __init__(self, by: User) -> None:
        self.by = by
        self.entries: list[Entry] = []

    def change(self, record: Model, **values: Any) -> None:
        """Give some columns of a record other values."""
        was = {name: getattr(record, name) for name in values}
        if was == values:
            return
        type(record)._base_manager.filter(pk=record.pk).update(**values)
        for name, value in values.items():
            setattr(record, name, value)
        self._note(record, was=was, now=values)

    def make(self, record: Model) -> None:
        """Store a new record."""
        record.full_clean()
        record.save(force_insert=True)
        self._note(record, was=None, now={})

    def remove(self, record: Model) -> None:
        """Delete a record."""
        was = {field.attname: getattr(record, field.attname) for field in stored(record)}
        self._note(record, was=was, now=None)
        record.delete()

    def strike_out(self, record: Model, *, kept: Model) -> None:
        """Take out a record that was entered twice, in favour of the one that is kept."""
        struck = strike_out(record=record, reason=InError.TWICE, note="", by=self.by)
        self._note(record, kept=kept.pk, struck=struck.pk)

    def _note(self, record: Model, **told: Any) -> None:
        self.entries.append({"kind": record._meta.label_lower, "key": record.pk, **told})


def undo(entries: list[Entry], by: User) -> int:
    """Put back what a ledger changed, the last first; how many were changed since, and so stay."""
    return sum(not _undone(entry, by) for entry in reversed(entries))


def _undone(entry: Entry, by: User) -> bool:
    model, key = apps.get_model(entry["kind"]), entry["key"]
    if struck := entry.get("struck"):
        put_back(struck=StruckOut.objects.get(pk=struck), by=by)
        return True
    found = model._base_manager.filter(pk=key)
    if entry["now"] is None:
        _as_it_was(model, entry["was"]).save(force_insert=True)
        return True
    record = found.first()
    if record is None:
        return False
    if entry["was"] is None:
        record.delete()
        return True
    since = {name for name, value in entry["now"].items() if _plain(getattr(record, name)) != value}
    values = {name: value for name, value in entry["was"].items() if name not in since}
    found.update(**vars_of(model, values))
    return not since


def stored(record: Model) -> list:
    """The columns of a record that are stored, and not worked out by the database."""
    return [field for field in record._meta.concrete_fields if not field.generated]


def vars_of(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """Values of columns, as they are read from what was written down."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def _as_it_was(model: type[Model], values: dict[str, Any]) -> Model:
    return model(**vars_of(model, values))


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))
