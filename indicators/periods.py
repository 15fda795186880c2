"""The periods that figures are given for: pure, dates in and dates out."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from config.workdays import ONE_DAY, months_before, year_before

APRIL, JANUARY = 4, 1


class Kind(StrEnum):
    """The kinds of period, named as the command line and the address of a page name them."""

    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial-year"
    CALENDAR_YEAR = "calendar-year"
    YEAR_TO_DATE = "year-to-date"
    ROLLING_12 = "rolling-12"

    @property
    def label(self) -> str:
        """The kind as a heading."""
        return {"rolling-12": "Rolling 12 months"}.get(
            self.value, self.value.replace("-", " ").capitalize()
        )


def month_of(day: datetime.date) -> datetime.date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_end(day: datetime.date) -> datetime.date:
    """The last day of the day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_later(month: datetime.date, months: int) -> datetime.date:
    """The first day of the month that comes ``months`` after the month given."""
    count = month.year * 12 + month.month - 1 + months
    return datetime.date(count // 12, count % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """A stretch of days, both ends included, and what kind of period it is."""

    kind: Kind
    start: datetime.date
    end: datetime.date

    @classmethod
    def ending(cls, kind: str, end: datetime.date, *, year_starts: int = APRIL) -> "Period":
        """The period of a kind up to and including ``end``, which may be any day.

        ``year_starts`` is the month in which the year to date begins: April, for EHC plans January.
        A rolling year to a month's last day is the 12 whole months that end there; to any other
        day it begins the day after *12 months before*.
        """
        kind = Kind(kind)
        month = month_of(end)
        start = {
            Kind.MONTH: month,
            Kind.QUARTER: month.replace(month=(month.month - 1) // 3 * 3 + 1),
            Kind.FINANCIAL_YEAR: _year_start(month, APRIL),
            Kind.CALENDAR_YEAR: _year_start(month, JANUARY),
            Kind.YEAR_TO_DATE: _year_start(month, year_starts),
            Kind.ROLLING_12: twelve_months_to(end),
        }[kind]
        return cls(kind, start, end)

    @classmethod
    def containing(cls, kind: str, day: datetime.date, *, year_starts: int = APRIL) -> "Period":
        """The whole period of a kind that ``day`` is in; running ones end with its month."""
        kind = Kind(kind)
        last = {
            Kind.QUARTER: months_later(cls.ending(kind, day).start, 2),
            Kind.FINANCIAL_YEAR: months_later(cls.ending(kind, day).start, 11),
            Kind.CALENDAR_YEAR: months_later(cls.ending(kind, day).start, 11),
        }.get(kind, month_of(day))
        return cls.ending(kind, month_end(last), year_starts=year_starts)

    def earlier(self, steps: int = 1) -> "Period":
        """The period of the same kind ``steps`` before this; running ones step by a month."""
        months = {
            Kind.QUARTER: 3,
            Kind.FINANCIAL_YEAR: 12,
            Kind.CALENDAR_YEAR: 12,
        }.get(self.kind, 1)
        end = month_end(months_later(month_of(self.end), -months * steps))
        year_starts = self.start.month if self.kind is Kind.YEAR_TO_DATE else APRIL
        return Period.ending(self.kind, end, year_starts=year_starts)

    def year_earlier(self) -> "Period":
        """The same period of the year before; a month's last day stays a month's last day."""
        if self.end == month_end(self.end):
            end = month_end(months_later(month_of(self.end), -12))
        else:
            end = year_before(self.end)
        year_starts = self.start.month if self.kind is Kind.YEAR_TO_DATE else APRIL
        return Period.ending(self.kind, end, year_starts=year_starts)

    def back(self, count: int) -> Iterator["Period"]:
        """This period and those before it, ``count`` in all, the latest last."""
        for steps in range(count - 1, -1, -1):
            yield self.earlier(steps) if steps else self

    @property
    def label(self) -> str:
        """The period as people write it: June 2019, Q1 2019-20, 2018-19, Apr 2019 to Jun 2019."""
        if self.kind is Kind.MONTH:
            return f"{self.end:%B %Y}"
        if self.kind is Kind.QUARTER:
            first = _year_start(self.start, APRIL)
            quarter = (self.start.month - 4) % 12 // 3 + 1
            return f"Q{quarter} {first.year}-{(first.year + 1) % 100:02}"
        if self.kind is Kind.FINANCIAL_YEAR:
            return f"{self.start.year}-{(self.start.year + 1) % 100:02}"
        if self.kind is Kind.CALENDAR_YEAR:
            return f"{self.start.year}"
        return f"{self.start:%b %Y} to {self.end:%b %Y}"


def twelve_months_to(end: datetime.date) -> datetime.date:
    """The first day of the 12 months that end on ``end``."""
    if end == month_end(end):
        return months_later(month_of(end), -11)
    return year_before(end) + ONE_DAY


def month_ends_before(day: datetime.date, count: int) -> list[datetime.date]:
    """The last days of the ``count`` months before the day's own, the latest first."""
    return [month_end(months_before(month_of(day), step)) for step in range(1, count + 1)]


def months_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The months from one to another, both included."""
    while first <= last:
        yield first
        first = months_later(first, 1)


def month_ends_between(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The last day of each month from the first day's to the last day's, of that the day itself."""
    months = (last.year - first.year) * 12 + last.month - first.month
    ends = [month_end(months_later(month_of(first), step)) for step in range(months)]
    return [*ends, last] if first <= last else []


def _year_start(month: datetime.date, first: int) -> datetime.date:
    year = month.year if month.month >= first else month.year - 1
    return datetime.date(year, first, 1)
