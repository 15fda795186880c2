"""What has happened stands on the charts, and begins a new baseline only with a reason."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.history import events_of
from config.workdays import london_day
from indicators import calculate
from indicators.annotations import note
from indicators.models import Annotation
from tests import making
from tests.indicators import testshire

TODAY = london_day(timezone.now())
JULY = datetime.date(2018, 7, 10)
SUMMER = {"period": "month", "ending": "2018-12-31"}


@pytest.fixture
def shire(db) -> dict:
    """Testshire with two teams, a manager of one, and two years of referrals."""
    authority = testshire.authority()
    east, west = making.team(authority, name="East"), making.team(authority, name="West")
    for month in range(24):
        for number in range(2 + month % 3):
            day = datetime.date(2017 + month // 12, month % 12 + 1, number + 1)
            testshire.referral(day, team=east)
    calculate.drain(today=TODAY)
    manager = making.holder("team_manager", east, demonstration=True)
    return {"authority": authority, "east": east, "west": west, "manager": manager}


def trend(client: Client, place, name="referrals", **asked):
    return client.get(
        reverse("indicators:indicator", args=[name]), SUMMER | {"team": place.pk} | asked
    )


def entered(**values) -> dict:
    return {
        "happened_on": "another",
        "happened_on_day": "10",
        "happened_on_month": "7",
        "happened_on_year": "2018",
        "words": "The team is fully staffed",
        "about": "this",
    } | values


def test_a_manager_notes_what_happened_on_the_charts_of_the_place(shire, client):
    client.force_login(shire["manager"])
    url = trend(client, shire["east"]).context["annotate"]
    assert client.get(url).status_code == 200
    answer = client.post(url, entered(), follow=True)
    assert "Noted for 10 July 2018." in answer.text
    made = Annotation.objects.get()
    assert (made.place, made.indicator, made.happened_on) == (shire["east"], "referrals", JULY)
    page = trend(client, shire["east"])
    [mark] = page.context["marked"]
    assert (mark.letter, mark.annotation) == ("A", made)
    assert "The team is fully staffed" in page.text
    assert not trend(client, shire["authority"]).context["marked"]
    assert not trend(client, shire["east"], "re_referrals").context["marked"]


def test_what_happened_to_the_whole_stands_on_the_charts_below_it(shire, client):
    by = making.holder("analyst", shire["authority"], demonstration=True)
    note(place=shire["authority"], indicator="", happened_on=JULY, words="Recording changed", by=by)
    client.force_login(shire["manager"])
    for name in ("referrals", "re_referrals"):
        assert len(trend(client, shire["east"], name).context["marked"]) == 1


def averages(page) -> list:
    return [row["reached"].limits and row["reached"].limits.average for row in page.context["rows"]]


def test_a_new_baseline_begins_with_a_reason_and_never_without(shire, client):
    client.force_login(shire["manager"])
    before = averages(trend(client, shire["east"]))
    note_it = {
        "place": shire["east"],
        "indicator": "referrals",
        "words": "A new form",
        "by": shire["manager"],
    }
    note(happened_on=datetime.date(2017, 6, 1), **note_it)
    assert averages(trend(client, shire["east"])) == before
    note(happened_on=datetime.date(2017, 7, 1), why="It asks for less", **note_it)
    after = averages(trend(client, shire["east"]))
    assert after != before
    assert after[-1] is None


@pytest.mark.parametrize(("wrong", "said"), [({"words": ""}, "Say what happened")])
def test_what_is_missing_is_asked_for(shire, client, wrong, said):
    client.force_login(shire["manager"])
    url = trend(client, shire["east"]).context["annotate"]
    assert said in client.post(url, entered(**wrong)).text
    assert not Annotation.objects.exists()


def test_the_same_is_noted_once(shire):
    told = {
        "place": shire["east"],
        "indicator": "",
        "happened_on": JULY,
        "words": "Moved",
        "by": shire["manager"],
    }
    note(**told)
    with pytest.raises(ValidationError, match="noted for that day already"):
        note(**told)


def test_only_managers_of_the_place_and_analysts_note(shire, client):
    client.force_login(shire["manager"])
    for place in (shire["west"], shire["authority"]):
        assert not trend(client, place).context["annotate"]
        url = reverse("indicators:annotate", args=["referrals"])
        assert client.get(url, {"team": place.pk}).status_code == 404
        assert client.post(f"{url}?team={place.pk}", entered()).status_code == 404
    client.force_login(making.holder("caseworker", shire["east"], demonstration=True))
    assert client.get(f"{url}?team={shire['east'].pk}").status_code == 403
    assert not Annotation.objects.exists()


def test_it_is_taken_off_with_a_reason_that_the_history_keeps(shire, client):
    made = note(
        place=shire["east"], indicator="", happened_on=JULY, words="Moved", by=shire["manager"]
    )
    url = reverse("indicators:take-off-annotation", args=[made.pk])
    client.force_login(making.holder("team_manager", shire["west"], demonstration=True))
    assert client.post(url, {"why": "No"}).status_code == 404
    client.force_login(shire["manager"])
    assert "Say why" in client.post(url, {}).text
    assert client.post(url, {"why": "Another team"}).status_code == 302
    assert not Annotation.objects.exists()
    last = events_of(Annotation).objects.select_related("pgh_context").latest("pk")
    assert last.pgh_context.metadata["why"] == "Another team"


@pytest.mark.xdist_group("demonstration")
def test_targets_and_what_is_published_are_drawn(demonstration, client):
    from workforce.models import User

    client.force_login(User.objects.get(username="analyst"))
    page = trend(client, demonstration, "re_referrals", ending="2019-06-30")
    picture = str(page.context["charts"]["wide"])
    assert "chart-level--comparator" in picture
    assert page.context["compared"]
    assert "Published" in page.text
    page = trend(client, demonstration, "cp_visits_in_time", ending="2019-06-30")
    assert "Local target" in str(page.context["charts"]["wide"])
    assert "Target 80%, local" in page.text


def test_a_new_baseline_is_what_the_overview_judges_by_at_once(shire, client):
    for _ in range(20):
        testshire.referral(datetime.date(2018, 12, 3), team=shire["east"])
    calculate.drain(today=TODAY)
    client.force_login(shire["manager"])

    def told() -> list:
        page = client.get("/", SUMMER | {"team": shire["east"].pk})
        tiles = page.context["groups"]["Referrals"]
        return [tile.sign for tile in tiles if tile.indicator.name == "referrals"]

    assert told()[0].what == "outside the limits"
    note(
        place=shire["east"],
        indicator="referrals",
        happened_on=datetime.date(2018, 6, 1),
        words="A new form",
        why="It asks for less",
        by=shire["manager"],
    )
    assert told() == [None]
