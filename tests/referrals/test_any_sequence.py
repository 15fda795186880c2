"""Whatever is logged for a few children, in any order, leaves records that are true.

Each event is tried on a day that it may or may not be possible on. What is refused leaves nothing;
what is stored can be read back as valid, and gives the figures that the oracle gives.
"""

import datetime
import functools
import os

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from config.history import version
from config.workdays import london_day
from referrals import casework, corrections
from referrals.actions import take_referral
from referrals.choices import Closure, Part
from referrals.models import Assessment, Child, Involvement, Referral
from tests import making
from tests.oracle import engine, records
from tests.oracle.choices import Choices, seeded

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
FIRST = TODAY - datetime.timedelta(days=800)
SEQUENCES, EVENTS = int(os.environ.get("SEQUENCES", "25")), 60
FIGURES = [
    "referrals",
    "re_referrals",
    "re_referred_children",
    "referrals_nfa",
    "referral_decision_1_day",
    "caseload",
]
BEGAN = {
    Child: "born_on",
    Referral: "received_on",
    Assessment: "started_on",
    Involvement: "started_on",
}


class Shire:
    """An authority with two teams, three workers and three children, one of them unborn.

    For each of its ``events``, named with their actions, a method of that name says of which record
    it may be, and what the action is told.
    """

    events = {
        name: functools.partial(getattr(casework, name, take_referral), today=TODAY)
        for name in (
            "take_referral",
            "decide",
            "close_case",
            "allocate",
            "end_allocation",
            "start_assessment",
            "complete_assessment",
            "record_birth",
            "record_death",
        )
    } | {
        "record_move": casework.record_move,
        "correct": functools.partial(corrections.correct, today=TODAY),
        "strike_out": corrections.strike_out,
        "put_back": corrections.put_back,
    }

    def __init__(self, choices: Choices) -> None:
        self.choices, self.day = choices, FIRST
        self.authority = making.authority()
        self.teams = [making.team(self.authority) for _ in range(2)]
        self.user = making.holder("service_manager", self.authority)
        self.assignments = [self._assignment(place) for place in range(3)]
        self.workers = [each.employment.worker for each in self.assignments]
        self.children = [
            making.child(authority=self.authority, born_on=born_on, expected_on=TODAY)
            for born_on in (None, datetime.date(2012, 2, 29), FIRST)
        ]

    def _assignment(self, place: int):
        worker = making.worker(authority=self.authority)
        job = making.employment(worker=worker, started_on=FIRST)
        return making.assignment(employment=job, team=self.teams[place % 2], started_on=FIRST)

    def log(self) -> str:
        """The name of an event that was logged; empty where it was refused."""
        choices = self.choices
        name = choices.one_of(list(self.events))
        if choices.chance(6):
            self.day = min(self.day + datetime.timedelta(days=choices.number(0, 40)), TODAY)
        day = self.day if choices.chance(6) else choices.near(self.day, 60)
        record, told = getattr(self, name)(choices.one_of(self.children), day)
        if record is None:
            return ""
        try:
            with transaction.atomic():
                self.events[name](**told, by=self.user)
        except ValidationError:
            return ""
        return name

    def take_referral(self, child, day):
        told = {"received_on": day, "source": "6", "primary_need": "N1"}
        return child, {"child": child, "team": self.choices.one_of(self.teams), **told}

    def decide(self, child, day):
        referral = self._one(child.referrals.all())
        told = {
            "no_further_action": self.choices.chance(4),
            "team": self.choices.one_of(self.teams),
        }
        return referral, {"referral": referral, "decided_on": day, **told}

    def close_case(self, child, day):
        referral = self._one(child.referrals.all())
        reason = self.choices.one_of(Closure.values)
        return referral, {"referral": referral, "closed_on": day, "closure_reason": reason}

    def allocate(self, child, day):
        worker = self.choices.one_of([None, *self.workers])
        team = self.choices.one_of([None, *self.teams])
        part = self.choices.one_of([Part.SOCIAL_WORKER, Part.SOCIAL_WORKER, *Part])
        told = {"part": part, "worker": worker, "team": team, "started_on": day}
        return child, {"child": child, **told}

    def end_allocation(self, child, day):
        involvement = self._one(child.involvements.all())
        return involvement, {"involvement": involvement, "ended_on": day}

    def start_assessment(self, child, day):
        referral = self._one(child.referrals.all())
        return referral, {"referral": referral, "started_on": day}

    def complete_assessment(self, child, day):
        assessment = self._one(Assessment.objects.filter(referral__child=child))
        return assessment, {"assessment": assessment, "completed_on": day}

    def correct(self, child, day):
        record = self._any(child)
        if record is None:
            return None, {}
        told = {"values": {BEGAN[type(record)]: day}, "why": "Told", "based_on": version(record)}
        return record, {"record": record, **told}

    def strike_out(self, child, day):
        record = self._any(child) if self.choices.chance(5) else None
        return record, {"record": record, "reason": "twice", "note": ""}

    def put_back(self, child, day):
        struck = self._one(child.struck_out.out())
        return struck, {"struck": struck}

    def _any(self, child):
        """A record of the child, of some kind."""
        found = {
            Child: Child.objects.filter(pk=child.pk),
            Referral: child.referrals.all(),
            Assessment: Assessment.objects.filter(referral__child=child),
            Involvement: child.involvements.all(),
        }
        return self._one(found[self.choices.one_of(list(found))])

    def record_birth(self, child, day):
        return child, {
            "child": child,
            "born_on": day,
            "first_name": "",
            "last_name": "",
            "sex": "F",
        }

    def record_move(self, child, day):
        return child, {"child": child, "address": "1 High Street", "postcode": "PE27 5BN"}

    def record_death(self, child, day):
        return (child if self.choices.chance(1) else None), {"child": child, "died_on": day}

    def _one(self, found):
        found = list(found.order_by("-pk")[:3])
        return self.choices.one_of(found) if found else None

    def history(self) -> records.History:
        """The records as they are stored, for the oracle to read."""
        teams = {team.pk: place for place, team in enumerate(self.teams, 1)}
        return records.History(
            as_at=TODAY,
            teams=[
                records.Team(0, None, "authority"),
                *(records.Team(place, 0, "team") for place in teams.values()),
            ],
            children=[
                records.Child(each.pk, each.born_on, each.expected_on)
                for each in Child.objects.filter(authority=self.authority)
            ],
            workers=[records.Worker(each.pk) for each in self.workers],
            employments=[
                records.Employment(each.employment_id, each.employment.worker_id, FIRST)
                for each in self.assignments
            ],
            assignments=[
                records.Assignment(each.employment_id, teams[each.team_id], FIRST)
                for each in self.assignments
            ],
            involvements=[
                records.Involvement(
                    each.child_id,
                    each.part,
                    teams[each.team_id],
                    each.started_on,
                    each.ended_on,
                    each.worker_id,
                )
                for each in Involvement.objects.filter(child__in=self.children)
            ],
            referrals=[
                records.Referral(
                    each.child_id,
                    each.received_on,
                    teams[each.team_id],
                    each.no_further_action,
                    each.decided_on,
                    each.decision_collected,
                    each.closed_on,
                )
                for each in Referral.objects.filter(child__in=self.children)
            ],
        )


def leave_valid_records_and_figures(
    kind: type[Shire], models: list, figures: list[str], sequences: int = SEQUENCES
) -> None:
    """Whatever is logged in shires of a kind leaves records that are true, and true figures."""
    logged = set()
    for seed in range(sequences):
        with transaction.atomic():
            choices = seeded(f"events {seed}")
            shire = kind(choices)
            logged |= {shire.log() for _ in range(EVENTS)}
            for model in models:
                for record in model.objects.all():
                    record.full_clean()
            history = shire.history()
            teams = {0: shire.authority} | dict(enumerate(shire.teams, 1))
            periods = engine.some_periods(choices, TODAY, 4)
            found = engine.differences([history], [teams], periods, alone=True, names=figures)
            told = [f"seed {seed}: {difference}\n\n{history}" for _, difference in found]
            transaction.set_rollback(True)
        assert told == []
    assert logged == {"", *kind.events}, "an event was never possible"


def test_any_sequence_leaves_valid_records_and_the_figures_of_the_oracle():
    models = [Child, Referral, Assessment, Involvement]
    leave_valid_records_and_figures(Shire, models, FIGURES)
