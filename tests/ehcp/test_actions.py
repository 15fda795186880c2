"""The events of a request: what each writes, and what each refuses."""

import datetime
import functools

import pytest
from django.core.exceptions import ValidationError

from config.history import changes
from ehcp import actions
from ehcp.models import Decision, Plan, Request
from tests import making
from tests.referrals.test_casework import refused

pytestmark = pytest.mark.django_db
Date = datetime.date
RECEIVED, TODAY = Date(2019, 1, 7), Date(2019, 6, 28)


@pytest.fixture
def team():
    return making.team(making.authority(name="Testshire"), name="EHC assessments")


@pytest.fixture
def by(team):
    return making.holder("send_officer", team, username="sen")


@pytest.fixture
def request_(team):
    child = making.child(authority=team.authority)
    return making.request(child=child, team=team, received_on=RECEIVED)


@pytest.fixture
def do(by, request_):
    """Does what an action says about the request, as the account, on the day."""

    def act(action, **told):
        return action(**{"request": request_} | told, by=by, today=TODAY)

    return act


@pytest.fixture
def decide(do):
    def act(stage, agreed, day, **told):
        return do(actions.decide, stage=stage, agreed=agreed, decided_on=day, **told)

    return act


def test_a_decision_is_kept_with_who_wrote_it(decide, by):
    made = decide("assess", True, Date(2019, 2, 1))
    assert (made.basis, made.late_reason) == ("original", "")
    assert changes(Decision, made.pk, reader=by)[0].who == "sen"


@pytest.mark.parametrize(
    ("day", "given", "kept"),
    [
        (Date(2019, 2, 18), "panel", ""),  # the 42nd day is in time
        (Date(2019, 2, 19), "panel", "panel"),
        (Date(2019, 2, 19), "", "not_given"),
    ],
)
def test_the_reason_is_kept_where_it_was_late(decide, day, given, kept):
    assert decide("assess", True, day, late_reason=given).late_reason == kept


def test_a_decision_is_made_once_and_in_its_order(decide):
    refused(None, "Log first whether there will be", decide, "plan", True, RECEIVED)
    decide("assess", True, Date(2019, 3, 1))
    refused(None, "recorded already", decide, "assess", True, Date(2019, 3, 1))
    refused("decided_on", "which is later", decide, "plan", True, Date(2019, 2, 1))
    refused("decided_on", "in the future", decide, "plan", True, Date(2019, 6, 29))
    decide("plan", False, Date(2019, 3, 1))


def test_only_a_refusal_is_changed_into_what_was_refused(decide, do):
    changed = {"basis": "tribunal", "decided_on": Date(2019, 5, 1)}
    refused(None, "Neither an assessment nor a plan", do, actions.change_decision, **changed)
    decide("assess", False, Date(2019, 2, 1))
    refused(
        "decided_on",
        "which is later",
        do,
        actions.change_decision,
        **changed | {"decided_on": Date(2019, 1, 31)},
    )
    made = do(actions.change_decision, **changed)
    assert (made.stage, made.agreed, made.basis) == ("assess", True, "tribunal")
    refused(None, "Neither an assessment nor a plan", do, actions.change_decision, **changed)
    decide("plan", False, Date(2019, 6, 1))
    assert do(actions.change_decision, **changed | {"decided_on": TODAY}).stage == "plan"


def test_after_a_refusal_nothing_follows_until_it_is_changed(decide, do):
    decide("assess", False, Date(2019, 2, 1))
    sentence = "On 1 February 2019 an assessment was refused."
    refused(None, sentence, decide, "plan", True, TODAY)
    refused(None, sentence, do, actions.issue_plan, issued_on=TODAY)
    refused(None, sentence, do, actions.withdraw, withdrawn_on=TODAY)
    refused(None, sentence, do, actions.note_exception, ground="a", noted_on=TODAY)


def test_the_family_is_told_of_an_assessment_after_all_within_two_weeks(decide, do):
    decide("assess", False, Date(2019, 2, 1))
    refused(None, "assessment was refused", do, actions.tell_family, told_on=TODAY)
    do(actions.change_decision, basis="mediation", decided_on=Date(2019, 5, 1))
    told = do(actions.tell_family, told_on=Date(2019, 5, 16), late_reason="other")
    assert (told.basis, told.late_reason) == ("mediation", "other")
    refused(None, "recorded already", do, actions.tell_family, told_on=TODAY)


def test_a_draft_has_a_time_limit_where_a_plan_was_ordered_and_only_the_first(decide, do):
    decide("assess", True, Date(2019, 2, 1))
    assert do(actions.send_draft, sent_on=Date(2019, 3, 1), late_reason="care").late_reason == ""
    decide("plan", False, Date(2019, 3, 1))
    do(actions.change_decision, basis="tribunal", decided_on=Date(2019, 4, 1))
    late = do(actions.send_draft, sent_on=Date(2019, 5, 7), late_reason="care")
    assert late.late_reason == "care"
    again = do(actions.send_draft, sent_on=Date(2019, 6, 7), late_reason="care")
    assert again.late_reason == ""
    refused("sent_on", "already recorded", do, actions.send_draft, sent_on=Date(2019, 6, 7))


def test_a_plan_is_issued_after_all_that_led_to_it(decide, do):
    refused(None, "Log first", do, actions.issue_plan, issued_on=TODAY)
    decide("assess", True, Date(2019, 2, 1))
    do(actions.send_draft, sent_on=Date(2019, 5, 1))
    refused("issued_on", "on 1 February 2019", do, actions.issue_plan, issued_on=RECEIVED)
    day = Date(2019, 4, 30)
    refused("issued_on", "draft was sent on 1 May 2019", do, actions.issue_plan, issued_on=day)
    made = do(actions.issue_plan, issued_on=Date(2019, 5, 28), late_reason="health")
    assert made.late_reason == "health"
    refused(None, "was issued on 28 May 2019", do, actions.issue_plan, issued_on=TODAY)
    assert Plan.objects.count() == 1


def test_a_withdrawn_request_goes_on_no_more(decide, do):
    decide("assess", True, Date(2019, 2, 1))
    refused("withdrawn_on", "later", do, actions.withdraw, withdrawn_on=RECEIVED)
    do(actions.withdraw, withdrawn_on=Date(2019, 3, 1))
    assert Request.objects.get().withdrawn
    refused(None, "was withdrawn", decide, "plan", True, TODAY)


def test_what_another_authority_decided_is_not_decided_here(decide):
    Request.objects.update(historical=True)
    refused(None, "by another authority", decide, "assess", True, TODAY)


def test_a_child_has_one_open_request_at_a_time(decide, by, request_, team):
    asked = {"child": request_.child, "team": team, "sen_type": "", "by": by, "today": TODAY}
    receive = functools.partial(actions.receive_request, **asked)
    refused(None, "open already", receive, received_on=TODAY)
    decide("assess", False, Date(2019, 2, 1))
    refused(None, "open already", receive, received_on=Date(2019, 1, 31))
    assert receive(received_on=Date(2019, 2, 1)).received_on == Date(2019, 2, 1)


def test_an_account_does_not_log_for_a_child_of_others(request_, team):
    stranger = making.holder("send_officer", making.team(team.authority))
    with pytest.raises(ValidationError):
        actions.decide(
            request=request_,
            stage="assess",
            agreed=True,
            decided_on=RECEIVED,
            by=stranger,
            today=TODAY,
        )
    assert not Decision.objects.exists()
