"""Medians, percentiles and distinct children: what is stored gives what the cases give."""

import datetime
import os
from decimal import Decimal

import pytest

from indicators import calculate, figures, registry
from indicators.figures import Chart, Reading, figure
from indicators.models import Distribution
from indicators.periods import Kind, Period, month_end, month_of, months_later
from indicators.queries import Window, as_at_day, from_cases
from tests import making
from tests.indicators import testshire
from tests.oracle import histories
from tests.oracle.choices import seeded
from tests.oracle.load import load
from tests.oracle.records import AUTHORITY

EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", "2000")) // 200
TODAY = datetime.date(2019, 6, 30)
APRIL, MAY = datetime.date(2019, 4, 10), datetime.date(2019, 5, 14)
QUESTIONS = [question for case_set in registry.CASE_SETS for question in registry.spread(case_set)]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_any_whole_months_and_places_are_the_same_stored_as_counted(seed, monkeypatch):
    choices = seeded(f"distributions {seed}")
    as_at, limits = histories.as_at_day(choices), histories.time_limits(choices)
    known = load([histories.history(choices, as_at, limits) for _ in range(3)])
    calculate.drain(today=as_at)
    last = [months_later(month_of(as_at), -choices.number(0, 40)) for _ in range(8)]
    periods = [
        Period(Kind.MONTH, months_later(month, -choices.number(0, 11)), month_end(month))
        for month in last
    ]
    monkeypatch.setattr(figures, "from_cases", lambda *args, **more: pytest.fail("not stored"))
    for authority in (None, known[0][AUTHORITY]):
        reading = Reading(as_at=as_at, authority=authority)
        places = [None, *(known[0] if authority else known[1]).values()]
        homes = [
            (place.pk if place else 0, team)
            for place in places
            for team in reading.tree.below(place)
        ]
        for question in QUESTIONS:
            windows = [
                Window(n, question, period.start, period.end) for n, period in enumerate(periods)
            ]
            with as_at_day(as_at):
                counted = from_cases(
                    windows, homes, as_at=as_at, authority_id=authority and authority.pk
                )
            stored = iter(reading.figures([question], Chart(periods, places)))
            for window in windows:
                for place in places:
                    told, cases = next(stored), counted.get((window.key, place.pk if place else 0))
                    given = (told.numerator, told.denominator, told.undecided)
                    if cases is None:
                        assert given == (0, 0, 0)
                        continue
                    assert given == (cases.numerator, cases.denominator, cases.undecided), told
                    if cases.point is not None:
                        assert told.value == cases.point, told


def told(name: str, kind: str, team=None) -> tuple:
    """An indicator's figure of Testshire for the period to 30 June 2019."""
    found = figure(
        registry.indicator(name),
        Period.ending(kind, TODAY),
        as_at=TODAY,
        authority=testshire.authority(),
        team=team,
    )
    return int(found.numerator), int(found.denominator), found.rounded


@pytest.mark.django_db
class TestDistinctChildren:
    def test_a_child_counts_once_in_a_quarter_and_in_each_of_its_months(self):
        child = testshire.child()
        for day in (datetime.date(2019, 3, 1), APRIL, MAY, datetime.date(2019, 6, 20)):
            testshire.referral(day, child=child)
        testshire.referral(MAY)
        calculate.drain(today=TODAY)
        assert told("re_referred_children", "quarter") == (1, 2, Decimal("50.0"))
        assert told("re_referred_children", "month") == (1, 1, Decimal("100.0"))

    def test_a_child_of_two_teams_counts_once_in_their_service(self):
        authority = testshire.authority()
        service = making.team(authority, name="Service", kind="service")
        teams = [making.team(service, name=name) for name in ("East", "West")]
        child = testshire.child()
        for team, day in zip(teams, (APRIL, MAY), strict=True):
            testshire.referral(day, child=child, team=team)
        calculate.drain(today=TODAY)
        assert told("re_referred_children", "quarter", service)[:2] == (1, 1)
        assert [told("re_referred_children", "quarter", team)[:2] for team in teams] == [
            (0, 1),
            (1, 1),
        ]

    def test_a_team_that_moves_takes_its_children_to_its_new_service(self):
        authority = testshire.authority()
        services = [
            making.team(authority, name=name, kind="service") for name in ("North", "South")
        ]
        team = making.team(services[0], name="East")
        testshire.referral(MAY, team=team)
        calculate.drain(today=TODAY)
        team.parent = services[1]
        team.save()
        calculate.drain(today=TODAY)
        found = [told("re_referred_children", "quarter", service)[:2] for service in services]
        assert found == [(0, 0), (0, 1)]


@pytest.mark.django_db
def test_a_median_of_even_many_lies_between_the_middle_two():
    for days in (70, 140, 147, 210):
        request = making.request(
            child=testshire.child(), received_on=MAY - datetime.timedelta(days=days)
        )
        making.ehc_plan(request=request, issued_on=MAY)
    calculate.drain(today=TODAY)
    assert told("ehc_weeks_to_issue", "quarter") == (4, 4, Decimal("20.5"))


@pytest.mark.django_db
class TestDrift:
    def test_a_stored_distribution_that_the_records_do_not_give_is_drift(self):
        testshire.referral(MAY)
        calculate.drain(today=TODAY)
        Distribution.objects.filter(indicator="re_referred_children").update(denominators=[7])
        assert calculate.verify("referrals", testshire.authority().pk) == [
            {
                "indicator": "re_referred_children",
                "team": testshire.authority().pk,
                "month": "2019-05-01",
                "stored": ["{0} at {12}", "{7} at {12}", "0"],
                "recomputed": ["{0} at {12}", "{1} at {12}", "0"],
            }
        ]

    def test_the_last_case_of_a_month_takes_its_distribution_with_it(self):
        referral = testshire.referral(MAY)
        calculate.drain(today=TODAY)
        assert Distribution.objects.count() == 1
        referral.delete()
        calculate.drain(today=TODAY)
        assert not Distribution.objects.exists()
        assert calculate.verify("referrals", testshire.authority().pk) == []
