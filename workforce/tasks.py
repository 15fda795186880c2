"""What the worker does for accounts."""

from celery import shared_task
from django.utils import timezone

from . import events, notices, sessions


@shared_task(name=notices.TASK)
def mail_notices() -> None:
    """Mail the notices that are not mailed yet. Finding none is usual."""
    notices.mail_waiting()


@shared_task
def tidy() -> None:
    """Delete what was kept for a while only, every night."""
    sessions.tidy(timezone.now())
    events.tidy(timezone.now())
