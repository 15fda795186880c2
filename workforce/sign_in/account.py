"""Who an account is while it may be used, and what happens when it signs in."""

import datetime
from functools import lru_cache

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from config.admission import opens
from config.workdays import london_day

from .. import sessions
from ..models import Employment, Notice, User
from . import attempts, second_step

MY_WORK = "referrals:my-work"  # where those who hold cases begin


def in_use(today) -> Q:
    """The accounts that may be used: not ended, and not of a worker who has left."""
    contracts = Employment.objects.filter(worker=OuterRef("worker"))
    in_post = contracts.filter(Q(left_on=None) | Q(left_on__gt=today))
    return Q(is_active=True) & (Q(worker=None) | ~Exists(contracts) | Exists(in_post))


class AccountBackend(ModelBackend):
    """Accounts with their passwords. Each request asks anew whether the account may be used."""

    def user_can_authenticate(self, user: User) -> bool:
        return self._usable().filter(pk=user.pk).exists()

    def get_user(self, user_id: int) -> User | None:
        """The account, with how many notices it has not read, as every page says."""
        return _with_notices(london_day(timezone.now())).filter(pk=user_id).first()

    def _usable(self):
        return User.objects.filter(in_use(london_day(timezone.now())))


@lru_cache(maxsize=1)
def _with_notices(today: datetime.date) -> QuerySet:
    """The accounts that may be used; the question that each request asks is put together once."""
    unread = Notice.objects.unread().filter(to=OuterRef("pk")).order_by()
    counted = unread.values("to").annotate(count=Count("pk")).values("count")
    told = {"unread_notices": Coalesce(Subquery(counted), 0)}
    return User.objects.filter(in_use(today)).annotate(**told)


class AccountAdapter(DefaultAccountAdapter):
    """Signing in as we want it: accounts are invited, and guesses counted by ``attempts``."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "The username or password is not correct",
        "incorrect_password": "This is not your password",
        "too_many_login_attempts": "There were too many wrong codes. Wait five minutes.",
        "rate_limited": "There were too many wrong codes. Wait five minutes.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """Nothing here: allauth would count by account alone, so that anyone could close it."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return attempts.address_of(request) or ""

    def get_login_stages(self) -> list[str]:
        return [f"{second_step.SecondStep.__module__}.{second_step.SecondStep.__name__}"]

    def pre_login(self, request: HttpRequest, user: User, **told) -> HttpResponse | None:
        if not AccountBackend().user_can_authenticate(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **told)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        sessions.begin(request.session, timezone.now())

    def post_login(self, request: HttpRequest, user: User, **told) -> HttpResponse:
        response = super().post_login(request, user, **told)
        if response.get("Location") == settings.LOGIN_REDIRECT_URL and user.reach.workers:
            work = reverse(MY_WORK)
            response["Location"] = work if opens(user, work) else response["Location"]
        attempts.remember_browser(request, response, user)
        return response

    def is_reauthentication_required(self, *, app: str, **told) -> bool:
        """Whoever sets up a second step for the first time has just signed in."""
        if app == "allauth.mfa" and not second_step.is_set_up(self.request.user):
            return False
        return super().is_reauthentication_required(app=app, **told)
