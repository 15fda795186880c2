"""Logging the events of an EHC request in a browser, from the list of work, by keyboard alone."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from config.workdays import ONE_DAY, london_day
from ehcp.models import Decision
from tests import making
from tests.browser.test_events import opened, press  # noqa: F401 (a fixture)
from tests.browser.test_pages import complaints_at_both_widths

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]


@pytest.fixture
def records() -> dict:
    """A SEND officer with a request that waits for its first decision, and one refused."""
    today = london_day(timezone.now())
    authority = making.authority(name="Testshire")
    team = making.team(authority, name="EHC assessments")
    officer = making.worker(authority=authority, first_name="Sam", last_name="Lee")
    received_on = today - datetime.timedelta(days=60)
    requests = []
    for name in ("Katz", "Ray"):
        child = making.child(authority=authority, first_name="Anna", last_name=name)
        told = {"child": child, "team": team}
        making.involvement(**told, worker=officer, part="send_officer", started_on=received_on)
        requests.append(making.request(**told, received_on=received_on))
    waiting, refused = requests
    making.decision(request=refused, agreed=False, decided_on=received_on)
    return {
        "user": making.holder("send_officer", team, worker=officer),
        "waiting": waiting,
        "refused": refused,
    }


def test_a_late_decision_is_logged_from_the_list_of_work(opened, records, live_server):  # noqa: F811
    page = opened("my-work", None, 400)
    press(
        page, page.get_by_role("link", name=re.compile("Log it.*decide whether to assess")), "Enter"
    )
    expect(page.get_by_role("heading", name="Decision whether to assess")).to_be_visible()
    assert "Katz" not in page.title() + page.url
    press(page, page.get_by_label("There will be an assessment"), "Space")
    why = page.get_by_role("group", name="Why was it late?")
    expect(why).to_be_hidden()
    page.get_by_label("Another date").check()
    yesterday = f"{london_day(timezone.now()) - ONE_DAY:%d/%m/%Y}"
    for typed, late in ((yesterday, True), ("1 May 2015", False), ("2015-05-01", False)):
        page.get_by_role("textbox", name="Day").fill(typed)
        expect(why).to_be_visible(visible=late)
    press(page, page.get_by_label("Another date"), "ArrowDown")
    expect(why).to_be_visible()
    press(page, page.get_by_label("Advice was late: educational psychology"), "Space")
    assert complaints_at_both_widths(page) == []
    press(page, page.get_by_role("button", name="Record the decision"), "Enter")
    told = page.get_by_role("alert")
    expect(told).to_contain_text("It was due by")
    expect(told).to_contain_text("Next: decide whether to make a plan, by")
    assert complaints_at_both_widths(page) == []
    decision = Decision.objects.get(agreed=True)
    assert decision.late_reason == "psychology"
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")
    page.goto(live_server.url + reverse("ehcp:request-detail", args=[decision.request_id]))

    press(page, page.get_by_role("main").get_by_role("button", name="Log…"), "Enter")
    press(page, page.get_by_role("link", name="Draft plan sent"), "Enter")
    press(page, page.get_by_role("button", name="Record the draft"), "Enter")
    expect(page).to_have_title(re.compile("^Error:"))
    press(page, page.get_by_label("Today"), "Space")
    press(page, page.get_by_role("button", name="Record the draft"), "Enter")
    expect(page.get_by_role("alert")).to_contain_text("The draft sent on")


def test_the_page_of_every_event_is_accessible_and_fits(opened, records, live_server):  # noqa: F811
    waiting, refused = records["waiting"], records["refused"]
    page = opened("my-work", None, 1280)
    told = {}
    for name, key in {
        "request-new": None,
        "request-of": refused.child_id,
        "decide-to-assess": waiting.pk,
        "decide-on-plan": waiting.pk,
        "change-decision": refused.pk,
        "tell-family": refused.pk,
        "note-exception": waiting.pk,
        "send-draft": waiting.pk,
        "issue-plan": waiting.pk,
        "withdraw": waiting.pk,
    }.items():
        page.goto(live_server.url + reverse(f"ehcp:{name}", args=[key] if key else []))
        expect(page.locator("h1")).to_have_count(1)
        if found := complaints_at_both_widths(page):
            told[name] = found
    assert told == {}
