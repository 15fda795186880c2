"""What an indicator is: a case set, the questions asked of it, and ratios of their answers.

A **case set** is one query that returns one row per case: the day it counts, the team that held it,
how much it weighs. A **question** says of each row whether it counts, and why. The number, the team
table, the list behind the number and the definition page all derive from that one query.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db.models import F, Model, Q, QuerySet

from . import registry
from .periods import APRIL, Period, month_ends_before, twelve_months_to
from .reasons import Breakdown, Reason


class Better(Enum):
    """Which direction of change is the better one."""

    HIGHER = "Higher is better"
    LOWER = "Lower is better"
    NEITHER = "Neither direction is better in itself"


class Measure(Enum):
    """How the answers to a question become one figure."""

    RATE = "rate"
    COUNT = "count"
    DISTINCT = "distinct"
    MEDIAN = "median"
    NINETIETH = "ninetieth"

    @property
    def adds_up(self) -> bool:
        """Whether months add up to quarters and teams to services."""
        return self in (Measure.RATE, Measure.COUNT)


@dataclass(frozen=True)
class Because:
    """The sentence for each answer; ``{column}`` is filled from the case's row.

    ``{days:day}`` is a whole number of something: 1 day, 2 days.
    """

    yes: str
    no: str = ""
    unknown: str = ""

    def sentence(self, counts: bool | None) -> str:
        """The sentence, not yet filled in, of an answer."""
        return self.unknown if counts is None else self.yes if counts else self.no

    def columns(self) -> set[str]:
        """The columns of the case set that the sentences name."""
        from string import Formatter

        texts = (self.yes, self.no, self.unknown)
        return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@dataclass(kw_only=True, eq=False)
class Indicator:
    """A published figure: its name, what it counts in plain words, and which way is better."""

    name: str
    title: str
    what: str = ""
    source: str = ""
    better: Better = Better.NEITHER
    unit: str = "%"
    measure: Measure = Measure.RATE
    year_starts: int = APRIL
    looks_back: int = 0  # months of earlier records that an answer needs
    variants: tuple[str, ...] = ()  # indicators that count the same by another rule
    read_with: tuple[str, ...] = ()  # indicators that tell how far to trust it
    listed: bool = True

    @property
    def scale(self) -> int:
        """What a quotient is multiplied by to be read in the indicator's unit."""
        return 100 if self.unit == "%" else 1

    @property
    def grows(self) -> bool:
        """Whether the figure of a longer period is the larger one, as with a count of what came."""
        return False

    @property
    def adds_up(self) -> bool:
        """Whether the figure's sums over months and teams are those of the whole."""
        raise NotImplementedError

    @property
    def rolls(self) -> bool:
        """Whether each figure covers 12 months, so that months share cases with one another."""
        return False

    def questions(self) -> list["Question"]:
        """The questions whose answers it is made from."""
        raise NotImplementedError

    def terms(self, period: Period, as_at: datetime.date) -> list["Term"]:
        """The sums that the figure for a period is made from."""
        raise NotImplementedError


@dataclass(frozen=True)
class Term:
    """A question's sums over some days, and what they are to the figure."""

    question: "Question"
    first: datetime.date
    last: datetime.date
    above: bool = True
    below: bool = True


@dataclass(kw_only=True, eq=False)
class Question(Indicator):
    """An indicator asked of every row of a case set.

    ``among`` says which rows it is asked of (all, if empty); ``counts`` is true, false or not yet
    known, and true of every row if empty; ``amount`` weighs a row, or is what a median is taken of.
    ``because`` says why in a sentence; ``reasons`` say it in a code, the first that is true.
    """

    among: Q | None = None
    counts: Any = None
    amount: Any = field(default_factory=lambda: F("amount"))
    because: Because = field(default_factory=lambda: Because(yes=""))
    reasons: tuple[Reason, ...] = ()
    case_set: "CaseSet" = field(init=False, repr=False)

    @property
    def grows(self) -> bool:
        return self.measure is Measure.COUNT and not self.case_set.at_end

    @property
    def adds_up(self) -> bool:
        return self.measure.adds_up and not self.case_set.at_end

    @property
    def counts_cases(self) -> bool:
        """Whether it is a rate of whole cases, and not of what they weigh."""
        is_weighed = self.case_set.weighs and self.amount == F("amount")
        return self.measure in (Measure.RATE, Measure.DISTINCT) and not is_weighed

    def questions(self) -> list["Question"]:
        return [self]

    def terms(self, period: Period, as_at: datetime.date) -> list[Term]:
        if self.case_set.at_end:
            day = min(period.end, as_at)
            return [Term(self, day, day)]
        return [Term(self, period.start, period.end)]


