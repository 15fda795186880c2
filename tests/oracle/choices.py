"""A stream of choices, from which histories are made, and the days that are chosen most often."""

import datetime
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

Date = datetime.date
T = TypeVar("T")

EARLIEST = Date(2015, 1, 1)
LATEST = Date(2025, 12, 31)

# Days at which rules turn: leap days and their neighbours, Easter, Christmas, moved and one-off
# bank holidays, clock changes, the edges of years.
TURNING_DAYS = [
    Date(2020, 2, 29), Date(2019, 2, 28), Date(2021, 2, 28), Date(2021, 3, 1), Date(2020, 3, 1),
    Date(2024, 2, 29), Date(2023, 2, 28), Date(2025, 2, 28), Date(2024, 3, 1), Date(2016, 2, 29),
    Date(2019, 3, 31), Date(2019, 4, 1), Date(2019, 12, 31), Date(2020, 1, 1), Date(2019, 6, 30),
    Date(2019, 4, 18), Date(2019, 4, 23), Date(2020, 5, 8), Date(2022, 6, 2), Date(2022, 9, 19),
    Date(2023, 5, 8), Date(2021, 12, 27), Date(2018, 10, 28), Date(2019, 10, 27),
    Date(2022, 12, 24),
]  # fmt: skip


class Choices:
    """Choices of every kind, from one function that draws a whole number between two others."""

    def __init__(self, number: Callable[[int, int], int]) -> None:
        self.number = number

    def one_of(self, options: Sequence[T]) -> T:
        return options[self.number(0, len(options) - 1)]

    def chance(self, in_ten: int) -> bool:
        return self.number(0, 9) >= 10 - in_ten

    def day(self, since: Date, until: Date) -> Date:
        """Some day of a stretch, often one at which a rule turns, or its neighbour."""
        if until <= since:
            return since
        turning = [day for day in TURNING_DAYS if since <= day <= until]
        if turning and self.chance(3):
            day = self.near(self.one_of(turning), 1)
            return min(max(day, since), until)
        day = since + datetime.timedelta(days=self.number(0, (until - since).days))
        if self.chance(2):
            day = day.replace(day=1) - datetime.timedelta(days=self.number(0, 1))
        return min(max(day, since), until)

    def near(self, day: Date, spread: int) -> Date:
        return day + datetime.timedelta(days=self.number(0, 2 * spread) - spread)

    def after(self, day: Date, *gaps: int, most: int) -> Date:
        """A day that lies one of some notable gaps later, or any gap up to a greatest."""
        gap = self.number(0, most) if self.chance(3) else self.one_of(gaps)
        return day + datetime.timedelta(days=gap)


def seeded(seed: object) -> Choices:
    """The choices that belong to a seed."""
    return Choices(random.Random(str(seed)).randint)
