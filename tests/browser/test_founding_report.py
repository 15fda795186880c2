"""The committee's report of September 2019 is told from the pages of figures, set to its day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from tests.databases import connected_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("demonstration")]

# Indicator and kind of period; the headline, the change, and periods of the trend.
STORY = [
    (
        ("re_referrals", "quarter"),
        ("32.4%", "up 13.9 points"),
        {"Q1 2019-20": "32.4%141 of 435", "Q1 2018-19": "18.5%79 of 427"},
    ),
    (
        ("cp_visits_in_time", "quarter"),
        ("79.0%", "up 13.6 points"),
        {"Q1 2019-20": "79.0%632 of 800", "Q1 2018-19": "65.4%510 of 780"},
    ),
    (
        ("ehc_20_weeks", "quarter"),
        ("0.0%", "down 42.3 points"),
        {"Q4 2018-19": "0.0%0 of 20", "Q3 2018-19": "0.0%0 of 28", "Q2 2018-19": "26.9%7 of 26"},
    ),
    (
        ("turnover_voluntary_12_months", "rolling-12"),
        ("18.0%", "down 6 points"),
        {"to Jun 2019": "18.0%", "to Mar 2019": "23.0%", "to Dec 2018": "30.0%"},
    ),
]


@pytest.fixture
def analyst(demonstration_database: str, browser_page: "Page", live_server) -> Iterator["Page"]:
    """A browser in which the demonstration's analyst is signed in."""
    from workforce.models import User

    with connected_to(demonstration_database):
        client = Client()
        client.force_login(User.objects.get(username="analyst"))
        name = settings.SESSION_COOKIE_NAME
        browser_page.context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        yield browser_page
        client.logout()


def test_is_told_from_the_pages_with_the_day_set_to_the_end_of_june(analyst, live_server):
    from playwright.sync_api import expect

    for (indicator, kind), (headline, change), trend in STORY:
        analyst.goto(f"{live_server.url}/indicators/{indicator}/?period={kind}")
        analyst.get_by_text("Look back").click()
        analyst.get_by_label("As at").fill("2019-06-30")
        analyst.get_by_role("button", name="Show", exact=True).click()
        expect(analyst.get_by_text("by what is on record today")).to_be_visible()
        expect(analyst.locator("#headline")).to_have_text(headline)
        expect(analyst.locator("#live .change").first).to_contain_text(change)
        table = analyst.get_by_role("table", name="Trend of")
        for period, told in trend.items():
            expect(table.get_by_role("row", name=period).first).to_contain_text(period + told)
