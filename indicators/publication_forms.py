"""What is entered when a report is signed, and when it is approved."""

from django import forms

from workforce.event_forms import EventForm

from .choices import Profile

FOR_PUBLICATION = [Profile.COUNCIL, Profile.DFE]


class SignForm(EventForm):
    """How small numbers are hidden, and what is otherwise than in the version before."""

    profile = forms.ChoiceField(
        label="How are small numbers hidden?",
        choices=[(each.value, each.label) for each in FOR_PUBLICATION],
        initial=Profile.COUNCIL,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how small numbers are hidden"},
    )
    note = forms.CharField(
        label="What is otherwise than in the version before?",
        help_text="Everybody reads this. Name no child, family or worker.",
        max_length=500,
        error_messages={"required": "Say what is otherwise than in the version before"},
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        if not self.record.publications.published().exists():
            del self.fields["note"]


class ApproveForm(EventForm):
    """That somebody has read the copy which they approve."""

    read = forms.BooleanField(
        label="I have read this copy, and approve that everybody may read it",
        error_messages={"required": "Confirm that you have read the copy"},
    )
