"""Figures in words: directions that are better, sums that readers can check."""

import datetime
from decimal import Decimal

import pytest

from indicators import registry, wording
from indicators.figures import Figure
from indicators.periods import Period

JUNE = datetime.date(2019, 6, 30)


def figure(name: str, numerator, denominator, value, *, ending=JUNE, kind="quarter") -> Figure:
    return Figure(
        indicator=registry.indicator(name),
        period=Period.ending(kind, ending),
        team_id=None,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
        undecided=Decimal(0),
        value=None if value is None else Decimal(value),
    )


def told(name: str, now, before) -> str:
    later, earlier = figure(name, 1, 1, now), figure(name, 1, 1, before)
    return str(wording.change(later, earlier, JUNE))


def test_more_is_worse_where_lower_is_better():
    assert told("re_referrals", "32.4138", "18.5012") == "Worse: up 13.9 points"
    assert told("re_referrals", "18.5", "32.4") == "Better: down 13.9 points"


def test_more_is_better_where_higher_is_better():
    assert told("cp_visits_in_time", "79.04", "65.38") == "Better: up 13.6 points"


def test_a_count_is_neither_better_nor_worse():
    assert told("referrals", 1705, 1371) == "Up 334"


def test_the_difference_is_that_of_the_values_shown():
    assert told("re_referrals", "20.04", "19.96") == "No change"
    assert told("re_referrals", "21.04", "19.95") == "Worse: up 1 point"


def test_nothing_is_compared_with_no_cases():
    some, none = figure("re_referrals", 1, 2, 50), figure("re_referrals", 0, 0, None)
    assert wording.change(some, none, JUNE) is None
    assert wording.change(none, some, JUNE) is None


def test_a_count_that_still_grows_is_not_compared_with_a_whole_period():
    now, before = figure("referrals", 57, 57, 57), figure("referrals", 110, 110, 110)
    assert wording.change(now, before, JUNE - datetime.timedelta(days=10)) is None
    assert str(wording.change(now, before, JUNE)) == "Down 53"


def test_a_stock_is_as_at_a_day_and_can_be_compared_within_its_period():
    now, before = figure("cp_plans", 57, 57, 57), figure("cp_plans", 60, 60, 60)
    assert str(wording.change(now, before, JUNE - datetime.timedelta(days=10))) == "Down 3"


@pytest.mark.parametrize(
    ("name", "numerator", "denominator", "words"),
    [
        ("re_referrals", 141, 435, "141 of 435"),
        ("turnover_12_months", 17, "53.7", "17 ÷ 53.7"),
        ("referrals", 1705, 1705, "1,705 cases"),
        ("ehc_weeks_to_issue", 1, 1, "1 case"),
        ("agency_share", "24.7", "78.4", "24.7 of 78.4"),
    ],
)
def test_a_figure_is_never_bare(name, numerator, denominator, words):
    assert wording.made_of(figure(name, numerator, denominator, 1)) == words


def test_every_indicator_belongs_to_a_service():
    for indicator in registry.listed():
        assert wording.service(indicator)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("month", "Jun 2019"),
        ("quarter", "Q1 2019-20"),
        ("financial-year", "2019-20"),
        ("rolling-12", "to Jun 2019"),
        ("year-to-date", "to Jun 2019"),
    ],
)
def test_periods_have_short_names(kind, name):
    assert wording.name(Period.ending(kind, JUNE)) == name
