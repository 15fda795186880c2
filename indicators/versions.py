"""What became known of records between two moments: each as it was known before and after."""

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import DateField, ForeignKey, Model
from django.utils import timezone

from config.history import events_of
from referrals.models import Child
from workforce.models import Team

from .base import Position, Question, Records
from .known import RECORDS, TABLES
from .queries import rows

MERGES = ("Merged", "Unmerged")
CORRECTED = "Corrected"

COLUMNS = """
    WITH RECURSIVE made_from AS (
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND relname = ANY(%s)
        UNION
        SELECT refobjid
        FROM made_from
        JOIN pg_rewrite ON ev_class = made_from.oid
        JOIN pg_depend ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
            AND refclassid = 'pg_class'::regclass AND refobjid <> made_from.oid
    )
    SELECT DISTINCT relname, attname
    FROM made_from
    JOIN pg_rewrite ON ev_class = made_from.oid
    JOIN pg_depend ON classid = 'pg_rewrite'::regclass AND objid = pg_rewrite.oid
        AND refclassid = 'pg_class'::regclass AND refobjid <> made_from.oid
    JOIN pg_class ON pg_class.oid = refobjid AND relkind = 'r'
    JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
"""

Key = tuple[type[Model], Any]


@dataclass(frozen=True)
class Version:
    """A record as it was known before and as it is known after; nothing where it was not there.

    ``was_deleted`` says that it had been there, and was not any more, already before. ``deeds`` are
    what those who changed it meanwhile were doing, and ``at`` the moment of the first change.
    """

    model: type[Model]
    key: Any
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    was_deleted: bool
    deeds: frozenset[str]
    at: datetime.datetime
    columns: frozenset[str]

    @cached_property
    def altered(self) -> set[str]:
        """The columns that matter and are other than before."""
        if self.before is None or self.after is None:
            return set()
        return {name for name in self.columns if self.before[name] != self.after[name]}

    @property
    def is_struck_out(self) -> bool:
        """Whether it was taken out of its table, or put back."""
        gone = self.before is not None and self.after is None
        back = self.before is None and self.after is not None and self.was_deleted
        return (gone or back) and not self.deeds & set(MERGES)

    @property
    def is_merged(self) -> bool:
        """Whether two records of a child were made one with it, or two again."""
        if self.before is None or self.after is None:
            return bool((self.before or self.after) and self.deeds & set(MERGES))
        whose = {
            field.attname
            for field in self.model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model is Child
        }
        return bool(self.altered & whose) and CORRECTED not in self.deeds

    @property
    def is_corrected(self) -> bool:
        """Whether something that was said of it is said otherwise, not only more than before."""
        if not self.altered:
            return False
        return CORRECTED in self.deeds or any(
            self.before[name] not in (None, "", False) for name in self.altered
        )

    @property
    def places_only(self) -> bool:
        """Whether all that is other is the place in the tree that it belongs to."""
        return bool(self.altered) and self.altered <= _places(self.model)

    def is_late(self, day: datetime.date) -> bool:
        """Whether it tells something of a day that was over, and not later than ``day``."""
        told = self.altered if self.before is not None else self.columns
        if self.after is None or not told:
            return False
        days = [
            self.after[field.attname]
            for field in self.model._meta.concrete_fields
            if type(field) is DateField and field.attname in told
        ]
        first = min(filter(None, days), default=datetime.date.min)
        return first <= day and first < timezone.localdate(self.at)


def _places(model: type[Model]) -> set[str]:
    return {
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Team
    }


def columns_read(question: Question, *, as_at: datetime.date) -> dict[type[Model], set[str]]:
    """The columns of each kind of record that a question's cases are made from.

    They are told by its SQL, and by what the database knows of the views that it names.
    """
    records = Records(question.case_set, as_at=as_at)
    if isinstance(question.case_set, Position):
        records = records.on([as_at])
    words = set(re.findall(r"[a-z_][a-z0-9_]*", rows(question.case_set, records, [question])[0]))
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [list(words)])
        within = cursor.fetchall()
    found = {}
    for model in TABLES:
        table = model._meta.db_table
        columns = {column for name, column in within if name == table}
        known = {field.attname for field in model._meta.concrete_fields}
        if table in words:
            columns |= words & known
        if columns:
            found[model] = columns & known
    return found


