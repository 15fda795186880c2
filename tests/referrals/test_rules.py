"""Rules about children, at the days on which they turn."""

import datetime

import pytest

from referrals.rules import age

LEAP_DAY = datetime.date(2008, 2, 29)


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (datetime.date(2024, 2, 28), 15),
        (datetime.date(2024, 2, 29), 16),
        (datetime.date(2026, 2, 28), 17),
        (datetime.date(2026, 3, 1), 18),
    ],
)
def test_who_was_born_on_29_february_is_older_from_1_march_in_a_common_year(day, years):
    assert age(LEAP_DAY, day) == years
