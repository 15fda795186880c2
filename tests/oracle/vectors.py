"""Every vector of the definitions, as a small history with the figures that it must give."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from .records import (
    Assignment,
    Child,
    Decision,
    Employment,
    History,
    Plan,
    Referral,
    Request,
    Vacancy,
    Visit,
    Worker,
)

Date = datetime.date
SOME_TIME_LATER = Date(2025, 12, 31)


@dataclass(frozen=True)
class Expected:
    """An indicator's figure from one day to another, with the value shown where it is told."""

    indicator: str
    start: Date
    end: Date
    numerator: str
    denominator: str
    undecided: str = "0"
    shown: str | None = None


def referred(*days: tuple[int, int, int]) -> History:
    """One child, referred on some days; the last is open, no further action on the others."""
    *earlier, last = [Date(*day) for day in days]
    return History(
        as_at=SOME_TIME_LATER,
        children=[Child(1)],
        referrals=[
            *(Referral(1, day, no_further_action=True) for day in earlier),
            Referral(1, last),
        ],
    )


def repeat(day: tuple[int, int, int], numerator: int, denominator: int = 1) -> list[Expected]:
    on_day = Date(*day)
    return [Expected("re_referrals", on_day, on_day, str(numerator), str(denominator))]


def visited(start: Date, as_at: Date, *days: Date) -> History:
    """One child on an open plan by the usual standard, visited on some days."""
    return History(
        as_at=as_at,
        children=[Child(1)],
        plans=[Plan(1, 1, start)],
        visits=[Visit(1, day) for day in days],
    )


def requested(received: Date, **more) -> History:
    return History(
        as_at=SOME_TIME_LATER,
        children=[Child(1)],
        requests=[Request(1, 1, received, issued_on=more.pop("issued_on", None))],
        decisions=[Decision(1, **decision) for decision in more.pop("decisions", [])],
    )


def staffed(day: Date, leavers: str, employed: str, agency: str, vacant: str) -> History:
    """A workforce that has so many full-time equivalents of each kind, each of at most one."""
    made = History(as_at=day, vacancies=[Vacancy(0, Date(2018, 1, 1), fte=Decimal(vacant))])
    for total, contract, left_on in [
        (leavers, "employee", day),
        (employed, "employee", None),
        (agency, "agency", None),
    ]:
        left = Decimal(total)
        while left > 0:
            number = len(made.workers) + 1
            made.workers.append(Worker(number))
            made.employments.append(
                Employment(
                    number, number, Date(2010, 1, 1), contract, left_on, "1" if left_on else ""
                )
            )
            made.assignments.append(
                Assignment(number, 0, Date(2010, 1, 1), fte=min(left, Decimal(1)))
            )
            left -= 1
    return made


def one_leaver(left_on: Date, as_at: Date) -> History:
    return History(
        as_at=as_at,
        workers=[Worker(1), Worker(2)],
        employments=[
            Employment(1, 1, Date(2010, 1, 1), left_on=left_on, reason="1"),
            Employment(2, 2, Date(2010, 1, 1)),
        ],
        assignments=[Assignment(1, 0, Date(2010, 1, 1)), Assignment(2, 0, Date(2010, 1, 1))],
    )


YEAR_2019 = Date(2019, 1, 1), Date(2019, 12, 31)
MONDAY = Date(2019, 1, 7)
SEPTEMBER_2018 = Date(2018, 9, 1), Date(2018, 9, 30)
SEPTEMBER_2019 = Date(2019, 9, 1), Date(2019, 9, 30)


def issued_in_time(numerator: str) -> list[Expected]:
    return [Expected("ehc_20_weeks", *YEAR_2019, numerator, "1")]


