"""Qualified social workers: turnover, agency share, vacancies and caseload."""

from django.db.models import F, FilteredRelation, Q, Value
from django.db.models.functions import Coalesce

from indicators.base import Because, Better, Flow, Measure, Question, Ratio, Stock
from indicators.expressions import no_later_than
from indicators.reasons import Reason, by_worker, each_of
from indicators.registry import register
from referrals.choices import Part
from referrals.models import CaseHolding, Involvement
from workforce.choices import VOLUNTARY, Contract, ReasonForLeaving
from workforce.models import Assignment, Employment, PostStretch, Vacancy

CENSUS = "DfE children's social work workforce census (CSWW)"


@register
class InPost(Stock):
    """Qualified social workers on the days in post, with the hours and team of the day."""

    family, subject, authority = (
        "workforce",
        "employment__worker_id",
        "employment__worker__authority",
    )
    record = "employment__worker_id"
    weighs = True

    def cases(self, records):
        return (
            records.of(PostStretch)
            .filter(employment__worker__registered=True)
            .annotate(
                subject=F("employment__worker_id"),
                held_by=Coalesce("team_id", "employment__worker__authority_id"),
                amount=F("fte"),
                contract=F("employment__contract"),
            )
        )

    told = Because(
        yes="In post since {since}, {fte} FTE",
        no="Employed by the authority since {since}, {fte} FTE",
    )

    employed = Question(
        name="in_post_fte",
        title="Social workers in post, FTE",
        measure=Measure.COUNT,
        unit="FTE",
        source=CENSUS,
        listed=False,
        among=Q(contract=Contract.EMPLOYEE),
        because=told,
    )

    employed_heads = Question(
        name="in_post_headcount",
        title="Social workers in post, headcount",
        measure=Measure.COUNT,
        unit="social workers",
        source=CENSUS,
        listed=False,
        among=Q(contract=Contract.EMPLOYEE),
        amount=Value(1),
        because=told,
    )

    agency = Question(
        name="agency_share",
        title="Agency social workers, share of FTE",
        what=(
            "Agency full-time equivalent divided by agency and in-post full-time equivalent "
            "together, at the end of the day. Agency workers are those not paid directly by the "
            "authority."
        ),
        source=CENSUS,
        better=Better.LOWER,
        variants=("agency_share_headcount",),
        counts=Q(contract=Contract.AGENCY),
        because=Because(
            yes="Agency worker since {since}, {fte} FTE",
            no="Employed by the authority since {since}, {fte} FTE",
        ),
    )

    agency_heads = Question(
        name="agency_share_headcount",
        title="Agency social workers, share of headcount",
        what="The same by headcount.",
        source=CENSUS,
        better=Better.LOWER,
        counts=Q(contract=Contract.AGENCY),
        amount=Value(1),
        because=Because(
            yes="Agency worker since {since}, {fte} FTE",
            no="Employed by the authority since {since}, {fte} FTE",
        ),
    )


@register
class Leavers(Flow):
    """Qualified social workers employed by the authority, on the day they left.

    Their hours and team are those of the last day in post, which is the day before.
    """

    family, subject, authority = "workforce", "worker_id", "worker__authority"
    record = "worker_id"

    def cases(self, records):
        return (
            records.of(Employment)
            .filter(contract=Contract.EMPLOYEE, worker__registered=True, left_on__isnull=False)
            .annotate(
                last=FilteredRelation(
                    "assignments",
                    condition=Q(assignments__started_on__lt=F("left_on"))
                    & (
                        Q(assignments__ended_on__isnull=True)
                        | Q(assignments__ended_on__gte=F("left_on"))
                    ),
                )
            )
            .annotate(
                subject=F("worker_id"),
                on_day=F("left_on"),
                held_by=Coalesce("last__team_id", "worker__authority_id"),
                amount=Coalesce(
                    "last__fte", Value(0), output_field=Assignment._meta.get_field("fte")
                ),
            )
        )

    told = Because(yes="Left on {on_day}, {amount} FTE")
    why = (
        *each_of(ReasonForLeaving, "reason_for_leaving"),
        Reason("not_said", "No reason recorded", Q()),
    )

    everyone = Question(
        name="leavers_fte",
        title="Social workers who left, FTE",
        measure=Measure.COUNT,
        unit="FTE",
        source=CENSUS,
        listed=False,
        because=told,
        reasons=why,
    )

    voluntary = Question(
        name="leavers_voluntary_fte",
        title="Social workers who left of their own accord, FTE",
        measure=Measure.COUNT,
        unit="FTE",
        source=CENSUS,
        listed=False,
        among=Q(reason_for_leaving__in=VOLUNTARY),
        because=told,
        reasons=why,
    )

    heads = Question(
        name="leavers_headcount",
        title="Social workers who left, headcount",
        measure=Measure.COUNT,
        unit="social workers",
        source=CENSUS,
        listed=False,
        amount=Value(1),
        because=told,
        reasons=why,
    )


