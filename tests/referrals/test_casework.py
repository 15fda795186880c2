"""The events of a case: what each writes, what each refuses, and what is said to be due next."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from config.history import changes
from referrals import casework
from referrals.due import late_decision, next_due
from referrals.models import Assessment, Involvement, Referral
from tests import making

pytestmark = pytest.mark.django_db
Date = datetime.date
TODAY, RECEIVED = Date(2019, 6, 28), Date(2019, 6, 3)  # a Friday, a Monday


@pytest.fixture
def by(officer):
    return officer


@pytest.fixture
def team(by):
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def child(team):
    return making.child(authority=team.authority)


@pytest.fixture
def referral(child, team):
    return making.referral(child=child, team=team, received_on=RECEIVED)


@pytest.fixture
def worker(team):
    ann = making.worker(authority=team.authority, first_name="Ann", last_name="Lee")
    making.assignment(employment=making.employment(worker=ann), team=team)
    return ann


@pytest.fixture
def do(by):
    """Does what an action says, as the account, on the day."""

    def act(action, **told):
        return action(**told, by=by, today=TODAY)

    return act


def decided(do, referral, *, nfa=False, on=RECEIVED):
    return do(
        casework.decide,
        referral=referral,
        decided_on=on,
        no_further_action=nfa,
        team=referral.team,
    )


def closed(do, referral, on=TODAY):
    return do(casework.close_case, referral=referral, closed_on=on, closure_reason="RC8")


def allocated(do, child, worker, on=RECEIVED, **told):
    usual = {"part": "social_worker", "worker": worker, "team": None, "started_on": on}
    return do(casework.allocate, child=child, **usual | told)


def refused(field, sentence, deed, *told, **more):
    with pytest.raises(ValidationError) as caught:
        deed(*told, **more)
    error = caught.value
    words = error.message_dict[field] if field else error.messages
    assert any(sentence in each for each in words), words


def test_a_decision_is_kept_with_who_wrote_it(do, by, referral):
    decided(do, referral)
    referral.refresh_from_db()
    assert (referral.decided_on, referral.no_further_action) == (RECEIVED, False)
    assert changes(Referral, referral.pk, reader=by)[0].who == "officer"


def test_a_decision_is_made_once_not_before_receipt_and_not_tomorrow(do, referral):
    early, late = RECEIVED - datetime.timedelta(1), TODAY + datetime.timedelta(1)
    refused("decided_on", "cannot be before", decided, do, referral, on=early)
    refused("decided_on", "in the future", decided, do, referral, on=late)
    decided(do, referral)
    refused(None, "was decided on 3 June 2019", decided, do, referral)


def test_what_was_assessed_or_open_had_further_action(do, referral):
    do(casework.start_assessment, referral=referral, started_on=RECEIVED)
    refused("no_further_action", "further action", decided, do, referral, nfa=True)
    Assessment.objects.all().delete()
    closed(do, referral)
    refused("no_further_action", "open until 28 June", decided, do, referral, nfa=True)
    decided(do, referral)


def test_without_further_action_there_is_no_case_to_close(do, referral):
    decided(do, referral, nfa=True)
    refused("closed_on", "no case to close", closed, do, referral)


def test_a_case_is_closed_once_and_not_before_it_was_received(do, referral):
    early = RECEIVED - datetime.timedelta(1)
    refused("closed_on", "cannot be before", closed, do, referral, on=early)
    closed(do, referral)
    refused(None, "was closed on 28 June", closed, do, referral)


def test_a_case_does_not_close_while_an_assessment_goes_on_after(do, referral):
    do(casework.start_assessment, referral=referral, started_on=TODAY)
    refused("closed_on", "cannot go on after", closed, do, referral, on=RECEIVED)


def test_the_social_workers_allocation_ends_with_the_case_and_no_other(do, child, referral, worker):
    allocated(do, child, worker)
    chair = allocated(do, child, worker, part="reviewing_officer")
    closed(do, referral)
    assert Involvement.objects.get(ended_on=TODAY).part == "social_worker"
    assert Involvement.objects.get(ended_on=None) == chair


def test_an_allocation_that_began_on_the_day_of_closure_is_left(do, child, referral, worker):
    allocated(do, child, worker, on=TODAY)
    closed(do, referral)
    assert Involvement.objects.get().ended_on is None


def test_allocating_another_ends_the_first_on_that_day(do, child, worker, team):
    allocated(do, child, worker)
    other = making.worker(authority=team.authority)
    then = RECEIVED + datetime.timedelta(7)
    allocated(do, child, other, on=then, team=team)
    assert list(child.involvements.values_list("worker", "started_on", "ended_on")) == [
        (other.pk, then, None),
        (worker.pk, RECEIVED, then),
    ]


def test_a_worker_is_given_a_child_for_the_team_of_that_day(do, child, worker, team):
    assert allocated(do, child, worker).team == team
    refused("worker", "Ann Lee is allocated already", allocated, do, child, worker)
    unplaced = making.worker(authority=team.authority)
    refused("team", "Choose the team", allocated, do, child, unplaced)


def test_two_social_workers_never_share_a_day(do, child, worker, team):
    allocated(do, child, worker)
    other = making.worker(authority=team.authority)
    refused("started_on", "already has an allocated", allocated, do, child, other, team=team)


def test_an_allocation_ends_after_it_began_and_once(do, child, worker):
    given = allocated(do, child, worker)
    end = {"action": casework.end_allocation, "involvement": given}
    refused("ended_on", "must be after", do, **end, ended_on=RECEIVED)
    do(**end, ended_on=TODAY)
    refused(None, "ended on 28 June", do, **end, ended_on=TODAY)


def test_one_assessment_goes_on_at_a_time_and_starts_after_the_referral(do, referral):
    start = {"action": casework.start_assessment, "referral": referral}
    early = RECEIVED - datetime.timedelta(1)
    refused("started_on", "cannot start before", do, **start, started_on=early)
    going_on = do(**start, started_on=RECEIVED)
    refused(None, "Log that first", do, **start, started_on=TODAY)
    complete = {"action": casework.complete_assessment, "assessment": going_on}
    refused("completed_on", "cannot be before", do, **complete, completed_on=early)
    do(**complete, completed_on=RECEIVED)
    refused(None, "was completed on 3 June", do, **complete, completed_on=TODAY)
    do(**start, started_on=TODAY)


def test_a_child_is_born_and_keeps_its_record(do, team):
    unborn = making.child(
        authority=team.authority, born_on=None, expected_on=TODAY, upn_unknown="UN6"
    )
    told = {"child": unborn, "first_name": "Bo", "last_name": "", "sex": "F"}
    making.referral(child=unborn, team=team, received_on=Date(2018, 9, 1))
    refused("born_on", "40 weeks", do, casework.record_birth, **told, born_on=TODAY)
    born_on = Date(2019, 6, 1)
    do(casework.record_birth, **told, born_on=born_on)
    unborn.refresh_from_db()
    assert (unborn.born_on, unborn.first_name, unborn.upn_unknown) == (born_on, "Bo", "UN1")
    refused(None, "is on record", do, casework.record_birth, **told, born_on=born_on)


def test_a_child_moves_and_dies(do, by, child):
    casework.record_move(child=child, address="1 High Street", postcode="PE27 5BN", by=by)
    child.refresh_from_db()
    assert child.postcode == "PE27 5BN"
    died = {"action": casework.record_death, "child": child}
    refused("died_on", "before the date of birth", do, **died, died_on=Date(2010, 5, 3))
    do(**died, died_on=TODAY)
    refused(None, "is on record", do, **died, died_on=TODAY)


def test_what_is_due_next(do, child, referral):
    told = "The decision on the referral is due by Tuesday 4 June 2019: 1 working day"
    assert next_due(child, RECEIVED).startswith(told)
    assert " was due by" in next_due(child, TODAY)
    decided(do, referral)
    told = "The completed assessment is due by Monday 5 August 2019: 45 working days"
    assert next_due(child, TODAY).startswith(told)
    going_on = do(casework.start_assessment, referral=referral, started_on=RECEIVED)
    assert next_due(child, TODAY).startswith(told)
    do(casework.complete_assessment, assessment=going_on, completed_on=TODAY)
    assert next_due(child, TODAY) == ""
    closed(do, referral)
    assert next_due(child, TODAY) == "No case is open."


def test_of_a_referral_from_before_the_calendar_nothing_is_said_to_be_due(team):
    child = making.child(authority=team.authority, born_on=None)
    old = making.referral(child=child, received_on=Date(1969, 12, 1), team=None)
    assert next_due(child, TODAY) == ""
    old.decided_on = TODAY
    assert late_decision(old) == ""