VECTORS: dict[str, tuple[History, list[Expected]]] = {
    "referred again on the anniversary: a repeat": (
        referred((2018, 6, 15), (2019, 6, 15)),
        repeat((2019, 6, 15), 1),
    ),
    "referred again the day after the anniversary: not a repeat": (
        referred((2018, 6, 15), (2019, 6, 16)),
        repeat((2019, 6, 16), 0),
    ),
    "the anniversary of 29 February is 28 February": (
        referred((2020, 2, 29), (2021, 2, 28)),
        repeat((2021, 2, 28), 1),
    ),
    "12 months before 29 February is 28 February": (
        referred((2019, 2, 28), (2020, 2, 29)),
        repeat((2020, 2, 29), 1),
    ),
    "a referral of the same day is not an earlier one": (
        referred((2019, 6, 15), (2019, 6, 15)),
        repeat((2019, 6, 15), 0, 2),
    ),
    "two referrals of one day do not hide an earlier one from each other": (
        referred((2019, 1, 10), (2019, 5, 1), (2019, 5, 1)),
        [
            Expected("re_referrals", *YEAR_2019, "2", "3", shown="66.7"),
            Expected("re_referred_children", *YEAR_2019, "1", "1", shown="100.0"),
            Expected("referrals", *YEAR_2019, "3", "3", shown="3.0"),
        ],
    ),
    "all of a chain of repeats are repeats": (
        referred((2018, 12, 31), (2019, 3, 1), (2019, 6, 1), (2019, 9, 1)),
        [Expected("re_referrals", *YEAR_2019, "3", "3")],
    ),
    "the twentieth week ends on a bank holiday, and that is in time": (
        requested(MONDAY, issued_on=Date(2019, 5, 27)),
        [
            *issued_in_time("1"),
            Expected("ehc_weeks_to_issue", *YEAR_2019, "1", "1", shown="20.0"),
        ],
    ),
    "the day after is late": (requested(MONDAY, issued_on=Date(2019, 5, 28)), issued_in_time("0")),
    "the sixth week's last day": (
        requested(
            MONDAY,
            decisions=[{"stage": "assess", "agreed": False, "decided_on": Date(2019, 2, 18)}],
        ),
        [Expected("ehc_decision_6_weeks", *YEAR_2019, "1", "1")],
    ),
    "the day after the sixth week": (
        requested(
            MONDAY,
            decisions=[{"stage": "assess", "agreed": False, "decided_on": Date(2019, 2, 19)}],
        ),
        [Expected("ehc_decision_6_weeks", *YEAR_2019, "0", "1")],
    ),
    "the sixteenth week's last day": (
        requested(
            MONDAY, decisions=[{"stage": "plan", "agreed": False, "decided_on": Date(2019, 4, 29)}]
        ),
        [Expected("ehc_no_plan_16_weeks", *YEAR_2019, "1", "1")],
    ),
    "the day after the sixteenth week": (
        requested(
            MONDAY, decisions=[{"stage": "plan", "agreed": False, "decided_on": Date(2019, 4, 30)}]
        ),
        [Expected("ehc_no_plan_16_weeks", *YEAR_2019, "0", "1")],
    ),
    "one visit met, and every further due day missed until the next visit": (
        visited(Date(2019, 4, 1), Date(2019, 6, 30), Date(2019, 4, 10), Date(2019, 5, 8)),
        [
            Expected("cp_visits_in_time", Date(2019, 4, 1), Date(2019, 6, 30), "1", "5"),
            Expected("cp_visits_in_time", Date(2019, 4, 15), Date(2019, 4, 15), "1", "1"),
            Expected("cp_visits_in_time", Date(2019, 4, 26), Date(2019, 4, 26), "0", "1"),
            Expected("cp_visits_in_time", Date(2019, 5, 22), Date(2019, 5, 22), "0", "1"),
            Expected("cp_visits_in_time", Date(2019, 6, 6), Date(2019, 6, 6), "0", "1"),
            Expected("cp_visits_in_time", Date(2019, 6, 20), Date(2019, 6, 20), "0", "1"),
            Expected("cp_visits_in_time", Date(2019, 7, 1), Date(2019, 7, 31), "0", "0", "1"),
        ],
    ),
    "two due days of one plan share a day, and both count": (
        visited(Date(2019, 3, 22), Date(2019, 4, 30), Date(2019, 4, 5), Date(2019, 4, 6)),
        [
            Expected("cp_visits_in_time", Date(2019, 3, 1), Date(2019, 4, 30), "2", "3"),
            Expected("cp_visits_in_time", Date(2019, 4, 23), Date(2019, 4, 23), "1", "2"),
        ],
    ),
    "a late visit on the day the next would have fallen due meets nothing": (
        visited(Date(2019, 4, 1), Date(2019, 5, 20), Date(2019, 5, 1)),
        [Expected("cp_visits_in_time", Date(2019, 4, 1), Date(2019, 5, 20), "0", "2")],
    ),
    "from a Saturday, the tenth working day over Easter": (
        visited(Date(2019, 4, 6), Date(2019, 4, 23), Date(2019, 4, 23)),
        [Expected("cp_visits_in_time", Date(2019, 4, 23), Date(2019, 4, 23), "1", "1")],
    ),
    "left on 29 February, seen from 28 February: not a leaver": (
        one_leaver(Date(2024, 2, 29), Date(2025, 2, 28)),
        [Expected("turnover_12_months", Date(2025, 2, 1), Date(2025, 2, 28), "0", "1")],
    ),
    "left on 1 March, seen from 28 February: a leaver": (
        one_leaver(Date(2024, 3, 1), Date(2025, 2, 28)),
        [Expected("turnover_12_months", Date(2025, 2, 1), Date(2025, 2, 28), "1", "1")],
    ),
    "left on the day itself: a leaver, and not in post": (
        one_leaver(Date(2025, 2, 28), Date(2025, 2, 28)),
        [Expected("turnover_12_months", Date(2025, 2, 1), Date(2025, 2, 28), "1", "1")],
    ),
    "the DfE's counts of 30 September 2018": (
        staffed(Date(2018, 9, 30), "17", "53.7", "24.7", "18"),
        [
            Expected("turnover_12_months", *SEPTEMBER_2018, "17", "53.7", shown="31.7"),
            Expected("agency_share", *SEPTEMBER_2018, "24.7", "78.4", shown="31.5"),
            Expected("vacancy_rate", *SEPTEMBER_2018, "18", "71.7", shown="25.1"),
        ],
    ),
    "the DfE's counts of 30 September 2019": (
        staffed(Date(2019, 9, 30), "5", "67.2", "35.8", "22"),
        [
            Expected("turnover_12_months", *SEPTEMBER_2019, "5", "67.2", shown="7.4"),
            Expected("agency_share", *SEPTEMBER_2019, "35.8", "103", shown="34.8"),
            Expected("vacancy_rate", *SEPTEMBER_2019, "22", "89.2", shown="24.7"),
        ],
    ),
}  # fmt: skip
