"""Signing in again: showing on a form that it is still the account's owner who sits there."""

import datetime

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from .sessions import STARTED
from .sign_in.second_step import CodeAgainForm, is_set_up

JUST_NOW = datetime.timedelta(minutes=5)


class SignInAgainForm(forms.Form):
    """A form that takes nothing without the account's password, and its second step if it has one.

    An account of the council's directory that has neither here must have signed in there just now.
    """

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )
    code = forms.CharField(
        label="The code from your app, or a recovery code",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        error_messages={"required": "Enter the code from your app"},
    )

    def __init__(self, *args, request: HttpRequest, **options) -> None:
        super().__init__(*args, **options)
        self.request = request
        if not request.user.has_usable_password():
            del self.fields["password"]
        if not is_set_up(request.user):
            del self.fields["code"]

    def clean_password(self) -> None:
        """Wrong ones count as they do on the sign-in page; the right one is not kept."""
        shown = authenticate(
            self.request,
            username=self.request.user.username,
            password=self.cleaned_data["password"],
        )
        if shown != self.request.user:
            raise ValidationError("This is not your password", code="wrong")

    def clean(self) -> None:
        """A code is good once, and so it is used up only where all else is right."""
        if self.fields.keys().isdisjoint({"password", "code"}):
            begun = self.request.session.get(STARTED, 0)
            if timezone.now().timestamp() - begun > JUST_NOW.total_seconds():
                raise ValidationError(
                    "Sign out, sign in again through the council’s directory,"
                    " and come back here within five minutes."
                )
        elif "code" in self.fields and not self.errors:
            again = CodeAgainForm({"code": self.cleaned_data["code"]}, user=self.request.user)
            if not again.is_valid():
                self.add_error("code", again.errors["code"])
