"""The overview: every indicator at a glance, by the service that answers for it."""

import zlib
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.urls import reverse
from django.utils.safestring import SafeString

from .. import chart, registry, wording
from ..base import Indicator
from ..beside import Aim, Beside, Published, together
from ..figures import Chart, Figure
from ..periods import Period
from ..settled import provisional
from ..trend import Sign, Trend, ground, sign
from .page import FiguresPage, points, token_of

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
    sign: Sign | None
    provisional: str
    url: str
    cases: str

    @property
    def is_missed(self) -> bool:
        """Whether a target is missed."""
        return any(aim.is_missed for aim in self.aims)

    @property
    def is_adverse(self) -> bool:
        """Whether the latest period that is over was worse, by more than chance."""
        return self.sign is not None and self.sign.verdict == "worse"

    @property
    def has_cases(self) -> bool:
        """Whether there is anything to count, or was a year before."""
        return any(
            figure.numerator or figure.denominator or figure.undecided
            for figure in (self.figure, self.before)
        )

    @property
    def rank(self) -> int:
        """Where it stands among others of its service: what wants attention comes first."""
        return 0 if self.is_missed else 1 if self.is_adverse else 2


class Overview(FiguresPage):
    """Every indicator at a glance, by the service that answers for it.

    What is more than chance is looked for once for each state of the figures and of the baselines:
    it takes the months of the baseline besides those that are shown.
    """

    page = "overview"
    template_name = "indicators/overview.html"

    def context(self) -> dict[str, Any]:
        tiles = self.tiles(registry.listed())
        groups = defaultdict(list)
        for tile in sorted(tiles, key=lambda tile: tile.rank):
            groups[wording.service(tile.indicator)].append(tile)
        calculated = [tile.figure.calculated_at for tile in tiles]
        services = dict.fromkeys(wording.service(tile.indicator) for tile in tiles)
        in_order = sorted(services, key=lambda name: not any(t.has_cases for t in groups[name]))
        return {
            "groups": {service: groups[service] for service in in_order},
            "missed": [tile for tile in tiles if tile.is_missed],
            "adverse": [tile for tile in tiles if tile.is_adverse and not tile.is_missed],
            "period": self.selection.period(),
            "calculated_at": None if None in calculated else max(calculated),
            "last_event": self.selection.reading.last_event(tile.indicator for tile in tiles),
        }

    def tiles(self, indicators: list[Indicator]) -> list[Tile]:
        """The tiles in the order of the definitions."""
        selection = self.selection
        query = selection.address(ending=selection.period().end)
        beside = Beside(indicators, authority=selection.authority, as_at=selection.as_at)
        published = beside.published(selection.period().end)
        begin = ground(indicators, selection.reading, selection.line).begin
        begins = {indicator: begin(indicator) for indicator in indicators}
        key = f"signs-{token_of(selection.reading.standings)}-{selection.as_at}-{query}"
        key += f"-{zlib.crc32(repr(list(begins.values())).encode())}"
        signs = caches["process"].get(key)
        trends = [
            Trend(
                indicator,
                selection.series(indicator, SPARKED),
                begins[indicator] if signs is None else (),
            )
            for indicator in indicators
        ]
        wanted = defaultdict(list)
        for trend in trends:
            before = trend.series[-1].year_earlier()
            wanted[before, *trend.periods].append(trend.indicator)
        made = defaultdict(dict)
        charts = [Chart(periods, [selection.team], some) for periods, some in wanted.items()]
        for figure in selection.reading.figures(indicators, *charts):
            made[figure.indicator][figure.period] = figure
        if signs is None:
            signs = {
                trend.indicator.name: sign(trend.read(made[trend.indicator], selection.as_at))
                for trend in trends
            }
            caches["process"].set(key, signs, timeout=60)
        return [
            self.tile(
                trend.series,
                made[trend.indicator],
                beside,
                published[trend.indicator.name],
                signs[trend.indicator.name],
            )
            for trend in trends
        ]

    def tile(
        self,
        series: list[Period],
        made: dict[Period, Figure],
        beside: Beside,
        published: list[Published],
        sign: Sign | None,
    ) -> Tile:
        """The tile of one indicator, from the figures of its periods and what stands beside."""
        shown = [made[period] for period in series]
        figure, before = shown[-1], made[series[-1].year_earlier()]
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
            sign,
            provisional(figure, self.selection.as_at),
            f"{page}?{query}",
            f"{reverse('indicators:cases', args=[indicator.name])}?{query}",
        )
