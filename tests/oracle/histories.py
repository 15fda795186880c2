"""Small, nasty histories that could be true, made from a stream of choices.

The choices come from a seeded random generator for volume, or from Hypothesis, which makes a
failing history smaller; the lowest choice is always the plainest.
"""

import datetime
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies

from . import days, visits
from .choices import EARLIEST, LATEST, Choices
from .records import (
    AUTHORITY,
    Assignment,
    Child,
    Date,
    Decision,
    Employment,
    History,
    Involvement,
    Plan,
    Referral,
    Request,
    Standard,
    Team,
    TimeLimit,
    Vacancy,
    Visit,
    Worker,
)


def next_anniversary(day: Date) -> Date:
    """The same day of the next year; 1 March for 29 February."""
    later = day + datetime.timedelta(days=365)
    return later if (later.month, later.day) == (day.month, day.day) else later + days.ONE_DAY


def time_limits(choices: Choices) -> list[TimeLimit]:
    """The limits in force, as by default or changed from some day on."""
    found = []
    for step, by_default in [("decision", 42), ("no_plan", 112), ("issue", 140)]:
        for _ in range(choices.one_of([0, 0, 0, 1, 2])):
            day = choices.day(EARLIEST, LATEST)
            if all((kept.step, kept.valid_from) != (step, day) for kept in found):
                found.append(TimeLimit(step, by_default + choices.one_of([0, -14, 7, 1]), day))
    return found


def as_at_day(choices: Choices) -> Date:
    """A day as at which a history is looked at."""
    return choices.day(Date(2018, 1, 1), LATEST)


def history(choices: Choices, as_at: Date, limits: list[TimeLimit]) -> History:
    """One authority with everything that happened in it."""
    made = History(as_at=as_at, time_limits=limits)
    _teams(choices, made)
    _workers(choices, made)
    for key in range(1, 1 + choices.number(1, 3)):
        _child(choices, made, key)
    for _ in range(choices.one_of([0, 0, 1, 1, 2, 3])):
        day = choices.day(EARLIEST, made.as_at)
        if all(kept.valid_from != day for kept in made.standards):
            made.standards.append(
                Standard(
                    valid_from=day,
                    interval=choices.one_of([10, 15, 5, 14, 28, 1, 20]),
                    unit=choices.one_of(["working", "working", "days"]),
                    first_interval=choices.one_of([None, None, 5, 1, 15]),
                )
            )
    for child in made.children:
        if choices.chance(7):
            _referrals(choices, made, child)
        if choices.chance(4):
            _requests(choices, made, child)
        if choices.chance(5):
            _plans(choices, made, child)
        _involvements(choices, made, child, "social_worker")
        if any(request.child == child.key for request in made.requests):
            _involvements(choices, made, child, "send_officer")
    return made


def _teams(choices: Choices, made: History) -> None:
    services = [AUTHORITY]
    for _ in range(choices.number(0, 2)):
        services.append(len(made.teams))
        made.teams.append(Team(len(made.teams), AUTHORITY, "service"))
    for _ in range(choices.number(1, 3)):
        made.teams.append(
            Team(len(made.teams), services[-1 - choices.number(0, len(services) - 1)], "team")
        )


def _team(choices: Choices, made: History) -> int:
    return made.teams[-1 - choices.number(0, len(made.teams) - 1)].key


def _own_team(choices: Choices, made: History) -> int | None:
    return None if choices.chance(2) else _team(choices, made)


# Workforce


def _workers(choices: Choices, made: History) -> None:
    as_at = made.as_at
    edges = [as_at, days.year_before(as_at), days.year_before(days.year_before(as_at))]
    for key in range(1, 1 + choices.number(0, 4)):
        made.workers.append(Worker(key, registered=not choices.chance(1)))
        start = choices.day(EARLIEST, as_at + datetime.timedelta(days=10))
        for _ in range(choices.one_of([1, 1, 1, 2, 0])):
            left = None
            if choices.chance(4):
                lately = choices.day(days.year_before(as_at), as_at)
                edge = choices.one_of(
                    [*edges, lately, lately, choices.day(start, as_at), Date(2020, 2, 29)]
                )
                left = max(choices.near(edge, 2), start + days.ONE_DAY)
            employment = Employment(
                key=len(made.employments) + 1,
                worker=key,
                started_on=start,
                contract=choices.one_of(["employee", "employee", "agency"]),
                left_on=left,
                reason=choices.one_of(["1", "5", "7", "2", "4", "10"]) if left else "",
            )
            made.employments.append(employment)
            _assignments(choices, made, employment)
            if left is None:
                break
            start = choices.after(left, 0, 1, 364, 365, 366, most=500)
    for _ in range(choices.one_of([0, 0, 1, 2])):
        opened = choices.day(EARLIEST, as_at)
        filled = None if choices.chance(5) else choices.near(choices.one_of(edges), 1)
        made.vacancies.append(
            Vacancy(
                team=_team(choices, made),
                opened_on=opened,
                filled_on=filled if filled and filled > opened else None,
                fte=Decimal(choices.one_of(["1", "0.5", "18", "0.333333", "0"])),
            )
        )


