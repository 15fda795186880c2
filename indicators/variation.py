"""Whether a change is more than chance: the XmR chart, and the interval of a small rate. Pure.

An XmR chart sets each value against the average of a baseline and two limits, which lie as far
from it as values that follow one another usually lie apart. What is within them is what this
process does when nothing has changed.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

BASELINE = 12
RUN = 8
FEW = 10
CERTAIN = 100
LIMIT = Decimal("2.66")  # three standard deviations in mean moving ranges: 3 / 1.128
NEAR = LIMIT * 2 / 3
NORMAL_95 = 1.959963984540054


class Signal(Enum):
    """What tells that a value is more than chance; each is looked for in this order."""

    OUTSIDE = "outside the limits"
    RUN = "eight or more in a row on one side"
    NEAR = "two of three near a limit"


@dataclass(frozen=True)
class Limits:
    """The average of a baseline, and between what values lie when nothing has changed.

    ``least`` and ``most`` are limits that a reader is shown: never below or above what can be.
    """

    average: Decimal
    apart: Decimal
    least: Decimal
    most: Decimal

    def side(self, value: Decimal, beyond: Decimal = Decimal(0)) -> int:
        """1 where the value is above the average by more than so many ranges, -1 below, or 0."""
        room = beyond * self.apart
        return (value > self.average + room) - (value < self.average - room)


@dataclass(frozen=True)
class Told:
    """A signal, and whether it lies above the average."""

    signal: Signal
    above: bool


def limits(
    baseline: Sequence[Decimal], *, floor: Decimal | None = None, ceiling: Decimal | None = None
) -> Limits | None:
    """The limits that the first twelve values of a baseline give, clipped to what can be.

    There are none where the values are too few, or are all the same, so that any other would seem
    to be a signal.
    """
    values = list(baseline)[:BASELINE]
    if len(values) < BASELINE:
        return None
    moved = [abs(later - earlier) for earlier, later in itertools.pairwise(values)]
    apart = sum(moved, Decimal(0)) / len(moved)
    if not apart:
        return None
    average = sum(values, Decimal(0)) / len(values)
    least, most = average - LIMIT * apart, average + LIMIT * apart
    return Limits(
        average,
        apart,
        least if floor is None else max(least, floor),
        most if ceiling is None else min(most, ceiling),
    )


def signals(values: Sequence[Decimal | None], found: Limits) -> list[Told | None]:
    """What each value tells, in the order of time; an empty one is no signal and breaks no run."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    told: list[Told | None] = [None] * len(values)
    for signal, sides in (
        (Signal.NEAR, _near([found.side(value, NEAR) for _, value in known])),
        (Signal.RUN, _runs([found.side(value) for _, value in known])),
        (Signal.OUTSIDE, [found.side(value, LIMIT) for _, value in known]),
    ):
        for (at, _), side in zip(known, sides, strict=True):
            if side:
                told[at] = Told(signal, side > 0)
    return told


def _runs(sides: list[int]) -> list[int]:
    """The sides of those that are one of eight or more in a row."""
    found: list[int] = []
    for side, some in itertools.groupby(sides):
        length = len(list(some))
        found += [side if length >= RUN else 0] * length
    return found


def _near(sides: list[int]) -> list[int]:
    """The sides of those that are near a limit, and are two of three in a row near the same."""
    found = [0] * len(sides)
    for first in range(len(sides) - 2):
        three = range(first, first + 3)
        for side in (1, -1):
            some = [at for at in three if sides[at] == side]
            if len(some) >= 2:
                for at in some:
                    found[at] = side
    return found


def interval(numerator: Decimal, denominator: Decimal) -> tuple[Decimal, Decimal] | None:
    """Between what a rate lies, in per cent, with 95 per cent confidence, by Wilson's formula.

    It is told for fewer than a hundred cases, where chance alone moves a rate by several points.
    """
    if not 0 < denominator < CERTAIN:
        return None
    n, z = float(denominator), NORMAL_95
    share = float(numerator) / n
    middle = share + z * z / (2 * n)
    reach = z * ((share * (1 - share) + z * z / (4 * n)) / n) ** 0.5
    whole = 1 + z * z / n
    low, high = (100 * (middle + sign * reach) / whole for sign in (-1, 1))
    return Decimal(f"{max(0.0, low):.6f}"), Decimal(f"{min(100.0, high):.6f}")
