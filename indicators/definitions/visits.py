"""Child protection plans and the visits under them: a local standard, no national return."""

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest

from indicators.base import Because, Better, CaseSet, Flow, Measure, Position, Question
from indicators.expressions import (
    EarlierDay,
    MonthsBefore,
    TeamOn,
    WorkingDayAfter,
    YearsAfter,
    days_after,
    days_between,
    holder_on,
    may_be_held,
    team_or,
    true_or_false,
    yes_no_unknown,
)
from indicators.reasons import Breakdown, Reason, by_age, by_code, by_worker, each_of, up_to
from indicators.registry import register
from referrals.choices import Part
from referrals.models import Involvement
from visits.choices import Category, LateReason, Outcome
from visits.models import PlanDay, ProtectionPlan, Visit, VisitDue

LOCAL = "The authority's own visiting standard"
CENSUS = "DfE children in need census methodology"


class OfPlans(CaseSet):
    """Cases whose subjects are child protection plans, and lie between their start and end."""

    family = "visits"
    asks_the_day = True

    def subjects(self, first, last, teams):
        found = ProtectionPlan.objects.filter(may_be_held(teams, first, last))
        open_then = Q(ended_on=None) | Q(ended_on__gte=first)
        return found.filter(open_then, started_on__lte=last).values_list("id", flat=True)


def told_apart(plan: str = "", worker: str = "worker") -> tuple[Breakdown, ...]:
    """What cases of plans are told apart by; ``plan`` is the path from a case to its plan."""
    return (
        by_code("need", "Category of abuse", f"{plan}latest_category", Category),
        by_age(f"{plan}child__born_on"),
        by_worker(worker),
    )


def lead_worker(day: str, child: str) -> Subquery:
    """The social worker who was allocated to a child on the day of each row."""
    held = Involvement.objects.order_by("-started_on").filter(
        Q(ended_on=None) | Q(ended_on__gt=OuterRef(day)),
        child=OuterRef(child),
        part=Part.SOCIAL_WORKER,
        started_on__lte=OuterRef(day),
    )
    return Subquery(held.values("worker")[:1])


@register
class Due(OfPlans, Flow):
    """Visits on the day they fall due: one row for each due day of each plan."""

    subject, authority = "plan_id", "authority"
    record = "plan_id"
    looks_ahead = has_many = True

    def cases(self, records):
        return (
            records.of(VisitDue)
            .filter(
                Q(due_on__lte=records.as_at) | Q(met_on__isnull=True, anchor_on__lte=records.as_at)
            )
            .annotate(
                subject=F("plan_id"),
                on_day=F("due_on"),
                held_by=F("team_id"),
                amount=Value(1),
                answer=yes_no_unknown(yes=Q(met_on__isnull=False), no=Q(due_on__lt=records.as_at)),
            )
        )

    breakdowns = told_apart("plan__")

    def explained(self, found):
        visits = Visit.objects.filter(plan=OuterRef("plan_id"))
        seen = visits.filter(qualifies=True)
        tried = visits.filter(
            visited_on__gt=OuterRef("anchor_on"), visited_on__lte=OuterRef("due_on")
        )
        late = seen.filter(visited_on=OuterRef("next_on")).exclude(late_reason="")
        met = seen.filter(visited_on=OuterRef("met_on")).order_by("recorded_on")
        return found.annotate(
            worker=lead_worker("due_on", "plan__child_id"),
            recorded_on=Subquery(met.values("recorded_on")[:1]),
            record_by=WorkingDayAfter("met_on", days=2),
            late=Subquery(late.values("late_reason")[:1]),
            refused=Exists(tried.filter(outcome=Outcome.REFUSED)),
            attempted=Exists(tried.filter(outcome=Outcome.ATTEMPTED)),
        )

    in_time = Question(
        name="cp_visits_in_time",
        title="Child protection visits in time",
        what=(
            "Of the visits due in the period, those made in time. A visit falls due 10 working "
            "days (or the standard of the day) after the plan starts, after each visit, and after "
            "each missed visit. The child has to be seen, face to face, and not at school."
        ),
        source=LOCAL,
        better=Better.HIGHER,
        counts=F("answer"),
        reasons=(
            Reason("not_due", "Not yet due", Q(answer=None)),
            Reason(
                "recorded_late",
                "In time, but recorded after more than 2 working days",
                Q(answer=True, recorded_on__gt=F("record_by")),
            ),
            Reason("in_time", "In time", Q(answer=True)),
            *each_of(LateReason, "late", "Visited late: {}", leave_out=(LateReason.NOT_GIVEN,)),
            Reason("unallocated", "Nobody was allocated to the child on the day", Q(worker=None)),
            Reason("refused", "The family refused a visit before the day", Q(refused=True)),
            Reason(
                "attempted", "Tried before the day, and the child was not seen", Q(attempted=True)
            ),
            Reason("visited_late", "Visited late, no reason given", Q(next_on__isnull=False)),
            Reason("not_visited", "Not visited since", Q()),
        ),
        read_with=("cp_recording_lag", "cp_recorded_2_days"),
        because=Because(
            yes="Visited on {met_on}, due by {due_on}",
            no="No visit by {due_on}. Seen before, or plan started: {anchor_on}. Next: {next_on}.",
            unknown="Next visit due by {due_on}",
        ),
    )


