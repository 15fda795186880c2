"""The events of child protection that can be logged for a child now."""

from collections.abc import Iterator

from django.urls import reverse

from config.tables import day
from referrals.events import OFFERS
from referrals.models import Child
from workforce.events import Offer
from workforce.models import User


def of_plans(child: Child, user: User) -> Iterator[Offer]:
    """A visit under the plan that is open."""
    for plan in child.protection_plans.visible_to(user).filter(ended_on=None):
        label = f"Visit made or tried, under the plan of {day(plan.started_on)}"
        yield Offer(label, reverse("visits:record-visit", args=[plan.pk]), "Child protection")


OFFERS.append(of_plans)
