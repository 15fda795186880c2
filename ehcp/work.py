"""The clocks of a request for an EHC needs assessment, and why what was due came late."""

import datetime
from collections.abc import Iterator
from functools import partial
from itertools import chain

from django.db.models import Count, Exists, OuterRef, Q

from config.navigation import address
from config.workdays import year_before
from referrals.choices import Part
from referrals.models import Involvement
from referrals.work import on_desk
from workforce.models import Team
from workforce.work import CLOCKS, LATE, Clock, Desk, Kind, Late, page

from .choices import Deed, LateReason
from .due import followed, progress, rule
from .models import Decision, Plan, Request

PAGES = {
    Deed.ASSESS: "ehcp:decide-to-assess",
    Deed.TELL: "ehcp:tell-family",
    Deed.PLAN: "ehcp:decide-on-plan",
    Deed.DRAFT: "ehcp:send-draft",
    Deed.ISSUE: "ehcp:issue-plan",
}


def steps(desk: Desk) -> Iterator[Clock]:
    """What is still to be done about open requests, by the time limit that counts for each."""
    found = followed(Request.objects.open_on(desk.today))
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


def late(
    kind: type[Decision] | type[Plan], on: str, what: str, team: Team, today: datetime.date
) -> Late:
    """Why what was due about the requests that a team held came late, in the year up to a day."""
    found = kind.objects.exclude(late_reason="").filter(
        **{f"{on}__gt": year_before(today), f"{on}__lte": today}
    )
    given = Involvement.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=OuterRef(on)),
        part=Part.SEND_OFFICER,
        child=OuterRef("request__child"),
        started_on__lte=OuterRef(on),
    )
    held = Involvement.objects.filter(part=Part.SEND_OFFICER, team=team).values("child")
    of_team = (
        found.filter(Exists(given.filter(team=team)), request__child__in=held),
        found.filter(~Exists(given), request__team=team),
    )
    reasons = (each.order_by().values_list("late_reason").annotate(Count("pk")) for each in of_team)
    return Late.of(what, LateReason, chain.from_iterable(reasons))


CLOCKS.append(steps)
LATE += [
    partial(late, Decision, "decided_on", "Decisions on EHC requests"),
    partial(late, Plan, "issued_on", "EHC plans"),
]
