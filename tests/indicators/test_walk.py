"""A walk: every tile, cell, bar and point leads to exactly the cases that it says, for each role.

A number of a page is read off its link as a reader sees it, the link is followed, and what is
listed there is counted together with what the account may not open. Each role follows some links,
the same ones every time; ``LINKS=100000`` follows all of those pages.
"""

import itertools
import os
import random
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from indicators import registry
from indicators.wording import quantity
from tests.indicators.test_list_is_the_number import listed
from workforce.demo.accounts import PEOPLE
from workforce.models import User

pytestmark = pytest.mark.xdist_group("demonstration")

LINKS, OF_A_PAGE = int(os.environ.get("LINKS", "12")), int(os.environ.get("LINKS", "3"))
PAGES = [reverse("indicators:overview")] + [
    reverse(f"indicators:{page}", args=[indicator.name])
    for page in ("indicator", "why")
    for indicator in registry.listed()
]
PERIODS = [
    "period=month&ending=2018-09-30",
    "period=quarter&ending=2019-06-30",
    "period=rolling-12&ending=2019-06-30",
    "period=year-to-date",
]
LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
PART = re.compile(r'(href|aria-label)="([^"]*)"')
UNSEEN = re.compile(r'<span class="govuk-visually-hidden">.*?</span>|<[^>]+>', re.DOTALL)
NUMBER = r"(-?[\d,]+(?:\.\d+)?)"
MADE_OF = re.compile(rf"{NUMBER} (of|÷) {NUMBER}|{NUMBER} (cases?|not yet known)|{NUMBER}$")


def links(page: str) -> Iterator[tuple[str, str]]:
    """The links of a page to cases, each with what it says: a point or bar by its label."""
    for found, inside in LINK.findall(page):
        part = dict(PART.findall(found))
        address = unescape(part.get("href", ""))
        if urlsplit(address).path.endswith("/cases/"):
            yield address, unescape(part.get("aria-label") or UNSEEN.sub("", inside)).strip()


def leads_to(page, address: str, words: str) -> bool:
    """Whether a link says what it leads to: so many cases, listed or not shown."""
    rows = [case.row for case in (*page.context["filter"].qs, *page.context["filter"].left)]
    assert page.context["shown"] + page.context["not_shown"] == len(rows)
    indicator = registry.indicator(resolve(urlsplit(address).path).kwargs["name"])
    numerator, denominator, undecided = listed(indicator, rows)
    above, below = quantity(numerator), quantity(denominator)
    if getattr(indicator, "moments", 1) > 1:  # each worker is listed once, and not once a month
        below = words.rpartition(" ")[2]
    if parse_qs(urlsplit(address).query).get("answer") == ["unknown"]:
        return words in (f"{quantity(undecided)} not yet known", f"{len(rows):,}")
    cases = f"{below} {'case' if denominator == 1 else 'cases'}"
    return words in (f"{above} of {below}", f"{above} ÷ {below}", cases, f"{len(rows):,}")


@pytest.mark.parametrize("username", [person.username for person in PEOPLE])
def test_what_a_link_says_is_what_it_leads_to(demonstration, client: Client, username):
    client.force_login(User.objects.get(username=username))
    chance = random.Random(username)
    pages = list(itertools.product(PAGES, PERIODS))
    chance.shuffle(pages)
    places = [choice["id"] for choice in client.get(PAGES[0]).context["choices"]]
    followed = set()
    for page, period in pages:
        shown = client.get(f"{page}?{period}&team={chance.choice(places)}")
        told = {address: words for address, words in links(shown.text) if words != "Cases"}
        for address in chance.sample(sorted(told), min(OF_A_PAGE, len(told))):
            number = MADE_OF.search(told[address])
            assert number, f"{told[address]} on {page} says no number."
            assert leads_to(client.get(address), address, number[0]), (page, address, number[0])
            followed.add(address)
        if len(followed) >= LINKS:
            break
    assert len(followed) >= min(LINKS, 12)
