"""Guessed passwords: how many may be tried, from where, and for which account.

Ten wrong ones for an account from one address close that pair for a quarter of an hour, and leave
the account's owner alone. Whoever tries a few passwords for many accounts is found by the number of
accounts: then only browsers in which the account has signed in before are let in.
"""

import ipaddress
from datetime import timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..models import User

ACCOUNTS_FROM_AN_ADDRESS = 20
ACCOUNTS_FROM_ANYWHERE = 100
KNOWN_BROWSER = "known_browser"
KNOWN_FOR = timedelta(days=90)
KNOWN_ACCOUNTS = 10  # that share a browser


def address_of(request: HttpRequest) -> str | None:
    """The address a request comes from; what a header says of it counts behind the proxy only."""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        found = request.headers.get("X-Forwarded-For", found).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return None


def known_accounts(request: HttpRequest) -> list[str]:
    """The keys of the accounts that have signed in with this browser, the latest first."""
    try:
        return request.get_signed_cookie(KNOWN_BROWSER, max_age=KNOWN_FOR).split()
    except (KeyError, signing.BadSignature):
        return []


def remember_browser(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Keep in the browser that the account has signed in with it."""
    known = dict.fromkeys([str(user.pk), *known_accounts(request)])
    response.set_signed_cookie(
        KNOWN_BROWSER,
        " ".join(list(known)[:KNOWN_ACCOUNTS]),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class Attempts(AxesDatabaseHandler):
    """What is kept of failed attempts, and whether another is let through."""

    def user_login_failed(self, sender, credentials: dict, request=None, **told) -> None:
        """Keeps who was tried, when and from where; not what else stood in the form."""
        with transaction.atomic():
            super().user_login_failed(sender, credentials, request, **told)
            tried = AccessAttempt.objects.filter(username=credentials.get("username"))
            tried.update(get_data="", post_data="")

    def is_locked(self, request: HttpRequest, credentials: dict | None = None) -> bool:
        return super().is_locked(request, credentials) or self.is_spread(request, credentials)

    def is_spread(self, request: HttpRequest, credentials: dict | None) -> bool:
        """Whether this looks like one of many attempts on many accounts."""
        since = timezone.now() - settings.AXES_COOLOFF_TIME
        tried = AccessAttempt.objects.filter(attempt_time__gte=since).aggregate(
            here=Count("username", distinct=True, filter=Q(ip_address=request.axes_ip_address)),
            anywhere=Count("username", distinct=True),
        )
        if tried["here"] < ACCOUNTS_FROM_AN_ADDRESS and tried["anywhere"] < ACCOUNTS_FROM_ANYWHERE:
            return False
        accounts = User.objects.filter(pk__in=known_accounts(request))
        return not accounts.filter(username=(credentials or {}).get("username")).exists()
