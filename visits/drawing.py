"""A child protection plan as it is drawn: its visits against the days on which they fell due.

Pure: the plan's records and a day in, a table and the places of marks on a picture out. A picture
has one strip under another, each of as many days, so that a long plan is drawn as large as a short
one.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import TextChoices

from config.workdays import ONE_DAY

from .models import ProtectionPlan, Visit, VisitDue

Date = datetime.date
LEFT, RIGHT = 62, 14  # of a strip, for the names of its rows
DUE, VISITED, STRIP = 18, 46, 92  # how far down a strip its rows are, and how high it is


class State(TextChoices):
    """What became of a visit that fell due, or what a visit was to the days it fell due on."""

    IN_TIME = "in-time", "In time"
    RECORDED_LATE = "recorded-late", "In time, recorded after it was due"
    LATE = "late", "Late"
    MISSED = "missed", "Not visited"
    AHEAD = "ahead", "Due"
    OUTSIDE = "outside", "Does not count"


KEY = (
    ("due-met", "Due, and visited by then"),
    ("due-missed", "Due, and not visited by then"),
    ("due-ahead", "Due next"),
    (State.IN_TIME, "Visited in time"),
    (State.RECORDED_LATE, "Visited in time, recorded after it was due"),
    (State.LATE, "Visited late"),
    (State.OUTSIDE, "Does not count: not seen, at school, or no statutory visit"),
)
FELL_DUE = {
    State.IN_TIME: "due-met",
    State.RECORDED_LATE: "due-met",
    State.LATE: "due-missed",
    State.MISSED: "due-missed",
    State.AHEAD: "due-ahead",
}


@dataclass(frozen=True)
class Row:
    """A visit that fell due: counted from which day, due by which, made on which, and so what."""

    counted_from: Date
    due_on: Date
    visited_on: Date | None
    recorded_on: Date | None
    state: State


@dataclass(frozen=True)
class Mark:
    """A mark on the picture, of a kind that ``KEY`` explains."""

    x: str
    y: int
    kind: str


@dataclass(frozen=True)
class Strip:
    """Some of the plan's days: how far down they are drawn, from where to where, with what."""

    top: int
    since: str
    until: str
    marks: list[Mark]
    months: list[tuple[str, str]]


@dataclass(frozen=True)
class Picture:
    """A plan in strips, of a width for a wide page or a narrow one."""

    name: str
    width: int
    height: int
    strips: list[Strip]


@dataclass(frozen=True)
class Drawing:
    """A plan with every visit that fell due under it, in a table and in pictures."""

    plan: ProtectionPlan
    is_open: bool
    rows: list[Row]
    pictures: list[Picture]

    @property
    def latest_first(self) -> list[Row]:
        """What fell due, the latest first."""
        return self.rows[::-1]

    @property
    def summary(self) -> str:
        """The drawing in a sentence or two."""
        count = {state: sum(row.state == state for row in self.rows) for state in State}
        made = count[State.IN_TIME] + count[State.RECORDED_LATE]
        over = made + count[State.LATE] + count[State.MISSED]
        if not over:
            return "No visit has fallen due yet."
        visits = "visit that fell due was" if over == 1 else "visits that fell due were"
        told = [f"{made} of {over} {visits} made in time."]
        if late := count[State.RECORDED_LATE]:
            were = "was" if late == 1 else "were"
            told.append(f"{late} of those {were} recorded after it was due.")
        return " ".join(told)


def drawing(
    plan: ProtectionPlan, due: Sequence[VisitDue], visits: Sequence[Visit], today: Date
) -> Drawing:
    """The drawing of a plan; what is due comes in the order of its days."""
    rows = list(_rows(due, visits, today))
    last = max([today, *(row.due_on for row in rows)])
    until = plan.ended_on or last
    marks = [(row.due_on, DUE, FELL_DUE[row.state]) for row in rows]
    marks += [(each.visited_on, VISITED, _state(each, plan, rows)) for each in visits]
    return Drawing(
        plan=plan,
        is_open=plan.ended_on is None or plan.ended_on > today,
        rows=rows,
        pictures=[
            _picture("wide", 760, 366, plan.started_on, until, marks),
            _picture("narrow", 360, 122, plan.started_on, until, marks),
        ],
    )


def _rows(due: Sequence[VisitDue], visits: Iterable[Visit], today: Date) -> Iterable[Row]:
    recorded: dict[Date, list[Date]] = {}
    for visit in visits:
        if visit.qualifies and visit.recorded_on:
            recorded.setdefault(visit.visited_on, []).append(visit.recorded_on)
    for each, after in zip_longest(due, due[1:]):
        state, visited_on = State.MISSED, None
        if each.met_on:
            state, visited_on = State.IN_TIME, each.met_on
        elif each.next_on and (after is None or after.anchor_on != each.anchor_on):
            state, visited_on = State.LATE, each.next_on
        elif each.due_on >= today and not each.next_on:
            state = State.AHEAD
        recorded_on = min(recorded.get(visited_on, [None])) if visited_on else None
        if state == State.IN_TIME and recorded_on and recorded_on > each.due_on:
            state = State.RECORDED_LATE
        yield Row(each.anchor_on, each.due_on, visited_on, recorded_on, state)


def _state(visit: Visit, plan: ProtectionPlan, rows: Iterable[Row]) -> State:
    """What a visit was to the day on which one fell due; on the plan's first day it is nothing."""
    if not visit.qualifies or visit.visited_on == plan.started_on:
        return State.OUTSIDE
    found = (row.state for row in rows if row.visited_on == visit.visited_on)
    return next(found, State.IN_TIME)


def _picture(
    name: str,
    width: int,
    days: int,
    since: Date,
    until: Date,
    marks: Sequence[tuple[Date, int, str]],
) -> Picture:
    """The picture with strips of so many days, each the same length on paper."""
    scale, every = (width - LEFT - RIGHT) / days, 2 if days > 200 else 1
    strips: list[Strip] = []
    for number in range((until - since).days // days + 1):
        first = since + number * days * ONE_DAY
        over = first + days * ONE_DAY

        def x(day: Date, first: Date = first) -> str:
            return f"{LEFT + (day - first).days * scale:.1f}"

        strips.append(
            Strip(
                top=STRIP * len(strips),
                since=x(first),
                until=x(min(over, until)),
                marks=[Mark(x(day), row, kind) for day, row, kind in marks if first <= day < over],
                months=[
                    (x(month), f"{month:%b %Y}")
                    for month in _months(first, min(over, until + ONE_DAY), every)
                ],
            )
        )
    return Picture(name, width, STRIP * len(strips), strips)


def _months(since: Date, until: Date, every: int) -> Iterable[Date]:
    """The first days of every so many months that begin within some days."""
    month = since.replace(day=1)
    while month < until:
        if month >= since and (month.month - 1) % every == 0:
            yield month
        month = (month + 31 * ONE_DAY).replace(day=1)
