"""The form on which people sign in, in the service's words."""

from allauth.account.forms import LoginForm
from django import forms


class SignInForm(LoginForm):
    """Username and password."""

    login = forms.CharField(
        label="Username",
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter your username"},
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["login"] = self.base_fields["login"]
