"""The events about staff that can be logged now, by those who keep the staff records of a place."""

from collections.abc import Iterator

from django.urls import reverse

from .choices import Contract
from .events import OFFERS, Offer
from .models import Employment, User, Vacancy, Worker
from .staffing import KEEPS_STAFF

STAFF = "Workers and posts"


def of_staff(user: User) -> Iterator[Offer]:
    """Somebody new, a new vacancy, and the lists in which others are found."""
    if user.reach.holds(KEEPS_STAFF):
        yield _offer("Worker started who is new to us", "start-worker")
        yield _offer("Worker changed hours or team, left, or started again", "worker-list")
        yield _offer("Vacancy opened", "open-vacancy")
        yield _offer("Vacancy filled", "vacancy-list")


def of_worker(worker: Worker, user: User) -> Iterator[Offer]:
    """What can follow for one worker: a change, leaving, or another start."""
    if not user.reach.holds(KEEPS_STAFF):
        return
    mine = Employment.objects.seen_as(user, (KEEPS_STAFF,))
    for employment in mine.filter(worker=worker, left_on=None):
        yield _offer("Changed hours or team", "change-post", employment.pk)
        yield _offer("Left", "leave", employment.pk)
    going_on = worker.employments.filter(left_on=None)
    if not going_on.exists():
        yield _offer("Started again", "start-again", worker.pk)
    elif not going_on.exclude(contract=Contract.AGENCY).exists():
        yield _offer("Became an employee", "start-again", worker.pk)


def of_vacancy(vacancy: Vacancy, user: User) -> Iterator[Offer]:
    """That it was filled."""
    if vacancy.filled_on is None and vacancy.team_id in user.reach.places(KEEPS_STAFF):
        yield _offer("Filled", "fill-vacancy", vacancy.pk)


def _offer(label: str, page: str, *key: int) -> Offer:
    return Offer(label, reverse(f"workforce:{page}", args=key), STAFF)


OFFERS.append(of_staff)