@register
class OnPlan(OfPlans, Position):
    """Children on a plan: the days on which it was open, a visit recent, or none made for long."""

    subject, authority = "plan_id", "authority"
    record = "plan_id"

    def cases(self, records):
        return records.of(PlanDay).annotate(
            subject=F("plan_id"),
            on_day=F("day"),
            held_by=F("team_id"),
            amount=Value(1),
            unseen_since=days_after("anchor_on", 43),
            unseen_days=days_between("anchor_on", "day"),
        )

    breakdowns = told_apart("plan__")

    def explained(self, found):
        return found.annotate(worker=lead_worker("day", "plan__child_id"))

    def begins(self, records):
        plans = ProtectionPlan.objects.all()
        if records.authority_id is not None:
            plans = plans.filter(child__authority=records.authority_id)
        return plans.aggregate(first=Min("started_on"))["first"]

    open = Question(
        name="cp_plans",
        title="Children on a child protection plan",
        what="Plans open at the end of the day: started on or before it, and not ended by it.",
        source=CENSUS,
        measure=Measure.COUNT,
        unit="children",
        because=Because(yes="On a plan since {anchor_on}"),
    )

    seen = Question(
        name="cp_children_seen",
        title="Children on a plan seen within the standard",
        what=(
            "Of the children on a plan long enough for a first visit to have fallen due, those "
            "whose latest qualifying visit is no longer ago than the standard allows."
        ),
        source="As in list 7 of Ofsted's Annex A, by the authority's own standard",
        better=Better.HIGHER,
        among=Q(expected=True),
        counts=Q(recent=True),
        reasons=(
            Reason("seen", "Seen within the standard", Q(recent=True)),
            *up_to("unseen_days", "Last seen, or plan started, {} before", 28, 42, 90),
        ),
        because=Because(yes="Seen on {anchor_on}", no="Last seen, or plan started, on {anchor_on}"),
    )

    unseen = Question(
        name="cp_unseen_42_days",
        title="Children on a plan not seen for more than 42 days",
        what=(
            "Children on a plan with no qualifying visit in the 42 days to the day, and on it for "
            "longer than that: the national floor, whatever the local standard."
        ),
        source="National practice: no child on a plan unseen for six weeks",
        better=Better.LOWER,
        measure=Measure.COUNT,
        unit="children",
        among=Q(unseen_since__lte=F("on_day")),
        reasons=up_to("unseen_days", "Not seen for {}", 56, 90, 180, least=43),
        because=Because(yes="Last seen, or plan started, on {anchor_on}"),
    )


