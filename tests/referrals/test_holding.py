"""Who held a child, and with how many hours a worker held cases, on each day."""

import pytest

from referrals.models import CaseHolding, Holding
from tests import making
from workforce.models import Employment

pytestmark = pytest.mark.django_db

Date = making.Date
FIRST, LAST = "0001-01-01", "9999-12-31"


def held(child, part="social_worker") -> list[tuple]:
    """The stretches of one part, from the first day of time to the last."""
    rows = Holding.objects.filter(child=child, part=part).order_by("since")
    return [(row.team_id, row.since.isoformat(), row.until.isoformat()) for row in rows]


def test_a_child_never_allocated_has_no_stretches():
    assert held(making.child()) == []


def test_the_stretches_of_a_child_leave_no_day_out():
    child = making.child()
    first, second = making.team(child.authority), making.team(child.authority)
    making.involvement(
        child=child, team=first, started_on=Date(2019, 4, 1), ended_on=Date(2019, 5, 1)
    )
    making.involvement(
        child=child, team=second, started_on=Date(2019, 5, 1), ended_on=Date(2019, 6, 1)
    )
    making.involvement(child=child, team=first, started_on=Date(2019, 8, 1))
    assert held(child) == [
        (None, FIRST, "2019-04-01"),
        (first.pk, "2019-04-01", "2019-05-01"),
        (second.pk, "2019-05-01", "2019-06-01"),
        (None, "2019-06-01", "2019-08-01"),
        (first.pk, "2019-08-01", LAST),
    ]


def test_the_parts_are_held_apart():
    child = making.child()
    social = making.involvement(child=child)
    send = making.involvement(child=child, part="send_officer", started_on=Date(2019, 6, 1))
    assert held(child)[1] == (social.team_id, "2019-04-01", LAST)
    assert held(child, "send_officer")[1] == (send.team_id, "2019-06-01", LAST)


def cases(worker) -> list[tuple]:
    rows = CaseHolding.objects.filter(worker=worker).order_by("since")
    return [
        (row.team_id, float(row.fte), row.since.isoformat(), row.until.isoformat()) for row in rows
    ]


def with_case(job, since: Date, until: Date | None = None) -> None:
    child = making.child(authority=job.employment.worker.authority)
    making.involvement(
        child=child,
        team=job.team,
        worker=job.employment.worker,
        started_on=since,
        ended_on=until,
    )


def test_a_worker_with_several_cases_is_counted_once_a_day():
    job = making.assignment()
    with_case(job, Date(2019, 5, 1), Date(2019, 7, 1))
    with_case(job, Date(2019, 6, 1), Date(2019, 9, 1))
    with_case(job, Date(2019, 10, 1))
    assert cases(job.employment.worker) == [
        (job.team_id, 1.0, "2019-05-01", "2019-09-01"),
        (job.team_id, 1.0, "2019-10-01", LAST),
    ]


def test_a_change_of_hours_splits_the_stretch():
    job = making.assignment(ended_on=Date(2019, 7, 1))
    making.assignment(
        employment=job.employment, team=job.team, started_on=Date(2019, 7, 1), fte=0.5
    )
    with_case(job, Date(2019, 5, 1))
    assert cases(job.employment.worker) == [
        (job.team_id, 1.0, "2019-05-01", "2019-07-01"),
        (job.team_id, 0.5, "2019-07-01", LAST),
    ]


def test_a_worker_who_has_left_holds_nothing_although_a_case_was_left_open():
    job = making.assignment()
    with_case(job, Date(2019, 5, 1))
    Employment.objects.filter(pk=job.employment_id).update(
        left_on=Date(2019, 8, 1), reason_for_leaving="1"
    )
    assert cases(job.employment.worker) == [(job.team_id, 1.0, "2019-05-01", "2019-08-01")]


def test_only_the_allocated_social_worker_holds_the_case():
    job = making.assignment()
    making.involvement(
        child=making.child(authority=job.employment.worker.authority),
        team=job.team,
        worker=job.employment.worker,
        part="send_officer",
    )
    assert cases(job.employment.worker) == []
