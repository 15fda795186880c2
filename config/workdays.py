"""Date arithmetic of the whole product: weeks, working days, twelve months before, London's day.

Pure: dates in, dates out. ``today`` is always passed in; only :func:`london_day` turns a moment
into a date, and it is given the moment.
"""

import calendar
import datetime
from collections.abc import Collection
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
ONE_DAY = datetime.timedelta(days=1)


def london_day(moment: datetime.datetime) -> datetime.date:
    """The calendar day in England of a moment with a time zone (23:30 UTC on 30 June is 1 July)."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no day in London.")
    return moment.astimezone(LONDON).date()


def midnight(day: datetime.date) -> datetime.datetime:
    """The moment at which a day begins in England."""
    return datetime.datetime.combine(day, datetime.time(), LONDON)


def days_after(day: datetime.date, days: int) -> datetime.date:
    """The day that lies ``days`` calendar days after ``day``, which is day 0 (20 weeks: 140)."""
    return day + datetime.timedelta(days=days)


def months_before(day: datetime.date, months: int) -> datetime.date:
    """The same day ``months`` earlier; a day that month has not got becomes its last day.

    Twelve months before 29 February 2020 is 28 February 2019.
    """
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def year_before(day: datetime.date) -> datetime.date:
    """The same day of the previous year; 29 February maps to 28 February."""
    return months_before(day, 12)


@lru_cache(maxsize=1)
def bank_holidays(first_year: int, last_year: int) -> dict[datetime.date, str]:
    """The bank holidays of England and Wales with their names, one-off days included.

    One that falls on a weekend is its substitute day alone, as GOV.UK lists it. Source: the
    ``holidays`` package (England), checked in the tests against GOV.UK's own list.
    """
    import holidays

    known = holidays.country_holidays("GB", subdiv="ENG", years=range(first_year, last_year + 1))
    return {day: name for day, name in sorted(known.items()) if day.weekday() < 5}


def is_working(day: datetime.date, holidays: Collection[datetime.date]) -> bool:
    """True on Monday to Friday, except on the bank holidays given."""
    return day.weekday() < 5 and day not in holidays


def working_days_after(
    day: datetime.date, days: int, holidays: Collection[datetime.date]
) -> datetime.date:
    """The ``days``-th working day after ``day``, which is day 0, a working day or not."""
    while days > 0:
        day += ONE_DAY
        if is_working(day, holidays):
            days -= 1
    return day


def calendar_rows(
    first: datetime.date, last: datetime.date, holidays: Collection[datetime.date]
) -> list[tuple[datetime.date, int, bool]]:
    """Rows ``(day, number, working)`` for every day from ``first`` to ``last``.

    ``number`` counts the working days up to and including the day, so that the N-th working day
    after any day is the working day whose number is N greater.
    """
    rows, number, day = [], 0, first
    while day <= last:
        working = is_working(day, holidays)
        number += working
        rows.append((day, number, working))
        day += ONE_DAY
    return rows
