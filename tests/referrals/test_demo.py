"""The demonstration authority's children and cases hang together."""

import datetime

import pytest
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from config.demonstration import Scene
from config.workdays import london_day
from referrals.demo.arrivals import tell
from referrals.emergency import REVIEWED_WITHIN
from referrals.models import (
    Child,
    DeclaredInterest,
    EmergencyAccess,
    Family,
    Involvement,
    Referral,
)
from workforce.models import User

pytestmark = pytest.mark.xdist_group("demonstration")


def count(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def test_no_child_is_referred_while_a_case_is_open(demonstration):
    assert not count(
        "SELECT count(*) FROM referrals_referral later JOIN referrals_referral earlier"
        " ON earlier.child_id = later.child_id AND earlier.received_on < later.received_on"
        " AND NOT earlier.no_further_action"
        " AND (earlier.closed_on IS NULL OR earlier.closed_on > later.received_on)"
    )


def test_cases_are_held_by_people_who_were_in_post(demonstration):
    assert not count(
        "SELECT count(*) FROM referrals_involvement held WHERE worker_id IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM workforce_assignment post"
        " JOIN workforce_employment employment ON employment.id = post.employment_id"
        " WHERE employment.worker_id = held.worker_id AND post.team_id = held.team_id"
        " AND post.started_on <= held.started_on"
        " AND COALESCE(post.ended_on, 'infinity') >= COALESCE(held.ended_on, 'infinity'))"
    )


def test_a_case_passes_from_team_to_team(demonstration):
    assert count(
        "SELECT count(*) FROM (SELECT child_id FROM referrals_involvement"
        " GROUP BY child_id HAVING count(DISTINCT team_id) > 1) moved"
    )


def test_an_open_case_has_someone_who_holds_it(demonstration):
    assert not count(
        "SELECT count(*) FROM referrals_referral WHERE NOT no_further_action AND closed_on IS NULL"
        " AND NOT EXISTS (SELECT FROM referrals_involvement held"
        " WHERE held.child_id = referrals_referral.child_id AND part = 'social_worker'"
        " AND ended_on IS NULL)"
    )


def test_the_latest_referrals_wait_for_a_decision(demonstration):
    today = london_day(timezone.now())
    waiting = Referral.objects.filter(decided_on=None)
    assert waiting.exists()
    assert (today - min(waiting.values_list("received_on", flat=True))).days <= 14


def test_the_caseworker_and_the_officer_have_cases(demonstration):
    for username in ("caseworker", "send.officer"):
        worker = User.objects.get(username=username).worker
        held = Involvement.objects.filter(worker=worker, ended_on=None).count()
        assert held >= 5, username


def test_the_same_day_tells_the_same_stories():
    scene = Scene(datetime.date(2026, 6, 17))
    assert tell(scene, []) == tell(scene, [])


def test_emergency_accesses_wait_for_review_and_one_is_overdue(demonstration):
    waiting = EmergencyAccess.objects.filter(reviewed_at=None)
    overdue = waiting.filter(granted_at__lte=timezone.now() - REVIEWED_WITHIN)
    assert (waiting.count(), overdue.count()) == (2, 1)
    assert EmergencyAccess.objects.exclude(reviewed_at=None).count() == 1


def test_there_are_families_restricted_children_and_a_relative(demonstration):
    families = Family.objects.annotate(count=Count("children"))
    assert families.filter(count=3).count() == families.count() > 20
    manager, caseworker = (
        User.objects.get(username=name) for name in ("service.manager", "caseworker")
    )
    restricted = Child.objects.exclude(restriction=None)
    assert restricted.count() == 2
    assert set(restricted.visible_to(manager)) == set(restricted)
    assert not restricted.visible_to(caseworker).exists()
    relative = DeclaredInterest.objects.get().child
    assert relative.involvements.filter(team=caseworker.team, ended_on=None).exists()
    assert not Child.objects.visible_to(caseworker).filter(pk=relative.pk).exists()


@pytest.mark.parametrize("view", ["referrals_tied", "ehcp_tied", "visits_tied"])
def test_the_ties_are_what_the_records_say(demonstration, view):
    said = f"SELECT child_id, team_id FROM {view}"
    kept = f"SELECT child_id, team_id FROM referrals_tie WHERE source = '{view}'"
    assert not count(f"SELECT count(*) FROM (({said}) EXCEPT ({kept})) missing")
    assert not count(f"SELECT count(*) FROM (({kept}) EXCEPT ({said})) stale")
