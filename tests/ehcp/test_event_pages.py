"""The pages on which the events of a request are logged, and when each is offered."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from ehcp.models import Decision, Draft, PermittedException, Plan, Request
from tests import making
from workforce.models import Notice

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
RECEIVED = TODAY - datetime.timedelta(days=50)
LONG_AGO = TODAY - datetime.timedelta(days=150)
A_DAY = datetime.timedelta(days=1)
OF = f"the request of {RECEIVED.day} {RECEIVED:%B %Y}"


@pytest.fixture
def team():
    return making.team(making.authority(name="Testshire"), name="EHC assessments")


@pytest.fixture
def child(team):
    made = making.child(authority=team.authority, first_name="Bo", last_name="Ray")
    making.involvement(child=made, team=team, part="send_officer", started_on=LONG_AGO)
    return made


@pytest.fixture
def request_(child, team):
    return making.request(child=child, team=team, received_on=RECEIVED)


@pytest.fixture(autouse=True)
def user(client, team):
    account = making.holder("send_officer", team)
    client.force_login(account)
    return account


def log(client, page, record, **entered):
    return client.post(reverse(f"ehcp:{page}", args=[record.pk]), entered, follow=True)


def another(name: str, day: datetime.date) -> dict:
    """A day as it is typed in three boxes."""
    typed = {"day": day.day, "month": day.month, "year": day.year}
    return {name: "another"} | {f"{name}_{part}": value for part, value in typed.items()}


def offered(client, child) -> list[str]:
    page = client.get(reverse("referrals:child-log", args=[child.pk]))
    return [offer.label for offer in page.context["groups"]["Education, health and care plans"]]


def test_a_request_from_its_receipt_to_the_plan(client, child, team):
    assert offered(client, child) == ["EHC request received"]
    entered = another("received_on", RECEIVED) | {"team": team.pk, "sen_type": "ASD"}
    page = log(client, "request-of", child, **entered)
    request = Request.objects.get()
    assert page.redirect_chain[-1][0] == reverse("ehcp:request-detail", args=[request.pk])
    assert "The request is recorded. It goes to EHC assessments. Next: decide" in page.text
    assert offered(client, child) == [
        f"Decision whether to assess, after {OF}",
        f"Permitted exception, for {OF}",
        f"Withdrawal of {OF}",
    ]

    form = client.get(reverse("ehcp:decide-to-assess", args=[request.pk]))
    assert "Why was it late?" in form.text
    entered = {"agreed": "yes", "decided_on": "yesterday", "late_reason": "no_officer"}
    page = log(client, "decide-to-assess", request, **entered)
    assert "is recorded. It was due by" in page.text
    assert "Next: decide whether to make a plan, by" in page.text
    decision = Decision.objects.get()
    assert (decision.stage, decision.late_reason) == ("assess", "no_officer")

    form = client.get(reverse("ehcp:decide-on-plan", args=[request.pk]))
    assert "Why was it late?" not in form.text
    page = log(client, "decide-on-plan", request, agreed="yes", decided_on="today")
    assert "Next: issue the final plan, by" in page.text
    assert "The draft sent on" in log(client, "send-draft", request, sent_on="today").text
    page = log(client, "issue-plan", request, issued_on="today")
    assert "Nothing is due any more." in page.text
    assert Plan.objects.get().late_reason == ""
    assert offered(client, child) == ["EHC request received"]


def test_a_refusal_that_is_changed_goes_on_with_its_own_time_limits(client, child, request_):
    entered = another("decided_on", RECEIVED + 40 * A_DAY) | {"agreed": "no"}
    page = log(client, "decide-to-assess", request_, **entered)
    assert "Nothing is due any more." in page.text
    label = f"Tribunal order or mediation agreement, after {OF} was refused"
    assert offered(client, child) == [label, "EHC request received"]

    form = client.get(reverse("ehcp:change-decision", args=[request_.pk]))
    assert "an assessment was refused" in form.text
    page = log(client, "change-decision", request_, basis="tribunal", decided_on="yesterday")
    assert "there will be an assessment after all. Next: tell the family" in page.text
    assert "2 weeks after the Tribunal’s order of" in page.text
    assert f"Family told that there will be an assessment, after {OF}" in offered(client, child)
    page = log(client, "tell-family", request_, told_on="today")
    assert "Next: decide whether to make a plan, by" in page.text
    assert Decision.objects.get(basis="tribunal").told_on == TODAY


def test_an_exception_and_a_withdrawal(client, child, request_):
    page = log(client, "note-exception", request_, ground="c", noted_on="today")
    assert "Exceptional personal circumstances" in page.text
    assert PermittedException.objects.get().ground == "c"
    form = client.get(reverse("ehcp:note-exception", args=[request_.pk])).context["form"]
    assert "?" not in dict(form.fields["ground"].choices)
    page = log(client, "withdraw", request_, withdrawn_on="today")
    assert "The withdrawal on" in page.text
    assert offered(client, child) == ["EHC request received"]


def test_why_it_was_late_is_asked_once_the_day_has_passed_and_need_not_be_said(client, child):
    late = making.request(child=child, received_on=LONG_AGO)
    making.decision(request=late, decided_on=LONG_AGO + 30 * A_DAY)
    page = log(client, "issue-plan", late, issued_on="today")
    assert "It was due by" in page.text
    assert Plan.objects.get().late_reason == "not_given"


def test_what_was_in_time_and_recorded_late_has_no_reason(client, child):
    late = making.request(child=child, received_on=LONG_AGO)
    making.decision(request=late, decided_on=LONG_AGO + 30 * A_DAY)
    entered = another("issued_on", LONG_AGO + 140 * A_DAY) | {"late_reason": "panel"}
    log(client, "issue-plan", late, **entered)
    assert Plan.objects.get().late_reason == ""


def test_a_request_for_a_child_who_was_only_found_is_taken_and_goes_to_its_team(client, team):
    """The officer need not belong to the team, and then does not see what becomes of it."""
    other = making.team(team.authority, name="Reviews")
    found = making.child(authority=team.authority, first_name="Ann", last_name="Lee")
    assert client.get(reverse("referrals:child-detail", args=[found.pk])).status_code == 404
    entered = {"received_on": "today", "team": other.pk}
    page = log(client, "request-of", found, **entered)
    assert page.redirect_chain == [(reverse("referrals:find-child"), 302)]
    assert "It goes to Reviews." in page.text
    assert Request.objects.get().child == found
    page = log(client, "request-of", found, **entered)
    [told] = page.context["form"].non_field_errors()
    assert told == "A request for this child is open already."


def new_child(client, team, **told):
    usual = {"first_name": "Ann", "last_name": "Lee", "birth": "born", "received_on": "today"}
    born_on = {"birth_on_day": 4, "birth_on_month": 5, "birth_on_year": 2018}
    entered = usual | born_on | {"team": team.pk} | told
    return client.post(reverse("ehcp:request-new"), entered, follow=True)


def test_a_request_for_a_child_who_is_new_enters_the_child(client, team):
    page = new_child(client, team)
    request = Request.objects.get()
    assert page.redirect_chain == [(reverse("ehcp:request-detail", args=[request.pk]), 302)]
    assert (str(request.child), request.child.authority) == ("Ann Lee", team.authority)
    assert "Next: decide whether to assess, by" in page.text


def test_whether_the_child_is_on_record_is_asked_first(client, team):
    known = making.child(
        authority=team.authority,
        first_name="Ann",
        last_name="Lee",
        born_on=datetime.date(2018, 5, 4),
    )
    form = new_child(client, team).context["form"]
    assert "Choose which child it is" in form.errors["same"]
    new_child(client, team, same=known.pk)
    assert Request.objects.get().child == known


def test_of_a_child_that_few_may_know_of_those_responsible_are_told_and_nobody_else(client, team):
    hidden = making.child(
        authority=team.authority,
        first_name="Ann",
        last_name="Lee",
        born_on=datetime.date(2018, 5, 4),
    )
    manager = making.holder("service_manager", team.authority)
    listed = making.restriction(child=hidden)
    making.restriction_member(restriction=listed, user=manager)
    page = new_child(client, team)
    entered = Request.objects.get().child
    assert entered != hidden
    assert "The request is recorded." in page.text
    notice = Notice.objects.get()
    assert (notice.to, entered.reference in notice.text) == (manager, True)
    assert notice.url == reverse("referrals:child-detail", args=[hidden.pk])


@pytest.mark.parametrize(
    ("page", "entered", "field", "sentence"),
    [
        ("decide-to-assess", {}, "agreed", "Choose what was decided"),
        ("decide-to-assess", {}, "decided_on", "Choose the day the family was told"),
        (
            "decide-to-assess",
            {"agreed": "yes"} | another("decided_on", RECEIVED - A_DAY),
            "decided_on",
            "A decision cannot be made before the request was received.",
        ),
        ("change-decision", {}, "basis", "Choose how the refusal was changed"),
        ("note-exception", {"noted_on": "today"}, "ground", "Choose the ground of the exception"),
        ("note-exception", {"noted_on": "today", "ground": "?"}, "ground", "Select a valid choice"),
        ("send-draft", {}, "sent_on", "Choose the day the draft was sent"),
        ("issue-plan", {}, "issued_on", "Choose the day the final plan was issued"),
        ("withdraw", {}, "withdrawn_on", "Choose the day the request was withdrawn"),
        ("tell-family", {}, "told_on", "Choose the day the family was told"),
    ],
)
def test_what_is_missing_or_cannot_be_true_is_said_beside_the_field(
    client, request_, page, entered, field, sentence
):
    form = log(client, page, request_, **entered).context["form"]
    assert sentence in str(form.errors[field])


def test_a_form_sent_twice_is_done_once(client, child, request_):
    making.decision(request=request_, decided_on=RECEIVED)
    key = "00000000-0000-4000-8000-000000000000"
    pages = [log(client, "send-draft", request_, sent_on="today", key=key) for _ in "12"]
    assert [len(page.redirect_chain) for page in pages] == [1, 1]
    assert Draft.objects.count() == 1
