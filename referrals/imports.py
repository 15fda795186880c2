"""What this app takes from returns: children, their referrals and assessments."""

import datetime
import re

from django.db.models import Q, QuerySet

from config.imports import Batch, Part, Row, flag_overlaps

from .choices import Closure, Disability, Ethnicity, PrimaryNeed, Sex, Source, UpnUnknown
from .models import Assessment, Child, Referral

OLD_SEX = {"1": "M", "2": "F", "0": "U", "9": "U"}
GENDER = {"01": "M", "02": "F", "00": "U", "09": "U"} | OLD_SEX
ETHNICITY = {"cnhe": "CHNE"}  # as the SSD's own guidance spells it
UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
STAND_INS = ("ULN ", "SEN2 ")  # how references begin that only an SEN2 return gave
LONGEST_IDENTIFIER = 20
BEFORE_BIRTH = datetime.timedelta(days=280)

CHARACTERISTICS = ("born_on", "expected_on", "died_on", "sex", "ethnicity")
REFERRAL = (
    "received_on",
    "source",
    "primary_need",
    "no_further_action",
    "closed_on",
    "closure_reason",
)


# Children


def child_of_census(row: Row, authority) -> Child:
    """CIN ``Child``: its identifiers and characteristics."""
    told, more = row.part("ChildIdentifiers"), row.part("ChildCharacteristics")
    reference = told.needed("LAchildID", most=60, rule="8500")
    if len(reference) > LONGEST_IDENTIFIER:
        told.warn(f"It is longer than {LONGEST_IDENTIFIER} characters.", "LAchildID", reference)
    child = Child(
        authority=authority,
        reference=reference,
        upn=upn(told, "UPN"),
        upn_unknown=told.code("UPNunknown", UpnUnknown),
        born_on=told.known_day("PersonBirthDate", rule="8520"),
        expected_on=told.known_day("ExpectedPersonBirthDate", future=True),
        died_on=told.known_day("PersonDeathDate", rule="8545Q"),
        sex=sex(told),
        ethnicity=more.code("Ethnicity", Ethnicity, rule="4220", missing="4220")
        or Ethnicity.NOT_OBTAINED,
        disabilities=disabilities(more),
    )
    if bool(child.born_on) == bool(child.expected_on):
        told.warn("Give either the date of birth or the expected one.", rule="8525")
    check_death(told, child)
    return child


def child_of_extract(row: Row, authority) -> Child:
    """SSD ``ssd_person``."""
    child = Child(
        authority=authority,
        reference=row.needed("pers_person_id", most=60),
        upn_unknown=row.code("pers_upn_unknown", UpnUnknown),
        born_on=row.known_day("pers_dob"),
        expected_on=row.known_day("pers_expected_dob", future=True),
        died_on=row.known_day("pers_death_date"),
        sex=row.code("pers_sex", Sex, also=OLD_SEX)
        or row.code("pers_gender", Sex, also=GENDER)
        or Sex.UNKNOWN,
        ethnicity=row.code("pers_ethnicity", Ethnicity, also=ETHNICITY) or Ethnicity.NOT_OBTAINED,
    )
    check_death(row, child)
    return child


def upn(row: Row, tag: str) -> str:
    """A unique pupil number of the right form: a letter, eleven digits, a digit or letter."""
    value = row.text(tag).upper()
    if value and not UPN.fullmatch(value):
        row.warn("This is not a UPN: left out.", tag, value)
        return ""
    return value


def sex(row: Row) -> str:
    """``Sex`` (M, F, U), before 2024 ``GenderCurrent`` (1, 2, 0, 9). Each is read in either."""
    for tag, codes in (("Sex", Sex.values), ("GenderCurrent", OLD_SEX)):
        if value := row.text(tag):
            if value not in codes:
                row.warn(f"The codes of {tag} are {', '.join(codes)}.", tag, value)
            return row.code(tag, Sex, also=OLD_SEX) or Sex.UNKNOWN
    row.warn("There is neither Sex nor GenderCurrent.", rule="4180")
    return Sex.UNKNOWN


def disabilities(row: Row) -> list[str]:
    """The disabilities told of, each once, in the order of the list."""
    part = row.part("Disabilities")
    codes = [code.upper() for code in part.texts("Disability")]
    told = set(codes)
    if len(told) < len(codes):
        part.warn("One is told of twice.", "Disability", ", ".join(codes), rule="8794")
    if len(told) > 1 and Disability.NONE in told:
        part.warn("None and others are both told of.", "Disability", ", ".join(codes), "8790")
    for code in sorted(told - set(Disability.values)):
        part.warn("This is not in the list of codes: left out.", "Disability", code, rule="8540")
    return [code for code in Disability.values if code in told]


def check_death(row: Row, child: Child) -> None:
    """A death before the birth cannot be stored, and is left out."""
    if child.died_on and child.born_on and child.died_on < child.born_on:
        row.warn(
            f"Before the birth on {child.born_on}: left out.", "death", str(child.died_on), "8535Q"
        )
        child.died_on = None


def census_children(batch: Batch) -> None:
    """The children of a CIN census, then what happened to them."""
    told = list(batch.read("child", batch.rows, lambda row: child_of_census(row, batch.authority)))
    here = Child.objects.filter(authority=batch.authority)
    name_known_pupils(here, [child for _, child in told])
    children = batch.merge(
        "child",
        Child,
        here.filter(reference__in=[child.reference for _, child in told]),
        by=[("reference",)],
        fields=[*CHARACTERISTICS, "disabilities", "upn", "upn_unknown"],
        kept=["upn"],
    )
    for row, child in told:
        children.put(row, child)
    children.write()
    census_referrals(batch)


