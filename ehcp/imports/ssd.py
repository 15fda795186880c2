"""SSD extracts about EHC requests, assessments and named plans."""

from collections.abc import Collection

from django.db.models import Q

from config.imports import Batch, Row
from referrals.imports.children import known_children

from ..choices import Stage
from ..models import Decision, Plan, Request
from .courses import CEASING, ISSUE, WITHDRAWAL, Course, plan_of, store_courses, store_plans


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
