"""What stands beside a figure: the right target, the right publication, and what differs."""

import datetime
from decimal import Decimal

import pytest

from indicators import registry
from indicators.beside import Beside, Promised, days_in_words, together
from indicators.figures import Figure
from indicators.models import Area, Comparator, ComparedWith
from indicators.periods import Kind, Period
from indicators.settled import provisional
from tests import making
from tests.indicators.test_models import area, comparator, compared_with, promise, target
from workforce.models import Team, User

Date = datetime.date
TODAY, JUNE = Date(2019, 11, 20), Date(2019, 6, 30)
VISITS = registry.indicator("cp_visits_in_time")
REPEATS = registry.indicator("re_referrals")
TURNOVER = registry.indicator("turnover_12_months")


def figure(value: str | None, *, indicator=VISITS, end=JUNE, undecided=0) -> Figure:
    value = None if value is None else Decimal(value)
    period = Period.ending("quarter", end)
    return Figure(indicator, period, None, Decimal(0), Decimal(0), Decimal(undecided), value)


@pytest.fixture
def shire(db) -> Team:
    return making.authority()


def beside(shire: Team, as_at=TODAY) -> Beside:
    return Beside([VISITS, REPEATS, TURNOVER], authority=shire, as_at=as_at)


def compared(shire: Team, place: Area, since=making.START) -> Area:
    compared_with(authority=shire, area=place, valid_from=since)
    return place


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("80", "met"),
        ("92.5", "met"),
        ("79.0", "missed by 1 point"),
        ("65.4", "missed by 14.6 points"),
        ("79.96", "met"),  # it is shown as 80.0%
        (None, ""),
    ],
)
def test_a_target_is_met_or_missed_by_the_figure_that_is_shown(shire, value, told):
    target(authority=shire)
    [aim] = beside(shire).aims(figure(value))
    assert (aim.value, aim.verdict) == ("80%, local", told)


def test_where_lower_is_better_a_target_is_missed_from_above(shire):
    target(authority=shire, indicator="turnover_12_months", value=16)
    [missed] = beside(shire).aims(figure("18", indicator=TURNOVER))
    [met] = beside(shire).aims(figure("15.9", indicator=TURNOVER))
    assert (missed.verdict, met.verdict) == ("missed by 2 points", "met")


def test_a_period_has_the_target_in_force_on_its_last_day(shire):
    for since, value in ((2018, 70), (2019, 80), (2020, None)):
        target(authority=shire, valid_from=Date(since, 4, 1), value=value)
    found = beside(shire)
    ends = (Date(2018, 3, 31), Date(2019, 3, 31), Date(2019, 6, 30), Date(2020, 6, 30))
    values = [[aim.target.value for aim in found.aims(figure("75", end=end))] for end in ends]
    assert values == [[], [70], [80], []]


def test_national_and_local_targets_stand_side_by_side(shire):
    target(authority=shire, kind="national", value=100)
    target(authority=shire, value=90)
    told = [aim.value for aim in beside(shire).aims(figure("95"))]
    assert told == ["90%, local", "100%, national"]


def test_targets_of_another_authority_are_not_ours(shire):
    target()
    assert beside(shire).aims(figure("10")) == []


def published(shire: Team, until=JUNE, as_at=TODAY, name="re_referrals"):
    return beside(shire, as_at).published(until)[name]


def test_the_latest_year_that_is_over_stands_beside_a_figure(shire):
    england = compared(shire, area("national"))
    for year, value in ((2018, 21.9), (2019, 22.6), (2020, 22.7)):
        comparator(
            area=england,
            first_on=Date(year - 1, 4, 1),
            last_on=Date(year, 3, 31),
            published_on=Date(year, 10, 31),
            value=value,
        )
    [beside_june] = published(shire)
    assert (beside_june.value, beside_june.when) == ("22.6%", "2018-19")
    [known_in_june] = published(shire, as_at=JUNE)
    assert known_in_june.when == "2017-18"
    assert published(shire, until=Date(2018, 3, 30)) == []


def test_a_restated_figure_takes_the_place_of_the_first_from_the_day_it_is_published(shire):
    england = compared(shire, area("national"))
    comparator(area=england, value=22.6)
    comparator(area=england, value=22.7, published_on=Date(2019, 11, 15))
    assert [each.value for each in published(shire)] == ["22.7%"]
    assert [each.value for each in published(shire, as_at=Date(2019, 11, 14))] == ["22.6%"]


def test_a_new_set_of_neighbours_takes_the_place_of_the_old(shire):
    old, new = area("neighbours", code=""), area("neighbours", code="")
    compared(shire, old, Date(2014, 1, 1))
    compared(shire, new, Date(2019, 11, 1))
    for each, value in ((old, 20), (new, 25)):
        comparator(area=each, value=value)
    assert [each.value for each in published(shire)] == ["25.0%"]
    assert [each.value for each in published(shire, as_at=Date(2019, 10, 31))] == ["20.0%"]


def test_areas_stand_from_the_largest_to_the_smallest_and_those_alike_together(shire):
    for kind in ("authority", "neighbours", "region", "national"):
        comparator(area=compared(shire, area(kind)))
    assert [each.row.area.kind for each in published(shire)] == [
        "national",
        "region",
        "neighbours",
        "authority",
    ]
    assert [len(some) for some in together(published(shire))] == [4]


def test_a_marker_is_told_in_words_and_is_no_number(shire):
    comparator(area=compared(shire, area("region")), value=None, marker="c")
    [told] = published(shire)
    assert told.value == "suppressed to protect confidential information"


