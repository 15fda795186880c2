"""The forms with which emergency access is taken and reviewed."""

from django import forms

from workforce.again import SignInAgainForm

from .choices import EmergencyReason
from .models import EmergencyAccess


class EmergencyAccessForm(SignInAgainForm):
    """Why the records have to be opened now, and that it is really the account's owner who asks."""

    reason_class = forms.ChoiceField(
        label="Why do you need access now?",
        choices=EmergencyReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need access now"},
    )
    reason = forms.CharField(
        label="Say why in a sentence",
        help_text="At least 20 characters. Managers and auditors will read it.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence why you need access now"},
    )
    field_order = ("reason_class", "reason")

    def clean_reason(self) -> str:
        """The sentence without needless blanks, as the database wants it."""
        reason = " ".join(self.cleaned_data["reason"].split())
        for constraint in EmergencyAccess._meta.constraints:
            if constraint.name == "emergency_reason_is_a_sentence":
                constraint.validate(EmergencyAccess, EmergencyAccess(reason=reason))
        return reason


class ReviewForm(forms.Form):
    """What a reviewer found."""

    note = forms.CharField(
        label="What did you find?",
        help_text="For example, whether the access was needed, and what was done with it.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what you found"},
    )
