"""Requests that no browser of ours sends: each is answered as a mistake of its sender."""

import pytest
from django.urls import reverse

from referrals.models import Child
from tests import making
from tests.addresses import every_route

pytestmark = pytest.mark.django_db
BEYOND = (2**63 - 1, 2**63, 10**30)  # the largest key there can be, and two that cannot be
MANY = {f"field{number}": "" for number in range(10_000)}


@pytest.fixture
def child(officer) -> Child:
    """A child of an authority in which the officer has every role but the emergency duty."""
    return making.child(authority=making.authority())


@pytest.fixture
def asks(client, officer, child):
    client.force_login(officer)
    return client


@pytest.mark.parametrize("key", BEYOND)
def test_a_key_that_nothing_has_is_not_found(asks, key):
    asked = [route for route in every_route() if route.takes == ("pk",)]
    assert len(asked) > 50
    for route in asked:
        assert asks.get(reverse(route.name, args=[key])).status_code in (403, 404, 405), route


@pytest.mark.parametrize("key", [*BEYOND, "-1", "0x10", "²", "\x00", "'; --"])
def test_a_key_that_nothing_has_is_no_choice_of_a_form(asks, child, key):
    sent = {"worker": key, "team": key, "part": "social_worker", "started_on": "today"}
    answer = asks.post(reverse("referrals:allocate", args=[child.pk]), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() >= {"worker", "team"}
    assert not child.involvements.exists()


@pytest.mark.parametrize(
    "query",
    [
        {"page": "-1", "per_page": "-1"},
        {"page": "1e9", "per_page": str(10**30)},
        {"page": ["1", "2"], "team": ["1", "x", "²"]},
        {"sort": "password", "team": str(10**30)},
        {"received_on": "0000-00-00", "state": "\x00"},
        {"from": "infinity", "to": "9999-99-99"},
    ],
    ids=str,
)
def test_what_a_list_cannot_be_asked_is_said_or_passed_over(asks, query):
    for name in ("referrals:child-list", "referrals:referral-list", "workforce:worker-list"):
        assert asks.get(reverse(name), query).status_code in (200, 400), name


def test_a_form_of_ten_thousand_fields_is_refused(asks):
    assert asks.post(reverse("referrals:find-child"), MANY).status_code == 400


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_what_is_no_form_is_no_entry(asks, kind):
    answer = asks.generic("POST", reverse("referrals:find-child"), "{[", content_type=kind)
    assert answer.status_code in (200, 400, 415)
