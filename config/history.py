"""The history that nobody can skip: a database trigger writes every change to a record."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

import pghistory
from django.contrib.auth import get_user_model
from django.db.models import Field, ForeignKey, Max, Model, QuerySet

from config.wording import in_words

LABELS = {"insert": "Added", "update": "Changed", "delete": "Deleted"}


def keeps_history(model=None, *, leave_out=()):
    """Decorate a model so that each insert, update and delete is kept, bulk and raw SQL included.

    An event holds the row as it was after the change (before it, for a delete), the moment, and the
    account and page where there was one. ``leave_out`` names fields that must not be copied.
    """

    def track(model):
        events = pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
        return pghistory.track(*events, exclude=list(leave_out) or None)(model)

    return track if model is None else track(model)


def events_of(model: type[Model]) -> type[Model]:
    """The table that keeps a model's history."""
    return model._meta.get_field("events").related_model


def version(record: Model) -> int:
    """The number of the latest change to a record: it is another as soon as anybody changes it."""
    latest = events_of(type(record)).objects.filter(pgh_obj_id=record.pk).aggregate(Max("pgh_id"))
    return latest["pgh_id__max"] or 0


@dataclass(frozen=True)
class Change:
    """One change to a record: when, by whom and why, and each field's value before and after.

    ``whole`` says that the record came or went with it, and so all its fields.
    """

    version: int
    at: datetime.datetime
    what: str
    who: str
    where: str
    why: str
    whole: bool
    fields: list[tuple[str, str, str]]


def changes(model: type[Model], key, *, reader) -> list[Change]:
    """Every change to one record, the latest first; the record itself may be gone.

    Other records it names are called by their names where the reader may see them.
    """
    events = list(
        events_of(model).objects.filter(pgh_obj_id=key).select_related("pgh_context").order_by("pk")
    )
    kept = {field.name for field in events_of(model)._meta.concrete_fields}
    fields = [field for field in model._meta.concrete_fields if field.name in kept]
    names = _names(fields, events, reader)
    users = {_metadata(event).get("user") for event in events}
    accounts = get_user_model().objects.in_bulk(users - {None})
    found, before = [], None
    for event in events:
        gone = event.pgh_label == "delete"
        pairs = (
            (
                str(field.verbose_name),
                names(field, before) if before else "",
                "" if gone else names(field, event),
            )
            for field in fields
            if not field.primary_key
        )
        metadata = _metadata(event)
        account = accounts.get(metadata.get("user"))
        found.append(
            Change(
                version=event.pgh_id,
                at=event.pgh_created_at,
                what=metadata.get("what") or LABELS[event.pgh_label],
                who=str(account or metadata.get("by") or "Outside the application"),
                where=metadata.get("url", ""),
                why=metadata.get("why", ""),
                whole=event.pgh_label != "update",
                fields=[(label, old, new) for label, old, new in pairs if old != new],
            )
        )
        before = None if gone else event
    return found[::-1]


def side_by_side(model: type[Model], *rows: Model, reader) -> list[tuple[str, list[str]]]:
    """Some states of a record, field by field: what each is called, and its value in every state.

    A state is a record that may not be stored, or an event of its history.
    """
    kept = {field.name for field in events_of(model)._meta.concrete_fields}
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.name in kept and not field.primary_key and not field.generated
    ]
    names = _names(fields, list(rows), reader)
    return [(str(field.verbose_name), [names(field, row) for row in rows]) for field in fields]


def _seen(model: type[Model], reader) -> QuerySet:
    found = model._default_manager.all()
    return found.visible_to(reader) if hasattr(found, "visible_to") else found


def _metadata(event: Model) -> dict:
    return event.pgh_context.metadata if event.pgh_context else {}


def _names(fields: list[Field], events: list[Model], reader):
    """A function that words a field of an event, and calls related records by their name."""
    keys = defaultdict(set)
    for field in fields:
        if isinstance(field, ForeignKey):
            found = {getattr(event, field.attname) for event in events} - {None}
            keys[field.related_model] |= found
    shown = {model: _seen(model, reader).in_bulk(found) for model, found in keys.items() if found}
    there = {
        model: set(model._default_manager.filter(pk__in=others).values_list("pk", flat=True))
        for model, found in keys.items()
        if (others := found - shown.get(model, {}).keys())
    }

    def name(field: Field, event: Model) -> str:
        value = getattr(event, field.attname)
        if value is None or not isinstance(field, ForeignKey):
            return in_words(field, value)
        if value in shown[field.related_model]:
            return str(shown[field.related_model][value])
        return "not shown" if value in there[field.related_model] else f"{value} (deleted)"

    return name
