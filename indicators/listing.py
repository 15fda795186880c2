"""The cases behind a figure as people read them: whose, where the record is, and why it counts."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Model, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest

from config.navigation import address
from referrals.models import Child
from visits.models import ProtectionPlan
from workforce.models import Team, Vacancy, Worker

from .base import Indicator, Measure, Ratio, Records
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
    subject: type[Model]

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
        subject = _reached(root, case_set.subject)
        record = _reached(root, case_set.record)
        called = dict(
            subject.objects.visible_to(user)
            .filter(pk__in={row.subject_id for row in some})
            .values_list("pk", CALLED[subject])
        )
        found += [
            Listed(
                row,
                called[row.subject_id],
                address(record, row.record_id),
                teams[row.team_id].name,
                subject,
            )
            for row in some
            if row.subject_id in called
        ]
    return found


def taken_out(request: HttpRequest, found: Iterable[Listed]) -> None:
    """Keeps, of each case that can be told whose it is, that the account takes it out in a file."""
    by_kind = defaultdict(set)
    for case in found:
        if case.url:
            by_kind[case.subject].add(case.row.subject_id)
    for subject, keys in by_kind.items():
        subject.objects.looked_at(request, keys, "export")


def _reached(model: type[Model], path: str) -> type[Model]:
    """The model that a path of keys leads to: from a visit, `plan__child_id` to the child."""
    for step in path.removesuffix("_id").split("__"):
        if step not in ("id", "pk"):
            model = model._meta.get_field(step).related_model
    return model


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
