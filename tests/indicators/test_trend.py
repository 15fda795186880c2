"""Trends: which baseline a period is read against, and what is told of it."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from indicators import calculate, registry
from indicators.figures import Figure, Reading
from indicators.periods import Kind, Period
from indicators.trend import Sign, Trend, ground, levels, sign
from tests import making
from tests.indicators import testshire

BEGIN = datetime.date(2017, 1, 1)
TODAY = datetime.date(2020, 1, 15)
LATE = registry.indicator("cp_visits_in_time")


def months(count: int, last: datetime.date = TODAY) -> list[Period]:
    return list(Period.containing(Kind.MONTH, last).back(count))


def made(trend: Trend, values, denominator: int = 50) -> dict[Period, Figure]:
    """The figures that a function of the month gives."""
    found = {}
    for period in trend.periods:
        value = Decimal(values(period.start))
        numerator = value * denominator / 100
        found[period] = Figure(
            trend.indicator, period, None, numerator, Decimal(denominator), Decimal(0), value
        )
    return found


def quiet(month: datetime.date) -> int:
    """51, 49, 51 and so on: average 50, limits 44.7 and 55.3."""
    return 51 if month.month % 2 else 49


def test_the_baseline_is_the_first_twelve_months_whichever_are_shown():
    shown = Trend(LATE, months(6), [BEGIN])
    for each in shown.read(made(shown, quiet), TODAY):
        assert each.limits.average == 50
        assert each.told is None
    assert shown.periods[0].start == BEGIN
    assert len(shown.periods) == 24 + 8 + 6 - 1  # of which the first shown and led in overlap


def test_a_month_outside_the_limits_is_worse_where_higher_is_better():
    trend = Trend(LATE, months(6), [BEGIN])
    autumn = datetime.date(2019, 11, 1)
    read = trend.read(made(trend, lambda m: 40 if m == autumn else quiet(m)), TODAY)
    [signal] = [each for each in read if each.told]
    assert signal.figure.period.start == autumn
    assert signal.says == "Worse: outside the limits"


def test_a_run_that_began_before_the_page_is_seen():
    trend = Trend(LATE, months(3), [BEGIN])
    read = trend.read(made(trend, lambda m: 52 if m.year == 2019 else quiet(m)), TODAY)
    assert [each.verdict for each in read] == ["better", "better", ""]


def test_a_month_that_is_not_over_or_of_few_cases_is_no_signal():
    trend = Trend(LATE, months(3), [BEGIN])
    figures = made(trend, lambda m: quiet(m) if m < datetime.date(2019, 11, 1) else 10)
    november = trend.series[0]
    few = {"numerator": Decimal(1), "denominator": Decimal(9)}
    figures[november] = Figure(LATE, november, None, **few, undecided=Decimal(0), value=Decimal(11))
    read = trend.read(figures, TODAY)
    assert [each.verdict for each in read] == ["", "worse", ""]
    assert [each.is_small for each in read] == [True, False, False]
    assert read[0].interval


def test_a_new_baseline_counts_from_its_day_on():
    trend = Trend(LATE, months(24), [BEGIN, datetime.date(2018, 6, 10)])
    change = datetime.date(2018, 7, 1)
    read = trend.read(made(trend, lambda m: quiet(m) + (20 if m >= change else 0)), TODAY)
    averages = {each.figure.period.start: each.limits.average for each in read}
    assert {average for month, average in averages.items() if month < change} == {50}
    assert {average for month, average in averages.items() if month >= change} == {70}
    assert not any(each.told for each in read)
    assert [(level.first, level.last) for level in levels(read) if level.kind == "average"] == [
        (0, 4),
        (5, 23),
    ]


def test_too_few_periods_have_no_limits():
    trend = Trend(LATE, months(24), [datetime.date(2019, 3, 1)])
    assert not any(each.limits for each in trend.read(made(trend, quiet), TODAY))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("cp_visits_in_time", Kind.ROLLING_12),
        ("cp_visits_in_time", Kind.YEAR_TO_DATE),
        ("turnover_12_months", Kind.MONTH),
    ],
)
def test_figures_that_share_cases_have_no_limits(name, kind):
    period = Period.ending(kind, datetime.date(2019, 12, 31))
    trend = Trend(registry.indicator(name), [period.earlier(), period], [BEGIN])
    assert not trend.has_limits
    assert trend.periods == trend.series


def test_what_is_weighed_has_no_interval():
    assert registry.indicator("re_referrals").counts_cases
    assert registry.indicator("agency_share_headcount").counts_cases
    assert not registry.indicator("agency_share").counts_cases
    assert not registry.indicator("ehc_weeks_to_issue").counts_cases


@pytest.fixture
def shire(db):
    """Testshire with one team; its first referral is of May 2017, the team's of July 2018."""
    authority = testshire.authority()
    team = making.team(authority)
    testshire.referral(datetime.date(2017, 5, 20))
    for day in (1, 2, 3):
        testshire.referral(datetime.date(2018, 7, day), team=team)
    calculate.drain(today=TODAY)
    return authority, team


