"""Referrals, and those of children who had been referred in the 12 months before."""

from django.db.models import F, OuterRef, Q, Subquery, Value

from indicators.base import Because, Better, Flow, Measure, Question
from indicators.expressions import (
    EarlierDay,
    WorkingDayAfter,
    holder_on,
    may_be_held,
    team_or,
    true_or_false,
    year_before,
    yes_no_unknown,
)
from indicators.reasons import Reason, by_age, by_code, by_worker, each_of
from indicators.registry import register
from referrals.choices import Closure, Part, PrimaryNeed, Source
from referrals.models import Referral

CENSUS = "DfE children in need census methodology"


@register
class Referrals(Flow):
    """Referrals on the day they were received, each with the child's latest earlier referral."""

    family, subject, authority = "referrals", "child_id", "child__authority"

    def cases(self, records):
        return (
            records.of(Referral)
            .annotate(holder=holder_on("received_on", child="child", part=Part.SOCIAL_WORKER))
            .annotate(
                subject=F("child_id"),
                on_day=F("received_on"),
                held_by=team_or("team_id", "child"),
                amount=Value(1),
                earlier_on=EarlierDay("received_on", within="child_id"),
                decide_by=WorkingDayAfter("received_on", days=1),
                repeat=true_or_false(Q(earlier_on__gte=year_before("received_on"))),
                as_at=Value(records.as_at),
            )
        )

    breakdowns = (
        by_code("source", "Source", "source", Source),
        by_code("need", "Primary need", "primary_need", PrimaryNeed),
        by_age("child__born_on"),
        by_worker(),
    )

    def explained(self, found):
        earlier = Referral.objects.filter(
            child=OuterRef("child_id"), received_on__lt=OuterRef("received_on")
        ).order_by("-received_on", "-closed_on")
        return found.annotate(
            earlier_ended=Subquery(earlier.values("closure_reason")[:1]),
            earlier_nfa=Subquery(earlier.values("no_further_action")[:1]),
        )

    def subjects(self, first, last, teams):
        found = Referral.objects.filter(may_be_held(teams, first, last))
        return found.filter(received_on__range=(first, last)).values_list("child_id", flat=True)

    again = (
        Reason("first", "No referral in the 12 months before", Q(repeat=False)),
        Reason("after_nfa", "Again after no further action", Q(earlier_nfa=True)),
        *each_of(Closure, "earlier_ended", "Again after: {}"),
        Reason("after_open", "Again after a case of which no end is recorded", Q()),
    )

    repeats = Question(
        name="re_referrals",
        title="Repeat referrals within 12 months",
        what=(
            "Of the referrals received in the period, those of a child who had also been referred "
            "in the 12 months before: on the same day of the previous year or later, and earlier "
            "than the day of this referral. Every referral counts, no further action included."
        ),
        source=CENSUS,
        better=Better.LOWER,
        looks_back=12,
        counts=Q(repeat=True),
        reasons=again,
        because=Because(
            yes="Referred before, on {earlier_on}",
            no="No referral in the 12 months before",
        ),
    )

    children = Question(
        name="re_referred_children",
        title="Children referred again within 12 months",
        what=(
            "Of the children referred in the period, those with at least one repeat referral in "
            "it. A child counts once, so months do not add up to quarters."
        ),
        source=CENSUS,
        better=Better.LOWER,
        looks_back=12,
        measure=Measure.DISTINCT,
        counts=Q(repeat=True),
        reasons=again,
        because=Because(
            yes="Referred before, on {earlier_on}",
            no="No referral in the 12 months before",
        ),
    )

    received = Question(
        name="referrals",
        title="Referrals received",
        what="Referrals received in the period. A child referred three times is three referrals.",
        source=CENSUS,
        measure=Measure.COUNT,
        unit="referrals",
        because=Because(yes="Received on {on_day}"),
    )

    no_further_action = Question(
        name="referrals_nfa",
        title="Referrals with no further action",
        what="Of the referrals received in the period, those on which no further action was taken.",
        source=CENSUS,
        counts=Q(no_further_action=True),
        reasons=(
            Reason("no_further_action", "No further action", Q(no_further_action=True)),
            Reason("taken_further", "Taken further", Q()),
        ),
        because=Because(yes="No further action", no="Taken further"),
    )

    decided = Question(
        name="referral_decision_1_day",
        title="Referral decisions within 1 working day",
        what=(
            "Of the referrals received in the period, those on which a manager decided within one "
            "working day of receipt. Not yet decided and still in time is undecided. Referrals "
            "from a return that carries no decision dates are left out."
        ),
        source="Working Together to Safeguard Children",
        better=Better.HIGHER,
        among=Q(decision_collected=True),
        counts=yes_no_unknown(
            yes=Q(decided_on__lte=F("decide_by")),
            no=Q(decided_on__gt=F("decide_by")) | Q(decide_by__lt=F("as_at")),
        ),
        reasons=(
            Reason("in_time", "Decided in time", Q(decided_on__lte=F("decide_by"))),
            Reason("decided_late", "Decided late", Q(decided_on__isnull=False)),
            Reason("not_due", "To be decided, and not yet due", Q(decide_by__gte=F("as_at"))),
            Reason("not_decided", "Not decided", Q()),
        ),
        because=Because(
            yes="Decided on {decided_on}, due by {decide_by}",
            no="Not decided by {decide_by}",
            unknown="To be decided by {decide_by}",
        ),
    )
