"""What this app takes from returns: EHC requests, the decisions on them, and the plans."""

import datetime
import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from config.imports import Batch, Part, Row
from referrals.choices import Ethnicity, UpnUnknown
from referrals.imports import known_children, sex, upn
from referrals.models import Child

from .choices import Basis, CeaseReason, Ground, SenType, Stage
from .models import Decision, PermittedException, Plan, Request

AWAITED, HISTORICAL, WITHDRAWN = "A", "H", "W"
OUTCOMES = ("Y", "N", AWAITED, WITHDRAWN, HISTORICAL)
AGREED = {"Y": True, "N": False}
LEARNER_NUMBER = 10  # digits
PERSON = ("first_name", "last_name", "born_on", "sex", "ethnicity", "upn", "upn_unknown")
WITHDRAWAL = {"withdrawn", "withdrawn_on"}
ISSUE = ("issued_on",)  # a return tells when the current plan began, which may be an amended one
CEASING = ("ceased_on", "cease_reason")


# Persons


def person(row: Row, batch: Batch) -> Child:
    """SEN2 ``Person``."""
    return Child(
        authority=batch.authority,
        first_name=row.text("Forename", most=100),
        last_name=row.text("Surname", most=100),
        born_on=row.known_day("PersonBirthDate"),
        sex=sex(row),
        ethnicity=row.code("Ethnicity", Ethnicity) or Ethnicity.NOT_OBTAINED,
        upn=upn(row, "UPN"),
        upn_unknown=row.code("UPNunknown", UpnUnknown),
    )


def reference_of(row: Row, child: Child) -> str:
    """What tells a person from others, as SEN2 has no identifier of the authority's own.

    The UPN, else the unique learner number, else name and date of birth together.
    """
    learner = row.text("UniqueLearnerNumber")
    if learner and not (learner.isascii() and learner.isdigit() and len(learner) == LEARNER_NUMBER):
        row.warn("This is not a unique learner number: left out.", "UniqueLearnerNumber", learner)
        learner = ""
    if child.upn:
        return child.upn
    if learner:
        return f"ULN {learner}"
    if not (child.last_name and child.born_on):
        row.refuse("Without UPN, learner number or name and birth nobody can be told from others.")
    name = f"{child.last_name} {child.first_name}".casefold()
    return f"SEN2 {child.born_on} {hashlib.sha256(name.encode()).hexdigest()[:16]}"


class People:
    """The children of an authority that the persons of a batch may be.

    Found by UPN, then by the reference an earlier return gave them, then by name and date of
    birth, where exactly one child has them.
    """

    def __init__(self, batch: Batch, persons: list[Child]) -> None:
        here = Child.objects.filter(authority=batch.authority)
        self.by_reference = {
            child.reference: child
            for child in known_children(batch, [child.reference for child in persons])
        }
        self.by_upn = {
            child.upn: child
            for child in here.filter(upn__in={child.upn for child in persons} - {""})
        }
        self.by_name: dict[tuple, list[Child]] = {}
        for child in here.filter(born_on__in={child.born_on for child in persons} - {None}):
            if child.last_name:
                self.by_name.setdefault(_name(child), []).append(child)

    def find(self, told: Child) -> Child | None:
        """The child that a person is."""
        same_name = self.by_name.get(_name(told), [])
        return (
            self.by_upn.get(told.upn)
            or self.by_reference.get(told.reference)
            or (same_name[0] if len(same_name) == 1 and not _differ(same_name[0], told) else None)
        )


def _name(child: Child) -> tuple:
    return child.born_on, child.last_name.casefold(), child.first_name.casefold()


def _differ(one: Child, other: Child) -> bool:
    """Two UPNs are two children."""
    return bool(one.upn and other.upn and one.upn != other.upn)


def census_people(batch: Batch) -> None:
    """The persons of an SEN2 return, then their requests."""

    def make(row: Row) -> Child:
        child = person(row, batch)
        child.reference = reference_of(row, child)
        return child

    told = list(batch.read("child", batch.rows, make))
    people = People(batch, [child for _, child in told])
    known = {}
    for _, child in told:
        if found := people.find(child):
            child.reference = found.reference
            known[found.pk] = found
    children = batch.merge(
        "child", Child, known.values(), by=[("reference",)], fields=PERSON, kept=PERSON
    )
    for row, child in told:
        children.put(row, child)
    children.write()
    census_requests(batch)


