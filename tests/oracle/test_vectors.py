"""The definitions' vectors, first against the oracle: an oracle that is wrong proves nothing."""

import datetime
from fractions import Fraction

import pytest

from tests.oracle import days, histories
from tests.oracle.choices import seeded
from tests.oracle.figures import INDICATORS, Oracle
from tests.oracle.vectors import VECTORS

Date = datetime.date


@pytest.mark.parametrize("name", VECTORS)
def test_the_oracle_gives_the_figures_of_the_definitions(name):
    history, expected = VECTORS[name]
    oracle = Oracle(history)
    for wanted in expected:
        found = oracle.figure(wanted.indicator, wanted.start, wanted.end)
        assert (found.numerator, found.denominator, found.undecided) == (
            Fraction(wanted.numerator),
            Fraction(wanted.denominator),
            Fraction(wanted.undecided),
        ), wanted
        if wanted.shown is not None:
            assert found.shown == Fraction(wanted.shown), wanted


def test_six_sixteen_and_twenty_weeks_from_a_monday():
    received = Date(2019, 1, 7)
    ends = [received + datetime.timedelta(days=weeks * 7) for weeks in (6, 16, 20)]
    assert ends == [Date(2019, 2, 18), Date(2019, 4, 29), Date(2019, 5, 27)]


def test_the_tenth_working_day_from_a_saturday_over_easter():
    assert days.working_days_after(Date(2019, 4, 6), 10) == Date(2019, 4, 23)


@pytest.mark.parametrize(
    "day",
    [
        Date(2019, 4, 19), Date(2019, 4, 22), Date(2020, 4, 10), Date(2024, 4, 1), Date(2020, 5, 8),
        Date(2022, 6, 2), Date(2022, 6, 3), Date(2022, 9, 19), Date(2023, 5, 8), Date(2021, 12, 27),
        Date(2021, 12, 28), Date(2022, 1, 3), Date(2022, 12, 27), Date(2019, 8, 26),
        Date(2019, 5, 27),
    ],
)  # fmt: skip
def test_bank_holidays_move_or_happen_once(day):
    assert not days.is_working(day)


@pytest.mark.parametrize("day", [Date(2020, 5, 4), Date(2022, 5, 30), Date(2021, 12, 29)])
def test_days_that_would_be_bank_holidays_in_another_year(day):
    assert days.is_working(day)


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        (Date(2019, 6, 15), Date(2018, 6, 15)),
        (Date(2020, 2, 29), Date(2019, 2, 28)),
        (Date(2021, 2, 28), Date(2020, 2, 28)),
        (Date(2021, 3, 1), Date(2020, 3, 1)),
    ],
)
def test_twelve_months_before(day, earlier):
    assert days.year_before(day) == earlier


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2019-06-30T23:30", Date(2019, 7, 1)),
        ("2019-06-30T22:59", Date(2019, 6, 30)),
        ("2019-12-31T23:59", Date(2019, 12, 31)),
        ("2019-10-26T23:30", Date(2019, 10, 27)),
        ("2019-10-27T23:30", Date(2019, 10, 27)),
        ("2019-03-30T23:30", Date(2019, 3, 30)),
        ("2019-03-31T23:30", Date(2019, 4, 1)),
    ],
)
def test_half_past_eleven_in_summer_is_already_tomorrow_in_london(moment, day):
    assert days.day_in_london(datetime.datetime.fromisoformat(moment + "+00:00")) == day


@pytest.mark.parametrize(
    ("kind", "end", "start"),
    [
        ("rolling-12", Date(2025, 2, 28), Date(2024, 3, 1)),
        ("rolling-12", Date(2024, 2, 29), Date(2023, 3, 1)),
        ("rolling-12", Date(2024, 2, 28), Date(2023, 3, 1)),
        ("rolling-12", Date(2019, 6, 15), Date(2018, 6, 16)),
        ("rolling-12", Date(2019, 6, 30), Date(2018, 7, 1)),
        ("financial-year", Date(2019, 3, 31), Date(2018, 4, 1)),
        ("financial-year", Date(2019, 4, 1), Date(2019, 4, 1)),
        ("quarter", Date(2019, 6, 30), Date(2019, 4, 1)),
        ("quarter", Date(2019, 2, 10), Date(2019, 1, 1)),
        ("calendar-year", Date(2019, 12, 31), Date(2019, 1, 1)),
        ("month", Date(2019, 2, 10), Date(2019, 2, 1)),
        ("year-to-date", Date(2019, 2, 10), Date(2018, 4, 1)),
    ],
)
def test_the_first_day_of_a_period(kind, end, start):
    assert days.first_of_period(kind, end, 4) == start


def test_what_is_generated_gives_every_indicator_something_to_count():
    seen = dict.fromkeys(INDICATORS, 0)
    for seed in range(300):
        choices = seeded(seed)
        history = histories.history(choices, histories.as_at_day(choices), [])
        oracle = Oracle(history)
        start = days.first_of_period("rolling-12", history.as_at, 4)
        for name in INDICATORS:
            found = oracle.figure(name, start, history.as_at)
            seen[name] += found.numerator > 0 and found.value is not None
    assert {name: number for name, number in seen.items() if number < 5} == {}
