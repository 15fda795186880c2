"""Signing in, staying signed in and being signed out, in a browser and with its keyboard."""

import re
import time
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from playwright.sync_api import expect

from tests import making
from tests.browser.test_pages import complaints_at_both_widths
from workforce.models import KeptForm, User

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

PASSWORD = "correct horse battery"
LONG = 20_000  # milliseconds, on a busy machine


@pytest.fixture
def team():
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def caseworker(team) -> User:
    return making.holder("caseworker", team, username="ada", password=PASSWORD)


@pytest.fixture
def plan(team):
    made = making.protection_plan(child=making.child(authority=team.authority), team=team)
    making.involvement(child=made.child, team=team)
    return made


def sign_in(page: "Page", address: str, username: str) -> None:
    page.goto(address)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def code(secret: str, half_minutes: int = 0) -> str:
    counter = int(time.time()) // 30 + half_minutes
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def sign_out(page: "Page") -> None:
    page.locator("header").get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Username")).to_be_visible()


def test_the_second_step_is_set_up_and_asked_for(browser_page, live_server, team):
    making.holder("auditor", team.authority, username="ivy", password=PASSWORD, demonstration=False)
    page = browser_page
    sign_in(page, live_server.url, "ivy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up a second step")
    assert complaints_at_both_widths(page) == []
    secret = page.locator(".reckoner-key").inner_text()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert complaints_at_both_widths(page) == []
    recovery = page.locator(".reckoner-codes code").first.inner_text()
    page.goto(f"{live_server.url}{reverse('mfa_index')}")
    assert complaints_at_both_widths(page) == []

    sign_out(page)
    sign_in(page, live_server.url, "ivy")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    assert complaints_at_both_widths(page) == []
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="This code is not right").click()
    expect(page.locator("#id_code")).to_be_focused()
    assert complaints_at_both_widths(page) == []
    page.get_by_label("Code").fill(code(secret, half_minutes=1))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="ivy")).to_be_visible()

    sign_out(page)
    sign_in(page, live_server.url, "ivy")
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="ivy")).to_be_visible()


def test_the_warning_is_answered_by_keyboard(browser_page, live_server, settings, caseworker):
    settings.SESSION_IDLE_SECONDS = 30
    settings.SESSION_WARNING_SECONDS = 27
    settings.SESSION_ASK_SECONDS = 1
    page = browser_page
    sign_in(page, f"{live_server.url}{reverse('sign-in')}?next={reverse('mfa_index')}", "ada")
    change = page.get_by_role("link", name="Change your password")
    change.focus()
    warning = page.get_by_role("alertdialog", name="You are about to be signed out")
    at = page.locator(":focus")
    expect(warning).to_be_visible(timeout=LONG)
    expect(at).to_have_text("You are about to be signed out")
    expect(page.locator("#session-told")).to_have_text("27 seconds")
    assert complaints_at_both_widths(page) == []
    page.keyboard.press("Tab")
    expect(at).to_have_text("Stay signed in")
    page.keyboard.press("Tab")
    expect(at).to_have_text("Sign out")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(change).to_be_focused()
    expect(warning).to_be_visible(timeout=LONG)
    page.keyboard.press("Escape")
    expect(warning).to_be_hidden()


def test_typed_text_outlives_the_session(browser_page, live_server, settings, caseworker, plan):
    settings.SESSION_IDLE_SECONDS = 6
    settings.SESSION_WARNING_SECONDS = 4
    settings.SESSION_ASK_SECONDS = 1
    page = browser_page
    form = live_server.url + reverse("visits:record-visit", args=[plan.pk])
    sign_in(page, form, "ada")
    page.get_by_label("Another date").check()
    page.get_by_label("Day", exact=True).fill("3")
    page.get_by_label("Month").fill("5")
    page.get_by_label("Year").fill("2019")
    page.get_by_label("At school").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in", timeout=LONG)
    expect(page.locator("main")).to_contain_text("You were signed out because")
    assert complaints_at_both_widths(page) == []
    assert KeptForm.objects.get().user == caseworker

    settings.SESSION_IDLE_SECONDS = 900
    settings.SESSION_WARNING_SECONDS = 120
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Not sent yet")).to_be_visible()
    assert complaints_at_both_widths(page) == []
    expect(page.get_by_label("Day", exact=True)).to_have_value("3")
    expect(page.get_by_label("Year")).to_have_value("2019")
    expect(page.get_by_label("At school")).to_be_checked()
    page.get_by_label("Seen, and seen alone").check()
    page.get_by_role("button", name="Record the visit").click()
    expect(page.get_by_role("alert")).to_contain_text("is recorded")
    assert not KeptForm.objects.exists()


def test_a_live_page_that_nobody_touches_is_signed_out(
    browser_page, live_server, settings, caseworker
):
    settings.SESSION_IDLE_SECONDS = 5
    settings.SESSION_WARNING_SECONDS = 2
    sign_in(browser_page, live_server.url, "ada")
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Sign in", timeout=LONG)


def test_the_open_page_of_an_account_that_has_ended_goes_to_the_sign_in_page(
    browser_page, live_server, settings, caseworker
):
    settings.SESSION_ASK_SECONDS = 1
    sign_in(browser_page, f"{live_server.url}{reverse('mfa_index')}", "ada")
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Your account")
    User.objects.update(is_active=False)
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Sign in", timeout=LONG)


def test_staying_in_one_tab_keeps_the_other_open(browser_page, live_server, settings, caseworker):
    settings.SESSION_IDLE_SECONDS = 30
    settings.SESSION_WARNING_SECONDS = 26
    settings.SESSION_ASK_SECONDS = 1
    sign_in(browser_page, f"{live_server.url}{reverse('mfa_index')}", "ada")
    other = browser_page.context.new_page()
    other.goto(browser_page.url)
    for page in (browser_page, other):
        expect(page.locator("#session")).to_be_visible(timeout=LONG)
    settings.SESSION_WARNING_SECONDS = 2
    other.get_by_role("button", name="Stay signed in").click()
    expect(browser_page.locator("#session")).to_be_hidden(timeout=LONG)


def test_the_pages_of_accounts_are_accessible(browser_page, live_server, team, caseworker):
    administrator = making.holder(
        "administrator", team.authority, username="eve", password=PASSWORD
    )
    making.appointment(user=administrator, role="auditor", place=team.authority)
    making.access_review(place=team, confirmed_by=administrator)
    Authenticator.objects.create(user=caseworker, type="totp", data={"secret": "x"})
    page = browser_page
    sign_in(page, f"{live_server.url}{reverse('mfa_index')}", "eve")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    addresses = [reverse(f"workforce:{name}") for name in ("account-list", "invite", "access-list")]
    addresses += [
        reverse(f"workforce:{name}", args=[caseworker.pk])
        for name in ("account-detail", "give-role", "ask-second-step-reset", "account-deeds")
    ]
    addresses += [
        reverse("workforce:access-detail", args=[team.pk]),
        reverse("workforce:account-deeds", args=[administrator.pk]),
        reverse("account_change_password"),
        reverse("mfa_activate_totp"),
        reverse("sign-out"),
        reverse("account_reauthenticate"),
    ]
    told = {}
    for address in addresses:
        page.goto(live_server.url + address)
        if found := complaints_at_both_widths(page):
            told[address] = found
    page.goto(live_server.url + reverse("workforce:invite"))
    page.get_by_role("button", name="Send the invitation").click()
    expect(page).to_have_title(re.compile("^Error:"))
    if found := complaints_at_both_widths(page):
        told["an invitation with errors"] = found
    assert told == {}
