"""Figures: what pages, commands and reports give, for any indicators, periods and places.

Whole months are read from the stored monthly sums and distributions; any other days are counted
from the cases. Both come from the same query, so they tie.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from workforce.models import Team

from .base import Indicator, Measure, Ratio, Term
from .distributions import LONGEST, from_distributions
from .models import Standing
from .periods import Period, month_end, month_of, months_later
from .queries import Home, Span, Sums, Window, as_at_day, from_cases, from_tallies

WHOLE = 0


@dataclass(frozen=True)
class Figure:
    """One indicator's figure for a period and a place, never a bare percentage."""

    indicator: Indicator
    period: Period
    team_id: int | None
    numerator: Decimal
    denominator: Decimal
    undecided: Decimal
    value: Decimal | None
    calculated_at: datetime.datetime | None = None

    @property
    def rounded(self) -> Decimal | None:
        """The value to one decimal place, half up; nothing where there are no cases."""
        return None if self.value is None else half_up(self.value, 1)

    @property
    def shown(self) -> str:
        """The value as people read it: 18.5%, 427, 12.3 weeks, or no cases."""
        if self.value is None:
            return "no cases"
        if self.indicator.unit == "%":
            return f"{self.rounded}%"
        if self.value == self.value.to_integral_value():
            return f"{self.value:,.0f}"
        return f"{self.rounded:,}"


def half_up(value: Decimal, places: int) -> Decimal:
    """The number rounded half up to so many decimal places: 2.25 to one place is 2.3."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def figures(
    indicators: Sequence[Indicator],
    periods: Sequence[Period],
    *,
    as_at: datetime.date,
    authority: Team | None = None,
    teams: Iterable[Team] = (),
) -> list[Figure]:
    """The figures of indicators for periods: of the whole first, then of each team given.

    The whole is the authority, or every authority where none is named; a service or a team is
    itself and all below it in today's tree. In the order indicator, period, place.
    """
    reading = Reading(as_at=as_at, authority=authority)
    return reading.figures(indicators, Chart(periods, [None, *teams]))


def figure(
    indicator: Indicator,
    period: Period,
    *,
    as_at: datetime.date,
    authority: Team | None = None,
    team: Team | None = None,
) -> Figure:
    """The figure of one indicator for one period: of the whole, or of a team."""
    found = figures(
        [indicator], [period], as_at=as_at, authority=authority, teams=[team] if team else []
    )
    return found[-1]


@dataclass(frozen=True)
class Chart:
    """The periods and the places that figures are wanted of, each with each; none is the whole.

    Of all the indicators that are asked for, unless it says of which.
    """

    periods: Sequence[Period]
    places: Sequence[Team | None]
    indicators: Sequence[Indicator] | None = None

    def is_of(self, indicator: Indicator) -> bool:
        """Whether figures of the indicator are wanted."""
        return self.indicators is None or indicator in self.indicators


class Tree:
    """Today's tree of teams of an authority, or of all."""

    def __init__(self, teams: Iterable[Team]):
        self.ids, self.roots = [], []
        self._children = defaultdict(list)
        for team in sorted(teams, key=lambda team: team.pk):
            self.ids.append(team.pk)
            self._children[team.parent_id].append(team.pk)
        self.roots = self._children[None]

    def below(self, team: Team | None) -> list[int]:
        """A place and everything below it; all there is, where none is named."""
        if team is None:
            return self.ids
        found = [team.pk]
        for place in found:
            found.extend(self._children[place])
        return found


