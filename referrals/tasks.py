"""What the worker does about children's records."""

from celery import shared_task
from django.utils import timezone

from . import emergency


@shared_task(name="referrals.tasks.remind_reviewers")
def remind_reviewers() -> None:
    """Remind reviewers of the emergency accesses of past weeks. Finding none is usual."""
    emergency.remind_reviewers(timezone.now())
