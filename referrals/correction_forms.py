"""The forms on which records that are wrong are dealt with."""

import datetime
from copy import copy
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, DateField, Field, Model, Q
from django.forms import modelform_factory
from django.utils.text import capfirst

from config.forms import RecordForm
from config.history import version
from config.widgets import DayField
from workforce.models import Team, User

from .choices import InError, Settlement
from .corrections import child_of
from .event_forms import EventForm, teams_of
from .models import Child, Correction

NO_NAMES = "Do not write names here."


class StrikeOutForm(EventForm):
    """Why a record should never have been made."""

    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=InError.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong with the record"},
    )
    note = forms.CharField(
        label="Details",
        help_text=f"For example, where it is recorded rightly. {NO_NAMES}",
        max_length=Correction._meta.get_field("why").max_length,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        if entered.get("reason") == InError.OTHER and not entered.get("note"):
            self.add_error("note", "Say what is wrong with the record")
        return entered


class CorrectForm(RecordForm):
    """A record as it should be, and why it was not.

    ``version`` is the one that was shown; whoever sends the form has not seen a later one.
    """

    why = forms.CharField(
        label="Why do you correct it?",
        help_text=f"For example, who told you. {NO_NAMES}",
        max_length=Correction._meta.get_field("why").max_length,
        error_messages={"required": "Say why you correct it"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *, record: Model, user: User, today: datetime.date, **options: Any) -> None:
        super().__init__(**options, instance=copy(record))
        self.today = today
        self.initial.setdefault("version", version(record))
        child = Child.objects.get(pk=child_of(record))
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._narrow(field, child, user, self.initial.get(name))

    def _narrow(self, field: forms.ModelChoiceField, child: Child, user: User, now: Any) -> None:
        """Offer what the account may see of the child's authority, and what is recorded now."""
        kind = field.queryset.model
        found = teams_of(child) if kind is Team else kind.objects.filter(authority=child.authority)
        offered = found.visible_to(user).values("pk")
        field.queryset = kind.objects.filter(Q(pk__in=offered) | Q(pk=now))
        field.empty_label = "Not recorded"

    @property
    def values(self) -> dict[str, Any]:
        """What is to stand in each field."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


def correct_form(model: type[Model], fields: tuple[str, ...]) -> type[CorrectForm]:
    """The form on which these fields of a kind of record are corrected."""
    return modelform_factory(model, form=CorrectForm, fields=fields, formfield_callback=_control)


def _control(field: Field, **options: Any) -> forms.Field:
    """A field with the control that GOV.UK has for its kind."""
    usual = {
        "label": capfirst(str(field.verbose_name)),
        "help_text": field.help_text,
        "required": not field.blank,
    }
    if isinstance(field, DateField):
        invalid = {"invalid": "Enter a real date, for example 30 6 2019"}
        return DayField(**usual, error_messages=invalid)
    if isinstance(field, BooleanField):
        choices = [(True, "Yes"), (False, "No"), *([("", "Not recorded")] if field.null else [])]
        return forms.TypedChoiceField(
            **usual | {"required": not field.null},
            choices=choices,
            coerce=lambda answer: answer == "True",
            empty_value=None,
            widget=forms.RadioSelect,
        )
    if isinstance(field, ArrayField):
        return forms.MultipleChoiceField(
            **usual, choices=field.base_field.choices, widget=forms.CheckboxSelectMultiple
        )
    return field.formfield(**options)


class SettleForm(EventForm):
    """What a manager says of a correction that somebody proposed."""

    outcome = forms.ChoiceField(
        label="Is the correction right?",
        choices=[
            (Settlement.APPROVED, "Yes, make it"),
            (Settlement.REFUSED, "No, leave the record as it is"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the correction is right"},
    )
    note = forms.CharField(
        label="What do you want to say about it?",
        help_text=NO_NAMES,
        max_length=Correction._meta.get_field("note").max_length,
        required=False,
    )
