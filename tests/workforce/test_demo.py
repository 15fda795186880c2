"""The demonstration authority's teams, staff and accounts."""

from itertools import pairwise

import pytest
from django.db.models import F, Q
from django.utils import timezone

from config.workdays import london_day
from referrals.models import Child, Involvement
from workforce.choices import AccountRole, TeamKind
from workforce.demo import SIGN_INS
from workforce.models import Appointment, Assignment, Employment, Team, User, Vacancy

pytestmark = pytest.mark.xdist_group("demonstration")


def test_has_ten_teams_in_three_services_under_one_authority(demonstration):
    places = Team.objects.values_list("kind", flat=True)
    assert sorted(places) == [TeamKind.AUTHORITY] + [TeamKind.SERVICE] * 3 + [TeamKind.TEAM] * 10


def test_hours_follow_one_another_without_a_gap_from_first_to_last_day(demonstration):
    for employment in Employment.objects.prefetch_related("assignments"):
        assignments = list(employment.assignments.all())
        assert assignments[0].started_on == employment.started_on
        assert assignments[-1].ended_on == employment.left_on
        for earlier, later in pairwise(assignments):
            assert earlier.ended_on == later.started_on


def test_some_people_moved_team_and_some_changed_hours(demonstration):
    later = Assignment.objects.filter(started_on__gt=F("employment__started_on"))
    first = Assignment.objects.filter(started_on=F("employment__started_on"))
    kept = dict(first.values_list("employment_id", "team_id"))
    hours = dict(first.values_list("employment_id", "fte"))
    assert any(kept[one.employment_id] != one.team_id for one in later)
    assert any(hours[one.employment_id] != one.fte for one in later)


def test_every_sign_in_works_and_opens_at_a_place(demonstration):
    for username, password, role in SIGN_INS:
        assert len(password) >= 12
        account = User.objects.get(username=username)
        assert account.check_password(password), role
        assert account.team is not None


def test_there_is_an_account_for_every_role(demonstration):
    names = [username for username, _, _ in SIGN_INS]
    held = Appointment.objects.filter(user__username__in=names)
    assert sorted(held.values_list("role", flat=True)) == sorted(AccountRole)
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_caseworker_stands_in_for_a_colleague_of_another_team(demonstration):
    caseworker = User.objects.get(username="caseworker")
    assert len(caseworker.reach.covered) == 1
    theirs = Involvement.objects.filter(worker__in=caseworker.reach.covered, ended_on=None)
    assert theirs.exists()
    assert not theirs.exclude(child__in=Child.objects.visible_to(caseworker)).exists()


def test_the_accounts_workers_are_in_post_today_in_the_team_that_is_said(demonstration):
    today = london_day(timezone.now())
    for account in User.objects.filter(worker__isnull=False):
        present = Assignment.objects.get(
            Q(ended_on=None) | Q(ended_on__gt=today), employment__worker=account.worker
        )
        assert account.team in (present.team, present.team.parent)


def test_posts_stand_empty_today(demonstration):
    assert Vacancy.objects.filter(filled_on=None).exists()
