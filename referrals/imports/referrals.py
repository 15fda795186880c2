"""Referrals and the assessments that followed them."""

import datetime

from django.db.models import Q

from config.imports import Batch, Row, flag_overlaps

from ..choices import Closure, PrimaryNeed, Source
from ..models import Assessment, Child, Referral
from .children import child_named, children_named

BEFORE_BIRTH = datetime.timedelta(days=280)
REFERRAL = (
    "received_on",
    "source",
    "primary_need",
    "no_further_action",
    "closed_on",
    "closure_reason",
)


def referral_of_census(row: Row) -> Referral:
    """CIN ``CINdetails``. A return carries no date of decision."""
    child = row.root.record or row.refuse("The child was refused.")
    received = row.began("CINreferralDate", rule="8600")
    closed, reason = closure(row, "CINclosureDate", "ReasonForClosure", received)
    nfa = row.flag("ReferralNFA")
    if nfa is None:
        row.warn("There is no ReferralNFA: taken as no.", "ReferralNFA")
    referral = Referral(
        child=child,
        received_on=received,
        source=row.code("ReferralSource", Source, rule="8866", missing="8866"),
        primary_need=row.code(
            "PrimaryNeedCode", PrimaryNeed, rule="8650", missing="" if nfa else "8610"
        ),
        no_further_action=bool(nfa),
        closed_on=closed,
        closure_reason=reason,
        decision_collected=False,
        entered_here=False,
    )
    check_life(row, child, received)
    return referral


def referral_of_extract(row: Row, children: dict[str, Child]) -> Referral:
    """SSD ``ssd_cin_episodes``."""
    child = child_named(row, "cine_person_id", children)
    received = row.began("cine_referral_date")
    closed, reason = closure(row, "cine_close_date", "cine_close_reason", received)
    referral = Referral(
        child=child,
        reference=row.needed("cine_referral_id", most=60),
        received_on=received,
        source=row.code("cine_referral_source_code", Source),
        primary_need=row.code("cine_cin_primary_need_code", PrimaryNeed),
        no_further_action=bool(row.flag("cine_referral_nfa")),
        closed_on=closed,
        closure_reason=reason,
        decision_collected=False,
        entered_here=False,
    )
    check_life(row, child, received)
    return referral


def closure(
    row: Row, day: str, reason: str, received: datetime.date
) -> tuple[datetime.date | None, str]:
    """The closure and why: both or neither. A closure without a reason is one for "any other"."""
    code = row.code(reason, Closure, rule="8640")
    given = bool(row.text(day))
    closed = row.ended(day, received, early="8630", late="8620")
    if closed and not code:
        row.warn("Closed without a reason: taken as RC7, any other.", reason, rule="8805")
        code = Closure.NO_LONGER_IN_NEED
    if code and not given:
        row.warn("There is a reason without a date: left out.", reason, code, "8810")
    return closed, code if closed else ""


def check_life(row: Row, child: Child, received: datetime.date) -> None:
    """A referral belongs to the child's life, and to the 40 weeks before it."""
    born = child.born_on or child.expected_on
    if born and received < born - BEFORE_BIRTH:
        row.warn(f"More than 40 weeks before birth, {born}.", value=str(received), rule="8606")
    if child.died_on and received > child.died_on:
        row.warn(f"After the death on {child.died_on}.", value=str(received), rule="8555")


def census_referrals(batch: Batch) -> None:
    """The referrals of a batch of children, and the assessments that followed."""
    details = batch.inside("CINdetails")
    for row in batch.rows:
        if row.record and not row.parts("CINdetails"):
            row.warn("The child has no referral.", rule="8590")
    store_referrals(
        batch, list(batch.read("referral", details, referral_of_census)), fields=REFERRAL
    )
    assessments = batch.inside("CINdetails", "Assessments")
    store_assessments(
        batch,
        list(batch.read("assessment", assessments, assessment_of_census)),
        by=[("referral_id", "started_on")],
    )


