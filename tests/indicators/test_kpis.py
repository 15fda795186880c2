"""The kpis command: its rows, its forms, and what it says to a wrong word."""

import csv
import datetime
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Outbox
from tests import making
from tests.indicators import testshire

pytestmark = pytest.mark.django_db


def kpis(*names: str, **options) -> str:
    out = io.StringIO()
    call_command("kpis", *names, stdout=out, **options)
    return out.getvalue()


def rows(*names: str, **options) -> list[dict]:
    return json.loads(kpis(*names, format="json", **options))


@pytest.fixture
def referred_twice():
    child = testshire.child()
    testshire.referral(datetime.date(2018, 6, 15), child=child)
    testshire.referral(datetime.date(2019, 6, 15), child=child)
    testshire.referral(datetime.date(2019, 6, 16))


def test_a_row_has_the_columns_that_programs_rely_on(referred_twice):
    (row,) = rows("re_referrals", period="quarter", ending="2019-06-30")
    calculated_at = datetime.datetime.fromisoformat(row.pop("calculated_at"))
    assert calculated_at.tzinfo is not None
    assert row == {
        "indicator": "re_referrals",
        "period": "quarter",
        "start": "2019-04-01",
        "end": "2019-06-30",
        "team": None,
        "numerator": 1,
        "denominator": 2,
        "undecided": 0,
        "value": 50.0,
    }


def test_what_waits_is_taken_in_first(referred_twice):
    assert Outbox.objects.exists()
    assert rows("referrals", period="month", ending="2019-06-30")[0]["numerator"] == 2
    assert not Outbox.objects.exists()


def test_no_cases_is_nothing_and_never_nought_per_cent(referred_twice):
    (row,) = rows("re_referrals", period="month", ending="2019-05-31")
    assert (row["numerator"], row["denominator"], row["value"]) == (0, 0, None)


def test_an_end_in_the_middle_of_a_month_counts_up_to_that_day(referred_twice):
    (row,) = rows("re_referrals", period="month", ending="2019-06-15")
    assert (row["start"], row["end"]) == ("2019-06-01", "2019-06-15")
    assert (row["numerator"], row["denominator"]) == (1, 1)


def test_the_year_to_date_of_ehc_plans_begins_in_january_of_the_others_in_april():
    made = rows("ehc_20_weeks", "re_referrals", period="year-to-date", ending="2019-06-30")
    assert [row["start"] for row in made] == ["2019-01-01", "2019-04-01"]


def test_a_rate_is_rounded_half_up_at_the_end():
    child = testshire.child()
    for day in range(1, 17):
        testshire.referral(datetime.date(2019, 6, day), child=testshire.child())
    testshire.referral(datetime.date(2019, 5, 1), child=child)
    testshire.referral(datetime.date(2019, 6, 20), child=child)
    (row,) = rows("re_referrals", period="month", ending="2019-06-30")
    assert (row["numerator"], row["denominator"]) == (1, 17)
    assert row["value"] == 5.9


def test_a_team_follows_the_whole_and_says_its_name(referred_twice):
    team = making.team(testshire.authority(), name="Assessment")
    testshire.referral(datetime.date(2019, 6, 20), team=team)
    whole, part = rows("referrals", period="month", ending="2019-06-30", team=["assessment"])
    assert (whole["team"], whole["numerator"]) == (None, 3)
    assert (part["team"], part["numerator"]) == ("Assessment", 1)


def test_one_authority_or_all_of_them(referred_twice):
    elsewhere = making.authority(name="Elsewhere", code="902")
    making.referral(child=making.child(authority=elsewhere), received_on=datetime.date(2019, 6, 1))
    ending = {"period": "month", "ending": "2019-06-30"}
    assert rows("referrals", **ending)[0]["numerator"] == 3
    assert rows("referrals", authority="902", **ending)[0]["numerator"] == 1
    assert rows("referrals", authority="testshire", **ending)[0]["numerator"] == 2


def test_the_cases_behind_a_figure_say_why(referred_twice):
    made = rows("re_referrals", period="quarter", ending="2019-06-30", cases=True)
    assert [(row["on"], row["counts"], row["reason"]) for row in made] == [
        ("2019-06-15", True, "Referred before, on 15 June 2018"),
        ("2019-06-16", False, "No referral in the 12 months before"),
    ]


def test_csv_has_a_heading_and_the_same_rows(referred_twice):
    text = kpis("re_referrals", period="quarter", ending="2019-06-30", format="csv")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["numerator"], row["denominator"], row["value"]) == ("1", "2", "50.0")


def test_without_a_name_every_indicator_is_printed_as_a_table(referred_twice):
    lines = kpis().splitlines()
    assert lines[0].split()[:3] == ["indicator", "period", "start"]
    assert len(lines) > 30


@pytest.mark.parametrize(
    ("names", "options", "words"),
    [
        (["re_referalls"], {}, "There is no indicator 're_referalls'. There are: ehc_20_weeks"),
        ([], {"ending": "30/06/2019"}, "Type it as YYYY-MM-DD, for example 2019-06-30"),
        ([], {"authority": "999"}, "There is no authority '999'"),
        ([], {"team": ["Nobody"]}, "There is no team 'Nobody'"),
    ],
)
def test_a_wrong_word_is_answered_with_what_there_is(names, options, words):
    with pytest.raises(CommandError, match=re.escape(words)):
        kpis(*names, **options)
