"""Education, health and care (EHC) plans: the time limits, and the requests still open."""

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value

from ehcp.choices import Basis, Ground, LateReason, SenType, Stage, Step
from ehcp.models import Decision, OpenStretch, PermittedException, Plan, Request
from ehcp.time_limits import Limit
from indicators.base import Because, Better, Flow, Measure, Question, Stock
from indicators.expressions import (
    days_after,
    days_between,
    held_between,
    holder_on,
    holders_between,
    no_earlier_than,
    no_later_than,
    team_or,
    true_or_false,
)
from indicators.periods import JANUARY
from indicators.reasons import Reason, by_age, by_code, by_worker, each_of, up_to
from indicators.registry import register
from referrals.choices import Part
from referrals.models import Involvement

REGULATIONS = "SEND Regulations 2014 (SI 2014/1530), regulations 5, 10 and 13; DfE SEN2 guide"


def told_apart(request: str = "request__", worker: str = "holder__worker_id"):
    """What cases of requests are told apart by; ``request`` is the path from a case to its own.

    The age is that on the day of receipt.
    """
    return (
        by_code("need", "Primary type of need", f"{request}sen_type", SenType),
        by_age(f"{request}child__born_on", f"{request}received_on"),
        by_worker(worker),
    )


@register
class Issued(Flow):
    """EHC plans on the day the final plan was issued, never on the day of the request."""

    family, subject, authority = "ehcp", "request__child_id", "request__child__authority"
    record = "request_id"

    def cases(self, records):
        return (
            records.of(Plan)
            .filter(request__historical=False)
            .annotate(holder=holder_on("issued_on", child="request__child", part=Part.SEND_OFFICER))
            .annotate(
                subject=F("request__child_id"),
                on_day=F("issued_on"),
                held_by=team_or("request__team_id", "request__child"),
                amount=Value(1),
                received_on=F("request__received_on"),
                days=days_between("request__received_on", "issued_on"),
                limit=Limit("request__received_on", step=Step.ISSUE),
                due_on=days_after("request__received_on", F("limit")),
                excepted=Exists(PermittedException.objects.filter(request=OuterRef("request_id"))),
                in_time=true_or_false(Q(issued_on__lte=F("due_on"))),
            )
        )

    breakdowns = told_apart()

    def explained(self, found):
        of_request = {"request": OuterRef("request_id")}
        first = Decision.objects.filter(
            **of_request, stage=Stage.ASSESS, basis=Basis.ORIGINAL
        ).values("decided_on")
        return found.annotate(
            ground=Subquery(PermittedException.objects.filter(**of_request).values("ground")[:1]),
            decided_on=Subquery(first[:1]),
            decide_in=Limit("request__received_on", step=Step.DECISION),
            decide_by=days_after("request__received_on", F("decide_in")),
            days_late=days_between("due_on", "issued_on"),
        )

    why = (
        Reason("in_time", "In time", Q(in_time=True)),
        *each_of(Ground, "ground", "Late with a permitted exception: {}"),
        *each_of(LateReason, "late_reason", "Late: {}", leave_out=(LateReason.NOT_GIVEN,)),
        Reason(
            "decided_late",
            "Late, and so was the decision whether to assess",
            Q(decided_on__gt=F("decide_by")),
        ),
        *up_to("days_late", "Late by {} after a decision in time", 28, 91),
    )
    told = Because(
        yes="Received {received_on}, issued in {days:day}, due {due_on}",
        no="Received {received_on}, issued after {days:day}, due {due_on}",
    )

    in_time = Question(
        name="ehc_20_weeks",
        title="EHC plans issued within 20 weeks",
        what=(
            "Of the final plans issued in the period, those issued within 20 weeks (140 days) of "
            "the day the request was received. Bank holidays do not extend the weeks. Plans that "
            "moved in from another authority are left out."
        ),
        source=REGULATIONS,
        better=Better.HIGHER,
        year_starts=JANUARY,
        variants=("ehc_20_weeks_excluding_exceptions",),
        counts=Q(in_time=True),
        because=told,
        reasons=why,
    )

    without_exceptions = Question(
        name="ehc_20_weeks_excluding_exceptions",
        title="EHC plans issued within 20 weeks, excluding exceptions",
        what=(
            "The same over plans without a permitted exception: school or early-years provider "
            "closed, exceptional personal circumstances, or absence from the area."
        ),
        source=f"{REGULATIONS}, regulation 10(4)",
        better=Better.HIGHER,
        year_starts=JANUARY,
        among=Q(excepted=False),
        counts=Q(in_time=True),
        because=told,
        reasons=why,
    )

    issued = Question(
        name="ehc_plans_issued",
        title="EHC plans issued",
        what="Final plans issued in the period.",
        source=REGULATIONS,
        measure=Measure.COUNT,
        unit="plans",
        year_starts=JANUARY,
        because=told,
        reasons=why,
    )

    weeks = Question(
        name="ehc_weeks_to_issue",
        title="Weeks from request to plan, median",
        what="The median of the weeks from receipt to the plan, for plans issued in the period.",
        source=REGULATIONS,
        better=Better.LOWER,
        measure=Measure.MEDIAN,
        unit="weeks",
        year_starts=JANUARY,
        amount=F("days") / Value(7.0),
        because=told,
        reasons=why,
    )

    slowest = Question(
        name="ehc_weeks_to_issue_p90",
        title="Weeks from request to plan, 90th percentile",
        what="Nine in ten of the plans issued in the period took no longer than this.",
        source=REGULATIONS,
        better=Better.LOWER,
        measure=Measure.NINETIETH,
        unit="weeks",
        year_starts=JANUARY,
        amount=F("days") / Value(7.0),
        because=told,
        reasons=why,
    )


