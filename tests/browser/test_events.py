"""Logging events in a browser, by keyboard alone, at both widths."""

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
from referrals.models import Referral
from tests import making
from tests.browser.test_pages import WIDTHS, complaints

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]
wide_and_narrow = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)


@pytest.fixture
def records() -> dict:
    """A caseworker, and a child with an open case of the team."""
    today = london_day(timezone.now())
    authority = making.authority(name="Testshire")
    team = making.team(authority, name="East")
    child = making.child(
        authority=authority,
        first_name="Anna",
        last_name="Katz",
        born_on=None,
        expected_on=today + datetime.timedelta(days=30),
    )
    worker = making.worker(authority=authority, first_name="Ann", last_name="Lee")
    making.assignment(employment=making.employment(worker=worker), team=team)
    before = today - datetime.timedelta(days=3)
    involvement = making.involvement(child=child, team=team, worker=worker, started_on=before)
    referral = making.referral(child=child, team=team, received_on=before)
    assessment = making.assessment(
        referral=making.referral(child=making.child(authority=authority), team=team)
    )
    return {
        "user": making.holder("caseworker", team),
        "child": child,
        "referral": referral,
        "involvement": involvement,
        "assessment": assessment,
    }


@pytest.fixture
def opened(browser_page: "Page", live_server, records):
    """Opens a page for the caseworker, who is signed in."""

    def go(name: str, key: int | None, width: int) -> "Page":
        client = Client()
        client.force_login(records["user"])
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        browser_page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        browser_page.set_viewport_size({"width": width, "height": 900})
        address = reverse(f"referrals:{name}", args=[key] if key else [])
        browser_page.goto(live_server.url + address)
        return browser_page

    return go


def press(page: "Page", wanted: "Locator", key: str) -> None:
    """Go to something with the Tab key, and press a key on it."""
    for _ in range(80):
        if wanted.evaluate("found => found === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The Tab key does not lead to {wanted}")


@wide_and_narrow
def test_a_decision_and_a_closure_are_logged_from_the_childs_page(opened, records, width):
    page = opened("child-detail", records["child"].pk, width)
    main = page.get_by_role("main")
    press(page, main.get_by_role("button", name="Log…"), "Enter")
    expect(page.get_by_role("heading", name="Log an event")).to_be_visible()
    assert "Katz" not in page.title() + page.url
    assert complaints(page) == []

    press(page, page.get_by_role("link", name="Decision on the referral"), "Enter")
    expect(page.get_by_role("heading", name="Decision on a referral")).to_be_visible()
    assert complaints(page) == []
    press(page, page.get_by_role("button", name="Record the decision"), "Enter")
    expect(page).to_have_title(re.compile("^Error:"))
    assert complaints(page) == []
    press(page, page.get_by_label("Today"), "Space")
    press(page, page.get_by_label("Further action: the case stays open"), "Space")
    press(page, page.get_by_role("button", name="Record the decision"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("The completed assessment is due by")
    assert complaints(page) == []

    press(page, main.get_by_role("button", name="Log…"), "Enter")
    press(page, page.get_by_role("link", name="Case closed"), "Enter")
    expect(page.get_by_text("The allocation of Ann Lee ends on that day")).to_be_visible()
    assert complaints(page) == []
    press(page, page.get_by_label("Today"), "Space")
    press(page, page.get_by_label("Adopted"), "Space")
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Close the case"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("No case is open.")
    closed = Referral.objects.get(pk=records["referral"].pk)
    assert (closed.closed_on, closed.closure_reason) == (london_day(timezone.now()), "RC2")


@wide_and_narrow
def test_the_key_leads_to_the_page_to_log_from_unless_it_is_switched_off(opened, records, width):
    page = opened("child-detail", records["child"].pk, width)
    page.keyboard.press("l")
    expect(page.get_by_role("heading", name="Log an event")).to_be_visible()
    assert complaints(page) == []
    typed = page.get_by_label("Name, case reference")
    expect(typed).to_be_focused()
    page.keyboard.press("l")
    expect(typed).to_have_value("l")
    press(page, page.get_by_role("button", name="Switch the shortcut off"), "Enter")
    expect(page.get_by_role("button", name="Switch the shortcut on")).to_be_visible()
    assert complaints(page) == []
    page = opened("child-detail", records["child"].pk, width)
    page.keyboard.press("l")
    page.keyboard.press("Control+l")
    expect(page).to_have_url(re.compile(reverse("referrals:child-list") + r"\d+/$"))


@wide_and_narrow
def test_the_page_of_every_event_is_accessible_and_fits(opened, records, width):
    told = {}
    for name, of in {
        "decide": "referral",
        "close-case": "referral",
        "start-assessment": "referral",
        "complete-assessment": "assessment",
        "allocate": "child",
        "end-allocation": "involvement",
        "child-born": "child",
        "child-moved": "child",
        "child-died": "child",
    }.items():
        page = opened(name, records[of].pk, width)
        expect(page.locator("h1")).to_have_count(1)
        if found := complaints(page):
            told[name] = found
    assert told == {}
