"""Why a figure is what it is: each number of the sums leads to exactly as many cases."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from indicators import calculate, registry
from indicators.bars import Bar, pareto
from indicators.caselist import CaseRow, cases
from indicators.periods import Kind, Period
from indicators.why import Dimension, shares
from referrals.choices import Closure, Source
from tests import making
from tests.indicators import testshire
from workforce.models import User

TODAY = london_day(timezone.now())
QUARTER = {"period": "quarter", "ending": "2019-06-30"}
NAMES = [indicator.name for indicator in registry.listed()]

demonstrated = pytest.mark.xdist_group("demonstration")


def day(month: int, day: int) -> datetime.date:
    return datetime.date(2019, month, day)


@pytest.fixture
def shire(db) -> dict:
    """Referrals of a quarter: two repeats of own children, a repeat of a restricted one."""
    authority = testshire.authority()
    team = making.team(authority, name="East")
    made = {"authority": authority, "team": team}
    for name, source in (("own", "6"), ("other", "2A"), ("restricted", "6")):
        child = made[name] = testshire.child(reference=f"SECRET-{name}")
        testshire.referral(
            day(1, 7),
            child=child,
            team=team,
            no_further_action=name == "own",
            **{} if name == "own" else {"closed_on": day(2, 1), "closure_reason": "RC8"},
        )
        testshire.referral(
            day(4 if name == "own" else 5, 20), child=child, team=team, source=source
        )
    testshire.referral(day(6, 3), source="2A")
    making.restriction(child=made["restricted"])
    calculate.drain(today=TODAY)
    return made


def why(client: Client, shire: dict, role: str = "service_manager", page="why", **asked):
    """The page as a role of the authority has it."""
    client.force_login(making.holder(role, shire["authority"], demonstration=True))
    asked = QUARTER | {"team": shire["authority"].pk} | asked
    return client.get(reverse(f"indicators:{page}", args=["re_referrals"]), asked)


def counted(page, name: str) -> dict[str, tuple[int, int]]:
    """What the page says by one dimension: those that count against the figure, and all."""
    [section] = [each for each in page.context["sections"] if each["dimension"].name == name]
    return {row["share"].words: (row["share"].adverse, row["share"].all) for row in section["rows"]}


def test_cases_are_told_apart_by_reason_team_source_and_month(shire, client):
    page = why(client, shire)
    assert (page.context["adverse"], page.context["all"]) == (3, 4)
    assert counted(page, "reason") == {
        f"Again after: {Closure.AFTER_ASSESSMENT.label}": (2, 2),
        "Again after no further action": (1, 1),
        "No referral in the 12 months before": (0, 1),
    }
    assert counted(page, "source") == {Source.POLICE.label: (2, 2), Source.SCHOOL.label: (1, 2)}
    assert counted(page, "held_by") == {"East": (3, 3), "Testshire": (0, 1)}
    assert counted(page, "month") == {"April 2019": (1, 1), "May 2019": (2, 2), "June 2019": (0, 1)}


def followed(client: Client, page) -> int:
    """How many numbers of the page lead to as many cases, listed or not shown."""
    links = 0
    for section in page.context["sections"]:
        shares = [row["share"] for row in section["rows"]]
        assert sum(share.adverse for share in shares) == page.context["adverse"]
        assert sum(share.all for share in shares) == page.context["all"]
        for row in section["rows"]:
            for url, count in (
                (row["adverse_url"], row["share"].adverse),
                (row["all_url"], row["share"].all),
            ):
                if count:
                    found = client.get(url).context
                    assert len(found["filter"].qs) + found["not_shown"] == count, url
                    links += 1
            narrowed = client.get(row["why_url"]).context
            assert (narrowed["adverse"], narrowed["all"]) == (
                row["share"].adverse,
                row["share"].all,
            )
    for row in page.context["answers"]:
        found = client.get(row["url"]).context
        assert len(found["filter"].qs) + found["not_shown"] == row["count"]
        links += 1
    return links


@pytest.mark.parametrize("role", ["service_manager", "analyst", "auditor", "caseworker"])
def test_every_number_leads_to_as_many_cases_for_every_role(shire, client, role):
    assert followed(client, why(client, shire, role)) > 15


@demonstrated
@pytest.mark.parametrize("name", ["cp_visits_in_time", "ehc_20_weeks", "turnover_12_months"])
def test_every_number_of_the_demonstration_leads_to_as_many_cases(demonstration, client, name):
    client.force_login(User.objects.get(username="team.manager"))
    asked = QUARTER | {"team": demonstration.pk}
    page = client.get(reverse("indicators:why", args=[name]), asked)
    section = page.context["sections"][0]
    assert sum(row["share"].adverse for row in section["rows"]) == page.context["adverse"]
    for row in section["rows"][:2]:
        found = client.get(row["adverse_url"]).context
        assert len(found["filter"].qs) + found["not_shown"] == row["share"].adverse


@demonstrated
@pytest.mark.parametrize("name", NAMES)
def test_every_case_has_a_reason_with_words(demonstration, name):
    from indicators.reasons import words_for

    indicator = registry.indicator(name)
    period = Period.ending(Kind.QUARTER, day(6, 30))
    rows = cases(indicator, period, as_at=TODAY, authority=demonstration)
    assert {row.reason_code for row in rows} <= words_for(indicator).keys()


def test_the_filter_is_kept_and_can_be_taken_off(shire, client):
    page = why(client, shire, source="6")
    assert page.context["all"] == 2
    [kept] = page.context["kept"]
    assert (kept["title"], kept["words"]) == ("Source", Source.POLICE.label)
    assert client.get(kept["url"]).context["all"] == 4
    row = page.context["sections"][0]["rows"][0]
    assert "source=6" in row["adverse_url"]


def test_sums_name_no_child_and_count_those_not_shown(shire, client):
    page = why(client, shire, "auditor")
    assert page.context["adverse"] == 3
    assert "SECRET" not in page.text


def test_workers_bear_pseudonyms_where_they_may_not_be_known(shire, client):
    worker = making.worker(authority=shire["authority"])
    making.involvement(child=shire["own"], worker=worker, team=shire["team"], started_on=day(3, 1))
    names = {
        role: counted(why(client, shire, role), "worker") for role in ("service_manager", "analyst")
    }
    assert str(worker) in names["service_manager"]
    assert str(worker) not in names["analyst"]
    assert sorted(names["analyst"].values()) == sorted(names["service_manager"].values())


def test_the_sums_are_taken_away(shire, client):
    urls = dict(why(client, shire).context["exports"])
    text = client.get(urls["CSV"]).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {"Told apart by": "Source", "Code": "6", "What": "Police"}.items() <= next(
        row for row in rows if row["Told apart by"] == "Source" and row["Code"] == "6"
    ).items()
    assert client.get(urls["Excel"]).content.startswith(b"PK")


def test_the_page_stays_live(shire, client):
    page = why(client, shire)
    asked = page.context["live_url"] + f"&token={page.context['token']}"
    assert client.get(asked).status_code == 204
    testshire.referral(day(6, 4))
    calculate.drain(today=TODAY)
    assert client.get(asked).context["all"] == 5


def plan_visited(*visits: tuple[int, int, int | None]) -> dict[datetime.date, str]:
    """The reasons of a plan's due days; of a visit its month, its day, and days to recording."""
    plan = testshire.plan(day(4, 1))
    for month, number, recorded_after in visits:
        visited = day(month, number)
        recorded = None
        if recorded_after is not None:
            on = visited + datetime.timedelta(days=recorded_after)
            recorded = datetime.datetime.combine(on, datetime.time(12), datetime.UTC)
        making.visit(plan=plan, visited_on=visited, recorded_at=recorded)
    calculate.drain(today=TODAY)
    rows = cases(
        registry.indicator("cp_visits_in_time"),
        Period.ending(Kind.QUARTER, day(6, 30)),
        as_at=day(5, 22),
        authority=plan.child.authority,
    )
    return {row.on_day: row.reason_code for row in rows}


