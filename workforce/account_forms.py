"""The forms on which administrators look after accounts."""

import datetime

from django import forms

from config.widgets import DayField

from .choices import AccountRole
from .models import SecondStepReset, Team, User, Worker


class RoleForm(forms.Form):
    """A role, its place and its days."""

    role = forms.ChoiceField(
        choices=AccountRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a role"},
    )
    place = forms.ModelChoiceField(
        Team.objects.none(),
        label="For which place?",
        help_text="The role counts for the place and all below it.",
        empty_label="Choose a place",
        error_messages={"required": "Choose a place"},
    )
    since = DayField(label="From", error_messages={"required": "Enter the first day"})
    until = DayField(
        label="Until",
        required=False,
        help_text="The first day on which the role is no longer held. Leave it empty for no end.",
    )

    def __init__(self, *args, by: User, today: datetime.date, **options) -> None:
        super().__init__(*args, **options)
        administered = by.reach.places(AccountRole.ADMINISTRATOR)
        self.fields["place"].queryset = Team.objects.filter(pk__in=administered)
        self.fields["since"].initial = today


class InviteForm(RoleForm):
    """A person who is to have an account, with their first role."""

    first_name = forms.CharField(max_length=150, error_messages={"required": "Enter a first name"})
    last_name = forms.CharField(max_length=150, error_messages={"required": "Enter a last name"})
    username = forms.CharField(max_length=150, error_messages={"required": "Enter a username"})
    email = forms.EmailField(
        label="E-mail address at work",
        help_text="The invitation goes there. Nothing about a child is ever sent.",
        error_messages={"required": "Enter an e-mail address"},
    )
    directory_id = forms.CharField(
        label="Identifier in the council’s directory",
        max_length=200,
        required=False,
        empty_value=None,
        help_text="In Entra ID, the object ID. Empty for someone who signs in by password.",
    )
    worker = forms.ModelChoiceField(
        Worker.objects.none(),
        label="Which worker is this?",
        required=False,
        empty_label="None: not someone who holds cases",
        help_text="The account ends with the worker’s last contract.",
    )

    field_order = ["first_name", "last_name", "username", "email", "directory_id", "worker"]

    def __init__(self, *args, by: User, **options) -> None:
        super().__init__(*args, by=by, **options)
        within = by.reach.authorities(AccountRole.ADMINISTRATOR)
        workers = Worker.objects.filter(authority__in=within, account=None)
        self.fields["worker"].queryset = workers


class ResetForm(forms.ModelForm):
    """Why an account's second step is to be set anew."""

    class Meta:
        model = SecondStepReset
        fields = ("reason",)
        labels = {"reason": "How did you make sure who is asking?"}
        help_texts = {
            "reason": "For example: called back on the number of the staff list; the phone is lost."
        }
        error_messages = {"reason": {"required": "Say how you made sure who is asking"}}
