"""What cannot be true of child protection plans and visits, also when twenty try at once."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction

from config import facts
from referrals.models import Child
from tests import making
from tests.referrals.test_models import with_team
from tests.refusals import OTHER_AUTHORITY, OTHER_TEAM, again, is_refused, updated
from tests.workforce.test_models import AS_SERVICE, MOVED, elsewhere
from visits.models import ProtectionPlan, Visit, VisitStandard
from workforce.models import Team

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
ENDED = making.Date(2019, 10, 1)

REFUSED = [
    updated(
        "protection_dates_plausible",
        ProtectionPlan,
        making.protection_plan,
        started_on="'infinity'",
    ),
    updated(
        "protection_dates_plausible",
        ProtectionPlan,
        making.protection_plan,
        started_on="'0001-01-01'",
    ),
    updated(
        "protection_dates_plausible",
        ProtectionPlan,
        making.protection_plan,
        started_on="'0044-03-15 BC'",
    ),
    updated(
        "protection_ended_after_started",
        ProtectionPlan,
        making.protection_plan,
        ended_on="started_on",
    ),
    updated(
        "protection_initial_known",
        ProtectionPlan,
        making.protection_plan,
        initial_category="'XXX'",
    ),
    updated(
        "protection_latest_known", ProtectionPlan, making.protection_plan, latest_category="'XXX'"
    ),
    updated(
        "protection_earlier_in_range", ProtectionPlan, making.protection_plan, earlier_plans="51"
    ),
    updated(
        "protection_interval_in_range", ProtectionPlan, making.protection_plan, visit_interval="0"
    ),
    updated(
        "protection_entered_whole", ProtectionPlan, making.protection_plan, initial_category="''"
    ),
    updated(
        "protection_overlap_only_from_returns",
        ProtectionPlan,
        making.protection_plan,
        overlaps="TRUE",
    ),
    again(
        "protection_one_plan_at_a_time",
        ProtectionPlan,
        making.protection_plan,
        started_on="started_on + 100",
    ),
    again(
        "protection_reference_once",
        ProtectionPlan,
        lambda: making.protection_plan(reference="P1", ended_on=ENDED),
        started_on="ended_on + 1",
        ended_on="NULL",
    ),
    updated(
        "protection_team_in_authority",
        ProtectionPlan,
        lambda: elsewhere(making.protection_plan()),
        team_id=OTHER_TEAM,
    ),
    updated(
        "protection_team_in_authority",
        Team,
        lambda: with_team(making.protection_plan).team,
        **MOVED,
    ),
    updated(
        "protection_team_in_authority",
        Child,
        lambda: with_team(making.protection_plan).child,
        authority_id=OTHER_AUTHORITY,
    ),
    updated(
        "protection_near_birth",
        ProtectionPlan,
        making.protection_plan,
        started_on="DATE '2010-05-04' - 281",
    ),
    updated(
        "protection_near_birth",
        Child,
        lambda: making.protection_plan().child,
        born_on="DATE '2019-04-01' + 281",
    ),
    updated("visit_dates_plausible", Visit, making.visit, visited_on="'infinity'"),
    updated("visit_recording_plausible", Visit, making.visit, recorded_at="'infinity'"),
    updated("visit_purpose_known", Visit, making.visit, purpose="'tea'"),
    updated("visit_place_known", Visit, making.visit, place="'moon'"),
    updated("visit_outcome_known", Visit, making.visit, outcome="'unsure'"),
    updated("visit_late_reason_known", Visit, making.visit, late_reason="'rain'"),
    updated(
        "visit_alone_only_if_seen",
        Visit,
        making.visit,
        outcome="'attempted'",
        seen_alone="TRUE",
    ),
    again("visit_reference_once", Visit, lambda: making.visit(reference="V1")),
    again("visit_within_plan", Visit, making.visit, visited_on="visited_on - 1"),
    updated(
        "visit_within_plan",
        Visit,
        lambda: making.visit(plan=making.protection_plan(ended_on=ENDED)),
        visited_on="DATE '2019-10-02'",
    ),
    updated(
        "visit_within_plan",
        ProtectionPlan,
        lambda: making.visit().plan,
        started_on="started_on + 1",
    ),
    updated(
        "visit_within_plan",
        ProtectionPlan,
        lambda: making.visit(visited_on=ENDED).plan,
        ended_on="DATE '2019-09-30'",
    ),
    updated(
        "visit_standard_dates_plausible",
        VisitStandard,
        making.visit_standard,
        valid_from="'infinity'",
    ),
    updated("visit_standard_interval_in_range", VisitStandard, making.visit_standard, interval="0"),
    updated(
        "visit_standard_first_in_range", VisitStandard, making.visit_standard, first_interval="61"
    ),
    updated("visit_standard_unit_known", VisitStandard, making.visit_standard, unit="'moons'"),
    again("visit_standard_once", VisitStandard, making.visit_standard),
    updated(
        "visit_standard_authority_is_root",
        VisitStandard,
        lambda: elsewhere(making.visit_standard()),
        authority_id=OTHER_TEAM,
    ),
    updated(
        "visit_standard_authority_is_root",
        Team,
        lambda: elsewhere(making.visit_standard().authority),
        **AS_SERVICE,
    ),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)


def test_a_zero_length_plan_does_not_slip_into_an_open_one():
    """A half-open range would be empty there, and overlap nothing."""
    again = """
        INSERT INTO visits_protectionplan (child_id, reference, started_on, ended_on,
            initial_category, latest_category, earlier_plans, entered_here, "overlaps")
        SELECT child_id, '', started_on + 9, started_on + 9, 'NEG', '', 0, TRUE, FALSE
        FROM visits_protectionplan"""
    making.protection_plan()
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="after_started"), transaction.atomic():
            cursor.execute(again)
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE;"
            "ALTER TABLE visits_protectionplan DROP CONSTRAINT protection_ended_after_started"
        )
        with pytest.raises(IntegrityError, match="one_plan_at_a_time"), transaction.atomic():
            cursor.execute(again)


def test_a_key_beyond_every_key_is_refused():
    plan = making.protection_plan()
    plan.child_id = 2**63 - 1
    with pytest.raises((DataError, IntegrityError)), transaction.atomic():
        plan.save()


def test_a_plan_may_start_on_the_day_another_ended():
    ended = making.protection_plan(ended_on=ENDED)
    making.protection_plan(child=ended.child, started_on=ENDED)


def test_plans_from_a_return_may_overlap_where_they_are_flagged():
    plan = making.protection_plan(entered_here=False)
    making.protection_plan(child=plan.child, entered_here=False, overlaps=True)


def test_a_boundary_is_moved_by_a_day_in_both_neighbours_at_once():
    first = making.protection_plan(ended_on=ENDED)
    second = making.protection_plan(child=first.child, started_on=ENDED)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS protection_one_plan_at_a_time DEFERRED")
        ProtectionPlan.objects.filter(pk=first.pk).update(ended_on=ENDED + DAY)
        ProtectionPlan.objects.filter(pk=second.pk).update(started_on=ENDED + DAY)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_plan_and_its_visits_are_moved_together_in_one_transaction():
    made = making.visit(plan=making.protection_plan(ended_on=making.START + 9 * DAY))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        Visit.objects.update(visited_on=made.visited_on + 100 * DAY)
        ProtectionPlan.objects.update(
            started_on=making.START + 100 * DAY, ended_on=making.START + 109 * DAY
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def at_once(number: int, work) -> list:
    """What each of several threads answers, all let go at one moment."""
    barrier = Barrier(number)

    def run(position: int):
        try:
            barrier.wait()
            return work(position)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_start_a_plan_for_one_child_one_does_and_nineteen_are_told_why():
    child = making.child()

    def start(position: int) -> str:
        try:
            with facts.readable(), transaction.atomic():
                making.protection_plan(child=child, started_on=making.START + position * DAY)
        except ValidationError as error:
            return error.messages[0]
        return "stored"

    answers = at_once(20, start)
    assert sorted(answers) == sorted(
        ["stored"] + ["This child already has a child protection plan on those days."] * 19
    )
    assert ProtectionPlan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_visit_and_the_end_of_its_plan_cannot_each_be_half_of_what_is_false():
    """Each is true beside what the other found; together they are not."""
    for _ in range(5):
        plan = making.protection_plan()

        def work(position: int, plan=plan) -> bool:
            try:
                with facts.readable(), transaction.atomic():
                    if position:
                        making.visit(plan=plan, visited_on=making.START + 20 * DAY)
                    else:
                        ProtectionPlan.objects.filter(pk=plan.pk).update(
                            ended_on=making.START + 10 * DAY
                        )
            except ValidationError:
                return False
            return True

        assert sorted(at_once(2, work)) == [False, True]
