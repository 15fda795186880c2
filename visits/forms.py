"""The forms that a visit is entered with: in the admin, and on the page of its plan."""

import datetime

from django import forms
from django.utils import timezone

from config.forms import RecordForm
from config.widgets import DayField
from workforce.models import User, Worker

from .choices import Outcome, Place, Purpose
from .models import ProtectionPlan, Visit


class VisitForm(RecordForm):
    """A visit's form: the moment at which it is entered is the moment at which it was recorded."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.recorded_at = timezone.now()


class RecordVisitForm(RecordForm):
    """What a caseworker enters about a visit under a plan, or an attempt at one."""

    visited_on = DayField(
        label="When was the visit?",
        help_text="For example, 30 6 2019. A whole date can be pasted into the first box.",
        error_messages={
            "required": "Enter the date of the visit",
            "invalid": "Enter a real date, for example 30 6 2019",
        },
    )
    outcome = forms.ChoiceField(
        label="How did it go?",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how the visit went"},
    )
    seen_alone = forms.TypedChoiceField(
        label="Was the child seen alone?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    purpose = forms.ChoiceField(
        label="What was it for?",
        choices=Purpose.choices,
        initial=Purpose.STATUTORY,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the visit was for"},
    )
    place = forms.ChoiceField(
        label="Where?",
        choices=Place.choices,
        initial=Place.HOME,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where the visit was made"},
    )

    class Meta:
        model = Visit
        fields = ("visited_on", "outcome", "seen_alone", "purpose", "place", "worker")
        labels = {"worker": "Who visited?"}

    def __init__(
        self, *, record: ProtectionPlan, user: User, today: datetime.date, **options
    ) -> None:
        super().__init__(**{"initial": {"worker": user.worker_id}} | options)
        self.today = today
        self.instance.plan = record
        workers = Worker.objects.visible_to(user).filter(authority=record.child.authority_id)
        self.fields["worker"].queryset = workers
        self.fields["worker"].empty_label = "Not recorded"
