"""A report in a browser: written with the paper beside it, and by two people at once."""

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from indicators.models import Report
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
