"""Which visits fall due, and which of them were made in time: the definitions' vectors and more."""

import datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import making
from tests.oracle import records
from tests.oracle.visits import due_days
from visits.models import Outcome, ProtectionPlan, Purpose, Visit, VisitDue

pytestmark = pytest.mark.django_db

Date = datetime.date


def as_at(day: Date) -> None:
    """From now on in this transaction, ask as at this day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('reckoner.as_at', %s, TRUE)", [day.isoformat()])


def due(plan: ProtectionPlan, until: Date) -> list[tuple[str, str | None]]:
    """The due days of a plan up to a day, as at that day: each with the visit that met it."""
    as_at(until)
    rows = VisitDue.objects.filter(plan=plan, due_on__lte=until).order_by("due_on", "anchor_on")
    return [(row.due_on.isoformat(), row.met_on and row.met_on.isoformat()) for row in rows]


def plan_with(*visits: str, standards=(), **values) -> ProtectionPlan:
    """A plan from 1 April 2019, unless told otherwise, with qualifying visits on some days."""
    plan = making.protection_plan(**values)
    for standard in standards:
        making.visit_standard(authority=plan.child.authority, **standard)
    for day in visits:
        making.visit(plan=plan, visited_on=Date.fromisoformat(day))
    return plan


def test_a_late_visit_meets_nothing_and_is_the_next_anchor():
    plan = plan_with("2019-04-10", "2019-05-08")
    assert due(plan, Date(2019, 6, 30)) == [
        ("2019-04-15", "2019-04-10"),
        ("2019-04-26", None),
        ("2019-05-22", None),
        ("2019-06-06", None),
        ("2019-06-20", None),
    ]


def test_two_due_days_of_one_plan_may_be_one_day_and_both_count():
    plan = plan_with("2019-04-05", "2019-04-06", started_on=Date(2019, 3, 22))
    assert due(plan, Date(2019, 4, 30)) == [
        ("2019-04-05", "2019-04-05"),
        ("2019-04-23", "2019-04-06"),
        ("2019-04-23", None),
    ]


def test_a_visit_on_the_second_due_day_is_too_late_for_the_first_and_ends_the_chain():
    plan = plan_with("2019-05-01")
    assert due(plan, Date(2019, 5, 20)) == [("2019-04-15", None), ("2019-05-16", None)]


def test_a_visit_on_the_day_the_plan_starts_changes_nothing():
    assert due(plan_with("2019-04-01"), Date(2019, 4, 20)) == [("2019-04-15", None)]


def test_several_visits_on_one_day_are_one():
    plan = plan_with("2019-04-10", "2019-04-10")
    assert due(plan, Date(2019, 4, 26)) == [("2019-04-15", "2019-04-10"), ("2019-04-26", None)]


def test_a_child_unseen_for_three_months_is_six_missed_visits():
    missed = due(plan_with(), Date(2019, 7, 1))
    assert missed == [
        (day, None)
        for day in (
            "2019-04-15",
            "2019-05-01",
            "2019-05-16",
            "2019-05-31",
            "2019-06-14",
            "2019-06-28",
        )
    ]


@pytest.mark.parametrize(
    ("values", "qualifies"),
    [
        ({"outcome": Outcome.ATTEMPTED}, False),
        ({"outcome": Outcome.REFUSED}, False),
        ({"outcome": Outcome.VIRTUAL}, False),
        ({"place": "school"}, False),
        ({"purpose": Purpose.CORE_GROUP}, False),
        ({"purpose": Purpose.OTHER}, False),
        ({"purpose": "", "place": ""}, True),
        ({"outcome": Outcome.MOTHER_SEEN}, True),
    ],
)
def test_only_a_qualifying_visit_meets_a_due_day(values, qualifies):
    plan = plan_with()
    made = making.visit(plan=plan, visited_on=Date(2019, 4, 10), **values)
    made.refresh_from_db()
    assert made.qualifies is qualifies
    assert due(plan, Date(2019, 4, 15)) == [("2019-04-15", "2019-04-10" if qualifies else None)]


def test_an_unborn_child_is_seen_by_seeing_the_mother():
    child = making.child(born_on=None, expected_on=Date(2019, 8, 1))
    plan = plan_with(child=child)
    making.visit(plan=plan, visited_on=Date(2019, 4, 12), outcome=Outcome.MOTHER_SEEN)
    assert due(plan, Date(2019, 4, 15)) == [("2019-04-15", "2019-04-12")]


def test_nothing_falls_due_after_the_plan_has_ended():
    plan = plan_with(ended_on=Date(2019, 5, 1))
    assert due(plan, Date(2019, 9, 1)) == [("2019-04-15", None), ("2019-05-01", None)]


def test_a_visit_made_early_is_not_asked_about_when_its_day_lies_after_the_plans_end():
    plan = plan_with("2019-04-10", ended_on=Date(2019, 4, 20))
    assert due(plan, Date(2019, 9, 1)) == [("2019-04-15", "2019-04-10")]


def test_the_next_due_day_of_an_open_plan_is_known_and_undecided():
    plan = plan_with("2019-04-10")
    as_at(Date(2019, 4, 20))
    following = VisitDue.objects.get(plan=plan, due_on__gt=Date(2019, 4, 20))
    assert (following.due_on, following.met_on) == (Date(2019, 4, 26), None)


def test_before_the_first_standard_the_earliest_holds():
    plan = plan_with(standards=[{"valid_from": Date(2025, 1, 1), "interval": 15}])
    assert due(plan, Date(2019, 4, 30)) == [("2019-04-24", None)]


def test_an_anchor_is_judged_by_the_standard_of_its_own_day():
    plan = plan_with(
        "2019-04-12",
        standards=[
            {"valid_from": Date(2018, 1, 1), "interval": 10},
            {"valid_from": Date(2019, 4, 10), "interval": 5},
        ],
    )
    assert due(plan, Date(2019, 4, 23)) == [("2019-04-15", "2019-04-12"), ("2019-04-23", None)]


def test_a_chain_of_missed_visits_takes_up_a_new_standard_on_the_way():
    plan = plan_with(
        standards=[
            {"valid_from": Date(2018, 1, 1), "interval": 10},
            {"valid_from": Date(2019, 4, 15), "interval": 5},
        ]
    )
    assert due(plan, Date(2019, 5, 1)) == [
        ("2019-04-15", None),
        ("2019-04-24", None),
        ("2019-05-01", None),
    ]


def test_the_unit_changes_from_working_days_to_calendar_days_mid_chain():
    plan = plan_with(
        standards=[
            {"valid_from": Date(2018, 1, 1), "interval": 10},
            {"valid_from": Date(2019, 4, 14), "interval": 14, "unit": "days"},
        ]
    )
    assert due(plan, Date(2019, 5, 13)) == [
        ("2019-04-15", None),
        ("2019-04-29", None),
        ("2019-05-13", None),
    ]


def test_the_unit_changes_from_calendar_days_to_working_days_mid_chain():
    plan = plan_with(
        standards=[
            {"valid_from": Date(2018, 1, 1), "interval": 14, "unit": "days"},
            {"valid_from": Date(2019, 4, 15), "interval": 5},
        ]
    )
    assert due(plan, Date(2019, 4, 24)) == [("2019-04-15", None), ("2019-04-24", None)]


def test_a_shorter_interval_of_the_plan_comes_before_the_standard():
    assert due(plan_with(visit_interval=5), Date(2019, 4, 15)) == [
        ("2019-04-08", None),
        ("2019-04-15", None),
    ]


def test_a_longer_interval_of_the_plan_does_not():
    assert due(plan_with(visit_interval=15), Date(2019, 4, 16)) == [("2019-04-15", None)]


def test_the_first_visit_may_fall_due_sooner_than_the_others():
    plan = plan_with(
        "2019-04-05",
        standards=[{"valid_from": Date(2018, 1, 1), "interval": 10, "first_interval": 5}],
    )
    assert due(plan, Date(2019, 4, 23)) == [("2019-04-08", "2019-04-05"), ("2019-04-23", None)]


def test_after_a_first_visit_missed_the_usual_interval_holds():
    plan = plan_with(
        standards=[{"valid_from": Date(2018, 1, 1), "interval": 10, "first_interval": 5}],
    )
    assert due(plan, Date(2019, 4, 24)) == [("2019-04-08", None), ("2019-04-24", None)]


START = Date(2019, 3, 1)
TODAY = Date(2019, 12, 20)
some_day = st.dates(START, TODAY)
standards = st.builds(
    records.Standard,
    valid_from=st.dates(Date(2018, 6, 1), Date(2020, 3, 1)),
    interval=st.integers(1, 25),
    unit=st.sampled_from(["working", "days"]),
    first_interval=st.none() | st.integers(1, 25),
)
visits = st.builds(
    records.Visit,
    plan=st.just(1),
    visited_on=some_day,
    outcome=st.sampled_from(["seen", "seen", "seen", "mother_seen", "attempted", "virtual"]),
    purpose=st.sampled_from(["statutory", "statutory", "", "core_group"]),
    place=st.sampled_from(["home", "home", "", "school"]),
)


@st.composite
def histories(draw) -> records.History:
    """One plan with its visits, under an authority's standards."""
    started_on = draw(some_day)
    ended_on = draw(st.none() | st.dates(started_on + datetime.timedelta(days=1), Date(2020, 2, 1)))
    plan = records.Plan(
        key=1,
        child=1,
        started_on=started_on,
        ended_on=ended_on,
        visit_interval=draw(st.none() | st.integers(1, 20)),
    )
    within = [
        visit
        for visit in draw(st.lists(visits, max_size=12))
        if started_on <= visit.visited_on <= (ended_on or TODAY)
    ]
    dated = draw(st.lists(standards, max_size=3, unique_by=lambda standard: standard.valid_from))
    return records.History(as_at=TODAY, plans=[plan], visits=within, standards=dated)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories())
def test_the_view_finds_what_going_through_the_days_one_by_one_does(history):
    (kept,) = history.plans
    plan = making.protection_plan(
        started_on=kept.started_on, ended_on=kept.ended_on, visit_interval=kept.visit_interval
    )
    for standard in history.standards:
        making.visit_standard(authority=plan.child.authority, **vars(standard))
    Visit.objects.bulk_create(Visit(**vars(visit) | {"plan": plan}) for visit in history.visits)
    as_at(TODAY)
    found = VisitDue.objects.filter(plan=plan).order_by("anchor_on", "due_on")
    assert [(row.due_on, row.met_on is not None) for row in found] == [
        (day, met)
        for day, met in due_days(history, kept, TODAY - datetime.timedelta(days=1))
        if kept.ended_on is None or day <= kept.ended_on
    ]
