"""What is done about a record that was refused: an alert, or a page that says why.

Whoever may not see a record is told that there is none, and the view log says that they asked. Two
refusals are followed by more. An account that tries a record in which it has declared an interest
is reported to the auditors. One whose emergency access to the child is over is told so, with what
it had typed.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst

from config.privacy import Answer
from config.problems import SECRET
from workforce import sessions
from workforce.models import Notice, User
from workforce.notices import tell

from . import emergency
from .choices import How
from .looks import record_looks
from .models import Child, EmergencyAccess

SOON = datetime.timedelta(hours=1)
A_DAY = datetime.timedelta(days=1)
LONGEST_KEY = 19  # digits
NOT_SHOWN = ("csrf", *SECRET)


def explained(get_response: Answer) -> Answer:
    """The middleware that looks at what was refused."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if children := _refused(request, response):
            _note(request, children)
            alert(request.user, children)
            if over := _run_out(request.user, children):
                return _ended(request, over)
        _note_chosen(request)
        return response

    return answer


def note_named(request: HttpRequest, keys: Iterable[str], among: QuerySet) -> None:
    """Write down which record a form named by a key without being offered it, as with an address.

    ``among`` are those that the account may choose from. The form says what it says of any key.
    """
    named = {int(key) for key in keys if key.isdecimal() and len(key) < LONGEST_KEY}
    if hidden := named - set(among.filter(pk__in=named).values_list("pk", flat=True)):
        children = among.model.objects.children_of(hidden)
        _note(request, children)
        alert(request.user, children)


def _note_chosen(request: HttpRequest) -> None:
    """Do so for the fields of a form in the admin that point to records of children."""
    listed = getattr(request.resolver_match and request.resolver_match.func, "model_admin", None)
    if listed is None or request.method != "POST" or not request.user.is_authenticated:
        return
    for field in listed.model._meta.concrete_fields:
        objects = getattr(field.related_model, "objects", None)
        if hasattr(objects, "children_of"):
            seen = objects.visible_to(request.user)
            note_named(request, request.POST.getlist(field.name), seen)


def alert(user: User, children: set[int]) -> None:
    """Tell the auditors that an account tried records in which it has declared an interest.

    However often it tries within an hour, they are told once.
    """
    for child in emergency.barred_by_interest(user, children):
        text = (
            f"Account {user.pk} tried to open case {child.reference},"
            " in which it has declared an interest. It was refused."
        )
        auditors = list(emergency.auditors(child.authority_id))
        told = Notice.objects.filter(to__in=auditors, created_at__gte=timezone.now() - SOON)
        if not told.filter(text=text).exists():
            with transaction.atomic():
                tell(auditors, text, f"{reverse('referrals:look-list')}?user={user.pk}")


def _note(request: HttpRequest, children: set[int]) -> None:
    """Write in the view log that the records were asked for. Nothing of them was shown."""
    known = Child.objects.filter(pk__in=children).values_list("pk", flat=True)
    record_looks(user=request.user, children=known, how=How.REFUSED, page=request.path)


def _refused(request: HttpRequest, response: HttpResponse) -> set[int]:
    """The children of the record that the answer says there is not; none for any other answer."""
    if response.status_code != 404 or request.resolver_match is None:
        return set()
    model, keys = _asked_for(request.resolver_match)
    objects = getattr(model, "objects", None)
    if not hasattr(objects, "children_of") or not request.user.is_authenticated:
        return set()
    keys = {int(key) for key in keys if str(key).isdecimal()}
    if len(keys) > 1:  # of two records, the one that may be opened was not refused
        keys -= set(
            objects.visible_to(request.user).filter(pk__in=keys).values_list("pk", flat=True)
        )
    return objects.children_of(keys)


def _asked_for(match: ResolverMatch) -> tuple[type[Model] | None, list[Any]]:
    """The kind and the keys of the records that an address names, in the admin or outside it."""
    if listed := getattr(match.func, "model_admin", None):
        return listed.model, [unquote(match.kwargs.get("object_id", ""))]
    model = getattr(getattr(match.func, "view_class", None), "model", None)
    return model, [match.kwargs[name] for name in ("pk", "other") if name in match.kwargs]


def _run_out(user: User, children: set[int]) -> EmergencyAccess | None:
    """The latest emergency access by which the account could open the record until lately."""
    mine = EmergencyAccess.objects.filter(user=user, child__in=children)
    if mine.in_force().exists():
        return None
    lately = mine.over().filter(granted_at__gte=timezone.now() - A_DAY)
    return lately.select_related("child").first()


def _ended(request: HttpRequest, access: EmergencyAccess) -> HttpResponse:
    """The page that says that the access is over, with what was typed on the page that asked."""
    typed = [
        (capfirst(name.replace("_", " ")), ", ".join(values))
        for name, values in request.POST.lists()
        if any(value.strip() for value in values) and not name.startswith(NOT_SHOWN)
    ]
    kept = typed and sessions.keep(request.user, request.path, request.POST)
    context = {"access": access, "typed": typed, "is_kept": kept}
    return render(request, "referrals/emergency_ended.html", context, status=403)
