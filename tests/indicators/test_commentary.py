"""What is said about a figure: in three parts, with its history, and never lost to a colleague."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from config import history
from indicators import registry
from indicators.actions import comment
from indicators.models import Commentary
from indicators.periods import Period
from tests import making
from tests.indicators import testshire
from workforce.models import Team

JUNE = {"kind": "quarter", "ending": "2019-06-30"}
PERIOD = Period.ending("quarter", datetime.date(2019, 6, 30))
REPEATS = registry.indicator("re_referrals")
PARTS = {"trend": "It rose.", "background": "Two agencies.", "action": "Each is read."}


@pytest.fixture
def shire(db) -> Team:
    return testshire.authority()


@pytest.fixture
def writer(shire, client: Client) -> Client:
    client.force_login(making.holder("analyst", shire, first_name="Ada"))
    return client


def address(place: Team, /, **asked) -> str:
    told = {"name": "re_referrals", "place": place.pk} | JUNE | asked
    return reverse("indicators:commentary", kwargs=told)


def figure(client: Client, place: Team):
    asked = {"period": "quarter", "ending": "2019-06-30", "team": place.pk}
    return client.get(reverse("indicators:indicator", args=["re_referrals"]), asked)


def test_what_is_written_stands_on_the_page_of_its_figure_and_of_no_other(shire, writer):
    assert "None is written." in figure(writer, shire).content.decode()
    answer = writer.post(address(shire), PARTS | {"version": 0}, follow=True)
    shown = answer.content.decode()
    assert "The commentary is saved." in shown
    for part in PARTS.values():
        assert part in shown
    assert answer.redirect_chain[-1][0].endswith("#commentary")
    team = making.team(shire)
    assert "None is written." in figure(writer, team).content.decode()
    assert Commentary.objects.get().written_by.first_name == "Ada"


def test_the_page_shows_what_was_written_before(shire, writer):
    writer.post(address(shire), PARTS | {"version": 0})
    said = Commentary.objects.get()
    writer.post(address(shire), PARTS | {"trend": "It fell.", "version": history.version(said)})
    shown = writer.get(address(shire)).content.decode()
    assert shown.count("It rose.") >= 1
    assert "It fell." in shown
    assert "What was written before" in shown


def test_a_text_changed_meanwhile_is_shown_and_nothing_is_overwritten(shire, writer):
    begun = writer.get(address(shire)).context["version"]
    colleague = making.holder("service_manager", shire, first_name="Grace")
    comment(
        indicator=REPEATS,
        period=PERIOD,
        place=shire,
        trend="Mine.",
        background="",
        action="",
        version=0,
        by=colleague,
    )
    answer = writer.post(address(shire), PARTS | {"version": begun})
    shown = answer.content.decode()
    assert "Somebody changed this while you were writing" in shown
    assert "Mine." in shown
    assert "It rose." in shown
    assert Commentary.objects.get().trend == "Mine."
    again = writer.post(address(shire), PARTS | {"version": answer.context["version"]})
    assert again.status_code == 302
    assert Commentary.objects.get().trend == "It rose."


def test_a_form_that_is_refused_keeps_the_version_it_began_with(shire, writer):
    answer = writer.post(address(shire), {"trend": " ", "version": 0})
    assert "Write something in at least one of the three parts." in answer.content.decode()
    assert answer.context["version"] == 0


def test_nothing_said_is_refused(shire):
    with pytest.raises(ValidationError, match="at least one"):
        comment(
            indicator=REPEATS,
            period=PERIOD,
            place=shire,
            trend="",
            background="",
            action="",
            version=0,
            by=making.holder("analyst", shire),
        )


@pytest.mark.parametrize("role", ["analyst", "publisher", "team_manager", "service_manager"])
def test_those_who_answer_for_a_place_write_about_it_and_of_no_other(shire, client, role):
    east, west = making.team(shire), making.team(shire)
    client.force_login(making.holder(role, east))
    assert client.get(address(east)).status_code == 200
    assert client.get(address(west)).status_code == 404
    assert client.get(address(making.authority())).status_code == 404
    assert "Write the commentary" in figure(client, east).content.decode()
    assert "Write the commentary" not in figure(client, west).content.decode()


@pytest.mark.parametrize("role", ["caseworker", "auditor", "administrator"])
def test_others_read_and_do_not_write(shire, client, role):
    client.force_login(making.holder(role, shire))
    assert client.get(address(shire)).status_code == 403
    assert "Write the commentary" not in figure(client, shire).content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"name": "no-such-thing"},
        {"kind": "fortnight"},
        {"ending": "2019-02-31"},
        {"ending": "9999-12-31"},
        {"place": 0},
    ],
    ids=str,
)
def test_what_cannot_be_is_not_found(shire, writer, asked):
    assert writer.get(address(shire, **asked)).status_code == 404
