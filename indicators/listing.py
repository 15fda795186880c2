"""The cases behind a figure as people read them: whose, where the record is, and why it counts."""

import base64
import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Model, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from config.navigation import address
from referrals.models import Child, StruckOut
from visits.models import ProtectionPlan
from workforce.choices import AccountRole
from workforce.models import Team, Vacancy, Worker
from workforce.models.people import ANSWER_FOR_STAFF

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
# Whose pseudonym a subject bears, where it is not its own.
OF_CHILD = {ProtectionPlan: "child_id"}
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


@dataclass(frozen=True)
class Hidden:
    """A case that counts like any other, and of which the reader is told no more than that."""

    row: CaseRow


def listed(
    rows: Iterable[CaseRow],
    *,
    user,
    teams: dict[int, Team],
    as_at: datetime.date,
    struck_out: bool = False,
) -> tuple[list[Listed], list[Hidden]]:
    """The cases whose records the account may open, and the others.

    An analyst has all of them as pseudonyms, but for those of children who are restricted or in
    whom the analyst has declared an interest. ``struck_out`` says that some may be of records that
    were struck out: who saw these before is led to where they are kept.
    """
    found, hidden = [], []
    for case_set, some in _by_case_set(rows).items():
        root = case_set.cases(Records(case_set, as_at=as_at)).model
        subject = reached(root, case_set.subject)
        record = reached(root, case_set.record)
        opens = _opens(subject, record, some, user)
        called = _called(subject, some, user, teams)
        kept = _struck_out(record, some, user) if struck_out else {}
        for row in some:
            known = row.subject_id in called
            if known and opens(row):
                page, name = address(record, row.record_id), called[row.subject_id].reference
            elif known and called[row.subject_id].pseudonym:
                page, name = "", called[row.subject_id].pseudonym
            elif row.record_id in kept:
                where, name = kept[row.record_id]
                page = address(StruckOut, where)
            else:
                hidden.append(Hidden(row))
                continue
            found.append(Listed(row, name, page, teams[row.team_id].name, subject))
    return found, hidden


def references(rows: Iterable[CaseRow], *, as_at: datetime.date) -> dict[tuple[CaseSet, int], str]:
    """What the subjects of cases are called, by case set and key, for records that people keep."""
    found = {}
    for case_set, some in _by_case_set(rows).items():
        subject = reached(case_set.cases(Records(case_set, as_at=as_at)).model, case_set.subject)
        called = subject._default_manager.filter(pk__in={row.subject_id for row in some})
        for key, reference in called.values_list("pk", CALLED[subject]):
            found[case_set, key] = reference
    return found


def _by_case_set(rows: Iterable[CaseRow]) -> dict[CaseSet, list[CaseRow]]:
    found = defaultdict(list)
    for row in rows:
        found[row.question.case_set].append(row)
    return found


@dataclass(frozen=True)
class Called:
    """What the subject of a case is called: by its reference and, for analysts, by a pseudonym."""

    reference: str
    pseudonym: str


def _opens(subject: type[Model], record: type[Model], rows: list[CaseRow], user):
    """A function that says whether the account may open the record of a case.

    Of staff it may where it answers for the team that the case counts for.
    """
    if subject in (Worker, Vacancy):
        places = user.reach.places(*ANSWER_FOR_STAFF)
        return lambda row: row.team_id in places
    visible = record.objects.visible_to(user).filter(pk__in={row.record_id for row in rows})
    keys = set(visible.values_list("pk", flat=True))
    return lambda row: row.record_id in keys


def _struck_out(record: type[Model], rows: list[CaseRow], user) -> dict[int, tuple[int, str]]:
    """Where the records that were struck out are kept, and whose they are, by the records' keys."""
    kept = StruckOut.objects.visible_to(user).out()
    found = kept.filter(kind=record._meta.label_lower, key__in={row.record_id for row in rows})
    return {key: (pk, name) for key, pk, name in found.values_list("key", "pk", "child__reference")}


def _called(
    subject: type[Model], rows: list[CaseRow], user, teams: dict[int, Team]
) -> dict[int, Called]:
    """What the subjects that the account may know of are called."""
    analysed = user.reach.authorities(AccountRole.ANALYST)
    here = {teams[row.team_id].root_id for row in rows} <= analysed
    keys = {row.subject_id for row in rows}
    known = subject.objects.filter(pk__in=keys)
    if not here:
        known = known.visible_to(user)
    elif hasattr(known, "not_barred"):
        known = known.not_barred(user.reach)
    same = OF_CHILD.get(subject, "pk")
    return {
        pk: Called(reference, pseudonym(subject, whose) if here else "")
        for pk, reference, whose in known.values_list("pk", CALLED[subject], same)
    }


def pseudonym(subject: type[Model], key: int) -> str:
    """A name that is the same for the same child, or worker, and tells nobody who it is."""
    kind = "staff" if subject in (Worker, Vacancy) else "child"
    digest = salted_hmac("pseudonym", f"{kind} {key}", algorithm="sha256").digest()
    return base64.b32encode(digest)[:10].decode()


def taken_out(request: HttpRequest, found: Iterable[Listed]) -> None:
    """Keeps, of each case that can be told whose it is, that the account takes it out in a file."""
    by_kind = defaultdict(set)
    for case in found:
        if case.url:
            by_kind[case.subject].add(case.row.subject_id)
    for subject, keys in by_kind.items():
        subject.objects.looked_at(request, keys, "export")


def reached(model: type[Model], path: str) -> type[Model]:
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


def not_shown_in_words(count: int) -> str:
    """The line that stands for the cases that the reader may not open; empty without any."""
    records = "this record" if count == 1 else "these records"
    return f"{count:,} not shown: you may not open {records}." if count else ""
