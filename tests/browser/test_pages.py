"""The pages in a browser: accessible at both widths, and live while the records change."""

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from config import frontend
from config.workdays import london_day
from indicators import calculate
from tests import making
from tests.indicators import testshire
from tests.working import Worker, queues

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]

PASSWORD = "correct horse battery"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SOON = 2000  # milliseconds: from a save to the figure on an open page
AXE = Axe().axe_script
WIDTHS = {"wide": 1280, "narrow": 400}


@pytest.fixture
def records() -> dict:
    """Testshire with a team, a child on a plan, and a visit without being seen alone."""
    today = london_day(timezone.now())
    authority = testshire.authority()
    team = making.team(authority, name="East")
    worker = making.worker(authority=authority, first_name="Ann", last_name="Lee", reference="W1")
    making.assignment(employment=making.employment(worker=worker), team=team)
    child = making.child(authority=authority, first_name="Bo", last_name="Ray")
    plan = making.protection_plan(
        child=child, team=team, started_on=today - datetime.timedelta(days=60)
    )
    visit = making.visit(
        plan=plan,
        worker=worker,
        visited_on=today - datetime.timedelta(days=20),
        seen_alone=False,
        recorded_at=timezone.now(),
    )
    for days in range(0, 900, 12):
        testshire.referral(today - datetime.timedelta(days=days), team=team)
    request = making.request(child=child, team=team)
    making.decision(request=request)
    referral = testshire.referral(today, child=child, team=team)
    vacancy = making.vacancy(team=team)
    account = making.holder(
        "service_manager", authority, username="caseworker", password=PASSWORD, first_name="Ada"
    )
    making.appointment(user=account, role="workforce_officer", place=authority)
    calculate.drain(today=today)
    return {
        "team": team,
        "worker": worker,
        "child": child,
        "protectionplan": plan,
        "visit": visit,
        "request": request,
        "referral": referral,
        "vacancy": vacancy,
    }


@pytest.fixture
def signed_in(browser_page: "Page", live_server, records: dict) -> "Page":
    """The overview, just after signing in."""
    browser_page.goto(live_server.url)
    browser_page.get_by_label("Username").fill("caseworker")
    browser_page.get_by_label("Password").fill(PASSWORD)
    browser_page.get_by_role("button", name="Sign in").click()
    expect(browser_page.locator("#live")).to_be_attached()
    return browser_page


@pytest.fixture
def worker(records: dict) -> Iterator[Worker]:
    """A real worker on the test's database."""
    with queues():
        made = Worker()
        try:
            yield made
        finally:
            made.stop()


def addresses(records: dict) -> list[str]:
    apps = {
        "workforce": ["team", "worker", "vacancy"],
        "referrals": ["child", "referral"],
        "ehcp": ["request"],
        "visits": ["protectionplan", "visit"],
    }
    found = [reverse(f"{app}:{kind}-list") for app, kinds in apps.items() for kind in kinds]
    found += [
        reverse(f"{app}:{kind}-detail", args=[records[kind].pk])
        for app, kinds in apps.items()
        for kind in kinds
    ]
    return [
        "/",
        "/?period=year-to-date",
        "/indicators/re_referrals/",
        "/indicators/referrals/?period=rolling-12",
        "/indicators/ehc_weeks_to_issue/",
        "/indicators/re_referrals/cases/?period=rolling-12",
        "/indicators/cp_seen_alone/cases/?period=rolling-12&answer=no",
        *found,
        "/children/?search=nobody",
        reverse("visits:record-visit", args=[records["protectionplan"].pk]),
        reverse("referrals:team-quality", args=[records["team"].pk]),
        f"{reverse('referrals:team-quality', args=[records['team'].pk])}?check=plan-no-worker",
        "/no-such-page/",
    ]


def complaints(page: "Page") -> list[str]:
    page.wait_for_load_state()
    page.locator("main").wait_for()  # a page that a key led to may be on its way
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    told = [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found]
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wider > 0:
        told.append(f"the page is {wider} pixels wider than the window")
    return told


def complaints_at_both_widths(page: "Page") -> list[str]:
    told = []
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        told += [f"{name}: {complaint}" for complaint in complaints(page)]
    return told


