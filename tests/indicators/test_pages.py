"""The pages of figures: every number leads to its cases, and the cases are as many as it says."""

import csv
import datetime
import io
import re

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from indicators import calculate, registry
from indicators.models import Standing
from indicators.periods import Kind
from tests import making
from tests.indicators import testshire
from workforce.models import Team, User

TODAY = london_day(timezone.now())
KINDS = [kind.value for kind in Kind]
NAMES = [indicator.name for indicator in registry.listed()]
AGO = re.compile(r"(<time[^>]*>)[^<]*")  # which changes while the test runs
LINK = re.compile(r'href="([^"]*/cases/[^"]*)"')

demonstrated = pytest.mark.xdist_group("demonstration")


def get(client: Client, url: str):
    return client.get(url.replace("&amp;", "&"))


@pytest.fixture
def reader(client: Client, demonstration) -> Client:
    """Someone who opens the pages at the whole demonstration authority."""
    client.force_login(User.objects.get(username="reader"))
    return client


@pytest.fixture
def signed_in(officer: User, client: Client) -> Client:
    client.force_login(officer)
    return client


@pytest.fixture
def shire(db) -> Team:
    """Testshire with two teams, and one case that has none."""
    authority = testshire.authority()
    east, west = (making.team(authority, name=name) for name in ("East", "West"))
    for team, day in ((east, 1), (east, 2), (west, 3), (None, 4)):
        testshire.referral(datetime.date(2019, 6, day), team=team)
    again = testshire.child()
    for day in (datetime.date(2019, 3, 1), datetime.date(2019, 6, 20)):
        testshire.referral(day, child=again, team=east)
    calculate.drain(today=TODAY)
    return authority


@demonstrated
@pytest.mark.parametrize("kind", KINDS)
def test_the_overview_shows_every_indicator(reader, kind):
    answer = reader.get("/", {"period": kind})
    shown = answer.content.decode()
    for indicator in registry.listed():
        assert indicator.title in answer.content.decode()
    assert shown.count('<li class="tile"') == len(NAMES)
    assert shown.count('role="img"') == len(NAMES)


@demonstrated
@pytest.mark.parametrize("name", NAMES)
def test_every_indicator_has_a_page_and_cases_for_every_kind_of_period(reader, name):
    for kind in KINDS:
        for page in ("indicator", "cases"):
            answer = reader.get(reverse(f"indicators:{page}", args=[name]), {"period": kind})
            assert answer.status_code == 200
            assert registry.indicator(name).title in answer.content.decode()


@demonstrated
@pytest.mark.parametrize("name", NAMES)
def test_the_cases_behind_a_number_are_as_many_as_it_says(reader, name):
    page = reader.get(
        reverse("indicators:indicator", args=[name]), {"period": "quarter", "ending": "2019-06-30"}
    )
    figure = page.context["figure"]
    cases = reader.get(
        reverse("indicators:cases", args=[name]), {"period": "quarter", "ending": "2019-06-30"}
    )
    found = cases.context["filter"]
    rows = [case.row for case in (*found.qs, *found.kept_back)]
    assert cases.context["not_shown"] == len(found.kept_back)
    above = sum(row.amount for row in rows if row.counts and row.part != "denominator")
    if registry.indicator(name).measure.value in ("rate", "count"):
        assert above == figure.numerator
    if registry.indicator(name).measure.value == "distinct":
        assert len({row.subject_id for row in rows if row.counts}) == figure.numerator
    assert sum(row.counts is None for row in rows) == figure.undecided


@demonstrated
def test_the_founding_figures_are_on_the_page_with_their_numbers(reader):
    page = reader.get(
        reverse("indicators:indicator", args=["re_referrals"]),
        {"period": "quarter", "ending": "2019-06-30"},
    ).content.decode()
    assert "32.4%" in page
    assert "141 of 435" in page
    assert "Worse: up 13.9 points" in page
    cases = reader.get(
        reverse("indicators:cases", args=["re_referrals"]),
        {"period": "quarter", "ending": "2019-06-30"},
    ).content.decode()
    assert "141 of 435 count." in cases


