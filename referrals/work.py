"""Whose cases are whose, and the clocks that a referral starts."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from config.navigation import address
from config.tables import day
from workforce.models import Team, User, Worker
from workforce.work import CLOCKS, OPEN_CASES, Case, Clock, Desk, Kind, page, working_days_after

from .choices import Part
from .models import Assessment, Child, Involvement, Referral

HOLDING = (Part.SOCIAL_WORKER, Part.SEND_OFFICER)
DECISION_DAYS, ASSESSMENT_DAYS = 1, 45  # working days: Working Together to Safeguard Children


def open_on(today: datetime.date) -> Q:
    """Involvements that last on a day."""
    return Q(ended_on=None) | Q(ended_on__gt=today), Q(started_on__lte=today)


def holding(today: datetime.date) -> QuerySet:
    """The involvements by which somebody holds a case on a day."""
    return Involvement.objects.filter(*open_on(today), part__in=HOLDING)


def desk_of(user: User, workers: Iterable[int], today: datetime.date) -> Desk:
    """The cases of some workers, of those that an account may see."""
    return Desk(user, today, _cases(user, holding(today).filter(worker__in=sorted(workers))))


def desk_of_team(user: User, team: Team, today: datetime.date) -> Desk:
    """The cases of a team, and what came to it and was given to nobody."""
    held = _cases(user, holding(today).filter(team=team))
    return Desk(user, today, held, frozenset([team.pk]))


def _cases(user: User, found: QuerySet) -> tuple[Case, ...]:
    shown = found.visible_to(user).select_related("child", "worker", "team")
    return tuple(
        case_of(each.child, each.part, each.worker, each.team)
        for each in shown.order_by("child__last_name", "child__first_name", "child")
    )


def case_of(child: Child, part: str, worker: Worker | None, team: Team | None) -> Case:
    """A child in somebody's hands."""
    return Case(child.pk, child.reference, str(child), part, worker, team)


def on_desk(
    desk: Desk, found: QuerySet, part: Part, *, child: str = "child", own: str = "team"
) -> Iterator[tuple[Model, Case]]:
    """The records of a desk's cases, and those of its teams whose child was given to nobody."""
    found = found.visible_to(desk.user).select_related(child, own)
    held = desk.held(part)
    if held:
        for record in found.filter(**{f"{child}__in": list(held)}):
            yield record, held[_follow(record, child).pk]
    if desk.teams:
        given = Involvement.objects.filter(*open_on(desk.today), part=part, child=OuterRef(child))
        for record in found.filter(~Exists(given), **{f"{own}__in": sorted(desk.teams)}):
            yield record, case_of(_follow(record, child), part, None, _follow(record, own))


def ungiven(desk: Desk) -> tuple[Case, ...]:
    """Children of open referrals to the desk's teams whom nobody was given."""
    found = Referral.objects.filter(
        closed_on=None, no_further_action=False, received_on__lte=desk.today
    )
    waiting = on_desk(Desk(desk.user, desk.today, (), desk.teams), found, Part.SOCIAL_WORKER)
    return tuple(case for _, case in waiting)


def _follow(record: Model, path: str) -> Model:
    for step in path.split("__"):
        record = getattr(record, step)
    return record


def open_cases(worker: Worker, today: datetime.date) -> int:
    """How many children's cases a worker holds, whoever asks."""
    return holding(today).filter(worker=worker).values("child").distinct().count()


def decisions(desk: Desk) -> Iterator[Clock]:
    """Referrals that nobody has decided on: due within one working day."""
    found = Referral.objects.filter(
        decided_on=None,
        decision_collected=True,
        no_further_action=False,
        closed_on=None,
        received_on__lte=desk.today,
    )
    waiting = list(on_desk(desk, found, Part.SOCIAL_WORKER))
    due = working_days_after((each.received_on for each, _ in waiting), DECISION_DAYS)
    for referral, case in waiting:
        if referral.received_on not in due:  # from before the calendar begins
            continue
        yield Clock(
            kind=Kind.DECISION,
            what="Decide on the referral",
            case=case,
            due_on=due[referral.received_on],
            working=True,
            rule=f"1 working day after the referral of {day(referral.received_on)}",
            url=address(Referral, referral.pk),
            log=page(desk.user, "referrals:decide", referral.pk),
        )


def assessments(desk: Desk) -> Iterator[Clock]:
    """Assessments that are not completed: due 45 working days after the referral."""
    found = Assessment.objects.filter(
        completed_on=None, referral__closed_on=None, started_on__lte=desk.today
    ).select_related("referral")
    going_on = list(
        on_desk(desk, found, Part.SOCIAL_WORKER, child="referral__child", own="referral__team")
    )
    due = working_days_after((each.referral.received_on for each, _ in going_on), ASSESSMENT_DAYS)
    for assessment, case in going_on:
        received_on = assessment.referral.received_on
        if received_on not in due:
            continue
        yield Clock(
            kind=Kind.ASSESSMENT,
            what="Complete the assessment",
            case=case,
            due_on=due[received_on],
            working=True,
            rule=f"{ASSESSMENT_DAYS} working days after the referral of {day(received_on)}",
            url=address(Referral, assessment.referral_id),
            log=page(desk.user, "referrals:complete-assessment", assessment.pk),
        )


CLOCKS += [decisions, assessments]
OPEN_CASES.append(open_cases)
