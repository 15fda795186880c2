"""Whatever is logged about plans and visits, in any order, leaves records that are true."""

import functools

import pytest

from referrals import casework
from referrals.actions import take_referral
from tests.oracle import records
from tests.oracle.figures import INDICATORS
from tests.referrals.test_any_sequence import (
    SEQUENCES,
    TODAY,
    Shire,
    leave_valid_records_and_figures,
)
from visits import actions
from visits.actions import Met
from visits.choices import Category, LateReason, Outcome, Place, Purpose
from visits.models import ProtectionPlan, Visit

pytestmark = pytest.mark.django_db
FIGURES = [name for name in INDICATORS if name.startswith("cp_")]


class Plans(Shire):
    """An authority where children are protected; visits are often to several of them."""

    events = {
        action.__name__: functools.partial(action, today=TODAY)
        for action in (
            take_referral,
            casework.close_case,
            casework.allocate,
            casework.end_allocation,
            casework.record_birth,
            actions.start_plan,
            actions.end_plan,
            actions.record_visits,
        )
    }

    def close_case(self, child, day):
        referral, told = super().close_case(child, day)
        return (referral if self.choices.chance(4) else None), told

    def start_plan(self, child, day):
        earlier = self.choices.number(0, 2) if self.choices.chance(2) else 0
        told = {"category": self.choices.one_of(Category.values), "earlier_plans": earlier}
        return child, {"child": child, "started_on": day} | told

    def end_plan(self, child, day):
        plan = self._one(child.protection_plans.all())
        told = {"plan": plan, "ended_on": day, "category": self.choices.one_of(Category.values)}
        return (plan if self.choices.chance(3) else None), told

    def record_visits(self, child, day):
        choices = self.choices
        children = [child, *(other for other in self.children if choices.chance(3))]
        plans = {self._one(other.protection_plans.all()) for other in children} - {None}
        return (plans or None), {
            "met": [self._met(plan) for plan in sorted(plans, key=lambda plan: plan.pk)],
            "visited_on": day,
            "purpose": choices.one_of([Purpose.STATUTORY, Purpose.STATUTORY, *Purpose]),
            "place": choices.one_of([Place.HOME, Place.HOME, *Place]),
            "worker": choices.one_of([None, *self.workers]),
            "late_reason": choices.one_of(["", *LateReason.values]),
        }

    def _met(self, plan):
        outcome = self.choices.one_of([Outcome.SEEN, Outcome.SEEN, *Outcome])
        return Met(plan, outcome, self.choices.one_of([True, False, None]))

    def history(self) -> records.History:
        made, teams = super().history(), {team.pk: at for at, team in enumerate(self.teams, 1)}
        made.plans = [
            records.Plan(
                each.pk,
                each.child_id,
                each.started_on,
                each.ended_on,
                teams[each.team_id],
                each.earlier_plans,
            )
            for each in ProtectionPlan.objects.filter(child__in=self.children)
        ]
        made.visits = [
            records.Visit(
                each.plan_id,
                each.visited_on,
                each.outcome,
                each.purpose,
                each.place,
                each.seen_alone,
                each.recorded_at,
            )
            for each in Visit.objects.filter(plan__child__in=self.children)
        ]
        return made


def test_any_sequence_leaves_valid_records_and_the_figures_of_the_oracle():
    some = -(-SEQUENCES // 8)  # their figures take longer to work out than others
    leave_valid_records_and_figures(Plans, [ProtectionPlan, Visit], FIGURES, some)
