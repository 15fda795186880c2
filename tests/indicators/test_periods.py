"""Periods: their first and last days, and how they follow one another."""

import datetime
import itertools

import pytest

from indicators.periods import Kind, Period, twelve_months_to

Date = datetime.date


@pytest.mark.parametrize(
    ("kind", "end", "start"),
    [
        ("month", Date(2019, 6, 30), Date(2019, 6, 1)),
        ("quarter", Date(2019, 6, 30), Date(2019, 4, 1)),
        ("quarter", Date(2019, 3, 31), Date(2019, 1, 1)),
        ("financial-year", Date(2019, 3, 31), Date(2018, 4, 1)),
        ("financial-year", Date(2019, 4, 1), Date(2019, 4, 1)),
        ("calendar-year", Date(2019, 6, 30), Date(2019, 1, 1)),
        ("year-to-date", Date(2019, 2, 28), Date(2018, 4, 1)),
        ("rolling-12", Date(2019, 6, 30), Date(2018, 7, 1)),
        ("rolling-12", Date(2020, 2, 29), Date(2019, 3, 1)),
        ("rolling-12", Date(2022, 7, 21), Date(2021, 7, 22)),
        ("rolling-12", Date(2021, 2, 27), Date(2020, 2, 28)),
    ],
)
def test_a_period_begins_where_its_kind_says(kind, end, start):
    assert Period.ending(kind, end) == Period(Kind(kind), start, end)


def test_the_year_to_date_of_ehc_plans_begins_in_january():
    period = Period.ending("year-to-date", Date(2019, 6, 30), year_starts=1)
    assert period.start == Date(2019, 1, 1)


def test_twelve_months_to_28_february_after_a_leap_year_leave_out_29_february():
    assert twelve_months_to(Date(2025, 2, 28)) == Date(2024, 3, 1)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("end", [Date(2020, 2, 29), Date(2019, 3, 31), Date(2019, 6, 30)])
def test_the_period_a_year_earlier_ends_with_the_same_month(kind, end):
    earlier = Period.containing(kind, end).year_earlier()
    assert earlier.end.month == Period.containing(kind, end).end.month
    assert earlier == Period.containing(kind, earlier.end)
    assert earlier.kind is kind


@pytest.mark.parametrize(
    "kind", [Kind.MONTH, Kind.QUARTER, Kind.FINANCIAL_YEAR, Kind.CALENDAR_YEAR]
)
def test_periods_that_add_up_follow_one_another_without_a_gap(kind):
    periods = list(Period.containing(kind, Date(2020, 2, 29)).back(40))
    for before, after in itertools.pairwise(periods):
        assert before.end + datetime.timedelta(days=1) == after.start


@pytest.mark.parametrize(
    ("kind", "day", "label"),
    [
        ("month", Date(2019, 6, 3), "June 2019"),
        ("quarter", Date(2019, 6, 3), "Q1 2019-20"),
        ("quarter", Date(2020, 3, 3), "Q4 2019-20"),
        ("financial-year", Date(2019, 6, 3), "2019-20"),
        ("calendar-year", Date(2019, 6, 3), "2019"),
        ("rolling-12", Date(2019, 6, 3), "Jul 2018 to Jun 2019"),
    ],
)
def test_a_period_is_called_what_people_call_it(kind, day, label):
    assert Period.containing(kind, day).label == label
