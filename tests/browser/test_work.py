"""My work and the team's in a browser, by keyboard alone, at both widths."""

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from config.workdays import ONE_DAY, london_day
from referrals.models import Involvement
from tests import making
from tests.browser.test_pages import WIDTHS, complaints

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]
wide_and_narrow = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)


@pytest.fixture
def records() -> dict:
    """A child of Ann's with a plan, whose visit is overdue; a referral given to nobody."""
    today = london_day(timezone.now())
    authority = making.authority(name="Testshire")
    team = making.team(authority, name="East")
    ann, ben = (
        making.worker(authority=authority, first_name=name, last_name="Lee")
        for name in ("Ann", "Ben")
    )
    for worker in (ann, ben):
        making.assignment(employment=making.employment(worker=worker), team=team)
    child = making.child(authority=authority, first_name="Bo", last_name="Ray")
    begun = today - 30 * ONE_DAY
    making.involvement(child=child, team=team, worker=ann, started_on=begun)
    making.protection_plan(child=child, team=team, started_on=begun)
    waiting = making.child(authority=authority, first_name="Cy", last_name="Fox")
    making.referral(child=waiting, team=team, received_on=today)
    return {
        "ann": making.holder("caseworker", team, worker=ann),
        "manager": making.holder("team_manager", team),
        "ben": ben,
        "waiting": waiting,
    }


@pytest.fixture
def opened(browser_page: "Page", live_server, records):
    """Opens a page for an account that is signed in."""

    def go(who: str, path: str, width: int) -> "Page":
        client = Client()
        client.force_login(records[who], backend="workforce.sign_in.account.AccountBackend")
        browser_page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                }
            ]
        )
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.goto(live_server.url + path)
        return browser_page

    return go


def reach(page: "Page", wanted: "Locator") -> None:
    """Moves by the tab key until the focus is on it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError("The tab key does not lead there.")


@wide_and_narrow
def test_from_my_work_the_page_that_logs_the_visit_is_one_key_away(opened, width):
    page = opened("ann", "/my-work/", width)
    assert complaints(page) == []
    expect(page.locator(".clocks__item")).to_have_count(1)
    expect(page.locator(".clocks__item")).to_contain_text("Overdue by")
    reach(page, page.get_by_role("link", name="Log it"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/record-visit/?then=my-work")


@wide_and_narrow
def test_a_manager_gives_the_child_that_nobody_has_to_a_worker(opened, records, width):
    page = opened("manager", "/team-work/", width)
    assert complaints(page) == []
    expect(page.locator("section h2").first).to_contain_text("Not given to anybody")
    reach(page, page.get_by_role("checkbox", name="Cy Fox"))
    page.keyboard.press("Space")
    reach(page, page.get_by_role("button", name="Give the ticked children to a worker"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/give/**")
    assert complaints(page) == []
    expect(page.get_by_role("checkbox", name="Cy Fox")).to_be_checked()
    reach(page, page.get_by_label("To whom?"))
    page.keyboard.type("Ben")
    reach(page, page.get_by_role("button", name="Give the cases"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("1 child is with Ben Lee from today.")
    assert complaints(page) == []
    assert Involvement.objects.get(child=records["waiting"]).worker == records["ben"]
