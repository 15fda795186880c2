"""What the worker does for accounts."""

from celery import shared_task

from . import notices


@shared_task(name=notices.TASK)
def mail_notices() -> None:
    """Mail the notices that are not mailed yet. Finding none is usual."""
    notices.mail_waiting()
