"""The form that every event is logged with, and those of the events about workers and posts."""

import datetime
from decimal import Decimal

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model, QuerySet

from config.widgets import RecentDayField, recent_day

from .choices import Contract, Destination, Origin, ReasonForLeaving, Role
from .models import Employment, Team, User
from .staffing import KEEPS_STAFF

NOT_KNOWN = ("", "Not known yet")


class EventForm(forms.Form):
    """What is entered about an event; where that is one of a record, of this ``record``."""

    def __init__(
        self, *, user: User, today: datetime.date, record: Model | None = None, **options
    ) -> None:
        super().__init__(**options)
        self.record, self.user, self.today = record, user, today
        for field in self.fields.values():
            if isinstance(field, RecentDayField):
                field.today = today


def places_kept(user: User) -> QuerySet:
    """The places whose staff records an account keeps."""
    return Team.objects.filter(pk__in=user.reach.places(KEEPS_STAFF))


def hours(most: int, example: str) -> forms.DecimalField:
    """Hours as a part of full time."""
    sentence = f"Enter a number above 0, and no more than {most}, for example {example}"
    return forms.DecimalField(
        label="Full-time equivalent",
        help_text="1 is full time, 0.5 is half time.",
        max_digits=8,
        decimal_places=2,
        validators=[
            MinValueValidator(Decimal("0.01"), sentence),
            MaxValueValidator(most, sentence),
        ],
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_digits", "max_decimal_places", "max_whole_digits"),
            sentence,
        ),
    )


class PostForm(EventForm):
    """A post: the team, the role and the hours."""

    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="In which team?",
        empty_label="Choose a team",
        error_messages={"required": "Choose a team"},
    )
    role = forms.TypedChoiceField(
        label="In which role?",
        choices=[*Role.choices, ("none", "None of these, for example SEND casework officer")],
        coerce=lambda role: "" if role == "none" else role,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )
    fte = hours(2, "0.6")

    def __init__(self, **options) -> None:
        super().__init__(**options)
        self.fields["team"].queryset = places_kept(self.user)


class StartForm(PostForm):
    """The start of somebody who is known from before."""

    started_on = recent_day("When do they start?", "Choose the day on which they start", ahead=True)
    contract = forms.ChoiceField(
        label="Who pays them?",
        choices=Contract.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who pays them"},
    )
    origin = forms.ChoiceField(
        label="Where do they come from?",
        choices=[NOT_KNOWN, *Origin.choices],
        required=False,
    )

    field_order = ["started_on", "contract", "team", "role", "fte", "origin"]


class StartWorkerForm(StartForm):
    """The start of somebody new."""

    first_name = forms.CharField(label="First name, if known", max_length=100, required=False)
    last_name = forms.CharField(
        label="Last name", max_length=100, error_messages={"required": "Enter a last name"}
    )
    registered = forms.TypedChoiceField(
        label="Are they a qualified social worker?",
        help_text="Registered with Social Work England, and so counted in the workforce figures.",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether they are a qualified social worker"},
    )
    registration_number = forms.CharField(
        label="Registration number, if known",
        help_text="Two letters and ten digits, for example SW1234567890.",
        max_length=20,
        required=False,
    )
    reference = forms.CharField(
        label="The authority’s own number, if there is one", max_length=40, required=False
    )

    field_order = [
        "first_name",
        "last_name",
        "registered",
        "registration_number",
        "reference",
        *StartForm.field_order,
    ]

    def clean_registration_number(self) -> str:
        return self.cleaned_data["registration_number"].replace(" ", "").upper()


class ChangePostForm(PostForm):
    """Another team, role or number of hours."""

    started_on = recent_day("From when?", "Choose the day from which it holds", ahead=True)

    field_order = ["started_on", "team", "role", "fte"]

    def __init__(self, *, record: Employment, **options) -> None:
        now = record.assignments.last()
        if now:
            post = {"team": now.team, "role": now.role or "none", "fte": f"{now.fte.normalize():f}"}
            options["initial"] = post | (options.get("initial") or {})
        super().__init__(record=record, **options)


class LeaveForm(EventForm):
    """The end of a worker's time with the authority."""

    left_on = recent_day(
        "When do they leave?",
        "Choose the day on which they leave",
        ahead=True,
        help_text="In post up to the day before; a leaver on this day.",
    )
    reason_for_leaving = forms.ChoiceField(
        label="Why?",
        choices=ReasonForLeaving.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why they leave"},
    )
    destination = forms.ChoiceField(
        label="Where do they go?",
        choices=[NOT_KNOWN, *Destination.choices],
        required=False,
    )


class OpenVacancyForm(PostForm):
    """A post, or a part of one, that stands empty."""

    opened_on = recent_day("Since when?", "Choose the day from which the post stands empty")
    fte = hours(1000, "1")
    reference = forms.CharField(
        label="The post’s own number, if there is one", max_length=40, required=False
    )

    field_order = ["opened_on", "team", "role", "fte", "reference"]


class FillVacancyForm(EventForm):
    """The end of a vacancy."""

    filled_on = recent_day(
        "When was it filled?", "Choose the day on which somebody started in the post"
    )
