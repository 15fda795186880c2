"""What the figures of reports are sums of, so that it is known what gives away what. Pure.

A numerator is a sum over the days and the places of its figure; so is a denominator, which other
indicators of the same cases share. Days are cut at every first and last day that any figure has,
places at those below them; what is left, an **atom**, is the same number wherever it is part of.
"""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from config.workdays import ONE_DAY

from ..base import Measure, Question
from ..registry import INDICATORS
from .paper import Quote

Atom = tuple[Hashable, ...]
Parents = Mapping[int, int | None]


@dataclass(frozen=True)
class Nature:
    """What an indicator's figures count: cases that are so, among all that are asked.

    ``counts_first`` says whether the numerator counts anything: that of a median does not.
    """

    yes: Hashable
    every: Hashable
    is_share: bool
    adds_up: bool = True
    counts_first: bool = True


def nature(quote: Quote) -> Nature:
    """What the figure of a quote counts, by its indicator's definition."""
    name, is_share = quote.indicator, quote.unit == "%"
    own, every = ("of", name), ("all", name)
    found = INDICATORS.get(name)
    if found is None:
        same = not is_share and quote.numerator == quote.denominator
        return Nature(every if same else own, every, is_share)
    if not isinstance(found, Question) or not found.measure.adds_up:
        spreads = found.measure in (Measure.MEDIAN, Measure.NINETIETH)
        return Nature(own, every, is_share, adds_up=False, counts_first=not spreads)
    every = _population(found)
    is_all = found.measure is Measure.COUNT and found.counts is None
    return Nature(every if is_all else own, every, is_share)


def _population(question: Question) -> Hashable:
    """The cases that a question is asked of, the same for all questions that are asked of them."""
    if question.because.unknown or question.case_set.weighs:
        return "all", question.name
    return "all", type(question.case_set).__name__, str(question.among)


class Atoms:
    """What any figure of some quotes is a sum of: the smallest parts that they have in common."""

    def __init__(self, quotes: Iterable[Quote], parents: Parents):
        self._lowest = _lowest(parents)
        days, places = defaultdict(set), set()
        for quote in quotes:
            places.add(quote.place_id)
            if nature(quote).adds_up:
                days[quote.indicator] |= {quote.first, quote.last + ONE_DAY}
        every = sorted(set().union(*days.values()))
        self._spans = list(itertools.pairwise(every))
        held = defaultdict(set)
        for place in places:
            for lowest in self._below(place):
                held[lowest].add(place)
        self._parts: dict[int, list[Hashable]] = defaultdict(list)
        for shared in {frozenset(some) for some in held.values()}:
            for place in shared:
                self._parts[place].append(shared)

    def _below(self, place: int) -> frozenset[int]:
        return self._lowest.get(place, frozenset({place}))

    def of(self, quote: Quote, kind: Hashable) -> frozenset[Atom]:
        """The atoms of one kind that a figure's sum is made of."""
        if not nature(quote).adds_up:
            return frozenset({(kind, quote.place_id, quote.first, quote.last)})
        return frozenset(
            (kind, part, first)
            for part in self._parts[quote.place_id]
            for first, after in self._spans
            if quote.first <= first and after <= quote.last + ONE_DAY
        )


def _lowest(parents: Parents) -> dict[int, frozenset[int]]:
    """The places without any below them, by each place that they are in."""
    above = set(parents.values())
    found = defaultdict(set)
    for lowest in parents:
        if lowest in above:
            continue
        place: int | None = lowest
        while place is not None:
            found[place].add(lowest)
            place = parents.get(place)
    return {place: frozenset(some) for place, some in found.items()}


def days(quote: Quote) -> datetime.timedelta:
    """How long the days of a quote are."""
    return quote.last - quote.first
