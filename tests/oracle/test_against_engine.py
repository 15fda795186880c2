"""The engine against the oracle, over histories that nobody chose.

2,000 histories in every run; ORACLE_EXAMPLES=200000 for as many as wanted. A failure prints its
seed, and the smallest history that still shows the difference.
"""

import datetime
import os
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from indicators import calculate, registry
from indicators.figures import figure
from indicators.periods import Kind, Period
from indicators.registry import indicator
from tests.oracle import edits, engine, histories
from tests.oracle.choices import seeded
from tests.oracle.figures import INDICATORS
from tests.oracle.load import load
from tests.oracle.records import AUTHORITY, History
from tests.oracle.vectors import VECTORS

EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", "2000"))
FIRST_SEED = int(os.environ.get("ORACLE_FIRST_SEED", "0"))
BATCH = 50
CHUNK = 500
PERIODS = 4


def test_every_indicator_is_written_a_second_time():
    assert {each.name for each in registry.listed()} == set(INDICATORS)


@pytest.mark.django_db
@pytest.mark.parametrize("first", range(FIRST_SEED, FIRST_SEED + EXAMPLES, CHUNK))
def test_every_indicator_period_and_team_of_seeded_histories(first):
    for seed in range(first, first + CHUNK, BATCH):
        with transaction.atomic():
            compare(seed)
            transaction.set_rollback(True)


def compare(seed: int) -> None:
    """A batch of authorities in one database, all of them at once and some of them alone."""
    choices = seeded(seed)
    until, limits = histories.as_at_day(choices), histories.time_limits(choices)
    as_at = until - datetime.timedelta(days=choices.one_of([0, 0, 0, 1, 20]))
    made = [
        histories.seen_from(histories.history(seeded(f"{seed}/{place}"), until, limits), as_at)
        for place in range(BATCH)
    ]
    periods = engine.some_periods(choices, as_at, PERIODS)
    teams = load(made)
    stop_at_first(seed, made, engine.differences(made, teams, periods, alone=False))
    few = slice(0, BATCH, BATCH // 2)
    stop_at_first(seed, made[few], engine.differences(made[few], teams[few], periods, alone=True))


def stop_at_first(seed, made: list[History], differences, *, stored: bool = False) -> None:
    for place, difference in differences:
        pytest.fail(engine.report(seed, made[place], difference, stored=stored), pytrace=False)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_stored_monthly_sums_give_the_same_figures(seed):
    choices = seeded(f"stored {seed}")
    as_at, limits = histories.as_at_day(choices), histories.time_limits(choices)
    made = [histories.history(choices, as_at, limits) for _ in range(4)]
    periods = engine.some_periods(choices, as_at, 2 * PERIODS)
    teams = load(made)
    calculate.drain(today=as_at, authority=teams[0][AUTHORITY])
    found = engine.differences(made, teams, periods, alone=False)
    stop_at_first(seed, made, found, stored=True)
    calculate.drain(today=as_at)
    for alone in (False, True):
        found = engine.differences(made, teams, periods, alone=alone)
        stop_at_first(seed, made, found, stored=True)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + EXAMPLES // 200))
def test_changes_leave_no_stale_sum_and_taken_back_leave_no_trace(seed):
    choices = seeded(f"changes {seed}")
    as_at, limits = histories.as_at_day(choices), histories.time_limits(choices)
    made = [histories.history(choices, as_at, limits) for _ in range(2)]
    periods = engine.some_periods(choices, as_at, 2 * PERIODS)
    teams = load(made)
    calculate.drain(today=as_at)
    for _ in range(3):
        undone = [undo for undo in (edits.edit(choices) for _ in range(3)) if undo]
        calculate.drain(today=as_at)
        assert [
            drift
            for known in teams
            for family in registry.families()
            for drift in calculate.verify(family, known[AUTHORITY].pk)
        ] == [], f"seed {seed}"
        for undo in reversed(undone):
            undo()
        calculate.drain(today=as_at)
        for difference in engine.differences(made, teams, periods, alone=True):
            pytest.fail(f"seed {seed}: {difference[1]}\n\n{made[difference[0]]}", pytrace=False)


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(histories.histories())
def test_histories_that_hypothesis_makes(history):
    with transaction.atomic():
        teams = load([history])
        periods = engine.some_periods(seeded(history.as_at), history.as_at, PERIODS)
        found = [
            str(difference)
            for _, difference in engine.differences([history], teams, periods, alone=True)
        ]
        transaction.set_rollback(True)
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", VECTORS)
def test_the_engine_gives_the_figures_of_the_definitions(name):
    history, expected = VECTORS[name]
    [teams] = load([history])
    for wanted in expected:
        found = figure(
            indicator(wanted.indicator),
            Period(Kind.MONTH, wanted.start, wanted.end),
            as_at=history.as_at,
            authority=teams[AUTHORITY],
        )
        assert (found.numerator, found.denominator, found.undecided) == (
            Decimal(wanted.numerator),
            Decimal(wanted.denominator),
            Decimal(wanted.undecided),
        ), wanted
        if wanted.shown is not None:
            assert found.rounded == Decimal(wanted.shown), wanted
