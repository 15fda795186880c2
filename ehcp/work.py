"""The clocks that a request for an EHC needs assessment starts."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from config.navigation import address
from config.tables import day
from config.workdays import days_after
from referrals.choices import Part
from referrals.work import on_desk
from workforce.work import CLOCKS, Clock, Desk, Kind, page

from .choices import Stage, Step
from .models import Decision, OpenSpell, PermittedException, Plan, Request
from .time_limits import Limit

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
        **{f"limit_{step}": Limit("received_on", step=step) for step in Step},
    )
    waiting = list(on_desk(desk, found, Part.SEND_OFFICER))
    for request, case in waiting:
        done = {
            Step.DECISION: request.decided_to_assess or request.decided_on_plan,
            Step.NO_PLAN: request.decided_on_plan or request.issued,
            Step.ISSUE: request.issued,
        }
        for step, (what, name) in WANTED.items():
            if done[step]:
                continue
            days = getattr(request, f"limit_{step}")
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


CLOCKS.append(steps)
