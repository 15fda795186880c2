"""The clocks that a request for an EHC needs assessment starts."""

import datetime
from bisect import bisect_right
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from config.navigation import address
from config.tables import day
from config.workdays import days_after
from referrals.choices import Part
from referrals.work import on_desk
from workforce.work import CLOCKS, Clock, Desk, Kind, page

from .choices import Stage, Step
from .models import Decision, OpenSpell, PermittedException, Plan, Request, TimeLimit
from .time_limits import STATUTORY

WANTED = {
    Step.DECISION: ("Decide whether to assess", "ehcp:decide-to-assess"),
    Step.NO_PLAN: ("Decide whether to make a plan", "ehcp:decide-on-plan"),
    Step.ISSUE: ("Issue the final plan", "ehcp:issue-plan"),
}


def steps(desk: Desk) -> Iterator[Clock]:
    """What is still to be done about open requests, by the limits of the day of receipt."""
    spells = OpenSpell.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=desk.today),
        request=OuterRef("pk"),
        opened_on__lte=desk.today,
    )
    decided = Decision.objects.filter(request=OuterRef("pk"))
    found = Request.objects.filter(Exists(spells)).annotate(
        decided_to_assess=Exists(decided.filter(stage=Stage.ASSESS)),
        decided_on_plan=Exists(decided.filter(stage=Stage.PLAN)),
        issued=Exists(Plan.objects.filter(request=OuterRef("pk"))),
        excepted=Exists(PermittedException.objects.filter(request=OuterRef("pk"))),
    )
    waiting = list(on_desk(desk, found, Part.SEND_OFFICER))
    limits = _limits() if waiting else {}
    for request, case in waiting:
        done = {
            Step.DECISION: request.decided_to_assess or request.decided_on_plan,
            Step.NO_PLAN: request.decided_on_plan or request.issued,
            Step.ISSUE: request.issued,
        }
        for step, (what, name) in WANTED.items():
            if done[step]:
                continue
            days = _in_force(limits[step], request.received_on)
            due_on = days_after(request.received_on, days)
            yield Clock(
                kind=Kind.EHC,
                what=what,
                case=case,
                due_on=due_on,
                rule=_rule(days, request),
                url=address(Request, request.pk),
                log=page(desk.user, name, request.pk),
            )


def _rule(days: int, request: Request) -> str:
    weeks, rest = divmod(days, 7)
    length = f"{days} days" if rest else f"{weeks} weeks"
    told = f"{length} after the request of {day(request.received_on)}"
    return f"{told}; a permitted exception is recorded" if request.excepted else told


def _limits() -> dict[Step, list[tuple[datetime.date, int]]]:
    """The limits of each step with the days from which they are in force."""
    found = {step: [] for step in Step}
    for limit in TimeLimit.objects.order_by("valid_from"):
        found[Step(limit.step)].append((limit.valid_from, limit.days))
    return {step: known or [(datetime.date.min, STATUTORY[step])] for step, known in found.items()}


def _in_force(limits: list[tuple[datetime.date, int]], received_on: datetime.date) -> int:
    """The limit of a day; before the first, the earliest."""
    place = bisect_right([since for since, _ in limits], received_on)
    return limits[max(place - 1, 0)][1]


CLOCKS.append(steps)
