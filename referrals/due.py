"""What is due next in a child's case, in words."""

import datetime

from config.tables import day
from workforce.work import working_days_after

from .models import Child, Referral
from .work import ASSESSMENT_DAYS, DECISION_DAYS


def next_due(child: Child, today: datetime.date) -> str:
    """What is due next in the open case of a child, by when and by which rule."""
    case = child.referrals.filter(closed_on=None, no_further_action=False).first()
    if case is None:
        return "No case is open."
    if case.decided_on is None and case.decision_collected:
        return _told("The decision on the referral", case, DECISION_DAYS, today)
    assessments = case.assessments.all()
    if not assessments or any(each.completed_on is None for each in assessments):
        return _told("The completed assessment", case, ASSESSMENT_DAYS, today)
    return ""


def late_decision(referral: Referral) -> str:
    """By when a decision was due that was made after that day; empty where it was in time."""
    due_on = _due_on(referral, DECISION_DAYS)
    if due_on is None or referral.decided_on <= due_on:
        return ""
    return f"It was due by {_named(due_on)}."


def _told(what: str, case: Referral, count: int, today: datetime.date) -> str:
    due_on = _due_on(case, count)
    if due_on is None:
        return ""
    verb = "is" if due_on >= today else "was"
    days = f"{count} working day{'' if count == 1 else 's'}"
    return f"{what} {verb} due by {_named(due_on)}: {days} after the referral."


def _due_on(referral: Referral, count: int) -> datetime.date | None:
    """The last working day in time; none for a referral from before the calendar begins."""
    return working_days_after([referral.received_on], count).get(referral.received_on)


def _named(due_on: datetime.date) -> str:
    return f"{due_on:%A} {day(due_on)}"
