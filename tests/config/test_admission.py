"""Every page declares who is let in; whatever declares nothing lets nobody in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from config.admission import Gate, admission_of, admits, admits_anyone, admits_signed_in
from tests import making
from tests.addresses import every_route


def view(request):
    return HttpResponse("inside")


def passes(decorated, user, rf: RequestFactory) -> bool:
    request = rf.get("/")
    request.user = user
    request.resolver_match = ResolverMatch(decorated, (), {})
    try:
        Gate(view).process_view(request, decorated, (), {})
    except PermissionDenied:
        return False
    return True


@pytest.mark.parametrize("route", every_route(), ids=str)
def test_every_route_declares_its_rule(route):
    assert admission_of(route.match) is not None


def test_a_page_without_a_rule_is_shown_to_nobody(db, rf, caplog):
    user = making.holder("administrator", making.authority(), is_superuser=True)
    assert not passes(lambda request: HttpResponse(), user, rf)
    assert "declares no rule" in caplog.text


def test_a_role_is_let_in_and_others_are_not(db, rf):
    page = admits("analyst")(lambda request: HttpResponse())
    assert passes(page, making.holder("analyst", making.authority()), rf)
    assert not passes(page, making.holder("auditor", making.authority()), rf)
    assert not passes(page, making.account(is_superuser=True), rf)
    assert not passes(page, AnonymousUser(), rf)


def test_signed_in_and_anyone(db, rf):
    page = admits_signed_in(lambda request: HttpResponse())
    assert passes(page, making.account(), rf)
    assert not passes(page, making.account(is_active=False), rf)
    assert not passes(page, AnonymousUser(), rf)
    assert passes(admits_anyone(lambda request: HttpResponse()), AnonymousUser(), rf)


def test_a_rule_for_no_role_is_a_mistake():
    with pytest.raises(ValueError, match="which roles"):
        admits()
