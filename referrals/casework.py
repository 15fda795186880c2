"""What happens in a child's case and life, each event as one action that is the only writer.

All events of one child wait for one another. What cannot be true is refused beside the day, unless
another field is to blame: ``ValidationError`` with a sentence for people.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from config.tables import day
from workforce.events import stored
from workforce.models import Assignment, Team, User, Worker

from .allocation import confirm_may_have, tell_worker
from .choices import Part, UpnUnknown
from .models import Assessment, Child, Involvement, Referral

ONE_AT_A_TIME = (Part.SOCIAL_WORKER, Part.SEND_OFFICER)

# Each says in sentences why a child's case cannot be closed on a day.
KEEPS_OPEN: list[Callable[[Child, datetime.date], Iterable[str]]] = []


def decide(
    *,
    referral: Referral,
    decided_on: datetime.date,
    no_further_action: bool,
    team: Team,
    by: User,
    today: datetime.date,
) -> Referral:
    """A referral on which a manager has decided what is done."""
    with event(referral.child_id, by=by, decided_on=decided_on, today=today):
        referral = Referral.objects.get(pk=referral.pk)
        if referral.decided_on:
            raise ValidationError(f"This referral was decided on {day(referral.decided_on)}.")
        if no_further_action and referral.closed_on:
            raise ValidationError(
                {"no_further_action": f"The case was open until {day(referral.closed_on)}."}
            )
        if no_further_action and referral.assessments.exists():
            raise ValidationError(
                {"no_further_action": "An assessment has been started, which is further action."}
            )
        referral.decided_on, referral.team = decided_on, team
        referral.no_further_action = no_further_action
        return stored(referral, "decided_on", by)


def close_case(
    *,
    referral: Referral,
    closed_on: datetime.date,
    closure_reason: str,
    by: User,
    today: datetime.date,
) -> Referral:
    """A case that is closed. The social worker's allocation, begun before, ends on that day."""
    with event(referral.child_id, by=by, closed_on=closed_on, today=today):
        referral = Referral.objects.get(pk=referral.pk)
        if referral.closed_on:
            raise ValidationError(f"This case was closed on {day(referral.closed_on)}.")
        if reasons := kept_open(referral.child, closed_on):
            raise ValidationError({"closed_on": reasons})
        referral.closed_on, referral.closure_reason = closed_on, closure_reason
        stored(referral, "closed_on", by)
        for involvement in allocated(referral.child).filter(started_on__lt=closed_on):
            involvement.ended_on = closed_on
            stored(involvement, "closed_on", by)
        return referral


def kept_open(child: Child, on: datetime.date) -> list[str]:
    """Why the child's case cannot be closed on a day, in sentences; none where it can."""
    return list(chain.from_iterable(reason(child, on) for reason in KEEPS_OPEN))


def allocated(child: Child) -> QuerySet:
    """The social worker's allocation that has no end yet, if any."""
    return child.involvements.filter(part=Part.SOCIAL_WORKER, ended_on=None)


def allocate(
    *,
    child: Child,
    part: str,
    worker: Worker | None,
    team: Team | None,
    started_on: datetime.date,
    by: User,
    today: datetime.date,
) -> Involvement:
    """A worker who works with a child from a day on, for a team: unless told, the worker's own.

    Where there is one of that part at a time, the one before ends on that day.
    """
    with event(child.pk, by=by, started_on=started_on, today=today):
        child = Child.objects.standing_for(child.pk)
        team = team or _team_of(worker, started_on)
        if team is None:
            raise ValidationError({"team": "Choose the team that works with the child."})
        before = child.involvements.filter(part=part, ended_on=None)
        if before.filter(worker=worker, team=team).exists():
            raise ValidationError({"worker": f"{worker or team} is allocated already."})
        if worker:
            confirm_may_have(worker, [child.pk], field="worker")
        if part in ONE_AT_A_TIME:
            for involvement in before.filter(started_on__lt=started_on):
                involvement.ended_on = started_on
                stored(involvement, "started_on", by)
        given = Involvement(child=child, part=part, worker=worker, team=team, started_on=started_on)
        stored(given, "started_on", by)
        if worker:
            tell_worker(worker, [child.pk], by=by)
        return given