class Decided(Flow):
    """Original decisions on requests, on the day they were made."""

    family, subject, authority = "ehcp", "request__child_id", "request__child__authority"
    record = "request_id"
    step: Step

    def decisions(self, records):
        """The decisions that are counted."""
        raise NotImplementedError

    def cases(self, records):
        return (
            self.decisions(records.of(Decision).filter(basis=Basis.ORIGINAL))
            .filter(request__historical=False)
            .annotate(
                holder=holder_on("decided_on", child="request__child", part=Part.SEND_OFFICER)
            )
            .annotate(
                subject=F("request__child_id"),
                on_day=F("decided_on"),
                held_by=team_or("request__team_id", "request__child"),
                amount=Value(1),
                received_on=F("request__received_on"),
                limit=Limit("request__received_on", step=self.step),
                due_on=days_after("request__received_on", F("limit")),
                in_time=true_or_false(Q(decided_on__lte=F("due_on"))),
            )
        )

    breakdowns = told_apart()

    def explained(self, found):
        return found.annotate(days_late=days_between("due_on", "decided_on"))

    why = (
        Reason("in_time", "In time", Q(in_time=True)),
        *each_of(LateReason, "late_reason", "Late: {}", leave_out=(LateReason.NOT_GIVEN,)),
        *up_to("days_late", "Late by {}", 14, 42, 91),
    )


@register
class DecidedWhetherToAssess(Decided):
    """Original decisions whether to assess."""

    step = Step.DECISION

    def decisions(self, found):
        return found.filter(stage=Stage.ASSESS)

    in_time = Question(
        name="ehc_decision_6_weeks",
        title="EHC decisions whether to assess within 6 weeks",
        what=(
            "Of the original decisions whether to assess made in the period, those made within "
            "6 weeks (42 days) of receipt."
        ),
        source=REGULATIONS,
        better=Better.HIGHER,
        year_starts=JANUARY,
        counts=Q(in_time=True),
        reasons=Decided.why,
        because=Because(
            yes="Received {received_on}, decided in time, due {due_on}",
            no="Received {received_on}, decided late, due {due_on}",
        ),
    )


@register
class DecidedNoPlan(Decided):
    """Original decisions that no plan would be made."""

    step = Step.NO_PLAN

    def decisions(self, found):
        return found.filter(stage=Stage.PLAN, agreed=False)

    in_time = Question(
        name="ehc_no_plan_16_weeks",
        title="Decisions not to issue an EHC plan within 16 weeks",
        what=(
            "Of the original decisions not to issue a plan made in the period, those made within "
            "16 weeks (112 days) of receipt."
        ),
        source=REGULATIONS,
        better=Better.HIGHER,
        year_starts=JANUARY,
        counts=Q(in_time=True),
        reasons=Decided.why,
        because=Because(
            yes="Received {received_on}, decided in time, due {due_on}",
            no="Received {received_on}, decided late, due {due_on}",
        ),
    )


