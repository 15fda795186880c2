"""Records of children that are merged and told apart, whatever is logged between, stay true."""

import functools

import pytest

from referrals import casework, merging
from referrals.actions import take_referral
from referrals.clashes import clashes
from referrals.models import Assessment, Child, ChildMerge, Involvement, Referral
from tests.referrals.test_any_sequence import (
    FIGURES,
    SEQUENCES,
    TODAY,
    leave_valid_records_and_figures,
)
from tests.visits.test_any_sequence import FIGURES as OF_VISITS
from tests.visits.test_any_sequence import Plans
from visits import actions
from visits.models import ProtectionPlan, Visit

pytestmark = pytest.mark.django_db
MODELS = [Child, Referral, Assessment, Involvement, ProtectionPlan, Visit]


class Merged(Plans):
    """An authority in which records of children are merged, rightly and wrongly."""

    events = {
        action.__name__: functools.partial(action, today=TODAY)
        for action in (
            take_referral,
            casework.close_case,
            casework.allocate,
            casework.start_assessment,
            actions.start_plan,
            actions.record_visits,
        )
    } | {"merge_children": merging.merge_children, "unmerge": merging.unmerge}

    def merge_children(self, child, day):
        pair = (child, self.choices.one_of(self.children))
        survivor, duplicate = (Child.objects.get(pk=each.pk) for each in pair)
        return child, {
            "survivor": survivor,
            "duplicate": duplicate,
            "note": "Perhaps one child.",
            "taken": [what for what in merging.IDENTITY if self.choices.chance(3)],
            "ways_out": {
                clash.key: self.choices.one_of([way for way, _ in clash.ways_out])
                for clash in clashes(survivor, duplicate)
            },
        }

    def unmerge(self, child, day):
        merge = self._one(ChildMerge.objects.filter(state="done", survivor=child))
        return merge, {"merge": merge, "answer": "Two children."}


def test_any_sequence_with_merges_leaves_valid_records_and_the_figures_of_the_oracle():
    some = -(-SEQUENCES // 4)
    leave_valid_records_and_figures(Merged, MODELS, [*FIGURES, *OF_VISITS], some)
