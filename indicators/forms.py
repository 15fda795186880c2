"""What people enter about figures."""

import datetime

from django import forms

from config.widgets import recent_day
from workforce.event_forms import EventForm
from workforce.models import User

from .models import Commentary

THIS, EVERY = "this", "every"


class AnnotationForm(EventForm):
    """What is entered about something that a trend has to be read with."""

    happened_on = recent_day("When was it?", "Choose the day on which it happened")
    words = forms.CharField(
        label="What happened?",
        help_text="In a few words, for example: The team is fully staffed. Name no child.",
        max_length=120,
        error_messages={"required": "Say what happened"},
    )
    about = forms.ChoiceField(
        label="Which charts is it to stand on?",
        choices=[(THIS, "Only those of this indicator"), (EVERY, "Those of every indicator")],
        initial=THIS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which charts it is to stand on"},
    )
    why = forms.CharField(
        label="Why does a new baseline begin?",
        help_text=(
            "Leave this empty unless the average and the limits are to be worked out anew from that"
            " day on, for example because visits are recorded in another way."
        ),
        max_length=300,
        required=False,
    )


class TakeOffForm(EventForm):
    """Why an annotation is taken off the charts."""

    why = forms.CharField(
        label="Why is it taken off?",
        help_text="The history keeps it, with what you say here.",
        max_length=300,
        error_messages={"required": "Say why it is taken off"},
    )


class CommentaryForm(forms.ModelForm):
    """What is said about a figure, in three parts."""

    class Meta:
        model = Commentary
        fields = ("trend", "background", "action")
        labels = {
            "trend": "Trend: what has happened?",
            "background": "Background: what is behind it?",
            "action": "Action: what is being done about it?",
        }
        help_texts = {
            "trend": "Name no child, family or worker: everyone who sees the figure reads this."
        }
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in fields}

    def __init__(self, *args, user: User, today: datetime.date, **options) -> None:
        super().__init__(*args, **options)

    def _post_clean(self) -> None:
        """Nothing: the action checks the commentary as a whole."""
