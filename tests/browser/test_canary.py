"""A child who cannot be mistaken is looked for in everything that pages leave behind them.

The site is driven as people do, mistakes and errors included. Addresses, titles, cookies and the
browser's storage, logs, the arguments of tasks, e-mails: none of them may hold the child's name,
date of birth, UPN or address.
"""

import datetime
import io
import logging
import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu import Producer
from playwright.sync_api import expect

from config import navigation
from config.logs import Discreet
from config.navigation import page_name
from config.workdays import london_day
from indicators import calculate
from referrals import emergency
from referrals.models import Child, Look
from referrals.views import ChildPage
from tests import making
from tests.plugin import CLUSTER
from tests.referrals.test_looks_of_pages import OF_ONE
from workforce.tasks import mail_notices

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]

KEY = 1_000_000  # of each record, so that the page of any kind of record is of the child's
FIRST, LAST, UPN = "Zsazsabelle", "Quxwhistle", "Z987654321098"
ADDRESS, POSTCODE = "77 Canarygate Lane", "ZZ98 7ZZ"
BORN = datetime.date(2013, 2, 28)
VALUES = re.compile(
    "|".join(
        [
            FIRST,
            LAST,
            UPN,
            "Canarygate",
            "ZZ98.{0,3}7ZZ",
            "2013-0?2-28",
            "28[/.]0?2[/.]2013",
            "28.{1,3}Feb[a-z]*.{1,3}2013",
            "year=2013",
        ]
    ),
    re.IGNORECASE,
)


def leaks(text: str) -> list[str]:
    return VALUES.findall(text)


@pytest.fixture
def today() -> datetime.date:
    return london_day(timezone.now())


@pytest.fixture
def records(today) -> dict:
    """The child with a record of every kind, and accounts that may see them and may not."""
    key = {"pk": KEY}
    authority = making.authority(name="Testshire")
    east, west = (making.team(authority, name=name) for name in ("East", "West"))
    worker = making.worker(authority=authority, first_name="Ann", last_name="Lee")
    child = making.child(
        **key,
        authority=authority,
        reference="C-1",
        first_name=FIRST,
        last_name=LAST,
        born_on=BORN,
        upn=UPN,
        address=ADDRESS,
        postcode=POSTCODE,
        family=making.family(authority=authority, name=LAST),
    )
    making.involvement(child=child, team=east, worker=worker, **key)
    referral = making.referral(child=child, team=east, received_on=today, **key)
    plan = making.protection_plan(child=child, team=east, started_on=today, **key)
    request = making.request(child=child, team=east, received_on=today, **key)
    found = [child, referral, plan, request, making.visit(plan=plan, visited_on=today, **key)]
    found += [making.assessment(referral=referral, started_on=today, **key)]
    calculate.drain(today=today)
    return {
        "child": child,
        "plan": plan,
        "pages": found,
        "manager": making.holder("service_manager", authority, is_staff=True),
        "stranger": making.holder("caseworker", west, email="stranger@testshire.example"),
        "team manager": making.holder("team_manager", east, email="manager@testshire.example"),
    }


