"""The forms on which the events of a request for an EHC needs assessment are logged."""

import datetime
from typing import Any

from django import forms

from config.tables import day
from config.widgets import ask_after
from referrals.event_forms import EventForm, recent_day
from referrals.forms import PersonForm
from referrals.search import authorities
from workforce.choices import TeamKind
from workforce.models import Team, User

from .choices import Basis, Deed, Ground, LateReason, SenType
from .due import progress
from .models import Request


class RequestForm(forms.Form):
    """A request for a child who is on record."""

    received_on = recent_day(
        "When was the request received?",
        "Choose the day the request was received",
        help_text="Or the day on which the council became responsible for the child.",
    )
    sen_type = forms.ChoiceField(
        label="What is the main type of need, if known?",
        choices=[("", "Not known yet"), *SenType.choices],
        required=False,
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Which team is it for?",
        empty_label="Choose",
        error_messages={"required": "Choose the team that the request goes to"},
    )

    def __init__(self, *, user: User, today: datetime.date, **options: Any) -> None:
        super().__init__(**options)
        self.user, self.today = user, today
        self.fields["received_on"].today = today
        self.fields["team"].queryset = Team.objects.filter(
            kind=TeamKind.TEAM, authority__in=authorities(user)
        )

    def told(self) -> dict[str, Any]:
        """What was entered about the request, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("received_on", "sen_type", "team")}


class NewChildRequestForm(PersonForm, RequestForm):
    """A request for a child who was not found.

    It asks for no pupil number: one that is on record already, with a child that few may know of,
    could not be entered, and that would tell of the child.
    """

    upn = None


class TimedForm(EventForm):
    """Something done about a request. Once its day has passed, the form asks why; never insists."""

    deed: Deed

    def __init__(self, *, record: Request, **options: Any) -> None:
        super().__init__(record=record, **options)
        passed = (due for due in progress(record).waiting() if due.due_on < self.today)
        for due in passed:
            if due.deed == self.deed:
                of = next(name for name in self.fields if name.endswith("_on"))
                self.fields["late_reason"] = why = forms.ChoiceField(
                    label="Why was it late?",
                    help_text=f"It was due by {day(due.due_on)}. You can leave this out.",
                    choices=LateReason.choices,
                    required=False,
                    widget=forms.RadioSelect,
                )
                ask_after(why, due.due_on, of=of, today=self.today)


def yes_or_no(label: str, missing: str, *, yes: str, no: str) -> forms.TypedChoiceField:
    """What was decided, by its consequence."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": missing},
    )


class DecideToAssessForm(TimedForm):
    """The decision whether to assess."""

    deed = Deed.ASSESS
    agreed = yes_or_no(
        "What was decided?",
        "Choose what was decided",
        yes="There will be an assessment",
        no="There will be no assessment: the request is refused",
    )
    decided_on = recent_day("When was the family told?", "Choose the day the family was told")


class DecideOnPlanForm(TimedForm):
    """The decision whether to make a plan."""

    deed = Deed.PLAN
    agreed = yes_or_no(
        "What was decided?",
        "Choose what was decided",
        yes="A plan will be made",
        no="No plan will be made",
    )
    decided_on = recent_day("When was the family told?", "Choose the day the family was told")


class ChangeForm(EventForm):
    """The change of a refusal."""

    basis = forms.ChoiceField(
        label="How was the refusal changed?",
        choices=[
            (Basis.TRIBUNAL, "The Tribunal ordered it"),
            (Basis.MEDIATION, "It was agreed in mediation"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the refusal was changed"},
    )
    decided_on = recent_day(
        "What is the date of the order or the agreement?",
        "Choose the date of the order or the agreement",
    )


class TellFamilyForm(TimedForm):
    """The day on which the family was told that there will be an assessment after all."""

    deed = Deed.TELL
    told_on = recent_day("When was the family told?", "Choose the day the family was told")


class ExceptionForm(EventForm):
    """A ground on which the time limits need not be met."""

    ground = forms.ChoiceField(
        label="On which ground?",
        help_text="Regulation 10(4) of the SEND Regulations 2014.",
        choices=[choice for choice in Ground.choices if choice[0] != Ground.NOT_STATED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the ground of the exception"},
    )
    noted_on = recent_day("Since when is it known?", "Choose the day it became known")


class SendDraftForm(TimedForm):
    """A draft plan that was sent."""

    deed = Deed.DRAFT
    sent_on = recent_day("When was the draft sent?", "Choose the day the draft was sent")


class IssuePlanForm(TimedForm):
    """The final plan that was issued."""

    deed = Deed.ISSUE
    issued_on = recent_day(
        "When was the final plan issued?", "Choose the day the final plan was issued"
    )


class WithdrawForm(EventForm):
    """The withdrawal of a request."""

    withdrawn_on = recent_day(
        "When was the request withdrawn?", "Choose the day the request was withdrawn"
    )
