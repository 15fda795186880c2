"""The visit that a child protection plan asks for next: by when, and by which rule."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from config.tables import day

from .choices import Unit
from .models import ProtectionPlan, VisitDue, VisitStandard


@dataclass(frozen=True)
class Wanted:
    """The visit that falls due next under a plan; one overdue, since the first missed day."""

    due_on: datetime.date
    rule: str
    working: bool

    def told(self, today: datetime.date, child: str = "") -> str:
        """The visit in a sentence, which names the child where there are several."""
        to = f" to {child}" if child else ""
        by = f"by {self.due_on:%A} {day(self.due_on)}: {self.rule}."
        overdue = self.due_on < today
        return f"A visit{to} was due {by}" if overdue else f"Next visit{to} {by}"


def wanted(plans: Iterable[ProtectionPlan], today: datetime.date) -> dict[int, Wanted]:
    """For each plan that asks for a visit, by its key: which one. The children are known."""
    plans = list(plans)
    due = _unmet((plan.pk for plan in plans), today)
    standards = _standards({plan.child.authority_id for plan in plans})
    found = {}
    for plan in plans:
        if plan.pk not in due:
            continue
        anchor_on, due_on, missed = due[plan.pk]
        count, unit = interval(plan, anchor_on, standards.get(plan.child.authority_id, []))
        since = "plan started on" if anchor_on == plan.started_on else "visit of"
        length = f"{count} {Unit(unit).label}" if count != 1 else f"1 {Unit(unit).label[:-1]}"
        rule = f"{length} after the {since} {day(anchor_on)}"
        if missed > 1:
            rule += f"; {missed} visits missed since then"
        found[plan.pk] = Wanted(due_on, rule, unit == Unit.WORKING_DAYS)
    return found


def told(plans: Sequence[ProtectionPlan], today: datetime.date) -> list[str]:
    """What the plans ask for next, in sentences; one for all where it is the same for all."""
    found = wanted(plans, today)
    if len(plans) == len(found) and len(set(found.values())) == 1:
        return [found[plans[0].pk].told(today)]
    several = len(plans) > 1
    return [
        found[plan.pk].told(today, str(plan.child) if several else "")
        for plan in plans
        if plan.pk in found
    ]


def missed(plans: Iterable[int], visited_on: datetime.date) -> set[int]:
    """The plans whose visit had fallen due, and was not made, before a day on which one is made."""
    waiting = Q(next_on=None) | Q(next_on__gt=visited_on)
    due = VisitDue.objects.filter(
        waiting, plan__in=list(plans), anchor_on__lt=visited_on, due_on__lt=visited_on
    )
    return set(due.values_list("plan", flat=True))


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
