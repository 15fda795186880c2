"""The pages on which the events of a request for an EHC needs assessment are logged."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html

from config.navigation import address
from config.tables import day
from config.views import OnRecord
from referrals.event_views import CaseEvent
from referrals.intake import OfPerson
from referrals.models import Child
from referrals.search import findable_by, hits
from workforce.events import Done

from . import actions
from .choices import Deed, Stage
from .due import followed, next_due, progress, progress_now, told, was_late
from .event_forms import (
    ChangeForm,
    DecideOnPlanForm,
    DecideToAssessForm,
    ExceptionForm,
    IssuePlanForm,
    NewChildRequestForm,
    RequestForm,
    SendDraftForm,
    TellFamilyForm,
    WithdrawForm,
)
from .models import Request


class ReceiveRequest(OfPerson):
    """The page on which a request is logged that was received for a child who was not found."""

    form_class = NewChildRequestForm
    title = "EHC request received"
    button = "Record the request"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.back(), **context)

    def back(self) -> str:
        """The page on which the child was looked for."""
        return reverse("referrals:find-child")

    def act(self, form: RequestForm) -> Done:
        request = actions.receive_request(
            **self.of(form), **form.told(), by=self.request.user, today=self.today
        )
        next_step = next_due(progress_now(request.pk), self.today)
        said = f"The request is recorded. It goes to {request.team}. {next_step}"
        seen = Request.objects.visible_to(self.request.user).filter(pk=request.pk).exists()
        return Done(said, address(Request, request.pk) if seen else self.back())


class ReceiveRequestOf(OnRecord, ReceiveRequest):
    """The page on which a request is logged that was received for a child who was found."""

    model = Child
    form_class = RequestForm

    def get_queryset(self) -> QuerySet:
        return findable_by(self.request.user)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        (hit,) = hits([self.record], self.request.user, today=self.today)
        about = format_html("<bdi>{}</bdi>, {}", hit.name, hit.summary)
        return super().get_context_data(about=about, **context)

    def back(self) -> str:
        if Child.objects.visible_to(self.request.user).filter(pk=self.record.pk).exists():
            return reverse("referrals:child-log", args=[self.record.pk])
        return super().back()

    def of(self, form: RequestForm) -> dict[str, Any]:
        return {"child": self.record}


class OfRequest(CaseEvent):
    """A page on which an event of a request is logged."""

    model = Request

    def get_queryset(self) -> QuerySet:
        return followed(super().get_queryset()).select_related("child")

    def told(self) -> list[str]:
        known, deed = progress(self.record), getattr(self.form_class, "deed", None)
        due = [told(due, self.today) for due in known.waiting() if due.deed == deed]
        received = f"The request was received on {day(self.record.received_on)}."
        return [received, *(due or [next_due(known, self.today)])]

    def answer_to(self, said: str, deed: Deed | None = None, *days: datetime.date) -> Done:
        """What was done; whether it was late, where it has a time limit; and what is due next."""
        before, now = progress(self.record), progress_now(self.record.pk)
        late = [was_late(before, deed, done_on) for done_on in days]
        sentences = [said, *late, next_due(now, self.today)]
        return Done(" ".join(filter(None, sentences)), address(Request, self.record.pk))


class Decide(OfRequest):
    """A page on which the authority's own decision on a request is logged."""

    stage: Stage
    button = "Record the decision"

    def act(self, form: DecideToAssessForm | DecideOnPlanForm) -> Done:
        decision = actions.decide(
            request=self.record,
            stage=self.stage,
            **form.cleaned_data,
            by=self.request.user,
            today=self.today,
        )
        said = f"The decision of {day(decision.decided_on)} is recorded."
        return self.answer_to(said, form.deed, decision.decided_on)


class DecideToAssess(Decide):
    """The page on which it is logged whether there will be an assessment."""

    stage = Stage.ASSESS
    form_class = DecideToAssessForm
    title = "Decision whether to assess"


class DecideOnPlan(Decide):
    """The page on which it is logged whether a plan will be made."""

    stage = Stage.PLAN
    form_class = DecideOnPlanForm
    title = "Decision whether to make a plan"


class ChangeDecision(OfRequest):
    """The page on which it is logged that a refusal was changed."""

    form_class = ChangeForm
    title = "A refusal was changed"
    button = "Record the change"

    def told(self) -> list[str]:
        received, *_ = super().told()
        if not (refused := progress(self.record).refused):
            return [received, "Neither an assessment nor a plan is refused at present."]
        what = "an assessment" if refused.stage == Stage.ASSESS else "a plan"
        return [received, f"On {day(refused.decided_on)} {what} was refused."]

    def act(self, form: ChangeForm) -> Done:
        decision = actions.change_decision(
            request=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        what = "an assessment" if decision.stage == Stage.ASSESS else "a plan"
        return self.answer_to(f"It is recorded that there will be {what} after all.")


class TellFamily(OfRequest):
    """The page on which it is logged that a family knows of the assessment after all."""

    form_class = TellFamilyForm
    title = "The family was told that there will be an assessment"
    button = "Record the day"

    def act(self, form: TellFamilyForm) -> Done:
        decision = actions.tell_family(
            request=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        said = f"It is recorded that the family was told on {day(decision.told_on)}."
        return self.answer_to(said, form.deed, decision.told_on)


class NoteException(OfRequest):
    """The page on which a permitted exception is logged."""

    form_class = ExceptionForm
    title = "Permitted exception"
    button = "Record the exception"

    def act(self, form: ExceptionForm) -> Done:
        exception = actions.note_exception(
            request=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        return self.answer_to(f"The exception is recorded: {exception}.")


class SendDraft(OfRequest):
    """The page on which it is logged that a draft plan was sent."""

    form_class = SendDraftForm
    title = "Draft plan sent"
    button = "Record the draft"

    def act(self, form: SendDraftForm) -> Done:
        draft = actions.send_draft(
            request=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        days = [draft.sent_on] if draft.late_reason else []
        said = f"The draft sent on {day(draft.sent_on)} is recorded."
        return self.answer_to(said, form.deed, *days)


class IssuePlan(OfRequest):
    """The page on which it is logged that the final plan was issued."""

    form_class = IssuePlanForm
    title = "Final plan issued"
    button = "Record the plan"

    def act(self, form: IssuePlanForm) -> Done:
        plan = actions.issue_plan(
            request=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        said = f"The plan issued on {day(plan.issued_on)} is recorded."
        return self.answer_to(said, form.deed, plan.issued_on)


class Withdraw(OfRequest):
    """The page on which it is logged that a request was withdrawn."""

    form_class = WithdrawForm
    title = "Request withdrawn"
    button = "Record the withdrawal"

    def act(self, form: WithdrawForm) -> Done:
        request = actions.withdraw(
            request=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        return self.answer_to(f"The withdrawal on {day(request.withdrawn_on)} is recorded.")
