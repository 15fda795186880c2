"""Whatever is logged about a few workers and posts, in any order, leaves records that are true.

Each event is tried on a day that it may or may not be possible on. What is refused leaves nothing;
what is stored can be read back as valid, and gives the figures that the oracle gives.
"""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from tests import making
from tests.oracle import records
from tests.oracle.choices import Choices
from tests.referrals.test_any_sequence import (
    FIRST,
    SEQUENCES,
    TODAY,
    leave_valid_records_and_figures,
)
from workforce import staffing
from workforce.choices import Contract, Origin, ReasonForLeaving, Role
from workforce.models import Assignment, Employment, Vacancy, Worker

pytestmark = pytest.mark.django_db
FIGURES = [
    "turnover_12_months",
    "turnover_voluntary_12_months",
    "turnover_headcount_12_months",
    "turnover_average_12_months",
    "agency_share",
    "agency_share_headcount",
    "vacancy_rate",
]


class Posts:
    """An authority with two teams, one case, and nobody in post yet."""

    def __init__(self, choices: Choices) -> None:
        self.choices, self.day = choices, FIRST
        self.authority = making.authority()
        self.teams = [making.team(self.authority) for _ in range(2)]
        self.user = making.holder("workforce_officer", self.authority)
        self.case = making.involvement(
            child=making.child(authority=self.authority), team=self.teams[0], started_on=FIRST
        )

    def log(self) -> str:
        """The name of an event that was logged; empty where it was refused."""
        choices = self.choices
        name = choices.one_of(list(self.events))
        if choices.chance(6):
            self.day = min(self.day + datetime.timedelta(days=choices.number(0, 40)), TODAY)
        day = self.day if choices.chance(6) else choices.near(self.day, 60)
        told = self.events[name](self, day)
        if told is None:
            return ""
        try:
            with transaction.atomic():
                getattr(staffing, name)(**told, by=self.user)
        except ValidationError:
            return ""
        return name

    def start(self, day):
        worker = self._one(Worker.objects.filter(authority=self.authority))
        if worker is None or self.choices.chance(5):
            worker = Worker(authority=self.authority, registered=not self.choices.chance(2))
        told = {"contract": self.choices.one_of(Contract.values), "started_on": day}
        return {"worker": worker, "origin": self.choices.one_of(["", *Origin.values]), **told} | (
            self._post()
        )

    def change_post(self, day):
        employment = self._one(self._employments())
        return employment and {"employment": employment, "started_on": day} | self._post()

    def leave(self, day):
        employment = self._one(self._employments())
        if employment is None:
            return None
        self.case.worker = employment.worker if self.choices.chance(2) else None
        self.case.save()
        told = {"reason_for_leaving": self.choices.one_of(ReasonForLeaving.values)}
        return {"employment": employment, "left_on": day, "destination": "", "today": TODAY} | told

    def open_vacancy(self, day):
        return {"opened_on": min(day, TODAY), "reference": ""} | self._post()

    def fill_vacancy(self, day):
        vacancy = self._one(Vacancy.objects.filter(team__in=self.teams))
        return vacancy and {"vacancy": vacancy, "filled_on": min(day, TODAY)}

    def _employments(self):
        return Employment.objects.filter(worker__authority=self.authority)

    def _post(self) -> dict:
        fte = Decimal(self.choices.number(1, 10)) / 10
        role = self.choices.one_of(["", *Role.values])
        return {"team": self.choices.one_of(self.teams), "role": role, "fte": fte}

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
            workers=[
                records.Worker(each.pk, each.registered)
                for each in Worker.objects.filter(authority=self.authority)
            ],
            employments=[
                records.Employment(
                    each.pk,
                    each.worker_id,
                    each.started_on,
                    each.contract,
                    each.left_on,
                    each.reason_for_leaving,
                )
                for each in self._employments()
            ],
            assignments=[
                records.Assignment(
                    each.employment_id,
                    teams[each.team_id],
                    each.started_on,
                    each.ended_on,
                    each.fte,
                )
                for each in Assignment.objects.filter(team__in=self.teams)
            ],
            vacancies=[
                records.Vacancy(teams[each.team_id], each.opened_on, each.filled_on, each.fte)
                for each in Vacancy.objects.filter(team__in=self.teams)
            ],
        )

    events = {
        each.__name__: each for each in (start, change_post, leave, open_vacancy, fill_vacancy)
    }


def test_any_sequence_leaves_valid_records_and_the_figures_of_the_oracle():
    models = [Worker, Employment, Assignment, Vacancy]
    leave_valid_records_and_figures(Posts, models, FIGURES, -(-SEQUENCES // 12))
