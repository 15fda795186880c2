"""The view log in a browser: accessible at both widths, and honest about what is printed."""

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

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
    assert page.locator("tbody tr").count() == 3
    assert "Ada Lee" in page.inner_text("tbody")
    assert complaints(page) == []
    page.get_by_label("How").select_option("Exported row")
    page.get_by_role("button", name="Show").click()
    assert page.locator("tbody tr").count() == 1


@wide_and_narrow
def test_a_day_that_is_none_is_said(opened, records, width):
    page = opened(records["auditor"], "/looks/", width)
    page.get_by_label("Case reference").fill("C-1")
    page.locator("#id_since_day").fill("31/2/2026")
    page.get_by_role("button", name="Show").click()
    assert page.title().startswith("Error:")
    assert complaints(page) == []


@wide_and_narrow
def test_a_manager_sees_who_looked_beside_the_record(opened, records, width):
    page = opened(records["manager"], records["child"], width)
    assert "Who has looked" in page.inner_text("main")
    assert complaints(page) == []


def test_a_record_is_printed_in_its_print_form_alone(opened, records):
    page = opened(records["manager"], records["child"])
    page.emulate_media(media="print")
    assert not page.locator("main").is_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Print this record").click()
    assert complaints(page) == []
    page.emulate_media(media="print")
    assert "Printed by Max" in page.inner_text("main")
    assert "Bo Ray" in page.inner_text("main")
    assert "Who has looked" not in page.inner_text("main")
    assert Look.objects.filter(how=How.PRINT, user=records["manager"]).count() == 1


@wide_and_narrow
def test_a_record_whose_look_cannot_be_kept_is_not_shown(opened, records, width, monkeypatch):
    def refuse(*_) -> None:
        raise DatabaseError

    monkeypatch.setattr(looks, "_insert", refuse)
    page = opened(records["manager"], records["child"], width)
    assert "this record cannot be shown now" in page.inner_text("h1")
    assert complaints(page) == []
