"""Emergency access in a browser: taken, ended and reviewed by keyboard, at both widths."""

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from referrals import emergency
from referrals.models import EmergencyAccess
from tests import making
from tests.browser.test_pages import WIDTHS, complaints

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

PASSWORD = "correct horse battery"
SENTENCE = "Police ask where the child is tonight."
wide_and_narrow = pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS)


@pytest.fixture
def child():
    """A child of the East team, whose manager and a caseworker of the West team have accounts."""
    authority = making.authority(name="Testshire")
    east, west = (making.team(authority, name=name) for name in ("East", "West"))
    child = making.child(authority=authority, first_name="Bo", last_name="Ray")
    making.involvement(child=child, team=east)
    accounts = {"taker": ("caseworker", west), "manager": ("service_manager", authority)}
    for username, (role, place) in accounts.items():
        making.holder(role, place, username=username, password=PASSWORD)
    return child


def sign_in(page: "Page", address: str, username: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("link", name=username)).to_be_visible()


def focused(page: "Page") -> str:
    """The control that the keyboard is at: a field by its label, a button by its words."""
    return page.evaluate(
        "(at => (at.labels && at.labels.length ? at.labels[0] : at).textContent.trim())"
        "(document.activeElement)"
    )


def tab_to(page: "Page", name: str) -> None:
    """Go on with the Tab key alone until the control of that name is reached."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"The keyboard does not reach {name}")


def take(page: "Page", address: str) -> None:
    """Take emergency access with the keyboard alone."""
    page.goto(address)
    tab_to(page, "Immediate risk of harm")
    page.keyboard.press("Space")
    tab_to(page, "Say why in a sentence")
    page.keyboard.type(SENTENCE)
    tab_to(page, "Your password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


@wide_and_narrow
def test_taken_and_ended_by_keyboard(browser_page, live_server, child, width):
    page = browser_page
    ask = live_server.url + reverse("referrals:emergency-access", args=[child.pk])
    sign_in(page, f"{live_server.url}{reverse('sign-in')}", "taker", width)
    page.goto(ask)
    assert complaints(page) == []
    tab_to(page, "Open the records for 60 minutes")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Error: Emergency access – Reckoner")
    assert complaints(page) == []
    page.get_by_role("link", name="Choose why you need access now").press("Enter")
    expect(page.get_by_label("Immediate risk of harm")).to_be_focused()

    take(page, ask)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bo Ray")
    banner = page.get_by_role("region", name="Emergency access")
    expect(banner).to_contain_text("60 minutes left")
    assert complaints(page) == []
    tab_to(page, "End now")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The emergency access has ended.")
    assert complaints(page) == []
    page.goto(live_server.url + reverse("referrals:child-detail", args=[child.pk]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your emergency access has ended")
    assert complaints(page) == []


@wide_and_narrow
def test_the_manager_is_told_ends_it_and_reviews_it(browser_page, live_server, child, width):
    taker = making.account("other")
    making.appointment(user=taker, place=child.authority)
    emergency.take(child=child, by=taker, reason_class="other", reason=SENTENCE, page="/")
    page = browser_page
    sign_in(page, f"{live_server.url}{reverse('sign-in')}", "manager", width)
    page.get_by_role("link", name="Notices 1 unread").press("Enter")
    expect(page.get_by_role("button", name="Mark all as read")).to_be_visible()
    assert complaints(page) == []
    page.get_by_role("link", name=f"emergency access to case {child.reference}").press("Enter")
    expect(page.get_by_role("button", name="End this access now")).to_be_visible()
    assert complaints(page) == []
    tab_to(page, "End this access now")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="End this access now")).to_have_count(0)
    page.get_by_role("link", name="Notices").press("Enter")
    expect(page.get_by_role("button", name="Mark all as read")).to_be_visible()
    tab_to(page, "Mark all as read")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Notices", exact=True)).to_be_visible()

    page.goto(live_server.url + reverse("referrals:emergency-access-list"))
    assert complaints(page) == []
    page.get_by_role("row", name=SENTENCE).get_by_role("link").press("Enter")
    expect(page.get_by_label("What did you find?")).to_be_visible()
    tab_to(page, "What did you find?")
    page.keyboard.type("It was needed.")
    tab_to(page, "Record the review")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Your review is recorded.")
    assert complaints(page) == []
    assert EmergencyAccess.objects.get().review_note == "It was needed."
