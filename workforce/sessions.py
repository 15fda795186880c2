"""Sessions: how long one lasts, what ends it, and what becomes of text typed too late.

A session ends after a quarter of an hour in which its reader did nothing, and after ten hours in
any case. Pages that ask for news by themselves do not count as doing something. A form that is sent
too late is kept for the account, and offered again after signing in.
"""

import datetime
from typing import Any
from urllib.parse import urlencode

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from django_htmx.http import HttpResponseClientRedirect

from config.privacy import Answer

from .models import KeptForm

STARTED, ACTIVE = "started_at", "active_at"
ATTEMPTS_KEPT_FOR = datetime.timedelta(days=366)
STEPS = 60  # how often within the idle limit it is written down that the reader is there
KEY = "key"  # by which a form that is sent again is known
NOT_KEPT = {"csrfmiddlewaretoken", "next"}
ENDED = {
    "idle": "You were signed out because you did nothing for a while.",
    "limit": "You were signed out because you had been signed in for a whole day’s work.",
    "code": "You were signed out because your account asks for a code now. Sign in with it.",
}


def begin(session: SessionBase, now: datetime.datetime) -> None:
    """Note in a session that someone has just signed in."""
    session[STARTED] = session[ACTIVE] = now.timestamp()


def seconds_left(session: SessionBase, now: datetime.datetime) -> dict[str, float]:
    """How many seconds remain until each of the two limits."""
    ends = {
        "idle": session.get(ACTIVE, now.timestamp()) + settings.SESSION_IDLE_SECONDS,
        "limit": session.get(STARTED, now.timestamp()) + settings.SESSION_COOKIE_AGE,
    }
    return {why: end - now.timestamp() for why, end in ends.items()}


def asks_by_itself(view: Any) -> bool:
    """Whether a page asks for this without its reader doing anything."""
    told = getattr(view, "view_initkwargs", {})
    return told.get("live", getattr(getattr(view, "view_class", None), "live", False))


def turn_away(request: HttpRequest, view: Any, to: str, **query: str) -> HttpResponse:
    """Leads to another page first, keeping what was typed; an open page is led there as a whole."""
    here = request.get_full_path()
    if request.method == "POST" and not (
        request.user.is_authenticated and keep(request.user, request.path, request.POST)
    ):
        here = "/"
    if request.htmx:
        here = request.htmx.current_url_abs_path or "/"
    to = f"{to}?{urlencode(query | {'next': here})}"
    return HttpResponseClientRedirect(to) if request.htmx else redirect(to)


def end(request: HttpRequest, view: Any, why: str) -> HttpResponse:
    """The end of a session: the sign-in page says why, and what was typed is kept."""
    response = turn_away(request, view, reverse("sign-in"), ended=why)
    logout(request)
    return response


