"""What ends in the middle of a form: cover, an account, the database. Nothing is shown or kept."""

import datetime
import itertools
import re
import uuid

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from config.problems import sent_again
from config.workdays import LONDON, ONE_DAY, london_day
from tests import losing, making
from visits.models import ProtectionPlan, Visit
from workforce import actions, staffing
from workforce.models import Submission, User

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
TYPED = {
    "key": "00000000-0000-4000-8000-000000000000",
    "visited_on": "another",
    "visited_on_day": "3",
    "visited_on_month": "5",
    "visited_on_year": "2019",
    "outcome": "seen",
    "went": "alone",
    "purpose": "statutory",
    "place": "home",
}


@pytest.fixture
def shire() -> dict:
    """A child of Ann's in one team, and Ben of another team, who stands in for her today."""
    authority = making.authority()
    east, west = making.team(authority), making.team(authority)
    ann, ben = making.worker(authority=authority), making.worker(authority=authority)
    making.assignment(employment=making.employment(worker=ben), team=west)
    child = making.child(authority=authority, first_name="Bo", last_name="Canary")
    making.involvement(child=child, team=east, worker=ann)
    account = making.holder("caseworker", west, worker=ben)
    making.cover(worker=ann, by=account, since=TODAY - ONE_DAY, until=TODAY + ONE_DAY)
    return {
        "authority": authority,
        "account": account,
        "plan": making.protection_plan(child=child),
        "ben": ben,
    }


@pytest.fixture
def form(shire, client) -> str:
    """The address of a form that the account has just opened."""
    client.force_login(shire["account"])
    address = reverse("visits:record-visit", args=[shire["plan"].pk])
    assert "Canary" in client.get(address).text
    return address


def at(day: datetime.date, hour: int, minute: int) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour, minute), LONDON)


def test_a_cover_that_runs_out_at_midnight_takes_no_form_that_was_opened_before(
    shire, client, monkeypatch
):
    monkeypatch.setattr(timezone, "now", lambda: at(TODAY, 23, 58))
    client.force_login(shire["account"])
    address = reverse("visits:record-visit", args=[shire["plan"].pk])
    assert client.get(address).status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: at(TODAY + ONE_DAY, 0, 1))
    answer = client.post(address, TYPED)
    assert answer.status_code == 404
    assert "Canary" not in answer.text
    assert not Visit.objects.exists()


def end_account(shire: dict) -> None:
    administrator = making.holder("administrator", shire["authority"])
    actions.end_account(user=shire["account"], today=TODAY, by=administrator)


def leave(shire: dict) -> None:
    told = {"left_on": TODAY, "reason_for_leaving": "1", "destination": "", "today": TODAY}
    officer = making.holder("workforce_officer", shire["authority"])
    staffing.leave(employment=shire["ben"].employments.get(), **told, by=officer)


def disable(shire: dict) -> None:
    User.objects.filter(pk=shire["account"].pk).update(is_active=False)


@pytest.mark.parametrize("ended", [end_account, leave, disable], ids=lambda how: how.__name__)
def test_an_account_that_ends_stores_nothing_and_its_open_pages_are_told(
    shire, client, form, ended
):
    ended(shire)
    answer = client.post(form, TYPED)
    assert answer["Location"].startswith(reverse("sign-in"))
    assert not Visit.objects.exists()
    assert client.get(reverse("workforce:session")).status_code == 401
    live = client.get("/live/?team=1", headers={"HX-Request": "true"})
    assert live["HX-Redirect"].startswith(reverse("sign-in"))


def gone_after(statements: int):
    """What the database does that is gone after so many statements, and does not come back."""
    left = iter(range(statements))

    def execute(run, *statement):
        if next(left, None) is None:
            raise OperationalError("server closed the connection unexpectedly")
        return run(*statement)

    return execute


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("method", ["get", "post"])
def test_whenever_the_database_goes_the_answer_is_503_and_shows_nothing(
    shire, client, form, method
):
    client.raise_request_exception = False
    for statements in range(0, 100, 2):
        with connection.execute_wrapper(gone_after(statements)):
            answer = getattr(client, method)(form, TYPED)
        connection.close()
        if answer.status_code != 503:
            break
        assert answer["Retry-After"]
        assert "Canary" not in answer.text
    assert answer.status_code == {"get": 200, "post": 302}[method]
    assert statements > 5
    assert Visit.objects.count() == (method == "post")
    assert ProtectionPlan.objects.count() == 1


HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("arrives", [True, False], ids=["its-answer-is-lost", "it-is-lost"])
def test_at_whichever_commit_the_line_is_cut_the_form_sent_again_is_saved_once(
    shire, client, form, arrives
):
    client.raise_request_exception = False
    with losing.line() as line:
        for number in itertools.count(1):
            day = {"visited_on_day": str(number), "key": str(uuid.uuid4())}
            line.cut(number, arrives=arrives)
            answer = client.post(form, TYPED | day)
            if answer.status_code == 302:
                break
            assert answer.status_code == 503
            assert answer["Retry-After"] == "2"
            assert "Send it again" in answer.text
            connection.close()
            typed = dict(HIDDEN.findall(answer.text))
            assert typed == TYPED | day
            assert client.post(form, typed).status_code == 302
            assert Visit.objects.count() == Submission.objects.count() == number
    assert Visit.objects.count() == number
    assert number > 3


def test_a_form_that_could_be_done_twice_or_holds_a_secret_is_not_offered_again(rf):
    for typed in ({"name": "Bo"}, {"key": "1", "password": "Bo"}, {"key": "1", "code": "123456"}):
        assert sent_again(rf.post("/", typed)) == []
    assert sent_again(rf.get("/", {"key": "1"})) == []
    assert sent_again(rf.post("/", {"key": "1", "who": ["Bo", "Di"]})) == [
        ("key", "1"),
        ("who", "Bo"),
        ("who", "Di"),
    ]