def test_a_figure_of_another_rule_says_so(shire):
    england = compared(shire, area("national"))
    comparator(area=england, indicator="turnover_12_months")
    comparator(area=england)
    assert "census day, 30 September" in published(shire, name="turnover_12_months")[0].rule
    assert published(shire)[0].rule == ""


def test_one_query_serves_a_whole_page(shire, django_assert_num_queries):
    england = compared(shire, area("national"))
    for name in ("re_referrals", "turnover_12_months"):
        comparator(area=england, indicator=name)
        target(authority=shire, indicator=name)
    with django_assert_num_queries(1):
        found = beside(shire)
        assert len(found.published(JUNE)) == 2
        assert found.aims(figure("10", indicator=TURNOVER))
        assert found.aims(figure("10", indicator=REPEATS))


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (Date(2018, 4, 1), Date(2019, 3, 31), "2018-19"),
        (Date(2019, 1, 1), Date(2019, 12, 31), "2019"),
        (Date(2018, 10, 1), Date(2019, 9, 30), "Oct 2018 to Sep 2019"),
        (Date(2019, 9, 30), Date(2019, 9, 30), "30 September 2019"),
    ],
)
def test_the_days_of_a_publication_are_called_as_people_call_them(first, last, told):
    assert days_in_words(first, last) == told


@pytest.mark.parametrize(
    ("as_at", "undecided", "told"),
    [
        (Date(2019, 6, 30), 0, "the period is not over"),
        (Date(2019, 7, 1), 3, "3 not yet known"),
        (Date(2019, 7, 1), 0, "until 28 July 2019, as recording may follow"),
        (Date(2019, 7, 28), 0, "until 28 July 2019, as recording may follow"),
        (Date(2019, 7, 29), 0, ""),
        (Date(2019, 7, 29), 1, "1 not yet known"),
    ],
)
def test_a_figure_is_provisional_until_recording_has_settled(as_at, undecided, told):
    assert provisional(figure("79", undecided=undecided), as_at) == told


@pytest.mark.xdist_group("demonstration")
def test_the_demonstration_has_targets_and_comparators_of_its_own(demonstration):
    found = Beside(registry.listed(), authority=demonstration, as_at=Date(2026, 11, 23))
    [aim] = found.aims(figure("0", indicator=registry.indicator("ehc_20_weeks")))
    assert aim.value == "100%, national"
    assert [each.value for each in found.published(JUNE)["re_referrals"]] == [
        "22.6%",
        "25.1%",
        "23.2%",
    ]
    assert ComparedWith.objects.count() == 3
    assert Comparator.objects.count() == 213


@pytest.mark.parametrize(
    ("value", "as_at", "score"),
    [
        ("58.0", TODAY, "Kept"),
        ("70", TODAY, "Kept"),
        ("50", TODAY, "Missed by 8 points"),
        (None, TODAY, "No figure to score it by"),
        ("70", Date(2019, 6, 29), "Open"),
    ],
)
def test_a_promise_is_kept_or_missed_by_the_figure_of_its_period(shire, value, as_at, score):
    made = promise(authority=shire)
    [(found, period)] = beside(shire, as_at).promised(VISITS, Kind.QUARTER)
    assert (found.value, found.due_on, found.source) == (made.value, made.due_on, made.source)
    assert period.end == JUNE
    assert Promised(found, figure(value), as_at).score == score


def test_a_promise_is_known_from_the_day_on_which_it_was_said(shire):
    promise(authority=shire)
    promise()
    assert len(beside(shire).promises["cp_visits_in_time"]) == 1
    assert beside(shire, Date(2019, 3, 31)).promises["cp_visits_in_time"] == []


@pytest.mark.xdist_group("demonstration")
def test_what_the_committee_was_promised_is_scored_on_the_page(demonstration, client):
    client.force_login(User.objects.get(username="reader"))
    asked = {"period": "quarter", "team": demonstration.pk}
    page = client.get("/indicators/ehc_20_weeks/", asked)
    told = [(row["promised"].value, row["promised"].score) for row in page.context["promises"]]
    assert told[0] == ("58%", "Missed by 44 points")
    assert [value for value, _ in told] == ["58%", "100%"]
    assert "14.0% (" in page.text.partition('id="promises"')[2].partition("</table>")[0]
    then = client.get("/indicators/ehc_20_weeks/", asked | {"as_at": "2019-06-30"})
    assert then.context["promises"] == []
    soon = client.get("/indicators/ehc_20_weeks/", asked | {"as_at": "2019-12-01"})
    assert [row["promised"].score for row in soon.context["promises"]] == ["Open", "Open"]


def test_each_year_says_when_its_figures_were_published_whichever_areas_it_has(shire, client):
    neighbours, england = compared(shire, area("neighbours")), compared(shire, area("national"))
    later = Date(2019, 11, 15)
    comparator(area=england)
    comparator(area=neighbours, published_on=later)
    comparator(area=england, first_on=Date(2017, 4, 1), last_on=Date(2018, 3, 31))
    client.force_login(making.holder("analyst", shire))
    page = client.get("/indicators/re_referrals/", {"team": shire.pk})
    days = {when: days for when, _, days in page.context["years"]["rows"]}
    assert days == {"2018-19": [Date(2019, 10, 31), later], "2017-18": [Date(2019, 10, 31)]}
    assert "31 October 2019, 15 November 2019</td>" in page.text
