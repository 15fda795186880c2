"""The forms of intake: whom somebody looks for, the referral of a child, and a queue's answer."""

import datetime
from typing import Any

from django import forms
from django.db import models

from config.widgets import DayField, RecentDayField
from workforce.choices import TeamKind
from workforce.models import Team, User

from .actions import Person
from .choices import PrimaryNeed, QueueOutcome, Source
from .models import QueuedReferral
from .rules import UPN
from .search import LONGEST, alike, authorities, telling

NOBODY = "none"  # of those on record
TERM, LATE = datetime.timedelta(days=294), datetime.timedelta(days=60)


class Birth(models.TextChoices):
    """What is known of a child's birth when a referral is taken."""

    BORN = "born", "Yes"
    UNKNOWN = "unknown", "Yes, but the date of birth is not known"
    EXPECTED = "expected", "Not yet"


class FindChildForm(forms.Form):
    """Whom somebody looks for."""

    typed = forms.CharField(
        label="Name, case reference or unique pupil number (UPN)",
        help_text="For a name, the first two letters of each word are enough.",
        max_length=LONGEST,
        error_messages={
            "required": "Enter a name, a case reference or a UPN",
            "max_length": f"Enter {LONGEST} characters or fewer",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.fields["typed"].widget.attrs["autofocus"] = not self.initial

    def clean_typed(self) -> str:
        typed = self.cleaned_data["typed"]
        if not telling(typed):
            raise forms.ValidationError("Enter at least two letters of one of the names")
        return typed


class ReferralForm(forms.Form):
    """A referral of a child who is on record."""

    received_on = RecentDayField(
        label="When was the referral received?",
        error_messages={
            "required": "Choose the day the referral was received",
            "invalid": "Enter a real date, for example 30 6 2019",
        },
    )
    source = forms.ChoiceField(
        label="Who made it?",
        choices=[("", "Choose"), *Source.choices],
        error_messages={"required": "Choose who made the referral"},
    )
    primary_need = forms.ChoiceField(
        label="What is the main reason why the child needs help?",
        choices=[("", "Choose"), *PrimaryNeed.choices],
        error_messages={"required": "Choose the main reason"},
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Which team is it for?",
        empty_label="Choose",
        error_messages={"required": "Choose the team that the referral goes to"},
    )

    def __init__(self, *, user: User, today: datetime.date, **options) -> None:
        super().__init__(**options)
        self.user, self.today = user, today
        self.fields["received_on"].today = today
        self.fields["team"].queryset = Team.objects.filter(
            kind=TeamKind.TEAM, authority__in=authorities(user)
        )

    def told(self) -> dict[str, Any]:
        """What was entered about the referral, as the action takes it."""
        return {
            name: self.cleaned_data[name]
            for name in ("received_on", "source", "primary_need", "team")
        }


class PersonForm(forms.Form):
    """A child who was not found, described on a form about what came in for them.

    Where there are children on record whom the person may be, the form asks. It is mixed into one
    that knows the account (``user``) and the day (``today``).
    """

    first_name = forms.CharField(label="First name", max_length=100, required=False)
    last_name = forms.CharField(label="Last name", max_length=100, required=False)
    birth = forms.ChoiceField(
        label="Is the child born?",
        choices=Birth.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the child is born"},
    )
    birth_on = DayField(
        label="Date of birth, or the day the birth is expected",
        help_text="For example, 30 6 2019. A whole date can be pasted into the first box.",
        required=False,
        error_messages={"invalid": "Enter a real date, for example 30 6 2019"},
    )
    upn = forms.CharField(
        label="Unique pupil number (UPN), if known", max_length=20, required=False
    )
    field_order = ("first_name", "last_name", "birth", "birth_on", "upn")

    def __init__(self, **options) -> None:
        super().__init__(**options)
        for name in {"first_name", "last_name", "upn"} & self.fields.keys():
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_upn(self) -> str:
        upn = "".join(self.cleaned_data["upn"].split()).upper()
        if upn and not UPN.fullmatch(upn):
            raise forms.ValidationError("Enter a UPN of 13 characters, for example A123456789012")
        return upn

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        birth, day = entered.get("birth"), entered.get("birth_on")
        if birth == Birth.UNKNOWN:
            entered["birth_on"] = None
        elif birth and not day and "birth_on" not in self.errors:
            self.add_error("birth_on", "Enter the date of birth, or the day the birth is expected")
        elif birth == Birth.BORN and day and day > self.today:
            self.add_error(
                "birth_on", "This date is in the future. Enter the day the child was born"
            )
        elif birth == Birth.EXPECTED and day and not self.today - LATE <= day <= self.today + TERM:
            self.add_error("birth_on", "Enter a day on which the birth can be expected")
        if birth != Birth.EXPECTED and not (entered.get("first_name") or entered.get("last_name")):
            self.add_error("last_name", "Enter a first or last name, or both")
        if not self.errors:
            self._ask_whether_the_same()
        return entered

    @property
    def person(self) -> Person:
        """The child as described."""
        told, born = self.cleaned_data, self.cleaned_data["birth"] == Birth.BORN
        return Person(
            first_name=told["first_name"],
            last_name=told["last_name"],
            born_on=told["birth_on"] if born else None,
            expected_on=None if born else told["birth_on"],
            upn=told.get("upn", ""),
        )

    def _ask_whether_the_same(self) -> None:
        """Ask whether the child is one of those on record, where there are any whom it may be."""
        children = alike(self.user, self.person, today=self.today)
        if not children:
            return
        self.fields["same"] = forms.ChoiceField(
            label="Is it one of these children, who are on record already?",
            choices=[
                *((str(hit.pk), f"{hit.name}, {hit.summary}") for hit in children),
                (NOBODY, "No, it is another child"),
            ],
            widget=forms.RadioSelect,
        )
        self.order_fields(["same", *self.field_order])
        answer = self.data.get("same")
        if answer in dict(self.fields["same"].choices):
            self.cleaned_data["same"] = answer
        else:
            self.add_error("same", "Choose which child it is")

    @property
    def same(self) -> int | None:
        """The child on record whom the referral is of."""
        answer = self.cleaned_data.get("same", NOBODY)
        return None if answer == NOBODY else int(answer)


class NewChildForm(PersonForm, ReferralForm):
    """A referral of a child who was not found."""


class SettleQueuedForm(forms.Form):
    """What a holder of a list says of a referral in the queue."""

    outcome = forms.ChoiceField(
        label="Which child is the referral of?",
        choices=QueueOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which child the referral is of"},
    )

    def __init__(
        self, *, record: QueuedReferral, user: User, today: datetime.date, **options
    ) -> None:
        super().__init__(**options)
