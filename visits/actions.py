"""What is done to child protection records, each as one action that is the only writer."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from config.tables import day
from referrals.casework import allocated, event
from referrals.models import Child, Referral
from workforce.events import stored
from workforce.models import User, Worker

from .choices import LateReason
from .due import missed
from .models import QUALIFIES, ProtectionPlan, Visit


def start_plan(
    *,
    child: Child,
    started_on: datetime.date,
    category: str,
    earlier_plans: int,
    by: User,
    today: datetime.date,
) -> ProtectionPlan:
    """A child protection plan made by a conference, within the child's open case.

    It is the team's that the child is allocated to, or else that the case came to.
    """
    with event(child.pk, by=by, started_on=started_on, today=today):
        case = open_case(child)
        if case is None:
            raise ValidationError("No case of this child is open. Log the referral first.")
        if started_on < case.received_on:
            raise ValidationError(
                {"started_on": f"The open case began on {day(case.received_on)}, after this day."}
            )
        holder = allocated(child).select_related("team").first()
        plan = ProtectionPlan(
            child=child,
            team=holder.team if holder else case.team,
            started_on=started_on,
            initial_category=category,
            latest_category=category,
            earlier_plans=earlier_plans,
        )
        return stored(plan, "started_on", by)


def open_case(child: Child) -> Referral | None:
    """The referral whose case is open now, if there is one."""
    return child.referrals.filter(closed_on=None, no_further_action=False).first()


def end_plan(
    *,
    plan: ProtectionPlan,
    ended_on: datetime.date,
    category: str,
    by: User,
    today: datetime.date,
) -> ProtectionPlan:
    """A child protection plan that a conference has ended; no visit falls due after that day."""
    with event(plan.child_id, by=by, ended_on=ended_on, today=today):
        plan = ProtectionPlan.objects.select_related("child").get(pk=plan.pk)
        if plan.ended_on:
            raise ValidationError(f"This plan ended on {day(plan.ended_on)}.")
        later = plan.visits.filter(visited_on__gt=ended_on).order_by("visited_on").last()
        if later:
            raise ValidationError(
                {"ended_on": f"A visit on {day(later.visited_on)} is recorded under this plan."}
            )
        plan.ended_on, plan.latest_category = ended_on, category
        return stored(plan, "ended_on", by)


@dataclass(frozen=True)
class Met:
    """How a visit went for one child, under that child's plan."""

    plan: ProtectionPlan
    outcome: str
    seen_alone: bool | None = None


def record_visits(
    *,
    met: Sequence[Met],
    visited_on: datetime.date,
    purpose: str,
    place: str,
    worker: Worker | None,
    late_reason: str = "",
    by: User,
    today: datetime.date,
) -> list[Visit]:
    """A visit, or an attempt at one, written down now for each child that it was made to.

    All of them or none. Why it was late is kept for those whose visit had fallen due before; where
    that was not said, it is kept that it was not.
    """
    now = timezone.now()
    children = {each.plan.child_id for each in met}
    with event(*children, by=by, visited_on=visited_on, today=today):
        qualifying = [each.plan.pk for each in met if _qualifies(each, purpose, place)]
        late = missed(qualifying, visited_on)
        visits = [
            Visit(
                plan=each.plan,
                visited_on=visited_on,
                outcome=each.outcome,
                purpose=purpose,
                place=place,
                seen_alone=each.seen_alone,
                late_reason=(late_reason or LateReason.NOT_GIVEN) if each.plan.pk in late else "",
                worker=worker,
                recorded_at=now,
            )
            for each in met
        ]
        return [stored(visit, "visited_on", by) for visit in visits]


def _qualifies(met: Met, purpose: str, place: str) -> bool:
    told = {"outcome": met.outcome, "purpose": purpose, "place": place}
    return QUALIFIES.check(told)
