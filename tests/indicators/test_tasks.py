"""The worker's tasks: once a night, whoever asks and however often, and never not at all."""

import datetime
from contextlib import closing

import pytest
from django.db import connection

from config.workdays import london_day
from indicators import tasks
from indicators.models import Outbox, Run, Tally
from tests.indicators import testshire

pytestmark = pytest.mark.django_db

NIGHT = datetime.datetime(2026, 3, 29, 1, 30, tzinfo=datetime.UTC)  # 02:30 in London


@pytest.fixture
def at(monkeypatch):
    """Sets the clock that the tasks look at."""

    def set_clock(moment: datetime.datetime) -> None:
        monkeypatch.setattr(tasks.timezone, "now", lambda: moment)

    set_clock(NIGHT)
    return set_clock


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The night's runs that a sweep asked for."""
    made = []
    monkeypatch.setattr(tasks.overnight, "delay", lambda: made.append("overnight"))
    return made


def test_two_schedules_of_one_night_do_the_work_once(at):
    testshire.referral(datetime.date(2026, 3, 2))
    tasks.overnight()
    tasks.overnight()
    assert Run.objects.filter(kind=Run.Kind.OVERNIGHT).count() == 1
    assert Tally.objects.get(indicator="referrals").numerator == 1
    assert not Outbox.objects.exists()


def test_the_next_night_is_another_run(at):
    testshire.referral(datetime.date(2026, 3, 2))
    tasks.overnight()
    at(NIGHT + datetime.timedelta(days=1))
    tasks.overnight()
    days = Run.objects.filter(kind=Run.Kind.OVERNIGHT).values_list("as_at", flat=True)
    assert sorted(days) == [datetime.date(2026, 3, 29), datetime.date(2026, 3, 30)]


def test_a_night_that_another_worker_is_at_is_left_to_it(at):
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('overnight'))")
        tasks.overnight()
        cursor.execute("SELECT pg_advisory_unlock(hashtext('overnight'))")
    assert not Run.objects.filter(kind=Run.Kind.OVERNIGHT).exists()


def test_a_missed_night_is_asked_for_by_the_next_sweep(at, asked):
    at(NIGHT + datetime.timedelta(hours=2))
    tasks.sweep()
    assert asked == ["overnight"]


def test_before_two_o_clock_and_after_the_run_a_sweep_asks_for_nothing(at, asked):
    at(NIGHT - datetime.timedelta(minutes=45))
    tasks.sweep()
    at(NIGHT)
    tasks.overnight()
    tasks.sweep()
    assert asked == []


def test_a_sweep_at_half_past_eleven_utc_in_summer_is_the_next_day_in_london(at, asked):
    at(datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC))
    testshire.plan(datetime.date(2026, 6, 1))
    tasks.sweep()
    assert london_day(tasks.timezone.now()) == datetime.date(2026, 7, 1)
    assert Run.objects.filter(family="visits").latest("pk").as_at == datetime.date(2026, 7, 1)
