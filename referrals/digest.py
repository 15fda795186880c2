"""The digest: what falls due for each worker, told in the morning, by reference and not by name."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from config.workdays import london_day, midnight
from workforce.models import CalendarDay, Cover, Notice, User
from workforce.notices import tell
from workforce.sign_in.account import in_use
from workforce.work import Clock, clocks, working_days_after

from .work import desk_of

AHEAD = 5  # working days
NAMED, ROOM = 10, 180  # references in an e-mail, and characters for them


@transaction.atomic
def send_digests(now: datetime.datetime) -> int:
    """Tell everyone who holds cases what is overdue or falls due soon; return how many were told.

    On working days only, and each account once a day, however often this runs.
    """
    today = london_day(now)
    if not CalendarDay.objects.filter(day=today, working=True).exists():
        return 0
    page = reverse("referrals:my-work")
    told = Notice.objects.filter(to=OuterRef("pk"), url=page, created_at__gte=midnight(today))
    covers = Cover.objects.in_force(today).filter(by=OuterRef("pk"))
    readers = User.objects.filter(in_use(today), ~Exists(told))
    count = 0
    for user in readers.filter(~Q(worker=None) | Exists(covers)):
        if text := digest(user, today):
            tell([user], text, page)
            count += 1
    return count


def digest(user: User, today: datetime.date) -> str:
    """What is overdue or falls due soon on an account's desk; empty where nothing does."""
    soon = working_days_after([today], AHEAD)[today]
    found = clocks(desk_of(user, user.reach.workers, today))
    due = [clock for clock in found if clock.due_on <= soon]
    if not due:
        return ""
    overdue = sum(clock.overdue for clock in due)
    now = sum(clock.due_on == today for clock in due)
    later = len(due) - overdue - now
    counts = ((overdue, "overdue"), (now, "due today"), (later, f"due in {AHEAD} working days"))
    said = ", ".join(f"{count} {word}" for count, word in counts if count)
    return f"Your work today: {said}. {_references(due)}."


def _references(due: list[Clock]) -> str:
    """The children concerned, by reference, the most urgent first, as many as there is room for."""
    known = list(dict.fromkeys(clock.case.reference for clock in due))
    said = ", ".join(known[:NAMED])
    while len(said) > ROOM:
        said = said.rpartition(", ")[0]
    rest = len(known) - len(said.split(", ")) if said else len(known)
    return f"{said} and {rest} more" if rest else said
