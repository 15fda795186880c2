"""Date arithmetic that steps day by day, and bank holidays from the statute's own rules."""

import datetime
from functools import cache

ONE_DAY = datetime.timedelta(days=1)


def easter(year: int) -> datetime.date:
    """Easter Sunday, by the tables of the Book of Common Prayer (golden number, Sunday letter)."""
    golden = year % 19 + 1
    century = year // 100 + 1
    skipped_leap_years = 3 * century // 4 - 12
    lunar_correction = (8 * century + 5) // 25 - 5
    sundays = 5 * year // 4 - skipped_leap_years - 10
    epact = (11 * golden + 20 + lunar_correction - skipped_leap_years) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full_moon = 44 - epact
    if full_moon < 21:
        full_moon += 30
    sunday = full_moon + 7 - (sundays + full_moon) % 7
    return datetime.date(year, 3, 1) + datetime.timedelta(days=sunday - 1)


def first_monday(day: datetime.date) -> datetime.date:
    while day.weekday() != 0:
        day += ONE_DAY
    return day


def last_monday(day: datetime.date) -> datetime.date:
    while day.weekday() != 0:
        day -= ONE_DAY
    return day


@cache
def bank_holidays(year: int) -> frozenset[datetime.date]:
    """The bank holidays of England and Wales in a year; one-off days from 2011 on."""
    days = {easter(year) - 2 * ONE_DAY, easter(year) + ONE_DAY}
    days.add(last_monday(datetime.date(year, 8, 31)))
    days.add(datetime.date(2020, 5, 8) if year == 2020 else first_monday(datetime.date(year, 5, 1)))
    if year == 2022:
        days |= {datetime.date(2022, 6, 2), datetime.date(2022, 6, 3), datetime.date(2022, 9, 19)}
    elif year == 2012:
        days |= {datetime.date(2012, 6, 4), datetime.date(2012, 6, 5)}
    else:
        days.add(last_monday(datetime.date(year, 5, 31)))
    if year == 2011:
        days.add(datetime.date(2011, 4, 29))
    if year == 2023:
        days.add(datetime.date(2023, 5, 8))
    for month, day in [(1, 1), (12, 25), (12, 26)]:
        substitute = datetime.date(year, month, day)
        while substitute.weekday() >= 5 or substitute in days:
            substitute += ONE_DAY
        days.add(substitute)
    return frozenset(days)


def is_working(day: datetime.date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year)


@cache
def working_days_after(day: datetime.date, number: int) -> datetime.date:
    """The last of the next ``number`` working days; the day itself is day 0, working or not."""
    while number > 0:
        day += ONE_DAY
        if is_working(day):
            number -= 1
    return day


def year_before(day: datetime.date) -> datetime.date:
    """The same day of the previous year, 28 February for the 29th."""
    if (day.month, day.day) == (2, 29):
        return datetime.date(day.year - 1, 2, 28)
    return datetime.date(day.year - 1, day.month, day.day)


def is_last_of_month(day: datetime.date) -> bool:
    return (day + ONE_DAY).day == 1


def last_of_month_before(day: datetime.date) -> datetime.date:
    """The last day of the month before the day's own."""
    return datetime.date(day.year, day.month, 1) - ONE_DAY


def is_summer_time(moment: datetime.datetime) -> bool:
    """Whether London is an hour ahead: from March's last Sunday to October's, at 01:00 UTC."""

    def last_sunday(month: int) -> datetime.datetime:
        day = datetime.date(moment.year, month, 31)
        while day.weekday() != 6:
            day -= ONE_DAY
        return datetime.datetime(day.year, day.month, day.day, 1, tzinfo=datetime.UTC)

    return last_sunday(3) <= moment < last_sunday(10)


def day_in_london(moment: datetime.datetime) -> datetime.date:
    """The date on London's calendars at a moment given in UTC."""
    if moment.utcoffset() != datetime.timedelta(0):
        raise ValueError("The oracle takes moments in UTC.")
    return (moment + datetime.timedelta(hours=1 if is_summer_time(moment) else 0)).date()


def first_of_period(kind: str, end: datetime.date, year_starts: int) -> datetime.date:
    """The first day of the period of a kind that ends on a day, whichever day that is.

    ``year_starts`` is the month in which the year begins that a year to date counts from.
    """
    if kind == "rolling-12":
        if not is_last_of_month(end):
            return year_before(end) + ONE_DAY
        day = end
        for _ in range(12):
            day = last_of_month_before(day)
        return day + ONE_DAY
    opening_months = {
        "month": range(1, 13),
        "quarter": (1, 4, 7, 10),
        "financial-year": (4,),
        "calendar-year": (1,),
        "year-to-date": (year_starts,),
    }[kind]
    day = end
    while not (day.day == 1 and day.month in opening_months):
        day -= ONE_DAY
    return day
