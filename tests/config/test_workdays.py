"""Working days, weeks, twelve months before: the definitions' vectors, and two more opinions."""

import datetime

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from hypothesis import given, settings
from hypothesis import strategies as st

from config import workdays

Date = datetime.date
HOLIDAYS = list(workdays.bank_holidays(1970, 2060))
days = st.dates(Date(1971, 1, 1), Date(2058, 12, 31))


def test_the_tenth_working_day_over_easter_counted_from_a_saturday():
    assert workdays.working_days_after(Date(2019, 4, 6), 10, HOLIDAYS) == Date(2019, 4, 23)


@pytest.mark.parametrize(
    ("weeks", "last_day"),
    [(6, Date(2019, 2, 18)), (16, Date(2019, 4, 29)), (20, Date(2019, 5, 27))],
)
def test_weeks_are_calendar_days_and_may_end_on_a_bank_holiday(weeks, last_day):
    assert workdays.days_after(Date(2019, 1, 7), weeks * 7) == last_day


@pytest.mark.parametrize(
    ("day", "earlier"),
    [
        (Date(2020, 2, 29), Date(2019, 2, 28)),
        (Date(2021, 2, 28), Date(2020, 2, 28)),
        (Date(2025, 2, 28), Date(2024, 2, 28)),
        (Date(2019, 6, 15), Date(2018, 6, 15)),
    ],
)
def test_twelve_months_before(day, earlier):
    assert workdays.year_before(day) == earlier


def test_months_are_counted_from_the_day_itself_and_never_step_by_step():
    assert workdays.months_before(Date(2024, 5, 31), 2) == Date(2024, 3, 31)
    assert workdays.months_before(Date(2024, 3, 31), 1) == Date(2024, 2, 29)
    assert workdays.months_before(Date(2024, 1, 31), 14) == Date(2022, 11, 30)


@pytest.mark.parametrize(
    "day",
    [
        Date(2022, 6, 2),
        Date(2022, 6, 3),
        Date(2022, 9, 19),
        Date(2023, 5, 8),
        Date(2020, 5, 8),
        Date(2011, 4, 29),
    ],
)
def test_days_that_were_bank_holidays_once(day):
    assert not workdays.is_working(day, HOLIDAYS)


@pytest.mark.parametrize("day", [Date(2020, 5, 4), Date(2022, 5, 30), Date(2012, 5, 28)])
def test_days_that_gave_their_holiday_to_another(day):
    assert workdays.is_working(day, HOLIDAYS)


def test_the_bank_holidays_are_those_that_gov_uk_lists():
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division="england-and-wales")
    known = {holiday["date"] for holiday in listed}
    first, last = min(known).year, max(known).year
    ours = {day for day in HOLIDAYS if first <= day.year <= last}
    assert last - first >= 5
    assert ours == known


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2019-06-30T23:30:00+00:00", Date(2019, 7, 1)),
        ("2019-06-30T22:59:59+00:00", Date(2019, 6, 30)),
        ("2019-12-31T23:59:59+00:00", Date(2019, 12, 31)),
        ("2026-10-25T23:30:00+00:00", Date(2026, 10, 25)),
    ],
)
def test_the_day_is_londons(moment, day):
    assert workdays.london_day(datetime.datetime.fromisoformat(moment)) == day


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="time zone"):
        workdays.london_day(datetime.datetime(2019, 6, 30, 23, 30))  # noqa: DTZ001


@given(day=days, number=st.integers(1, 60))
def test_the_nth_working_day_is_a_working_day_with_n_minus_one_before_it(day, number):
    due = workdays.working_days_after(day, number, HOLIDAYS)
    between = [day + datetime.timedelta(days=step) for step in range(1, (due - day).days)]
    assert workdays.is_working(due, HOLIDAYS)
    assert sum(workdays.is_working(one, HOLIDAYS) for one in between) == number - 1


@settings(max_examples=50)
@given(first=days, offset=st.integers(0, 100), number=st.integers(1, 60))
def test_the_calendar_finds_the_nth_working_day_by_its_number(first, offset, number):
    start = first + datetime.timedelta(days=offset)
    rows = workdays.calendar_rows(first, first + datetime.timedelta(days=400), HOLIDAYS)
    at = {day: count for day, count, _ in rows}[start]
    due = next(day for day, count, working in rows if working and count == at + number)
    assert due == workdays.working_days_after(start, number, HOLIDAYS)
