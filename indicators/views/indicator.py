"""The page of an indicator: figure, trend, teams and definition."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString

from .. import chart, registry, wording
from ..base import Indicator, Measure
from ..figures import Chart, Figure
from ..periods import Kind, Period
from .page import FiguresPage, points

WIDE, NARROW = 760, 340


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
        series = selection.series(indicator)
        before = series[-1].year_earlier()
        below = list(selection.places.under(selection.place))
        found = selection.reading.figures(
            [indicator],
            Chart(list(dict.fromkeys([before, *series])), [selection.team]),
            Chart([before, series[-1]], [team for _, team in below]),
        )
        made = {(figure.period, figure.team_id): figure for figure in found}
        here = selection.team and selection.team.pk
        shown = [made[period, here] for period in series]
        figure = shown[-1]
        teams = [
            self.team_row(team, depth, made[series[-1], team.pk], made[before, team.pk])
            for depth, team in below
        ]
        return {
            "indicator": indicator,
            "service": wording.service(indicator),
            "figure": figure,
            "before": made[before, here],
            "change": wording.change(figure, made[before, here], selection.as_at),
            "cases": self.address("cases"),
            "kinds": selection.kinds(Kind.FINANCIAL_YEAR, Kind.CALENDAR_YEAR),
            "charts": self.charts(shown),
            "rows": [
                {"figure": figure, "cases": self.cases_of(figure.period)}
                for figure in reversed(shown)
            ],
            "teams": teams,
            "any_undecided": any(row["figure"].undecided for row in teams),
            "any_change": any(row["change"] for row in teams),
            "unplaced": self.unplaced(figure, below, made),
            "overview": f"{reverse('indicators:overview')}?{selection.address()}",
        }

    def charts(self, shown: list[Figure]) -> dict[str, SafeString]:
        """The trend, drawn for a wide page and for a narrow one."""
        indicator = self.indicator
        draw = chart.columns if indicator.unit != "%" and indicator.adds_up else chart.line
        told = {
            "title": f"{indicator.title}, {self.selection.place}",
            "unit": "%" if indicator.unit == "%" else "",
        }
        dots = points(shown, self.selection)
        return {
            "wide": draw(dots, key="trend", width=WIDE, **told),
            "narrow": draw(dots, key="trend-narrow", width=NARROW, height=260, **told),
        }

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
