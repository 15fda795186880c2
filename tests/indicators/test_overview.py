"""The overview says what wants attention first, and what each figure is to be read beside."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from config.workdays import london_day
from indicators import calculate
from indicators.models import Standing
from tests import making
from tests.indicators import testshire
from tests.indicators.test_models import area, comparator, compared_with, target
from workforce.models import Team, User

TODAY = london_day(timezone.now())
JUNE = {"period": "month", "ending": "2019-06-30"}


@pytest.fixture
def shire(db) -> Team:
    """Testshire, where one referral of four is a repeat."""
    authority = testshire.authority()
    again = testshire.child()
    for day in (1, 20):
        testshire.referral(datetime.date(2019, 6, day), child=again)
    for day in (3, 4):
        testshire.referral(datetime.date(2019, 6, day))
    calculate.drain(today=TODAY)
    return authority


@pytest.fixture
def reader(shire, client: Client) -> Client:
    client.force_login(making.holder("analyst", shire))
    return client


def tiles(page, service: str = "Referrals") -> list:
    return page.context["groups"][service]


def test_a_missed_target_comes_first_and_is_named_above(shire, reader):
    before = [tile.indicator.name for tile in tiles(reader.get("/", JUNE))]
    target(authority=shire, indicator="referral_decision_1_day", value=90)
    target(authority=shire, indicator="re_referrals", value=20)
    target(authority=shire, indicator="re_referred_children", value=50)
    page = reader.get("/", JUNE)
    assert [tile.indicator.name for tile in tiles(page)] != before
    assert [tile.indicator.name for tile in tiles(page)][:2] == [
        "re_referrals",
        "referral_decision_1_day",
    ]
    assert not any(tile.is_missed for tile in tiles(page)[2:])
    shown = page.content.decode()
    assert "2 targets are missed:" in shown
    assert "Target 20%, local" in shown
    assert "missed by 5 points" in shown


@pytest.mark.xdist_group("demonstration")
def test_what_is_worse_than_chance_explains_comes_next(demonstration, client):
    client.force_login(User.objects.get(username="reader"))
    page = client.get("/", {"period": "quarter", "ending": "2019-06-30"})
    for tiles_of_service in page.context["groups"].values():
        ranks = [tile.rank for tile in tiles_of_service]
        assert ranks == sorted(ranks)
    adverse = {tile.indicator.name: tile for tile in page.context["adverse"]}
    assert "re_referrals" in adverse
    assert adverse["re_referrals"].rank == 1
    assert not adverse.keys() & {tile.indicator.name for tile in page.context["missed"]}
    assert "Worse than chance explains:" in page.content.decode()


def test_what_is_published_of_others_stands_with_its_year_and_day(shire, reader):
    england = area("national", name="England")
    compared_with(authority=shire, area=england)
    comparator(area=england)
    shown = reader.get("/", JUNE).content.decode()
    assert "22.6%" in shown
    assert "in 2018-19, published 31 October 2019." in shown


def test_a_tile_says_whether_its_figure_is_settled(shire, reader):
    [tile] = [
        tile for tile in tiles(reader.get("/", JUNE)) if tile.indicator.name == "re_referrals"
    ]
    assert tile.provisional == ""
    assert "Settled" in reader.get("/", JUNE).content.decode()
    assert "Provisional: the period is not over" in reader.get("/").content.decode()


@pytest.mark.xdist_group("demonstration")
@pytest.mark.parametrize("asked", ["period=month", "period=quarter", "period=year-to-date"])
def test_ten_queries_make_the_overview(demonstration, client, asked, django_assert_max_num_queries):
    client.force_login(User.objects.get(username="reader"))
    client.get("/")  # on which the session notes that its reader is there
    for place in (demonstration, Team.objects.filter(kind="team").first()):
        with django_assert_max_num_queries(10):
            assert client.get(f"/?{asked}&team={place.pk}").status_code == 200


@pytest.mark.xdist_group("demonstration")
def test_the_founding_quarter_says_which_targets_were_missed(demonstration, client):
    client.force_login(User.objects.get(username="reader"))
    page = client.get("/", {"period": "quarter", "ending": "2019-06-30"})
    missed = {tile.indicator.name: tile.aims[0].verdict for tile in page.context["missed"]}
    assert missed["cp_visits_in_time"] == "missed by 1 point"
    assert missed["ehc_20_weeks"] == "missed by 100 points"
    assert missed["turnover_voluntary_12_months"] == "missed by 2 points"


def test_the_page_says_when_it_was_calculated_and_when_something_last_happened(shire, reader):
    before = reader.get("/", JUNE)
    standing = Standing.objects.get(authority=shire, family="referrals")
    assert before.context["last_event"] == standing.event_at < standing.calculated_at
    assert "; last event <time" in before.content.decode()
    calculate.recalculate("referrals", shire.pk, today=TODAY, in_full=True)
    assert reader.get("/", JUNE).context["last_event"] == standing.event_at
    testshire.referral(datetime.date(2019, 6, 28))
    calculate.drain(today=TODAY)
    assert reader.get("/", JUNE).context["last_event"] > standing.event_at


def test_a_service_without_cases_stands_last(shire, reader):
    page = reader.get("/", JUNE)
    assert next(iter(page.context["groups"])) == "Referrals"
    having = [any(tile.has_cases for tile in some) for some in page.context["groups"].values()]
    assert having == sorted(having, reverse=True)


def test_what_wants_attention_leads_to_its_own_page(shire, reader):
    target(authority=shire, indicator="re_referrals", value=20)
    page = reader.get("/", JUNE)
    [tile] = page.context["missed"]
    assert tile.url.startswith("/indicators/re_referrals/?")
    attention = page.content.decode().partition('id="missed"')[2].partition("</p>")[0]
    assert f'href="{tile.url.replace("&", "&amp;")}"' in attention


@pytest.mark.parametrize("page", ["", "why/", "cases/", "change/"])
def test_exact_figures_say_that_they_are_not_for_publication_and_are_kept_nowhere(reader, page):
    for path in ("/", f"/indicators/re_referrals/{page}"):
        shown = reader.get(path, JUNE)
        assert "Not for publication" in shown.text
        assert shown["Cache-Control"] == "no-store"