@register
class Received(Flow):
    """Requests for an EHC needs assessment, on the day they were received."""

    family, subject, authority = "ehcp", "child_id", "child__authority"

    def cases(self, records):
        return (
            records.of(Request)
            .filter(historical=False)
            .annotate(holder=holder_on("received_on", child="child", part=Part.SEND_OFFICER))
            .annotate(
                subject=F("child_id"),
                on_day=F("received_on"),
                held_by=team_or("team_id", "child"),
                amount=Value(1),
            )
        )

    breakdowns = told_apart("")

    received = Question(
        name="ehc_requests",
        title="EHC needs assessment requests received",
        what="Requests received in the period, whatever became of them.",
        source="DfE SEN2 guide",
        measure=Measure.COUNT,
        unit="requests",
        year_starts=JANUARY,
        because=Because(yes="Received on {on_day}"),
    )


OPEN = {
    "source": "DfE SEN2 guide; ages in days from receipt",
    "better": Better.LOWER,
    "measure": Measure.COUNT,
    "unit": "requests",
    "year_starts": JANUARY,
    "because": Because(yes="Received {received_on}, plan due {due_on}"),
    "reasons": (
        Reason("up_to_140", "Received up to 140 days before", Q(from_age=0)),
        Reason("up_to_182", "Received 141 to 182 days before", Q(from_age=141)),
        Reason("up_to_364", "Received 183 to 364 days before", Q(from_age=183)),
        Reason("older", "Received 365 days or more before", Q()),
    ),
}


def band(from_age: int, name: str, words: str) -> Question:
    """The question how many open requests are in the band of ages that begins with an age."""
    return Question(
        name=name,
        title=f"EHC requests open, received {words} before",
        what="The age of the backlog, which stands beside the percentage in time.",
        among=Q(from_age=from_age),
        **OPEN,
    )


@register
class Open(Stock):
    """Requests received and not ended: no plan issued, not refused, not withdrawn."""

    family, subject, authority = "ehcp", "child_id", "child__authority"
    record = "request_id"

    def subjects(self, first, last, teams):
        found = Request.objects.filter(historical=False, received_on__lte=last)
        if teams is not None:
            held = held_between(teams, first, last, part=Part.SEND_OFFICER).values("child")
            own = Request.objects.order_by().filter(Q(team__in=teams) | Q(team=None))
            given = Request.objects.order_by().filter(child__in=held)
            found = found.filter(pk__in=own.values("pk").union(given.values("pk")))
        decisions = Decision.objects.filter(request=OuterRef("pk"))
        is_over = (
            Q(plan__issued_on__lt=first)
            | Q(withdrawn_on__lt=first)
            | Exists(decisions.filter(agreed=False, decided_on__lt=first))
        )
        overturned = Exists(decisions.filter(agreed=True).exclude(basis=Basis.ORIGINAL))
        found = found.filter(~is_over | overturned)
        return found.values_list("child_id", flat=True)

    def cases(self, records):
        return (
            records.of(OpenStretch)
            .annotate(
                holder=holders_between(
                    "began_on",
                    "over_on",
                    child="child",
                    part=Part.SEND_OFFICER,
                    children=records.subjects,
                )
            )
            .annotate(
                subject=F("child_id"),
                since=no_earlier_than("began_on", "holder__since"),
                until=no_later_than("over_on", "holder__until"),
                held_by=team_or("request__team_id", "child"),
                amount=Value(1),
                received_on=F("request__received_on"),
            )
        )

    breakdowns = told_apart(worker="worker")

    def explained(self, found):
        held = Involvement.objects.order_by("-started_on").filter(
            Q(ended_on=None) | Q(ended_on__gte=OuterRef("until")),
            child=OuterRef("child_id"),
            part=Part.SEND_OFFICER,
            started_on__lte=OuterRef("since"),
        )
        return found.annotate(worker=Subquery(held.values("worker")[:1]))

    open = Question(
        name="ehc_open",
        title="EHC requests open",
        what=(
            "Requests received on or before the day and not ended by it. A request ends when the "
            "plan is issued, an assessment or a plan is refused, or it is withdrawn; it is open "
            "again from the day a refusal is overturned."
        ),
        **OPEN,
    )

    overdue = Question(
        name="ehc_overdue",
        title="EHC requests overdue, open past 20 weeks",
        what="Open requests whose plan should have been issued before the day.",
        among=Q(overdue=True),
        **OPEN,
    )

    up_to_140 = band(0, "ehc_open_up_to_140_days", "up to 140 days")
    up_to_182 = band(141, "ehc_open_141_to_182_days", "141 to 182 days")
    up_to_364 = band(183, "ehc_open_183_to_364_days", "183 to 364 days")
    older = band(365, "ehc_open_365_days_or_more", "365 days or more")
