"""A visit logged from the work list, by keyboard alone, at both widths: how much it asks for."""

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from config.workdays import ONE_DAY, london_day
from tests import making
from tests.browser.test_pages import complaints_at_both_widths
from visits.models import Visit

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]
AT_MOST = 6  # activations and filled fields


@pytest.fixture
def family() -> dict:
    """Three siblings of Ann's, two of them with plans whose visits are overdue."""
    today = london_day(timezone.now())
    authority = making.authority(name="Testshire")
    team = making.team(authority, name="East")
    ann = making.worker(authority=authority, first_name="Ann", last_name="Lee")
    making.assignment(employment=making.employment(worker=ann), team=team)
    family = making.family(authority=authority)
    plans = {}
    for name, days in (("Bo", 31), ("Cy", 30), ("Di", 2)):
        child = making.child(authority=authority, first_name=name, last_name="Ray", family=family)
        begun = today - days * ONE_DAY
        making.involvement(child=child, team=team, worker=ann, started_on=begun)
        plans[name] = making.protection_plan(child=child, team=team, started_on=begun)
    return {"plans": plans, "ann": making.holder("caseworker", team, worker=ann), "today": today}


@pytest.fixture
def my_work(browser_page: "Page", live_server, family) -> "Page":
    """The list of what is due for Ann, who is signed in."""
    client = Client()
    client.force_login(family["ann"])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    browser_page.goto(f"{live_server.url}/my-work/")
    return browser_page


class Keyboard:
    """Somebody at a keyboard: Tab costs nothing, and every other key is counted."""

    def __init__(self, page: "Page") -> None:
        self.page, self.pressed = page, 0

    def press(self, wanted: "Locator", key: str) -> None:
        """Go to something with the Tab key, and press a key on it."""
        for _ in range(80):
            if wanted.evaluate("found => found === document.activeElement"):
                self.page.keyboard.press(key)
                self.pressed += 1
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"The Tab key does not lead to {wanted}")

    def choose(self, group: "Locator", label: str) -> None:
        """Go to a group of radio buttons with the Tab key, and on to one of them: one answer."""
        chosen, wanted = group.locator("input:checked"), group.get_by_label(label, exact=True)
        self.press(chosen if chosen.count() else group.get_by_role("radio").first, "Space")
        for _ in range(group.get_by_role("radio").count()):
            if not wanted.is_checked():
                self.page.keyboard.press("ArrowDown")
        expect(wanted).to_be_checked()


def test_a_visit_to_siblings_is_logged_with_six_keys(my_work, family):
    page, keyboard = my_work, Keyboard(my_work)
    first = page.locator(".clocks__item").first
    expect(first).to_contain_text("Bo Ray")
    keyboard.press(first.get_by_role("link", name="Log it"), "Enter")
    expect(page.get_by_text("A visit to Bo Ray was due by")).to_be_visible()
    expect(page.get_by_text("Next visit to Di Ray by")).to_be_visible()
    assert "Ray" not in page.title() + page.url
    assert complaints_at_both_widths(page) == []

    why = page.get_by_role("group", name="Why was it late?")
    expect(why).to_be_hidden()
    keyboard.press(page.get_by_label("Today"), "Space")
    expect(why).to_be_visible()
    for name, how in (("Bo", "Seen, and seen alone"), ("Cy", "Seen, but not alone")):
        group = page.get_by_role("group", name=f"How did it go with {name} Ray?")
        keyboard.choose(group, how)
    keyboard.choose(why, "The child was away")
    keyboard.press(page.get_by_role("button", name="Record the visit"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text(
        re.compile("Bo Ray: The visit of .* is recorded for 2 children. Next visit by")
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    assert complaints_at_both_widths(page) == []
    assert keyboard.pressed <= AT_MOST
    found = Visit.objects.order_by("plan").values_list(
        "plan", "visited_on", "seen_alone", "late_reason"
    )
    assert list(found) == [
        (family["plans"]["Bo"].pk, family["today"], True, "away"),
        (family["plans"]["Cy"].pk, family["today"], False, "away"),
    ]


def test_a_plan_ends_and_another_starts_by_keyboard(my_work, live_server, family):
    page, keyboard = my_work, Keyboard(my_work)
    child = family["plans"]["Bo"].child
    making.referral(child=child, received_on=family["today"] - 40 * ONE_DAY)
    log = f"{live_server.url}/children/{child.pk}/log/"
    page.goto(log)
    keyboard.press(page.get_by_role("link", name="Child protection plan ended"), "Enter")
    expect(page.get_by_role("heading", name="The child protection plan ended")).to_be_visible()
    assert complaints_at_both_widths(page) == []
    keyboard.press(page.get_by_label("Today"), "Space")
    keyboard.press(page.get_by_role("button", name="Record the end"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("The child protection plan ended on")
    page.goto(log)
    keyboard.press(page.get_by_role("link", name="Child protection plan started"), "Enter")
    expect(page.get_by_role("heading", name="A child protection plan started")).to_be_visible()
    assert complaints_at_both_widths(page) == []
    keyboard.press(page.get_by_role("button", name="Record the start"), "Enter")
    expect(page.get_by_role("link", name="Choose the category of abuse")).to_be_visible()
    assert complaints_at_both_widths(page) == []
    keyboard.press(page.get_by_label("Today"), "Space")
    keyboard.choose(page.get_by_role("group", name="For which kind of harm?"), "Neglect")
    keyboard.press(page.get_by_role("button", name="Record the start"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("10 working days after the plan started on")
    assert child.protection_plans.filter(ended_on=None).get().initial_category == "NEG"
