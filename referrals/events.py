"""The events that can be logged for a child now: ``OFFERS``, to which higher floors add theirs."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from django.urls import reverse

from config.tables import day
from workforce.events import Offer, by_group
from workforce.models import User

from .event_forms import parts_of
from .models import Child

REFERRALS, WORKERS, LIFE = "Referrals and assessments", "Who works with the child", "The child"

OFFERS: list[Callable[[Child, User], Iterable[Offer]]] = []


def offers(child: Child, user: User) -> dict[str, list[Offer]]:
    """What the account can log for the child now, under its headings."""
    return by_group(chain.from_iterable(each(child, user) for each in OFFERS), user)


def of_referrals(child: Child, user: User) -> Iterator[Offer]:
    """What can follow each referral; a new one, unless a case is open."""
    going_on = False
    for referral in child.referrals.visible_to(user).prefetch_related("assessments"):
        received = f"the referral of {day(referral.received_on)}"
        if referral.decided_on is None and referral.decision_collected:
            yield _offer(f"Decision on {received}", "decide", referral.pk, REFERRALS)
        assessments = [each for each in referral.assessments.all() if each.completed_on is None]
        for assessment in assessments:
            label = f"Assessment of {day(assessment.started_on)} completed"
            yield _offer(label, "complete-assessment", assessment.pk, REFERRALS)
        if referral.closed_on is None and not referral.no_further_action:
            going_on = True
            if not assessments:
                label = f"Assessment started, after {received}"
                yield _offer(label, "start-assessment", referral.pk, REFERRALS)
            yield _offer(
                f"Case closed, open since {received}", "close-case", referral.pk, REFERRALS
            )
    if not going_on:
        yield _offer("Referral received", "referral-of", child.pk, REFERRALS)


def of_workers(child: Child, user: User) -> Iterator[Offer]:
    """Somebody new who works with the child, and the end of each allocation."""
    yield _offer("Worker allocated", "allocate", child.pk, WORKERS)
    mine = child.involvements.visible_to(user).filter(part__in=parts_of(user), ended_on=None)
    for each in mine.select_related("worker", "team"):
        label = f"Allocation of {each.worker or each.team} ended"
        yield _offer(label, "end-allocation", each.pk, WORKERS)


def of_life(child: Child, user: User) -> Iterator[Offer]:
    """What happens to a child."""
    if child.born_on is None:
        yield _offer("Child born", "child-born", child.pk, LIFE)
    yield _offer("Moved in or out", "child-moved", child.pk, LIFE)
    if child.died_on is None:
        yield _offer("Died", "child-died", child.pk, LIFE)
    yield _offer("There is another record of this child", "child-duplicates", child.pk, LIFE)


def _offer(label: str, page: str, key: int, group: str) -> Offer:
    return Offer(label, reverse(f"referrals:{page}", args=[key]), group)


OFFERS += [of_referrals, of_workers, of_life]