def _assignments(choices: Choices, made: History, employment: Employment) -> None:
    start, last = employment.started_on, employment.left_on
    for _ in range(choices.one_of([1, 1, 2, 3, 0])):
        end = choices.day(start + days.ONE_DAY, last or made.as_at)
        if choices.chance(4):
            end = choices.near(choices.one_of([made.as_at, days.year_before(made.as_at)]), 1)
        if end <= start or (last and end > last) or choices.chance(3):
            end = last if choices.chance(5) else None
        made.assignments.append(
            Assignment(
                employment=employment.key,
                team=_team(choices, made),
                started_on=start,
                ended_on=end,
                fte=Decimal(choices.one_of(["1", "0.5", "0.6", "0.333333", "0.8", "0", "1.2"])),
            )
        )
        if end is None or end == last:
            return
        start = choices.after(end, 0, 0, 0, 1, most=40) if choices.chance(2) else end
        if last and start >= last:
            return


# Children


def _child(choices: Choices, made: History, key: int) -> None:
    as_at = made.as_at
    kind = choices.one_of(["any", "four", "leap", "unborn", "unknown"])
    born_on = expected_on = None
    if kind == "any":
        born_on = choices.day(Date(2006, 1, 1), as_at)
    elif kind == "four":
        born_on = choices.near(as_at - datetime.timedelta(days=1461), 60)
    elif kind == "leap":
        born_on = choices.one_of([Date(2016, 2, 29), Date(2012, 2, 29), Date(2020, 2, 29)])
    elif kind == "unborn":
        expected_on = choices.near(as_at, 200)
    made.children.append(Child(key, born_on, expected_on))


def _first_known(child: Child) -> Date:
    """The earliest day on which something about a child may be entered: 40 weeks before birth."""
    if child.born_on is None:
        return EARLIEST
    return max(EARLIEST, child.born_on - datetime.timedelta(days=280))


def _involvements(choices: Choices, made: History, child: Child, part: str) -> None:
    """Stretches without overlap, which often begin or end when something else happens."""
    counting = [record.received_on for record in made.referrals if record.child == child.key]
    for request in made.requests:
        if request.child == child.key:
            counting += [day for day in (request.received_on, request.issued_on) if day]
    for plan in made.plans:
        if plan.child == child.key:
            counting += [plan.started_on]
            counting += [visit.visited_on for visit in made.visits if visit.plan == plan.key]
    counting += [made.as_at, days.last_of_month_before(made.as_at)]
    start = choices.day(EARLIEST, made.as_at)
    if choices.chance(5):
        start = choices.near(choices.one_of(counting), 1)
    for _ in range(choices.one_of([1, 2, 3, 4, 0])):
        later = [day for day in counting if day > start] or [made.as_at]
        end = choices.near(choices.one_of(later), 1)
        if choices.chance(3):
            end = choices.after(start, 30, 90, 365, most=700)
        last = end <= start or choices.chance(2)
        made.involvements.append(
            Involvement(
                child=child.key,
                part=part,
                team=_team(choices, made),
                started_on=start,
                ended_on=None if last else end,
                worker=choices.one_of([*(worker.key for worker in made.workers), None]),
            )
        )
        if last:
            return
        start = choices.after(end, 0, 0, 0, 1, most=60)
    if choices.chance(1):
        made.involvements.append(
            Involvement(child.key, "other", _team(choices, made), choices.day(EARLIEST, made.as_at))
        )


