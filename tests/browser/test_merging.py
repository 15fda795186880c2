"""Two records of one child are found, merged and told apart again in a browser, by keyboard."""

import datetime
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from config.workdays import london_day
from tests import making
from tests.browser.test_events import press
from tests.browser.test_pages import complaints_at_both_widths

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.fixture
def opened(browser_page: "Page", live_server) -> "Page":
    """The page of one of two records of Anna Katz, opened by the manager of both."""
    today = london_day(timezone.now())
    east = making.team(making.authority(name="Testshire"), name="East")
    for days, (reference, name) in enumerate([("A1", "Anna"), ("B2", "Anne")], start=3):
        child = making.child(
            authority=east.authority, reference=reference, first_name=name, last_name="Katz"
        )
        before = today - datetime.timedelta(days=days)
        making.involvement(child=child, team=east, started_on=before)
        making.referral(child=child, team=east, received_on=before)
        making.protection_plan(child=child, team=east, started_on=before)
    client = Client()
    client.force_login(making.holder("team_manager", east, first_name="Mo", last_name="Ray"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    browser_page.goto(live_server.url + reverse("referrals:child-log", args=[child.pk]))
    return browser_page


def test_two_records_are_made_one_and_two_again(opened):
    page = opened
    press(page, page.get_by_role("link", name="another record of this child"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Other records")
    assert complaints_at_both_widths(page) == []
    press(page, page.get_by_role("link", name="Anna Katz"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("records of one child?")
    assert "Katz" not in page.title() + page.url
    press(page, page.get_by_role("link", name="Keep A1 instead"), "Enter")
    expect(page.get_by_role("link", name="Keep B2 instead")).to_be_visible()
    press(page, page.get_by_role("button", name="Merge the two records"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("Choose how it was with the case")
    assert complaints_at_both_widths(page) == []
    for question in ("case", "allocated social worker", "child protection plan"):
        group = page.get_by_role("group", name=f"a different {question} on the same days")
        press(page, group.get_by_role("radio").first, "Space")
    press(page, page.get_by_label("Why do you think"), "T")
    press(page, page.get_by_role("button", name="Merge the two records"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("Record B2 is merged into this one.")
    assert complaints_at_both_widths(page) == []
