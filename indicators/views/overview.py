"""The overview: every indicator at a glance, by the service that answers for it."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from .. import chart, registry, wording
from ..base import Indicator
from ..beside import Aim, Beside, Published, together
from ..figures import Chart, Figure
from ..settled import provisional
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
    aims: list[Aim]
    published: list[list[Published]]
    provisional: str
    url: str
    cases: str

    @property
    def is_missed(self) -> bool:
        """Whether a target is missed."""
        return any(aim.is_missed for aim in self.aims)

    @property
    def rank(self) -> int:
        """Where it stands among others of its service: what wants attention comes first."""
        return 0 if self.is_missed else 1


class Overview(FiguresPage):
    """Every indicator at a glance, by the service that answers for it."""

    page = "overview"
    template_name = "indicators/overview.html"

    def context(self) -> dict[str, Any]:
        tiles = self.tiles(registry.listed())
        groups = defaultdict(list)
        for tile in sorted(tiles, key=lambda tile: tile.rank):
            groups[wording.service(tile.indicator)].append(tile)
        calculated = [tile.figure.calculated_at for tile in tiles]
        in_order = dict.fromkeys(wording.service(tile.indicator) for tile in tiles)
        return {
            "groups": {service: groups[service] for service in in_order},
            "missed": [tile for tile in tiles if tile.is_missed],
            "period": self.selection.period(),
            "calculated_at": None if None in calculated else max(calculated),
        }

    def tiles(self, indicators: list[Indicator]) -> list[Tile]:
        """The tiles in the order of the definitions."""
        selection = self.selection
        beside = Beside(indicators, authority=selection.authority, as_at=selection.as_at)
        published = beside.published(selection.period().end)
        series = {indicator: selection.series(indicator, SPARKED) for indicator in indicators}
        before = {indicator: some[-1].year_earlier() for indicator, some in series.items()}
        periods = sorted({*before.values(), *chain(*series.values())}, key=lambda each: each.end)
        found = selection.reading.figures(indicators, Chart(periods, [selection.team]))
        made = {(figure.indicator, figure.period): figure for figure in found}
        return [
            self.tile(
                [made[indicator, period] for period in series[indicator]],
                made[indicator, before[indicator]],
                beside,
                published[indicator.name],
            )
            for indicator in indicators
        ]

    def tile(
        self, shown: list[Figure], before: Figure, beside: Beside, published: list[Published]
    ) -> Tile:
        """The tile of one indicator, from the figures of its periods and what stands beside."""
        figure = shown[-1]
        indicator = figure.indicator
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
            beside.aims(figure),
            together(published),
            provisional(figure, self.selection.as_at),
            f"{page}?{query}",
            f"{reverse('indicators:cases', args=[indicator.name])}?{query}",
        )
