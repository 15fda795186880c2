"""What a list of cases gives: the sums that its figure was made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from ..base import Indicator, Measure, Ratio
from ..caselist import ABOVE, BELOW, BOTH

NOTHING, ONE = Decimal(0), Decimal(1)


class Judged(Protocol):
    """A case that was judged: a row of today, or one that was published."""

    subject_id: int
    part: str
    counts: bool | None
    amount: Decimal


@dataclass(frozen=True)
class Sums:
    """A numerator, a denominator, and what is not yet known."""

    numerator: Decimal = NOTHING
    denominator: Decimal = NOTHING
    undecided: Decimal = NOTHING

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.undecided + other.undecided,
        )

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(
            self.numerator - other.numerator,
            self.denominator - other.denominator,
            self.undecided - other.undecided,
        )


def share(indicator: Indicator, case: Judged) -> Sums:
    """What one case brings to the sums of an indicator's figure."""
    if isinstance(indicator, Ratio):
        above = case.amount if case.part in (ABOVE, BOTH) else NOTHING
        return Sums(above, case.amount if case.part in (BELOW, BOTH) else NOTHING)
    if indicator.measure in (Measure.MEDIAN, Measure.NINETIETH):
        return Sums(ONE, ONE)
    amount = ONE if indicator.measure is Measure.DISTINCT else case.amount
    if case.counts is None:
        return Sums(undecided=NOTHING if indicator.measure is Measure.DISTINCT else amount)
    return Sums(amount if case.counts else NOTHING, amount)


def sums(indicator: Indicator, cases: Iterable[Judged]) -> Sums:
    """The sums of a list of cases; of distinct children each child is one."""
    if indicator.measure is Measure.DISTINCT:
        cases = one_each(cases)
    return sum((share(indicator, case) for case in cases), Sums())


def one_each(cases: Iterable[Judged]) -> list[Judged]:
    """Of each child one case: one that counts, if any does; one that is decided, if any is."""
    order = {None: 0, False: 1, True: 2}
    found: dict[int, Judged] = {}
    for case in cases:
        known = found.get(case.subject_id)
        if known is None or order[case.counts] > order[known.counts]:
            found[case.subject_id] = case
    return list(found.values())
