"""What a report is composed from: its highlights, the figures it quotes, and what stands beside."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from django.db.models import Q

from workforce.models import Team

from .. import registry, wording
from ..base import Indicator, Measure, Question, Ratio
from ..beside import Beside, Published
from ..figures import Chart, Figure
from ..models import Highlight, Promise, Report
from ..periods import JANUARY, Kind, Period
from ..selection import Places, Selection
from ..trend import interval_of
from .paper import Cell, Part, Quote

DRAWN = {Kind.MONTH: 13, Kind.QUARTER: 9, Kind.ROLLING_12: 13}
FEWER = 5  # periods that are drawn of any other kind
ABOUT_STAFF = "workforce"


class Material:
    """What a report is composed from: its highlights, and the figures and what stands beside.

    Figures are as at the report's day, unless it is said as at which.
    """

    def __init__(
        self, report: Report, today: datetime.date, *, as_at: datetime.date | None = None
    ) -> None:
        self.report, self.today = report, today
        authority = report.authority
        self.selection = Selection(
            Kind(report.period),
            report.ending,
            authority,
            Places(Team.objects.filter(Q(authority=authority) | Q(pk=authority.pk))),
            as_at or report.as_at,
        )

    @cached_property
    def highlights(self) -> list[Highlight]:
        """The indicators that the report highlights, in its order."""
        return list(self.report.highlights.filter(accepted=True))

    @cached_property
    def beside(self) -> Beside:
        """The targets, and what was published of other areas by today."""
        return Beside(registry.listed(), authority=self.report.authority, as_at=self.today)

    @cached_property
    def published(self) -> dict[str, list[Published]]:
        """What is published of other areas, of years that were over with the period."""
        return self.beside.published(self.report.ending)

    def period(self, indicator: Indicator) -> Period:
        """The period that the report is about."""
        return self.selection.period(indicator)

    def promised(self, indicator: Indicator) -> list[tuple[Promise, Period]]:
        """What had been promised before the meeting, each with the period that scores it."""
        found = self.beside.promised(indicator, self.selection.kind)
        return [pair for pair in found if pair[0].said_on < self.report.meets_on]

    def year(self, indicator: Indicator) -> Period:
        """The last whole year, as the indicator counts years, that was over with the period."""
        kind = Kind.CALENDAR_YEAR if indicator.year_starts == JANUARY else Kind.FINANCIAL_YEAR
        year = Period.containing(kind, self.report.ending)
        return year if year.end <= self.report.ending else year.earlier()

    def series(self, indicator: Indicator) -> list[Period]:
        """The periods of its chart, that of the report last."""
        return self.selection.series(indicator, DRAWN.get(self.selection.kind, FEWER))

    @cached_property
    def figures(self) -> dict[tuple[str, Period], Figure]:
        """Every figure that the paper quotes, by the indicator's name and the period."""
        highlighted = {highlight.indicator for highlight in self.highlights}
        wanted = {}
        for indicator in registry.listed():
            period = self.period(indicator)
            wanted[indicator] = {period, period.year_earlier(), self.year(indicator)}
            if indicator.name in highlighted:
                wanted[indicator].update(self.series(indicator))
                wanted[indicator].update(period for _, period in self.promised(indicator))
        return self.read(wanted)

    def read(self, wanted: Mapping[Indicator, set[Period]]) -> dict[tuple[str, Period], Figure]:
        """The figures of the authority for some periods of each indicator."""
        alike = defaultdict(list)
        for indicator, periods in wanted.items():
            alike[frozenset(periods)].append(indicator)
        charts = [Chart(list(periods), [None], some) for periods, some in alike.items()]
        found = self.selection.reading.figures(list(wanted), *charts)
        return {(figure.indicator.name, figure.period): figure for figure in found}

    def quote(self, figure: Figure) -> Quote:
        """A figure as the paper quotes it."""
        indicator, report = figure.indicator, self.report
        above = [term for term in indicator.terms(figure.period, report.as_at) if term.above]
        return Quote(
            indicator=indicator.name,
            place_id=report.authority_id,
            first=min(term.first for term in above),
            last=max(term.last for term in above),
            as_at=report.as_at,
            numerator=figure.numerator,
            denominator=figure.denominator,
            undecided=figure.undecided,
            value=figure.value,
            unit=indicator.unit,
            counts_persons=any(term.question.case_set.family != ABOUT_STAFF for term in above),
        )

    def value(self, figure: Figure) -> Cell:
        """The value of a figure; its unit where the title does not say it."""
        unit = wording.unit(figure) if isinstance(figure.indicator, Ratio) else ""
        return Cell(
            f"{figure.shown} {unit}".strip(), figure.rounded, self.quote(figure), Part.VALUE
        )

    def made_of(self, figure: Figure) -> tuple[Cell, Cell]:
        """The numbers behind a figure: of a count there are none, of a median the cases alone."""
        measure, quote = figure.indicator.measure, self.quote(figure)
        above, below = (
            Cell(wording.quantity(number), number, quote, part)
            for number, part in (
                (figure.numerator, Part.NUMERATOR),
                (figure.denominator, Part.DENOMINATOR),
            )
        )
        if isinstance(figure.indicator, Question) and measure is Measure.COUNT:
            return Cell(), Cell()
        if measure in (Measure.MEDIAN, Measure.NINETIETH):
            return Cell(), below
        return above, below

    def interval(self, figure: Figure) -> Cell:
        """Between what a rate of few cases lies; empty where it is of many, or no rate."""
        ends = interval_of(figure)
        if ends is None:
            return Cell()
        return Cell(f"{wording.span(ends)}%", None, self.quote(figure), Part.INTERVAL)

    def change(self, figure: Figure, before: Figure) -> Cell:
        """How a figure differs from an earlier one; empty where the two are not to be compared."""
        is_alike = figure.period.kind is before.period.kind or not figure.indicator.grows
        told = wording.change(figure, before, self.today) if is_alike else None
        if told is None:
            return Cell()
        return Cell(
            str(told),
            figure.rounded - before.rounded,
            self.quote(figure),
            Part.CHANGE,
            since=self.quote(before),
        )