def test_records_begin_where_a_place_has_its_first_and_look_backs_are_full(shire):
    authority, team = shire
    reading = Reading(as_at=TODAY, authority=authority)
    names = ("referrals", "re_referrals", "re_referred_children", "ehc_20_weeks")
    indicators = [registry.indicator(name) for name in names]
    begins = {
        (indicator.name, place): days
        for place in (None, team)
        for found in [ground(indicators, reading, [authority, place] if place else [authority])]
        for indicator in indicators
        for days in [found.begin(indicator)]
    }
    assert begins["referrals", None] == [datetime.date(2017, 5, 1)]
    assert begins["referrals", team] == [datetime.date(2018, 7, 1)]
    assert begins["re_referrals", None] == [datetime.date(2018, 5, 1)]
    assert begins["re_referred_children", None] == [datetime.date(2018, 5, 1)]
    assert begins["re_referred_children", team] == [datetime.date(2019, 7, 1)]
    assert begins["ehc_20_weeks", None] == []


def test_the_trend_is_taken_away_as_a_table_and_as_a_picture(shire, client: Client):
    authority, _ = shire
    client.force_login(making.holder("analyst", authority, demonstration=True))
    asked = {"period": "month", "ending": "2018-07-31"}
    page = client.get(reverse("indicators:indicator", args=["referrals"]), asked)
    urls = dict(page.context["files"])
    rows = list(csv.DictReader(io.StringIO(client.get(urls["CSV"]).content.decode("utf-8-sig"))))
    assert len(rows) == len(page.context["rows"]) == 36
    assert (rows[-1]["Period"], rows[-1]["Numerator"], rows[-1]["First day"]) == (
        "July 2018",
        "3",
        "2018-07-01",
    )
    assert client.get(urls["Excel"]).content.startswith(b"PK")
    drawn = client.get(urls["SVG"])
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn.content.startswith(b"<svg")
    assert b"<style>" in drawn.content
    assert b"<a " not in drawn.content


def test_every_point_leads_to_as_many_cases_as_it_says(shire, client: Client):
    authority, _ = shire
    client.force_login(making.holder("service_manager", authority, demonstration=True))
    asked = {"period": "quarter", "ending": "2018-09-30"}
    page = client.get(reverse("indicators:indicator", args=["referrals"]), asked)
    for row in page.context["rows"]:
        if row["figure"].value is None:
            continue
        assert row["cases"].replace("&", "&amp;") in str(page.context["charts"]["wide"])
        cases = client.get(row["cases"]).context
        assert len(cases["filter"].qs) + cases["not_shown"] == row["figure"].numerator


def test_the_latest_period_that_is_over_is_more_than_chance_or_is_said_not_to_be():
    trend = Trend(LATE, months(3), [BEGIN])
    december = datetime.date(2019, 12, 1)

    def told(value: int, denominator: int = 50):
        figures = made(trend, lambda m: value if m == december else quiet(m), denominator)
        return sign(trend.read(figures, TODAY))

    assert told(10) == Sign("worse", "Dec 2019", "outside the limits")
    assert told(50) == Sign("", "Dec 2019", "within the limits, with no run on one side")
    assert told(10, 5) is sign([]) is None
