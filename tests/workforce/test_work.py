"""Clocks: in what order they run out, and how the time that is left is said."""

import datetime

import pytest

from tests import making
from workforce import work
from workforce.work import Case, Clock, Desk, Kind, clocks

pytestmark = pytest.mark.django_db
Date = datetime.date


@pytest.fixture
def due(monkeypatch):
    """A function that says what a clock due on a day says on another."""

    def told(due_on: Date, today: Date, *, working: bool) -> tuple[str, bool]:
        case = Case(1, "C1", "Bo Ray", "social_worker", None, None)
        only = Clock(
            kind=Kind.VISIT, what="", case=case, due_on=due_on, rule="", url="/", working=working
        )
        monkeypatch.setattr(work, "CLOCKS", [lambda desk: [only]])
        [clock] = clocks(Desk(making.account(), today))
        return clock.left_in_words, clock.overdue

    return told


@pytest.mark.parametrize(
    ("due_on", "today", "said"),
    [
        (Date(2019, 4, 23), Date(2019, 4, 17), "2 working days left"),  # Easter lies between
        (Date(2019, 4, 23), Date(2019, 4, 18), "1 working day left"),
        (Date(2019, 4, 23), Date(2019, 4, 22), "1 working day left"),  # from Easter Monday
        (Date(2019, 4, 23), Date(2019, 4, 23), "Due today"),
        (Date(2019, 4, 18), Date(2019, 4, 19), "Overdue"),  # Good Friday
        (Date(2019, 4, 18), Date(2019, 4, 23), "Overdue by 1 working day"),
        (Date(2019, 4, 18), Date(2019, 5, 7), "Overdue by 10 working days"),  # early May as well
    ],
)
def test_working_days_are_counted_by_the_councils_calendar(due, due_on, today, said):
    assert due(due_on, today, working=True) == (said, today > due_on)


@pytest.mark.parametrize(
    ("due_on", "today", "said"),
    [
        (Date(2019, 5, 27), Date(2019, 5, 24), "3 days left"),  # a bank holiday, and the deadline
        (Date(2019, 5, 27), Date(2019, 5, 27), "Due today"),
        (Date(2019, 5, 27), Date(2019, 5, 28), "Overdue by 1 day"),
    ],
)
def test_weeks_are_calendar_days_whatever_day_they_end_on(due, due_on, today, said):
    assert due(due_on, today, working=False) == (said, today > due_on)
