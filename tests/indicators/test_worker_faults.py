"""Faults of the worker and the broker: the figures afterwards equal those of an undisturbed run."""

import datetime
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from config import doorbell
from config.celery import app
from config.workdays import london_day
from indicators import calculate, registry
from indicators.models import Outbox, Tally
from tests.indicators import testshire
from tests.working import Worker, forget_connections, queues, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]


def all_tallies() -> list[tuple]:
    return sorted(
        Tally.objects.values_list(
            "authority", "indicator", "team", "month", "numerator", "denominator", "undecided"
        )
    )


def undisturbed() -> list[tuple]:
    """What one pass over everything gives."""
    Tally.objects.all().delete()
    for family in registry.families():
        calculate.recalculate(
            family, testshire.authority().pk, today=london_day(timezone.now()), in_full=True
        )
    return all_tallies()


def some_records() -> None:
    for month in range(1, 13):
        child = testshire.child()
        testshire.referral(datetime.date(2018, month, 5), child=child)
        made = testshire.plan(datetime.date(2018, month, 7), child=child)
        testshire.visit(datetime.date(2018, month, 20), plan=made)


def taken_in() -> bool:
    return not Outbox.objects.exists()


def test_a_save_reaches_its_figure_through_the_doorbell_and_a_real_worker():
    with queues():
        worker = Worker()
        try:
            with transaction.atomic():
                testshire.referral(datetime.date(2019, 5, 14))
                doorbell.ring()
            wait_until(
                Tally.objects.filter(indicator="referrals", numerator=1).exists,
                what="The new figure",
            )
        finally:
            worker.stop()


def test_a_worker_killed_in_the_middle_of_a_pass_leaves_it_to_the_next():
    with queues():
        some_records()
        worker = Worker()
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("LOCK TABLE indicators_tally IN ACCESS EXCLUSIVE MODE")
                app.send_task(doorbell.TASK)
                wait_until(_a_pass_waits_for_the_tallies, what="A pass that computes")
                worker.kill()
            assert not Tally.objects.exists()
            assert Outbox.objects.exists()
            worker = Worker()
            app.send_task(doorbell.TASK)
            wait_until(taken_in, what="Taking in what waits")
            worker.stop()
        finally:
            worker.stop()
    assert all_tallies() == undisturbed()


def _a_pass_waits_for_the_tallies() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted"
            " AND relation = 'indicators_tally'::regclass"
        )
        return cursor.fetchone()[0] > 0


def test_saves_stand_and_stay_quick_while_the_broker_is_down():
    with queues():
        app.conf.broker_transport_options = {
            **app.conf.broker_transport_options,
            "conn_string": "host=/nowhere dbname=nothing",
        }
        forget_connections()
        begun = time.monotonic()
        with transaction.atomic():
            testshire.referral(datetime.date(2019, 5, 14))
            doorbell.ring()
        assert time.monotonic() - begun < 2.5
    assert Outbox.objects.filter(family="referrals").exists()
    calculate.drain(today=london_day(timezone.now()))
    assert all_tallies() == undisturbed()


def test_the_same_message_three_times_gives_one_result():
    some_records()
    with queues():
        worker = Worker()
        try:
            for _ in range(3):
                app.send_task(doorbell.TASK)
            wait_until(taken_in, what="Taking in what waits")
        finally:
            worker.stop()
    assert all_tallies() == undisturbed()
