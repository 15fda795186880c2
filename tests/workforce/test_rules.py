"""When the emergency duty team answers: by London's clocks, summer time included."""

import datetime

import pytest

from workforce.rules import out_of_hours


@pytest.mark.parametrize(
    ("at", "working", "answers"),
    [
        ("2026-01-14 08:59", True, True),
        ("2026-01-14 09:00", True, False),
        ("2026-01-14 16:59", True, False),
        ("2026-01-14 17:00", True, True),
        ("2026-07-14 07:59", True, True),  # 08:59 in London
        ("2026-07-14 08:00", True, False),
        ("2026-07-14 16:00", True, True),
        ("2026-01-17 12:00", False, True),
    ],
)
def test_the_team_answers_when_the_offices_are_shut(at, working, answers):
    moment = datetime.datetime.fromisoformat(at).replace(tzinfo=datetime.UTC)
    assert out_of_hours(moment, working=working) is answers
