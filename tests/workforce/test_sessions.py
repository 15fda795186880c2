"""Sessions: what ends them, what does not prolong them, and that typed text outlives them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import making
from workforce import sessions
from workforce.models import KeptForm, User
from workforce.tasks import tidy

pytestmark = pytest.mark.django_db

IDLE, LIMIT = timedelta(minutes=15), timedelta(hours=10)
A_LITTLE = timedelta(seconds=20)


@pytest.fixture
def plan():
    return making.protection_plan(started_on=making.START)


@pytest.fixture
def worker(plan) -> User:
    """A caseworker of the team that holds the child."""
    team = making.team(plan.child.authority)
    making.involvement(child=plan.child, team=team)
    return making.holder("caseworker", team)


@pytest.fixture
def signed_in(client, worker) -> Client:
    client.force_login(worker)
    client.get(reverse("mfa_index"))
    return client


def later(client: Client, *, idle=timedelta(), since_start=timedelta()) -> None:
    """As if the reader had been away so long, or had signed in so long ago."""
    session = client.session
    session[sessions.ACTIVE] -= idle.total_seconds()
    session[sessions.STARTED] -= max(idle, since_start).total_seconds()
    session.save()


def left(client: Client) -> float:
    return client.get(reverse("workforce:session")).json()["left"]


TYPED = {
    "visited_on": "another",
    "visited_on_day": "3",
    "visited_on_month": "5",
    "visited_on_year": "2019",
    "went": "not_alone",
    "purpose": "other",
    "place": "school",
}


def test_a_quarter_of_an_hour_without_doing_anything_ends_it(signed_in):
    later(signed_in, idle=IDLE - A_LITTLE)
    assert signed_in.get(reverse("mfa_index")).status_code == 200
    assert left(signed_in) > (IDLE - A_LITTLE).total_seconds()
    later(signed_in, idle=IDLE)
    answer = signed_in.get(reverse("mfa_index"))
    assert answer["Location"] == f"{reverse('sign-in')}?ended=idle&next=%2Faccount%2F"
    assert "You were signed out because" in signed_in.get(answer["Location"]).content.decode()
    assert signed_in.get(reverse("workforce:session")).status_code == 401


def test_ten_hours_end_it_however_busy_the_reader_was(signed_in):
    later(signed_in, since_start=LIMIT - A_LITTLE)
    told = signed_in.get(reverse("workforce:session")).json()
    assert told["left"] < A_LITTLE.total_seconds()
    assert told["extends"] is False
    assert signed_in.post(reverse("workforce:session-stay")).json()["left"] == pytest.approx(
        told["left"], abs=5
    )
    later(signed_in, since_start=A_LITTLE)
    assert "ended=limit" in signed_in.get("/account/")["Location"]


@pytest.mark.parametrize("address", ["/live/?team=1", "/live/referrals/?team=1", "/session/"])
def test_what_a_page_asks_by_itself_does_not_prolong_it(signed_in, address):
    later(signed_in, idle=timedelta(minutes=14))
    for _ in range(3):
        signed_in.get(address, headers={"HX-Request": "true"})
    assert left(signed_in) < 61
    signed_in.post(reverse("workforce:session-stay"))
    assert left(signed_in) > 880


def test_an_open_page_goes_to_the_sign_in_page_as_a_whole(signed_in):
    User.objects.update(is_active=False)
    here = "http://testserver/indicators/referrals/?team=1"
    answer = signed_in.get("/live/?team=1", headers={"HX-Request": "true", "HX-Current-URL": here})
    assert answer["HX-Redirect"] == (
        f"{reverse('sign-in')}?next=%2Findicators%2Freferrals%2F%3Fteam%3D1"
    )
    assert signed_in.get(reverse("workforce:session")).status_code == 401


@pytest.mark.parametrize("gone", [{"idle": IDLE}, {"since_start": LIMIT}], ids=["idle", "limit"])
def test_a_form_sent_too_late_is_kept_and_offered_again(signed_in, worker, plan, gone):
    page = reverse("visits:record-visit", args=[plan.pk])
    later(signed_in, **gone)
    answer = signed_in.post(page, TYPED)
    assert answer["Location"].startswith(reverse("sign-in"))
    assert plan.visits.count() == 0
    signed_in.force_login(worker)
    shown = signed_in.get(page)
    text = shown.content.decode()
    assert "Not sent yet" in text
    assert 'value="3"' in text
    assert 'value="2019"' in text
    form = shown.context["form"]
    assert [form[name].value() for name in ("went", "place")] == ["not_alone", "school"]
    assert signed_in.post(page, TYPED).status_code == 302
    assert plan.visits.count() == 1
    assert not KeptForm.objects.exists()
    assert "Not sent yet" not in signed_in.get(page).content.decode()


def test_a_form_that_was_taken_before_the_session_ended_is_not_taken_twice(signed_in, worker, plan):
    page = reverse("visits:record-visit", args=[plan.pk])
    sent = TYPED | {"key": "00000000-0000-4000-8000-000000000000"}
    assert signed_in.post(page, sent).status_code == 302
    later(signed_in, idle=IDLE)
    assert signed_in.post(page, sent)["Location"].startswith(reverse("sign-in"))
    signed_in.force_login(worker)
    shown = signed_in.get(page)
    assert "Not sent yet" in shown.text
    assert str(shown.context["key"]) == sent["key"]
    assert signed_in.post(page, sent).status_code == 302
    assert plan.visits.count() == 1
    assert not KeptForm.objects.exists()
    assert str(signed_in.get(page).context["key"]) != sent["key"]


def test_a_page_keeps_what_is_typed_before_its_session_ends(signed_in, worker, plan):
    page = reverse("visits:record-visit", args=[plan.pk])
    later(signed_in, idle=timedelta(minutes=14))
    keep = f"{reverse('workforce:session-keep')}?path={page}"
    assert signed_in.post(keep, TYPED).status_code == 204
    assert left(signed_in) < 61
    assert KeptForm.objects.get().typed["place"] == ["school"]
    discard = f"{reverse('workforce:session-discard')}?path={page}"
    assert signed_in.post(discard)["Location"] == page
    assert not KeptForm.objects.exists()


def test_what_was_kept_is_for_the_account_that_typed_it(signed_in, plan, worker):
    page = reverse("visits:record-visit", args=[plan.pk])
    later(signed_in, idle=IDLE)
    signed_in.post(page, TYPED)
    other = Client()
    other.force_login(making.holder("caseworker", worker.team))
    assert "Not sent yet" not in other.get(page).content.decode()
    other.post(f"{reverse('workforce:session-discard')}?path={page}")
    assert KeptForm.objects.count() == 1


def test_it_is_offered_for_seven_days(signed_in, plan, worker):
    page = reverse("visits:record-visit", args=[plan.pk])
    making.kept_form(user=worker, path=page, typed={"place": ["school"]})
    assert "Not sent yet" in signed_in.get(page).content.decode()
    KeptForm.objects.update(kept_at=timezone.now() - timedelta(days=7, seconds=1))
    assert "Not sent yet" not in signed_in.get(page).content.decode()


def test_secrets_and_forms_of_elsewhere_are_not_kept(signed_in, plan):
    later(signed_in, idle=IDLE)
    signed_in.post(reverse("account_change_password"), {"oldpassword": "secret"})
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("path", ["/no-such-page/", "/teams/", "https://evil.example/", ""])
def test_nothing_is_kept_for_pages_without_such_a_form(signed_in, path):
    keep = f"{reverse('workforce:session-keep')}?path={path}"
    assert signed_in.post(keep, TYPED).status_code == 404
    discard = f"{reverse('workforce:session-discard')}?path={path}"
    assert "evil" not in signed_in.post(discard)["Location"]


def test_what_nobody_typed_is_not_kept(signed_in, plan):
    page = reverse("visits:record-visit", args=[plan.pk])
    typed = {"csrfmiddlewaretoken": "t", "key": "k", "new_password": "p", "postcode": "PE27 5BN"}
    signed_in.post(f"{reverse('workforce:session-keep')}?path={page}", typed)
    assert KeptForm.objects.get().typed == {"key": ["k"], "postcode": ["PE27 5BN"]}


def test_text_with_a_nul_is_kept_without_it(signed_in, plan):
    page = reverse("visits:record-visit", args=[plan.pk])
    signed_in.post(f"{reverse('workforce:session-keep')}?path={page}", {"place": "a\0b"})
    assert KeptForm.objects.get().typed["place"] == ["ab"]


def test_at_night_what_is_too_old_goes(signed_in, worker):
    old, new = making.kept_form(user=worker), making.kept_form(user=worker, path="/new/")
    KeptForm.objects.filter(pk=old.pk).update(kept_at=timezone.now() - timedelta(days=8))
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now())
    tidy()
    assert list(KeptForm.objects.all()) == [new]
    assert not Session.objects.filter(session_key="old").exists()
    assert left(signed_in) > 0


def test_pages_are_not_kept_by_the_browser(signed_in):
    assert signed_in.get(reverse("mfa_index"))["Cache-Control"].count("no-store") == 1


def test_without_the_database_the_sign_in_page_says_so_plainly(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("no such host")

    client.raise_request_exception = False
    client.cookies["sessionid"] = "x" * 32
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    answer = client.get(reverse("sign-in"))
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "cannot be reached" in answer.content.decode()
