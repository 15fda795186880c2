"""A report in a browser: written by two at once, signed, approved, read, and explained later."""

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from config.workdays import london_day
from indicators import calculate
from indicators.models import Publication, Report
from referrals.models import Referral
from tests import making
from tests.browser.test_corrections import is_fine, opened  # noqa: F401 (a fixture)
from tests.indicators import testshire
from tests.indicators.test_reports import cost, highlight, report

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]


def type_in(page: "Page", label: str, words: str) -> None:
    page.get_by_label(label).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)


def test_a_report_is_saved_as_one_types_and_two_do_not_overwrite_each_other(opened):  # noqa: F811
    shire = testshire.authority()
    child = testshire.child()
    for received_on in (making.Date(2018, 6, 15), making.Date(2019, 6, 15)):
        testshire.referral(received_on, child=child)
    made = report(authority=shire)
    highlight(report=made, accepted=True, trend="It rose.")
    cost(report=made)

    page = opened(
        making.holder("analyst", shire), reverse("indicators:report-detail", args=[made.pk])
    )
    paper, saved = page.get_by_role("region", name="Preview"), page.locator("#status-summary")
    expect(paper.get_by_role("heading", level=1)).to_have_text("Key performance indicators")
    type_in(page, "Summary of report", "It has risen.")
    expect(saved).to_contain_text("Saved at")
    expect(paper).to_contain_text("It has risen.")

    Report.objects.update(summary="What a colleague wrote.")
    type_in(page, "Summary of report", "What I wrote.")
    expect(saved).to_contain_text("Somebody else changed this while you were writing.")
    expect(saved).to_contain_text("What a colleague wrote.")
    expect(page.get_by_label("Summary of report")).to_have_value("What I wrote.")
    is_fine(page)
    page.get_by_role("button", name="Save what I wrote instead").press("Enter")
    expect(saved).to_contain_text("Saved at")
    type_in(page, "Summary of report", "All of us.")
    expect(paper).to_contain_text("All of us.")
    assert Report.objects.get().summary == "All of us."


WRITTEN = {
    "lead_officer": "Director",
    "outcome": "Children are helped.",
    "recommendation": "That the committee notes the indicators.",
    "financial": "None.",
    "cross_council": "None.",
    "contact_name": "Ada",
    "contact_email": "ada@testshire.example",
}


def test_a_report_is_signed_approved_read_by_everybody_and_explained_after_a_correction(
    opened,  # noqa: F811
    live_server,
):
    shire = testshire.authority()
    first = [testshire.child(first_name="Canary", last_name=f"Bird{n}") for n in range(30)]
    for child in first[:12]:
        testshire.referral(making.Date(2018, 6, 15), child=child)
    referrals = [testshire.referral(making.Date(2019, 6, 1), child=child) for child in first]
    today = london_day(timezone.now())
    calculate.drain(today=today)
    made = report(authority=shire, **WRITTEN)
    highlight(report=made, accepted=True, trend="It rose.", background="So.", action="This.")
    author, publisher = (making.holder(role, shire) for role in ("analyst", "publisher"))

    page = opened(author, reverse("indicators:report-detail", args=[made.pk]))
    type_in(page, "Summary of report", "It has risen.")
    expect(page.locator("#status-summary")).to_contain_text("Saved at")
    page.get_by_role("link", name="Sign and publish").press("Enter")
    expect(page.get_by_role("button", name="Sign the report")).to_be_visible()
    page.wait_for_load_state()  # and with it the scripts
    stay = "addEventListener('submit', (event) => event.preventDefault(), {once: true})"
    page.evaluate(stay)
    page.get_by_role("button", name="Sign the report").press("Enter")
    working = page.get_by_role("status").filter(has_text="Making the copy")
    expect(working).to_be_visible()
    expect(working.get_by_role("progressbar")).to_be_visible()
    is_fine(page)
    page.reload()
    page.get_by_role("button", name="Sign the report").press("Enter")
    expect(page.get_by_text("A publisher other than the author has to read")).to_be_visible()
    is_fine(page)

    page = opened(publisher, reverse("indicators:publication-list"))
    expect(page.get_by_role("cell", name="Not published")).to_be_visible()
    is_fine(page)
    page.get_by_role("link", name="Key performance indicators").press("Enter")
    page.get_by_role("button", name="Approve and publish").press("Enter")
    page.get_by_label("I have read this copy").press("Space")
    is_fine(page)
    page.get_by_role("button", name="Publish the report").press("Enter")
    expect(page.get_by_text("Version 1 is published.")).to_be_visible()

    page.context.clear_cookies()
    page.goto(live_server.url + reverse("indicators:published-reports"))
    is_fine(page)
    page.get_by_role("link", name="Key performance indicators").press("Enter")
    expect(page.get_by_role("heading", name="Read the report")).to_be_visible()
    is_fine(page)
    page.get_by_role("link", name="Web page").press("Enter")
    told = page.get_by_role("table", name="Repeat referrals within 12 months, as at 30 June 2019")
    expect(told.locator("tbody tr").first).to_contain_text("40.0%")
    expect(page.locator("body")).not_to_contain_text("Canary")
    is_fine(page)

    Referral.objects.filter(pk=referrals[0].pk).delete()
    calculate.drain(today=today)
    copy = Publication.objects.get()
    page = opened(publisher, reverse("indicators:publication-detail", args=[copy.pk]))
    quarter = page.get_by_role("row", name="Repeat referrals within 12 months Q1 2019-20")
    expect(quarter).to_contain_text("40.0% (12 of 30)")
    expect(quarter).to_contain_text("37.9% (11 of 29)")
    is_fine(page)
    quarter.get_by_role("link", name="Why").press("Enter")
    expect(page.locator("#told")).to_contain_text("1 case counts otherwise")
    is_fine(page)
