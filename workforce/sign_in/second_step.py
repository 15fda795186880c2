"""The second step of signing in: a code from an app, or a recovery code; each good once.

Administrators, publishers and auditors must have it: until they do, they reach nothing but the page
on which it is set up. A code is accepted up to 90 seconds early or late, as phones' clocks go.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from config.privacy import Answer

from ..choices import AccountRole
from ..models import User
from ..sessions import end, turn_away
from . import forms

OBLIGED = (AccountRole.ADMINISTRATOR, AccountRole.PUBLISHER, AccountRole.AUDITOR)
BY_DIRECTORY = "second_step_by_directory"
LAST_USED = "last_counter"
WITHOUT_IT = {
    "mfa_activate_totp",
    "account_logout",
    "sign-out",
    "account_login",
    "sign-in",
    "account_reauthenticate",
    "workforce:session",
    "workforce:session-stay",
    "health",
}


def must_have(user: User) -> bool:
    """Whether the account's roles oblige it; the demonstration's accounts are nobody's."""
    return user.reach.holds(*OBLIGED) and not user.demonstration


def is_set_up(user: User) -> bool:
    """Whether the account has an app that makes its codes."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def was_taken(request: HttpRequest) -> bool:
    """Whether the session was begun with a code, or has asked for one since."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def taken_at_directory(request: HttpRequest, user: User) -> bool:
    """Whether the council's directory said that this person has shown two things of theirs."""
    return request.session.get(BY_DIRECTORY) == user.pk


class SecondStep(AuthenticateStage):
    """Asking for the code, after the password or the council's directory."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if taken_at_directory(request, self.login.user):
            return False
        return super()._should_handle(request)


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted, and nobody who must have a second step can do away with it."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or was used before",
        "cannot_delete_authenticator": "Your role must have a second step: you cannot remove it.",
    }

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return "Reckoner"

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not must_have(authenticator.user)


def cipher() -> MultiFernet:
    """What the secrets are encrypted with: made from the installation's key, old ones included."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = [sha256(f"second step {key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in made])


def matching_counter(secret: str, code: str) -> int:
    """The latest half minute that a code was made for, of those that are accepted now."""
    typed = "".join(code.split())
    counters = list(yield_hotp_counters_from_time())
    made_for = (at for at in counters if format_hotp_value(hotp_value(secret, at)) == typed)
    return max(made_for, default=counters[0])


class OnceOnly:
    """A form that takes a code no second time: none that is as old as the last one, or older."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            self._use_up(code)
        return code

    @transaction.atomic
    def _use_up(self, code: str) -> None:
        app = Authenticator.objects.select_for_update().get(pk=self.authenticator.pk)
        counter = matching_counter(decrypt(app.data["secret"]), code)
        if counter <= app.data.get(LAST_USED, 0):
            raise get_adapter().validation_error("incorrect_code")
        app.data[LAST_USED] = counter
        app.save(update_fields=["data"])


class CodeForm(OnceOnly, AuthenticateForm):
    """The code that completes signing in."""

    code = forms.code()


class CodeAgainForm(OnceOnly, ReauthenticateForm):
    """The code that shows again who someone is."""

    code = forms.code()


class SetUpForm(ActivateTOTPForm):
    """The first code of a new app."""

    code = forms.code()


class SetUp(ActivateTOTPView):
    """Setting up the app; the code typed there is used up by it."""

    def form_valid(self, form: ActivateTOTPForm):
        response = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        app.data[LAST_USED] = matching_counter(form.secret, form.cleaned_data["code"])
        app.save(update_fields=["data"])
        record_authentication(self.request, self.request.user, "mfa", reauthenticated=True)
        return response


class SecondStepFirst:
    """The middleware that asks those for a second step who must have one.

    Whoever has none is led to setting it up. A session that was begun by the password alone, before
    it was set up or before a role asked for it, is over.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs):
        """Anything but what is needed for the second step is put off until then."""
        if request.resolver_match.view_name in WITHOUT_IT or not request.user.is_authenticated:
            return None
        if not must_have(request.user) or taken_at_directory(request, request.user):
            return None
        if not is_set_up(request.user):
            return turn_away(request, view, reverse("mfa_activate_totp"))
        return None if was_taken(request) else end(request, view, "code")
