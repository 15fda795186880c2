"""Signing in through the council's own directory, by OpenID Connect: Entra ID, or one like it.

An account is found by the one claim that never changes and is never given to someone else, which an
administrator has entered when inviting. None is made here, and none is found by e-mail address.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from ..models import User
from .second_step import BY_DIRECTORY

PROVIDER = "directory"
SHOWN_TWO_THINGS = {"mfa", "ngcmfa"}  # what a directory's “amr” says then: RFC 8176, and Entra ID


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Which account someone is whom the directory knows."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        user = User.objects.filter(directory_id=sociallogin.account.uid).first()
        if user is None:
            raise ImmediateHttpResponse(
                render(request, "socialaccount/not_invited.html", status=403)
            )
        sociallogin.user = user
        claims = sociallogin.account.extra_data["id_token"]
        if SHOWN_TWO_THINGS.intersection(claims.get("amr", ())):
            request.session[BY_DIRECTORY] = user.pk


class Directory(OpenIDConnectOAuth2Adapter):
    """The council's directory, whose signature on what it says is always looked at."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict:
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


def answer(view: type, request: HttpRequest, provider_id: str) -> HttpResponse:
    """One half of the conversation; there is none where no directory is set up."""
    try:
        return view.adapter_view(Directory(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404("No directory is set up.") from error


@require_POST
def ask(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends someone to the directory."""
    return answer(OAuth2LoginView, request, provider_id)


@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Takes in what the directory says of someone."""
    return answer(OAuth2CallbackView, request, provider_id)
