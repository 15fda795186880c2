"""The forms that plans and visits are entered with: in the admin, and where events are logged."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from config.forms import RecordForm
from config.tables import day
from config.widgets import ask_after
from referrals.event_forms import EventForm, recent_day
from workforce.models import Worker

from .actions import Met
from .choices import Category, LateReason, Outcome, Place, Purpose
from .due import wanted
from .models import ProtectionPlan

ALONE, NOT_ALONE = "alone", "not_alone"
SEEN = [(ALONE, "Seen, and seen alone"), (NOT_ALONE, "Seen, but not alone")]
UNBORN = [(Outcome.MOTHER_SEEN.value, Outcome.MOTHER_SEEN.label)]
NOT_SEEN = [
    (outcome.value, outcome.label)
    for outcome in (Outcome.VIRTUAL, Outcome.ATTEMPTED, Outcome.REFUSED)
]
NOT_VISITED = [("", "Not visited this time")]
WENT = "went"


class VisitForm(RecordForm):
    """A visit's form: the moment at which it is entered is the moment at which it was recorded."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.recorded_at = timezone.now()


class RecordVisitForm(EventForm):
    """What is entered about a visit to a child, or an attempt at one, and to siblings seen with it.

    For each child there is one question: how it went.
    """

    visited_on = recent_day("When was the visit?", "Choose the day of the visit")
    late_reason = forms.ChoiceField(
        label="Why was it late?",
        help_text="Only where it was made after the day on which it was due.",
        choices=LateReason.choices,
        initial=LateReason.NOT_GIVEN,
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
    worker = forms.ModelChoiceField(
        Worker.objects.none(), label="Who visited?", required=False, empty_label="Not recorded"
    )

    def __init__(
        self, *, record: ProtectionPlan, siblings: Sequence[ProtectionPlan], **options: Any
    ) -> None:
        super().__init__(record=record, **options)
        self.plans = [record, *siblings]
        self.names = {plan: WENT if plan == record else f"{WENT}_{plan.pk}" for plan in self.plans}
        self.fields |= {name: self._question(plan) for plan, name in self.names.items()}
        self.order_fields(["visited_on", *self.names.values()])
        due = [each.due_on for each in wanted(self.plans, self.today).values()]
        if due and min(due) < self.today:
            why = self.fields["late_reason"]
            ask_after(why, min(due), of="visited_on", today=self.today)
        else:
            del self.fields["late_reason"]
        workers = Worker.objects.visible_to(self.user)
        self.fields["worker"].queryset = workers.filter(authority=record.child.authority_id)
        self.fields["worker"].initial = self.user.worker_id

    def _question(self, plan: ProtectionPlan) -> forms.ChoiceField:
        """How it went for one child: the form's own has to be said, a sibling may not be there."""
        child, own = plan.child, plan == self.record
        unborn = child.born_on is None or plan.started_on < child.born_on
        return forms.ChoiceField(
            label=f"How did it go with {child}?" if len(self.plans) > 1 else "How did it go?",
            choices=[
                *([] if own else NOT_VISITED),
                *(SEEN if child.born_on else []),
                *(UNBORN if unborn else []),
                *NOT_SEEN,
            ],
            required=own,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose how the visit went"},
        )

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        visited_on = entered.get("visited_on")
        for plan, name in self.names.items():
            if not (visited_on and entered.get(name)):
                continue
            if visited_on < plan.started_on:
                wrong = f"The plan started on {day(plan.started_on)}, after the visit."
            elif plan.ended_on and visited_on > plan.ended_on:
                wrong = f"The plan ended on {day(plan.ended_on)}, before the visit."
            else:
                continue
            self.add_error(name, f"{wrong} Check the day of the visit.")
        answered = {name for name in self.data if name.startswith(WENT) and self.data[name]}
        if not answered <= set(self.names.values()):
            self.add_error(
                None,
                "A child is not visited together with this one any more."
                " Check the answers, and send them again.",
            )
        return entered

    def told(self) -> dict[str, Any]:
        """The visit as the action takes it: how it went for each child that was visited."""
        told = dict(self.cleaned_data)
        went = {plan: told.pop(name) for plan, name in self.names.items()}
        return told | {"met": [_met(plan, answer) for plan, answer in went.items() if answer]}


def _met(plan: ProtectionPlan, answer: str) -> Met:
    if answer in (ALONE, NOT_ALONE):
        return Met(plan, Outcome.SEEN, answer == ALONE)
    return Met(plan, answer)


class StartPlanForm(EventForm):
    """The start of a child protection plan."""

    started_on = recent_day(
        "When was the child protection conference?", "Choose the day the plan started"
    )
    category = forms.ChoiceField(
        label="For which kind of harm?",
        choices=Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the category of abuse"},
    )
    earlier_plans = forms.IntegerField(
        label="How many plans did the child have before, that are not recorded here?",
        help_text="With other authorities too. Leave this as it is if you know of none.",
        initial=0,
        min_value=0,
        max_value=50,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-2"}),
        error_messages={
            "required": "Enter how many, or 0",
            "invalid": "Enter how many in digits, for example 1",
        },
    )


class EndPlanForm(EventForm):
    """The end of a child protection plan."""

    ended_on = recent_day("When did the conference end the plan?", "Choose the day the plan ended")
    category = forms.ChoiceField(
        label="For which kind of harm was it at the end?",
        choices=Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the category of abuse"},
    )

    def __init__(self, *, record: ProtectionPlan, **options: Any) -> None:
        super().__init__(record=record, **options)
        self.fields["category"].initial = record.latest_category or record.initial_category
