"""Figures in words: what a figure is made of, and whether it has become better or worse."""

from dataclasses import dataclass
from decimal import Decimal

from .base import Better, Measure, Question, Ratio
from .figures import Figure, half_up
from .periods import Kind, Period

SERVICES = {
    "ehcp": "Education, health and care plans",
    "referrals": "Referrals",
    "visits": "Child protection",
    "workforce": "Workforce",
    "caseload": "Workforce",
}


def service(indicator) -> str:
    """The service that answers for an indicator."""
    return SERVICES[indicator.questions()[0].case_set.family]


def quantity(value: Decimal) -> str:
    """A number as people read it: 1,705, or 53.7 where it is not whole."""
    if value == value.to_integral_value():
        return f"{value:,.0f}"
    return f"{half_up(value, 1):,}"


def made_of(figure: Figure) -> str:
    """The numbers behind a figure: 141 of 435, 17 ÷ 53.7, 42 cases."""
    indicator = figure.indicator
    if isinstance(indicator, Ratio):
        return f"{quantity(figure.numerator)} ÷ {quantity(figure.denominator)}"
    if indicator.measure in (Measure.RATE, Measure.DISTINCT):
        return f"{quantity(figure.numerator)} of {quantity(figure.denominator)}"
    return f"{quantity(figure.denominator)} {'case' if figure.denominator == 1 else 'cases'}"


def unit(figure: Figure) -> str:
    """What stands after the value: weeks, plans; nothing after a percentage."""
    if figure.value is None or figure.indicator.unit == "%":
        return ""
    unit = figure.indicator.unit
    if figure.shown != "1":
        return unit
    return "child" if unit == "children" else unit.removesuffix("s")


def span(ends: tuple[Decimal, Decimal]) -> str:
    """Between what a rate lies: 12.1 to 30.4."""
    return " to ".join(str(half_up(end, 1)) for end in ends)


def name(period: Period) -> str:
    """The period in the fewest words, for an axis: Nov 2026, Q3 2026-27, to Nov 2026."""
    if period.kind is Kind.MONTH:
        return f"{period.end:%b %Y}"
    if period.kind in (Kind.YEAR_TO_DATE, Kind.ROLLING_12):
        return f"to {period.end:%b %Y}"
    return period.label


def is_running(figure: Figure, as_at) -> bool:
    """Whether the period is not over, so that cases may still be added to it."""
    return figure.period.end > as_at and not _at_end(figure)


def _at_end(figure: Figure) -> bool:
    indicator = figure.indicator
    return isinstance(indicator, Question) and indicator.case_set.at_end


@dataclass(frozen=True)
class Change:
    """How a figure differs from another: whether that is better or worse, and by how much."""

    verdict: str
    words: str

    def __str__(self) -> str:
        if not self.verdict:
            return self.words[:1].upper() + self.words[1:]
        return f"{self.verdict.capitalize()}: {self.words}"


def change(figure: Figure, before: Figure, as_at) -> Change | None:
    """The change since a figure of a year before; nothing where either has no cases.

    The difference is that of the values shown, so that a reader's own sum agrees. Counts of a
    period that is not over are not compared with those of a whole one.
    """
    if figure.value is None or before.value is None:
        return None
    indicator = figure.indicator
    if indicator.measure is Measure.COUNT and is_running(figure, as_at):
        return None
    difference = figure.rounded - before.rounded
    if not difference:
        return Change("", "no change")
    size = abs(difference)
    size = f"{size:,.0f}" if size == size.to_integral_value() else f"{size:,}"
    points = ("point" if size == "1" else "points") if indicator.unit == "%" else ""
    words = " ".join(filter(None, ["up" if difference > 0 else "down", size, points]))
    if indicator.better is Better.NEITHER:
        return Change("", words)
    is_better = (difference > 0) == (indicator.better is Better.HIGHER)
    return Change("better" if is_better else "worse", words)
