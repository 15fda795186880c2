"""The events of child protection that can be logged for a child now."""

import datetime
from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse

from config.tables import day
from referrals.casework import KEEPS_OPEN
from referrals.events import OFFERS
from referrals.models import Child
from workforce.events import Offer
from workforce.models import User

from .actions import open_case

CHILD_PROTECTION = "Child protection"


def of_plans(child: Child, user: User) -> Iterator[Offer]:
    """A visit under the plan that is open, and its end; within an open case, a plan's start."""
    plans = list(child.protection_plans.visible_to(user).filter(ended_on=None))
    for plan in plans:
        of = f"the plan of {day(plan.started_on)}"
        yield _offer(f"Visit made or tried, under {of}", "record-visit", plan.pk)
        yield _offer(f"Child protection plan ended: {of}", "protectionplan-end", plan.pk)
    if not plans and open_case(child):
        yield _offer("Child protection plan started", "start-plan", child.pk)


def _offer(label: str, page: str, key: int) -> Offer:
    return Offer(label, reverse(f"visits:{page}", args=[key]), CHILD_PROTECTION)


def lasting_plans(child: Child, on: datetime.date) -> Iterator[str]:
    """The plans that last beyond a day on which the child's case is to be closed, in sentences."""
    for plan in child.protection_plans.filter(Q(ended_on=None) | Q(ended_on__gt=on)):
        of = f"The child protection plan of {day(plan.started_on)}"
        if plan.ended_on is None:
            yield f"{of} is open. Log its end before you close the case."
        else:
            yield f"{of} lasted until {day(plan.ended_on)}. Close the case on that day or later."


OFFERS.append(of_plans)
KEEPS_OPEN.append(lasting_plans)
