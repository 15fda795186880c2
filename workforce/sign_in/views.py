"""The page on which people sign in, and the one on which an invited person chooses a password."""

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import PasswordResetConfirmView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy

from ..sessions import ENDED
from .forms import SignInForm


def sign_in_to_admin(request: HttpRequest) -> HttpResponse:
    """The admin has no sign-in page of its own, which would not ask for the second step."""
    if request.user.is_authenticated:
        raise PermissionDenied("The account may not use the admin.")
    return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))


class SignIn(LoginView):
    """Signing in: by username and password, or through the council's directory."""

    form_class = SignInForm

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(
            ended=ENDED.get(self.request.GET.get("ended", "")),
            directories=get_adapter().list_providers(self.request),
            **context,
        )


class Welcome(PasswordResetConfirmView):
    """Choosing a password, by a link that an administrator has sent and that works once."""

    template_name = "account/welcome.html"
    success_url = reverse_lazy("sign-in")

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, "Your password is set. Sign in with it.")
        return response
