"""What this app takes from returns: child protection plans, and the visits under them."""

from django.db.models import Q

from config.imports import Batch, Part, Row, flag_overlaps
from referrals.imports.children import child_named, children_named
from referrals.models import Child

from .choices import Category, Outcome
from .models import ProtectionPlan, Visit

CATEGORY = {label.casefold(): code for code, label in Category.choices} | {
    "emotional": "EMO",
    "physical": "PHY",
    "sexual": "SAB",
}
PLAN = ("started_on", "ended_on", "initial_category", "latest_category")


def plan_of_census(row: Row) -> ProtectionPlan:
    """CIN ``ChildProtectionPlans``."""
    child = row.root.record or row.refuse("The child was refused.")
    started = row.began("CPPstartDate", rule="8720")
    plan = ProtectionPlan(
        child=child,
        started_on=started,
        ended_on=row.ended(
            "CPPendDate", started, same_day=False, early="8925", same="8840", late="8930"
        ),
        initial_category=row.code("InitialCategoryOfAbuse", Category, rule="8905", missing="8905"),
        latest_category=row.code("LatestCategoryOfAbuse", Category, rule="8910", missing="8910"),
        earlier_plans=int(row.number("NumberOfPreviousCPP", most=50) or 0),
        entered_here=False,
    )
    check_life(row, plan)
    check_referral(row, plan)
    return plan


def plan_of_extract(row: Row, children: dict[str, Child]) -> ProtectionPlan:
    """SSD ``ssd_cp_plans``."""
    child = child_named(row, "cppl_person_id", children)
    if row.flag("cppl_cp_plan_ola"):
        row.refuse("It is the plan of another authority.", "cppl_cp_plan_ola")
    started = row.began("cppl_cp_plan_start_date")
    plan = ProtectionPlan(
        child=child,
        reference=row.needed("cppl_cp_plan_id", most=60),
        started_on=started,
        ended_on=row.ended("cppl_cp_plan_end_date", started, same_day=False),
        initial_category=category(row, "cppl_cp_plan_initial_category"),
        latest_category=category(row, "cppl_cp_plan_latest_category"),
        entered_here=False,
    )
    check_life(row, plan)
    return plan


def category(row: Row, column: str) -> str:
    """A category in words, or as a code; "Multiple" is followed by those that it stands for."""
    if row.text(column).casefold().startswith("multiple"):
        return Category.MULTIPLE
    return row.code(column, Category, also=CATEGORY)


def check_life(row: Row, plan: ProtectionPlan) -> None:
    """A plan does not outlast the child's life."""
    died = plan.child.died_on
    if died and plan.started_on > died:
        row.warn(f"It starts after the death on {died}.", rule="8915")
    elif died and (plan.ended_on is None or plan.ended_on > died):
        row.warn(f"It does not end by the death on {died}.", rule="8920")


def check_referral(row: Row, plan: ProtectionPlan) -> None:
    """A plan belongs to the case that the census tells it in."""
    referral = row.parent.record
    if referral is None:
        return
    if plan.started_on < referral.received_on:
        row.warn(f"It starts before the referral, {referral.received_on}.", rule="1105")
    if referral.closed_on and (plan.ended_on or plan.started_on) > referral.closed_on:
        row.warn(f"It goes on after the case was closed, {referral.closed_on}.", rule="8565")


def census_plans(batch: Batch) -> None:
    """The child protection plans of a CIN census."""
    rows = batch.inside("CINdetails", "ChildProtectionPlans")
    told = list(batch.read("child protection plan", rows, plan_of_census))
    store_plans(batch, told, by=[("child_id", "started_on")], fields=[*PLAN, "earlier_plans"])


def extract_plans(batch: Batch) -> None:
    """The child protection plans of an SSD extract."""
    children = children_named(batch, "cppl_person_id")
    told = batch.read(
        "child protection plan", batch.rows, lambda row: plan_of_extract(row, children)
    )
    store_plans(
        batch,
        list(told),
        by=[("child_id", "reference"), ("reference",), ("child_id", "started_on")],
        fields=[*PLAN, "earlier_plans", "reference", "child_id"],
        leave=["earlier_plans"],
    )


