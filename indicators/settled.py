"""Whether a figure may still change by itself, or is settled: pure, dates in and words out.

What happened in a period is written down until some time after it. Until then, and as long as a
case is undecided, its figure is provisional; later it changes only where records are corrected.
"""

import datetime

from config.tables import day

from .figures import Figure
from .wording import quantity

RECORDED_WITHIN = datetime.timedelta(days=28)


def provisional(figure: Figure, as_at: datetime.date) -> str:
    """Why a figure is provisional, in words; empty where it is settled."""
    settles_on = figure.period.end + RECORDED_WITHIN
    if figure.period.end >= as_at:
        return "the period is not over"
    if figure.undecided:
        return f"{quantity(figure.undecided)} not yet known"
    if settles_on >= as_at:
        return f"until {day(settles_on)}, as recording may follow"
    return ""
