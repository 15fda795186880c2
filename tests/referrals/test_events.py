"""What can be logged for a child, and by whom."""

import pytest
from django.urls import reverse

from tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def child():
    team = making.team(name="East")
    child = making.child(authority=team.authority, first_name="Anna", last_name="Katz")
    making.involvement(child=child, team=team)
    return child


@pytest.fixture
def by(child, client):
    user = making.holder("caseworker", child.involvements.get().team)
    client.force_login(user)
    return user


def page(client, child) -> str:
    return client.get(reverse("referrals:child-log", args=[child.pk])).content.decode()


def test_a_referral_is_offered_unless_a_case_is_open(client, by, child):
    assert "Referral received" in page(client, child)
    making.referral(child=child)
    assert "Referral received" not in page(client, child)


def test_a_send_officer_is_offered_no_event_of_a_referral(client, child):
    making.involvement(child=child, part="send_officer", team=child.involvements.get().team)
    client.force_login(making.holder("send_officer", child.authority))
    assert "Referral received" not in page(client, child)


def test_a_child_of_others_has_no_such_page(client, by):
    other = making.child(authority=making.authority())
    assert client.get(reverse("referrals:child-log", args=[other.pk])).status_code == 404


def test_every_page_leads_to_the_search_that_an_event_is_logged_from(client, by, child):
    record = client.get(reverse("referrals:child-detail", args=[child.pk])).content.decode()
    assert f'href="{reverse("referrals:log")}"' in record
    assert f'href="{reverse("referrals:child-log", args=[child.pk])}"' in record
    log = client.get(reverse("referrals:log")).content.decode()
    assert reverse("referrals:find-child") in log


def test_whoever_logs_nothing_is_not_led_there(client, child):
    client.force_login(making.holder("analyst", child.authority))
    assert client.get(reverse("referrals:log")).status_code == 403
    home = client.get(reverse("indicators:overview")).content.decode()
    assert f'href="{reverse("referrals:log")}"' not in home


def test_the_shortcut_can_be_switched_off_and_on(client, by):
    log = reverse("referrals:log")
    assert 'aria-keyshortcuts="l"' in client.get(log).text
    assert "aria-keyshortcuts" not in client.post(log, {"shortcut": "off"}, follow=True).text
    assert "aria-keyshortcuts" not in client.get(reverse("referrals:find-child")).text
    assert 'aria-keyshortcuts="l"' in client.post(log, {"shortcut": "on"}, follow=True).text
