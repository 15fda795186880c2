"""The forms on which the events of a case are logged."""

import re
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from config.widgets import recent_day
from workforce.access import CASEWORK
from workforce.choices import AccountRole, TeamKind
from workforce.event_forms import EventForm
from workforce.models import Team, User, Worker

from .choices import Closure, Part, Sex
from .models import Child, Referral


def teams_of(child: Child) -> QuerySet:
    """The teams that a child can be given to."""
    return Team.objects.filter(kind=TeamKind.TEAM, authority=child.authority_id)


class DecideForm(EventForm):
    """The decision on a referral."""

    decided_on = recent_day("When was it decided?", "Choose the day of the decision")
    no_further_action = forms.TypedChoiceField(
        label="What was decided?",
        choices=[("no", "Further action: the case stays open"), ("yes", "No further action")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided"},
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Which team is it for?",
        empty_label="Choose",
        error_messages={"required": "Choose the team that the referral goes to"},
    )

    def __init__(self, *, record: Referral, **options: Any) -> None:
        super().__init__(record=record, **options)
        self.fields["team"].queryset = teams_of(record.child)
        self.fields["team"].initial = record.team_id


class CloseCaseForm(EventForm):
    """The closure of a case."""

    closed_on = recent_day("When was the case closed?", "Choose the day the case was closed")
    closure_reason = forms.ChoiceField(
        label="Why was it closed?",
        choices=Closure.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why the case was closed"},
    )


def parts_of(user: User) -> list[Part]:
    """The parts in which an account may allocate a worker."""
    casework = [Part.SOCIAL_WORKER, Part.REVIEWING_OFFICER, Part.OTHER]
    send = [Part.SEND_OFFICER]
    holds = user.reach.holds
    return (casework if holds(*CASEWORK) else []) + (
        send if holds(AccountRole.SEND_OFFICER) else []
    )


class AllocateForm(EventForm):
    """The worker or team that a child is allocated to."""

    worker = forms.ModelChoiceField(
        Worker.objects.none(),
        label="Who works with the child?",
        required=False,
        empty_label="Nobody yet: the team holds the case",
    )
    part = forms.ChoiceField(label="As what?", widget=forms.RadioSelect)
    started_on = recent_day("From when?", "Choose the day it began")
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="For which team?",
        help_text="Leave this empty for the worker’s own team on that day.",
        required=False,
        empty_label="The worker’s own team",
    )

    def __init__(self, *, record: Child, **options: Any) -> None:
        super().__init__(record=record, **options)
        parts = parts_of(self.user)
        self.fields["part"].choices = [(part.value, part.label) for part in parts]
        self.fields["part"].initial = parts[0].value if parts else None
        self.fields["team"].queryset = teams_of(record)
        employed = Q(employments__left_on=None) | Q(employments__left_on__gt=self.today)
        self.fields["worker"].queryset = (
            Worker.objects.visible_to(self.user)
            .filter(
                employed,
                authority=record.authority_id,
                employments__started_on__lte=self.today,
            )
            .distinct()
        )

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        if not entered.get("worker") and not entered.get("team") and not self.errors:
            self.add_error("team", "Choose a worker above, or the team that holds the case")
        return entered


class EndAllocationForm(EventForm):
    """The end of an allocation."""

    ended_on = recent_day("When did it end?", "Choose the day it ended")


class StartAssessmentForm(EventForm):
    """The start of an assessment."""

    started_on = recent_day("When did the assessment start?", "Choose the day it started")


class CompleteAssessmentForm(EventForm):
    """The completion of an assessment."""

    completed_on = recent_day(
        "When was the assessment completed and authorised?", "Choose the day it was completed"
    )


class BirthForm(EventForm):
    """The birth of a child that was unborn."""

    born_on = recent_day("When was the child born?", "Choose the day of birth")
    first_name = forms.CharField(label="First name, if known", max_length=100, required=False)
    last_name = forms.CharField(label="Last name, if known", max_length=100, required=False)
    sex = forms.ChoiceField(
        label="Sex", choices=Sex.choices, initial=Sex.UNKNOWN, widget=forms.RadioSelect
    )

    def __init__(self, *, record: Child, **options: Any) -> None:
        super().__init__(record=record, **options)
        for name in ("first_name", "last_name"):
            self.fields[name].initial = getattr(record, name)
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


class MoveForm(EventForm):
    """Where a child lives now."""

    address = forms.CharField(
        label="Address",
        max_length=200,
        help_text="House and street, town. Write “no fixed address” where there is none.",
        error_messages={"required": "Enter the address that the child moved to"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    postcode = forms.CharField(
        label="Postcode, if known",
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_postcode(self) -> str:
        typed = re.sub(r"\W", "", self.cleaned_data["postcode"]).upper()
        postcode = f"{typed[:-3]} {typed[-3:]}" if typed else ""
        if postcode and not re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}", postcode):
            raise forms.ValidationError("Enter a full postcode, for example PE27 5BN")
        return postcode


class DeathForm(EventForm):
    """The death of a child."""

    died_on = recent_day("When did the child die?", "Choose the day of death")
