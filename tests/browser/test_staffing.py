"""Workers and posts in a browser: their events are logged by keyboard alone."""

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests import making
from tests.browser.test_events import press
from tests.browser.test_pages import complaints_at_both_widths

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]


@pytest.fixture
def officer(browser_page: "Page", live_server) -> "Page":
    """The page to log from, as a workforce officer sees it who has just signed in."""
    authority = making.authority(name="Testshire")
    making.team(authority, name="East")
    client = Client()
    client.force_login(making.holder("workforce_officer", authority))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    browser_page.goto(live_server.url + reverse("referrals:log"))
    return browser_page


def choose(page: "Page", first: str, *, further: int = 0) -> None:
    """Choose of some answers the first, or one that stands further down."""
    press(page, page.get_by_label(first, exact=True), "Space")
    for _ in range(further):
        page.keyboard.press("ArrowDown")


def test_somebody_starts_and_leaves_again(officer):
    page = officer
    assert complaints_at_both_widths(page) == []
    press(page, page.get_by_role("link", name="Worker started who is new to us"), "Enter")
    press(page, page.get_by_role("button", name="Record the start"), "Enter")
    expect(page).to_have_title(re.compile("^Error:"))
    assert complaints_at_both_widths(page) == []
    press(page, page.get_by_label("Last name"), "End")
    page.keyboard.type("Ray")
    for first in ("Yes", "Today", "Employed by the authority"):
        choose(page, first)
    press(page, page.get_by_label("In which team?"), "E")
    choose(page, "Senior manager", further=4)
    press(page, page.get_by_label("Full-time equivalent"), "End")
    page.keyboard.type("0.6")
    press(page, page.get_by_role("button", name="Record the start"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("0.6 FTE in East, case holder.")
    assert complaints_at_both_widths(page) == []

    press(page, page.get_by_role("button", name="Changed hours or team"), "Enter")
    expect(page.get_by_label("Full-time equivalent")).to_have_value("0.6")
    assert complaints_at_both_widths(page) == []
    press(page, page.get_by_role("link", name="Back"), "Enter")
    press(page, page.get_by_role("button", name="Left"), "Enter")
    expect(page.get_by_role("button", name="Record the leaving")).to_be_visible()
    assert complaints_at_both_widths(page) == []
    choose(page, "Today", further=2)
    for part, typed in (("Day", "1"), ("Month", "1"), ("Year", "2100")):
        press(page, page.get_by_label(part, exact=True), "End")
        page.keyboard.type(typed)
    choose(page, "Resignation", further=4)
    press(page, page.get_by_role("button", name="Record the leaving"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("Ray leaves on 1 January 2100")
