"""What the figures of reports are sums of, so that it is known what gives away what. Pure.

A numerator is a sum over the days and the places of its figure; so is a denominator, which other
indicators of the same cases share. Days are cut at every first and last day that any figure has,
places at those below them; what is left, an **atom**, is the same number wherever it is part of.
"""

import itertools
from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.workdays import ONE_DAY

from ..base import Measure, Question
from ..registry import INDICATORS
from .paper import Quote

Atom = tuple[Hashable, ...]
Sum = tuple[Atom, ...]
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
    own: Hashable = ("of", name)
    every: Hashable = ("all", name)
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
        lowest = _lowest(parents)
        days, held = set(), defaultdict(set)
        for quote in quotes:
            if nature(quote).adds_up:
                days |= {quote.first, quote.last + ONE_DAY}
            for place in lowest.get(quote.place_id, {quote.place_id}):
                held[place].add(quote.place_id)
        self._spans = list(itertools.pairwise(sorted(days)))
        self._parts: dict[int, list[Hashable]] = defaultdict(list)
        for shared in sorted({tuple(sorted(some)) for some in held.values()}):
            for place in shared:
                self._parts[place].append(shared)

    def of(self, quote: Quote, kind: Hashable) -> Sum:
        """The atoms of one kind that a figure's sum is made of."""
        if not nature(quote).adds_up:
            return ((kind, quote.place_id, quote.first, quote.last),)
        return tuple(
            (kind, part, first)
            for part in self._parts[quote.place_id]
            for first, after in self._spans
            if quote.first <= first and after <= quote.last + ONE_DAY
        )

    def runs(self, kinds: Iterable[Hashable], known: Container[Atom]) -> Iterator[Sum]:
        """The sums of days that follow one another, of any place or what several have in common."""
        kinds = list(kinds)
        parts = [*self._parts.values(), *([part] for some in self._parts.values() for part in some)]
        for some in dict.fromkeys(map(tuple, parts)):
            for first in range(len(self._spans)):
                run: Sum = ()
                for start, _ in self._spans[first:]:
                    step = tuple((kind, part, start) for kind in kinds for part in some)
                    if any(atom not in known for atom in step):
                        break
                    run += step
                    yield run


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
