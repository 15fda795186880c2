"""An account's reach: its roles, the places below each, its days, and who it stands in for."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from tests import making
from workforce.access import Reach, reach_of
from workforce.choices import AccountRole
from workforce.models import Assignment, Employment, Team, User, Vacancy, Worker

pytestmark = pytest.mark.django_db

TODAY = london_day(timezone.now())


def afresh(user: User) -> User:
    """The account as the next request finds it."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def tree() -> dict[str, Team]:
    """An authority with a service, a team below it, a team beside it, and another authority."""
    authority = making.authority()
    service = making.team(authority, kind="service")
    return {
        "authority": authority,
        "service": service,
        "below": making.team(authority, parent=service),
        "beside": making.team(authority),
        "elsewhere": making.team(),
    }


@pytest.mark.parametrize(
    ("at", "reached"),
    [
        ("authority", {"authority", "service", "below", "beside"}),
        ("service", {"service", "below"}),
        ("below", {"below"}),
    ],
)
def test_a_role_is_held_for_a_place_and_all_below_it(tree, at, reached):
    reach = making.holder("team_manager", tree[at]).reach
    assert reach.places(AccountRole.TEAM_MANAGER) == {tree[name].pk for name in reached}
    assert reach.authorities(AccountRole.TEAM_MANAGER) == {tree["authority"].pk}
    assert reach.holds(AccountRole.TEAM_MANAGER, AccountRole.ANALYST)
    assert not reach.holds(AccountRole.ANALYST)
    assert reach.places(AccountRole.ANALYST) == set()


def test_roles_held_for_several_places_add_up(tree):
    reach = making.holder("caseworker", tree["below"], tree["beside"]).reach
    assert reach.places(AccountRole.CASEWORKER) == {tree["below"].pk, tree["beside"].pk}


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (-1, None, True),
        (0, None, True),
        (1, None, False),
        (-9, 1, True),
        (-9, 0, False),
        (0, 0, False),
    ],
)
def test_a_role_is_held_from_its_first_day_until_the_day_before_its_end(since, until, held):
    user = making.account()
    making.appointment(
        user=user,
        since=TODAY + since * ONE_DAY,
        until=None if until is None else TODAY + until * ONE_DAY,
    )
    assert afresh(user).reach.holds(AccountRole.CASEWORKER) is held


def test_whoever_was_disabled_reaches_nothing_from_the_next_request_on(tree):
    user = making.holder("caseworker", tree["below"])
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert afresh(user).reach == Reach(today=TODAY)
    assert reach_of(AnonymousUser(), timezone.now()) == Reach(today=TODAY)


def test_a_superuser_without_a_role_reaches_nothing(tree):
    user = making.account(is_superuser=True, is_staff=True)
    assert not user.reach.holds(*AccountRole)
    assert not Team.objects.visible_to(user).exists()


def test_cover_is_for_its_days(tree):
    worker = making.worker(authority=tree["authority"])
    user = making.holder("caseworker", tree["below"])
    cover = making.cover(worker=worker, by=user, since=TODAY - ONE_DAY, until=TODAY + ONE_DAY)
    assert afresh(user).reach.workers == {worker.pk}
    cover.until = TODAY
    cover.save()
    assert afresh(user).reach.workers == set()


def test_the_own_worker_is_reached():
    worker = making.worker()
    user = making.holder("caseworker", worker.authority, worker=worker)
    assert user.reach.workers == {worker.pk}


def at(moment: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(moment).replace(tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("moment", "out"),
    [
        ("2026-04-02 12:00", False),
        ("2026-04-02 17:30", True),
        ("2026-04-03 12:00", True),  # Good Friday
        ("2026-04-04 12:00", True),
        ("2026-04-07 12:00", False),
    ],
)
def test_out_of_hours_takes_weekends_and_bank_holidays_in(tree, moment, out):
    user = making.holder("emergency_duty", tree["authority"], worker=None)
    assert reach_of(user, at(moment)).out_of_hours is out


def test_places_are_those_of_the_own_authority(tree):
    user = making.holder("analyst", tree["beside"])
    seen = set(Team.objects.visible_to(user))
    assert seen == {tree[name] for name in ("authority", "service", "below", "beside")}


@pytest.fixture
def staff(tree) -> dict:
    """Someone in each team, and a vacancy in each."""
    made = {}
    for name in ("below", "beside", "elsewhere"):
        job = making.employment(worker=making.worker(authority=tree[name].authority))
        made[name] = {
            Worker: job.worker,
            Employment: job,
            Assignment: making.assignment(employment=job, team=tree[name]),
            Vacancy: making.vacancy(team=tree[name]),
        }
    return made


@pytest.mark.parametrize(
    ("role", "place", "colleagues", "records"),
    [
        ("caseworker", "below", {"below", "beside"}, set()),
        ("send_officer", "below", {"below", "beside"}, set()),
        ("team_manager", "below", {"below", "beside"}, {"below"}),
        ("service_manager", "service", {"below", "beside"}, {"below"}),
        ("workforce_officer", "authority", {"below", "beside"}, {"below", "beside"}),
        ("emergency_duty", "authority", {"below", "beside"}, set()),
        ("analyst", "authority", set(), set()),
        ("publisher", "authority", set(), set()),
        ("auditor", "authority", set(), set()),
        ("administrator", "authority", {"below", "beside"}, set()),
    ],
)
def test_who_sees_staff(tree, staff, role, place, colleagues, records):
    user = making.holder(role, tree[place])
    assert set(Worker.objects.visible_to(user)) == {staff[name][Worker] for name in colleagues}
    for model in (Employment, Assignment, Vacancy):
        assert set(model.objects.visible_to(user)) == {staff[name][model] for name in records}


def test_time_in_post_without_a_team_is_the_whole_authoritys(tree):
    job = making.employment(worker=making.worker(authority=tree["authority"]))
    whole = making.holder("workforce_officer", tree["authority"])
    part = making.holder("team_manager", tree["below"])
    assert job in Employment.objects.visible_to(whole)
    assert job not in Employment.objects.visible_to(part)
