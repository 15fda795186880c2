"""The forms on which a merge is proposed, done, refused and undone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from config.views import fact

from .clashes import MINE, THEIRS, clashes
from .event_forms import EventForm
from .merging import IDENTITY, differing, told
from .models import Child

LABELS = {
    "name": "Which name is right?",
    "birth": "Which date of birth is right?",
    "death": "Which date of death is right?",
    "sex": "Which sex is right?",
    "ethnicity": "Which ethnicity is right?",
    "upn": "Which unique pupil number (UPN) is right?",
    "family": "Which family is right?",
    "address": "Which address is right?",
}


def sentence(label: str, missing: str) -> forms.CharField:
    """A reason that somebody gives in a sentence."""
    return forms.CharField(
        label=label,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class OtherRecordForm(EventForm):
    """Another record that may be of the same child, by its case reference."""

    reference = forms.CharField(
        label="Case reference of the other record",
        max_length=60,
        error_messages={"required": "Enter the case reference of the other record"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_reference(self) -> str:
        typed = self.cleaned_data["reference"].strip()
        others = Child.objects.visible_to(self.user).filter(authority=self.record.authority_id)
        self.other = others.filter(reference=typed).exclude(pk=self.record.pk).first()
        if self.other is None:
            raise ValidationError("You can open no other record with this case reference")
        return typed


class ProposeMergeForm(EventForm):
    """Why two records are of one child."""

    note = sentence(
        "Why do you think that it is one child?", "Say why the two records are of one child"
    )

    def __init__(self, *, other: Child, **options: Any) -> None:
        super().__init__(**options)
        self.other = other


class MergeForm(ProposeMergeForm):
    """What becomes of whatever two records of a child say differently, and cannot both have."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.differing = differing(self.record, self.other)
        self.clashes = clashes(self.record, self.other)
        for what in self.differing:
            self.fields[what] = forms.ChoiceField(
                label=LABELS[what],
                choices=[(MINE, said(self.record, what)), (THEIRS, said(self.other, what))],
                initial=MINE,
                widget=forms.RadioSelect,
                error_messages={"required": "Choose which is right"},
            )
        for clash in self.clashes:
            self.fields[clash.key] = forms.ChoiceField(
                label=clash.question,
                choices=clash.ways_out,
                widget=forms.RadioSelect,
                error_messages={"required": f"Choose how it was with the {clash.kind.what}"},
            )
        self.order_fields([name for name in self.fields if name != "note"])

    def decided(self) -> dict[str, Any]:
        """What was entered, as the action takes it."""
        entered = self.cleaned_data
        return {
            "note": entered["note"],
            "taken": [what for what in self.differing if entered[what] == THEIRS],
            "ways_out": {clash.key: entered[clash.key] for clash in self.clashes},
        }


def said(child: Child, what: str) -> str:
    """What a record says of what identifies the child, in words."""
    if not told(child, what):
        return ""
    separator = " " if what == "name" else ", "
    words = (fact(child, name)[1] for name in IDENTITY[what])
    return format_html("<bdi>{}</bdi>", separator.join(filter(None, words)))


class AnswerForm(EventForm):
    """Why a merge is refused, or undone."""

    answer = sentence("Why?", "Say why")