def store_plans(batch: Batch, told: list, *, by, fields, leave=()) -> None:
    """Bring plans up to date; flag those that overlap, and count earlier ones not recorded here.

    An earlier plan that is told of later, by an older return, is recorded from then on.
    """
    known = list(
        ProtectionPlan.objects.filter(
            Q(child__in={plan.child_id for _, plan in told})
            | Q(
                child__authority=batch.authority,
                reference__in={plan.reference for _, plan in told} - {""},
            )
        )
    )
    plans = batch.merge("child protection plan", ProtectionPlan, known, by=by, fields=fields)
    starts: dict[int, set] = {}
    for plan in [*known, *(plan for _, plan in told)]:
        starts.setdefault(plan.child_id, set()).add(plan.started_on)
    for row, plan in told:
        recorded = sum(day < plan.started_on for day in starts[plan.child_id])
        plan.earlier_plans = max(0, plan.earlier_plans - recorded)
        plans.put(row, plan, leave=leave)
    told_of = {id(row.record) for row, _ in told}
    for plan in known:
        if not plan.entered_here and (leave or id(plan) not in told_of):
            recorded = sum(
                new.child_id == plan.child_id and new.started_on < plan.started_on
                for new in plans.new
            )
            plan.earlier_plans = max(0, plan.earlier_plans - recorded)
    by_child: dict[int, list[ProtectionPlan]] = {}
    for plan in plans.all():
        by_child.setdefault(plan.child_id, []).append(plan)
    overlapping = {
        id(plan)
        for episodes in by_child.values()
        for plan in flag_overlaps(episodes, since="started_on", until="ended_on")
    }
    for row, _ in told:
        if id(row.record) in overlapping:
            row.warn("It overlaps another plan of the child: taken in as history.", rule="8940")
    plans.write()


# Visits


def visit_of_extract(row: Row, plans: dict[str, ProtectionPlan]) -> Visit:
    """SSD ``ssd_cp_visits``. It names no type: being seen is enough, before birth the mother."""
    reference = row.needed("cppv_cp_plan_id", most=60)
    plan = plans.get(reference) or row.refuse(
        "No plan is known by this identifier. Import ssd_cp_plans first.",
        "cppv_cp_plan_id",
        reference,
    )
    day = row.began("cppv_cp_visit_date")
    if day < plan.started_on or (plan.ended_on and day > plan.ended_on):
        row.refuse(
            f"The plan lasted from {plan.started_on} to {plan.ended_on or 'today'}.",
            "cppv_cp_visit_date",
            str(day),
        )
    outcome = seen(row, plan.child, day)
    alone = row.flag("cppv_cp_visit_seen_alone")
    if alone and outcome != Outcome.SEEN:
        row.warn("A child who was not seen was not seen alone.", "cppv_cp_visit_seen_alone")
        alone = None
    return Visit(
        plan=plan,
        reference=row.needed("cppv_cp_visit_id", most=60),
        visited_on=day,
        outcome=outcome,
        seen_alone=alone,
    )


def seen(row: Row, child: Child, day) -> Outcome:
    """Whether the visit saw the child; a visit before the birth saw the mother."""
    told = row.flag("cppv_cp_visit_seen")
    if told is None:
        row.warn("It is not said whether the child was seen: taken as no.", "cppv_cp_visit_seen")
    if not told:
        return Outcome.ATTEMPTED
    unborn = child.born_on is None and child.expected_on is not None
    if unborn or (child.born_on and day < child.born_on):
        return Outcome.MOTHER_SEEN
    return Outcome.SEEN


def extract_visits(batch: Batch) -> None:
    """The child protection visits of an SSD extract."""
    named = {name for row in batch.rows for name in row.texts("cppv_cp_plan_id")}
    plans = {
        plan.reference: plan
        for plan in ProtectionPlan.objects.select_related("child").filter(
            child__authority=batch.authority, reference__in=named
        )
    }
    told = list(batch.read("visit", batch.rows, lambda row: visit_of_extract(row, plans)))
    visits = batch.merge(
        "visit",
        Visit,
        Visit.objects.filter(
            plan__child__authority=batch.authority,
            reference__in={visit.reference for _, visit in told},
        ).defer("qualifies"),
        by=[("plan_id", "reference"), ("reference",)],
        fields=["plan_id", "visited_on", "outcome", "seen_alone"],
    )
    for row, visit in told:
        visits.put(row, visit)
    visits.write()


PARTS = [
    Part("CIN", "Message/Children/Child", "LAchildID", census_plans),
    Part("SSD", "ssd_cp_plans", "cppl_cp_plan_id", extract_plans),
    Part("SSD", "ssd_cp_visits", "cppv_cp_visit_id", extract_visits),
    Part("SSD", "ssd_cp_reviews", "cppr_cp_review_id"),
    Part("SSD", "ssd_initial_cp_conference", "icpc_icpc_id"),
]

NOT_KEPT = {
    "CIN": {"Reviews"},
    "SSD": {
        "cppl_referral_id",
        "cppl_icpc_id",
        "cppv_person_id",
        "cppv_cp_visit_bedroom",
    },
}
