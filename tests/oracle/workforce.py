"""Section 4 of the definitions: the social work workforce."""

from collections.abc import Callable
from fractions import Fraction

from .cases import Case, Date, is_open
from .days import ONE_DAY, is_last_of_month, last_of_month_before, year_before
from .records import AUTHORITY, Employment, History

VOLUNTARY = ("1", "5", "7")


def registered(history: History, employment: Employment) -> bool:
    return any(worker.key == employment.worker and worker.registered for worker in history.workers)


def on_day(history: History, employment: Employment, day: Date, *, heads: bool) -> Case:
    """An employment with its team and hours of a day; without an assignment, no hours, anywhere."""
    for assignment in history.assignments:
        if assignment.employment == employment.key and is_open(
            assignment.started_on, assignment.ended_on, day
        ):
            return Case(
                team=assignment.team, amount=Fraction(1) if heads else Fraction(assignment.fte)
            )
    return Case(team=AUTHORITY, amount=Fraction(1 if heads else 0))


def in_post(history: History, day: Date, contract: str = "employee", *, heads: bool) -> list[Case]:
    return [
        on_day(history, employment, day, heads=heads)
        for employment in history.employments
        if employment.contract == contract
        and registered(history, employment)
        and is_open(employment.started_on, employment.left_on, day)
    ]


def leavers(
    history: History,
    day: Date,
    wanted: Callable[[Employment], bool] = lambda employment: True,
    *,
    heads: bool = False,
) -> list[Case]:
    """Employees who left in the 12 months to a day, with team and hours of the last day in post."""
    if is_last_of_month(day):
        since = day
        for _ in range(12):
            since = last_of_month_before(since)
    else:
        since = year_before(day)
    return [
        on_day(history, employment, employment.left_on - ONE_DAY, heads=heads)
        for employment in history.employments
        if employment.contract == "employee"
        and registered(history, employment)
        and employment.left_on is not None
        and since < employment.left_on <= day
        and wanted(employment)
    ]


Ratio = tuple[list[Case], list[Case]]


def turnover(history: History, day: Date) -> Ratio:
    return leavers(history, day), in_post(history, day, heads=False)


def turnover_voluntary(history: History, day: Date) -> Ratio:
    left = leavers(history, day, lambda employment: employment.reason in VOLUNTARY)
    return left, in_post(history, day, heads=False)


def turnover_headcount(history: History, day: Date) -> Ratio:
    return leavers(history, day, heads=True), in_post(history, day, heads=True)


def turnover_average(history: History, day: Date) -> Ratio:
    """Below stand those in post on the day and the 12 month-ends before, a thirteenth of each."""
    days = [day, last_of_month_before(day)]
    while len(days) < 13:
        days.append(last_of_month_before(days[-1]))
    thirteenths = [
        Case(team=case.team, amount=case.amount / 13)
        for day in days
        for case in in_post(history, day, heads=False)
    ]
    return leavers(history, day), thirteenths


def agency(history: History, day: Date, *, heads: bool) -> Ratio:
    part = in_post(history, day, "agency", heads=heads)
    return part, part + in_post(history, day, heads=heads)


def agency_share(history: History, day: Date) -> Ratio:
    return agency(history, day, heads=False)


def agency_share_headcount(history: History, day: Date) -> Ratio:
    return agency(history, day, heads=True)


def vacancies(history: History, day: Date) -> Ratio:
    vacant = [
        Case(team=vacancy.team, amount=Fraction(vacancy.fte))
        for vacancy in history.vacancies
        if is_open(vacancy.opened_on, vacancy.filled_on, day)
    ]
    return vacant, vacant + in_post(history, day, heads=False)


def caseload(history: History, day: Date) -> Ratio:
    allocated = [
        involvement
        for involvement in history.involvements
        if involvement.part == "social_worker"
        and involvement.worker is not None
        and is_open(involvement.started_on, involvement.ended_on, day)
    ]
    holders = {involvement.worker for involvement in allocated}
    hours = [
        on_day(history, employment, day, heads=False)
        for employment in history.employments
        if employment.worker in holders and is_open(employment.started_on, employment.left_on, day)
    ]
    return [Case(team=involvement.team) for involvement in allocated], hours
