"""What cannot be true of teams, workers and vacancies."""

import pytest

from tests import making
from tests.refusals import OTHER_AUTHORITY, OTHER_TEAM, again, is_refused, updated
from workforce.models import (
    AccessReview,
    Appointment,
    Assignment,
    BankHoliday,
    Cover,
    Employment,
    KeptForm,
    Notice,
    SecondStepReset,
    Team,
    Vacancy,
    Worker,
)

pytestmark = pytest.mark.django_db


def elsewhere(record):
    """The record, with another authority beside its own."""
    other = making.authority(name="Elsewhere")
    making.team(other, name="Team elsewhere")
    making.worker(authority=other, reference="elsewhere")
    return record


def service_with_team() -> Team:
    service = making.team(kind="service")
    making.team(service)
    return service


AS_SERVICE = {"kind": "'service'", "parent_id": OTHER_AUTHORITY, "authority_id": OTHER_AUTHORITY}
MOVED = {"parent_id": OTHER_AUTHORITY, "authority_id": OTHER_AUTHORITY}

REFUSED = [
    updated("team_kind_known", Team, making.team, kind="'region'"),
    updated("team_root_is_authority", Team, making.authority, kind="'team'"),
    updated("team_not_own_parent", Team, making.team, parent_id="id"),
    again("team_code_once", Team, lambda: making.authority(code="872")),
    again(
        "team_below_parent",
        Team,
        lambda: making.team(making.team(kind="service")),
        kind="'service'",
    ),
    updated("team_below_parent", Team, service_with_team, kind="'team'"),
    again(
        "team_in_authority_of_parent",
        Team,
        lambda: elsewhere(making.team()),
        authority_id=OTHER_AUTHORITY,
    ),
    updated("team_in_authority_of_parent", Team, lambda: elsewhere(service_with_team()), **MOVED),
    updated("team_authority_settled", Team, lambda: elsewhere(making.team()), **MOVED),
    updated("worker_dates_plausible", Worker, making.worker, born_on="'infinity'"),
    updated(
        "worker_registration_number_form",
        Worker,
        making.worker,
        registration_number="'SW123'",
    ),
    again(
        "worker_registration_number_once",
        Worker,
        lambda: making.worker(registration_number="SW1234567890"),
    ),
    again("worker_reference_once", Worker, lambda: making.worker(reference="7")),
    again(
        "worker_authority_is_root",
        Worker,
        lambda: elsewhere(making.worker()),
        authority_id=OTHER_TEAM,
    ),
    updated(
        "worker_authority_is_root",
        Team,
        lambda: elsewhere(making.worker().authority),
        **AS_SERVICE,
    ),
    updated(
        "worker_authority_settled",
        Worker,
        lambda: elsewhere(making.worker()),
        authority_id=OTHER_AUTHORITY,
    ),
    updated("employment_dates_plausible", Employment, making.employment, started_on="'0001-01-01'"),
    updated(
        "employment_left_after_started",
        Employment,
        making.employment,
        left_on="started_on",
        reason_for_leaving="'1'",
    ),
    updated("employment_left_and_why", Employment, making.employment, left_on="started_on + 9"),
    updated("employment_left_and_why", Employment, making.employment, reason_for_leaving="'1'"),
    updated("employment_contract_known", Employment, making.employment, contract="'casual'"),
    updated(
        "employment_reason_known",
        Employment,
        making.employment,
        left_on="started_on + 9",
        reason_for_leaving="'99'",
    ),
    updated("employment_origin_known", Employment, making.employment, origin="'99'"),
    updated("employment_destination_known", Employment, making.employment, destination="'99'"),
    updated("employment_absence_known", Employment, making.employment, absence="'AWO'"),
    again("employment_one_at_a_time", Employment, making.employment, started_on="started_on + 9"),
    updated("assignment_dates_plausible", Assignment, making.assignment, ended_on="'9999-12-31'"),
    updated("assignment_ended_after_started", Assignment, making.assignment, ended_on="started_on"),
    updated("assignment_fte_in_range", Assignment, making.assignment, fte="2.5"),
    updated("assignment_fte_in_range", Assignment, making.assignment, fte="-0.1"),
    updated("assignment_role_known", Assignment, making.assignment, role="'9'"),
    again("assignment_one_at_a_time", Assignment, making.assignment, started_on="started_on + 9"),
    again(
        "assignment_within_employment",
        Assignment,
        making.assignment,
        started_on="started_on - 9",
        ended_on="started_on",
    ),
    updated(
        "assignment_within_employment", Assignment, making.assignment, started_on="started_on - 1"
    ),
    updated(
        "assignment_within_employment",
        Employment,
        lambda: making.assignment().employment,
        started_on="started_on + 1",
    ),
    updated(
        "assignment_within_employment",
        Employment,
        lambda: making.assignment(ended_on=making.Date(2020, 4, 1)).employment,
        left_on="'2020-03-31'",
        reason_for_leaving="'1'",
    ),
    updated(
        "assignment_team_in_authority",
        Assignment,
        lambda: elsewhere(making.assignment()),
        team_id=OTHER_TEAM,
    ),
    updated(
        "assignment_team_in_authority", Team, lambda: elsewhere(making.assignment().team), **MOVED
    ),
    updated(
        "assignment_team_in_authority",
        Employment,
        lambda: elsewhere(making.assignment().employment),
        worker_id="(SELECT id FROM workforce_worker WHERE reference = 'elsewhere')",
    ),
    updated(
        "assignment_team_in_authority",
        Worker,
        lambda: elsewhere(making.assignment().employment.worker),
        authority_id=OTHER_AUTHORITY,
    ),
    updated("vacancy_dates_plausible", Vacancy, making.vacancy, opened_on="'-infinity'"),
    updated("vacancy_filled_after_opened", Vacancy, making.vacancy, filled_on="opened_on"),
    updated("vacancy_fte_in_range", Vacancy, making.vacancy, fte="-1"),
    updated("vacancy_role_known", Vacancy, making.vacancy, role="'9'"),
    again("vacancy_reference_once", Vacancy, lambda: making.vacancy(reference="P1")),
    updated(
        "bank_holiday_dates_plausible", BankHoliday, making.bank_holiday, day="'0044-03-15 BC'"
    ),
    updated("notice_says_something", Notice, making.notice, text="''"),
    updated("notice_leads_within_the_service", Notice, making.notice, url="'//elsewhere'"),
    again("kept_form_once", KeptForm, making.kept_form),
    updated(
        "second_step_reset_by_two",
        SecondStepReset,
        making.second_step_reset,
        confirmed_by_id="asked_by_id",
        confirmed_at="asked_at",
    ),
    updated(
        "second_step_reset_by_two",
        SecondStepReset,
        making.second_step_reset,
        asked_by_id="account_id",
    ),
    updated(
        "second_step_reset_confirmed_and_when",
        SecondStepReset,
        making.second_step_reset,
        confirmed_at="asked_at",
    ),
    again("access_review_once", AccessReview, making.access_review),
    updated(
        "access_review_of_a_quarter",
        AccessReview,
        making.access_review,
        quarter_from="quarter_from + 1",
    ),
    updated("appointment_dates_plausible", Appointment, making.appointment, since="'infinity'"),
    updated("appointment_until_after_since", Appointment, making.appointment, until="since - 1"),
    updated("appointment_role_known", Appointment, making.appointment, role="'manager'"),
    again("appointment_once", Appointment, making.appointment),
    updated("cover_dates_plausible", Cover, making.cover, until="'infinity'"),
    updated("cover_until_after_since", Cover, making.cover, until="since - 1"),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)


def test_a_team_under_a_service_belongs_to_the_authority_above():
    service = making.team(kind="service")
    assert making.team(service).authority == service.authority


def test_an_assignment_may_stay_open_when_its_employment_has_ended():
    made = making.assignment()
    Employment.objects.filter(pk=made.employment_id).update(
        left_on=making.Date(2020, 1, 1), reason_for_leaving="1"
    )
    made.refresh_from_db()
    assert made.ended_on is None


def test_an_employment_may_begin_on_the_day_another_ended():
    left = making.employment(left_on=making.Date(2020, 1, 1), reason_for_leaving="1")
    making.employment(worker=left.worker, started_on=left.left_on)
