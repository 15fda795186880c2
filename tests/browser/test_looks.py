"""The view log in a browser: accessible at both widths, and honest about what is printed."""

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from referrals import looks
from referrals.choices import How
from referrals.looks import record_looks
from referrals.models import Look
from tests import making
from tests.browser.test_pages import WIDTHS, complaints

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]
wide_and_narrow = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)


@pytest.fixture
def records() -> dict:
    """A child whom two people have looked at, the child's manager and an auditor."""
    authority = making.authority(name="Testshire")
    team = making.team(authority, name="East")
    child = making.child(authority=authority, reference="C-1", first_name="Bo", last_name="Ray")
    making.involvement(child=child, team=team)
    ada = making.holder("caseworker", team, first_name="Ada", last_name="Lee")
    for how in (How.PAGE, How.FIGURE, How.EXPORT):
        record_looks(user=ada, children=[child.pk], how=how, page=f"/children/{child.pk}/")
    return {
        "child": reverse("referrals:child-detail", args=[child.pk]),
        "ada": ada,
        "manager": making.holder("team_manager", team, first_name="Max"),
        "auditor": making.holder("auditor", authority, demonstration=True),
    }


@pytest.fixture
def opened(browser_page: "Page", live_server):
    """Opens a page for an account that is signed in."""

    def go(user, address: str, width: int = 1280) -> "Page":
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        browser_page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.goto(live_server.url + address)
        return browser_page

    return go


@wide_and_narrow
def test_an_auditor_reads_who_looked(opened, records, width):
    page = opened(records["auditor"], "/looks/", width)
    assert complaints(page) == []
    page.get_by_label("Case reference").fill("C-1")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody")).to_contain_text("Ada Lee")
    assert complaints(page) == []
    page.get_by_label("How").select_option("Exported row")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("tbody tr")).to_have_count(1)


@wide_and_narrow
def test_a_day_that_is_none_is_said(opened, records, width):
    page = opened(records["auditor"], "/looks/", width)
    page.get_by_label("Case reference").fill("C-1")
    page.locator("#id_since_day").fill("31/2/2026")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_title(re.compile("^Error:"))
    assert complaints(page) == []


@wide_and_narrow
def test_a_manager_sees_who_looked_beside_the_record(opened, records, width):
    page = opened(records["manager"], records["child"], width)
    expect(page.locator("main")).to_contain_text("Who has looked")
    assert complaints(page) == []


def test_a_record_is_printed_in_its_print_form_alone(opened, records):
    page = opened(records["manager"], records["child"])
    page.emulate_media(media="print")
    expect(page.locator("main")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Print this record").click()
    expect(page.locator("main")).to_contain_text("Printed by Max")
    assert complaints(page) == []
    page.emulate_media(media="print")
    expect(page.get_by_text("Printed by Max")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Bo Ray")
    expect(page.locator("main")).not_to_contain_text("Who has looked")
    assert Look.objects.filter(how=How.PRINT, user=records["manager"]).count() == 1


@wide_and_narrow
def test_a_record_whose_look_cannot_be_kept_is_not_shown(opened, records, width, monkeypatch):
    def refuse(*_) -> None:
        raise DatabaseError

    monkeypatch.setattr(looks, "_insert", refuse)
    page = opened(records["manager"], records["child"], width)
    expect(page.locator("h1")).to_contain_text("this record cannot be shown now")
    assert complaints(page) == []
