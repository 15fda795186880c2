"""What a report might highlight, each with the reason: a target, a signal, or a large change."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from .. import registry, wording
from ..base import Indicator
from ..beside import Aim
from ..figures import Figure
from ..models import Report
from ..trend import Reached, Trend, ground, is_small
from .material import Material

POINTS = 5  # by which a percentage has to be worse
TENTH = Decimal("0.1")  # of what it was, by which anything else has to be


@dataclass(frozen=True)
class Suggestion:
    """An indicator that a report might highlight, and why."""

    indicator: Indicator
    because: str


def suggestions(report: Report, today: datetime.date) -> list[Suggestion]:
    """The indicators that a report might highlight: targets missed, then signals, then changes.

    Its period is looked at as at today, for which the sums of all the earlier months are stored.
    """
    material = Material(report, today, as_at=today)
    indicators, reading = registry.listed(), material.selection.reading
    stand_on = ground(indicators, reading, [report.authority])
    trends = {
        indicator: Trend(indicator, [material.period(indicator)], stand_on.begin(indicator))
        for indicator in indicators
    }
    made = material.read(
        {
            indicator: {*trend.periods, material.period(indicator).year_earlier()}
            for indicator, trend in trends.items()
        }
    )
    found = []
    for indicator, trend in trends.items():
        own = {period: figure for (name, period), figure in made.items() if name == indicator.name}
        [reached] = trend.read(own, today)
        before = own[material.period(indicator).year_earlier()]
        reasons = [
            _missed(material.beside.aims(reached.figure)),
            _signal(reached),
            _worse(reached.figure, before, today),
        ]
        if any(reasons):
            rank = next(at for at, reason in enumerate(reasons) if reason)
            because = " ".join(f"{reason}." for reason in reasons if reason)
            found.append((rank, Suggestion(indicator, because)))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _missed(aims: list[Aim]) -> str:
    return "; ".join(
        f"Target of {aim.value}, {aim.verdict}: {aim.figure.shown}" for aim in aims if aim.is_missed
    )


def _signal(reached: Reached) -> str:
    return f"More than chance: {reached.told.signal.value}" if reached.verdict == "worse" else ""


def _worse(figure: Figure, before: Figure, as_at: datetime.date) -> str:
    """How much worse a figure is than a year before, where that is much."""
    change = wording.change(figure, before, as_at)
    if change is None or change.verdict != "worse" or is_small(figure) or is_small(before):
        return ""
    size = abs(figure.rounded - before.rounded)
    much = POINTS if figure.indicator.unit == "%" else TENTH * before.rounded
    return f"{change} on {before.period.label}" if size >= much else ""
