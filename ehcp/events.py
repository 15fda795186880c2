"""The events of requests for an EHC needs assessment that can be logged for a child now."""

from collections.abc import Iterator

from django.urls import reverse

from config.tables import day
from referrals.events import OFFERS
from referrals.intake import INTAKES, Intake
from referrals.models import Child
from workforce.events import Offer
from workforce.models import User

from .choices import Deed
from .due import followed, progress
from .work import PAGES

LABELS = {
    Deed.ASSESS: "Decision whether to assess",
    Deed.TELL: "Family told that there will be an assessment",
    Deed.PLAN: "Decision whether to make a plan",
    Deed.DRAFT: "Draft plan sent",
    Deed.ISSUE: "Final plan issued",
}


def of_requests(child: Child, user: User) -> Iterator[Offer]:
    """What can follow on each request; a new one, unless one is open."""
    going_on = False
    for request in followed(child.ehc_requests.visible_to(user)):
        known, of = progress(request), f"the request of {day(request.received_on)}"
        for deed in known.possible():
            yield _offer(f"{LABELS[deed]}, after {of}", PAGES[deed], request.pk)
        if known.refused and not (known.withdrawn or known.historical or known.issued_on):
            label = f"Tribunal order or mediation agreement, after {of} was refused"
            yield _offer(label, "ehcp:change-decision", request.pk)
        if not known.is_over:
            going_on = True
            yield _offer(f"Permitted exception, for {of}", "ehcp:note-exception", request.pk)
            yield _offer(f"Withdrawal of {of}", "ehcp:withdraw", request.pk)
    if not going_on:
        yield _offer("EHC request received", "ehcp:request-of", child.pk)


def _offer(label: str, page: str, key: int) -> Offer:
    return Offer(label, reverse(page, args=[key]), "Education, health and care plans")


OFFERS.append(of_requests)
INTAKES.append(Intake("Log an EHC request", "for", "ehcp:request-of", "ehcp:request-new"))
