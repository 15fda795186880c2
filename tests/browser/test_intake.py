"""Finding a child and taking a referral in a browser, by keyboard, at both widths."""

import datetime
import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from config.workdays import london_day
from referrals.models import Child, QueuedReferral, Referral
from tests import making
from tests.browser.test_pages import WIDTHS, complaints

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]
wide_and_narrow = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)


@pytest.fixture
def records() -> dict:
    """A caseworker, a child of another team, and one on whose list a manager is."""
    authority = making.authority(name="Testshire")
    east, west = (making.team(authority, name=name) for name in ("East", "West"))
    born_on = london_day(timezone.now()) - datetime.timedelta(days=2900)
    anna = making.child(authority=authority, first_name="Anna", last_name="Katz", born_on=born_on)
    making.involvement(child=anna, team=west)
    hidden = making.child(
        authority=authority, first_name="Zoë", last_name="O’Hara", born_on=born_on
    )
    manager = making.holder("team_manager", west)
    making.restriction_member(restriction=making.restriction(child=hidden), user=manager)
    return {"intake": making.holder("caseworker", east), "manager": manager, "anna": anna}


@pytest.fixture
def opened(browser_page: "Page", live_server):
    """Opens a page for an account that is signed in."""

    def go(user, address: str, width: int) -> "Page":
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        browser_page.context.clear_cookies()
        browser_page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.goto(live_server.url + address)
        return browser_page

    return go


def find(page: "Page", typed: str) -> None:
    """Look for somebody, by keyboard alone."""
    page.get_by_label("Name, case reference").focus()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url("**/find-a-child/*/")


def describe(page: "Page", first_name: str, last_name: str, born_on: datetime.date) -> None:
    page.get_by_label("First name").fill(first_name)
    page.get_by_label("Last name").fill(last_name)
    page.get_by_label("Yes", exact=True).check()
    page.locator("#id_birth_on_day").fill(f"{born_on:%d/%m/%Y}")
    page.get_by_label("Today", exact=True).check()
    page.get_by_label("Who made it?").select_option("Police")
    page.get_by_label("What is the main reason").select_option("Abuse or neglect")
    page.get_by_label("Which team is it for?").select_option("East")


@wide_and_narrow
def test_a_child_is_found_and_a_referral_taken(opened, records, width):
    page = opened(records["intake"], reverse("referrals:find-child"), width)
    assert complaints(page) == []
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_title(re.compile("^Error:"))
    assert complaints(page) == []
    find(page, "kats anna")
    expect(page.get_by_role("heading", name="Anna Katz")).to_be_visible()
    expect(page.get_by_text("7 years, known to West")).to_be_visible()
    assert "atz" not in page.url + page.title()
    assert complaints(page) == []
    page.get_by_role("link", name="Take a referral of Anna Katz").press("Enter")
    expect(page.get_by_role("button", name="Record the referral")).to_be_visible()
    assert complaints(page) == []
    expect(page.locator("#id_received_on_day")).to_be_hidden()
    page.get_by_label("Another date").check()
    assert complaints(page) == []
    page.locator("#id_received_on_day").fill("30/2/2020")
    page.get_by_role("button", name="Record the referral").click()
    expect(page.get_by_role("link", name="Enter a real date")).to_be_visible()
    expect(page.locator("#id_received_on_day")).to_have_value("30")
    assert complaints(page) == []
    page.get_by_label("Yesterday").check()
    page.get_by_label("Who made it?").select_option("School")
    page.get_by_label("What is the main reason").select_option("Family dysfunction")
    page.get_by_label("Which team is it for?").select_option("East")
    page.get_by_role("button", name="Record the referral").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The referral is recorded")
    assert complaints(page) == []
    assert Referral.objects.get().child == records["anna"]


@wide_and_narrow
def test_a_child_who_is_new_after_those_alike_are_shown(opened, records, width):
    page = opened(records["intake"], reverse("referrals:referral-take"), width)
    assert complaints(page) == []
    describe(page, "Ana", "Katz", records["anna"].born_on)
    page.get_by_role("button", name="Record the referral").press("Enter")
    expect(page.get_by_text("Is it one of these children")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("link", name="Choose which child").click()
    expect(page.locator("#id_same_0")).to_be_focused()
    page.get_by_label("No, it is another child").check()
    page.get_by_role("button", name="Record the referral").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The referral is recorded")
    assert Child.objects.filter(first_name="Ana").count() == 1


@wide_and_narrow
def test_a_referral_of_a_restricted_child_reaches_the_one_on_the_list(opened, records, width):
    page = opened(records["intake"], reverse("referrals:find-child"), width)
    find(page, "ohara")
    expect(page.get_by_role("heading", name="Nobody was found")).to_be_visible()
    page.get_by_role("button", name="Take a referral of a new child").press("Enter")
    expect(page.get_by_role("button", name="Record the referral")).to_be_visible()
    describe(page, "Zoe", "OHara", records["anna"].born_on)
    page.get_by_role("button", name="Record the referral").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The referral is recorded. It goes to East.")
    queued = QueuedReferral.objects.get()
    page = opened(records["manager"], reverse("referrals:find-child"), width)
    page.get_by_role("link", name="Referrals that wait for you: 1").press("Enter")
    expect(page).to_have_url(re.compile(reverse("referrals:queuedreferral-list")))
    assert complaints(page) == []
    page = opened(
        records["manager"], reverse("referrals:queuedreferral-detail", args=[queued.pk]), width
    )
    assert complaints(page) == []
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("link", name="Choose which child")).to_be_visible()
    assert complaints(page) == []
    page.get_by_label("The child on record: the referral is recorded").check()
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("is settled")
    assert Referral.objects.get().child == queued.child
