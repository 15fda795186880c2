"""The demonstration authority's teams, staff and accounts."""

from itertools import pairwise

import pytest
from django.contrib.auth import authenticate
from django.db.models import F, Q
from django.utils import timezone

from config.workdays import london_day
from workforce.choices import TeamKind
from workforce.demo import SIGN_INS
from workforce.models import Assignment, Employment, Team, User, Vacancy

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
        account = authenticate(username=username, password=password)
        assert account is not None, role
        assert account.team is not None


def test_only_the_administrator_may_do_everything(demonstration):
    assert list(User.objects.filter(is_superuser=True).values_list("username", flat=True)) == [
        "administrator"
    ]


def test_the_accounts_workers_are_in_post_today_in_the_team_that_is_said(demonstration):
    today = london_day(timezone.now())
    for account in User.objects.filter(worker__isnull=False):
        present = Assignment.objects.get(
            Q(ended_on=None) | Q(ended_on__gt=today), employment__worker=account.worker
        )
        assert account.team in (present.team, present.team.parent)


def test_posts_stand_empty_today(demonstration):
    assert Vacancy.objects.filter(filled_on=None).exists()
