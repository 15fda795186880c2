"""The requests of an SEN2 return, with the assessments and plans inside them."""

from config.imports import Batch, Row

from ..choices import SenType
from ..models import Plan, Request
from .courses import ISSUE, WITHDRAWAL, Course, plan_of, store_courses, store_plans


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
