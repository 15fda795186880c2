"""Bringing records up to date with the rows of a return: write what differs, and nothing else."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from django.db import IntegrityError, models, transaction

from config.facts import LATEST

from .report import Report
from .rows import Refuse, Row

By = tuple[str, ...] | Callable[[models.Model], Hashable]


def flag_overlaps(episodes: Iterable, *, since: str, until: str, moment: str = "") -> list:
    """Flag the episodes of one subject that overlap one begun earlier, and return the flagged.

    What was entered here is never flagged. As in ``facts.no_overlap``, an episode may begin on the
    day another ends, and several that never last may share a day; ``moment`` names the fact that
    makes an episode one of those.
    """
    taken: list[tuple[int, int, bool]] = []
    flagged = []

    def days(episode) -> tuple[datetime.date, datetime.date]:
        first = getattr(episode, since)
        if moment and getattr(episode, moment):
            return first, first
        return first, getattr(episode, until) or LATEST

    for episode in sorted(episodes, key=lambda each: (not each.entered_here, *days(each))):
        begins, ends = days(episode)
        first, last = _half_days(begins, ends)
        episode.overlaps = any(
            first <= end and begin <= last and (begins < ends or lasted)
            for begin, end, lasted in taken
        )
        if episode.overlaps:
            flagged.append(episode)
        else:
            taken.append((first, last, begins < ends))
    return flagged


def _half_days(since: datetime.date, until: datetime.date) -> tuple[int, int]:
    begins, ends = since.toordinal() * 2, until.toordinal() * 2
    return min(begins + 1, ends), max(ends - 1, begins)


class Merge:
    """The records of some subjects, being brought up to date with the rows that tell of them.

    ``by`` lists what a record is recognised by, best first: field names, or a function. Where
    several share a key they are matched in their order, so that the second referral of a day stays
    the second. ``fields`` are what the rows tell; ``kept`` those of them that a blank, or the
    model's default, does not erase. A record that was entered here is left as it is.
    """

    def __init__(
        self,
        report: Report,
        kind: str,
        model: type[models.Model],
        known: Iterable[models.Model],
        *,
        by: Sequence[By],
        fields: Sequence[str],
        kept: Sequence[str] = (),
    ) -> None:
        self.report, self.kind, self.model, self.by, self.kept = report, kind, model, by, kept
        self.fields = list(fields)
        if hasattr(model, "overlaps"):
            self.fields.append("overlaps")
        self.known = sorted(known, key=lambda record: record.pk)
        self.before = {record.pk: self._values(record) for record in self.known}
        self.waiting = [defaultdict(list) for _ in by]
        for record in self.known:
            for what, waiting in zip(by, self.waiting, strict=True):
                if key := self._key(record, what):
                    waiting[key].append(record)
        self.new: list[models.Model] = []
        self.rows: dict[int, list[Row]] = defaultdict(list)

    def _values(self, record: models.Model) -> list:
        return [getattr(record, field) for field in self.fields]

    def _is_blank(self, field: str, value) -> bool:
        return not value or value == self.model._meta.get_field(field).get_default()

    @staticmethod
    def _key(record: models.Model, by: By) -> Hashable:
        if callable(by):
            return by(record)
        key = tuple(getattr(record, field) for field in by)
        return None if "" in key or None in key else key

    def _match(self, told: models.Model) -> models.Model | None:
        """The known record a row tells of; two with different references are never the same."""
        reference = getattr(told, "reference", "")
        for by, waiting in zip(self.by, self.waiting, strict=True):
            for record in waiting.get(self._key(told, by), ()):
                theirs = getattr(record, "reference", "")
                differ = reference and theirs and reference != theirs
                if id(record) not in self.rows and not differ:
                    return record
        return None

    def put(self, row: Row, told: models.Model, *, leave: Sequence[str] = ()) -> models.Model:
        """Put what a row tells onto the record that is known, or take it as a new one.

        ``leave`` names fields that the row says nothing of where the record is known.
        """
        if row.kind != self.kind:
            self.report.count(self.kind, "read")
        record = self._match(told)
        if record is None:
            self.new.append(told)
            self.rows[id(told)].append(row)
            row.record = told
            return told
        self.rows[id(record)].append(row)
        row.record = record
        different = {
            field: value
            for field, value in zip(self.fields, self._values(told), strict=True)
            if value != getattr(record, field)
            and field not in ("overlaps", *leave)
            and not (field in self.kept and self._is_blank(field, value))
        }
        if different and getattr(record, "entered_here", False):
            what = ", ".join(f"{field} {value}" for field, value in different.items())
            row.warn("It was entered here, with other values: left as it is.", value=what)
        else:
            for field, value in different.items():
                setattr(record, field, value)
        return record

    def all(self) -> list[models.Model]:
        """The records as they will be, those that are known and those that are new."""
        return [*self.known, *self.new]

    def write(self) -> None:
        """Store what differs. Where the database refuses, it is asked record by record."""
        changed = [
            record for record in self.known if self._values(record) != self.before[record.pk]
        ]
        told_of = [record for record in self.known if id(record) in self.rows]
        told_of_changed = [record for record in changed if id(record) in self.rows]
        self.report.count(self.kind, "unchanged", len(told_of) - len(told_of_changed))
        stored = self._store(changed, self._update)
        self.report.count(self.kind, "changed", sum(id(record) in self.rows for record in stored))
        self.report.count(self.kind, "new", len(self._store(self.new, self._create)))

    def _update(self, records: list[models.Model]) -> None:
        self.model.objects.bulk_update(records, self.fields)

    def _create(self, records: list[models.Model]) -> None:
        self.model.objects.bulk_create(records)

    def _store(self, records: list[models.Model], store: Callable) -> list[models.Model]:
        """The records that the database took."""
        if not records:
            return []
        try:
            with transaction.atomic():
                store(records)
        except IntegrityError:
            return [record for record in records if self._store_one(record, store)]
        return records

    def _store_one(self, record: models.Model, store: Callable) -> bool:
        try:
            with transaction.atomic():
                store([record])
        except IntegrityError as error:
            for row in self.rows[id(record)]:
                row.record = None
                row.refused_for(Refuse(self._why(error)))
            return False
        return True

    def _why(self, error: IntegrityError) -> str:
        """The sentence of the fact that would be broken."""
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        for constraint in self.model._meta.constraints:
            if constraint.name == broken:
                return constraint.get_violation_error_message()
        return f"The database refuses it ({broken or error})."
