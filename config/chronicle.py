"""When the demonstration's records became known: the history that entering them would have left.

All of them are loaded at one moment. Here each gets the history of a record that was entered at the
close of the day on which it began, and added to on every day that brought something more.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import DateTimeField, Field, Model
from pghistory.models import Context

from config.history import events_of

CLOSE = "17:30"
ALWAYS = datetime.date(2000, 1, 1)  # before anything that is on record


@dataclass(frozen=True)
class Mistake:
    """Which other record a field named up to the day on which it was put right.

    ``told`` is what the history says of the correction: who made it, and why.
    """

    record: Model
    field: str
    before: Model
    mended_on: datetime.date
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Chronicle:
    """How the records of one model became known.

    ``since`` is the field with the day, or the moment, on which each was entered, or one day for
    all. Without it a record was entered along with the first that names it, among those that have
    their history already. ``later`` are the fields with the days that came after, each with the
    others that were filled in on it.
    """

    model: type[Model]
    since: str | datetime.date = ""
    later: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write(chronicles: Sequence[Chronicle], mistakes: Sequence[Mistake]) -> None:
    """Put the history that the records should have in the place of that of their loading."""
    for chronicle in chronicles:
        events = _quoted(events_of(chronicle.model)._meta.db_table)
        own = [each for each in mistakes if isinstance(each.record, chronicle.model)]
        contexts = Context.objects.bulk_create(Context(metadata=each.told) for each in own)
        statement = _Statement(chronicle, {each.field for each in own})
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {events}")
            cursor.execute(
                f"INSERT INTO {events} {statement}",
                [
                    *statement.defaults,
                    [each.record.pk for each in own],
                    [each.before.pk for each in own],
                    [each.mended_on for each in own],
                    [context.pk for context in contexts],
                ],
            )


class _Statement:
    """The SQL of a model's history: for each day of each record, what it was at the day's close."""

    def __init__(self, chronicle: Chronicle, mistaken: set[str]) -> None:
        self.model, self.since, self.later = chronicle.model, chronicle.since, chronicle.later
        self.mistaken = mistaken
        self.defaults: list[Any] = []
        fields = events_of(self.model)._meta.concrete_fields
        self.values = {
            _quoted(each.column): self._value(each)
            for each in fields
            if not each.generated and not each.name.startswith("pgh_")
        }

    def __str__(self) -> str:
        at, day, named = self._entered()
        key = self._column("pk")
        return f"""
            ({", ".join(self.values)}, pgh_obj_id, pgh_label, pgh_created_at, pgh_context_id)
            SELECT {", ".join(self.values.values())}, {key},
                CASE stage.day WHEN entered.day THEN 'insert' ELSE 'update' END,
                LEAST(
                    CASE stage.day WHEN entered.day THEN entered.at ELSE {_close("stage.day")} END,
                    now()
                ),
                CASE stage.day WHEN mistake.mended_on THEN mistake.context END
            FROM {_quoted(self.model._meta.db_table)} record
            {named}
            CROSS JOIN LATERAL (SELECT {at} AS at, {day} AS day) entered
            LEFT JOIN unnest(%s::bigint[], %s::bigint[], %s::date[], %s::uuid[])
                AS mistake (key, before, mended_on, context) ON mistake.key = {key}
            CROSS JOIN LATERAL (
                SELECT DISTINCT GREATEST(day, entered.day) AS day
                FROM unnest(ARRAY[{", ".join(map(self._column, self.later))}]::date[]
                    || entered.day || mistake.mended_on) AS day
            ) stage
            ORDER BY stage.day, {key}
        """

    def _column(self, name: str) -> str:
        """A field of the record; ``pk`` is its key."""
        meta = self.model._meta
        return f"record.{_quoted((meta.pk if name == 'pk' else meta.get_field(name)).column)}"

    def _value(self, kept: Field) -> str:
        """A field as it was at a stage: what it is now, unless that came later."""
        value = self._column(kept.name)
        for day, others in self.later.items():
            if kept.name in (day, *others):
                value = f"CASE WHEN {self._column(day)} > stage.day THEN %s ELSE {value} END"
                self.defaults.append(self.model._meta.get_field(kept.name).get_default())
        if kept.name in self.mistaken:
            value = f"CASE WHEN stage.day < mistake.mended_on THEN mistake.before ELSE {value} END"
        return value

    def _entered(self) -> tuple[str, str, str]:
        """The moment and the day on which a record was entered, and the join that knows them."""
        if isinstance(self.since, datetime.date):
            day = f"DATE '{self.since}'"
            return _close(day), day, ""
        if not self.since:
            joined = f"JOIN ({self._named()}) named ON named.key = {self._column('pk')}"
            return "named.at", _day("named.at"), joined
        column = self._column(self.since)
        if isinstance(self.model._meta.get_field(self.since), DateTimeField):
            return column, _day(column), ""
        return _close(column), column, ""

    def _named(self) -> str:
        """The moment at which each record was first named by another."""
        naming = " UNION ALL ".join(
            f"SELECT {_quoted(relation.field.column)} AS key, pgh_created_at AS at"
            f" FROM {_quoted(events_of(relation.related_model)._meta.db_table)}"
            for relation in self.model._meta.related_objects
            if relation.related_model is not self.model
            and hasattr(relation.related_model, "pgh_event_model")
        )
        return f"SELECT key, min(at) AS at FROM ({naming}) naming GROUP BY key"


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _close(day: str) -> str:
    """The moment at which a day's entries have been made."""
    return f"(({day} + TIME '{CLOSE}') AT TIME ZONE '{settings.TIME_ZONE}')"


def _day(moment: str) -> str:
    """The day that a moment is in."""
    return f"(({moment} AT TIME ZONE '{settings.TIME_ZONE}')::date)"
