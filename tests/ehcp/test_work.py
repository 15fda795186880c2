"""The clocks of a request: 6, 16 and 20 weeks, each until that step is taken."""

import datetime

import pytest

from ehcp.models import TimeLimit
from referrals.work import desk_of, desk_of_team
from tests import making
from workforce.work import LATE, clocks

pytestmark = pytest.mark.django_db

Date = datetime.date
RECEIVED, LATER = Date(2019, 1, 7), Date(2019, 6, 3)
DECISION, NO_PLAN, ISSUE = (
    ("Decide whether to assess", "2019-02-18", "6 weeks after the request of 7 January 2019"),
    (
        "Decide whether to make a plan",
        "2019-04-29",
        "16 weeks after the request of 7 January 2019",
    ),
    ("Issue the final plan", "2019-05-27", "20 weeks after the request of 7 January 2019"),
)


@pytest.fixture
def request_of(db):
    """A request received on Monday 7 January 2019, given to an officer."""
    authority = making.authority()
    send = making.team(authority)
    officer = making.worker(authority=authority)
    child = making.child(authority=authority)
    making.involvement(
        child=child, team=send, worker=officer, part="send_officer", started_on=RECEIVED
    )
    made = making.request(child=child, team=send, received_on=RECEIVED)
    made.reader = making.holder("send_officer", send, worker=officer)
    return made


def due(request, today: Date = LATER) -> list[tuple[str, str, str]]:
    found = clocks(desk_of(request.reader, request.reader.reach.workers, today))
    return [(clock.what, clock.due_on.isoformat(), clock.rule) for clock in found]


def test_each_step_is_due_by_its_weeks_which_bank_holidays_do_not_extend(request_of):
    assert due(request_of, RECEIVED) == [DECISION, NO_PLAN, ISSUE]


def test_a_step_that_is_taken_is_due_no_more(request_of):
    making.decision(request=request_of, decided_on=Date(2019, 2, 1))
    assert due(request_of) == [NO_PLAN, ISSUE]
    making.decision(request=request_of, stage="plan", decided_on=Date(2019, 3, 1))
    assert due(request_of) == [ISSUE]
    making.ehc_plan(request=request_of, issued_on=Date(2019, 6, 1))
    assert due(request_of) == []


def test_a_request_that_is_over_has_no_clock(request_of):
    making.decision(request=request_of, agreed=False, decided_on=Date(2019, 2, 1))
    assert due(request_of) == []


@pytest.mark.parametrize(
    ("basis", "began"), [("tribunal", "Tribunal’s order"), ("mediation", "mediation agreement")]
)
def test_an_assessment_after_all_has_time_limits_of_its_own(request_of, basis, began):
    making.decision(request=request_of, agreed=False, decided_on=Date(2019, 2, 1))
    ordered = making.decision(request=request_of, basis=basis, decided_on=Date(2019, 5, 1))
    rule = f"weeks after the {began} of 1 May 2019"
    plan = [
        ("Decide whether to make a plan", "2019-07-10", f"10 {rule}"),
        (
            "Issue the final plan",
            "2019-08-07",
            f"14 {rule}; the figures count 20 weeks from the request, to 27 May 2019",
        ),
    ]
    told = ("Tell the family that there will be an assessment", "2019-05-15", f"2 {rule}")
    assert due(request_of) == [told, *plan]
    ordered.told_on = Date(2019, 5, 10)
    ordered.save()
    assert due(request_of) == plan
    making.decision(request=request_of, stage="plan", decided_on=Date(2019, 6, 2))
    assert due(request_of) == plan[1:]


def test_a_plan_after_all_has_time_limits_of_its_own(request_of):
    making.decision(request=request_of, decided_on=Date(2019, 2, 1))
    making.draft(request=request_of, sent_on=Date(2019, 3, 1))
    for basis, day in (("original", Date(2019, 4, 1)), ("tribunal", Date(2019, 5, 1))):
        agreed = basis != "original"
        making.decision(
            request=request_of, stage="plan", basis=basis, agreed=agreed, decided_on=day
        )
    rule = "weeks after the Tribunal’s order of 1 May 2019"
    issue = (
        "Issue the final plan",
        "2019-07-17",
        f"11 {rule}; the figures count 20 weeks from the request, to 27 May 2019",
    )
    assert due(request_of) == [("Send the draft plan", "2019-06-05", f"5 {rule}"), issue]
    making.draft(request=request_of, sent_on=Date(2019, 5, 20))
    assert due(request_of) == [issue]


def test_what_can_be_done_now_has_its_page_beside_it(request_of):
    def pages():
        found = clocks(desk_of(request_of.reader, request_of.reader.reach.workers, LATER))
        return [clock.log.rpartition(f"{request_of.pk}/")[2] for clock in found]

    assert pages() == ["decide-to-assess/", "", ""]
    making.decision(request=request_of, decided_on=Date(2019, 2, 1))
    assert pages() == ["decide-on-plan/", "issue-plan/"]


def test_a_withdrawn_request_has_no_clock(request_of):
    request_of.withdrawn, request_of.withdrawn_on = True, Date(2019, 2, 1)
    request_of.save()
    assert due(request_of) == []


def test_a_permitted_exception_is_said_beside_the_rule(request_of):
    making.exception(request=request_of, noted_on=Date(2019, 2, 1))
    assert {rule.partition("; ")[2] for _, _, rule in due(request_of)} == {
        "a permitted exception is recorded"
    }


def test_the_limit_in_force_on_the_day_of_receipt_counts(request_of):
    TimeLimit.objects.create(step="issue", days=141, valid_from=Date(2019, 1, 1))
    TimeLimit.objects.create(step="issue", days=70, valid_from=Date(2019, 1, 8))
    assert due(request_of)[-1] == (
        "Issue the final plan",
        "2019-05-28",
        "141 days after the request of 7 January 2019",
    )


def test_a_social_worker_of_the_child_does_not_hold_the_request(request_of):
    team = making.team(request_of.child.authority)
    worker = making.worker(authority=request_of.child.authority)
    making.involvement(child=request_of.child, team=team, worker=worker)
    request_of.reader = making.holder("caseworker", team, worker=worker)
    assert due(request_of) == []


def test_a_request_that_nobody_was_given_is_its_teams(request_of):
    request_of.child.involvements.all().delete()
    manager = making.holder("team_manager", request_of.team)
    found = clocks(desk_of_team(manager, request_of.team, RECEIVED))
    assert [clock.case.worker for clock in found] == [None] * 3


def test_managers_read_why_plans_and_decisions_came_late_in_their_team(request_of):
    today, team = Date(2020, 6, 1), request_of.team

    def told(of):
        counts = {found.what: dict(found.counts) for each in LATE if (found := each(of, today))}
        return counts["Decisions on EHC requests"], counts["EHC plans"]

    making.decision(request=request_of, decided_on=Date(2019, 6, 2), late_reason="panel")
    making.ehc_plan(request=request_of, issued_on=Date(2019, 6, 30), late_reason="health")
    by_nobody = making.request(child=making.child(authority=team.authority), team=team)
    making.decision(request=by_nobody, decided_on=Date(2020, 5, 1), late_reason="panel")
    long_ago = making.request(child=request_of.child, team=team)
    making.decision(request=long_ago, decided_on=Date(2019, 6, 1), late_reason="panel")
    assert told(team) == ({"The panel met too late": 2}, {"Advice was late: health": 1})
    assert told(making.team(team.authority)) == ({}, {})