def _referrals(choices: Choices, made: History, child: Child) -> None:
    as_at = made.as_at
    received = choices.day(_first_known(child), as_at)
    if choices.chance(6):
        received = choices.day(max(received, as_at - datetime.timedelta(days=900)), as_at)
    busy_since, busy_until = EARLIEST, EARLIEST
    for _ in range(choices.number(1, 5)):
        if received > as_at:
            return
        nfa = choices.chance(3)
        overlaps = received < busy_until and not (nfa and received == busy_since)
        referral = Referral(
            child=child.key,
            received_on=received,
            team=_own_team(choices, made),
            no_further_action=nfa,
            decision_collected=not choices.chance(1),
            overlaps=overlaps,
        )
        if choices.chance(7):
            decided = choices.after(received, 0, 1, 2, 3, 4, 5, most=30)
            referral.decided_on = decided if decided <= as_at else None
        if not nfa and choices.chance(8):
            closed = choices.after(referral.decided_on or received, 0, 30, 200, most=400)
            referral.closed_on = closed if closed <= as_at else None
        if not nfa and not overlaps:
            busy_since, busy_until = received, referral.closed_on or Date(2199, 1, 1)
        made.referrals.append(referral)
        anniversary = next_anniversary(received)
        received = choices.one_of(
            [
                received,
                anniversary,
                anniversary + days.ONE_DAY,
                anniversary - days.ONE_DAY,
                received + datetime.timedelta(days=365),
                choices.after(received, 1, 90, most=800),
            ]
        )


def _requests(choices: Choices, made: History, child: Child) -> None:
    as_at = made.as_at
    for _ in range(choices.one_of([1, 1, 2])):
        back = choices.one_of([139, 140, 141, 182, 183, 364, 365, 500, 42, 20])
        received = as_at - datetime.timedelta(days=back)
        changes = [limit.valid_from for limit in made.time_limits if limit.valid_from <= as_at]
        if changes and choices.chance(3):
            received = choices.near(choices.one_of(changes), 1)
        elif choices.chance(5):
            received = choices.day(max(EARLIEST, as_at - datetime.timedelta(days=900)), as_at)
        received = min(received, as_at)
        request = Request(
            key=len(made.requests) + 1,
            child=child.key,
            received_on=received,
            team=_own_team(choices, made),
            exceptions="".join(ground for ground in "abcd" if choices.chance(1)),
        )
        made.requests.append(request)
        if not choices.chance(2):
            _outcome(choices, made, request)


def _outcome(choices: Choices, made: History, request: Request) -> None:
    """What became of a request, as far as it is known by the as-at day."""

    def decide(stage: str, agreed: bool, day: Date, basis: str = "original") -> bool:
        if day <= made.as_at:
            made.decisions.append(Decision(request.key, stage, agreed, day, basis))
        return day <= made.as_at

    received = request.received_on
    if choices.chance(1):
        request.historical = True
    if choices.chance(1):
        request.withdrawn = True
        if choices.chance(6):
            day = choices.after(received, 0, 10, 60, most=300)
            request.withdrawn_on = day if day <= made.as_at else received
        return
    assess_on = choices.after(received, 42, 41, 43, 0, 28, most=60)
    assess = not choices.chance(3)
    if choices.chance(1) or not decide("assess", assess, assess_on):
        return
    day = assess_on
    if not assess:
        if choices.chance(3):
            return
        day = choices.after(day, 1, 30, 60, most=200)
        ordered = choices.one_of(["mediation", "tribunal"])
        if ordered == "mediation" and choices.chance(3):
            if not decide("assess", False, day, "mediation"):
                return
            day = choices.after(day, 1, 30, most=200)
            ordered = "tribunal"
        if not decide("assess", True, day, ordered):
            return
    if choices.chance(2):
        return
    gap = choices.after(received, 112, 111, 113, 100, most=140)
    day = max(gap, choices.after(day, 1, 20, most=60))
    make = not choices.chance(3)
    if not decide("plan", make, day):
        return
    if not make:
        if choices.chance(3):
            return
        day = choices.after(day, 1, 30, 60, most=200)
        if not decide("plan", True, day, choices.one_of(["mediation", "tribunal"])):
            return
        if choices.chance(2):
            return
    issued = max(
        choices.after(received, 140, 139, 141, 133, most=220), choices.after(day, 1, 14, most=60)
    )
    if issued <= made.as_at and not choices.chance(1):
        request.issued_on = issued


# Child protection


