"""What the oracle counts, and which team held a child on a day."""

import datetime
from dataclasses import dataclass
from fractions import Fraction

from .records import AUTHORITY, History

Date = datetime.date


@dataclass(frozen=True)
class Case:
    """One thing that an indicator looks at, in a team; ``counts`` is None while it is undecided."""

    team: int
    counts: bool | None = True
    on_day: Date | None = None
    child: int | None = None
    amount: Fraction = Fraction(1)


def is_open(started_on: Date, ended_on: Date | None, day: Date) -> bool:
    return started_on <= day and (ended_on is None or ended_on > day)


def team_of_child(history: History, child: int, part: str, day: Date, own: int | None) -> int:
    """The team of the involvement of the day, else the record's own team, else the authority."""
    for involvement in history.involvements:
        if (
            involvement.child == child
            and involvement.part == part
            and is_open(involvement.started_on, involvement.ended_on, day)
        ):
            return involvement.team
    return AUTHORITY if own is None else own


def days_between(first: Date, last: Date) -> int:
    return (last - first).days
