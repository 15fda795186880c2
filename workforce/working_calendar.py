"""Keeps the table of calendar days in step with the bank holidays."""

import datetime

import pgtrigger
from django.db import connection

from config import workdays

FIRST = datetime.date(1970, 1, 1)
LAST = datetime.date(2060, 12, 31)

# The SQL of every day and its number, by the bank holidays that there are.
NUMBERED = f"""SELECT day, count(*) FILTER (WHERE working) OVER (ORDER BY day), working
        FROM (
            SELECT day, extract(isodow FROM day) < 6 AND day NOT IN (
                SELECT holiday.day FROM workforce_bankholiday holiday
            ) AS working
            FROM (
                SELECT DATE '{FIRST}' + generate_series(0, {(LAST - FIRST).days}) AS day
            ) every
        ) counted"""

NUMBERING = pgtrigger.Trigger(
    name="number_calendar_days",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        LOCK TABLE workforce_calendarday IN SHARE ROW EXCLUSIVE MODE;
        INSERT INTO workforce_calendarday AS known (day, number, working)
        {NUMBERED}
        ON CONFLICT (day) DO UPDATE SET number = excluded.number, working = excluded.working
            WHERE (known.number, known.working) IS DISTINCT FROM (excluded.number, excluded.working);
        RETURN NULL;
    """,  # noqa: E501
)


def refresh_after_migrate(sender, using, plan=(), **kwargs) -> None:
    """Load the bank holidays into an empty table, once it is there: that numbers the days."""
    from .models import BankHoliday, CalendarDay

    tables = connection.introspection.table_names()
    if CalendarDay._meta.db_table not in tables or CalendarDay.objects.exists():
        return
    known = workdays.bank_holidays(FIRST.year, LAST.year)
    BankHoliday.objects.bulk_create(
        [BankHoliday(day=day, name=name) for day, name in known.items()], ignore_conflicts=True
    )
