"""Who is let in to which page. Every URL declares it; a page that does not is shown to nobody.

A rule is about accounts and pages. Which records a page then shows is the queryset's affair.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import ResolverMatch, resolve
from django.utils.deprecation import MiddlewareMixin

View = TypeVar("View", bound=Callable)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Admission:
    """Who is let in: anyone at all, whoever is signed in, or those who hold one of some roles.

    ``staff`` asks besides that the account uses Django's admin.
    """

    anyone: bool = False
    roles: tuple[str, ...] = ()
    staff: bool = False

    def lets_in(self, user) -> bool:
        """Whether the account may open the page."""
        if self.anyone:
            return True
        if not user.is_authenticated or not user.is_active or (self.staff and not user.is_staff):
            return False
        return not self.roles or user.reach.holds(*self.roles)

    def __call__(self, view: View) -> View:
        """Declare the rule of a view, a function or a class."""
        view.admission = self
        if self.anyone:
            view.login_required = False
        return view


admits_anyone = Admission(anyone=True)
admits_signed_in = Admission()

METHODS = ("GET", "HEAD", "POST")  # which pages take

# Views that are not ours, by the module they come from or the namespace they are listed under.
ELSEWHERE: dict[str, Admission] = {
    "admin": Admission(staff=True),
    "allauth": admits_signed_in,
}


def admits(*roles: str) -> Admission:
    """The rule that lets in those who hold one of the roles, for any place."""
    if not roles:
        raise ValueError("Say which roles are let in, or use admits_signed_in.")
    return Admission(roles=roles)


def admission_of(match: ResolverMatch) -> Admission | None:
    """The rule that a page declares; None where it declares none, and so lets nobody in."""
    view = match.func
    declared = getattr(view, "admission", None) or getattr(
        getattr(view, "view_class", None), "admission", None
    )
    if declared:
        return declared
    for origin in (*match.namespaces[:1], view.__module__.partition(".")[0]):
        if origin in ELSEWHERE:
            open_to_all = not getattr(view, "login_required", True)
            return admits_anyone if open_to_all else ELSEWHERE[origin]
    return None


def opens(user, address: str) -> bool:
    """Whether the page of that address lets the account in."""
    rule = _rule_at(address)
    return rule is not None and rule.lets_in(user)


@lru_cache(maxsize=4096)
def _rule_at(address: str) -> Admission | None:
    """The rule of an address; it stays as it is. Menus ask it, and lists for each link."""
    return admission_of(resolve(address))


def only_methods_of_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware that refuses all other methods, whoever asks: it asks nobody who that is."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in METHODS:
            return get_response(request)
        return HttpResponseNotAllowed(METHODS)

    return answer


class Gate(MiddlewareMixin):
    """The middleware that lets in whom the page's rule lets in, and refuses everyone else."""

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> None:
        rule = admission_of(request.resolver_match)
        if rule is None:
            logger.error("The page %s declares no rule.", request.resolver_match.view_name)
        if rule is None or not rule.lets_in(request.user):
            raise PermissionDenied


def confirm_visible(record: Model, by) -> None:
    """Refuse what an account has just stored, where it may not see it afterwards.

    Asked inside the transaction that stores it. Raises ``ValidationError``.
    """
    found = type(record)._default_manager.all()
    if hasattr(found, "visible_to") and not found.visible_to(by).filter(pk=record.pk).exists():
        raise ValidationError(
            "You could not open this record afterwards, so it was not saved."
            " Ask someone who works with both places to make the change.",
            code="out of reach",
        )
