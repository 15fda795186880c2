"""Keeps the table of calendar days in step with the bank holidays."""

import datetime

from django.db import connection, transaction

from config import workdays

FIRST = datetime.date(1970, 1, 1)
LAST = datetime.date(2060, 12, 31)


def refresh_after_migrate(sender, using, plan=(), **kwargs) -> None:
    """Load the bank holidays into an empty table and number the days, once the tables are there."""
    from .models import BankHoliday, CalendarDay

    tables = connection.introspection.table_names()
    if CalendarDay._meta.db_table not in tables or CalendarDay.objects.exists():
        return
    with transaction.atomic():
        known = workdays.bank_holidays(FIRST.year, LAST.year)
        BankHoliday.objects.bulk_create(
            [BankHoliday(day=day, name=name) for day, name in known.items()], ignore_conflicts=True
        )
        renumber()


def renumber() -> int:
    """Number every calendar day anew from the bank holidays stored; returns the days that changed."""
    from .models import BankHoliday

    off = set(BankHoliday.objects.values_list("day", flat=True))
    days, numbers, working = zip(*workdays.calendar_rows(FIRST, LAST, off), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workforce_calendarday AS c (day, number, working)"
            " SELECT * FROM unnest(%s::date[], %s::int[], %s::bool[])"
            " ON CONFLICT (day) DO UPDATE SET number = excluded.number, working = excluded.working"
            " WHERE (c.number, c.working) IS DISTINCT FROM (excluded.number, excluded.working)",
            [list(days), list(numbers), list(working)],
        )
        return cursor.rowcount