# What a return tells of a request


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


# SEN2


def course_of_census(row: Row) -> Course:
    """SEN2 ``Requests``, with the assessment inside."""
    course = Course(
        Request(
            child=row.root.record or row.refuse("The person was refused."),
            received_on=row.began("ReceivedDate"),
            sen_type=primary_need(row.part("ActivePlans")),
        )
    )
    course.tell_request(row, "RequestOutcome", "RequestOutcomeDate")
    course.tell_assessment(
        row.part("Assessment"), "AssessmentOutcome", "AssessmentOutcomeDate", "Week20"
    )
    return course


def primary_need(row: Row) -> str:
    """The type of need that is ranked first."""
    needs = {need.text("SENtypeRank") or "1": need for need in reversed(row.parts("SENneed"))}
    return needs["1"].code("SENtype", SenType) if "1" in needs else ""


def census_requests(batch: Batch) -> None:
    """The requests of a batch of persons, and what became of each."""
    told = list(batch.read("EHC request", batch.inside("Requests"), course_of_census))
    store_courses(
        batch,
        told,
        Request.objects.filter(child__in={course.request.child_id for _, course in told}),
        by=[("child_id", "received_on")],
        fields=["sen_type", *WITHDRAWAL, "historical"],
    )
    named = {
        row.part("Assessment").part("NamedPlan"): (row.record, course)
        for row, course in told
        if row.record
    }

    def plan(row: Row) -> Plan:
        request, course = named[row]
        return plan_of(
            row,
            request,
            course.issued_on or row.began("StartDate"),
            ceased_in="CeaseDate",
            reason_in="CeaseReason",
        )

    decided_before = {request for request, course in named.values() if course.request.historical}
    store_plans(
        batch,
        [row for row, (_, course) in named.items() if course.issued_on or row.text("StartDate")],
        plan,
        leave=lambda plan: ISSUE if plan.request in decided_before else (),
    )


# SSD


def extract_requests(batch: Batch) -> None:
    """SSD ``ssd_ehcp_requests``."""
    persons = batch.links.get("ssd_send", {})
    named = {name for row in batch.rows for name in row.texts("ehcr_send_table_id")}
    children = {
        child.reference: child
        for child in known_children(batch, {persons.get(name, name) for name in named})
    }
    decided = set(
        Decision.objects.filter(
            request__child__authority=batch.authority,
            request__reference__in={row.identifier for row in batch.rows},
            stage=Stage.ASSESS,
        ).values_list("request__reference", flat=True)
    )

    def course(row: Row) -> Course:
        name = row.needed("ehcr_send_table_id", most=60)
        child = children.get(persons.get(name, name)) or row.refuse(
            "It is not known which person this is. Give ssd_send together with this file.",
            "ehcr_send_table_id",
            name,
        )
        reference = row.needed("ehcr_ehcp_request_id", most=60)
        course = Course(
            Request(child=child, reference=reference, received_on=row.began("ehcr_ehcp_req_date"))
        )
        outcome = course.tell_request(row, "ehcr_ehcp_req_outcome", "ehcr_ehcp_req_outcome_date")
        if outcome == "Y" and reference in decided:
            course.leave |= WITHDRAWAL  # by the assessment that followed, perhaps
        return course

    told = list(batch.read("EHC request", batch.rows, course))
    store_courses(
        batch,
        told,
        Request.objects.filter(
            Q(child__in={course.request.child_id for _, course in told})
            | Q(
                child__authority=batch.authority,
                reference__in={course.request.reference for _, course in told},
            )
        ),
        by=[("child_id", "reference"), ("reference",), ("child_id", "received_on")],
        fields=["reference", "child_id", "received_on", *WITHDRAWAL, "historical"],
    )


def requests_named(batch: Batch, names: Collection[str]) -> dict[str, Request]:
    """The authority's requests with these references."""
    found = Request.objects.filter(child__authority=batch.authority, reference__in=names)
    return {request.reference: request for request in found}