def test_the_share_against_a_figure_is_of_those_that_are_known():
    """Of four visits due one is late and two are not due yet: half, as in the figure."""
    by_team = Dimension("held_by", "Team", {"7": "East"}, lambda row: str(row.team_id))
    rows = [
        CaseRow(registry.indicator("cp_visits_in_time"), key, key, TODAY, 7, Decimal(1), counts, "")
        for key, counts in enumerate((True, False, None, None))
    ]
    [share] = shares(rows, by_team)
    assert (share.adverse, share.known, share.all, share.rate) == (1, 2, 4, 50)
    [unknown] = shares(rows[2:], by_team)
    assert unknown.rate is None


@pytest.mark.django_db
def test_late_recorded_late_and_not_yet_known_are_different():
    found = plan_visited((4, 10, 0), (5, 8, 0), (5, 13, 9))
    assert found == {
        day(4, 15): "in_time",
        day(4, 26): "unallocated",
        day(5, 22): "recorded_late",
        day(5, 28): "not_due",
    }


def test_bars_are_a_group_of_links_with_their_share():
    bars = [Bar("Late & long", 3, 75.0, "/cases?late"), Bar("x" * 90, 1, 100.0, "/cases?x")]
    picture = str(pareto(bars, key="k", title="T", width=340))
    assert picture.count("<a ") == 2
    assert "Late &amp; long: 3" in picture
    assert "…" in picture
    assert 'role="group"' in picture
