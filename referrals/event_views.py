"""Pages on which an event is logged: whose it is, which one it is, and one page for each."""

import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.generic import TemplateView

from config.navigation import LOG, LOG_KEY, NO_SHORTCUT, address
from config.tables import day
from config.views import OnRecord
from config.workdays import london_day
from workforce.access import WITH_SEND
from workforce.events import OFFERS, Done, LogEvent, by_group
from workforce.models.people import KNOW_COLLEAGUES

from . import casework
from .due import late_decision, next_due
from .event_forms import (
    AllocateForm,
    BirthForm,
    CloseCaseForm,
    CompleteAssessmentForm,
    DeathForm,
    DecideForm,
    EndAllocationForm,
    MoveForm,
    StartAssessmentForm,
    parts_of,
)
from .events import offers
from .forms import FindChildForm
from .models import Assessment, Child, Involvement, Referral
from .rules import age_in_words
from .search import known_to

LOGGERS = KNOW_COLLEAGUES
A_YEAR = datetime.timedelta(days=365)


class Log(TemplateView):
    """Where an event is logged from: a child is looked for, or an event about staff chosen."""

    template_name = "referrals/log.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            form=FindChildForm() if user.reach.holds(*WITH_SEND) else None,
            groups=by_group((offer for each in OFFERS for offer in each(user)), user),
            key=LOG_KEY,
            shortcut=not self.request.COOKIES.get(NO_SHORTCUT),
            **context,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Switches the shortcut to this page off or on, in the browser that asks."""
        answer = redirect(LOG)
        if request.POST.get("shortcut") == "off":
            answer.set_cookie(
                NO_SHORTCUT, "1", max_age=A_YEAR, secure=request.is_secure(), httponly=True
            )
        else:
            answer.delete_cookie(NO_SHORTCUT)
        return answer


class LogForChild(OnRecord, TemplateView):
    """What can be logged for a child now."""

    model = Child
    template_name = "referrals/log_for_child.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        child, today = self.record, london_day(timezone.now())
        return super().get_context_data(
            child=child,
            age=age_in_words(child.born_on, child.expected_on, child.died_on or today),
            known_to=known_to([child.pk], today).get(child.pk, ""),
            groups=offers(child, self.request.user),
            **context,
        )


class CaseEvent(LogEvent):
    """A page on which an event of a child's case or life is logged.

    ``told`` are sentences above the form, of what the account needs to know to fill it in.
    """

    template_name = "referrals/event.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(told=self.told(), **context)

    @cached_property
    def child(self) -> Child:
        """The child whom the record is of."""
        return self.record.child

    def about(self) -> str:
        child = self.child
        age = age_in_words(child.born_on, child.expected_on, child.died_on or self.today)
        return format_html("<bdi>{}</bdi>, {}", child, age.lower())

    def back(self) -> str:
        return reverse("referrals:child-log", args=[self.child.pk])

    def told(self) -> list[str]:
        """What is said above the form."""
        return []

    def saying(self, done: Done) -> str:
        """What was done; a list of work is about many children, and is told of which."""
        return (
            format_html("<bdi>{}</bdi>: {}", self.child, done.said) if self.work_list else done.said
        )

    def done(self, *said: str) -> Done:
        """The answer: what was done, and what is due next."""
        sentences = [*said, next_due(self.child, self.today)]
        return Done(" ".join(filter(None, sentences)), address(Child, self.child.pk))


class OfReferral(CaseEvent):
    """A page on which an event of a referral is logged."""

    model = Referral

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("child")

    def told(self) -> list[str]:
        source = self.record.get_source_display().lower()
        made_by = f", by: {source}" if source else ""
        return [f"The referral was received on {day(self.record.received_on)}{made_by}."]


class Decide(OfReferral):
    """The page on which the decision on a referral is logged."""

    form_class = DecideForm
    title = "Decision on a referral"
    button = "Record the decision"

    def act(self, form: DecideForm) -> Done:
        referral = casework.decide(
            referral=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        said = f"The decision of {day(referral.decided_on)} is recorded."
        if referral.no_further_action:
            said = f"{said[:-1]}: no further action."
        late = late_decision(referral)
        return self.done(said, late, still_allocated(self.child) if closed(self.child) else "")


class CloseCase(OfReferral):
    """The page on which the closure of a case is logged."""

    form_class = CloseCaseForm
    title = "Close the case"
    button = "Close the case"

    def told(self) -> list[str]:
        ends = [
            f"The allocation of {who(involvement)} ends on that day as well."
            for involvement in casework.allocated(self.child).select_related("worker", "team")
        ]
        return [*super().told(), *casework.kept_open(self.child, self.today), *ends]

    def act(self, form: CloseCaseForm) -> Done:
        referral = casework.close_case(
            referral=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        said = f"The case is closed on {day(referral.closed_on)}."
        return self.done(said, still_allocated(self.child))


class StartAssessment(OfReferral):
    """The page on which the start of an assessment is logged."""

    form_class = StartAssessmentForm
    title = "An assessment started"
    button = "Record the start"

    def act(self, form: StartAssessmentForm) -> Done:
        assessment = casework.start_assessment(
            referral=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        return self.done(
            f"The start of the assessment on {day(assessment.started_on)} is recorded."
        )


class CompleteAssessment(CaseEvent):
    """The page on which the completion of an assessment is logged."""

    model = Assessment
    form_class = CompleteAssessmentForm
    title = "The assessment is completed"
    button = "Record the completion"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("referral__child")

    @cached_property
    def child(self) -> Child:
        return self.record.referral.child

    def told(self) -> list[str]:
        received_on = self.record.referral.received_on
        return [
            f"The assessment started on {day(self.record.started_on)},"
            f" after the referral of {day(received_on)}."
        ]

    def act(self, form: CompleteAssessmentForm) -> Done:
        assessment = casework.complete_assessment(
            assessment=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        completed_on = day(assessment.completed_on)
        return self.done(f"The assessment is recorded as completed on {completed_on}.")


class OfChildItself(CaseEvent):
    """A page on which an event in a child's life is logged."""

    model = Child

    @cached_property
    def child(self) -> Child:
        return self.record


