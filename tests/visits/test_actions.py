"""Plans and visits as they are logged: one writer each, which says in a sentence what is not so."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from config.history import changes
from indicators.models import Outbox
from referrals import casework
from tests import making
from tests.visits.test_models import at_once
from visits.actions import Met, end_plan, record_visits, start_plan
from visits.models import ProtectionPlan, Visit

pytestmark = pytest.mark.django_db
Date = datetime.date
TODAY = Date(2019, 6, 30)
END = Date(2019, 6, 3)
START = making.START  # of a plan: its first visit falls due on 15 April


@pytest.fixture
def by(officer):
    return officer


@pytest.fixture
def team(by):
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def child(team):
    """A child with an open case."""
    made = making.child(authority=team.authority)
    making.referral(child=made, team=team)
    return made


def recorded(plan, by, *, outcome="seen", seen_alone=True, also=(), **told) -> list[Visit]:
    usual = {
        "visited_on": Date(2019, 4, 10),
        "purpose": "statutory",
        "place": "home",
        "worker": None,
    }
    met = [Met(plan, outcome, seen_alone), *also]
    return record_visits(met=met, by=by, today=TODAY, **usual | told)


def started(child, by, **told) -> ProtectionPlan:
    usual = {"started_on": START, "category": "NEG", "earlier_plans": 0}
    return start_plan(child=child, by=by, today=TODAY, **usual | told)


def ended(plan, by, ended_on=END, category="NEG") -> ProtectionPlan:
    return end_plan(plan=plan, ended_on=ended_on, category=category, by=by, today=TODAY)


def test_a_visit_is_recorded_with_who_wrote_it_and_when(by):
    [visit] = recorded(making.protection_plan(), by)
    visit.refresh_from_db()
    assert visit.qualifies
    assert visit.recorded_at is not None
    (change,) = changes(Visit, visit.pk, reader=by)
    assert (change.what, change.who) == ("Added", "officer")


def test_the_figures_hear_of_it(by):
    plan = making.protection_plan()
    Outbox.objects.all().delete()
    recorded(plan, by)
    assert set(Outbox.objects.values_list("family", flat=True)) == {"visits"}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"visited_on": Date(2019, 7, 1)}, "This date is in the future"),
        ({"visited_on": Date(2019, 3, 31)}, "between the start and the end of its plan"),
        ({"outcome": "attempted"}, "A child who was not seen was not seen alone"),
        ({"outcome": "abducted"}, "not a valid choice"),
        ({"visited_on": Date(2019, 4, 16), "late_reason": "rain"}, "not a valid choice"),
    ],
    ids=str,
)
def test_what_cannot_be_true_is_refused_with_a_sentence(by, told, sentence):
    with pytest.raises(ValidationError, match=sentence):
        recorded(making.protection_plan(), by, **told)
    assert not Visit.objects.exists()


def test_siblings_are_visited_in_one_go_each_seen_or_not(by):
    plans = [making.protection_plan() for _ in range(3)]
    also = [Met(plans[1], "seen", False), Met(plans[2], "refused")]
    recorded(plans[0], by, also=also)
    found = Visit.objects.order_by("plan").values_list("plan", "outcome", "seen_alone")
    answers = [("seen", True), ("seen", False), ("refused", None)]
    assert list(found) == [(plan.pk, *told) for plan, told in zip(plans, answers, strict=True)]


def test_where_it_cannot_be_true_for_one_it_is_recorded_for_none(by):
    plan, later = making.protection_plan(), making.protection_plan(started_on=Date(2019, 5, 1))
    with pytest.raises(ValidationError):
        recorded(plan, by, also=[Met(later, "seen", True)])
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"visited_on": Date(2019, 4, 15)}, ""),
        ({"visited_on": Date(2019, 4, 16)}, "away"),
        ({"visited_on": Date(2019, 4, 16), "late_reason": ""}, "not_given"),
        ({"visited_on": Date(2019, 4, 16), "outcome": "refused", "seen_alone": None}, ""),
        ({"visited_on": Date(2019, 4, 16), "place": "school"}, ""),
        ({"visited_on": Date(2019, 4, 1)}, ""),
        ({"visited_on": Date(2019, 6, 30)}, "away"),
    ],
    ids=str,
)
def test_why_it_was_late_is_kept_where_it_was(by, told, kept):
    [visit] = recorded(making.protection_plan(), by, **{"late_reason": "away"} | told)
    assert visit.late_reason == kept


@pytest.mark.parametrize(
    ("before", "visited_on", "late"),
    [
        ([Date(2019, 4, 12)], Date(2019, 4, 30), False),
        ([Date(2019, 4, 12)], Date(2019, 5, 1), True),
        ([Date(2019, 4, 16)], Date(2019, 4, 16), False),  # a second visit on a day
        ([Date(2019, 5, 20)], Date(2019, 4, 10), False),  # logged after the next one was
        ([Date(2019, 5, 20)], Date(2019, 4, 16), True),
    ],
    ids=str,
)
def test_a_visit_is_late_by_the_one_before_it(by, before, visited_on, late):
    plan = making.protection_plan()
    for seen_on in before:
        making.visit(plan=plan, visited_on=seen_on)
    [visit] = recorded(plan, by, visited_on=visited_on)
    assert (visit.late_reason == "not_given") is late


def test_of_siblings_each_is_late_by_its_own_plan(by):
    late, not_late = making.protection_plan(), making.protection_plan()
    making.visit(plan=not_late, visited_on=Date(2019, 4, 12))
    recorded(
        late,
        by,
        also=[Met(not_late, "seen", True)],
        visited_on=Date(2019, 4, 16),
        late_reason="not_home",
    )
    found = Visit.objects.filter(visited_on=Date(2019, 4, 16)).order_by("plan")
    assert list(found.values_list("late_reason", flat=True)) == ["not_home", ""]


def test_a_plan_starts_within_the_open_case_and_is_the_team_s_that_holds_the_child(by, child, team):
    assert started(child, by).team == team
    other = making.team(team.authority)
    ProtectionPlan.objects.all().delete()
    making.involvement(child=child, team=other)
    plan = started(child, by, category="SAB", earlier_plans=2)
    assert (plan.team, plan.initial_category, plan.latest_category) == (other, "SAB", "SAB")
    assert plan.earlier_plans == 2


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"started_on": Date(2019, 7, 1)}, "This date is in the future"),
        ({"started_on": Date(2019, 3, 29)}, "The open case began on 1 April 2019"),
        ({"earlier_plans": 51}, "between 0 and 50"),
        ({"category": ""}, "Choose the initial category of abuse"),
    ],
    ids=str,
)
def test_a_plan_that_cannot_have_started_is_refused(by, child, told, sentence):
    with pytest.raises(ValidationError, match=sentence):
        started(child, by, **told)


def test_a_plan_needs_an_open_case(by, child):
    child.referrals.update(closed_on=Date(2019, 5, 1), closure_reason="RC7")
    with pytest.raises(ValidationError, match="No case of this child is open"):
        started(child, by)


def test_a_plan_ends_once_and_after_its_visits(by):
    plan = making.protection_plan()
    making.visit(plan=plan, visited_on=Date(2019, 6, 5))
    with pytest.raises(ValidationError, match="A visit on 5 June 2019 is recorded under this plan"):
        ended(plan, by)
    with pytest.raises(ValidationError, match="A plan must end after the day it started"):
        ended(making.protection_plan(), by, ended_on=START)
    plan = ended(plan, by, ended_on=Date(2019, 6, 5), category="EMO")
    assert (plan.initial_category, plan.latest_category) == ("NEG", "EMO")
    with pytest.raises(ValidationError, match="This plan ended on 5 June 2019"):
        ended(plan, by)


def test_a_case_stays_open_as_long_as_a_plan_lasts(by, child):
    plan = started(child, by)
    referral = child.referrals.get()

    def closed(on):
        told = {"closed_on": on, "closure_reason": "RC7", "by": by, "today": TODAY}
        return casework.close_case(referral=referral, **told)

    with pytest.raises(ValidationError, match="Log its end before you close"):
        closed(Date(2019, 6, 3))
    ended(plan, by)
    with pytest.raises(ValidationError, match="lasted until 3 June 2019"):
        closed(Date(2019, 6, 2))
    assert closed(Date(2019, 6, 3)).closed_on == Date(2019, 6, 3)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_log_the_start_of_a_plan_at_once_one_does_and_nineteen_are_told_why():
    authority = making.authority()
    child = making.child(authority=authority)
    making.referral(child=child)
    by = making.holder("service_manager", authority)
    _ = by.reach

    def log(position: int) -> str:
        try:
            started(child, by, started_on=START + datetime.timedelta(days=position))
        except ValidationError as refused:
            return refused.messages[0]
        return "stored"

    answers = at_once(20, log)
    assert sorted(answers) == sorted(
        ["stored"] + ["This child already has a child protection plan on those days."] * 19
    )
    assert ProtectionPlan.objects.count() == 1
