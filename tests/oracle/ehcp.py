"""Section 1 of the definitions: education, health and care plans."""

from collections.abc import Callable
from fractions import Fraction

from .cases import Case, Date, days_between, team_of_child
from .records import Decision, History, Request

DEFAULT_LIMITS = {"decision": 42, "no_plan": 112, "issue": 140}


def limit(history: History, step: str, received_on: Date) -> int:
    """The days allowed for a step, by the limit in force on the day of receipt."""
    limits = sorted(
        (kept.valid_from, kept.days) for kept in history.time_limits if kept.step == step
    )
    if not limits:
        return DEFAULT_LIMITS[step]
    in_force = limits[0][1]
    for valid_from, days in limits:
        if valid_from <= received_on:
            in_force = days
    return in_force


def case(history: History, request: Request, on_day: Date, counts=True, amount=1) -> Case:
    return Case(
        team=team_of_child(history, request.child, "send_officer", on_day, request.team),
        counts=counts,
        on_day=on_day,
        child=request.child,
        amount=Fraction(amount),
    )


def received(history: History) -> list[Case]:
    return [
        case(history, request, request.received_on)
        for request in history.requests
        if not request.historical
    ]


def issued(history: History, *, exceptions_too: bool) -> list[Case]:
    found = []
    for request in history.requests:
        if request.historical or request.issued_on is None:
            continue
        if request.exceptions and not exceptions_too:
            continue
        taken = days_between(request.received_on, request.issued_on)
        in_time = taken <= limit(history, "issue", request.received_on)
        found.append(case(history, request, request.issued_on, in_time, Fraction(taken, 7)))
    return found


def plans_issued(history: History) -> list[Case]:
    return issued(history, exceptions_too=True)


def plans_without_exceptions(history: History) -> list[Case]:
    return issued(history, exceptions_too=False)


def original_decisions(
    history: History, stage: str, step: str, wanted: Callable[[Decision], bool]
) -> list[Case]:
    found = []
    for request in history.requests:
        for decision in history.decisions:
            if decision.request != request.key or request.historical:
                continue
            if decision.stage == stage and decision.basis == "original" and wanted(decision):
                taken = days_between(request.received_on, decision.decided_on)
                in_time = taken <= limit(history, step, request.received_on)
                found.append(case(history, request, decision.decided_on, in_time))
    return found


def decisions_to_assess(history: History) -> list[Case]:
    return original_decisions(history, "assess", "decision", lambda decision: True)


def decisions_not_to_issue(history: History) -> list[Case]:
    return original_decisions(history, "plan", "no_plan", lambda decision: not decision.agreed)


REFUSED, REOPENED, ISSUED, WITHDRAWN = range(4)  # the order of what happens on one day


def is_request_open(history: History, request: Request, day: Date) -> bool:
    """Whether a request still waits on a day, after all that happened to it until then."""
    if request.historical or request.received_on > day:
        return False
    if request.withdrawn and request.withdrawn_on is None:
        return False
    events = []
    if request.issued_on:
        events.append((request.issued_on, ISSUED))
    if request.withdrawn_on:
        events.append((request.withdrawn_on, WITHDRAWN))
    for decision in history.decisions:
        if decision.request == request.key:
            if not decision.agreed:
                events.append((decision.decided_on, REFUSED))
            elif decision.basis != "original":
                events.append((decision.decided_on, REOPENED))
    still_open = True
    for happened_on, event in sorted(events):
        if happened_on <= day:
            still_open = event == REOPENED
    return still_open


def open_requests(history: History, day: Date) -> list[Case]:
    """Requests open on a day: the amount is the age in days, and those overdue count."""
    found = []
    for request in history.requests:
        if is_request_open(history, request, day):
            age = days_between(request.received_on, day)
            late = age > limit(history, "issue", request.received_on)
            found.append(case(history, request, day, late, age))
    return found


def overdue(history: History, day: Date) -> list[Case]:
    return [case for case in open_requests(history, day) if case.counts]


def up_to_140_days(history: History, day: Date) -> list[Case]:
    return [case for case in open_requests(history, day) if case.amount <= 140]


def between_141_and_182_days(history: History, day: Date) -> list[Case]:
    return [case for case in open_requests(history, day) if 141 <= case.amount <= 182]


def between_183_and_364_days(history: History, day: Date) -> list[Case]:
    return [case for case in open_requests(history, day) if 183 <= case.amount <= 364]


def a_year_or_more(history: History, day: Date) -> list[Case]:
    return [case for case in open_requests(history, day) if case.amount >= 365]