class Versions:
    """What became known between two moments of some records, and of all that belongs to them.

    They are children, workers or vacancies; a plan stands for its child. ``columns`` are what
    matters of each kind of record.
    """

    def __init__(
        self,
        columns: Mapping[type[Model], set[str]],
        *,
        since: datetime.datetime | None,
        until: datetime.datetime | None,
    ):
        self.columns, self.since, self.until = columns, since, until
        self._above: dict[Key, set[Key]] = defaultdict(set)

    def of(self, model: type[Model], keys: Collection[Any]) -> dict[Key, list[Version]]:
        """The versions that some records of a model depend on, by every record they belong to."""
        owner = self._owner(model)
        own = {model: set(keys)}
        if owner:
            pairs = self._events(model).filter(pgh_obj_id__in=keys)
            own = {owner.related_model: set(pairs.values_list(owner.attname, flat=True))}
        for each in RECORDS:
            if each in self.columns and each not in own:
                self._gather(each, own)
        found = defaultdict(list)
        for each, some in own.items():
            if each in self.columns:
                for version in self._differing(each, some):
                    for key in self._belonging((each, version.key)):
                        found[key].append(version)
        return found

    def _owner(self, model: type[Model]) -> ForeignKey | None:
        """What records of a kind belong to, unless that is a place."""
        field = model._meta.get_field(RECORDS[model])
        return None if field.related_model is Team else field

    @staticmethod
    def _events(model: type[Model]):
        return events_of(model).objects.order_by()

    def _gather(self, model: type[Model], own: dict[type[Model], set]) -> None:
        """Add the records of a kind that ever named one of those found already."""
        keys = set()
        for field in model._meta.concrete_fields:
            if not isinstance(field, ForeignKey) or field.related_model not in own:
                continue
            events = self._events(model).filter(
                **{f"{field.attname}__in": own[field.related_model]}
            )
            for key, above in events.values_list("pgh_obj_id", field.attname).distinct():
                keys.add(key)
                self._above[model, key].add((field.related_model, above))
        if keys:
            own[model] = keys

    def _belonging(self, key: Key) -> set[Key]:
        found, waiting = set(), [key]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self._above[one]
        return found

    def _differing(self, model: type[Model], keys: Iterable[Any]) -> Iterable[Version]:
        between = self._events(model).filter(pgh_obj_id__in=keys, **self._after())
        changed = between.filter(**self._by()).values("pgh_obj_id")
        events = (
            self._events(model)
            .filter(pgh_obj_id__in=changed, **self._by())
            .order_by("pgh_id")
            .values(
                *self.columns[model],
                *("pgh_obj_id", "pgh_label", "pgh_created_at", "pgh_context__metadata"),
            )
        )
        by_key = defaultdict(list)
        for event in events:
            by_key[event["pgh_obj_id"]].append(event)
        for key, some in by_key.items():
            earlier = [event for event in some if event["pgh_created_at"] <= self.since]
            later = [event for event in some if event["pgh_created_at"] > self.since]
            before, after = _state(earlier), _state(some)
            if before is None and after is None:
                continue
            told = [(event["pgh_context__metadata"] or {}).get("what", "") for event in later]
            yield Version(
                model=model,
                key=key,
                before=before,
                after=after,
                was_deleted=bool(earlier) and before is None,
                deeds=frozenset(told),
                at=min(event["pgh_created_at"] for event in later),
                columns=frozenset(self.columns[model]),
            )

    def around(
        self, model: type[Model], key: Any, known: Mapping[Key, list[Version]]
    ) -> list[Version]:
        """The versions of what belongs to the same child as a record does."""
        return [
            version
            for above in self._above.get((model, key), ())
            for version in known.get(above, ())
        ]

    def of_all(self, models: Iterable[type[Model]], authority_id: int | None) -> bool:
        """Whether any of what is the same for all records of an authority became another."""
        for model in models:
            found = self._events(model).filter(**self._after()).filter(**self._by())
            if authority_id is not None and model in RECORDS:
                found = found.filter(authority_id=authority_id)
            if found.exists():
                return True
        return False

    def _after(self) -> dict:
        return {"pgh_created_at__gt": self.since}

    def _by(self) -> dict:
        return {"pgh_created_at__lte": self.until} if self.until else {}


def _state(events: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """What the latest of some events leaves of a record."""
    return events[-1] if events and events[-1]["pgh_label"] != "delete" else None
