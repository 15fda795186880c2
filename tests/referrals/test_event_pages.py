"""The pages on which the events of a case are logged: offered when they can be, and once done."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from referrals.models import Assessment, Child, Involvement, Referral
from tests import making

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
BEFORE = TODAY - datetime.timedelta(days=10)


@pytest.fixture
def team():
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def worker(team):
    ann = making.worker(authority=team.authority, first_name="Ann", last_name="Lee")
    making.assignment(employment=making.employment(worker=ann), team=team)
    return ann


@pytest.fixture
def child(team):
    made = making.child(
        authority=team.authority,
        first_name="Bo",
        last_name="Ray",
        born_on=None,
        expected_on=TODAY + datetime.timedelta(days=30),
    )
    making.involvement(child=made, team=team, started_on=BEFORE)
    return made


@pytest.fixture
def referral(child, team):
    return making.referral(child=child, team=team, received_on=BEFORE)


@pytest.fixture(autouse=True)
def user(client, team):
    account = making.holder("caseworker", team)
    client.force_login(account)
    return account


def log(client, page, record, **entered):
    return client.post(reverse(f"referrals:{page}", args=[record.pk]), entered, follow=True)


def offered(client, child) -> list[str]:
    page = client.get(reverse("referrals:child-log", args=[child.pk]))
    return [offer.label for offers in page.context["groups"].values() for offer in offers]


def test_a_referral_from_its_decision_to_its_closure(client, child, referral, team):
    received = f"{BEFORE.day} {BEFORE:%B %Y}"
    assert f"Decision on the referral of {received}" in offered(client, child)
    entered = {"decided_on": "today", "no_further_action": "no", "team": team.pk}
    page = log(client, "decide", referral, **entered)
    assert page.redirect_chain == [(reverse("referrals:child-detail", args=[child.pk]), 302)]
    assert "is recorded. It was due by" in page.text
    assert "The completed assessment is due by" in page.text
    assert f"Decision on the referral of {received}" not in offered(client, child)

    assert "is recorded" in log(client, "start-assessment", referral, started_on="yesterday").text
    assessment = Assessment.objects.get()
    assert f"Assessment started, after the referral of {received}" not in offered(client, child)
    log(client, "complete-assessment", assessment, completed_on="today")

    form = client.get(reverse("referrals:close-case", args=[referral.pk]))
    assert "The allocation of East ends on that day as well." in form.text
    page = log(client, "close-case", referral, closed_on="today", closure_reason="RC8")
    assert "The case is closed" in page.text
    assert "No case is open." in page.text
    assert Involvement.objects.get().ended_on == TODAY
    assert "Referral received" in offered(client, child)


def test_no_further_action_says_who_is_still_allocated(client, child, referral, team):
    entered = {"decided_on": "today", "no_further_action": "yes", "team": team.pk}
    page = log(client, "decide", referral, **entered)
    assert "no further action" in page.text
    assert "East is still allocated to the child." in page.text
    assert Referral.objects.get().no_further_action


def test_a_worker_is_allocated_and_the_one_before_ends(client, child, worker):
    form = client.get(reverse("referrals:allocate", args=[child.pk]))
    assert "If you allocate another, this ends on the day the other begins." in form.text
    entered = {"worker": worker.pk, "part": "social_worker", "started_on": "yesterday"}
    page = log(client, "allocate", child, **entered)
    assert "Ann Lee." in page.text
    ann = Involvement.objects.get(ended_on=None)
    assert (ann.worker, ann.team.name) == (worker, "East")
    assert "Allocation of Ann Lee ended" in offered(client, child)
    page = log(client, "end-allocation", ann, ended_on="today")
    assert "The allocation of Ann Lee ended" in page.text


def test_with_an_open_case_it_is_said_that_nobody_is_allocated(client, child, referral):
    page = log(client, "end-allocation", Involvement.objects.get(), ended_on="today")
    assert "Nobody is allocated to the child as social worker now." in page.text


def test_birth_move_and_death(client, child):
    assert {"Child born", "Moved in or out", "Died"} <= set(offered(client, child))
    entered = {"born_on": "yesterday", "first_name": "Bea", "last_name": "", "sex": "F"}
    assert "The birth on" in log(client, "child-born", child, **entered).text
    moved = {"address": "1 High Street, Oldtown", "postcode": "pe275bn"}
    assert "The address is recorded." in log(client, "child-moved", child, **moved).text
    form = client.get(reverse("referrals:child-moved", args=[child.pk])).text
    assert "1 High Street, Oldtown, PE27 5BN" in form
    assert "The death on" in log(client, "child-died", child, died_on="today").text
    assert offered(client, child) == [
        "Referral received",
        "Worker allocated",
        "Allocation of East ended",
        "Moved in or out",
        "There is another record of this child",
        "EHC request received",
    ]
    bea = Child.objects.get()
    assert (bea.first_name, bea.last_name, bea.died_on) == ("Bea", "Ray", TODAY)


@pytest.mark.parametrize(
    ("page", "entered", "field", "sentence"),
    [
        ("decide", {}, "no_further_action", "Choose what was decided"),
        ("decide", {}, "decided_on", "Choose the day of the decision"),
        ("close-case", {"closed_on": "today"}, "closure_reason", "Choose why the case was closed"),
        (
            "close-case",
            {
                "closed_on": "another",
                "closed_on_day": "1",
                "closed_on_month": "1",
                "closed_on_year": "2019",
                "closure_reason": "RC7",
            },
            "closed_on",
            "The closure date cannot be before the date the referral was received.",
        ),
        ("start-assessment", {}, "started_on", "Choose the day it started"),
    ],
)
def test_what_is_missing_or_cannot_be_true_is_said_beside_the_field(
    client, referral, page, entered, field, sentence
):
    form = log(client, page, referral, **entered).context["form"]
    assert sentence in form.errors[field]


@pytest.mark.parametrize(
    ("page", "entered", "field", "sentence"),
    [
        ("allocate", {"part": "social_worker", "started_on": "today"}, "team", "Choose a worker"),
        ("allocate", {"part": "send_officer"}, "part", "Select a valid choice"),
        ("child-moved", {"address": "1 High St", "postcode": "PE2"}, "postcode", "full postcode"),
        ("child-moved", {}, "address", "Enter the address"),
    ],
)
def test_what_is_said_about_a_child(client, child, page, entered, field, sentence):
    form = log(client, page, child, **entered).context["form"]
    assert sentence in str(form.errors[field])


def test_a_form_sent_twice_is_done_once(client, referral):
    key = "00000000-0000-4000-8000-000000000000"
    pages = [log(client, "start-assessment", referral, started_on="today", key=key) for _ in "12"]
    assert [len(page.redirect_chain) for page in pages] == [1, 1]
    assert Assessment.objects.count() == 1


def test_a_send_officer_allocates_send_officers_and_ends_no_others(client, child, team):
    send = making.team(team.authority, name="SEND")
    making.involvement(child=child, team=send, part="send_officer", started_on=BEFORE)
    client.force_login(making.holder("send_officer", send))
    assert offered(client, child)[:2] == ["Worker allocated", "Allocation of SEND ended"]
    social_work = Involvement.objects.get(part="social_worker")
    assert log(client, "end-allocation", social_work, ended_on="today").status_code == 404


def test_a_worker_of_another_authority_is_no_choice(client, child):
    stranger = making.worker()
    entered = {"worker": stranger.pk, "part": "social_worker", "started_on": "today"}
    assert "worker" in log(client, "allocate", child, **entered).context["form"].errors
