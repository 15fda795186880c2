"""Figures: what pages, commands and reports give, for any indicators, periods and places.

Whole months are read from the stored monthly sums; any other days, and what does not add up, are
counted from the cases, once for each recalculation. Both come from the same query, so they tie.
"""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.core.cache import cache

from workforce.models import Team

from .base import Indicator, Measure, Ratio, Term
from .models import Standing
from .periods import Period, month_end, month_of
from .queries import Window, as_at_day, from_cases, from_tallies

WHOLE = 0
KEPT_SECONDS = 24 * 60 * 60


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
    teams = list(teams)
    tree = _Tree(authority)
    places = [(WHOLE, team_id) for team_id in tree.ids]
    places += [(team.pk, below) for team in teams for below in tree.below(team.pk)]
    standings = _standings(authority, tree.authorities)
    sums = _gather(
        [
            (term, (number, order))
            for number, indicator in enumerate(indicators)
            for order, period in enumerate(periods)
            for term in indicator.terms(period, as_at)
        ],
        places,
        as_at=as_at,
        authority=authority,
        standings=standings,
    )
    return [
        _figure(
            indicator,
            period,
            team_id,
            sums[number, order, team_id or WHOLE],
            _calculated(indicator, standings),
        )
        for number, indicator in enumerate(indicators)
        for order, period in enumerate(periods)
        for team_id in (None, *(team.pk for team in teams))
    ]


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


def places_of(authority: Team | None, team: Team | None) -> list[int]:
    """The keys of a team and all below it; of an authority, or of all, where none is named."""
    tree = _Tree(authority)
    return tree.below(team.pk) if team else tree.ids


class _Tree:
    """Today's tree of teams of an authority, or of all."""

    def __init__(self, authority: Team | None):
        found = Team.objects.order_by("pk")
        if authority:
            found = found.filter(pk=authority.pk) | found.filter(authority=authority)
        self._children = defaultdict(list)
        self.ids, self.authorities = [], 0
        for team_id, parent_id in found.values_list("pk", "parent_id"):
            self.ids.append(team_id)
            self.authorities += parent_id is None
            self._children[parent_id].append(team_id)

    def below(self, team_id: int) -> list[int]:
        """A place and everything below it."""
        found = [team_id]
        for place in found:
            found.extend(self._children[place])
        return found


def _standings(authority: Team | None, authorities: int) -> dict[str, list[Standing]]:
    """How fresh each family's figures are; a family that an authority has none of is left out."""
    found = Standing.objects.all()
    if authority:
        found = found.filter(authority=authority)
    standings = defaultdict(list)
    for standing in found:
        standings[standing.family].append(standing)
    return {family: known for family, known in standings.items() if len(known) == authorities}


def _calculated(indicator: Indicator, standings) -> datetime.datetime | None:
    moments = [
        standing.calculated_at
        for question in indicator.questions()
        for standing in standings.get(question.case_set.family, ())
    ]
    return min(moments, default=None)


def _gather(wanted, places, *, as_at, authority, standings) -> dict:
    """The sums above and below the line, by (indicator number, period number, place)."""
    found = defaultdict(lambda: {"above": [], "below": []})
    stored, counted = [], defaultdict(list)
    for position, (term, _) in enumerate(wanted):
        months = _stored_months(term, as_at, standings.get(term.question.case_set.family, ()))
        if months:
            stored.append((position, term.question.name, *months))
        else:
            counted[term.question].append(Window(position, term.first, term.last))
    authority_id = authority.pk if authority else None
    with as_at_day(as_at):
        sums = from_tallies(stored, places, authority_id=authority_id) if stored else {}
        for question, windows in counted.items():
            fresh = standings.get(question.case_set.family, ())
            sums |= _counted_once(
                question, windows, places, as_at=as_at, authority_id=authority_id, standings=fresh
            )
    for (position, place), part in sums.items():
        term, key = wanted[position]
        if term.above:
            found[*key, place]["above"].append(part)
        if term.below:
            found[*key, place]["below"].append(part)
    return found


def _counted_once(question, windows, places, *, standings, **where) -> dict:
    """The sums of a question from its cases, kept until its family is next recalculated.

    Medians and distinct children do not add up, so that every period and team is counted anew; at
    the largest authority that takes a second. They are as fresh as the stored sums beside them.
    """
    if not _fresh(standings, where["as_at"]):
        return from_cases(question, windows, places, **where)
    moments = [standing.calculated_at for standing in standings]
    asked = repr((question.name, windows, places, where, moments))
    key = f"counted/{hashlib.sha256(asked.encode()).hexdigest()}"
    return cache.get_or_set(
        key, lambda: from_cases(question, windows, places, **where), KEPT_SECONDS
    )


def _fresh(standings: Sequence[Standing], as_at: datetime.date) -> bool:
    """Whether every authority's figures have been calculated as at the day."""
    return bool(standings) and all(standing.as_at == as_at for standing in standings)


def _stored_months(term: Term, as_at: datetime.date, standings: list[Standing]):
    """The first and last month whose stored sums are the term's, where they are stored."""
    question = term.question
    if not (question.measure.adds_up and _fresh(standings, as_at)):
        return None
    if question.case_set.at_end:
        kept = term.last in (month_end(term.last), as_at)
        return (month_of(term.last), month_of(term.last)) if kept else None
    whole = term.first == month_of(term.first) and term.last == month_end(term.last)
    return (term.first, month_of(term.last)) if whole else None


def _figure(indicator, period, team_id, parts, calculated_at) -> Figure:
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
