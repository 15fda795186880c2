"""What may be wrong with requests for an EHC needs assessment and the plans they led to."""

import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from referrals.choices import Part
from referrals.quality import CHECKS, Check, Flaw, born_before, without_worker
from workforce.models import User

from .choices import Basis, Ground, Stage
from .models import Decision, PermittedException, Plan, Request

OLDEST = 25  # years: an EHC plan ceases by then


def lasting(today: datetime.date) -> QuerySet:
    """The EHC plans that are in force on a day."""
    return Plan.objects.filter(Q(ceased_on=None) | Q(ceased_on__gt=today), issued_on__lte=today)


def issued_undecided(user: User, today: datetime.date) -> QuerySet:
    """Requests whose plan was issued though no decision is recorded."""
    decisions = Decision.objects.filter(request=OuterRef("pk"))
    return Request.objects.filter(~Exists(decisions), historical=False, plan__isnull=False)


def issued_though_refused(user: User, today: datetime.date) -> QuerySet:
    """Requests whose plan was issued after a refusal that nobody overturned."""
    decisions = Decision.objects.filter(request=OuterRef("pk"))
    overturned = decisions.exclude(basis=Basis.ORIGINAL).filter(agreed=True)
    return Request.objects.filter(
        Exists(decisions.filter(agreed=False, stage__in=Stage.values)),
        ~Exists(overturned),
        plan__isnull=False,
    )


def open_twice(user: User, today: datetime.date) -> QuerySet:
    """Open requests of children who have another open one."""
    opened = Request.objects.open_on(today)
    others = opened.filter(child=OuterRef("child")).exclude(pk=OuterRef("pk"))
    return opened.filter(Exists(others))


CHECKS += [
    Check(
        key="request-no-need",
        flaw=Flaw.MISSING,
        title="EHC requests without a type of need",
        advice="Enter the primary type of special educational need.",
        find=lambda user, today: Request.objects.filter(sen_type=""),
        on="received_on",
    ),
    Check(
        key="request-no-officer",
        flaw=Flaw.MISSING,
        title="Open EHC requests without a casework officer",
        advice="Give the request to an officer: nobody has its deadlines on their list.",
        find=lambda user, today: without_worker(
            Request.objects.open_on(today), Part.SEND_OFFICER, today
        ),
        mend=("referrals:allocate", "Allocate an officer"),
        of="child_id",
        on="received_on",
    ),
    Check(
        key="request-withdrawn-undated",
        flaw=Flaw.MISSING,
        title="EHC requests that were withdrawn, it is not said when",
        advice="Enter the date of withdrawal. Without it the request never counts as open.",
        find=lambda user, today: Request.objects.filter(withdrawn=True, withdrawn_on=None),
        on="received_on",
    ),
    Check(
        key="request-issued-undecided",
        flaw=Flaw.MISSING,
        title="EHC plans that were issued without a recorded decision",
        advice="Enter when it was decided to assess.",
        find=issued_undecided,
        on="received_on",
    ),
    Check(
        key="request-issued-though-refused",
        flaw=Flaw.CONTRADICTORY,
        title="EHC plans that were issued after a refusal",
        advice="Enter the decision that overturned the refusal, or correct the refusal.",
        find=issued_though_refused,
        on="received_on",
    ),
    Check(
        key="ehc-plan-of-the-dead",
        flaw=Flaw.CONTRADICTORY,
        title="EHC plans in force of people who have died",
        advice="Enter the day on which the plan ceased.",
        find=lambda user, today: lasting(today).filter(request__child__died_on__isnull=False),
        on="issued_on",
    ),
    Check(
        key="ehc-plan-too-old",
        flaw=Flaw.CONTRADICTORY,
        title="EHC plans in force of people who are 26 or older",
        advice="Enter the day on which the plan ceased.",
        find=lambda user, today: lasting(today).filter(
            request__child__born_on__lte=born_before(today, OLDEST + 1)
        ),
        on="issued_on",
    ),
    Check(
        key="request-withdrawn-issued",
        flaw=Flaw.CONTRADICTORY,
        title="EHC requests withdrawn before their plan was issued",
        advice="Correct the withdrawal or the date on which the plan was issued.",
        find=lambda user, today: Request.objects.filter(withdrawn_on__lt=F("plan__issued_on")),
        on="received_on",
    ),
    Check(
        key="request-open-twice",
        flaw=Flaw.OVERLAPPING,
        title="Children with two open EHC requests",
        advice="Find out which request goes on, and log the withdrawal of the other.",
        find=open_twice,
        mend=("referrals:child-log", "Log what happened"),
        of="child_id",
        on="received_on",
    ),
    Check(
        key="exception-no-ground",
        flaw=Flaw.UNMATCHED,
        title="Permitted exceptions from a return that do not say on what ground",
        advice="Enter the ground on which the time limit need not be met.",
        find=lambda user, today: PermittedException.objects.filter(ground=Ground.NOT_STATED),
    ),
]
