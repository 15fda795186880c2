"""What the worker does about children's records."""

from celery import shared_task
from django.utils import timezone

from . import digest, emergency


@shared_task(name="referrals.tasks.remind_reviewers")
def remind_reviewers() -> None:
    """Remind reviewers of the emergency accesses of past weeks. Finding none is usual."""
    emergency.remind_reviewers(timezone.now())


@shared_task(name="referrals.tasks.send_digests")
def send_digests() -> None:
    """Tell workers in the morning what falls due. On other days than working days there is none."""
    digest.send_digests(timezone.now())