def _plans(choices: Choices, made: History, child: Child) -> None:
    as_at = made.as_at
    earliest = _first_known(child)
    start = choices.day(max(earliest, as_at - datetime.timedelta(days=1000)), as_at)
    if choices.chance(5):
        start = choices.day(max(earliest, as_at - datetime.timedelta(days=200)), as_at)
    elif choices.chance(3):
        start = max(earliest, as_at - datetime.timedelta(days=choices.one_of([42, 43, 14])))
    for number in range(choices.one_of([1, 1, 2, 3])):
        if start > as_at:
            return
        end = choices.after(start, 60, 14, 1, 200, most=400)
        if choices.chance(1):
            end = choices.near(as_at, 1)
        plan = Plan(
            key=len(made.plans) + 1,
            child=child.key,
            started_on=start,
            ended_on=end if start < end <= as_at + days.ONE_DAY else None,
            team=_own_team(choices, made),
            earlier_plans=choices.one_of([0, 0, 0, 0, 1]),
            visit_interval=choices.one_of([None, None, None, 5, 7, 20, 1]),
        )
        if plan.visit_interval == 1 and plan.ended_on is None:
            plan.visit_interval = 3
        made.plans.append(plan)
        _visits(choices, made, plan, child)
        if number == 0 and choices.chance(1):
            made.plans.append(
                Plan(
                    key=len(made.plans) + 1,
                    child=child.key,
                    started_on=min(choices.near(start, 3), as_at),
                    team=_own_team(choices, made),
                    overlaps=True,
                )
            )
        if plan.ended_on is None:
            return
        two_years_on = next_anniversary(next_anniversary(plan.ended_on))
        start = choices.one_of(
            [
                plan.ended_on,
                plan.ended_on + days.ONE_DAY,
                two_years_on,
                two_years_on + days.ONE_DAY,
                two_years_on - days.ONE_DAY,
                choices.after(plan.ended_on, 30, most=900),
            ]
        )


def _visits(choices: Choices, made: History, plan: Plan, child: Child) -> None:
    """Visits on or about the days they fall due, with now and then a long silence."""
    last = min(plan.ended_on or made.as_at, made.as_at)
    anchor, first = plan.started_on, True
    for _ in range(choices.number(0, 8)):
        due = visits.due_after(made, plan, anchor, first=first)
        visited_on = choices.one_of(
            [
                due,
                due - days.ONE_DAY,
                due + days.ONE_DAY,
                visits.due_after(made, plan, due),
                anchor,
                choices.after(anchor, 1, 5, 42, 43, most=90),
                made.as_at - datetime.timedelta(days=choices.one_of([42, 43, 14])),
            ]
        )
        visited_on = max(visited_on, anchor)
        if visited_on > last:
            visited_on = last if choices.chance(5) else anchor
        made.visits.append(_visit(choices, plan, visited_on, child))
        if visits.qualifies(made.visits[-1]):
            anchor, first = visited_on, False


def _visit(choices: Choices, plan: Plan, visited_on: Date, child: Child) -> Visit:
    born = child.born_on is not None and child.born_on <= visited_on
    plain = not choices.chance(3)
    outcome = "seen" if born or plain else "mother_seen"
    place, purpose = "home", "statutory"
    if not plain:
        if choices.chance(5):
            outcome = choices.one_of(["seen", "virtual", "attempted", "refused"])
        purpose = choices.one_of(["statutory", "", "core_group", "other"])
        place = choices.one_of(["home", "", "school", "elsewhere"])
    alone = choices.one_of([True, False, None])
    return Visit(
        plan=plan.key,
        visited_on=visited_on,
        outcome=outcome,
        purpose=purpose,
        place=place,
        seen_alone=None if alone and outcome != "seen" else alone,
        recorded_at=_recorded_at(choices, visited_on),
    )


def _recorded_at(choices: Choices, visited_on: Date) -> datetime.datetime | None:
    """None, or a moment in UTC some days later, often within an hour of midnight in London."""
    if choices.chance(1):
        return None
    day = choices.after(visited_on, 0, 1, 2, 3, 4, 5, -1, most=40)
    clock = choices.one_of([(12, 0), (0, 0), (23, 30), (23, 0), (22, 59), (0, 30), (23, 59)])
    return datetime.datetime(day.year, day.month, day.day, *clock, tzinfo=datetime.UTC)


def seen_from(made: History, as_at: Date) -> History:
    """A history looked at from an earlier day: whatever lies ahead is known, but no visit does."""
    known = [visit for visit in made.visits if visit.visited_on <= as_at]
    return replace(made, as_at=as_at, visits=known)


@strategies.composite
def histories(draw) -> History:
    """Histories that Hypothesis can make smaller."""
    choices = Choices(lambda least, most: draw(strategies.integers(least, most)))
    return history(choices, as_at_day(choices), time_limits(choices))
