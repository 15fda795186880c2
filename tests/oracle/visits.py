"""Section 3 of the definitions: child protection plans and visits."""

import datetime
from fractions import Fraction

from .cases import Case, Date, days_between, is_open, team_of_child
from .days import day_in_london, working_days_after, year_before
from .records import History, Plan, Standard, Visit


def case(history: History, plan: Plan, on_day: Date, counts: bool | None = True, amount=1) -> Case:
    return Case(
        team=team_of_child(history, plan.child, "social_worker", on_day, plan.team),
        counts=counts,
        on_day=on_day,
        child=plan.child,
        amount=Fraction(amount),
    )


def qualifies(visit: Visit) -> bool:
    """Seen face to face, as a statutory visit (or where the return does not say), not at school."""
    return (
        visit.outcome in ("seen", "mother_seen")
        and visit.purpose in ("statutory", "")
        and visit.place != "school"
    )


def qualifying_days(history: History, plan: Plan) -> list[Date]:
    """The days of a plan on which there was a qualifying visit, first to last."""
    return sorted(
        {
            visit.visited_on
            for visit in history.visits
            if visit.plan == plan.key
            and qualifies(visit)
            and plan.started_on <= visit.visited_on
            and (plan.ended_on is None or visit.visited_on <= plan.ended_on)
        }
    )


def standard_on(history: History, day: Date) -> Standard:
    """The standard of a day: before the first one, the earliest; 10 working days if none."""
    standards = sorted(history.standards, key=lambda standard: standard.valid_from)
    if not standards:
        return Standard(valid_from=day)
    in_force = standards[0]
    for standard in standards:
        if standard.valid_from <= day:
            in_force = standard
    return in_force


def due_after(history: History, plan: Plan, day: Date, *, first: bool = False) -> Date:
    """When the next visit falls due, counted from a visit, a missed day, or the start (first)."""
    standard = standard_on(history, day)
    interval = standard.interval
    if first and standard.first_interval is not None:
        interval = standard.first_interval
    if plan.visit_interval is not None and plan.visit_interval < interval:
        interval = plan.visit_interval
    if standard.unit == "working":
        return working_days_after(day, interval)
    return day + datetime.timedelta(days=interval)


def due_days(history: History, plan: Plan, last: Date) -> list[tuple[Date, bool]]:
    """Every due day of a plan with whether it was met, at least until one lies after ``last``."""
    visits = qualifying_days(history, plan)
    rows = []
    anchor, first = plan.started_on, True
    while True:
        later = [day for day in visits if day > anchor]
        due = due_after(history, plan, anchor, first=first)
        if later and later[0] <= due:
            rows.append((due, True))
        else:
            while not later or due < later[0]:
                rows.append((due, False))
                if due > last:
                    return rows
                due = due_after(history, plan, due)
        anchor, first = later[0], False


def visits_in_time(history: History) -> list[Case]:
    """Due days while the plan was open, until the as-at day; and the next one, undecided."""
    found = []
    for plan in history.plans:
        if plan.started_on > history.as_at:
            continue
        next_one = True
        for due, met in due_days(history, plan, min(history.as_at, plan.ended_on or history.as_at)):
            if plan.ended_on is not None and due > plan.ended_on:
                continue
            if met and due <= history.as_at:
                found.append(case(history, plan, due, True))
            elif not met and due < history.as_at:
                found.append(case(history, plan, due, False))
            elif not met and next_one:
                found.append(case(history, plan, due, None))
                next_one = False
    return found


def open_plans(history: History, day: Date) -> list[Case]:
    return [
        case(history, plan, day)
        for plan in history.plans
        if is_open(plan.started_on, plan.ended_on, day)
    ]


def latest_seen(history: History, plan: Plan, day: Date) -> Date | None:
    """The latest day, until the given one, with a qualifying visit."""
    seen = [visited_on for visited_on in qualifying_days(history, plan) if visited_on <= day]
    return seen[-1] if seen else None


def children_seen(history: History, day: Date) -> list[Case]:
    found = []
    for plan in history.plans:
        if not is_open(plan.started_on, plan.ended_on, day):
            continue
        if due_after(history, plan, plan.started_on, first=True) > day:
            continue
        seen_on = latest_seen(history, plan, day)
        in_time = seen_on is not None and due_after(history, plan, seen_on) >= day
        found.append(case(history, plan, day, in_time))
    return found


def unseen_for_42_days(history: History, day: Date) -> list[Case]:
    found = []
    for plan in history.plans:
        if is_open(plan.started_on, plan.ended_on, day):
            seen_on = latest_seen(history, plan, day)
            unseen = seen_on is None or days_between(seen_on, day) > 42
            if unseen and days_between(plan.started_on, day) > 42:
                found.append(case(history, plan, day))
    return found


def plan_of(history: History, visit: Visit) -> Plan:
    return next(plan for plan in history.plans if plan.key == visit.plan)


def is_four(born_on: Date, day: Date) -> bool:
    """Whether a child had turned four (every fourth year has the day, 29 February too)."""
    return (born_on.year + 4, born_on.month, born_on.day) <= (day.year, day.month, day.day)


def seen_alone(history: History) -> list[Case]:
    found = []
    for visit in history.visits:
        plan = plan_of(history, visit)
        child = next(child for child in history.children if child.key == plan.child)
        if qualifies(visit) and child.born_on and is_four(child.born_on, visit.visited_on):
            found.append(case(history, plan, visit.visited_on, visit.seen_alone is True))
    return found


def recorded(history: History) -> list[Case]:
    """Visits with a recorded time: the days it took, and whether it was 2 working days at most."""
    found = []
    for visit in history.visits:
        if visit.recorded_at is not None:
            recorded_on = day_in_london(visit.recorded_at)
            lag = max(days_between(visit.visited_on, recorded_on), 0)
            soon = recorded_on <= working_days_after(visit.visited_on, 2)
            found.append(case(history, plan_of(history, visit), visit.visited_on, soon, lag))
    return found


def earlier_plans(history: History, plan: Plan) -> list[Plan]:
    return [
        other
        for other in history.plans
        if other.child == plan.child and other.started_on < plan.started_on
    ]


def second_plans(history: History) -> list[Case]:
    return [
        case(
            history,
            plan,
            plan.started_on,
            bool(earlier_plans(history, plan)) or plan.earlier_plans > 0,
        )
        for plan in history.plans
    ]


def second_plans_in_24_months(history: History) -> list[Case]:
    found = []
    for plan in history.plans:
        since = year_before(year_before(plan.started_on))
        recent = False
        for other in earlier_plans(history, plan):
            if other.ended_on is not None and since <= other.ended_on <= plan.started_on:
                recent = True
        found.append(case(history, plan, plan.started_on, recent))
    return found