def name_known_pupils(here: QuerySet[Child], told: list[Child]) -> None:
    """Give pupils whom only an SEN2 return told of, by a stand-in, the case reference they have."""
    taken = set(
        here.filter(reference__in=[child.reference for child in told]).values_list(
            "reference", flat=True
        )
    )
    pupils = {
        child.upn: child
        for child in here.filter(upn__in={child.upn for child in told} - {""})
        if child.reference == child.upn or child.reference.startswith(STAND_INS)
    }
    for child in told:
        if child.upn in pupils and child.reference not in taken:
            pupil = pupils.pop(child.upn)
            pupil.reference = child.reference
            pupil.save(update_fields=["reference"])


def extract_children(batch: Batch) -> None:
    """The children of an SSD extract."""
    told = list(batch.read("child", batch.rows, lambda row: child_of_extract(row, batch.authority)))
    children = batch.merge(
        "child",
        Child,
        known_children(batch, [child.reference for _, child in told]),
        by=[("reference",)],
        fields=[*CHARACTERISTICS, "upn_unknown"],
    )
    for row, child in told:
        children.put(row, child)
    children.write()


def known_children(batch: Batch, references) -> list[Child]:
    """The authority's children with these case references."""
    return list(Child.objects.filter(authority=batch.authority, reference__in=references))


def children_named(batch: Batch, column: str) -> dict[str, Child]:
    """The children that the rows of an extract name in a column, by case reference."""
    named = {reference for row in batch.rows for reference in row.texts(column)}
    return {child.reference: child for child in known_children(batch, named)}


def child_named(row: Row, column: str, children: dict[str, Child]) -> Child:
    """The child that a row of an extract names, which must be known already."""
    reference = row.needed(column, most=60)
    return children.get(reference) or row.refuse(
        "No child is known by this identifier. Import ssd_person first.", column, reference
    )


def extract_pupils(batch: Batch) -> None:
    """SSD ``ssd_send``: which person a row of the SEND tables is about, and the person's UPN."""
    children = children_named(batch, "send_person_id")

    def pupil(row: Row) -> Child:
        child = child_named(row, "send_person_id", children)
        batch.link("ssd_send", row.needed("send_table_id", most=60), child.reference)
        return Child(reference=child.reference, upn=upn(row, "send_upn"))

    merge_details(batch, children, batch.read("pupil", batch.rows, pupil), "pupil", "upn")


def extract_disabilities(batch: Batch) -> None:
    """SSD ``ssd_disability``: one row for each disability of a person."""
    children = children_named(batch, "disa_person_id")

    def disability(row: Row) -> Child:
        child = child_named(row, "disa_person_id", children)
        code = row.code("disa_disability_code", Disability)
        known = set(child.disabilities) | {code}
        return Child(
            reference=child.reference,
            disabilities=[code for code in Disability.values if code in known],
        )

    for row, told in batch.read("disability", batch.rows, disability):
        merge_details(batch, children, [(row, told)], "disability", "disabilities")


def merge_details(batch: Batch, children: dict[str, Child], told, kind: str, field: str) -> None:
    """What further extracts tell of children that are known; a blank erases nothing."""
    merge = batch.merge(
        kind, Child, children.values(), by=[("reference",)], fields=[field], kept=[field]
    )
    for row, child in told:
        merge.put(row, child)
    merge.write()


# Referrals


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
    cases: dict[int, list[Referral]] = {}
    for referral in referrals.all():
        if referral.no_further_action:
            referral.overlaps = False
        else:
            cases.setdefault(referral.child_id, []).append(referral)
    overlapping = {
        id(referral)
        for episodes in cases.values()
        for referral in flag_overlaps(episodes, since="received_on", until="closed_on")
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


PARTS = [
    Part("CIN", "Message/Children/Child", "LAchildID", census_children, repeated="8510"),
    Part("SSD", "ssd_person", "pers_person_id", extract_children),
    Part("SSD", "ssd_send", "send_table_id", extract_pupils),
    Part("SSD", "ssd_disability", "disa_table_id", extract_disabilities),
    Part("SSD", "ssd_cin_episodes", "cine_referral_id", extract_referrals),
    Part("SSD", "ssd_cin_assessments", "cina_assessment_id", extract_assessments),
    Part("SSD", "ssd_involvements", "invo_involvements_id"),
    Part("SSD", "ssd_s47_enquiry", "s47e_s47_enquiry_id"),
]

NOT_KEPT = {
    "CIN": {
        "FormerUPN",
        "DateOfInitialCPC",
        "AssessmentInternalReviewDate",
        "FactorsIdentifiedAtAssessment",
        "CINPlanDates",
        "Section47",
    },
    "SSD": {
        "pers_gender",
        "pers_common_child_id",
        "pers_legacy_id",
        "pers_send_flag",
        "pers_is_mother",
        "pers_nationality",
        "send_uln",
        "send_upn_unknown",
        "cine_referral_source_desc",
        "cine_referral_outcome_json",
        "cine_referral_team",
        "cine_referral_worker_id",
        "cina_person_id",
        "cina_assessment_child_seen",
        "cina_assessment_outcome_json",
        "cina_assessment_outcome_nfa",
        "cina_assessment_team",
        "cina_assessment_worker_id",
    },
}