class Limits:
    """The middleware that ends a session at its limits."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args, kwargs) -> HttpResponse | None:
        """Nothing is answered to a session that is over; one that is used goes on."""
        if not request.user.is_authenticated:
            return self._gone(request, view)
        now = timezone.now()
        if ACTIVE not in request.session:
            begin(request.session, now)
        left = seconds_left(request.session, now)
        why = min(left, key=left.get)
        if left[why] <= 0:
            return end(request, view, why)
        unnoted = settings.SESSION_IDLE_SECONDS - left["idle"]
        if not asks_by_itself(view) and unnoted >= settings.SESSION_IDLE_SECONDS / STEPS:
            request.session[ACTIVE] = now.timestamp()
        return None

    def _gone(self, request: HttpRequest, view: Any) -> HttpResponse | None:
        """An open page of someone who is signed out by now goes to the sign-in page as a whole."""
        if request.htmx and getattr(view, "login_required", True):
            return turn_away(request, view, reverse("sign-in"))
        return None


def context(request: HttpRequest) -> dict[str, Any]:
    """What an open page knows of its session, so that it can warn in time."""
    return {
        "session_limits": {
            "left": SimpleLazyObject(lambda: int(min(left_now(request).values()))),
            "warning": settings.SESSION_WARNING_SECONDS,
            "ask": settings.SESSION_ASK_SECONDS,
        }
    }


def left_now(request: HttpRequest) -> dict[str, float]:
    """How many seconds remain of the session that a page is answered in."""
    return seconds_left(request.session, timezone.now())


def keep(user, path: str, typed: QueryDict) -> bool:
    """Keep for an account what it typed on a page; whether the page is one that offers it again."""
    try:
        page = resolve(path).func
    except Resolver404:
        return False
    if not issubclass(getattr(page, "view_class", object), OffersKept):
        return False
    fields = {
        name: [value.replace("\0", "") for value in typed.getlist(name)]
        for name in typed
        if name not in NOT_KEPT and "password" not in name
    }
    if any(value.strip() for name in fields.keys() - {KEY} for value in fields[name]):
        told = {"typed": fields, "kept_at": timezone.now()}
        KeptForm.objects.update_or_create(user=user, path=path, defaults=told)
    return True


def tidy(now: datetime.datetime) -> None:
    """Delete sessions that are over, text that nobody came back for, and old signings in."""
    SessionStore.clear_expired()
    KeptForm.objects.exclude(pk__in=KeptForm.objects.still_kept(now).values("pk")).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - ATTEMPTS_KEPT_FOR).delete()
    AccessLog.objects.filter(attempt_time__lt=now - ATTEMPTS_KEPT_FOR).delete()


class OffersKept:
    """A page with a form on which text that was typed too late is offered again.

    It goes before FormView. What was kept is deleted once the form is taken. It is offered with the
    key that it carried, for it may have been taken although its sender did not hear of it.
    """

    @cached_property
    def kept(self) -> KeptForm | None:
        """What the account had typed here when its session was over."""
        mine = KeptForm.objects.visible_to(self.request.user).still_kept(timezone.now())
        return mine.filter(path=self.request.path).first()

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        form = super().get_form(form_class)
        if self.request.method == "POST" or self.kept is None:
            return form
        typed = QueryDict(mutable=True)
        for name, values in self.kept.typed.items():
            typed.setlist(name, values)
        form.initial |= {
            name: field.widget.value_from_datadict(typed, {}, name)
            for name, field in form.fields.items()
            if not field.widget.value_omitted_from_data(typed, {}, name)
        }
        return form

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = None if self.request.method == "POST" else self.kept
        return super().get_context_data(kept=shown, **context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        if response.status_code == 302:
            self.forget()
        return response

    def forget(self) -> None:
        """Delete what was kept: the form is taken."""
        if self.kept:
            self.kept.delete()
            self.kept = None


class SessionState(View):
    """How long the session still lasts: what an open page asks for by itself."""

    live = True

    def get(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({}, status=401)
        left = left_now(request)
        return JsonResponse(
            {
                "account": request.user.pk,
                "left": max(0, min(left.values())),
                "extends": left["limit"] > left["idle"],
                "token": get_token(request),
            }
        )


class Stay(SessionState):
    """Going on with a session: the reader has said so, or is typing."""

    live = False

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.session[ACTIVE] = timezone.now().timestamp()
        return self.get(request)


class Keep(View):
    """Takes in what stands in the forms of an open page, shortly before its session ends."""

    live = True

    def post(self, request: HttpRequest) -> HttpResponse:
        if not keep(request.user, request.GET.get("path", ""), request.POST):
            raise Http404("There is no such form.")
        return HttpResponse(status=204)


class Discard(View):
    """Does away with text that was kept, at its owner's wish."""

    def post(self, request: HttpRequest) -> HttpResponse:
        path = request.GET.get("path", "")
        KeptForm.objects.visible_to(request.user).filter(path=path).delete()
        return redirect(path if url_has_allowed_host_and_scheme(path, None) else "/")
