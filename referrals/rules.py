"""Rules about children and how they came to us: dates and words in, answers out."""

import datetime
import re

UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")  # a unique pupil number


def age(born_on: datetime.date, day: datetime.date) -> int:
    """The years that somebody has completed on a day; born on 29 February, one more on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def age_in_words(
    born_on: datetime.date | None, expected_on: datetime.date | None, day: datetime.date
) -> str:
    """How old a child is, as people say it, and no closer than that."""
    if born_on:
        years = age(born_on, day)
        return "Under 1 year" if years < 1 else "1 year" if years == 1 else f"{years} years"
    return "Not born yet" if expected_on else "Age not known"
