"""The page of an indicator: figure, trend, teams and definition."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from config.exports import download, picture

from .. import chart, registry, wording
from ..annotations import may_note
from ..base import Indicator, Measure
from ..beside import Beside, Promised, Published
from ..chart import Mark
from ..figures import Chart, Figure
from ..periods import Kind, Period
from ..selection import Selection
from ..surroundings import comparators, drawn, marked, targets
from ..trend import Ground, Reached, Trend, as_rows, ground, levels, sign
from ..variation import BASELINE, FEW
from .beside import beside_figure
from .page import FiguresPage

PAGES = (
    ("Trend", "indicator"),
    ("Why", "why"),
    ("Cases", "cases"),
    ("What changed", "change"),
    ("Definition", "definition"),
)
SIZES = {"wide": {"width": 760}, "narrow": {"width": 340, "height": 260}}


class IndicatorPage(FiguresPage):
    """One indicator: figure, trend, teams and definition, with the cases behind every number."""

    page = "indicator"
    template_name = "indicators/indicator.html"

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator that the address names."""
        try:
            return registry.indicator(self.kwargs["name"])
        except registry.UnknownIndicator as error:
            raise Http404(str(error)) from error

    def context(self) -> dict[str, Any]:
        selection, indicator = self.selection, self.indicator
        period = selection.period(indicator)
        before = period.year_earlier()
        below = list(selection.places.under(selection.place))
        teams = [team for _, team in below]
        here = selection.team and selection.team.pk
        promised = self.beside.promised(indicator, selection.kind) if here is None else []
        made = self.figures(before, *(each for _, each in promised), Chart([before, period], teams))
        figure = made[period, here]
        reached = self.read(made)
        rows = [
            self.team_row(team, depth, made[period, team.pk], made[before, team.pk])
            for depth, team in below
        ]
        return {
            "indicator": indicator,
            "service": wording.service(indicator),
            "figure": figure,
            "before": made[before, here],
            "change": wording.change(figure, made[before, here], selection.as_at),
            "cases": self.address("cases"),
            "tabs": self.tabs(),
            "definition": self.address("definition"),
            "kinds": selection.kinds(Kind.FINANCIAL_YEAR, Kind.CALENDAR_YEAR),
            "charts": {
                size: self.drawn(reached, key=f"trend-{size}", **sizes)
                for size, sizes in SIZES.items()
            },
            "rows": [
                {"figure": each.figure, "reached": each, "cases": self.cases_of(each.figure.period)}
                for each in reversed(reached)
            ],
            "sign": sign(reached),
            "has_limits": any(each.limits for each in reached),
            "why_no_limits": self.why_no_limits(),
            "marked": marked(reached, self.ground.happened),
            "annotate": self.annotate(),
            "aims": self.beside.aims(figure),
            "promises": [
                {
                    "promised": Promised(promise, made[each, here], selection.as_at),
                    "cases": self.cases_of(each),
                }
                for promise, each in promised
            ],
            "compared": drawn(reached, self.published),
            "any_interval": any(each.interval for each in reached),
            "any_small": any(each.is_small for each in reached if each.figure.value is not None),
            "files": [
                (label, self.address(f"trend-{form}"))
                for label, form in (("CSV", "csv"), ("Excel", "xlsx"), ("SVG", "svg"))
            ],
            "teams": rows,
            "any_undecided": any(row["figure"].undecided for row in rows),
            "any_change": any(row["change"] for row in rows),
            "unplaced": self.unplaced(figure, below, made),
            **beside_figure(figure, self.published, selection, self.request.user),
            "overview": f"{reverse('indicators:overview')}?{selection.address()}",
        }

    @cached_property
    def trend(self) -> Trend:
        """The periods of the trend, and those that it takes to read them."""
        selection, indicator = self.selection, self.indicator
        return Trend(indicator, selection.series(indicator), self.ground.begin(indicator))

    @cached_property
    def ground(self) -> Ground:
        """What the trend stands on: the first of the records, and what has happened."""
        selection = self.selection
        return ground([self.indicator], selection.reading, selection.line)

    @cached_property
    def beside(self) -> Beside:
        """The targets of the indicator, and what is published of other areas."""
        selection = self.selection
        return Beside([self.indicator], authority=selection.authority, as_at=selection.as_at)

    @cached_property
    def published(self) -> list[Published]:
        """What is published of other areas, of whole years; counts are not to be compared."""
        grows = self.indicator.grows
        return [] if grows else self.beside.series().get(self.indicator.name, [])

    def figures(self, *also: Period | Chart) -> dict[tuple[Period, int | None], Figure]:
        """The figures of the trend, of more periods and of more charts, by period and place."""
        more = [each for each in also if isinstance(each, Period)]
        periods = list(dict.fromkeys([*more, *self.trend.periods]))
        charts = [each for each in also if isinstance(each, Chart)]
        found = self.selection.reading.figures(
            [self.indicator], Chart(periods, [self.selection.team]), *charts
        )
        return {(figure.period, figure.team_id): figure for figure in found}

    def read(self, made: dict[tuple[Period, int | None], Figure]) -> list[Reached]:
        """The trend, as it is to be read."""
        here = self.selection.team and self.selection.team.pk
        own = {period: figure for (period, place), figure in made.items() if place == here}
        return self.trend.read(own, self.selection.as_at)

    def why_no_limits(self) -> str:
        """Why a trend has no limits, for where it has none."""
        if self.indicator.rolls or self.selection.kind is Kind.ROLLING_12:
            return "No limits are drawn, because each of these figures shares months with the next."
        if not self.trend.has_limits:
            return "Limits are drawn on months and on quarters."
        many = f"{BASELINE} {self.selection.kind.value}s"
        enough = "" if self.indicator.measure is Measure.COUNT else f" of at least {FEW} cases each"
        return f"No limits are drawn: they need {many}{enough} that are not all the same."

    def drawn(self, reached: list[Reached], *, linked: bool = True, **sizes: Any) -> SafeString:
        """The trend as a chart, whose points lead to their cases."""
        indicator = self.indicator
        draw = chart.columns if indicator.unit != "%" and indicator.adds_up else chart.line
        points = [self.point(each) for each in reached]
        if not linked:
            points = [replace(point, url="") for point in points]
        return draw(
            points,
            title=f"{indicator.title}, {self.selection.place}",
            unit="%" if indicator.unit == "%" else "",
            levels=[
                *levels(reached),
                *targets(reached, self.beside),
                *comparators(reached, self.published),
            ],
            marks=[Mark(mark.at, mark.letter) for mark in marked(reached, self.ground.happened)],
            **sizes,
        )

    def point(self, reached: Reached) -> chart.Point:
        """A figure of the trend as a point that leads to its cases."""
        figure = reached.figure
        told = f"{wording.name(figure.period)}: {figure.shown}, {wording.made_of(figure)}."
        return chart.Point(
            wording.name(figure.period),
            figure.rounded,
            wording.is_running(figure, self.selection.as_at) or reached.is_small,
            url=self.cases_of(figure.period),
            told=f"{told} {reached.says}".strip(),
            verdict=reached.verdict,
            interval=reached.interval,
        )

    def annotate(self) -> str:
        """Where the account notes what happened at the place; empty where it may not."""
        if not may_note(self.request.user, self.selection.place):
            return ""
        return f"{self.path('annotate')}?team={self.selection.place.pk}"

    def tabs(self) -> list[dict[str, Any]]:
        """The pages about the indicator, for the same period and place."""
        return [
            {"label": label, "url": self.address(page), "chosen": page == self.page}
            for label, page in PAGES
        ]

    def cases_of(self, period: Period) -> str:
        """The address of the cases of another period."""
        return self.address("cases", ending=period.end)

    def team_row(self, team, depth: int, figure: Figure, before: Figure) -> dict[str, Any]:
        """A row of the table by team."""
        return {
            "team": team,
            "depth": depth,
            "figure": figure,
            "before": before,
            "change": wording.change(figure, before, self.selection.as_at),
            "url": self.address("indicator", place=team),
            "cases": self.address("cases", place=team),
        }

    def unplaced(self, figure: Figure, below, made) -> dict[str, Any] | None:
        """What the place itself holds, without a team: the difference between it and its teams."""
        indicator = self.indicator
        if not below or not indicator.measure.adds_up:
            return None
        parts = [made[figure.period, team.pk] for depth, team in below if depth == 1]
        numerator = figure.numerator - sum(part.numerator for part in parts)
        denominator = figure.denominator - sum(part.denominator for part in parts)
        undecided = figure.undecided - sum(part.undecided for part in parts)
        if not (numerator or denominator or undecided):
            return None
        return {
            "numerator": wording.quantity(numerator),
            "denominator": wording.quantity(denominator),
            "is_count": indicator.measure is Measure.COUNT,
            "cases": self.address("cases") + "&here=on",
        }


class TrendFile(IndicatorPage):
    """The trend of an indicator as a file: its table, or its chart."""

    format = "csv"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        self.selection = Selection.of(request)
        reached = self.read(self.figures())
        name = f"{self.indicator.name} {self.selection.kind.value} {self.selection.place}"
        if self.format == "svg":
            drawn = self.drawn(reached, linked=False, key="trend", width=1000, height=400)
            return picture(drawn, name=name)
        return download(as_rows(reached), name=name, format=self.format)
