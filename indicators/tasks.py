"""What the worker does: take in changes as they come, and everything anew every night."""

from celery import shared_task
from django.utils import timezone

from config.celery import write_heartbeat
from config.workdays import london_day

from . import calculate
from .models import Run


@shared_task(name="indicators.tasks.sweep")
def sweep() -> None:
    """Bring every figure that changes wait for up to date. Finding nothing to do is usual."""
    calculate.drain(today=london_day(timezone.now()))


@shared_task(name="indicators.tasks.recalculate")
def recalculate(family: str, authority_id: int) -> None:
    """Compute a family's figures of an authority anew, every month, as asked for on a page."""
    calculate.recalculate(
        family,
        authority_id,
        today=london_day(timezone.now()),
        in_full=True,
        kind=Run.Kind.FULL,
    )


@shared_task(name="indicators.tasks.overnight")
def overnight() -> None:
    """Verify every figure as at the day it was stored, then compute all of them as at today.

    The run is written down when it has finished: two on one night, by two beats, do the work once.
    """
    today = london_day(timezone.now())
    started_at = timezone.now()
    if Run.objects.filter(kind=Run.Kind.OVERNIGHT, as_at=today, finished_at__isnull=False).exists():
        return
    cells, drift = 0, []
    for _, _, changed, drifted in calculate.overnight(today=today):
        cells += changed
        drift += drifted
    Run.objects.create(
        kind=Run.Kind.OVERNIGHT,
        as_at=today,
        started_at=started_at,
        finished_at=timezone.now(),
        cells=cells,
        drift=drift,
    )


@shared_task(name="indicators.tasks.heartbeat")
def heartbeat() -> None:
    """Write down that the queue moves and a worker is alive."""
    write_heartbeat("worker")
