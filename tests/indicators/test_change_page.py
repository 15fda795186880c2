"""The page that explains a change: its sums tie, and what one may not open is one line."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from indicators.bars import Swing, swings
from indicators.caselist import CaseRow
from indicators.listing import listed
from indicators.registry import indicator
from referrals import corrections
from referrals.choices import InError
from referrals.models import Look
from tests import making
from tests.indicators import testshire
from tests.indicators.moments import known_from
from workforce.models import User

Date = datetime.date
MAY = Date(2019, 5, 31)
FORM = {"period": "month", "against": "2019-05-31", "then": "2019-05-31", "ending": "2019-05-31"}


@pytest.fixture
def shire(db) -> dict:
    """A referral known in May, one that was recorded late, one struck out, and a restricted one."""
    authority = testshire.authority()
    made = {"authority": authority}
    testshire.referral(Date(2019, 5, 2))
    gone = testshire.referral(Date(2019, 5, 3))
    known_from(Date(2019, 5, 3))
    for name in ("late", "restricted"):
        made[name] = testshire.child(reference=f"CASE-{name}")
        testshire.referral(Date(2019, 5, 20), child=made[name])
    making.restriction(child=made["restricted"])
    gone.delete()
    known_from(Date(2019, 7, 1))
    return made


def page(client: Client, shire: dict, name: str = "referrals", page: str = "change", **asked):
    client.force_login(making.holder("service_manager", shire["authority"], demonstration=True))
    asked = {"team": shire["authority"].pk} | FORM | asked
    return client.get(reverse(f"indicators:{page}", args=[name]), asked)


def test_two_days_are_explained_by_what_became_known_between_them(shire, client):
    shown = page(client, shire)
    found = shown.context["explanation"]
    assert (found.before.numerator, found.after.numerator) == (2, 3)
    assert {row["words"]: row["numbers"] for row in shown.context["causes"]} == {
        "Struck out, or put back": ["\u22121"],
        "Recorded late": ["+2"],
    }
    assert "CASE-late" in shown.text
    assert "CASE-restricted" not in shown.text
    assert shown.context["shown"] + 2 == len(found.changes)
    assert "2 not shown" in shown.text


def test_the_cases_of_one_cause_are_as_many_as_it_has(shire, client):
    shown = page(client, shire, cause="recorded_late")
    assert shown.context["cause"] == "Recorded late"
    assert (shown.context["shown"], shown.context["not_shown_line"][:11]) == (1, "1 not shown")


def test_two_periods_are_explained_with_what_is_known_today(shire, client):
    testshire.referral(Date(2019, 4, 9))
    shown = page(client, shire, against="2019-04-30", then="")
    assert [row["words"] for row in shown.context["causes"]] == [
        "New in the period",
        "Gone from the period",
    ]
    assert page(client, shire, name="re_referrals").context["parts"] == ["Count", "Out of"]


def test_what_knows_less_stands_before_whichever_day_is_named_first(shire, client):
    shown = page(client, shire, then="", as_at="2019-05-31")
    assert shown.context["before"]["view"].as_at == MAY
    assert shown.context["explanation"].before.numerator == 2


def test_a_file_has_the_sums_and_the_cases_and_is_on_record(shire, client):
    answer = page(client, shire, page="change-csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[:5] == [
        ["", "Cases", "Number"],
        ["Before", "", "2"],
        ["Struck out, or put back", "1", "-1"],
        ["Recorded late", "2", "2"],
        ["Afterwards", "", "3"],
    ]
    assert [row[0] for row in rows[7:-1]] == ["CASE-late"]
    assert rows[-1][0].startswith("2 not shown")
    assert Look.objects.filter(child=shire["late"], how="export").exists()


@pytest.mark.parametrize("asked", [{"then": "yesterday"}, {"against": "1066-10-14"}])
def test_days_that_cannot_be_are_not_found(shire, client, asked):
    assert page(client, shire, **asked).status_code == 404


def test_a_trend_leads_to_what_changed(shire, client):
    shown = page(client, shire, page="indicator")
    assert reverse("indicators:change", args=["referrals"]) in shown.text
    assert indicator("referrals").title in shown.text


@pytest.mark.xdist_group("demonstration")
def test_what_was_reported_of_2018_19_is_other_now_by_eleven_corrections(demonstration, client):
    client.force_login(User.objects.get(username="reader"))
    year = {"period": "financial-year", "ending": "2019-03-31", "against": "2019-03-31"}
    address = reverse("indicators:change", args=["re_referrals"])
    shown = client.get(address, year | {"then": "2019-06-30"})
    assert "21.7% (370 of 1,705) before, 21.1% (359 of 1,705) afterwards" in shown.text
    [row] = shown.context["causes"]
    assert (row["words"], row["count"], row["numbers"]) == ("Corrected", 11, ["\u221211", "0"])


def test_bars_go_to_the_side_of_what_they_do():
    drawn = swings(
        [
            Swing("Struck out", [Decimal(-1), Decimal(-2)], ["-1", "-2"], "1 and 2 less", "/a"),
            Swing("Recorded <late>", [Decimal(3), Decimal(0)], ["+3", "0"], "3 more", "/b"),
        ],
        key="swings",
        title="What changed",
    )
    assert drawn.count("<rect") == 4
    assert "Recorded &lt;late&gt;: 3 more" in drawn
    assert drawn.count('text-anchor="end"') == 2


def test_what_was_struck_out_is_shown_to_those_who_saw_it_before(shire, client):
    child = testshire.child(reference="CASE-gone", born_on=Date(2010, 1, 1))
    gone = testshire.referral(Date(2019, 5, 4), child=child)
    manager = making.holder("service_manager", shire["authority"], demonstration=True)
    struck = corrections.strike_out(record=gone, reason=InError.WRONG_CHILD, note="", by=manager)
    [row] = listed(
        [
            CaseRow(
                question=indicator("referrals"),
                subject_id=child.pk,
                record_id=gone.pk,
                on_day=Date(2019, 5, 4),
                team_id=shire["authority"].pk,
                amount=Decimal(1),
                counts=True,
                reason="Received",
            )
        ],
        user=manager,
        teams={shire["authority"].pk: shire["authority"]},
        as_at=MAY,
        struck_out=True,
    )[0]
    assert row.reference == "CASE-gone"
    assert row.url == reverse("referrals:struckout-detail", args=[struck.pk])


def test_the_page_is_marked_among_those_about_the_indicator(shire, client):
    shown = page(client, shire).text
    assert shown.count('aria-current="page">What changed</a>') == 1