def extract_assessments(batch: Batch) -> None:
    """SSD ``ssd_ehcp_assessment``."""
    column = "ehca_ehcp_request_id"
    requests = requests_named(batch, {name for row in batch.rows for name in row.texts(column)})

    def course(row: Row) -> Course:
        reference = row.needed(column, most=60)
        request = requests.get(reference) or row.refuse(
            "No request is known by this identifier. Import ssd_ehcp_requests first.",
            column,
            reference,
        )
        batch.link("ssd_ehcp_assessment", row.needed("ehca_ehcp_assessment_id", most=60), reference)
        course = Course(
            Request(
                child_id=request.child_id, reference=reference, received_on=request.received_on
            ),
            leave={"historical", *WITHDRAWAL},
        )
        course.tell_assessment(
            row,
            "ehca_ehcp_assessment_outcome",
            "ehca_ehcp_assessment_outcome_date",
            "ehca_ehcp_assessment_exceptions",
        )
        return course

    told = list(batch.read("assessment outcome", batch.rows, course))
    store_courses(
        batch,
        told,
        Request.objects.filter(pk__in=[request.pk for request in requests.values()]),
        by=[("child_id", "reference")],
        fields=[*WITHDRAWAL, "historical"],
    )
    issued = {row: course.issued_on for row, course in told if row.record and course.issued_on}
    store_plans(
        batch,
        list(issued),
        lambda row: Plan(request=row.record, issued_on=issued[row]),
        leave=lambda _: CEASING,
    )


def extract_plans(batch: Batch) -> None:
    """SSD ``ssd_ehcp_named_plan``."""
    column = "ehcn_ehcp_asmt_id"
    assessed = batch.links.get("ssd_ehcp_assessment", {})
    named = {name for row in batch.rows for name in row.texts(column)}
    requests = requests_named(batch, {assessed[name] for name in named & assessed.keys()})
    known = {
        plan.request_id: plan.issued_on
        for plan in Plan.objects.filter(request__in=requests.values())
    }

    def plan(row: Row) -> Plan:
        name = row.needed(column, most=60)
        request = requests.get(assessed.get(name, "")) or row.refuse(
            "It is not known which request this is. Give ssd_ehcp_assessment with this file.",
            column,
            name,
        )
        issued_on = known.get(request.pk) or row.began("ehcn_named_plan_start_date")
        return plan_of(
            row,
            request,
            issued_on,
            ceased_in="ehcn_named_plan_ceased_date",
            reason_in="ehcn_named_plan_ceased_reason",
        )

    store_plans(batch, batch.rows, plan, leave=lambda _: ISSUE)


PARTS = [
    Part("SEN2", "Message/Persons/Person", "UPN", census_people),
    Part("SSD", "ssd_ehcp_requests", "ehcr_ehcp_request_id", extract_requests),
    Part("SSD", "ssd_ehcp_assessment", "ehca_ehcp_assessment_id", extract_assessments),
    Part("SSD", "ssd_ehcp_named_plan", "ehcn_named_plan_id", extract_plans),
    Part("SSD", "ssd_sen_need", "senn_table_id"),
]

NOT_KEPT = {
    "SEN2": {
        "PostCode",
        "RYA",
        "RequestOutcomeDate",
        "AssessmentOutcomeDate",
        "CeaseDate",
        "CeaseReason",
        "StartDate",
        "SENtype",
        "SENtypeRank",
        "RequestMediation",
        "RequestTribunal",
        "Exported",
        "AssessmentMediation",
        "AssessmentTribunal",
        "OtherMediation",
        "OtherTribunal",
        "PlanDetail",
        "PlanRes",
        "PlanWBP",
        "PB",
        "OA",
        "DP",
        "TransferLA",
        "PlacementDetail",
        "ReviewMeeting",
        "ReviewOutcome",
        "LastReview",
    },
    "SSD": {
        "ehcr_ehcp_req_outcome_date",
        "ehca_ehcp_assessment_outcome_date",
        "ehcn_named_plan_start_date",
    },
}
