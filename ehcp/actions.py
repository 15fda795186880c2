"""What happens to a request for an EHC needs assessment, each event as an action, the only writer.

All events of one child wait for one another. What cannot be true is refused beside the day, unless
another field is to blame: ``ValidationError`` with a sentence for people. Why something was late is
kept where it was; in time, there is nothing to say.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from config import facts
from config.tables import day
from referrals.actions import Person, enter_child
from referrals.casework import event, stored
from referrals.models import Child
from workforce.models import Team, User

from .choices import Basis, Deed, LateReason, Stage
from .due import progress_now
from .models import Decision, Draft, PermittedException, Plan, Request
from .rules import Progress


def receive_request(
    *,
    child: Child | None = None,
    person: Person | None = None,
    team: Team,
    received_on: datetime.date,
    sen_type: str,
    by: User,
    today: datetime.date,
) -> Request:
    """A request for a child on record, or for a person who is not on record yet.

    The account need not belong to the team that it goes to.
    """
    if received_on > today:
        raise ValidationError({"received_on": "This date is in the future."})
    with facts.readable(), transaction.atomic():
        child = child or enter_child(person=person, team=team, by=by)
        with event(child.pk, by=by):
            if Request.objects.open_on(received_on).filter(child=child).exists():
                raise ValidationError("A request for this child is open already.")
            request = Request(child=child, team=team, received_on=received_on, sen_type=sen_type)
            request.full_clean()
            request.save()
    return request


def decide(
    *,
    request: Request,
    stage: Stage,
    agreed: bool,
    decided_on: datetime.date,
    late_reason: str = "",
    by: User,
    today: datetime.date,
) -> Decision:
    """The authority's own decision on a request: whether to assess, or whether to make a plan."""
    with event(request.child_id, by=by, decided_on=decided_on, today=today):
        known = _possible(request, Deed(stage), decided_on=decided_on)
        late_reason = _why(known, Deed(stage), decided_on, late_reason)
        decision = Decision(
            request=request,
            stage=stage,
            agreed=agreed,
            decided_on=decided_on,
            late_reason=late_reason,
        )
        return stored(decision, "decided_on", by)


def change_decision(
    *, request: Request, basis: Basis, decided_on: datetime.date, by: User, today: datetime.date
) -> Decision:
    """A refusal that the Tribunal or a mediation agreement has changed: the request goes on.

    What was refused is what there will be: an assessment, or a plan.
    """
    with event(request.child_id, by=by, decided_on=decided_on, today=today):
        known = progress_now(request.pk)
        if not known.refused:
            raise ValidationError("Neither an assessment nor a plan is refused at present.")
        _after_all(known, decided_on=decided_on)
        decision = Decision(
            request=request,
            stage=known.refused.stage,
            basis=basis,
            agreed=True,
            decided_on=decided_on,
        )
        return stored(decision, "decided_on", by)


def tell_family(
    *,
    request: Request,
    told_on: datetime.date,
    late_reason: str = "",
    by: User,
    today: datetime.date,
) -> Decision:
    """A refusal to assess that was changed, of which the family has been told."""
    with event(request.child_id, by=by, told_on=told_on, today=today):
        known = _possible(request, Deed.TELL, told_on=told_on)
        decision = Decision.objects.get(pk=known.changed.pk)
        decision.told_on = told_on
        decision.late_reason = _why(known, Deed.TELL, told_on, late_reason)
        return stored(decision, "told_on", by)


def note_exception(
    *, request: Request, ground: str, noted_on: datetime.date, by: User, today: datetime.date
) -> PermittedException:
    """A ground on which the time limits need not be met for an open request."""
    with event(request.child_id, by=by, noted_on=noted_on, today=today):
        _open(request)
        exception = PermittedException(request=request, ground=ground, noted_on=noted_on)
        return stored(exception, "noted_on", by)


def send_draft(
    *,
    request: Request,
    sent_on: datetime.date,
    late_reason: str = "",
    by: User,
    today: datetime.date,
) -> Draft:
    """A draft plan that was sent to the family."""
    with event(request.child_id, by=by, sent_on=sent_on, today=today):
        known = _possible(request, Deed.DRAFT, sent_on=sent_on)
        first = not known.is_done(Deed.DRAFT)
        late_reason = _why(known, Deed.DRAFT, sent_on, late_reason) if first else ""
        draft = Draft(request=request, sent_on=sent_on, late_reason=late_reason)
        return stored(draft, "sent_on", by)


def issue_plan(
    *,
    request: Request,
    issued_on: datetime.date,
    late_reason: str = "",
    by: User,
    today: datetime.date,
) -> Plan:
    """The final plan that a request led to."""
    with event(request.child_id, by=by, issued_on=issued_on, today=today):
        known = _possible(request, Deed.ISSUE, issued_on=issued_on)
        if any(sent_on > issued_on for sent_on in known.drafts):
            raise ValidationError(
                {"issued_on": f"A draft was sent on {day(max(known.drafts))}, which is later."}
            )
        late_reason = _why(known, Deed.ISSUE, issued_on, late_reason)
        plan = Plan(request=request, issued_on=issued_on, late_reason=late_reason)
        return stored(plan, "issued_on", by)


def withdraw(
    *, request: Request, withdrawn_on: datetime.date, by: User, today: datetime.date
) -> Request:
    """A request that the family has taken back, or that ceased before it was decided."""
    with event(request.child_id, by=by, withdrawn_on=withdrawn_on, today=today):
        _after_all(_open(request), withdrawn_on=withdrawn_on)
        request = Request.objects.get(pk=request.pk)
        request.withdrawn, request.withdrawn_on = True, withdrawn_on
        return stored(request, "withdrawn_on", by)


def _open(request: Request) -> Progress:
    """The progress of a request that has not ended."""
    known = progress_now(request.pk)
    if known.is_over:
        raise ValidationError(_why_over(known))
    return known


def _why_over(known: Progress) -> str:
    if known.historical:
        return "This request was decided by another authority."
    if known.issued_on:
        return f"The plan was issued on {day(known.issued_on)}."
    if known.withdrawn:
        return "The request was withdrawn."
    what = "an assessment" if known.refused.stage == Stage.ASSESS else "a plan"
    refused = f"On {day(known.refused.decided_on)} {what} was refused."
    return f"{refused} If that was changed since, log that first."


def _possible(request: Request, deed: Deed, **days: datetime.date) -> Progress:
    """The progress of a request about which something can be done now, on a day."""
    known = _open(request)
    if deed not in known.possible():
        if not known.is_done(Deed.ASSESS):
            raise ValidationError("Log first whether there will be an assessment.")
        raise ValidationError("This is recorded already.")
    _after_all(known, **days)
    return known


def _after_all(known: Progress, **days: datetime.date) -> None:
    """Refuse a day before the latest decision on the request."""
    for name, chosen in days.items():
        if known.decisions and chosen < known.latest_on:
            raise ValidationError(
                {name: f"The latest decision was made on {day(known.latest_on)}, which is later."}
            )


def _why(known: Progress, deed: Deed, done_on: datetime.date, given: str) -> str:
    """The reason that is kept: none for what was done in time."""
    return (given or LateReason.NOT_GIVEN) if known.is_late(deed, done_on) else ""
