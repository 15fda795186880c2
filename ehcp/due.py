"""What is due next about a request for an EHC needs assessment, in words."""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from config.tables import day

from .choices import Deed, Step
from .models import PermittedException, Request
from .rules import Due, Progress
from .time_limits import Limit


def followed(found: QuerySet) -> QuerySet:
    """Requests with everything that their progress is read from."""
    return (
        found.select_related("plan")
        .prefetch_related("decisions", "drafts")
        .annotate(
            excepted=Exists(PermittedException.objects.filter(request=OuterRef("pk"))),
            **{f"limit_{step}": Limit("received_on", step=step) for step in Step},
        )
    )


def progress(request: Request) -> Progress:
    """What has happened to a request that is ``followed``."""
    return Progress(
        received_on=request.received_on,
        limits={step: getattr(request, f"limit_{step}") for step in Step},
        decisions=tuple(request.decisions.all()),
        drafts=tuple(draft.sent_on for draft in request.drafts.all()),
        issued_on=request.plan.issued_on if hasattr(request, "plan") else None,
        withdrawn=request.withdrawn,
        historical=request.historical,
    )


def progress_now(key: int) -> Progress:
    """What has happened to a request, as it is stored at this moment."""
    return progress(followed(Request.objects.all()).get(pk=key))


def rule(due: Due) -> str:
    """The time limit, and what it is counted from."""
    told = f"{due.length} after {due.began} of {day(due.began_on)}"
    if first := due.instead_of:
        told += f"; the figures count {first.length} from the request, to {day(first.due_on)}"
    return told


def told(due: Due, today: datetime.date) -> str:
    """What is to be done, by when and by which rule."""
    verb = "" if due.due_on >= today else "which was due "
    return f"{due.deed.label}, {verb}{_by(due)}: {rule(due)}."


def next_due(known: Progress, today: datetime.date) -> str:
    """What is to be done next."""
    if known.is_over:
        return "Nothing is due any more."
    what = told(known.waiting()[0], today)
    return f"Next: {what[0].lower()}{what[1:]}"


def was_late(known: Progress, deed: Deed, done_on: datetime.date) -> str:
    """By when something was due that was done after that day; empty where it was in time."""
    return f"It was due {_by(known.timetable[deed])}." if known.is_late(deed, done_on) else ""


def _by(due: Due) -> str:
    return f"by {due.due_on:%A} {day(due.due_on)}"