class Reading:
    """What figures are read with: today's tree of teams, and how fresh the figures are.

    Both are asked for once, so that a page makes one for all that it shows.
    """

    def __init__(
        self,
        *,
        as_at: datetime.date,
        authority: Team | None = None,
        teams: Iterable[Team] | None = None,
    ):
        self.as_at, self.authority, self._teams = as_at, authority, teams

    @cached_property
    def tree(self) -> Tree:
        """The tree of the authority, or of all."""
        teams = Team.objects.order_by() if self._teams is None else self._teams
        root = self.authority
        return Tree(team for team in teams if root is None or root.pk == team.root_id)

    @cached_property
    def standings(self) -> list[Standing]:
        """How fresh each family's figures are."""
        found = Standing.objects.order_by("family")
        return list(found.filter(authority=self.authority) if self.authority else found)

    def last_event(self, indicators: Iterable[Indicator]) -> datetime.datetime | None:
        """When the latest change was made that the figures of indicators have taken in."""
        families = {
            question.case_set.family
            for indicator in indicators
            for question in indicator.questions()
        }
        moments = [each.event_at for each in self.standings if each.family in families]
        return max((moment for moment in moments if moment), default=None)

    def figures(self, indicators: Sequence[Indicator], *charts: Chart) -> list[Figure]:
        """The figures of each chart in the order indicator, period, place."""
        terms = {
            (number, chart, order): indicator.terms(period, self.as_at)
            for number, indicator in enumerate(indicators)
            for chart, wanted in enumerate(charts)
            if wanted.is_of(indicator)
            for order, period in enumerate(wanted.periods)
        }
        sums = self._gather(terms, charts)
        calculated = [self._calculated(indicator) for indicator in indicators]
        return [
            made_of(
                indicator,
                period,
                place and place.pk,
                sums[number, chart, order, place.pk if place else WHOLE],
                calculated[number],
            )
            for chart, wanted in enumerate(charts)
            for number, indicator in enumerate(indicators)
            if wanted.is_of(indicator)
            for order, period in enumerate(wanted.periods)
            for place in wanted.places
        ]

    @cached_property
    def _known(self) -> dict[str, list[Standing]]:
        """The standings of each family that every authority has figures of."""
        found = defaultdict(list)
        for standing in self.standings:
            found[standing.family].append(standing)
        every = len(self.tree.roots)
        return {family: known for family, known in found.items() if len(known) == every}

    def _calculated(self, indicator: Indicator) -> datetime.datetime | None:
        moments = [
            standing.calculated_at
            for question in indicator.questions()
            for standing in self._known.get(question.case_set.family, ())
        ]
        return min(moments, default=None)

    def _gather(self, wanted: dict, charts: Sequence[Chart]) -> dict:
        """The sums above and below the line, by the keys of the terms wanted and the place."""
        found = defaultdict(lambda: {"above": [], "below": []})
        sums, terms = {}, []
        tallies, spreads, counted = [], [], defaultdict(list)
        for key, some in wanted.items():
            for term in some:
                at, chart = len(terms), key[1]
                terms.append((term, key))
                months = self._stored_months(term)
                if not months:
                    alike = term.question.case_set, term.question.measure
                    counted[alike].append(Window(at, term.question, term.first, term.last))
                elif term.question.measure.adds_up:
                    tallies.append(Span(at, chart, term.question, *months))
                else:
                    spreads.append(Span(at, chart, term.question, *months))
        authority_id = self.authority.pk if self.authority else None
        if tallies:
            homes = self._homes(charts, self.tree.below)
            sums |= from_tallies(tallies, homes, authorities=self.tree.roots)
        if spreads:
            homes = self._homes(charts, lambda place: [place.pk] if place else self.tree.roots)
            sums |= from_distributions(spreads, homes, authorities=self.tree.roots)
        if counted:
            homes = self._homes(charts, self.tree.below)
            places = list(dict.fromkeys((home.place, home.part) for home in homes))
        for (case_set, _), windows in counted.items():
            with as_at_day(self.as_at, case_set):
                sums |= from_cases(windows, places, as_at=self.as_at, authority_id=authority_id)
        for (at, place), part in sums.items():
            term, key = terms[at]
            if term.above:
                found[*key, place]["above"].append(part)
            if term.below:
                found[*key, place]["below"].append(part)
        return found

    def _homes(self, charts: Sequence[Chart], parts: Callable) -> list[Home]:
        return [
            Home(chart, place.pk if place else WHOLE, part)
            for chart, wanted in enumerate(charts)
            for place in wanted.places
            for part in parts(place)
        ]

    @cached_property
    def _fresh(self) -> set[str]:
        """The families whose figures have been calculated as at the day, of every authority."""
        return {
            family
            for family, known in self._known.items()
            if known and all(standing.as_at == self.as_at for standing in known)
        }

    def _stored_months(self, term: Term) -> tuple[datetime.date, datetime.date] | None:
        """The first and last month whose stored sums are the term's, where they are stored."""
        question, first, last = term.question, term.first, term.last
        if question.case_set.family not in self._fresh:
            return None
        if question.case_set.at_end:
            kept = question.measure.adds_up and last in (month_end(last), self.as_at)
            return (month_of(last), month_of(last)) if kept else None
        if first != month_of(first) or last != month_end(last):
            return None
        if not question.measure.adds_up and last >= months_later(first, LONGEST):
            return None
        return first, month_of(last)


def made_of(
    indicator: Indicator,
    period: Period,
    team_id: int | None,
    parts: Mapping[str, Sequence[Sums]],
    calculated_at: datetime.datetime | None = None,
) -> Figure:
    """The figure that the sums above and below the line make."""
    above, below = parts["above"], parts["below"]
    numerator = sum((part.numerator for part in above), Decimal(0))
    if isinstance(indicator, Ratio):
        shares, undecided = indicator.moments, Decimal(0)
        divisor = sum((part.numerator for part in below), Decimal(0))
    else:
        shares, undecided = 1, sum((part.undecided for part in above), Decimal(0))
        divisor = sum((part.denominator for part in below), Decimal(0))
    if indicator.measure is Measure.COUNT:
        value = numerator
    elif not divisor:
        value = None
    elif indicator.measure is Measure.RATE or indicator.measure is Measure.DISTINCT:
        value = numerator * indicator.scale * shares / divisor
    else:
        value = above[0].point
    return Figure(
        indicator, period, team_id, numerator, divisor / shares, undecided, value, calculated_at
    )
