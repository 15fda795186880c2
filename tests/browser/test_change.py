"""Explaining a change in a browser: from the trend to the cases of one cause."""

import datetime
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from config.history import events_of
from indicators import calculate
from referrals.models import Child, Referral
from tests import making
from tests.browser.test_pages import complaints_at_both_widths
from tests.indicators import testshire
from tests.indicators.moments import at

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

MAY, JUNE = datetime.date(2019, 5, 31), datetime.date(2019, 6, 30)


@pytest.fixture
def manager(browser_page: "Page", live_server) -> "Page":
    """A browser of a manager of Testshire, which recorded one of two referrals of May in June."""
    children = [testshire.child(reference=name) for name in ("C-EARLY", "C-LATE")]
    referrals = [testshire.referral(datetime.date(2019, 5, 6), child=each) for each in children]
    events_of(Child).objects.update(pgh_created_at=at(MAY))
    for referral, day in zip(referrals, (MAY, JUNE), strict=True):
        events = events_of(Referral).objects.filter(pgh_obj_id=referral.pk)
        events.update(pgh_created_at=at(day))
    calculate.drain(today=JUNE)
    client = Client()
    client.force_login(making.holder("service_manager", testshire.authority()))
    name = settings.SESSION_COOKIE_NAME
    browser_page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
    )
    return browser_page


def test_a_trend_leads_to_what_was_recorded_late(manager, live_server):
    month = f"?period=month&ending={MAY}"
    manager.goto(f"{live_server.url}{reverse('indicators:indicator', args=['referrals'])}{month}")
    manager.get_by_role("link", name="Explain a change").click()
    before = manager.get_by_role("group", name="Before")
    before.get_by_label("Period").select_option("May 2019")
    before.get_by_label("As known at the end of").fill(MAY.isoformat())
    manager.get_by_role("button", name="Explain the difference").click()
    expect(manager.locator("#told")).to_contain_text("1 case counts otherwise")
    assert complaints_at_both_widths(manager) == []
    manager.get_by_role("link", name="1 case: Recorded late").click()
    expect(manager.get_by_role("heading", name="Recorded late")).to_be_visible()
    expect(manager.get_by_role("link", name="C-LATE")).to_be_visible()
    expect(manager.get_by_role("link", name="C-EARLY")).to_have_count(0)
