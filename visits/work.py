"""The clock of a child protection plan: the next visit that falls due, or the first one missed."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Count, Max, Min, Q

from config.navigation import address
from config.tables import day
from referrals.choices import Part
from referrals.work import on_desk
from workforce.work import CLOCKS, Clock, Desk, Kind, page

from .choices import Unit
from .models import ProtectionPlan, VisitDue, VisitStandard


def next_visits(desk: Desk) -> Iterator[Clock]:
    """For each open plan the visit that falls due next; one overdue, since the first missed day."""
    found = ProtectionPlan.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=desk.today), started_on__lte=desk.today
    )
    plans = list(on_desk(desk, found, Part.SOCIAL_WORKER))
    due = _unmet((plan.pk for plan, _ in plans), desk.today)
    standards = _standards({plan.child.authority_id for plan, _ in plans})
    for plan, case in plans:
        if plan.pk not in due:
            continue
        anchor_on, due_on, missed = due[plan.pk]
        count, unit = interval(plan, anchor_on, standards.get(plan.child.authority_id, []))
        working = unit == Unit.WORKING_DAYS
        since = "plan started on" if anchor_on == plan.started_on else "visit of"
        length = f"{count} {Unit(unit).label}" if count != 1 else f"1 {Unit(unit).label[:-1]}"
        rule = f"{length} after the {since} {day(anchor_on)}"
        if missed > 1:
            rule += f"; {missed} visits missed since then"
        yield Clock(
            kind=Kind.VISIT,
            what="Visit under the child protection plan",
            case=case,
            due_on=due_on,
            working=working,
            rule=rule,
            url=address(ProtectionPlan, plan.pk),
            log=page(desk.user, "visits:record-visit", plan.pk),
        )


def interval(
    plan: ProtectionPlan, anchor_on: datetime.date, standards: list[VisitStandard]
) -> tuple[int, Unit]:
    """How many days after an anchor a visit falls due, by the standard in force on its day.

    Before the first standard the earliest counts; without any, it is 10 working days.
    """
    in_force = [standard for standard in standards if standard.valid_from <= anchor_on]
    standard = next(iter(in_force[-1:] or standards[:1]), None) or VisitStandard(
        first_interval=None
    )
    usual = standard.interval
    if anchor_on == plan.started_on and standard.first_interval:
        usual = standard.first_interval
    return min(plan.visit_interval or usual, usual), Unit(standard.unit)


def _standards(authorities: set[int]) -> dict[int, list[VisitStandard]]:
    """The standards of some authorities, each in the order of their days."""
    found: dict[int, list[VisitStandard]] = {}
    for standard in VisitStandard.objects.filter(authority__in=authorities).order_by("valid_from"):
        found.setdefault(standard.authority_id, []).append(standard)
    return found


def _unmet(
    plans: Iterable[int], today: datetime.date
) -> dict[int, tuple[datetime.date, datetime.date, int]]:
    """For each plan what its visits are counted from, the first that was not made, how many."""
    waiting = VisitDue.objects.filter(plan__in=list(plans), next_on=None).order_by()
    counted = waiting.values_list("plan").annotate(
        anchor=Max("anchor_on"),
        first=Min("due_on"),
        missed=Count("due_on", filter=Q(due_on__lt=today)),
    )
    return {plan: (anchor_on, due_on, missed) for plan, anchor_on, due_on, missed in counted}


CLOCKS.append(next_visits)
