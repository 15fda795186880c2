"""What a child's case file says of child protection: flags, the timeline, and each plan drawn."""

import datetime
from collections.abc import Iterator

from config.navigation import address
from config.tables import day
from referrals.case_file import FLAGS, HAPPENINGS, CaseFile, Flag, Happening

from .drawing import Drawing, drawing
from .events import CHILD_PROTECTION
from .models import ProtectionPlan, Visit, VisitDue


def plans_of(file: CaseFile) -> list[ProtectionPlan]:
    """The child's plans with the visits under them."""
    return file.of("protection_plans", below=["visits__worker"])


def of_plans(file: CaseFile) -> Iterator[Flag]:
    """That the child is on a child protection plan."""
    for plan in plans_of(file):
        if plan.started_on <= file.today and (plan.ended_on is None or plan.ended_on > file.today):
            category = plan.get_latest_category_display() or plan.get_initial_category_display()
            why = f": {category.lower()}" if category else ""
            yield Flag(f"Child protection plan since {day(plan.started_on)}{why}", "red")


def protection(file: CaseFile) -> Iterator[Happening]:
    """Each plan and the visits under it."""
    for plan in plans_of(file):
        told = {"chapter": CHILD_PROTECTION, "url": address(ProtectionPlan, plan.pk)}
        category = plan.get_initial_category_display()
        yield Happening(
            on=plan.started_on,
            what="Child protection plan started",
            told=f"{category}." if category else "",
            **told,
        )
        for visit in list(plan.visits.all())[::-1]:
            yield of_visit(visit)
        if plan.ended_on:
            yield Happening(on=plan.ended_on, what="Child protection plan ended", **told)


def of_visit(visit: Visit) -> Happening:
    """A visit, or an attempt at one, in the timeline."""
    where, purpose = visit.get_place_display(), visit.get_purpose_display()
    words = [visit.get_outcome_display(), purpose, where, "Seen alone" if visit.seen_alone else ""]
    if visit.late_reason:
        words.append(f"Late: {visit.get_late_reason_display().lower()}")
    return Happening(
        on=visit.visited_on,
        what="Child protection visit" if visit.qualifies else "Contact, not a qualifying visit",
        chapter=CHILD_PROTECTION,
        told="".join(f"{word}. " for word in words if word).strip(),
        who=str(visit.worker or ""),
        url=address(Visit, visit.pk),
    )


FLAGS.append(of_plans)
HAPPENINGS.append(protection)


def drawings(plans: list[ProtectionPlan], today: datetime.date) -> list[Drawing]:
    """The drawings of some plans, whose visits are at hand."""
    due: dict[int, list[VisitDue]] = {}
    found = VisitDue.objects.filter(plan__in=[plan.pk for plan in plans])
    for each in found.order_by("anchor_on", "due_on"):
        due.setdefault(each.plan_id, []).append(each)
    return [drawing(plan, due.get(plan.pk, []), list(plan.visits.all()), today) for plan in plans]
