"""The demonstration's role switcher: for its accounts, between its accounts, and nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import making

pytestmark = pytest.mark.django_db
SWITCH = "/switch-role/"


@pytest.fixture
def people() -> dict:
    """Two accounts of a demonstration, and a real one."""
    place = making.authority()
    return {
        "caseworker": making.holder("caseworker", place, username="caseworker", demonstration=True),
        "auditor": making.holder("auditor", place, username="auditor", demonstration=True),
        "real": making.holder("caseworker", place, username="real", demonstration=False),
    }


def test_a_visitor_becomes_another_account_of_the_demonstration(people, client):
    client.force_login(people["caseworker"])
    assert reverse("workforce:switch-role") in client.get("/teams/").text
    answer = client.post(SWITCH, {"to": "auditor"})
    assert (answer.status_code, answer.url) == (302, "/")
    page = client.get("/teams/")
    assert page.context["user"] == people["auditor"]
    assert client.get("/children/").status_code == 403


def test_no_real_account_is_reached(people, client):
    client.force_login(people["caseworker"])
    for name in ("real", "nobody", ""):
        assert client.post(SWITCH, {"to": name}).status_code == 404
    assert client.get("/teams/").context["user"] == people["caseworker"]


def test_a_real_account_does_not_find_it(people, client):
    client.force_login(people["real"])
    assert SWITCH not in client.get("/teams/").text
    assert client.post(SWITCH, {"to": "caseworker"}).status_code == 404


def test_it_is_a_form_that_only_a_page_of_ours_sends(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["caseworker"])
    assert client.get(SWITCH).status_code == 405
    assert client.post(SWITCH, {"to": "auditor"}).status_code == 403
