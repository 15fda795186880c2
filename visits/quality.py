"""What may be wrong with child protection plans and the visits under them."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from referrals.choices import Part
from referrals.quality import CHECKS, Check, Flaw, born_before, cases, without_worker
from workforce.models import User

from .models import ProtectionPlan, Visit

OLD_ENOUGH = 4  # years, from which on a child is to be seen alone


def lasting(today: datetime.date) -> QuerySet:
    """The plans that are open on a day."""
    return ProtectionPlan.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=today), started_on__lte=today
    )


def not_said_alone(user: User, today: datetime.date) -> QuerySet:
    """Visits under open plans of which it is not said whether the child was seen alone."""
    return Visit.objects.filter(
        qualifies=True,
        seen_alone=None,
        plan__in=lasting(today).values("pk"),
        plan__child__born_on__lte=born_before(today, OLD_ENOUGH),
    )


CHECKS += [
    Check(
        key="plan-no-category",
        flaw=Flaw.MISSING,
        title="Child protection plans without a category of abuse",
        advice="Enter the category on which the conference decided.",
        find=lambda user, today: ProtectionPlan.objects.filter(initial_category=""),
        on="started_on",
    ),
    Check(
        key="plan-no-worker",
        flaw=Flaw.MISSING,
        title="Open child protection plans without a social worker",
        advice="Allocate a worker today: nobody has the visits on their list of what is due.",
        find=lambda user, today: without_worker(lasting(today), Part.SOCIAL_WORKER, today),
        mend=("referrals:allocate", "Allocate a worker"),
        of="child_id",
        on="started_on",
    ),
    Check(
        key="visit-not-said-alone",
        flaw=Flaw.MISSING,
        title="Visits under open plans that do not say whether the child was seen alone",
        advice="Enter whether the child was seen alone. Until then it counts as no.",
        find=not_said_alone,
        on="visited_on",
    ),
    Check(
        key="visit-no-worker",
        flaw=Flaw.UNMATCHED,
        title="Visits under open plans that do not say who made them",
        advice="Enter the worker who made the visit.",
        find=lambda user, today: Visit.objects.filter(
            worker=None, plan__in=lasting(today).values("pk")
        ),
        on="visited_on",
    ),
    Check(
        key="plan-no-case",
        flaw=Flaw.CONTRADICTORY,
        title="Open child protection plans of children without an open case",
        advice="Log the end of the plan or, if it goes on, the referral that opened the case.",
        find=lambda user, today: lasting(today).filter(~Exists(cases(child=OuterRef("child")))),
        mend=("referrals:child-log", "Log what happened"),
        of="child_id",
        on="started_on",
    ),
    Check(
        key="plan-of-the-dead",
        flaw=Flaw.CONTRADICTORY,
        title="Open child protection plans of children who have died",
        advice="Log the end of the plan.",
        find=lambda user, today: lasting(today).filter(child__died_on__isnull=False),
        mend=("visits:end-plan", "Log the end"),
        on="started_on",
    ),
    Check(
        key="plan-of-an-adult",
        flaw=Flaw.CONTRADICTORY,
        title="Open child protection plans of people who are 18 or older",
        advice="Log the end of the plan or, if the date of birth is wrong, correct it.",
        find=lambda user, today: lasting(today).filter(child__born_on__lte=born_before(today, 18)),
        mend=("visits:end-plan", "Log the end"),
        on="started_on",
    ),
    Check(
        key="plan-overlaps",
        flaw=Flaw.OVERLAPPING,
        title="Child protection plans from a return that overlap another of the child’s",
        advice="Find out which of them is right, and correct the dates of the other.",
        find=lambda user, today: ProtectionPlan.objects.filter(overlaps=True),
        on="started_on",
    ),
]
