"""A plan drawn: what became of each visit that fell due, and what is shown of it."""

import datetime

import pytest

from tests import making
from tests.visits.test_visit_due import as_at
from visits.case_file import drawings
from visits.drawing import Drawing, State

pytestmark = pytest.mark.django_db

Date = datetime.date
TODAY = Date(2019, 6, 3)


def drawn(*visits: dict, today: Date = TODAY, **values) -> Drawing:
    """The drawing of a plan from 1 April 2019, unless told otherwise, with these visits."""
    plan = making.protection_plan(**values)
    for visit in visits:
        making.visit(plan=plan, **visit)
    as_at(today)
    return drawings([plan], today)[0]


def seen(day: str, recorded: str = "", **values) -> dict:
    at = datetime.datetime.fromisoformat(f"{recorded}T12:00Z") if recorded else None
    return {"visited_on": Date.fromisoformat(day), "recorded_at": at} | values


def became(drawing: Drawing) -> list[tuple[str, str]]:
    return [(f"{row.due_on}", row.state) for row in drawing.rows]


def marks(drawing: Drawing, y: int) -> list[str]:
    return [
        mark.kind for strip in drawing.pictures[0].strips for mark in strip.marks if mark.y == y
    ]


def test_in_time_recorded_late_late_missed_and_still_due_are_five_different_things():
    drawing = drawn(
        seen("2019-04-10", recorded="2019-04-11"),
        seen("2019-04-25", recorded="2019-05-02"),
        seen("2019-05-24", recorded="2019-05-24"),
    )
    assert became(drawing) == [
        ("2019-04-15", State.IN_TIME),
        ("2019-04-26", State.RECORDED_LATE),
        ("2019-05-10", State.LATE),
        ("2019-06-10", State.AHEAD),
    ]
    assert drawing.summary == (
        "2 of 3 visits that fell due were made in time. 1 of those was recorded after it was due."
    )
    assert marks(drawing, 18) == ["due-met", "due-met", "due-missed", "due-ahead"]
    assert marks(drawing, 46) == ["late", "recorded-late", "in-time"]


def test_of_a_chain_that_was_missed_only_the_last_says_when_the_visit_came():
    first, second, *_ = drawn(seen("2019-05-14")).rows
    assert (first.state, first.visited_on) == (State.MISSED, None)
    assert (second.state, second.visited_on) == (State.LATE, Date(2019, 5, 14))


def test_what_falls_due_today_is_not_missed_yet():
    assert became(drawn(today=Date(2019, 4, 15))) == [("2019-04-15", State.AHEAD)]
    assert became(drawn(today=Date(2019, 4, 16)))[0] == ("2019-04-15", State.MISSED)


@pytest.mark.parametrize(
    "visit",
    [
        seen("2019-04-10", outcome="attempted"),
        seen("2019-04-10", place="school"),
        seen("2019-04-10", purpose="core_group"),
        seen("2019-04-01"),  # the day on which the plan starts
    ],
)
def test_what_does_not_count_is_drawn_and_meets_nothing(visit):
    drawing = drawn(visit, today=Date(2019, 4, 16))
    assert marks(drawing, 46) == ["outside"]
    assert drawing.rows[0].state == State.MISSED


def test_a_visit_before_a_due_day_beyond_the_plans_end_was_in_time():
    drawing = drawn(seen("2019-04-10"), ended_on=Date(2019, 4, 12))
    assert drawing.rows == []
    assert marks(drawing, 46) == ["in-time"]
    assert drawing.summary == "No visit has fallen due yet."


def test_a_long_plan_is_drawn_in_strips_and_each_mark_is_on_one_of_them():
    drawing = drawn(seen("2019-04-10"), seen("2021-04-07"), today=Date(2021, 5, 3))
    wide, narrow = drawing.pictures
    assert (len(wide.strips), len(narrow.strips)) == (3, 7)
    for picture in drawing.pictures:
        drawn_marks = [mark for strip in picture.strips for mark in strip.marks]
        assert len(drawn_marks) == len(drawing.rows) + 2
        assert all(62 <= float(mark.x) <= picture.width for mark in drawn_marks)
        assert len({month for strip in picture.strips for month in strip.months}) > 10
