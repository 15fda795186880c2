"""What happens to workers and posts, each event as one action that is the only writer.

All events of one worker wait for one another, and for cases that are being given to the worker.
What cannot be true is refused beside the day, unless another field is to blame:
``ValidationError`` with a sentence for people.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from config.tables import day

from .access import confirm_visible
from .choices import AccountRole, Contract, ReasonForLeaving
from .events import stored
from .models import Assignment, Employment, Team, User, Vacancy, Worker
from .work import OPEN_CASES

KEEPS_STAFF = AccountRole.WORKFORCE_OFFICER


def start(
    *,
    worker: Worker,
    contract: str,
    started_on: datetime.date,
    origin: str,
    team: Team,
    role: str,
    fte: Decimal,
    by: User,
) -> Employment:
    """A worker in post from a day on: somebody new, or known from before.

    An agency worker who becomes an employee ceases to be the one on the day of becoming the other.
    """
    with _event(worker, team, by):
        if worker._state.adding:
            stored(worker)
        elif contract == Contract.EMPLOYEE:
            _end_agency(worker, started_on)
        employment = Employment(
            worker=worker, contract=contract, started_on=started_on, origin=origin
        )
        stored(employment, "started_on")
        post = {"team": team, "role": role, "fte": fte}
        stored(Assignment(employment=employment, started_on=started_on, **post), "started_on")
        confirm_visible(employment, by)
        return employment


def change_post(
    *,
    employment: Employment,
    started_on: datetime.date,
    team: Team,
    role: str,
    fte: Decimal,
    by: User,
) -> Assignment:
    """Another team, role or number of hours from a day on; the employment goes on."""
    with _event(employment.worker, team, by):
        employment = Employment.objects.get(pk=employment.pk)
        lasting = Q(ended_on=None) | Q(ended_on__gt=started_on)
        before = employment.assignments.filter(lasting, started_on__lte=started_on).first()
        if before and (before.team, before.role, before.fte) == (team, role, fte):
            raise ValidationError("These are the team, the role and the hours already.")
        if before and before.started_on == started_on:
            changed = before
        else:
            until = before.ended_on if before else employment.left_on
            if before:
                before.ended_on = started_on
                stored(before, "started_on")
            changed = Assignment(employment=employment, started_on=started_on, ended_on=until)
        changed.team, changed.role, changed.fte = team, role, fte
        return stored(changed, "started_on", by)


def leave(
    *,
    employment: Employment,
    left_on: datetime.date,
    reason_for_leaving: str,
    destination: str,
    by: User,
    today: datetime.date,
) -> Employment:
    """A worker who has left, or will. Their cases are given to others before that is written."""
    with _event(employment.worker, None, by):
        employment = Employment.objects.get(pk=employment.pk)
        if employment.left_on:
            raise ValidationError(f"It is on record that they leave on {day(employment.left_on)}.")
        confirm_given_on(employment.worker, max(left_on, today))
        told = {"reason_for_leaving": reason_for_leaving, "destination": destination}
        return _left(employment, left_on, **told)


def confirm_given_on(worker: Worker, on: datetime.date) -> None:
    """Refuse that a worker goes, where there are cases that they would still have on a day."""
    if held := still_held(worker, on):
        raise ValidationError(held)


def still_held(worker: Worker, on: datetime.date) -> str:
    """How many cases a worker has on a day, and who gives them to others; empty without any.

    Which they are is for those who may open them: some may be known to few.
    """
    held = sum(of(worker, on) for of in OPEN_CASES)
    if not held:
        return ""
    count = "1 case" if held == 1 else f"{held} cases"
    return (
        f"{worker} still has {count}."
        " Ask their manager to give them to other workers on the page Team work first."
    )


def open_vacancy(
    *,
    team: Team,
    role: str,
    fte: Decimal,
    opened_on: datetime.date,
    reference: str,
    by: User,
) -> Vacancy:
    """A post, or a part of one, that stands empty from a day on."""
    post = {"team": team, "role": role, "fte": fte, "reference": reference}
    with _event(None, team, by):
        return stored(Vacancy(opened_on=opened_on, **post), "opened_on", by)


def fill_vacancy(*, vacancy: Vacancy, filled_on: datetime.date, by: User) -> Vacancy:
    """A vacancy that is one no more."""
    with _event(None, vacancy.team, by):
        vacancy = Vacancy.objects.select_for_update(of=["self"]).get(pk=vacancy.pk)
        if vacancy.filled_on:
            raise ValidationError(f"This vacancy was filled on {day(vacancy.filled_on)}.")
        vacancy.filled_on = filled_on
        return stored(vacancy, "filled_on")


@contextmanager
def _event(worker: Worker | None, team: Team | None, by: User) -> Iterator[None]:
    """What one account writes about one worker at a time, in a team whose staff it keeps."""
    if team and team.pk not in by.reach.places(KEEPS_STAFF):
        raise ValidationError({"team": "You do not keep the staff records of this team."})
    with pghistory.context(user=by.pk), transaction.atomic():
        if worker and not worker._state.adding:
            Worker.objects.select_for_update().get(pk=worker.pk)
        yield


def _end_agency(worker: Worker, on: datetime.date) -> None:
    for employment in worker.employments.filter(
        contract=Contract.AGENCY, left_on=None, started_on__lt=on
    ):
        _left(employment, on, reason_for_leaving=ReasonForLeaving.OTHER, blamed="started_on")


def _left(
    employment: Employment,
    left_on: datetime.date,
    *,
    reason_for_leaving: str,
    destination: str = "",
    blamed: str = "left_on",
) -> Employment:
    employment.left_on = left_on
    employment.reason_for_leaving, employment.destination = reason_for_leaving, destination
    stored(employment, blamed)
    for assignment in employment.assignments.filter(ended_on=None):
        assignment.ended_on = left_on
        stored(assignment, blamed)
    return employment