def extract_referrals(batch: Batch) -> None:
    """The referrals of an SSD extract."""
    children = children_named(batch, "cine_person_id")
    told = batch.read("referral", batch.rows, lambda row: referral_of_extract(row, children))
    store_referrals(batch, list(told), fields=[*REFERRAL, "reference", "child_id"])


def store_referrals(batch: Batch, told: list, *, fields) -> None:
    """Match by the authority's own reference, else by child and day; flag cases that overlap.

    A referral that was attached to the wrong child moves to the right one.
    """
    known = Q(child__in={referral.child_id for _, referral in told}) | Q(
        child__authority=batch.authority,
        reference__in={referral.reference for _, referral in told} - {""},
    )
    referrals = batch.merge(
        "referral",
        Referral,
        Referral.objects.filter(known),
        by=[("child_id", "reference"), ("reference",), ("child_id", "received_on")],
        fields=fields,
    )
    for row, referral in told:
        referrals.put(row, referral)
    by_child: dict[int, list[Referral]] = {}
    for referral in referrals.all():
        by_child.setdefault(referral.child_id, []).append(referral)
    overlapping = {
        id(referral)
        for episodes in by_child.values()
        for referral in flag_overlaps(
            episodes, since="received_on", until="closed_on", moment="no_further_action"
        )
    }
    for row, _ in told:
        if id(row.record) in overlapping:
            row.warn("It overlaps another case of the child: taken in as history.", rule="8820")
    referrals.write()


# Assessments


def assessment_of_census(row: Row) -> Assessment:
    """CIN ``Assessments``, inside the referral that they followed."""
    referral = row.parent.record or row.refuse("The referral that it followed was refused.")
    started = row.began("AssessmentActualStartDate")
    assessment = Assessment(
        referral=referral,
        started_on=started,
        completed_on=row.ended("AssessmentAuthorisationDate", started, late="8696"),
    )
    check_activity(row, assessment)
    return assessment


def assessment_of_extract(row: Row, referrals: dict[str, Referral]) -> Assessment:
    """SSD ``ssd_cin_assessments``."""
    reference = row.needed("cina_referral_id", most=60)
    started = row.began("cina_assessment_start_date")
    assessment = Assessment(
        referral=referrals.get(reference)
        or row.refuse(
            "No referral is known by this identifier. Import ssd_cin_episodes first.",
            "cina_referral_id",
            reference,
        ),
        reference=row.needed("cina_assessment_id", most=60),
        started_on=started,
        completed_on=row.ended("cina_assessment_auth_date", started),
    )
    check_activity(row, assessment)
    return assessment


def check_activity(row: Row, assessment: Assessment) -> None:
    """Nothing is to happen after a case was closed, or before it began."""
    referral, last = assessment.referral, assessment.completed_on or assessment.started_on
    if referral.closed_on and last > referral.closed_on:
        row.warn(f"After the case was closed, {referral.closed_on}.", value=str(last), rule="8565")
    if assessment.started_on < referral.received_on:
        row.warn(f"Before the referral, {referral.received_on}.", value=str(assessment.started_on))


def extract_assessments(batch: Batch) -> None:
    """The assessments of an SSD extract."""
    named = {name for row in batch.rows for name in row.texts("cina_referral_id")}
    referrals = {
        referral.reference: referral
        for referral in Referral.objects.filter(
            child__authority=batch.authority, reference__in=named
        )
    }
    told = batch.read("assessment", batch.rows, lambda row: assessment_of_extract(row, referrals))
    store_assessments(
        batch,
        list(told),
        by=[("reference",), ("referral_id", "started_on")],
        also=("reference", "referral_id"),
    )


def store_assessments(batch: Batch, told: list, *, by, also=()) -> None:
    """Bring the assessments of some referrals up to date."""
    known = Q(referral__in={each.referral_id for _, each in told}) | Q(
        referral__child__authority=batch.authority,
        reference__in={each.reference for _, each in told} - {""},
    )
    assessments = batch.merge(
        "assessment",
        Assessment,
        Assessment.objects.filter(known),
        by=by,
        fields=["started_on", "completed_on", *also],
    )
    for row, assessment in told:
        assessments.put(row, assessment)
    assessments.write()
