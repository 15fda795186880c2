"""The forms on which records that are wrong are dealt with."""

from typing import Any

from django import forms

from .choices import InError
from .event_forms import EventForm
from .models import StruckOut


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
        help_text="For example, where it is recorded rightly. Do not write names here.",
        max_length=StruckOut._meta.get_field("note").max_length,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        if entered.get("reason") == InError.OTHER and not entered.get("note"):
            self.add_error("note", "Say what is wrong with the record")
        return entered
