"""On which days the children on a plan were seen, so that as many visits as wanted were in time.

Days are numbers of working days here: a visit falls due ten numbers after the one before. All the
visits of this module are qualifying ones.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from config.demonstration import Scene

INTERVAL = 10

# Quarters whose visits were counted, by their last day: those made in time, and all that fell due.
COUNTED = {
    datetime.date(2018, 6, 30): (510, 780),
    datetime.date(2018, 12, 31): (480, 800),
    datetime.date(2019, 6, 30): (632, 800),
}

# The share of visits made in time, from the day named.
IN_TIME = {
    datetime.date(2014, 4, 1): 0.8,
    datetime.date(2017, 4, 1): 0.74,
    datetime.date(2018, 1, 1): 0.66,
    datetime.date(2018, 10, 1): 0.6,
    datetime.date(2019, 1, 1): 0.68,
    datetime.date(2019, 4, 1): 0.79,
    datetime.date(2019, 10, 1): 0.84,
    datetime.date(2020, 4, 1): 0.81,
    datetime.date(2020, 10, 1): 0.87,
    datetime.date(2022, 4, 1): 0.84,
    datetime.date(2023, 4, 1): 0.88,
    datetime.date(2025, 4, 1): 0.91,
}

# Working days from one visit to the next with their weights: in time, and late.
SOON = ((5, 6, 7, 8, 9, 10), (1, 2, 4, 6, 9, 11))
LATE = ((11, 12, 13, 14, 15, 17, 19, 22, 26), (30, 22, 14, 10, 8, 6, 5, 3, 2))


@dataclass
class Rhythm:
    """The visits of one plan: its start, the last day that counts, and when the child was seen."""

    start: int
    last: int
    seen: list[int] = field(default_factory=list)

    def due(self) -> Iterator[tuple[int, bool]]:
        """Each day on which a visit fell due, and whether it was met."""
        for anchor, following in pairwise([self.start, *self.seen, self.last + 1]):
            first_due = anchor + INTERVAL
            if following > first_due:
                yield from ((due, False) for due in range(first_due, following, INTERVAL))
            elif following <= self.last and first_due <= self.last:
                yield first_due, True

    def late(self) -> set[int]:
        """The days of the visits that were made after the day on which they were due."""
        anchors = pairwise([self.start, *self.seen])
        return {number for anchor, number in anchors if number > anchor + INTERVAL}


def made(scene: Scene, dice: Random, start: int, last: int) -> Rhythm:
    """The visits of a plan as they come, some in time and some late."""
    shares = [(scene.calendar.number(day), share) for day, share in IN_TIME.items()]
    rhythm, anchor = Rhythm(start, last), start
    while True:
        share = next(share for since, share in reversed(shares) if since <= anchor + INTERVAL)
        numbers, weights = SOON if dice.random() < share else LATE
        anchor += dice.choices(numbers, weights)[0]
        if anchor > last:
            return rhythm
        rhythm.seen.append(anchor)


@dataclass(frozen=True)
class Count:
    """How many visits fell due in a stretch of days, and how many of them were met."""

    met: int
    due: int

    def __add__(self, other: "Count") -> "Count":
        return Count(self.met + other.met, self.due + other.due)

    def __sub__(self, other: "Count") -> "Count":
        return Count(self.met - other.met, self.due - other.due)


def count(rhythm: Rhythm, first: int, last: int) -> Count:
    """The count of one plan's visits that fell due between two days, both included."""
    within = [met for due, met in rhythm.due() if first <= due <= last]
    return Count(sum(within), len(within))


def steer(dice: Random, rhythms: list[Rhythm], first: int, last: int, wanted: Count) -> None:
    """Move, add and take away visits between two days until they come to the count that is wanted.

    A visit changes what is due only between the one before it and the one after it. Only where all
    of that lies between the two days is anything changed, so that other quarters keep their counts.
    """
    here = [one for one in rhythms if len(one.seen) > 1 and one.start <= last and one.last >= first]
    missing = wanted - sum((count(rhythm, first, last) for rhythm in rhythms), Count(0, 0))
    while missing != Count(0, 0):
        rhythm = dice.choice(here)
        place = dice.randrange(len(rhythm.seen) - 1)
        before = rhythm.seen[place - 1] if place else rhythm.start
        day, after = rhythm.seen[place : place + 2]
        if before + INTERVAL < first or after + INTERVAL > min(last, rhythm.last):
            continue
        days = _instead(dice, before, day, after, missing)
        change = _between(before, *days, after) - _between(before, day, after)
        if _is_nearer(missing - change, missing):
            rhythm.seen[place : place + 1] = days
            missing -= change


def _instead(dice: Random, before: int, day: int, after: int, missing: Count) -> list[int]:
    """No visit instead of one, or two, or one on another day: whatever may be of use."""
    if missing.due < 0:
        return []
    another = dice.randrange(before + 1, after)
    return sorted({day, another}) if missing.due > 0 else [another]


def _between(*anchors: int) -> Count:
    """What falls due from each visit to the next, and whether that one met it."""
    gaps = [following - anchor for anchor, following in pairwise(anchors)]
    met = sum(gap <= INTERVAL for gap in gaps)
    return Count(met, met + sum((gap - 1) // INTERVAL for gap in gaps if gap > INTERVAL))


def _is_nearer(after: Count, before: Count) -> bool:
    """Whether less is missing; what falls due is put right first, then what is met."""
    return (abs(after.due), abs(after.met)) < (abs(before.due), abs(before.met))
