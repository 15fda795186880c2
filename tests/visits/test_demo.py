"""The rhythm of the demonstration authority's visits, and the plans they are made under."""

import datetime
from random import Random

import pytest
from django.db import connection
from django.utils import timezone

from config.demonstration import Scene
from config.workdays import london_day
from indicators.figures import figure
from indicators.periods import Period
from indicators.registry import indicator
from visits.demo.plans import played
from visits.demo.rhythm import Count, Rhythm, count, made, steer
from visits.models import ProtectionPlan, VisitDue

pytestmark = pytest.mark.xdist_group("demonstration")


def due(*seen: int, last: int = 60) -> list[tuple[int, bool]]:
    return list(Rhythm(0, last, list(seen)).due())


def test_a_visit_in_time_is_the_next_anchor():
    assert due(8, last=18) == [(10, True), (18, False)]


def test_a_late_visit_meets_nothing_and_is_the_next_anchor():
    assert due(13, last=23) == [(10, False), (23, False)]


def test_a_visit_is_late_by_the_one_before_it():
    assert Rhythm(0, 60, [10, 21, 31, 45]).late() == {21, 45}


def test_a_visit_on_the_next_due_day_takes_that_due_day_away():
    assert due(20, last=30) == [(10, False), (30, False)]


def test_nothing_falls_due_after_the_last_day():
    assert due(last=9) == []
    assert due(8, last=9) == []


def test_steering_changes_the_stretch_that_was_asked_for_and_no_other():
    scene = Scene(datetime.date(2020, 1, 1))
    dice = Random(1)
    start = scene.calendar.number(datetime.date(2018, 1, 2))
    rhythms = [made(scene, dice, start + shift, start + 400) for shift in range(40)]
    first, last = start + 100, start + 160
    stretches = ((0, first - 1), (last + 1, start + 400))
    before = [sum((count(one, *days) for one in rhythms), Count(0, 0)) for days in stretches]
    steer(dice, rhythms, first, last, Count(150, 240))
    assert sum((count(one, first, last) for one in rhythms), Count(0, 0)) == Count(150, 240)
    assert before == [
        sum((count(one, *days) for one in rhythms), Count(0, 0)) for days in stretches
    ]


def test_the_same_day_plays_the_same_plans():
    scene = Scene(datetime.date(2026, 6, 17))
    assert played(scene) == played(scene)


def test_a_plan_lies_within_an_open_case(demonstration):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM visits_protectionplan plan WHERE started_on >= '2015-06-01'"
            " AND NOT EXISTS (SELECT FROM referrals_involvement held"
            " WHERE held.child_id = plan.child_id AND held.started_on <= plan.started_on)"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM visits_protectionplan plan JOIN referrals_referral referral"
            " USING (child_id) WHERE referral.closed_on >= plan.started_on"
            " AND referral.received_on < plan.started_on"
            " AND referral.closed_on < COALESCE(plan.ended_on, 'infinity')"
        )
        assert cursor.fetchone() == (0,)


def test_a_handful_of_visits_are_overdue_today(demonstration):
    today = london_day(timezone.now())
    waiting = VisitDue.objects.filter(
        due_on__lt=today,
        due_on__gt=today - datetime.timedelta(days=60),
        next_on=None,
        plan__ended_on=None,
    )
    assert 1 <= waiting.values("plan").distinct().count() <= 25


def test_a_few_children_have_not_been_seen_for_six_weeks_today(demonstration):
    today = london_day(timezone.now())
    stock = figure(
        indicator("cp_unseen_42_days"),
        Period.containing("month", today),
        as_at=today,
        authority=demonstration,
    )
    assert 1 <= stock.numerator <= 8


def test_no_visit_is_recorded_before_it_was_made(demonstration):
    from visits.models import Visit

    assert not any(
        london_day(recorded_at) < visited_on
        for visited_on, recorded_at in Visit.objects.values_list("visited_on", "recorded_at")
    )


def test_what_the_committee_was_told_was_recorded_by_then(demonstration):
    from visits.models import Visit

    reported = datetime.datetime(2019, 9, 30, tzinfo=datetime.UTC)
    late = Visit.objects.filter(visited_on__lte="2019-06-30", recorded_at__gte=reported)
    assert not late.exists()


def test_most_plans_are_a_childs_first(demonstration):
    assert (
        ProtectionPlan.objects.filter(earlier_plans=0).count() > ProtectionPlan.objects.count() / 2
    )
