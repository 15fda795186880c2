"""The clock of a child protection plan, and why visits came late, for those who manage the work."""

import datetime
from collections.abc import Iterator
from itertools import chain

from django.db.models import Count, Exists, OuterRef, Q

from config.navigation import address
from config.workdays import year_before
from referrals.choices import Part
from referrals.models import Involvement
from referrals.work import on_desk
from workforce.models import Team
from workforce.work import CLOCKS, LATE, Clock, Desk, Kind, Late, page

from .choices import LateReason
from .due import wanted
from .models import ProtectionPlan, Visit


def next_visits(desk: Desk) -> Iterator[Clock]:
    """For each open plan the visit that falls due next; one overdue, since the first missed day."""
    found = ProtectionPlan.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=desk.today), started_on__lte=desk.today
    )
    plans = list(on_desk(desk, found, Part.SOCIAL_WORKER))
    due = wanted((plan for plan, _ in plans), desk.today)
    for plan, case in plans:
        if plan.pk not in due:
            continue
        yield Clock(
            kind=Kind.VISIT,
            what="Visit under the child protection plan",
            case=case,
            due_on=due[plan.pk].due_on,
            working=due[plan.pk].working,
            rule=due[plan.pk].rule,
            url=address(ProtectionPlan, plan.pk),
            log=page(desk.user, "visits:record-visit", plan.pk),
        )


def late_visits(team: Team, today: datetime.date) -> Late:
    """Why children whom a team held were seen late, in the twelve months up to a day."""
    late = Visit.objects.exclude(late_reason="").filter(
        visited_on__gt=year_before(today), visited_on__lte=today
    )
    given = Involvement.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=OuterRef("visited_on")),
        part=Part.SOCIAL_WORKER,
        child=OuterRef("plan__child"),
        started_on__lte=OuterRef("visited_on"),
    )
    held = Involvement.objects.filter(part=Part.SOCIAL_WORKER, team=team).values("child")
    of_team = (
        late.filter(Exists(given.filter(team=team)), plan__child__in=held),
        late.filter(~Exists(given), plan__team=team),
    )
    found = (each.order_by().values_list("late_reason").annotate(Count("pk")) for each in of_team)
    return Late.of("Visits under child protection plans", LateReason, chain.from_iterable(found))


CLOCKS.append(next_visits)
LATE.append(late_visits)
