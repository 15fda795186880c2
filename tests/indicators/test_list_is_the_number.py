"""The list is the number, and sums tie: every indicator, place and kind of period."""

import datetime
from collections import defaultdict
from decimal import Decimal

import pytest
from django.utils import timezone

from config.workdays import london_day
from indicators import calculate, registry
from indicators.base import Measure, Ratio
from indicators.caselist import ABOVE, BELOW, cases
from indicators.figures import figures
from indicators.periods import Kind, Period
from workforce.models import Team

pytestmark = pytest.mark.xdist_group("demonstration")

ENDS = [
    datetime.date(2018, 6, 30),
    datetime.date(2019, 6, 30),
    datetime.date(2020, 2, 29),
    datetime.date(2023, 12, 31),
]
QUIET = {"ehc_open_365_days_or_more", "cp_unseen_42_days"}
NAMES = [indicator.name for indicator in registry.listed()]


@pytest.fixture
def today(demonstration) -> datetime.date:
    """Today, with every figure of the demonstration brought up to it."""
    day = london_day(timezone.now())
    calculate.drain(today=day)
    return day


@pytest.fixture
def places(demonstration) -> list[Team]:
    """Every team and service."""
    return list(Team.objects.filter(authority=demonstration))


def below(team: Team, places: list[Team]) -> set[int]:
    """A place and all below it, by walking up from each."""
    parents = {place.pk: place.parent_id for place in places}
    found = set()
    for place in parents:
        up = place
        while up is not None and up != team.pk:
            up = parents.get(up)
        if up == team.pk:
            found.add(place)
    return found


def has_a_clock(indicator) -> bool:
    """Whether it may be not yet known of a case: it then has a sentence for that answer."""
    return any(question.because.unknown for question in indicator.questions())


def listed(indicator, rows) -> tuple[Decimal, Decimal, Decimal]:
    """What a list gives for numerator, denominator and undecided."""
    if isinstance(indicator, Ratio):
        above = sum((row.amount for row in rows if row.part == ABOVE), Decimal(0))
        below_line = sum((row.amount for row in rows if row.part == BELOW), Decimal(0))
        return above, below_line, Decimal(0)
    known = [row for row in rows if row.counts is not None]
    if indicator.measure is Measure.DISTINCT:
        return (
            Decimal(len({row.subject_id for row in known if row.counts})),
            Decimal(len({row.subject_id for row in known})),
            Decimal(0),
        )
    if indicator.measure in (Measure.MEDIAN, Measure.NINETIETH):
        return Decimal(len(rows)), Decimal(len(rows)), Decimal(0)
    return (
        sum((row.amount for row in known if row.counts), Decimal(0)),
        sum((row.amount for row in known), Decimal(0)),
        sum((row.amount for row in rows if row.counts is None), Decimal(0)),
    )


@pytest.mark.parametrize("name", NAMES)
def test_as_many_cases_are_listed_as_the_figure_says(demonstration, today, places, name):
    indicator = registry.indicator(name)
    periods = [
        Period.ending(kind, end, year_starts=indicator.year_starts)
        for kind in (Kind.MONTH, Kind.QUARTER, Kind.YEAR_TO_DATE, Kind.ROLLING_12)
        for end in (*ENDS, today)
    ]
    made = figures([indicator], periods, as_at=today, authority=demonstration, teams=places)
    by_place = {(made.period, made.team_id): made for made in made}
    teams = {None: None, **{place.pk: below(place, places) for place in places}}
    some = False
    for period in periods:
        rows = cases(indicator, period, as_at=today, authority=demonstration)
        for team_id, own in teams.items():
            mine = [row for row in rows if own is None or row.team_id in own]
            figure = by_place[period, team_id]
            numerator, denominator, undecided = listed(indicator, mine)
            assert figure.numerator == numerator, (period, team_id)
            assert figure.undecided == undecided, (period, team_id)
            if not isinstance(indicator, Ratio) or indicator.moments == 1:
                assert figure.denominator == denominator, (period, team_id)
            assert not undecided or has_a_clock(indicator)
            some = some or numerator > 0
            assert all(row.reason for row in mine)
    assert some or name in QUIET, "no case was ever looked at"


@pytest.mark.parametrize("name", [n for n in NAMES if registry.indicator(n).adds_up])
def test_months_sum_to_years_and_teams_to_the_authority(demonstration, today, places, name):
    indicator = registry.indicator(name)
    last = today.replace(year=today.year + 2, month=3)  # clocks still running end before then
    months = list(Period.containing(Kind.MONTH, last).back(156))
    by_month = figures([indicator], months, as_at=today, authority=demonstration, teams=places)
    sums = defaultdict(lambda: [Decimal(0)] * 3)
    for figure in by_month:
        parts = (figure.numerator, figure.denominator, figure.undecided)
        for kind in (Kind.QUARTER, Kind.FINANCIAL_YEAR, Kind.CALENDAR_YEAR):
            key = (Period.containing(kind, figure.period.end), figure.team_id)
            sums[key] = [a + b for a, b in zip(sums[key], parts, strict=True)]
    longer = sorted({period for period, _ in sums}, key=lambda period: (period.kind, period.end))
    for figure in figures([indicator], longer, as_at=today, authority=demonstration, teams=places):
        if figure.period.start >= months[0].start:
            assert [figure.numerator, figure.denominator, figure.undecided] == sums[
                figure.period, figure.team_id
            ]
    whole = {figure.period: figure for figure in by_month if figure.team_id is None}
    for level in ("service", "team"):
        keys = {place.pk for place in places if place.kind == level}
        for period, figure in whole.items():
            parts = [f for f in by_month if f.period == period and f.team_id in keys]
            assert sum(part.numerator for part in parts) == figure.numerator, (level, period)
            assert sum(part.denominator for part in parts) == figure.denominator, (level, period)
