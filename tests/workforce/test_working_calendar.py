"""The calendar days follow the bank holidays, however those are changed."""

import datetime

import pytest
from django.db import connection

from config import workdays
from tests import making
from visits.models import VisitDue
from workforce.models import BankHoliday, CalendarDay
from workforce.working_calendar import FIRST, LAST

pytestmark = pytest.mark.django_db


def in_step() -> bool:
    """Whether the database numbers the days as plain arithmetic does."""
    off = set(BankHoliday.objects.values_list("day", flat=True))
    stored = CalendarDay.objects.order_by("day").values_list("day", "number", "working")
    return list(stored) == workdays.calendar_rows(FIRST, LAST, off)


def test_a_new_database_knows_every_day():
    assert BankHoliday.objects.count() > 700
    assert in_step()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO workforce_bankholiday (day, name) VALUES ('2027-05-05', 'A coronation')",
        "DELETE FROM workforce_bankholiday WHERE day BETWEEN '2019-01-01' AND '2019-12-31'",
        "UPDATE workforce_bankholiday SET day = '2020-05-04' WHERE day = '2020-05-08'",
    ],
)
def test_a_change_in_raw_sql_numbers_the_days_anew(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount
    assert in_step()


def test_a_one_off_bank_holiday_moves_what_falls_due():
    plan = making.protection_plan(
        started_on=making.Date(2019, 4, 1), ended_on=making.Date(2019, 5, 2)
    )

    def due():
        return list(VisitDue.objects.filter(plan=plan).values_list("due_on", flat=True))

    assert due() == [making.Date(2019, 4, 15), making.Date(2019, 5, 1)]
    one_off = making.bank_holiday(day=making.Date(2019, 4, 11))
    assert due() == [making.Date(2019, 4, 16), making.Date(2019, 5, 2)]
    one_off.delete()
    assert due() == [making.Date(2019, 4, 15), making.Date(2019, 5, 1)]


def test_a_bank_holiday_on_a_saturday_changes_no_number():
    before = CalendarDay.objects.get(day="2027-05-10").number
    making.bank_holiday(day=datetime.date(2027, 5, 8))
    assert CalendarDay.objects.get(day="2027-05-10").number == before