@register
class Vacancies(Stock):
    """Vacant posts, or parts of posts, on the days they stood empty."""

    family, subject, authority = "workforce", "id", "team__authority"

    def within(self, authority_id):
        return Q(team__authority=authority_id) | Q(team=authority_id)

    def cases(self, records):
        return records.of(Vacancy).annotate(
            subject=F("id"),
            since=F("opened_on"),
            until=no_later_than("filled_on"),
            held_by=F("team_id"),
            amount=F("fte"),
        )

    vacant = Question(
        name="vacancies_fte",
        title="Vacancies, FTE",
        measure=Measure.COUNT,
        unit="FTE",
        source=CENSUS,
        listed=False,
        because=Because(yes="Vacant since {since}, {fte} FTE"),
    )


@register
class OpenCases(Stock):
    """Children with an allocated social worker, on the days they had one."""

    family, subject, authority = "caseload", "child_id", "child__authority"
    record = "child_id"
    is_of_allocations = True

    def cases(self, records):
        return (
            records.of(Involvement)
            .filter(part=Part.SOCIAL_WORKER, worker__isnull=False)
            .annotate(
                subject=F("child_id"),
                since=F("started_on"),
                until=no_later_than("ended_on"),
                held_by=F("team_id"),
                amount=Value(1),
            )
        )

    breakdowns = (by_worker("worker_id"),)

    open = Question(
        name="open_cases",
        title="Children with an allocated social worker",
        measure=Measure.COUNT,
        unit="children",
        source=CENSUS,
        listed=False,
        because=Because(yes="Allocated since {since}"),
    )


@register
class CaseHolders(Stock):
    """Social workers on the days they held a case, with the hours and team of the day."""

    family, subject, authority = "caseload", "worker_id", "worker__authority"
    record, kept_by = "worker_id", "employment__worker__authority"
    is_of_allocations = True

    def subjects(self, first, last, teams):
        if teams is None:
            return None
        found = Assignment.objects.filter(
            Q(ended_on=None) | Q(ended_on__gte=first), team__in=teams, started_on__lte=last
        )
        return found.values_list("employment__worker_id", flat=True)

    def cases(self, records):
        return records.of(CaseHolding).annotate(
            subject=F("worker_id"), held_by=F("team_id"), amount=F("fte")
        )

    holding = Question(
        name="case_holders_fte",
        title="Social workers who hold cases, FTE",
        measure=Measure.COUNT,
        unit="FTE",
        source=CENSUS,
        listed=False,
        because=Because(yes="Holds cases, {fte} FTE"),
    )


@register
class Turnover(Ratio):
    name = "turnover_12_months"
    title = "Social worker turnover, 12 months"
    what = (
        "Full-time equivalent of the social workers who left in the 12 months to the day, divided "
        "by the full-time equivalent in post at the end of it. Agency workers are in neither."
    )
    source = CENSUS
    better = Better.LOWER
    variants = (
        "turnover_voluntary_12_months",
        "turnover_headcount_12_months",
        "turnover_average_12_months",
    )
    above = (("leavers_fte", "in 12 months"),)
    below = (("in_post_fte", "at the end"),)


@register
class VoluntaryTurnover(Ratio):
    name = "turnover_voluntary_12_months"
    title = "Social worker turnover, voluntary"
    what = "The same for those who resigned, retired or moved to another role in the authority."
    source = "A local variant of the DfE's rule"
    better = Better.LOWER
    above = (("leavers_voluntary_fte", "in 12 months"),)
    below = (("in_post_fte", "at the end"),)


@register
class HeadcountTurnover(Ratio):
    name = "turnover_headcount_12_months"
    title = "Social worker turnover, headcount"
    what = "The same by headcount."
    source = CENSUS
    better = Better.LOWER
    above = (("leavers_headcount", "in 12 months"),)
    below = (("in_post_headcount", "at the end"),)


@register
class AverageTurnover(Ratio):
    name = "turnover_average_12_months"
    title = "Social worker turnover, on the average in post"
    what = (
        "Leavers in the 12 months to the day, divided by the average in post at its end and at the "
        "12 month-ends before it."
    )
    source = "A local variant of the DfE's rule"
    better = Better.LOWER
    above = (("leavers_fte", "in 12 months"),)
    below = (("in_post_fte", "average"),)
    moments = 13


@register
class VacancyRate(Ratio):
    name = "vacancy_rate"
    title = "Social worker vacancy rate"
    what = (
        "Vacant full-time equivalent divided by vacant and in-post together, at the end of the day."
    )
    source = CENSUS
    better = Better.LOWER
    above = (("vacancies_fte", "at the end"),)
    below = (("vacancies_fte", "at the end"), ("in_post_fte", "at the end"))


@register
class Caseload(Ratio):
    name = "caseload"
    title = "Average caseload"
    what = (
        "Children with an allocated social worker, divided by the full-time equivalent of the "
        "workers who hold at least one case, agency workers included."
    )
    source = CENSUS
    better = Better.LOWER
    unit = "cases per FTE"
    above = (("open_cases", "at the end"),)
    below = (("case_holders_fte", "at the end"),)