def end_allocation(
    *, involvement: Involvement, ended_on: datetime.date, by: User, today: datetime.date
) -> Involvement:
    """An allocation that is over."""
    with event(involvement.child_id, by=by, ended_on=ended_on, today=today):
        involvement = Involvement.objects.get(pk=involvement.pk)
        if involvement.ended_on:
            raise ValidationError(f"This allocation ended on {day(involvement.ended_on)}.")
        involvement.ended_on = ended_on
        return stored(involvement, "ended_on", by)


def start_assessment(
    *, referral: Referral, started_on: datetime.date, by: User, today: datetime.date
) -> Assessment:
    """An assessment that has begun after a referral."""
    with event(referral.child_id, by=by, started_on=started_on, today=today):
        going_on = referral.assessments.filter(completed_on=None).first()
        if going_on:
            raise ValidationError(
                f"The assessment that started on {day(going_on.started_on)} is not completed."
                " Log that first."
            )
        return stored(Assessment(referral=referral, started_on=started_on), "started_on", by)


def complete_assessment(
    *, assessment: Assessment, completed_on: datetime.date, by: User, today: datetime.date
) -> Assessment:
    """An assessment that is completed and authorised."""
    with event(assessment.referral.child_id, by=by, completed_on=completed_on, today=today):
        assessment = Assessment.objects.get(pk=assessment.pk)
        if assessment.completed_on:
            raise ValidationError(
                f"This assessment was completed on {day(assessment.completed_on)}."
            )
        assessment.completed_on = completed_on
        return stored(assessment, "completed_on", by)


def record_birth(
    *,
    child: Child,
    born_on: datetime.date,
    first_name: str,
    last_name: str,
    sex: str,
    by: User,
    today: datetime.date,
) -> Child:
    """A child that was unborn, and keeps its record. A name left empty stays as it was."""
    with event(child.pk, by=by, born_on=born_on, today=today):
        child = Child.objects.standing_for(child.pk)
        if child.born_on:
            raise ValidationError(f"The date of birth is on record: {day(child.born_on)}.")
        child.born_on, child.sex = born_on, sex
        child.first_name = first_name or child.first_name
        child.last_name = last_name or child.last_name
        if child.upn_unknown == UpnUnknown.UNBORN:
            child.upn_unknown = UpnUnknown.TOO_YOUNG
        return stored(child, "born_on", by)


def record_move(*, child: Child, address: str, postcode: str, by: User) -> Child:
    """A child who lives elsewhere now. The address before stays in the history."""
    with event(child.pk, by=by):
        child = Child.objects.standing_for(child.pk)
        child.address, child.postcode = address, postcode
        return stored(child, "postcode", by)


def record_death(*, child: Child, died_on: datetime.date, by: User, today: datetime.date) -> Child:
    """A child who has died. A case that is open is closed by itself."""
    with event(child.pk, by=by, died_on=died_on, today=today):
        child = Child.objects.standing_for(child.pk)
        if child.died_on:
            raise ValidationError(f"The date of death is on record: {day(child.died_on)}.")
        child.died_on = died_on
        return stored(child, "died_on", by)


@contextmanager
def event(
    *children: int, by: User, today: datetime.date | None = None, **days: datetime.date
) -> Iterator[None]:
    """What one account writes about some children at a time, on days that have come."""
    for name, chosen in days.items():
        if chosen > today:
            raise ValidationError({name: "This date is in the future."})
    with pghistory.context(user=by.pk), transaction.atomic():
        waited_for = Child.objects.select_for_update(no_key=True).order_by("pk")
        while children:  # and then for those into which they were merged meanwhile
            merged_into = waited_for.filter(pk__in=children).values_list("merged_into", flat=True)
            children = set(merged_into) - {None}
        yield


def _team_of(worker: Worker | None, day: datetime.date) -> Team | None:
    """The team in which a worker has hours on a day."""
    lasting = Q(ended_on=None) | Q(ended_on__gt=day)
    hours = Assignment.objects.filter(lasting, started_on__lte=day, employment__worker=worker)
    found = hours.select_related("team").first()
    return found.team if found else None
