"""What the worker does: take in changes as they come, and everything anew every night."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from celery import shared_task
from django.db import connection
from django.utils import timezone

from config.celery import write_heartbeat
from config.workdays import LONDON, london_day

from . import calculate
from .models import Run

NIGHT_RUN_AT = datetime.time(2)


@shared_task(name="indicators.tasks.sweep")
def sweep() -> None:
    """Bring every figure that changes wait for up to date. Finding nothing to do is usual.

    What was asked for on a page is computed anew afterwards. A night's run that was missed, because
    nothing ran at two o'clock, is asked for here.
    """
    now = timezone.now()
    calculate.drain(today=london_day(now))
    calculate.answer_asked(today=london_day(now))
    if now.astimezone(LONDON).time() >= NIGHT_RUN_AT and not _done(london_day(now)):
        overnight.delay()


@shared_task(name="indicators.tasks.overnight")
def overnight() -> None:
    """Verify every figure as at the day it was stored, then compute all of them as at today.

    Asked for twice on one day, or by two schedules at once, it is done once.
    """
    with _alone("overnight") as alone:
        today = london_day(timezone.now())
        if not alone or _done(today):
            return
        run = Run(kind=Run.Kind.OVERNIGHT, as_at=today, started_at=timezone.now())
        for _, _, changed, drift in calculate.overnight(today=today):
            run.cells += changed
            run.drift += drift
        run.finished_at = timezone.now()
        run.save()


def _done(day: datetime.date) -> bool:
    """Whether the night's run of the day has been done."""
    return Run.objects.filter(kind=Run.Kind.OVERNIGHT, as_at=day).exists()


@contextmanager
def _alone(work: str) -> Iterator[bool]:
    """Whether nobody else does this work now; while inside, nobody else is told so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [work])
        alone = cursor.fetchone()[0]
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [work])


@shared_task(name="indicators.tasks.heartbeat")
def heartbeat() -> None:
    """Write down that the queue moves and a worker is alive."""
    write_heartbeat("worker")