@demonstrated
def test_every_number_on_a_page_leads_to_its_cases(reader):
    page = reader.get(
        reverse("indicators:indicator", args=["re_referrals"]),
        {"period": "quarter", "ending": "2019-06-30"},
    )
    rows = page.context["teams"] + page.context["rows"][:4]
    for row in rows:
        figure = row["figure"]
        told = f"{figure.numerator:,.0f} of {figure.denominator:,.0f} count."
        assert told in get(reader, row["cases"]).content.decode()
    assert set(LINK.findall(page.content.decode())) >= {
        row["cases"].replace("&", "&amp;") for row in page.context["rows"]
    }


@demonstrated
@pytest.mark.parametrize("sort", ["reference", "on_day", "team", "answer", "-on_day", "-team"])
def test_every_column_of_the_cases_sorts(reader, sort):
    answer = reader.get(reverse("indicators:cases", args=["cp_visits_in_time"]), {"sort": sort})
    rows = [getattr(row.record, sort.lstrip("-")) for row in answer.context["table"].rows]
    assert rows == sorted(rows, reverse=sort.startswith("-"))
    assert 'aria-sort="' in answer.content.decode()


@demonstrated
def test_a_page_of_figures_asks_little_of_the_database(reader, django_assert_max_num_queries):
    team = Team.objects.filter(kind="team").first().pk
    pages = {
        "/?period=month": 10,
        f"/?period=month&team={team}": 10,
        "/indicators/re_referrals/?period=month": 10,
        "/indicators/turnover_average_12_months/?period=month": 10,
        f"/indicators/cp_visits_in_time/?period=rolling-12&team={team}": 10,
        "/indicators/re_referrals/cases/?period=month": 14,
        f"/indicators/ehc_20_weeks/cases/?period=month&team={team}": 14,
    }
    reader.get("/")  # on which the session notes that its reader is there
    for url, most in pages.items():
        with django_assert_max_num_queries(most):
            assert reader.get(url).status_code == 200


def test_an_account_opens_at_its_own_team(shire, client):
    east = Team.objects.get(name="East")
    client.force_login(making.holder("team_manager", east))
    assert client.get("/").context["selection"].place == east
    whole = client.get("/", {"team": shire.pk}).context["selection"]
    assert (whole.place, whole.authority) == (shire, shire)


def test_another_authority_is_chosen_in_the_address(shire, signed_in):
    other = making.authority(name="Elsewhere")
    page = signed_in.get("/", {"team": other.pk})
    assert page.context["selection"].authority == other
    assert "Elsewhere" in signed_in.get("/", {"team": shire.pk}).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"team": "0"},
        {"team": "x"},
        {"team": "9" * 30},
        {"period": "fortnight"},
        {"ending": "2019-02-31"},
        {"ending": "9999-12-31"},
        {"ending": "0001-01-01"},
        {"ending": "today"},
    ],
    ids=str,
)
def test_what_cannot_be_is_not_found(shire, signed_in, asked):
    for url in ("/", "/indicators/re_referrals/", "/indicators/re_referrals/cases/"):
        assert signed_in.get(url, asked).status_code == 404
    assert signed_in.get("/indicators/re_referrals/cases.csv", asked).status_code == 404


def test_an_unknown_indicator_is_not_found(shire, signed_in):
    for page in ("indicator", "cases", "cases-csv", "cases-xlsx"):
        url = reverse(f"indicators:{page}", args=["no-such-thing"])
        assert signed_in.get(url).status_code == 404


def june(**more) -> dict:
    return {"period": "month", "ending": "2019-06-30"} | more


def test_cases_without_a_team_stand_in_a_row_of_their_own(shire, signed_in):
    page = signed_in.get(reverse("indicators:indicator", args=["referrals"]), june())
    assert page.context["figure"].numerator == 5
    assert page.context["unplaced"]["numerator"] == "1"
    cases = get(signed_in, page.context["unplaced"]["cases"])
    assert [case.row.team_id for case in cases.context["filter"].qs] == [shire.pk]