class CaseSet:
    """One scan of the records that yields one row per case; its questions share the scan.

    ``family`` is what the outbox names; ``subject`` the key that every window is partitioned by,
    and ``also`` further paths to it, where a join is narrowed too; ``authority`` the path from
    a record to its authority; ``record`` the one to the record whose page shows the case.
    ``kept_by`` is the path to it from what its subjects are found by. ``asks_the_day`` says whether
    its records are a view of what falls due as at a day, ``weighs`` that its cases are not
    counted but weighed. ``is_of_allocations`` says that its cases are made of who worked with whom,
    and not only placed by it; ``has_many`` that a record has several, each on a day of its own.
    """

    family: str
    subject: str
    also: tuple[str, ...] = ()
    authority: str
    record = "pk"
    kept_by = "child__authority"
    asks_the_day = False
    weighs = False
    is_of_allocations = False
    has_many = False
    at_end = False
    is_case_set = True
    days: tuple[str, ...]
    breakdowns: tuple[Breakdown, ...] = ()

    def __init__(self) -> None:
        self.questions = [
            value
            for kind in reversed(type(self).__mro__)
            for value in vars(kind).values()
            if isinstance(value, Question)
        ]
        for question in self.questions:
            question.case_set = self

    def indicators(self) -> list[Indicator]:
        """What it brings to the register."""
        return list(self.questions)

    def within(self, authority_id: int) -> Q:
        """The condition that a record belongs to an authority."""
        return Q(**{self.authority: authority_id})

    def cases(self, records: "Records") -> QuerySet:
        """One row per case, with its kind's columns. Starts only from ``records.of(Model)``."""
        raise NotImplementedError

    def explained(self, found: QuerySet) -> QuerySet:
        """Its cases with the columns that only reasons and breakdowns name."""
        return found

    def subjects(
        self, first: datetime.date, last: datetime.date, teams: list[int] | None
    ) -> QuerySet | None:
        """The subjects that may have a case in some days, held by some teams; nothing means all.

        Cheap to find, and rather too many than too few.
        """
        return None


class Flow(CaseSet):
    """Cases that count on a day: columns subject, on_day, held_by, amount.

    What lies after the as-at day is left out, unless the case set looks ahead to what falls due.
    """

    days = ("on_day",)
    looks_ahead = False


class Stock(CaseSet):
    """Cases that count on every day of a stretch: columns subject, since, until, held_by, amount.

    A case whose team changes has a row for each team. ``until`` is the first day it no longer
    counts, and far away where it has not ended.
    """

    at_end = True
    days = ("since", "until")


class Position(CaseSet):
    """Cases as they stand on a day: columns subject, on_day, held_by, amount.

    There is a row for every day on which a case stands; it is asked for on chosen days only.
    """

    at_end = True
    days = ("on_day",)

    def begins(self, records: "Records") -> datetime.date | None:
        """The earliest day on which a case stood."""
        raise NotImplementedError


MANY_SUBJECTS = 20_000
NOBODY = 0  # a key that no record has


class Records:
    """The records that a figure is made from: of one authority or all, as at a day.

    They can be narrowed to whole subjects (children, plans, workers), never to rows or days,
    because a window has to see a subject's whole history.
    """

    def __init__(
        self,
        case_set: CaseSet,
        *,
        as_at: datetime.date,
        authority_id: int | None = None,
        subjects: Iterable[int] | None = None,
        on_days: list[datetime.date] | None = None,
    ):
        self.case_set, self.as_at = case_set, as_at
        self.authority_id = authority_id
        self.subjects = None if subjects is None else list(subjects)
        self.on_days = on_days

    def on(self, days: Iterable[datetime.date]) -> "Records":
        """The same, as they stand on some days."""
        return Records(
            self.case_set,
            as_at=self.as_at,
            authority_id=self.authority_id,
            subjects=self.subjects,
            on_days=sorted(set(days)),
        )

    def between(
        self, first: datetime.date, last: datetime.date, teams: list[int] | None = None
    ) -> "Records":
        """The same, of the subjects that may have a case in those days; of all, where most may.

        Their keys are written into the statement: a subquery would not get below its windows.
        """
        found = self.case_set.subjects(first, last, teams)
        if found is None:
            return self
        if self.authority_id is not None:
            found = found.filter(**{self.case_set.kept_by: self.authority_id})
        keys = list(found.order_by().distinct()[: MANY_SUBJECTS + 1]) or [NOBODY]
        if len(keys) > MANY_SUBJECTS:
            return self
        return Records(
            self.case_set, as_at=self.as_at, authority_id=self.authority_id, subjects=keys
        )

    def of(self, model: type[Model]) -> QuerySet:
        """The records of a model, narrowed by the paths of the case set."""
        found = model._default_manager.order_by()
        if self.authority_id is not None:
            found = found.filter(self.case_set.within(self.authority_id))
        if self.subjects is not None:
            for path in (self.case_set.subject, *self.case_set.also):
                found = found.filter(**{f"{path}__in": self.subjects})
        return found


class Ratio(Indicator):
    """An indicator that sets one question's sums against another's.

    A subclass says what stands above and below the line, each a list of ``(question, when)``;
    what stands below is divided by ``moments`` where it is an average over several.
    """

    is_case_set = False
    above: tuple[tuple[str, str], ...]
    below: tuple[tuple[str, str], ...]
    moments = 1

    def __init__(self) -> None:
        told = {
            key: getattr(type(self), key)
            for key in Indicator.__dataclass_fields__
            if key in vars(type(self))
        }
        super().__init__(**told)

    def indicators(self) -> list[Indicator]:
        """What it brings to the register: itself."""
        return [self]

    @property
    def adds_up(self) -> bool:
        return False

    @property
    def rolls(self) -> bool:
        return any(when != "at the end" for _, when in (*self.above, *self.below))

    def questions(self) -> list[Question]:
        names = dict.fromkeys(name for name, _ in (*self.above, *self.below))
        return [registry.INDICATORS[name] for name in names]

    def terms(self, period: Period, as_at: datetime.date) -> list[Term]:
        day = min(period.end, as_at)
        return [
            Term(registry.INDICATORS[name], first, last, above=above, below=not above)
            for above, side in ((True, self.above), (False, self.below))
            for name, when in side
            for first, last in MOMENTS[when](day)
        ]


def _average(day: datetime.date) -> list[tuple[datetime.date, datetime.date]]:
    return [(moment, moment) for moment in (day, *month_ends_before(day, 12))]


MOMENTS = {
    "at the end": lambda day: [(day, day)],
    "in 12 months": lambda day: [(twelve_months_to(day), day)],
    "average": _average,
}
