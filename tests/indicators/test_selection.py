"""A page of figures as at a past day: set in its address, and kept by every link on it."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from indicators import calculate
from tests import making
from tests.indicators import testshire

TODAY = london_day(timezone.now())
PAGES = [
    "/indicators/re_referrals/",
    "/indicators/re_referrals/why/",
    "/indicators/re_referrals/cases/",
    "/indicators/re_referrals/definition/",
]


@pytest.fixture
def reader(db, client: Client) -> Client:
    """An analyst of Testshire, where a child of June 2019 came back in July."""
    authority = testshire.authority()
    again = testshire.child()
    testshire.referral(datetime.date(2019, 6, 3), child=again)
    testshire.referral(datetime.date(2019, 7, 1), child=again)
    calculate.drain(today=TODAY)
    client.force_login(making.holder("analyst", authority))
    return client


def headline(page) -> str:
    figure = page.context["figure"]
    return f"{figure.numerator:.0f} of {figure.denominator:.0f}, {figure.period.label}"


def test_is_of_the_period_that_the_day_is_in(reader):
    page = reader.get(PAGES[0], {"period": "quarter", "as_at": "2019-06-30"})
    assert headline(page) == "0 of 1, Q1 2019-20"


def test_leaves_out_what_happened_after_the_day(reader):
    asked = {"period": "financial-year", "ending": "2020-03-31"}
    assert headline(reader.get(PAGES[0], asked)) == "1 of 2, 2019-20"
    page = reader.get(PAGES[0], asked | {"as_at": "2019-06-30"})
    assert headline(page) == "0 of 1, 2019-20"


@pytest.mark.parametrize("address", PAGES)
def test_every_link_to_figures_keeps_the_day(reader, address):
    shown = reader.get(address, {"period": "quarter", "as_at": "2019-06-30"}).content.decode()
    links = [link for link in re.findall(r'href="([^"]*)"', shown) if "period=" in link]
    assert links
    today = [link for link in links if "as_at=2019-06-30" not in link]
    assert len(today) == ("Show today’s figures" in shown)


def test_says_that_it_looks_back(reader):
    assert "by what is on record today" in reader.get(PAGES[0], {"as_at": "2019-06-30"}).text
    for now in ("", TODAY.isoformat()):
        page = reader.get(PAGES[0], {"as_at": now})
        assert "by what is on record today" not in page.text
        assert "as_at=" not in page.text


@pytest.mark.parametrize("day", [(TODAY + ONE_DAY).isoformat(), "1066-10-14", "soon"])
def test_is_not_there_for_a_day_that_has_no_figures(reader, day):
    assert reader.get(PAGES[0], {"as_at": day}).status_code == 404