class Allocate(OfChildItself):
    """The page on which a child is allocated to a worker or a team."""

    form_class = AllocateForm
    title = "Allocate a worker"
    button = "Record the allocation"

    def told(self) -> list[str]:
        now = self.child.involvements.filter(
            part__in=[
                part for part in casework.ONE_AT_A_TIME if part in parts_of(self.request.user)
            ],
            ended_on=None,
        ).select_related("worker", "team")
        return [
            f"{each.get_part_display()} since {day(each.started_on)}: {who(each)}."
            " If you allocate another, this ends on the day the other begins."
            for each in now
        ]

    def act(self, form: AllocateForm) -> Done:
        involvement = casework.allocate(
            child=self.child, **form.cleaned_data, by=self.request.user, today=self.today
        )
        since = day(involvement.started_on)
        part = involvement.get_part_display()
        return self.done(f"{part} since {since}: {who(involvement)}.")


class EndAllocation(CaseEvent):
    """The page on which the end of an allocation is logged."""

    model = Involvement
    form_class = EndAllocationForm
    title = "The allocation ended"
    button = "Record the end"

    def get_queryset(self) -> QuerySet:
        mine = super().get_queryset().filter(part__in=parts_of(self.request.user))
        return mine.select_related("child", "worker", "team")

    def told(self) -> list[str]:
        since = day(self.record.started_on)
        return [f"{self.record.get_part_display()} since {since}: {who(self.record)}."]

    def act(self, form: EndAllocationForm) -> Done:
        ended = casework.end_allocation(
            involvement=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        said = f"The allocation of {who(ended)} ended on {day(ended.ended_on)}."
        nobody = "" if closed(self.child) or still_allocated(self.child) else NOBODY
        return self.done(said, nobody)


class ChildBorn(OfChildItself):
    """The page on which the birth of a child is logged."""

    form_class = BirthForm
    title = "The child is born"
    button = "Record the birth"

    def told(self) -> list[str]:
        expected_on = self.child.expected_on
        return [f"The birth was expected on {day(expected_on)}."] if expected_on else []

    def act(self, form: BirthForm) -> Done:
        child = casework.record_birth(
            child=self.child, **form.cleaned_data, by=self.request.user, today=self.today
        )
        return self.done(f"The birth on {day(child.born_on)} is recorded.")


class ChildMoved(OfChildItself):
    """The page on which a move is logged."""

    form_class = MoveForm
    title = "The child moved"
    button = "Record the address"

    def told(self) -> list[str]:
        before = ", ".join(filter(None, [self.child.address, self.child.postcode]))
        return [f"The address on record is {before}."] if before else []

    def act(self, form: MoveForm) -> Done:
        casework.record_move(child=self.child, **form.cleaned_data, by=self.request.user)
        return self.done("The address is recorded.")


class ChildDied(OfChildItself):
    """The page on which the death of a child is logged."""

    form_class = DeathForm
    title = "The child died"
    button = "Record the death"

    def told(self) -> list[str]:
        return (
            [] if closed(self.child) else ["The case stays open until you log that it is closed."]
        )

    def act(self, form: DeathForm) -> Done:
        child = casework.record_death(
            child=self.child, **form.cleaned_data, by=self.request.user, today=self.today
        )
        return self.done(f"The death on {day(child.died_on)} is recorded.")


NOBODY = "Nobody is allocated to the child as social worker now."


def who(involvement: Involvement) -> str:
    """Whom a child is allocated to: the worker, or the team that has given it to nobody yet."""
    return str(involvement.worker or involvement.team)


def closed(child: Child) -> bool:
    """Whether no case of the child is open."""
    return not child.referrals.filter(closed_on=None, no_further_action=False).exists()


def still_allocated(child: Child) -> str:
    """Who is the child's social worker still, in words."""
    found = casework.allocated(child).select_related("worker", "team").first()
    return f"{who(found)} is still allocated to the child." if found else ""