def test_the_filters_narrow_the_list_and_the_number_stays(shire, signed_in):
    url = reverse("indicators:cases", args=["re_referrals"])
    for asked, left in (
        ({}, 5),
        ({"answer": "yes"}, 1),
        ({"answer": "no"}, 4),
        ({"answer": "unknown"}, 0),
        ({"text": "no such reference"}, 0),
        ({"text": "c"}, 5),
        ({"here": "on"}, 1),
        ({"answer": "perhaps"}, 5),
    ):
        page = signed_in.get(url, june(**asked))
        assert len(page.context["filter"].qs) == left, asked
        assert "1 of 5 count." in page.content.decode()
        assert (f"The filter leaves {left} of 5" in page.content.decode()) == (left < 5)


def test_the_answers_stand_above_the_list_with_how_many_there_are(shire, signed_in):
    url = reverse("indicators:cases", args=["re_referrals"])
    answers = signed_in.get(url, june()).context["answers"]
    assert [(answer["label"], answer["count"]) for answer in answers] == [
        ("All", 5),
        ("Yes", 1),
        ("No", 4),
    ]
    for answer in answers:
        listed = get(signed_in, f"{url}?{answer['query']}").context["filter"].qs
        assert len(listed) == answer["count"]


def test_a_case_leads_to_its_record(shire, signed_in):
    page = signed_in.get(reverse("indicators:cases", args=["re_referrals"]), june())
    for case in page.context["filter"].qs:
        assert case.url == f"/referrals/{case.row.record_id}/"
        assert signed_in.get(case.url).status_code == 200


@demonstrated
@pytest.mark.parametrize("name", NAMES)
def test_every_case_of_every_indicator_leads_to_a_page(reader, name):
    page = reader.get(reverse("indicators:cases", args=[name]), {"period": "quarter"})
    urls = [case.url for case in page.context["filter"].qs]
    assert all(urls)
    for url in urls[:2]:
        assert reader.get(url).status_code == 200


def test_files_hold_what_the_filtered_list_holds(shire, signed_in):
    page = signed_in.get(
        reverse("indicators:cases", args=["re_referrals"]), june(answer="no", sort="on_day")
    )
    urls = dict(page.context["exports"])
    text = signed_in.get(urls["CSV"])
    assert "attachment" in text["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert [row["Day"] for row in rows] == ["2019-06-01", "2019-06-02", "2019-06-03", "2019-06-04"]
    assert {row["Counts"] for row in rows} == {"No"}
    book = openpyxl.load_workbook(io.BytesIO(signed_in.get(urls["Excel"]).content))
    sheet = list(book.active.iter_rows(values_only=True))
    assert len(sheet) == 5
    assert sheet[1][1].date() == datetime.date(2019, 6, 1)


def test_an_open_page_is_answered_with_nothing_until_something_is_recalculated(
    shire, signed_in, django_assert_num_queries
):
    page = signed_in.get(reverse("indicators:indicator", args=["referrals"]), june())
    asked = page.context["live_url"] + f"&token={page.context['token']}"
    with django_assert_num_queries(4):  # session, account, its roles, standings
        assert signed_in.get(asked).status_code == 204
    testshire.referral(datetime.date(2019, 6, 28))
    assert signed_in.get(asked).status_code == 204
    calculate.drain(today=TODAY)
    part = signed_in.get(asked)
    assert part.status_code == 200
    assert part.context["figure"].numerator == 6
    assert part.content.decode().lstrip().startswith('<div id="live"')
    assert "<html" not in part.content.decode()


def test_every_page_of_figures_stays_live(shire, signed_in):
    for url in ("/", "/indicators/referrals/", "/indicators/referrals/cases/"):
        page = signed_in.get(url, june(sort="on_day"))
        asked = page.context["live_url"]
        assert asked.startswith("/live/")
        again = signed_in.get(asked + "&token=old")
        assert again.status_code == 200
        assert "token=old" not in again.content.decode()
        part, whole = (AGO.sub(r"\1", each.content.decode()) for each in (again, page))
        assert part.strip() in whole


def test_a_live_page_has_to_say_which_place_it_is_about(shire, signed_in):
    for team in ("", "x", "9" * 30):
        assert signed_in.get("/live/", {"team": team}).status_code == 404


def test_any_familys_recalculation_changes_the_token(shire):
    from indicators.views.page import version

    before = version(str(shire.pk))
    late = Standing.objects.filter(authority=shire).order_by("calculated_at").first()
    late.calculated_at += datetime.timedelta(microseconds=1)
    late.save()
    assert version(str(shire.pk)) != before
