"""What falls due and who holds it: clocks of every kind, in the order in which they run out.

``CLOCKS`` are the kinds of clocks. An app on a higher floor appends its own; each reads records
through ``visible_to``, so that nobody's work shows a child that they may not see.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextChoices
from django.template.defaultfilters import pluralize
from django.urls import NoReverseMatch, reverse

from config.admission import opens

from .access import WITH_SEND
from .choices import AccountRole
from .models import Appointment, Assignment, CalendarDay, Team, User, Worker

MANAGE = (AccountRole.TEAM_MANAGER, AccountRole.SERVICE_MANAGER)


class Kind(TextChoices):
    """What kind of thing falls due."""

    VISIT = "visit", "Visits"
    EHC = "ehc", "EHC deadlines"
    DECISION = "decision", "Referral decisions"
    ASSESSMENT = "assessment", "Assessments"


@dataclass(frozen=True)
class Case:
    """A child in somebody's hands: a worker's, or a team's that has given it to nobody yet.

    ``part`` is what they are to the child: social worker, or SEND casework officer.
    """

    child: int
    reference: str
    name: str
    part: str
    worker: Worker | None
    team: Team | None

    @property
    def key(self) -> str:
        """What a form calls the case."""
        return f"{self.part}-{self.child}"


@dataclass(frozen=True)
class Desk:
    """Whose work is asked for: cases, and what came to ``teams`` and was given to nobody.

    Everything on it is what ``user`` may see on the day.
    """

    user: User
    today: datetime.date
    cases: tuple[Case, ...] = ()
    teams: frozenset[int] = frozenset()

    def held(self, part: str) -> dict[int, Case]:
        """The cases of one part, by child."""
        return {case.child: case for case in self.cases if case.part == part}


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Something that falls due: what is wanted, for which child, by when and by which rule.

    ``log`` is the page on which it is logged, where the reader has one. ``left`` are the days to
    the due day as the rule counts them: working days where ``working``, else calendar days.
    """

    kind: Kind
    what: str
    case: Case
    due_on: datetime.date
    rule: str
    url: str
    log: str = ""
    working: bool = False
    overdue: bool = False
    left: int = 0

    @property
    def left_in_words(self) -> str:
        """How much time is left, or since when none is, as people say it."""
        count = abs(self.left)
        days = f"{count} {'working ' if self.working else ''}day{pluralize(count)}"
        if self.overdue:
            return f"Overdue by {days}" if count else "Overdue"
        return f"{days} left" if count else "Due today"


CLOCKS: list[Callable[[Desk], Iterable[Clock]]] = []


@dataclass(frozen=True)
class Late:
    """Why things of one kind came after the day on which they were due: reasons, counted."""

    what: str
    counts: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, what: str, reasons: type[TextChoices], found: Iterable[tuple[str, int]]) -> "Late":
        """What was counted by the codes of the reasons, summed: the most frequent comes first."""
        counts: Counter[str] = Counter()
        for code, count in found:
            counts[code] += count
        told = ((reasons(code).label, count) for code, count in counts.most_common())
        return cls(what, tuple(told))

    @property
    def total(self) -> int:
        """How many came late."""
        return sum(count for _, count in self.counts)


# Each says why things came late in a team in the twelve months up to a day.
LATE: list[Callable[[Team, datetime.date], Late]] = []

# Each says how many cases a worker holds on a day.
OPEN_CASES: list[Callable[[Worker, datetime.date], int]] = []


def clocks(desk: Desk) -> list[Clock]:
    """Everything on a desk that has a clock: overdue first, then by the days that are left."""
    found = [clock for kind in CLOCKS for clock in kind(desk)]
    numbers = numbers_of({desk.today, *(clock.due_on for clock in found if clock.working)})
    told = (_timed(clock, desk.today, numbers) for clock in found)
    return sorted(told, key=lambda clock: (clock.due_on, clock.case.name, clock.what))


def _timed(clock: Clock, today: datetime.date, numbers: dict[datetime.date, int]) -> Clock:
    calendar_days = (clock.due_on - today).days
    left = numbers[clock.due_on] - numbers[today] if clock.working else calendar_days
    return replace(clock, left=left, overdue=calendar_days < 0)


def numbers_of(days: Iterable[datetime.date]) -> dict[datetime.date, int]:
    """The working-day numbers of some days."""
    return dict(CalendarDay.objects.filter(day__in=set(days)).values_list("day", "number"))


def working_days_after(
    days: Iterable[datetime.date], count: int
) -> dict[datetime.date, datetime.date]:
    """For each day, the working day so many working days later, by the council's calendar."""
    later = CalendarDay.objects.filter(working=True, number=OuterRef("number") + count)
    counted = CalendarDay.objects.filter(day__in=set(days))
    return dict(counted.values_list("day", Subquery(later.values("day")[:1])))


def page(user: User, name: str, *keys) -> str:
    """The address of a page that lets the account in; empty where there is none."""
    try:
        found = reverse(name, args=keys)
    except NoReverseMatch:
        return ""
    return found if opens(user, found) else ""


def posts_of(today: datetime.date) -> QuerySet:
    """The teams and hours of those who are in post on a day."""
    return Assignment.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=today),
        Q(employment__left_on=None) | Q(employment__left_on__gt=today),
        started_on__lte=today,
        employment__started_on__lte=today,
    )


def workers_of(places: Iterable[int], today: datetime.date) -> QuerySet:
    """The workers who are in post in some teams on a day."""
    here = posts_of(today).filter(team__in=sorted(places)).values("employment__worker")
    return Worker.objects.filter(pk__in=here)


def stand_ins(places: Iterable[int], today: datetime.date) -> QuerySet:
    """The accounts that may stand in for somebody: theirs who see children, in some places."""
    held = Appointment.objects.in_force(today).filter(place__in=sorted(places), role__in=WITH_SEND)
    found = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return found.order_by("last_name", "first_name", "username")
