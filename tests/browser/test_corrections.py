"""A wrong record in a browser: two people correct it, a manager approves, and it is struck out."""

import datetime
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from config.workdays import london_day
from referrals import corrections
from tests import making
from tests.browser.test_pages import WIDTHS, complaints
from visits.models import ProtectionPlan, Visit
from workforce.models import User

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


@pytest.fixture
def opened(browser_page: "Page", live_server):
    """Opens a page for an account, which is signed in."""

    def go(account: User, address: str) -> "Page":
        client = Client()
        client.force_login(account)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        browser_page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        browser_page.goto(live_server.url + address)
        return browser_page

    return go


def is_fine(page: "Page") -> None:
    """Nothing is wrong with the page at any width."""
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        assert complaints(page) == []


def test_a_visit_is_corrected_by_two_then_by_a_manager_and_struck_out(opened):
    today = london_day(timezone.now())
    before = today - datetime.timedelta(days=30)
    team = making.team(making.authority(name="Testshire"), name="East")
    child = making.child(authority=team.authority, first_name="Anna", last_name="Katz")
    making.involvement(child=child, team=team, started_on=before)
    plan = making.protection_plan(child=child, team=team, started_on=before)
    visit = making.visit(plan=plan, visited_on=before + datetime.timedelta(days=2))
    caseworker, manager = (making.holder(role, team) for role in ("caseworker", "team_manager"))

    page = opened(caseworker, reverse("visits:visit-detail", args=[visit.pk]))
    page.get_by_role("button", name="Correct").press("Enter")
    expect(page.get_by_label("Why do you correct it?")).to_be_visible()
    is_fine(page)
    Visit.objects.filter(pk=visit.pk).update(place="school")
    page.get_by_label("Place").select_option("elsewhere")
    page.get_by_label("Why do you correct it?").fill("The family’s diary says so")
    page.get_by_role("button", name="Save the correction").press("Enter")
    expect(page.get_by_role("table", name="Both versions")).to_contain_text("At school")
    expect(page.get_by_label("Place")).to_have_value("elsewhere")
    is_fine(page)
    page.get_by_role("button", name="Save the correction").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The visit is corrected.")
    expect(page.get_by_text("The family’s diary says so")).to_be_visible()
    is_fine(page)

    ProtectionPlan.objects.update(ended_on=today)
    proposed = corrections.propose(
        record=Visit.objects.get(), by=caseworker, values={"place": "home"}, why="A slip"
    )
    page = opened(manager, reverse("referrals:correction-detail", args=[proposed.pk]))
    is_fine(page)
    page.get_by_role("button", name="Approve or refuse").press("Enter")
    page.get_by_label("Yes, make it").check()
    is_fine(page)
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The correction is approved.")

    page = opened(manager, reverse("visits:visit-strike-out", args=[visit.pk]))
    page.get_by_label("It did not happen").check()
    is_fine(page)
    page.get_by_role("button", name="Strike it out").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The visit is struck out.")
    [struck] = child.struck_out.all()
    page = opened(manager, reverse("referrals:struckout-detail", args=[struck.pk]))
    expect(page.get_by_text("Visit as it was")).to_be_visible()
    is_fine(page)
