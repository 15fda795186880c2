"""Why visits came late, summed for those who manage the team that held the child."""

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import ONE_DAY, london_day, year_before
from tests import making
from visits.work import late_visits

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
BEGUN = year_before(TODAY) - 100 * ONE_DAY


@pytest.fixture
def team():
    return making.team(making.authority(name="Testshire"), name="East")


def late(team, reason, visited_on=TODAY, held_by=None, until=None):
    """A child whose plan is the team's, held by it or by another, and seen late on a day."""
    child = making.child(authority=team.authority)
    if held_by:
        making.involvement(child=child, team=held_by, started_on=BEGUN, ended_on=until)
    plan = making.protection_plan(child=child, team=team, started_on=BEGUN)
    making.visit(plan=plan, visited_on=visited_on, late_reason=reason)


def test_reasons_are_counted_where_the_child_was_held_on_the_day_of_the_visit(team):
    west = making.team(team.authority)
    late(team, "away")
    late(team, "not_home", held_by=team)
    late(team, "not_home", held_by=west, until=TODAY)
    late(team, "other", held_by=west)
    late(west, "refused", held_by=team, until=TODAY)
    late(west, "not_given", held_by=team, until=TODAY, visited_on=TODAY - ONE_DAY)
    assert late_visits(team, TODAY).counts == (
        ("Nobody was at home", 2),
        ("Not given", 1),
        ("The child was away", 1),
    )


def test_visits_of_the_last_twelve_months_count_and_those_in_time_do_not(team):
    late(team, "away", visited_on=year_before(TODAY))
    late(team, "")
    assert late_visits(team, TODAY).total == 0
    late(team, "away", visited_on=year_before(TODAY) + ONE_DAY)
    assert late_visits(team, TODAY).total == 1


def test_a_manager_reads_the_sums_beside_the_team_s_work(client, team):
    client.force_login(making.holder("team_manager", team))
    page = reverse("referrals:team-desk", args=[team.pk])
    assert "What came late" not in client.get(page).text
    late(team, "away")
    text = client.get(page).text
    assert "What came late in the last 12 months, and why" in text
    assert "Visits under child protection plans: 1 late" in text
    assert "The child was away" in text
