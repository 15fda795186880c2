"""Writes plain records into the database, many authorities at once."""

from collections.abc import Sequence

from django.db import connection

from ehcp import models as ehcp
from referrals import models as referrals
from visits import models as visits
from workforce import models as workforce

from .records import AUTHORITY, History

Teams = dict[int, workforce.Team]
LOADED = [
    workforce.Team,
    workforce.Worker,
    workforce.Employment,
    workforce.Assignment,
    workforce.Vacancy,
    referrals.Child,
    referrals.Involvement,
    referrals.Referral,
    ehcp.Request,
    ehcp.Decision,
    ehcp.Plan,
    ehcp.PermittedException,
    visits.VisitStandard,
    visits.ProtectionPlan,
    visits.Visit,
]


def load(histories: Sequence[History]) -> list[Teams]:
    """Write the records of some histories; returns each one's teams by the numbers they have in it.

    Time limits hold for the whole database: the histories of one load have the same.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    ehcp.TimeLimit.objects.all().delete()
    ehcp.TimeLimit.objects.bulk_create(
        ehcp.TimeLimit(step=kept.step, days=kept.days, valid_from=kept.valid_from)
        for kept in histories[0].time_limits
    )
    numbered = list(enumerate(histories))
    teams = _teams(histories)
    roots = [known[AUTHORITY] for known in teams]

    workers = _created(
        workforce.Worker,
        {
            (number, kept.key): workforce.Worker(
                authority=roots[number], reference=f"worker {kept.key}", registered=kept.registered
            )
            for number, history in numbered
            for kept in history.workers
        },
    )
    employments = _created(
        workforce.Employment,
        {
            (number, kept.key): workforce.Employment(
                worker=workers[number, kept.worker],
                contract=kept.contract,
                started_on=kept.started_on,
                left_on=kept.left_on,
                reason_for_leaving=kept.reason,
            )
            for number, history in numbered
            for kept in history.employments
        },
    )
    workforce.Assignment.objects.bulk_create(
        workforce.Assignment(
            employment=employments[number, kept.employment],
            team=_team(teams[number], kept.team),
            fte=kept.fte,
            started_on=kept.started_on,
            ended_on=kept.ended_on,
        )
        for number, history in numbered
        for kept in history.assignments
    )
    workforce.Vacancy.objects.bulk_create(
        workforce.Vacancy(
            team=_team(teams[number], kept.team),
            fte=kept.fte,
            opened_on=kept.opened_on,
            filled_on=kept.filled_on,
        )
        for number, history in numbered
        for kept in history.vacancies
    )
    children = _created(
        referrals.Child,
        {
            (number, kept.key): referrals.Child(
                authority=roots[number],
                reference=f"child {kept.key}",
                born_on=kept.born_on,
                expected_on=kept.expected_on,
            )
            for number, history in numbered
            for kept in history.children
        },
    )
    referrals.Involvement.objects.bulk_create(
        referrals.Involvement(
            child=children[number, kept.child],
            part=kept.part,
            team=_team(teams[number], kept.team),
            worker=workers[number, kept.worker] if kept.worker is not None else None,
            started_on=kept.started_on,
            ended_on=kept.ended_on,
        )
        for number, history in numbered
        for kept in history.involvements
    )
    referrals.Referral.objects.bulk_create(
        referrals.Referral(
            child=children[number, kept.child],
            team=_team(teams[number], kept.team),
            received_on=kept.received_on,
            source="6",
            primary_need="N1",
            no_further_action=kept.no_further_action,
            decided_on=kept.decided_on,
            decision_collected=kept.decision_collected,
            closed_on=kept.closed_on,
            closure_reason="RC7" if kept.closed_on else "",
            entered_here=kept.decision_collected and not kept.overlaps,
            overlaps=kept.overlaps,
        )
        for number, history in numbered
        for kept in history.referrals
    )
    _requests(numbered, teams, children)
    _plans(numbered, teams, children)
    with connection.cursor() as cursor:  # or the planner takes full tables for empty ones
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in LOADED)}")
    return teams


def _created(model, made: dict) -> dict:
    """The records, stored, under the keys they were given."""
    return dict(zip(made, model.objects.bulk_create(made.values()), strict=True))


def _team(known: Teams, key: int | None) -> workforce.Team | None:
    return None if key is None else known[key]


def _teams(histories: Sequence[History]) -> list[Teams]:
    """Each history's tree of teams, level by level."""
    found: list[Teams] = [{} for _ in histories]
    for kind in ("authority", "service", "team"):
        created = _created(
            workforce.Team,
            {
                (number, place.key): workforce.Team(
                    name=f"{kind} {place.key}",
                    kind=kind,
                    parent=_team(found[number], place.parent),
                    authority=found[number].get(AUTHORITY),
                )
                for number, history in enumerate(histories)
                for place in history.teams
                if place.kind == kind
            },
        )
        for (number, key), place in created.items():
            found[number][key] = place
    return found


def _requests(numbered, teams: list[Teams], children: dict) -> None:
    requests = _created(
        ehcp.Request,
        {
            (number, kept.key): ehcp.Request(
                child=children[number, kept.child],
                team=_team(teams[number], kept.team),
                received_on=kept.received_on,
                withdrawn=kept.withdrawn,
                withdrawn_on=kept.withdrawn_on,
                historical=kept.historical,
            )
            for number, history in numbered
            for kept in history.requests
        },
    )
    ehcp.Plan.objects.bulk_create(
        ehcp.Plan(request=requests[number, kept.key], issued_on=kept.issued_on)
        for number, history in numbered
        for kept in history.requests
        if kept.issued_on
    )
    ehcp.PermittedException.objects.bulk_create(
        ehcp.PermittedException(request=requests[number, kept.key], ground=ground)
        for number, history in numbered
        for kept in history.requests
        for ground in kept.exceptions
    )
    ehcp.Decision.objects.bulk_create(
        ehcp.Decision(
            request=requests[number, kept.request],
            stage=kept.stage,
            basis=kept.basis,
            agreed=kept.agreed,
            decided_on=kept.decided_on,
        )
        for number, history in numbered
        for kept in history.decisions
    )


def _plans(numbered, teams: list[Teams], children: dict) -> None:
    visits.VisitStandard.objects.bulk_create(
        visits.VisitStandard(
            authority=teams[number][AUTHORITY],
            valid_from=kept.valid_from,
            interval=kept.interval,
            unit=kept.unit,
            first_interval=kept.first_interval,
        )
        for number, history in numbered
        for kept in history.standards
    )
    plans = _created(
        visits.ProtectionPlan,
        {
            (number, kept.key): visits.ProtectionPlan(
                child=children[number, kept.child],
                team=_team(teams[number], kept.team),
                started_on=kept.started_on,
                ended_on=kept.ended_on,
                initial_category="NEG",
                earlier_plans=kept.earlier_plans,
                visit_interval=kept.visit_interval,
                entered_here=not kept.overlaps,
                overlaps=kept.overlaps,
            )
            for number, history in numbered
            for kept in history.plans
        },
    )
    visits.Visit.objects.bulk_create(
        visits.Visit(
            plan=plans[number, kept.plan],
            visited_on=kept.visited_on,
            outcome=kept.outcome,
            purpose=kept.purpose,
            place=kept.place,
            seen_alone=kept.seen_alone,
            recorded_at=kept.recorded_at,
        )
        for number, history in numbered
        for kept in history.visits
    )