@pytest.fixture
def written():
    """What the application writes to its log, by the formatter that it is written with."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    line = settings.LOGGING["formatters"]["line"]
    assert line["()"] == f"{Discreet.__module__}.{Discreet.__name__}"
    handler.setFormatter(Discreet(line["format"]))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield log
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """What is sent to the task queue."""
    found = []
    publish = Producer.publish

    def spy(producer, body, **options):
        found.append(repr((body, options)))
        return publish(producer, body, **options)

    monkeypatch.setattr(Producer, "publish", spy)
    return found


class Footprints:
    """What a browser leaves: addresses that it asked for, titles, cookies and its storage."""

    def __init__(self, page: "Page", live_server, user) -> None:
        self.page, self.site = page, live_server.url
        self.found: dict[str, list[str]] = {}
        self.shown = 0
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.site}]
        )
        page.on("request", lambda request: self.look("address", request.url))
        page.on("request", lambda request: self.look("referrer", str(request.headers)))
        page.on("console", lambda message: self.look("console", message.text))

    def look(self, where: str, text: str) -> None:
        if leaked := leaks(text):
            self.found.setdefault(where, []).append(f"{leaked} in {text[:200]}")

    def open(self, address: str) -> None:
        self.page.goto(self.site + address)
        self.stay()

    def follow(self, wanted: "Locator") -> None:
        """Go to the page that a link or a button leads to."""
        with self.page.expect_navigation():
            wanted.click()
        self.stay()

    def stay(self) -> None:
        """Look at what the page that is open has left."""
        self.page.wait_for_load_state()
        self.shown += bool(leaks(self.page.content()))
        self.look("address", self.page.url)
        self.look("title", self.page.title())
        kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
        self.look("storage", self.page.evaluate(kept))
        self.look("databases", str(self.page.evaluate("indexedDB.databases()")))
        self.look("caches", str(self.page.evaluate("'caches' in window ? caches.keys() : []")))
        self.look("cookies", str(self.page.context.cookies()))


def test_the_child_is_in_nothing_that_pages_leave_behind(
    browser_page, live_server, records, written, sent, monkeypatch, today
):
    child, page = records["child"], browser_page
    left = Footprints(page, live_server, records["manager"])

    for record in records["pages"]:
        if address := page_of(record):
            left.open(f"{address}?how=print")
    for address in about(records):
        left.open(address)
        entered = page.locator("main form[method=post] button[type=submit]")
        if entered.count():
            left.follow(entered.first)
    for kind in type(child), type(records["plan"]), *map(type, records["pages"][1:2]):
        left.open(reverse(page_name(kind, "list")))
    assert left.shown > 8

    left.open(reverse("referrals:child-list"))
    page.locator("summary").first.click()
    page.get_by_label("Name or reference").fill(LAST)
    left.stay()
    left.follow(page.get_by_role("button", name="Show"))
    expect(page.locator("main")).to_contain_text("1 found")
    left.follow(page.get_by_role("link", name="Date of birth"))

    left.open(reverse("visits:record-visit", args=[records["plan"].pk]))
    left.follow(page.locator("main form button[type=submit]"))
    expect(page.locator("main")).to_contain_text("There is a problem")

    left.open("/indicators/referrals/cases/?period=rolling-12")
    left.follow(page.locator("tbody a").first)
    expect(page.locator("main")).to_contain_text(LAST)

    for address in (
        "/admin/referrals/child/",
        "/admin/referrals/child/?q=C-1",
        f"/admin/referrals/child/{child.pk}/history/",
        f"/admin/referrals/child/{child.pk}/change/",
    ):
        left.open(address)
        assert FIRST in page.content()
    page.fill("#id_born_on", "2013-02-31")
    page.fill("#id_upn", f"{UPN} and more than fits")
    left.follow(page.locator("input[name=_save]").first)
    page.fill("#id_born_on", BORN.isoformat())
    page.fill("#id_upn", UPN)
    left.follow(page.locator("input[name=_save]").first)

    for address in ("/children/0/", "/children/x/", "/no/such/page/", "/children/?page=zz&sort=??"):
        left.open(address)
    with monkeypatch.context() as broken:
        broken.setattr(ChildPage, "summary", lambda view: fail(view.object))
        left.open(page_of(child))
        expect(page.locator("main")).to_contain_text("problem with the service")

    searched(left, records["stranger"])
    emergency_access(records)
    mail_notices()

    assert left.found == {}
    assert leaks(written.getvalue()) == []
    assert "IntegrityError" in written.getvalue()
    assert sent
    assert leaks(" ".join(sent)) == []
    assert mail.outbox
    assert leaks(" ".join(str(letter.message()) for letter in mail.outbox)) == []
    assert leaks(" ".join(Look.objects.values_list("page", flat=True))) == []
    assert leaks(CLUSTER.log.read_text(errors="replace")) == []


def page_of(record) -> str:
    return navigation.address(type(record), record.pk)


def about(records) -> list[str]:
    """Every page that shows the child, whatever it is for."""
    client = Client()
    client.force_login(records["manager"])
    found = [reverse(name, args=[KEY]) for name, _ in OF_ONE]
    return [address for address in found if LAST in client.get(address).text]


def fail(child: Child) -> None:
    """What happens to a page when the database refuses: its message quotes the whole row."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE referrals_child SET sex = 'X' WHERE id = %s", [child.pk])
    except IntegrityError as error:
        raise ValueError(f"{child}, born on {child.born_on}") from error


def searched(left: Footprints, user) -> None:
    """Someone of another team looks the child up."""
    page = left.page
    Footprints(page, type("Site", (), {"url": left.site}), user)
    left.open(reverse("referrals:find-child"))
    page.get_by_label("Name, case reference").fill(f"{FIRST} {LAST}")
    left.stay()
    page.keyboard.press("Enter")
    page.wait_for_url("**/find-a-child/*/")
    left.stay()
    expect(page.locator("main")).to_contain_text(LAST)


def emergency_access(records) -> None:
    """Someone of another team opens the child's records for an hour; managers are told."""
    emergency.take(
        child=records["child"],
        by=records["stranger"],
        reason_class="harm",
        reason="The police have rung about this child tonight.",
        page="/",
    )
