"""The forms on which people sign in and look after their own account, in the service's words."""

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts


def password(label: str, kind: str = "current-password", **options) -> forms.CharField:
    """A field for a password; ``kind`` is what browsers' password keepers call it."""
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
        **options,
    )


def code() -> forms.CharField:
    """A field for a code from an app, or a recovery code."""
    return forms.CharField(
        label="Code",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "govuk-input--width-10",
            }
        ),
        error_messages={"required": "Enter the code"},
    )


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
    password = password("Password", error_messages={"required": "Enter your password"})

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["login"] = self.base_fields["login"]


class PasswordAgainForm(ReauthenticateForm):
    """The password that shows again who someone is."""

    password = password("Password", error_messages={"required": "Enter your password"})


class NewPasswordForm(ChangePasswordForm):
    """A new password instead of the old one."""

    oldpassword = password("Your password until now")
    password1 = password("New password", "new-password")
    password2 = password("New password again", "new-password")

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        for name in ("password1", "password2"):
            self.fields[name] = self.base_fields[name]
        self.fields["password1"].help_text = " ".join(password_validators_help_texts())
