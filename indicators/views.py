"""The pages of figures: overview, an indicator, the cases behind a number; how they stay live."""

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views import View
from django_tables2 import RequestConfig

from config.exports import download
from config.views import PAGE
from workforce.models import Team

from . import chart, registry, wording
from .base import Indicator, Measure, Ratio
from .caselist import cases
from .figures import Chart, Figure
from .filters import CHOICES, CaseFilter
from .listing import (
    ANSWERS,
    Listed,
    count_in_words,
    listed,
    not_shown_in_words,
    taken_out,
)
from .models import Standing
from .periods import Kind, Period
from .selection import Selection
from .tables import CaseTable

SPARKED = 13
WIDE, NARROW = 760, 340


def version(team: str) -> str:
    """A token that changes whenever a family of figures of the authority is recalculated."""
    here = Q(authority=team) | Q(authority__in=Team.objects.filter(pk=team).values("authority"))
    return token_of(Standing.objects.filter(here).order_by("family"))


def token_of(standings: Iterable[Standing]) -> str:
    """The token of standings, in the order of their families."""
    moments = [(standing.family, standing.calculated_at) for standing in standings]
    return f"{zlib.crc32(repr(moments).encode()):08x}"


class FiguresPage(View):
    """A page of figures for a period and a place, and its ``live`` twin that an open page asks.

    The twin answers 204 as long as nothing was recalculated, else the part of the page that holds
    figures. It has an address of its own, so that asking does not count as using the service.
    """

    live = False
    page: str
    template_name: str

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        if self.live and not request.GET.get("team", "").isdecimal():
            raise Http404("A live page says which place it is about.")
        if self.live and version(request.GET["team"]) == request.GET.get("token"):
            return HttpResponse(status=204)
        self.selection = selection = Selection.of(request)
        request.GET = self.asked()
        token = token_of(selection.reading.standings)
        context = self.context() | {
            "selection": selection,
            "token": token,
            "live_url": self.url(f"{self.page}-live", request.GET.urlencode()),
            "choices": self.choices(),
            "live_part": self.template_name.replace(".html", "_live.html"),
        }
        return render(request, context["live_part"] if self.live else self.template_name, context)

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        raise NotImplementedError

    def asked(self) -> QueryDict:
        """What the address asks for, with the place named and without what keeps the page live."""
        asked = self.request.GET.copy()
        asked.pop("token", None)
        asked["team"] = self.selection.place.pk
        return asked

    def url(self, page: str, query: str) -> str:
        """The address of another page of figures about the same indicator."""
        return f"{self.path(page)}?{query}"

    @cached_property
    def path(self) -> Callable[[str], str]:
        """Where the pages about the same indicator are, each looked up once."""
        return cache(lambda page: reverse(f"indicators:{page}", kwargs=self.kwargs))

    def address(self, page: str, **changes: Any) -> str:
        """The address of a page of figures for the same selection, or one that differs from it."""
        return self.url(page, self.selection.address(**changes))

    def choices(self) -> list[dict]:
        """The places to choose from: the authority with all below it, and other authorities."""
        selection = self.selection
        found = [(0, selection.authority), *selection.places.under(selection.authority)]
        others = [team for team in selection.places.authorities() if team != selection.authority]
        return [
            {
                "id": team.pk,
                "label": "\u2003" * depth + team.name,
                "chosen": team == selection.place,
            }
            for depth, team in [*found, *((0, team) for team in others)]
        ]


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


def points(shown: list[Figure], selection: Selection) -> list[chart.Point]:
    """Figures as the points of a chart."""
    return [
        chart.Point(
            wording.name(figure.period),
            figure.rounded,
            wording.is_running(figure, selection.as_at),
        )
        for figure in shown
    ]


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


class CasesPage(IndicatorPage):
    """The cases behind a number: as many as it says, each with its reason."""

    page = "cases"
    template_name = "indicators/cases.html"

    @cached_property
    def filter(self) -> CaseFilter:
        """All cases behind the number, and the filter that narrows them."""
        selection = self.selection
        self.rows = cases(
            self.indicator,
            selection.period(self.indicator),
            as_at=selection.as_at,
            authority=selection.authority,
            team=selection.team,
            reading=selection.reading,
        )
        found, hidden = listed(
            self.rows,
            user=self.request.user,
            teams=selection.places.teams,
            as_at=selection.as_at,
        )
        return CaseFilter(self.request.GET, found, hidden, place=selection.place)

    def table(self, found: list[Listed]) -> CaseTable:
        """The cases as a table; columns that would say the same of every case are left out."""
        leave_out = []
        if not isinstance(self.indicator, Ratio):
            leave_out.append("counted_as")
            if self.indicator.counts is None:
                leave_out.append("answer")
        if all(row.amount == 1 for row in self.rows):
            leave_out.append("amount")
        table = CaseTable(found, exclude=leave_out)
        table.label = f"Cases behind {self.indicator.title}"
        return table

    def context(self) -> dict[str, Any]:
        selection, indicator = self.selection, self.indicator
        found = self.filter.qs
        table = self.table(found)
        RequestConfig(self.request, paginate={"per_page": PAGE * 2}).configure(table)
        kept = self.request.GET.copy()
        kept.pop("page", None)
        return {
            "indicator": indicator,
            "period": selection.period(indicator),
            "filter": self.filter,
            "table": table,
            "told": count_in_words(indicator, self.rows),
            "shown": len(found),
            "listed": len(self.filter.queryset),
            "not_shown": self.filter.hidden,
            "not_shown_line": not_shown_in_words(self.filter.hidden),
            "answers": self.answers() if "answer" in table.columns.columns else [],
            "narrowed": len(found) < len(self.filter.queryset),
            "back": self.address("indicator"),
            "overview": f"{reverse('indicators:overview')}?{selection.address()}",
            "exports": [
                (label, self.url(f"cases-{form}", kept.urlencode()))
                for label, form in (("CSV", "csv"), ("Excel", "xlsx"))
            ],
        }

    def answers(self) -> list[dict]:
        """The answers that there are, each with how many cases have it and where they are."""
        told = self.filter.form.data.get("answer", "")
        found = [
            (key, ANSWERS[answer], sum(row.counts is answer for row in self.rows))
            for key, answer in CHOICES.items()
        ]
        query = self.selection.address()
        return [{"label": "All", "count": len(self.rows), "query": query, "chosen": not told}] + [
            {
                "label": label,
                "count": count,
                "query": f"{query}&answer={key}",
                "chosen": told == key,
            }
            for key, label, count in found
            if count
        ]


class CasesFile(CasesPage):
    """The cases behind a number as a file, with the same filters and in the same order."""

    format = "csv"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        self.selection = selection = Selection.of(request)
        found = self.filter.qs
        taken_out(request, found)
        table = self.table(found)
        RequestConfig(request, paginate=False).configure(table)
        period = selection.period(self.indicator)
        rows = table.rows_as_values()
        if line := not_shown_in_words(self.filter.hidden):
            rows.append([line])
        return download(
            rows,
            name=f"{self.indicator.name} {period.end} {selection.place}",
            format=self.format,
        )
