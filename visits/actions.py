"""What is done to child protection records, each as one action that is the only writer."""

import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from config import facts
from workforce.access import confirm_visible
from workforce.models import User, Worker

from .models import ProtectionPlan, Visit


def record_visit(
    *,
    plan: ProtectionPlan,
    visited_on: datetime.date,
    outcome: str,
    purpose: str,
    place: str,
    seen_alone: bool | None,
    worker: Worker | None,
    by: User,
    today: datetime.date,
) -> Visit:
    """A visit, or an attempt at one, written down now under the plan it was made for.

    Raises ``ValidationError`` with a sentence for people where it cannot be true, or where the
    account could not see it afterwards.
    """
    if visited_on > today:
        raise ValidationError({"visited_on": "This date is in the future."})
    visit = Visit(
        plan=plan,
        visited_on=visited_on,
        outcome=outcome,
        purpose=purpose,
        place=place,
        seen_alone=seen_alone,
        worker=worker,
        recorded_at=timezone.now(),
    )
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        visit.full_clean()
        visit.save()
        confirm_visible(visit, by)
    return visit
