"""Annotations of trends: who may write them, and the only two ways to."""

import datetime

import pghistory
from django.db import transaction

from config import facts
from config.admission import confirm_visible
from workforce.choices import AccountRole
from workforce.models import Team, User

from .models import Annotation

NOTED_BY = (AccountRole.ANALYST, AccountRole.TEAM_MANAGER, AccountRole.SERVICE_MANAGER)


def may_note(user: User, place: Team) -> bool:
    """Whether an account may note what happened at a place: as its manager, or as an analyst."""
    return place.pk in user.reach.places(*NOTED_BY)


def note(
    *,
    place: Team,
    indicator: str,
    happened_on: datetime.date,
    words: str,
    why: str = "",
    by: User,
) -> Annotation:
    """Something that happened, noted on the charts; with a reason, a new baseline counts from it.

    Raises ``ValidationError`` where it cannot be true.
    """
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        made = Annotation(
            place=place,
            indicator=indicator,
            happened_on=happened_on,
            words=words,
            new_baseline=bool(why),
            why=why,
            noted_by=by,
        )
        made.full_clean(exclude=["noted_at"])
        made.save()
        confirm_visible(made, by)
        return made


def take_off(annotation: Annotation, *, why: str, by: User) -> None:
    """Takes an annotation off the charts; its history keeps it, who took it off, and why."""
    with pghistory.context(user=by.pk, why=why), transaction.atomic():
        annotation.delete()
