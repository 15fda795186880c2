"""What cannot be true of EHC requests, decisions, plans and exceptions."""

import pytest

from ehcp.models import Decision, Draft, PermittedException, Plan, Request, TimeLimit
from referrals.models import Child
from tests import making
from tests.referrals.test_models import with_team
from tests.refusals import OTHER_AUTHORITY, OTHER_TEAM, again, is_refused, updated
from tests.workforce.test_models import MOVED, elsewhere
from workforce.models import Team

pytestmark = pytest.mark.django_db

REFUSED = [
    updated("request_dates_plausible", Request, making.request, received_on="'infinity'"),
    updated(
        "request_withdrawn_after_received",
        Request,
        making.request,
        withdrawn="TRUE",
        withdrawn_on="received_on - 1",
    ),
    updated("request_withdrawn_if_dated", Request, making.request, withdrawn_on="received_on"),
    updated("request_sen_type_known", Request, making.request, sen_type="'XXX'"),
    again("request_reference_once", Request, lambda: making.request(reference="E1")),
    updated(
        "request_team_in_authority",
        Request,
        lambda: elsewhere(making.request()),
        team_id=OTHER_TEAM,
    ),
    updated("request_team_in_authority", Team, lambda: with_team(making.request).team, **MOVED),
    updated(
        "request_team_in_authority",
        Child,
        lambda: with_team(making.request).child,
        authority_id=OTHER_AUTHORITY,
    ),
    updated("decision_dates_plausible", Decision, making.decision, decided_on="'0044-03-15 BC'"),
    updated("decision_late_reason_known", Decision, making.decision, late_reason="'whim'"),
    updated(
        "decision_told_after_decided",
        Decision,
        making.decision,
        basis="'tribunal'",
        told_on="decided_on - 1",
    ),
    updated("decision_told_if_changed", Decision, making.decision, told_on="decided_on"),
    updated("decision_stage_known", Decision, making.decision, stage="'review'"),
    updated("decision_basis_known", Decision, making.decision, basis="'whim'"),
    again("decision_one_original", Decision, making.decision, agreed="FALSE"),
    again(
        "decision_after_request",
        Decision,
        making.decision,
        basis="'tribunal'",
        decided_on="decided_on - 1",
    ),
    updated(
        "decision_after_request",
        Request,
        lambda: making.decision().request,
        received_on="received_on + 1",
    ),
    updated("draft_dates_plausible", Draft, making.draft, sent_on="'infinity'"),
    updated("draft_late_reason_known", Draft, making.draft, late_reason="'whim'"),
    again("draft_once_a_day", Draft, making.draft),
    updated("draft_after_request", Draft, making.draft, sent_on="sent_on - 113"),
    updated(
        "draft_after_request",
        Request,
        lambda: making.draft().request,
        received_on="received_on + 113",
    ),
    updated("plan_late_reason_known", Plan, making.ehc_plan, late_reason="'whim'"),
    updated("plan_dates_plausible", Plan, making.ehc_plan, issued_on="'0001-01-01'"),
    updated(
        "plan_ceased_after_issued",
        Plan,
        making.ehc_plan,
        ceased_on="issued_on - 1",
        cease_reason="'1'",
    ),
    updated("plan_ceased_and_why", Plan, making.ehc_plan, ceased_on="issued_on"),
    updated("plan_ceased_and_why", Plan, making.ehc_plan, cease_reason="'1'"),
    updated(
        "plan_cease_reason_known",
        Plan,
        making.ehc_plan,
        ceased_on="issued_on",
        cease_reason="'0'",
    ),
    updated("plan_after_request", Plan, making.ehc_plan, issued_on="issued_on - 141"),
    updated(
        "plan_after_request",
        Request,
        lambda: making.ehc_plan().request,
        received_on="received_on + 141",
    ),
    updated(
        "exception_dates_plausible", PermittedException, making.exception, noted_on="'infinity'"
    ),
    updated("exception_ground_known", PermittedException, making.exception, ground="'e'"),
    again("exception_ground_once", PermittedException, making.exception),
    again(
        "exception_after_request",
        PermittedException,
        making.exception,
        ground="'b'",
        noted_on="noted_on - 1",
    ),
    updated(
        "exception_after_request",
        Request,
        lambda: making.exception().request,
        received_on="received_on + 1",
    ),
    updated("time_limit_dates_plausible", TimeLimit, making.time_limit, valid_from="'infinity'"),
    updated("time_limit_step_known", TimeLimit, making.time_limit, step="'think'"),
    updated("time_limit_days_in_range", TimeLimit, making.time_limit, days="0"),
    again("time_limit_once", TimeLimit, making.time_limit),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)


def test_what_was_decided_elsewhere_may_be_older_than_the_request():
    moved_in = making.request(historical=True)
    making.ehc_plan(request=moved_in, issued_on=making.Date(2015, 3, 2))


def test_an_overturned_decision_stands_beside_the_original():
    refused = making.decision(agreed=False)
    making.decision(request=refused.request, basis="tribunal")
    assert refused.request.decisions.count() == 2
