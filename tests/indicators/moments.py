"""Moments of knowledge: when what a test has written became known."""

import datetime
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, Func

from config.history import events_of
from ehcp.models import TimeLimit
from indicators.known import RECORDS
from workforce.models import BankHoliday, Team

LONDON = ZoneInfo("Europe/London")


class _Now(Func):
    template = "transaction_timestamp()"
    output_field = DateTimeField()


def at(day: datetime.date, hour: int = 17) -> datetime.datetime:
    """An hour of a day in London."""
    return datetime.datetime.combine(day, datetime.time(hour), LONDON)


def known_from(day: datetime.date) -> None:
    """All that this test has written, and not yet said of when, was written at five on a day.

    A test is one transaction, and history has one moment for all that is written in it.
    """
    for model in (Team, *RECORDS, BankHoliday, TimeLimit):
        events = events_of(model).objects.filter(pgh_created_at=_Now())
        events.update(pgh_created_at=at(day))
