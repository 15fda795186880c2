"""What returns tell of a request, and bringing requests, decisions and plans up to date with it."""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.db.models import QuerySet

from config.imports import Batch, Row

from ..choices import Basis, CeaseReason, Ground, Stage
from ..models import Decision, PermittedException, Plan, Request

AWAITED, HISTORICAL, WITHDRAWN = "A", "H", "W"
OUTCOMES = ("Y", "N", AWAITED, WITHDRAWN, HISTORICAL)
AGREED = {"Y": True, "N": False}
WITHDRAWAL = {"withdrawn", "withdrawn_on"}
ISSUE = ("issued_on",)  # a return tells when the current plan began, which may be an amended one
CEASING = ("ceased_on", "cease_reason")


@dataclass
class Course:
    """A request as a return tells it: what it is, the decisions on it, and where it led.

    ``leave`` names what the return does not say of a request that is known here. "Historical" says
    nothing new of one: it was decided before this collection, and may have been told of then.
    """

    request: Request
    decisions: dict[Stage, tuple[bool, datetime.date]] = field(default_factory=dict)
    exception: bool | None = None
    leave: set[str] = field(default_factory=set)

    def tell_request(self, row: Row, outcome_in: str, day_in: str) -> str:
        """The outcome of the request: assess or not, awaited, withdrawn, or decided before."""
        outcome = row.code(outcome_in, OUTCOMES)
        self._tell(row, Stage.ASSESS, outcome, day_in)
        return outcome

    def tell_assessment(self, row: Row, outcome_in: str, day_in: str, exception_in: str) -> None:
        """The outcome of the assessment, and whether an exception to the 20 weeks applies."""
        outcome = row.code(outcome_in, OUTCOMES)
        if outcome:
            self._tell(row, Stage.PLAN, outcome, day_in)
        self.exception = row.flag(exception_in)

    def _tell(self, row: Row, stage: Stage, outcome: str, day_in: str) -> None:
        self.request.historical = outcome == HISTORICAL
        if outcome == HISTORICAL:
            self.leave.add("historical")
            return
        self.leave.discard("historical")
        if outcome == AWAITED:
            return
        self.leave -= WITHDRAWAL
        day = row.ended(day_in, self.request.received_on)
        if outcome == WITHDRAWN:
            self.request.withdrawn, self.request.withdrawn_on = True, day
        elif outcome in AGREED and day:
            self.decisions[stage] = AGREED[outcome], day
        elif outcome == "N" and not row.text(day_in):
            row.refuse("Refused, and not when: the request would seem open.", day_in)

    @property
    def issued_on(self) -> datetime.date | None:
        """The day the plan was issued, which is the date of an assessment that led to one."""
        agreed, day = self.decisions.get(Stage.PLAN, (False, None))
        return day if agreed else None


def store_courses(
    batch: Batch,
    told: list[tuple[Row, Course]],
    known: QuerySet[Request],
    *,
    by: list[tuple[str, ...]],
    fields: Collection[str],
) -> None:
    """Bring requests up to date, then the decisions on them and the exceptions."""
    requests = batch.merge(
        "EHC request", Request, known, by=by, fields=list(fields), kept=["sen_type"]
    )
    for row, course in told:
        requests.put(row, course.request, leave=tuple(course.leave))
    requests.write()
    stored = [(row, course) for row, course in told if row.record]
    here = [row.record.pk for row, _ in stored]
    decisions = batch.merge(
        "decision",
        Decision,
        Decision.objects.filter(request__in=here, basis=Basis.ORIGINAL),
        by=[("request_id", "stage")],
        fields=["agreed", "decided_on"],
    )
    courses = [(row, row.record, course) for row, course in stored]
    for row, request, course in courses:
        for stage, (agreed, day) in course.decisions.items():
            decisions.put(
                row, Decision(request=request, stage=stage, agreed=agreed, decided_on=day)
            )
    decisions.write()
    store_exceptions(batch, courses)
    for row, request, _ in courses:
        row.record = request


def store_exceptions(batch: Batch, courses: list[tuple[Row, Request, Course]]) -> None:
    """An exception told of without its ground, where no ground is known here already."""
    known = PermittedException.objects.filter(
        request__in=[request.pk for _, request, course in courses if course.exception is not None]
    )
    grounds: dict[int, set[str]] = {}
    for request_id, ground in known.values_list("request_id", "ground"):
        grounds.setdefault(request_id, set()).add(ground)
    exceptions = batch.merge(
        "permitted exception",
        PermittedException,
        known.filter(ground=Ground.NOT_STATED),
        by=[("request_id",)],
        fields=["ground"],
    )
    for row, request, course in courses:
        stated = grounds.get(request.pk, set()) - {Ground.NOT_STATED}
        if course.exception and not stated:
            exceptions.put(row, PermittedException(request=request, ground=Ground.NOT_STATED))
    exceptions.write()
    lifted = known.filter(
        ground=Ground.NOT_STATED,
        request__in=[request.pk for _, request, course in courses if course.exception is False],
    )
    if taken_away := lifted.delete()[0]:
        batch.source.report.count("permitted exception", "changed", taken_away)


def store_plans(
    batch: Batch,
    rows: list[Row],
    make: Callable[[Row], Plan],
    *,
    leave: Callable[[Plan], tuple[str, ...]],
) -> None:
    """Bring plans up to date. ``leave`` says what a row does not tell of a plan that is known."""
    told = list(batch.read("EHC plan", rows, make))
    plans = batch.merge(
        "EHC plan",
        Plan,
        Plan.objects.filter(request__in={plan.request_id for _, plan in told}),
        by=[("request_id",)],
        fields=["issued_on", "ceased_on", "cease_reason"],
    )
    for row, plan in told:
        plans.put(row, plan, leave=leave(plan))
    plans.write()


def plan_of(
    row: Row, request: Request, issued_on: datetime.date, *, ceased_in: str, reason_in: str
) -> Plan:
    """A plan with the day it ceased and why: both or neither."""
    reason = row.code(reason_in, CeaseReason)
    ceased = row.ended(ceased_in, issued_on)
    if ceased and not reason:
        row.warn("Ceased without a reason: taken as 9, other.", reason_in)
        reason = CeaseReason.OTHER
    elif reason and not row.text(ceased_in):
        row.warn("There is a reason without a date: left out.", reason_in, reason)
    return Plan(
        request=request,
        issued_on=issued_on,
        ceased_on=ceased,
        cease_reason=reason if ceased else "",
    )
