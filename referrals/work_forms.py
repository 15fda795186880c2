"""The forms on which managers give cases to workers, and say who stands in for whom."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Count, Q

from config.widgets import DayField
from config.workdays import ONE_DAY
from workforce.models import Team, User, Worker
from workforce.work import MANAGE, Case, stand_ins, workers_of

from .choices import Part


class WorkerChoice(forms.ModelChoiceField):
    """A worker, with how many cases they hold already."""

    def label_from_instance(self, worker: Worker) -> str:
        cases = "1 case" if worker.held == 1 else f"{worker.held} cases"
        return f"{worker}, {cases}"


class ReassignForm(forms.Form):
    """Which cases are given to whom."""

    cases = forms.MultipleChoiceField(
        label="Which children?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one child",
            "invalid_choice": "This child is not with the team any more. Go back, and choose again",
        },
    )
    to = WorkerChoice(
        Worker.objects.none(),
        label="To whom?",
        help_text="They work with the children from today on, and whoever did so ceases to.",
        empty_label="Choose a worker",
        error_messages={"required": "Choose a worker"},
    )

    def __init__(
        self, *, cases: Mapping[str, Case], user: User, today: datetime.date, **options
    ) -> None:
        super().__init__(**options)
        self.asked = cases
        self.fields["cases"].initial = list(cases)
        self.fields["cases"].choices = [(key, told(case)) for key, case in cases.items()]
        still = Q(involvements__ended_on=None) | Q(involvements__ended_on__gt=today)
        self.fields["to"].queryset = workers_of(user.reach.places(*MANAGE), today).annotate(
            held=Count("involvements", filter=still & Q(involvements__started_on__lte=today))
        )

    def chosen(self) -> list[Case]:
        """The cases that were chosen."""
        return [self.asked[key] for key in self.cleaned_data["cases"]]


def told(case: Case) -> str:
    """A case as a list of cases names it."""
    part = Part(case.part).label.lower()
    return f"{case.name} ({case.reference}), {part}: {case.worker or 'nobody'}"


class CoverForm(forms.Form):
    """Which worker is absent, who stands in for them, and on which days."""

    worker = forms.ModelChoiceField(
        Worker.objects.none(),
        label="Who is absent?",
        empty_label="Choose a worker",
        error_messages={"required": "Choose the worker who is absent"},
    )
    account = forms.ModelChoiceField(
        User.objects.none(),
        label="Who covers?",
        help_text="They see the worker’s children, and their work, on those days.",
        empty_label="Choose an account",
        error_messages={"required": "Choose who covers"},
    )
    since = DayField(
        label="First day",
        error_messages={
            "required": "Enter the first day of the cover",
            "invalid": "Enter a real date, for example 30 6 2019",
        },
    )
    last = DayField(
        label="Last day",
        error_messages={
            "required": "Enter the last day of the cover",
            "invalid": "Enter a real date, for example 30 6 2019",
        },
    )

    def __init__(self, *, team: Team, user: User, today: datetime.date, **options) -> None:
        super().__init__(**options)
        self.fields["since"].initial = today
        self.fields["worker"].queryset = workers_of([team.pk], today)
        self.fields["account"].queryset = stand_ins(user.reach.places(*MANAGE), today)

    def clean_last(self) -> datetime.date:
        last, since = self.cleaned_data["last"], self.cleaned_data.get("since")
        if since and last < since:
            raise forms.ValidationError("The last day cannot be before the first day")
        return last

    def told(self) -> dict[str, Any]:
        """The cover as the action takes it: until the day after the last."""
        told = dict(self.cleaned_data)
        return told | {"until": told.pop("last") + ONE_DAY}
