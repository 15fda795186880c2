"""Whatever is logged about requests, in any order, leaves records that are true."""

import functools

import pytest

from ehcp import actions
from ehcp.choices import Basis, Ground, LateReason, SenType, Stage
from ehcp.models import Decision, Draft, PermittedException, Plan, Request
from referrals import casework
from referrals.choices import Part
from tests.oracle import records
from tests.oracle.figures import INDICATORS
from tests.referrals.test_any_sequence import (
    SEQUENCES,
    TODAY,
    Shire,
    leave_valid_records_and_figures,
)

pytestmark = pytest.mark.django_db
FIGURES = [name for name in INDICATORS if name.startswith("ehc_")]


class Requests(Shire):
    """An authority where two children are assessed."""

    events = {
        name: functools.partial(
            getattr(actions, name, None) or getattr(casework, name), today=TODAY
        )
        for name in (
            "receive_request",
            "decide",
            "change_decision",
            "tell_family",
            "note_exception",
            "send_draft",
            "issue_plan",
            "withdraw",
            "allocate",
            "end_allocation",
        )
    }

    def __init__(self, choices):
        super().__init__(choices)
        self.children = self.children[:2]

    def receive_request(self, child, day):
        told = {"sen_type": self.choices.one_of(SenType.values), "received_on": day}
        return child, {"child": child, "team": self.choices.one_of(self.teams)} | told

    def decide(self, child, day):
        stage = self.choices.one_of(list(Stage))
        told = {"stage": stage, "agreed": self.choices.chance(5), "decided_on": day}
        return self._of(child, late=True, **told)

    def change_decision(self, child, day):
        basis = self.choices.one_of([Basis.MEDIATION, Basis.TRIBUNAL])
        return self._of(child, basis=basis, decided_on=day)

    def tell_family(self, child, day):
        return self._of(child, late=True, told_on=day)

    def note_exception(self, child, day):
        return self._of(child, ground=self.choices.one_of(Ground.values), noted_on=day)

    def send_draft(self, child, day):
        return self._of(child, late=True, sent_on=day)

    def issue_plan(self, child, day):
        return self._of(child, late=True, issued_on=day)

    def withdraw(self, child, day):
        request, told = self._of(child, withdrawn_on=day)
        return (request if self.choices.chance(3) else None), told

    def allocate(self, child, day):
        child, told = super().allocate(child, day)
        return child, told | {"part": Part.SEND_OFFICER}

    def _of(self, child, late=False, **told):
        request = self._one(child.ehc_requests.all())
        if late:
            told["late_reason"] = self.choices.one_of(["", *LateReason.values])
        return request, {"request": request} | told

    def history(self) -> records.History:
        made, teams = super().history(), {team.pk: at for at, team in enumerate(self.teams, 1)}
        of_these = {"request__child__in": self.children}
        made.requests = [
            records.Request(
                each.pk,
                each.child_id,
                each.received_on,
                teams[each.team_id],
                each.withdrawn,
                each.withdrawn_on,
                issued_on=each.plan.issued_on if hasattr(each, "plan") else None,
                exceptions="".join(found.ground for found in each.exceptions.all()),
            )
            for each in Request.objects.filter(child__in=self.children)
        ]
        made.decisions = [
            records.Decision(each.request_id, each.stage, each.agreed, each.decided_on, each.basis)
            for each in Decision.objects.filter(**of_these)
        ]
        return made


def test_any_sequence_leaves_valid_records_and_the_figures_of_the_oracle():
    models = [Request, Decision, PermittedException, Draft, Plan]
    leave_valid_records_and_figures(Requests, models, FIGURES, SEQUENCES // 6)