@pytest.mark.parametrize("styled", [True, False], ids=["GOV.UK styles", "the plain sheet"])
def test_every_page_is_accessible_and_fits(signed_in, live_server, records, styled, monkeypatch):
    if not styled:
        monkeypatch.setattr(frontend, "available", lambda: False)
    told = {}
    for address in addresses(records):
        signed_in.goto(live_server.url + address)
        if found := complaints_at_both_widths(signed_in):
            told[address] = found
    assert told == {}


def test_signing_in_is_accessible_with_its_errors(browser_page, live_server):
    browser_page.goto(f"{live_server.url}{reverse('sign-in')}")
    assert complaints_at_both_widths(browser_page) == []
    browser_page.get_by_role("button", name="Sign in").click()
    expect(browser_page).to_have_title(re.compile("^Error:"))
    browser_page.get_by_role("link", name="Enter your username").click()
    expect(browser_page.locator("#id_login")).to_be_focused()
    assert complaints_at_both_widths(browser_page) == []


def test_a_refused_form_leads_to_what_is_wrong(signed_in, live_server, records):
    plan = records["protectionplan"]
    signed_in.goto(live_server.url + reverse("visits:record-visit", args=[plan.pk]))
    signed_in.get_by_role("button", name="Record the visit").click()
    expect(signed_in).to_have_title(re.compile("^Error:"))
    assert complaints(signed_in) == []
    signed_in.get_by_role("link", name="Choose the day of the visit").click()
    expect(signed_in.locator("#id_visited_on_today")).to_be_focused()
    signed_in.get_by_role("link", name="Choose how the visit went").click()
    expect(signed_in.locator("#id_went_0")).to_be_focused()


def test_the_keyboard_reaches_content_first(signed_in):
    signed_in.keyboard.press("Tab")
    expect(signed_in.get_by_role("link", name="Skip to main content")).to_be_focused()
    signed_in.keyboard.press("Enter")
    expect(signed_in.locator("#main-content")).to_be_focused()


def test_a_changed_record_moves_the_number_on_an_open_page(signed_in, live_server, worker):
    opened = signed_in
    opened.get_by_role("link", name="Rolling 12 months").click()
    opened.get_by_role("link", name="Children seen alone at child protection visits").first.click()
    expect(opened.locator("#headline")).to_have_text("0.0%")
    opened.locator("#headline-cases").focus()

    other = opened.context.new_page()
    other.goto(opened.url)
    other.locator("#headline-cases").click()
    expect(other.locator("#told")).to_have_text("0 of 1 count.")
    other.locator("tbody a").first.click()
    other.get_by_role("link", name="Child protection plan of Bo Ray").click()
    other.get_by_role("button", name="Record a visit").click()
    other.get_by_label("Today").check()
    other.get_by_label("Seen, and seen alone").check()
    opened.evaluate("window.scrollTo(0, 100)")
    other.get_by_role("button", name="Record the visit").click()
    expect(opened.locator("#headline")).to_have_text("50.0%", timeout=SOON)
    expect(other.get_by_role("alert")).to_have_text(
        re.compile("^((?!is recorded).)*is recorded((?!is recorded).)*$", re.DOTALL)
    )
    expect(opened.locator("#headline-cases")).to_be_focused()
    assert opened.evaluate("window.scrollY") == 100
    expect(opened.locator("#live-message")).to_have_text(re.compile("^Figures updated at"))
    expect(opened.locator("#headline-cases")).to_have_text(re.compile(r"^\s*1 of 2"))


def test_updates_can_be_paused(signed_in, records):
    value = signed_in.locator("#tile-referrals .tile__value")
    expect(value).not_to_be_empty()
    before = value.inner_text()
    signed_in.get_by_role("button", name="Pause updates").click()
    testshire.referral(london_day(timezone.now()), team=records["team"])
    calculate.drain(today=london_day(timezone.now()))
    signed_in.wait_for_timeout(SOON)
    expect(value).to_have_text(before)
    signed_in.get_by_role("button", name="Resume updates").click()
    expect(value).not_to_have_text(before, timeout=SOON)


def test_an_open_page_that_nothing_changes_is_left_alone(signed_in):
    answers = []
    signed_in.on("response", lambda answer: answers.append((answer.url, answer.status)))
    signed_in.evaluate("document.querySelector('.tiles').dataset.mark = 'kept'")
    signed_in.wait_for_timeout(3500)
    asked = [status for url, status in answers if "/live/" in url]
    assert len(asked) >= 2
    assert set(asked) == {204}
    assert signed_in.evaluate("document.querySelector('.tiles').dataset.mark") == "kept"