@register
class Visits(OfPlans, Flow):
    """Visits on the day they were made, attempts and refusals included."""

    subject, authority = "plan_id", "plan__history__authority"
    also = ("plan__history__plan_id",)

    def cases(self, records):
        return records.of(Visit).annotate(
            subject=F("plan_id"),
            on_day=F("visited_on"),
            held_by=TeamOn("visited_on", "plan__history"),
            amount=Value(1),
            lag=Greatest(days_between("visited_on", "recorded_on"), Value(0)),
            record_by=WorkingDayAfter("visited_on", days=2),
            four_on=YearsAfter("plan__history__born_on", years=4),
        )

    breakdowns = told_apart("plan__", "visited_by")

    def explained(self, found):
        return found.annotate(visited_by=F("worker_id"))

    seen_alone = Question(
        name="cp_seen_alone",
        title="Children seen alone at child protection visits",
        what=(
            "Of the qualifying visits in the period to children aged 4 or over on the day, those "
            "at which the child was seen alone. Not stated counts as no."
        ),
        source=LOCAL,
        better=Better.HIGHER,
        among=Q(qualifies=True, four_on__lte=F("visited_on")),
        counts=Q(seen_alone=True),
        reasons=(
            Reason("alone", "Seen alone", Q(seen_alone=True)),
            Reason("with_others", "Seen with others", Q(seen_alone=False)),
            Reason("not_said", "Not recorded whether alone", Q()),
        ),
        because=Because(yes="Seen alone on {on_day}", no="Not recorded as seen alone on {on_day}"),
    )

    lag = Question(
        name="cp_recording_lag",
        title="Days from visit to recording, median",
        what="The median of the days from a visit in the period to the day it was recorded.",
        source=LOCAL,
        better=Better.LOWER,
        measure=Measure.MEDIAN,
        unit="days",
        among=Q(recorded_at__isnull=False),
        amount=F("lag"),
        because=Because(yes="Visited {on_day}, recorded {recorded_on}"),
    )

    recorded = Question(
        name="cp_recorded_2_days",
        title="Child protection visits recorded within 2 working days",
        what=(
            "Of the visits in the period whose time of recording is known, those recorded within "
            "two working days."
        ),
        source=LOCAL,
        better=Better.HIGHER,
        among=Q(recorded_at__isnull=False),
        counts=Q(recorded_on__lte=F("record_by")),
        reasons=(
            Reason("in_time", "Recorded in time", Q(recorded_on__lte=F("record_by"))),
            *up_to("lag", "Recorded after {}", 7, 14, 28),
        ),
        because=Because(
            yes="Visited {on_day}, recorded {recorded_on}",
            no="Visited {on_day}, recorded {recorded_on}",
        ),
    )


@register
class Started(Flow):
    """Child protection plans on the day they started, each with the child's earlier plans."""

    family, subject, authority = "visits", "child_id", "child__authority"

    def cases(self, records):
        return (
            records.of(ProtectionPlan)
            .annotate(holder=holder_on("started_on", child="child", part=Part.SOCIAL_WORKER))
            .annotate(
                subject=F("child_id"),
                on_day=F("started_on"),
                held_by=team_or("team_id", "child"),
                amount=Value(1),
                earlier_on=EarlierDay("started_on", within="child_id"),
                ended_before=Subquery(
                    ProtectionPlan.objects.filter(
                        child=OuterRef("child_id"),
                        started_on__lt=OuterRef("started_on"),
                        ended_on__lte=OuterRef("started_on"),
                    )
                    .order_by("-ended_on")
                    .values("ended_on")[:1]
                ),
                again=true_or_false(Q(earlier_on__isnull=False) | Q(earlier_plans__gt=0)),
                soon=true_or_false(Q(ended_before__gte=MonthsBefore("started_on", months=24))),
            )
        )

    breakdowns = told_apart(worker="holder__worker_id")

    def subjects(self, first, last, teams):
        found = ProtectionPlan.objects.filter(may_be_held(teams, first, last))
        return found.filter(started_on__range=(first, last)).values_list("child_id", flat=True)

    ever = Question(
        name="cp_second_plans",
        title="Child protection plans that are a second or later plan",
        what="Of the plans starting in the period, those whose child had an earlier plan, ever.",
        source=CENSUS,
        better=Better.LOWER,
        variants=("cp_second_plans_24_months",),
        counts=Q(again=True),
        because=Because(yes="The child had an earlier plan", no="The child's first plan"),
    )

    within_24_months = Question(
        name="cp_second_plans_24_months",
        title="Second plans within 24 months of the last",
        what=(
            "Of the plans starting in the period, those whose child had a plan that ended in the "
            "24 months before. A local variant."
        ),
        source=LOCAL,
        better=Better.LOWER,
        looks_back=24,
        counts=Q(soon=True),
        because=Because(
            yes="An earlier plan ended on {ended_before}",
            no="No plan ended in the 24 months before",
        ),
    )
