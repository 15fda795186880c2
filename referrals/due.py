"""What is due next in a child's case, in words."""

import datetime

from config.tables import day
from workforce.models import CalendarDay

from .models import Child, Referral

DECISION_DAYS, ASSESSMENT_DAYS = 1, 45  # working days: Working Together to Safeguard Children


def working_days_after(start: datetime.date, count: int) -> datetime.date:
    """The working day so many working days after a day, by the council's calendar."""
    number = CalendarDay.objects.values_list("number", flat=True).get(day=start)
    return CalendarDay.objects.get(working=True, number=number + count).day


def next_due(child: Child, today: datetime.date) -> str:
    """What is due next in the open case of a child, by when and by which rule."""
    case = child.referrals.filter(closed_on=None, no_further_action=False).first()
    if case is None:
        return "No case is open."
    if case.decided_on is None and case.decision_collected:
        return _told(
            "The decision on the referral", case, DECISION_DAYS, "after the referral", today
        )
    assessments = case.assessments.all()
    if not assessments or any(each.completed_on is None for each in assessments):
        return _told("The completed assessment", case, ASSESSMENT_DAYS, "after the referral", today)
    return ""


def _told(what: str, case: Referral, count: int, since: str, today: datetime.date) -> str:
    due_on = working_days_after(case.received_on, count)
    verb = "is" if due_on >= today else "was"
    days = f"{count} working day{'' if count == 1 else 's'}"
    return f"{what} {verb} due by {due_on:%A} {day(due_on)}: {days} {since}."
