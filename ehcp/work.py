"""The clocks of a request for an EHC needs assessment."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from config.navigation import address
from referrals.choices import Part
from referrals.work import on_desk
from workforce.work import CLOCKS, Clock, Desk, Kind, page

from .choices import Deed
from .due import followed, progress, rule
from .models import OpenSpell, Request

PAGES = {
    Deed.ASSESS: "ehcp:decide-to-assess",
    Deed.TELL: "ehcp:tell-family",
    Deed.PLAN: "ehcp:decide-on-plan",
    Deed.DRAFT: "ehcp:send-draft",
    Deed.ISSUE: "ehcp:issue-plan",
}


def steps(desk: Desk) -> Iterator[Clock]:
    """What is still to be done about open requests, by the time limit that counts for each."""
    spells = OpenSpell.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=desk.today),
        request=OuterRef("pk"),
        opened_on__lte=desk.today,
    )
    found = followed(Request.objects.filter(Exists(spells)))
    for request, case in list(on_desk(desk, found, Part.SEND_OFFICER)):
        known = progress(request)
        possible = known.possible()
        for due in known.waiting():
            excepted = "; a permitted exception is recorded" if request.excepted else ""
            name = PAGES[due.deed]
            yield Clock(
                kind=Kind.EHC,
                what=due.deed.label,
                case=case,
                due_on=due.due_on,
                rule=rule(due) + excepted,
                url=address(Request, request.pk),
                log=page(desk.user, name, request.pk) if due.deed in possible else "",
            )


CLOCKS.append(steps)
