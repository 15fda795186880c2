"""Figures are the same for everyone; behind them, what a reader may not open is only counted."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from indicators import calculate, registry
from indicators.caselist import cases
from indicators.listing import listed, pseudonym
from indicators.periods import Kind, Period
from referrals.models import Child
from tests import making
from tests.indicators import testshire
from workforce.demo import SIGN_INS
from workforce.models import Team, User

TODAY = london_day(timezone.now())
NAMES = [indicator.name for indicator in registry.listed()]
JUNE = {"period": "month", "ending": "2019-06-30"}

demonstrated = pytest.mark.xdist_group("demonstration")


@demonstrated
def test_figures_are_the_same_for_every_role(demonstration, client):
    shown = {}
    for username, _, _ in SIGN_INS:
        client.force_login(User.objects.get(username=username))
        page = client.get("/", {"team": demonstration.pk, "period": "rolling-12"})
        shown[username] = [
            (tile.figure.indicator.name, tile.figure.numerator, tile.figure.denominator)
            for group in page.context["groups"].values()
            for tile in group
        ]
        assert len(shown[username]) == len(NAMES)
    assert all(figures == shown["analyst"] for figures in shown.values())


@demonstrated
@pytest.mark.parametrize("name", NAMES)
def test_what_is_listed_and_what_is_not_shown_are_the_number(demonstration, name):
    indicator = registry.indicator(name)
    period = Period.containing(Kind.QUARTER, TODAY, year_starts=indicator.year_starts)
    rows = cases(indicator, period, as_at=TODAY, authority=demonstration)
    teams = Team.objects.in_bulk()
    restricted = set(Child.objects.exclude(restriction=None).values_list("reference", flat=True))
    for username, _, _ in SIGN_INS:
        user = User.objects.get(username=username)
        found, hidden = listed(rows, user=user, teams=teams, as_at=TODAY)
        assert len(found) + len(hidden) == len(rows), username
        assert {id(case.row) for case in (*found, *hidden)} == {id(row) for row in rows}
        if username == "analyst":
            assert not any(case.url for case in found)
            assert len({case.reference for case in found}) <= len(rows)
            assert not {case.reference for case in found} & references()
        elif username in ("publisher", "auditor", "administrator"):
            assert not found
        if username != "service.manager":
            assert not {case.reference for case in found} & restricted, username


def references() -> set[str]:
    return set(Child.objects.values_list("reference", flat=True))


@pytest.fixture
def shire(db) -> dict:
    """Three referrals of June: of a team's own child, a restricted one, and another team's."""
    authority = testshire.authority()
    made = {"authority": authority}
    for name, day in (("own", 1), ("restricted", 2), ("other", 3)):
        team = made.setdefault("team", making.team(authority)) if name != "other" else None
        team = team or making.team(authority)
        child = testshire.child(reference=f"SECRET-{name}")
        testshire.referral(datetime.date(2019, 6, day), child=child, team=team)
        made[name] = child
    making.restriction(child=made["restricted"])
    calculate.drain(today=TODAY)
    return made


def of(client: Client, role: str, shire: dict, **asked):
    """The cases of June as a role of the team has them."""
    place = shire["authority"] if role in ("analyst", "auditor") else shire["team"]
    client.force_login(making.holder(role, place, demonstration=True))
    asked = JUNE | {"team": shire["authority"].pk} | asked
    return client.get(reverse("indicators:cases", args=["referrals"]), asked)


def test_what_a_reader_may_not_open_is_one_line(shire, client):
    page = of(client, "team_manager", shire)
    assert page.context["told"] == "3 cases."
    assert [case.reference for case in page.context["filter"].qs] == ["SECRET-own"]
    assert "2 not shown: you may not open these records." in page.text
    assert "SECRET-restricted" not in page.text
    assert "SECRET-other" not in page.text


@pytest.mark.parametrize("text", ["SECRET-restricted", "SECRET-other", "no such"])
def test_nobody_searches_what_is_not_shown(shire, client, text):
    page = of(client, "team_manager", shire, text=text)
    assert page.context["filter"].qs == []
    assert page.context["not_shown"] == 2


def test_files_end_with_the_same_line(shire, client):
    page = of(client, "team_manager", shire)
    urls = dict(page.context["exports"])
    text = client.get(urls["CSV"]).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[-1] == ["2 not shown: you may not open these records."]
    assert len(rows) == 3
    book = openpyxl.load_workbook(io.BytesIO(client.get(urls["Excel"]).content))
    sheet = list(book.active.iter_rows(values_only=True))
    assert sheet[-1][0] == "2 not shown: you may not open these records."
    for secret in ("SECRET-restricted", "SECRET-other"):
        assert secret not in text


def test_an_analyst_has_pseudonyms_and_no_way_to_a_record(shire, client):
    page = of(client, "analyst", shire)
    assert {case.reference for case in page.context["filter"].qs} == {
        pseudonym(Child, shire[name].pk) for name in ("own", "other")
    }
    assert "1 not shown: you may not open this record." in page.text
    assert "SECRET" not in page.text
    assert 'href="/referrals/' not in page.text
    text = client.get(dict(page.context["exports"])["CSV"]).content.decode()
    assert "SECRET" not in text
    assert pseudonym(Child, shire["restricted"].pk) not in text


def test_a_pseudonym_is_a_childs_for_good_and_keyed(settings):
    first = pseudonym(Child, 7)
    assert first == pseudonym(Child, 7) != pseudonym(Child, 8)
    settings.SECRET_KEY = "another key"
    assert pseudonym(Child, 7) != first


def test_an_auditor_sees_how_many_and_no_more(shire, client):
    page = of(client, "auditor", shire)
    assert page.context["told"] == "3 cases."
    assert page.context["filter"].qs == []
    assert "3 not shown" in page.text


def test_figures_of_another_authority_are_not_found(shire, client):
    other = making.authority()
    assert of(client, "team_manager", shire, team=other.pk).status_code == 404
