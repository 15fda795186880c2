"""The events that can be logged for a child now: ``OFFERS``, to which higher floors add theirs."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.urls import reverse

from workforce.events import Offer, by_group
from workforce.models import User

from .models import Child

REFERRALS = "Referrals and assessments"

OFFERS: list[Callable[[Child, User], Iterable[Offer]]] = []


def offers(child: Child, user: User) -> dict[str, list[Offer]]:
    """What the account can log for the child now, under its headings."""
    return by_group(chain.from_iterable(each(child, user) for each in OFFERS), user)


def of_referrals(child: Child, user: User) -> Iterator[Offer]:
    """A referral, unless a case is open."""
    if not child.referrals.filter(closed_on=None, no_further_action=False).exists():
        yield Offer(
            "Referral received", reverse("referrals:referral-of", args=[child.pk]), REFERRALS
        )


OFFERS.append(of_referrals)
