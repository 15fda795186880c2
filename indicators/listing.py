"""The cases behind a figure as people read them: whose, where the record is, and why it counts."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, ForeignKey, Model, Value
from django.db.models.functions import Coalesce, NullIf

from config.navigation import address
from referrals.models import Child
from visits.models import ProtectionPlan
from workforce.models import Team, Vacancy, Worker

from .base import CaseSet, Indicator, Measure, Ratio, Records
from .caselist import ABOVE, BELOW, CaseRow
from .wording import quantity

# How the subject of a case is called on a list: by reference, not by name.
CALLED = {
    Child: F("reference"),
    ProtectionPlan: F("child__reference"),
    Worker: Coalesce(
        NullIf("reference", Value("")), NullIf("registration_number", Value("")), Value("Worker")
    ),
    Vacancy: Coalesce(NullIf("reference", Value("")), Value("Vacancy")),
}
ANSWERS = {True: "Yes", False: "No", None: "Not yet known"}


@dataclass(frozen=True)
class Listed:
    """A case on a list."""

    row: CaseRow
    reference: str
    url: str
    team: str

    @property
    def on_day(self) -> datetime.date:
        """The day it counts."""
        return self.row.on_day

    @property
    def answer(self) -> str:
        """Whether it counts, in words."""
        return ANSWERS[self.row.counts]

    @property
    def amount(self) -> Decimal:
        """How much it weighs."""
        return self.row.amount

    @property
    def reason(self) -> str:
        """Why it counts, or does not."""
        return self.row.reason

    @property
    def counted_as(self) -> str:
        """Which of the two things that a quotient is made of it belongs to."""
        return self.row.question.title


def listed(
    rows: Iterable[CaseRow], *, user, teams: dict[int, Team], as_at: datetime.date
) -> list[Listed]:
    """The cases whose subjects the account may see, each with its reference and its page."""
    by_set = defaultdict(list)
    for row in rows:
        by_set[row.question.case_set].append(row)
    found = []
    for case_set, some in by_set.items():
        root = case_set.cases(Records(case_set, as_at=as_at)).model
        subject = _subject(case_set, root)
        called = dict(
            subject.objects.visible_to(user)
            .filter(pk__in={row.subject_id for row in some})
            .values_list("pk", CALLED[subject])
        )
        pages = _pages(root, subject, some)
        found += [
            Listed(row, called[row.subject_id], pages[row], teams[row.team_id].name)
            for row in some
            if row.subject_id in called
        ]
    return found


def _subject(case_set: CaseSet, root: type[Model]) -> type[Model]:
    """What the cases of a set are about: a child, a plan, a worker or a vacancy."""
    model = root
    for step in case_set.subject.removesuffix("_id").split("__"):
        if step != "id":
            model = model._meta.get_field(step).related_model
    return model


def _pages(root: type[Model], subject: type[Model], rows: list[CaseRow]) -> dict[CaseRow, str]:
    """The page of each case: its record's own, else that of what the record belongs to."""
    if address(root, 0):
        return {row: address(root, row.record_id) for row in rows}
    owner = next(field for field in root._meta.fields if isinstance(field, ForeignKey))
    if root._meta.managed and address(owner.related_model, 0):
        owned = root.objects.filter(pk__in=[row.record_id for row in rows])
        keys = dict(owned.values_list("pk", owner.attname))
        return {row: address(owner.related_model, keys.get(row.record_id, 0)) for row in rows}
    return {row: address(subject, row.subject_id) for row in rows}


def count_in_words(indicator: Indicator, rows: list[CaseRow]) -> str:
    """How many of the cases count, in a sentence whose numbers are those of the figure."""
    if isinstance(indicator, Ratio):
        above = [row for row in rows if row.part != BELOW]
        below = [row for row in rows if row.part != ABOVE]
        return (
            f"{_sum(above)} ({_cases(above)}) above the line,"
            f" {_sum(below)} ({_cases(below)}) below it."
        )
    known = [row for row in rows if row.counts is not None]
    yes = [row for row in known if row.counts]
    if indicator.measure is Measure.DISTINCT:
        some, children = ({row.subject_id for row in part} for part in (yes, known))
        return f"{len(some):,} of {len(children):,} children count, in {_cases(known)}."
    if indicator.measure is Measure.RATE:
        told = f"{len(yes):,} of {len(known):,} count."
        if any(row.amount != 1 for row in known):
            told = f"{_sum(yes)} of {_sum(known)} count, in {_cases(known)}."
    elif indicator.measure is Measure.COUNT and any(row.amount != 1 for row in rows):
        told = f"{_sum(rows)} in {_cases(rows)}."
    else:
        told = f"{_cases(rows).capitalize()}."
    unknown = len(rows) - len(known)
    return f"{told} {unknown:,} not yet known." if unknown else told


def _sum(rows: Iterable[CaseRow]) -> str:
    return quantity(sum((row.amount for row in rows), Decimal(0)))


def _cases(rows: list[CaseRow]) -> str:
    return f"{len(rows):,} {'case' if len(rows) == 1 else 'cases'}"
