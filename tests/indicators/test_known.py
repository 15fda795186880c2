"""Figures from records as they were known at a moment."""

import datetime

import pytest
from django.db import connection

from config.history import events_of
from indicators.figures import figure
from indicators.known import RECORDS, TABLES, as_known
from indicators.periods import Period
from indicators.registry import CASE_SETS, indicator
from indicators.versions import columns_read
from tests import making
from tests.indicators import testshire
from tests.indicators.moments import at, known_from
from workforce.models import BankHoliday, CalendarDay, Team, User

Date = datetime.date
MAY, JUNE, JULY = Date(2019, 5, 31), Date(2019, 6, 30), Date(2019, 7, 31)

pytestmark = pytest.mark.django_db


def sums(name: str, *, as_at: Date, ending: Date = MAY, kind: str = "month") -> tuple:
    found = figure(
        indicator(name), Period.ending(kind, ending), as_at=as_at, authority=testshire.authority()
    )
    return found.numerator, found.denominator, found.undecided


def known(day: Date):
    return as_known(at(day, 18), testshire.authority())


def test_what_is_written_down_later_is_not_known_before():
    testshire.referral(Date(2019, 5, 3))
    known_from(MAY)
    testshire.referral(Date(2019, 5, 4))
    known_from(JUNE)
    for day, expected in ((Date(2019, 5, 30), 0), (MAY, 1), (JUNE, 2)):
        with known(day):
            assert sums("referrals", as_at=MAY)[0] == expected
    assert sums("referrals", as_at=MAY)[0] == 2


def test_what_is_corrected_or_deleted_later_is_known_as_it_was():
    wrong, gone = testshire.referral(Date(2019, 5, 3)), testshire.referral(Date(2019, 5, 4))
    known_from(MAY)
    wrong.received_on = Date(2019, 4, 3)
    wrong.save()
    gone.delete()
    known_from(JUNE)
    with known(MAY):
        assert sums("referrals", as_at=MAY)[0] == 2
    with known(JUNE):
        assert sums("referrals", as_at=MAY)[0] == 0


def test_nothing_that_is_done_meanwhile_is_kept_and_nothing_stays():
    with known(MAY):
        making.account("meanwhile")
    assert not User.objects.filter(username="meanwhile").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname = 'referrals_referral'")
        assert cursor.fetchone() == (1,)
        cursor.execute("SHOW search_path")
        assert "pg_temp" not in cursor.fetchone()[0]


def test_views_and_functions_read_what_was_known():
    """A standard that changes on the way takes the function that counts from due day to due day."""
    authority = testshire.authority()
    making.visit_standard(authority=authority, valid_from=Date(2018, 1, 1))
    plan = testshire.plan(Date(2019, 4, 1))
    known_from(Date(2019, 4, 2))
    making.visit_standard(authority=authority, valid_from=Date(2019, 5, 1), interval=5)
    testshire.visit(Date(2019, 5, 7), plan)
    testshire.visit(Date(2019, 5, 10), plan)
    known_from(JUNE)
    with known(JUNE):
        now = sums("cp_visits_in_time", as_at=JUNE, kind="quarter", ending=JUNE)
        assert now == sums("cp_visits_in_time", as_at=JUNE, kind="quarter", ending=JUNE)
    assert sums("cp_visits_in_time", as_at=JUNE, kind="quarter", ending=JUNE) == now
    with known(MAY):
        then = sums("cp_visits_in_time", as_at=JUNE, kind="quarter", ending=JUNE)
    assert now[0] > then[0] == 0
    assert now[1] > then[1]


def test_a_bank_holiday_added_late_was_a_working_day_before():
    day = Date(2019, 5, 2)
    events_of(BankHoliday).objects.update(pgh_created_at=at(Date(2014, 1, 1)))
    BankHoliday.objects.create(day=day, name="One-off")
    known_from(JUNE)
    assert not CalendarDay.objects.get(day=day).working
    with known(MAY):
        assert CalendarDay.objects.get(day=day).working
        assert not CalendarDay.objects.get(day=Date(2019, 5, 6)).working
        assert CalendarDay.objects.count() == 33_238
    assert not CalendarDay.objects.get(day=day).working


def test_places_and_holidays_are_known_from_the_beginning():
    making.team(testshire.authority(), name="North")
    known_from(JUNE)
    with known(Date(2010, 1, 1)):
        assert Team.objects.filter(name="North").exists()
        assert not CalendarDay.objects.get(day=Date(2019, 12, 25)).working


def test_other_authorities_are_not_read():
    making.child()
    known_from(MAY)
    with known(JUNE):
        assert not making.Child.objects.exists()
    with as_known(at(JUNE)):
        assert making.Child.objects.exists()


def test_every_record_that_figures_are_made_from_is_recalled():
    """A case set that reads another kind of record has it recalled too, or it would be today's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '_'")
        tables = {name for (name,) in cursor.fetchall()}
    recalled = {model._meta.db_table for model in TABLES}
    assert recalled <= tables
    for case_set in CASE_SETS:
        for question in case_set.questions:
            read = columns_read(question, as_at=MAY)
            assert read
            assert set(read) <= set(TABLES)
    assert set(RECORDS) < set(TABLES)
