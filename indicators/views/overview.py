"""The overview: every indicator at a glance, by the service that answers for it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from .. import chart, registry, wording
from ..base import Indicator
from ..figures import Chart, Figure
from ..periods import Kind
from .page import FiguresPage, points

SPARKED = 13


@dataclass(frozen=True)
class Tile:
    """An indicator on the overview."""

    indicator: Indicator
    figure: Figure
    before: Figure
    change: wording.Change | None
    spark: SafeString
    url: str
    cases: str


class Overview(FiguresPage):
    """Every indicator at a glance, by the service that answers for it."""

    page = "overview"
    template_name = "indicators/overview.html"

    def context(self) -> dict[str, Any]:
        indicators = registry.listed()
        groups, calculated = defaultdict(list), []
        for tile in self.tiles(indicators):
            groups[wording.service(tile.indicator)].append(tile)
            calculated.append(tile.figure.calculated_at)
        return {
            "groups": dict(groups),
            "period": self.selection.period(),
            "calculated_at": None if None in calculated else max(calculated),
        }

    def tiles(self, indicators: list[Indicator]) -> list[Tile]:
        """The tiles in the order of the definitions."""
        by_year = defaultdict(list)
        for indicator in indicators:
            running = self.selection.kind is Kind.YEAR_TO_DATE
            by_year[indicator.year_starts if running else None].append(indicator)
        made = {}
        for some in by_year.values():
            series = self.selection.series(some[0], SPARKED)
            before = series[-1].year_earlier()
            periods = list(dict.fromkeys([before, *series]))
            wanted = Chart(periods, [self.selection.team])
            for figure in self.selection.reading.figures(some, wanted):
                made[figure.indicator, figure.period] = figure
            for indicator in some:
                shown = [made[indicator, period] for period in series]
                made[indicator] = self.tile(indicator, shown, made[indicator, before])
        return [made[indicator] for indicator in indicators]

    def tile(self, indicator: Indicator, shown: list[Figure], before: Figure) -> Tile:
        """The tile of one indicator, from the figures of its periods."""
        figure = shown[-1]
        query = self.selection.address()
        page = reverse("indicators:indicator", args=[indicator.name])
        return Tile(
            indicator,
            figure,
            before,
            wording.change(figure, before, self.selection.as_at),
            chart.spark(
                points(shown, self.selection), key=indicator.name, title=f"Trend: {indicator.title}"
            ),
            f"{page}?{query}",
            f"{reverse('indicators:cases', args=[indicator.name])}?{query}",
        )
