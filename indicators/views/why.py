"""Why a figure is what it is: the cases that count against it, by reason, team and the rest."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from config.exports import download

from .. import registry, wording
from ..bars import Bar, pareto
from ..base import Better, Measure, Ratio
from ..figures import Chart
from ..filters import CHOICES
from ..listing import ANSWERS
from ..periods import Kind
from ..selection import Selection
from ..why import Dimension, Share, shares
from .cases import CasesPage

DRAWN = 12  # bars; the table beside them has all
WIDTHS = {"wide": 560, "narrow": 340}


class WhyPage(CasesPage):
    """The cases behind a figure, summed: each number leads to exactly as many."""

    page = "why"
    template_name = "indicators/why.html"

    def context(self) -> dict[str, Any]:
        selection, indicator = self.selection, self.indicator
        rows = self.narrowed
        return {
            "indicator": indicator,
            "period": selection.period(indicator),
            "filter": self.filter,
            "adverse": sum(row.is_adverse for row in rows),
            "all": len(rows),
            "is_rate": self.is_rate,
            "has_rate": self.is_rate and not isinstance(indicator, Ratio),
            "is_judged": indicator.better is not Better.NEITHER,
            "kept": self.kept(),
            "sections": [self.section(dimension) for dimension in self.dimensions],
            "answers": self.by_answer(),
            "read_with": self.read_with(),
            "back": self.address("indicator"),
            "overview": f"{reverse('indicators:overview')}?{selection.address()}",
            "kinds": selection.kinds(Kind.FINANCIAL_YEAR, Kind.CALENDAR_YEAR),
            "tabs": self.tabs(),
            "exports": [
                (label, self.url(f"why-{form}", self.request.GET.urlencode()))
                for label, form in (("CSV", "csv"), ("Excel", "xlsx"))
            ],
        }

    @property
    def narrowed(self) -> list:
        """The cases that the filter leaves, those not shown among them."""
        return [case.row for case in (*self.filter.qs, *self.filter.left)]

    @property
    def is_rate(self) -> bool:
        """Whether some of the cases count against the figure, and others do not."""
        return isinstance(self.indicator, Ratio) or self.indicator.measure in (
            Measure.RATE,
            Measure.DISTINCT,
        )

    @property
    def against(self) -> dict[str, str]:
        """How an address asks for the cases that count against the figure."""
        if isinstance(self.indicator, Ratio):
            return {"part": "above"}
        if not self.is_rate:
            return {}
        return {"answer": "no" if self.indicator.better is Better.HIGHER else "yes"}

    def kept(self) -> list[dict[str, str]]:
        """What the filter keeps, each with the address of the page without it."""
        asked = {name: value for name, value in self.filter.asked.items() if value}
        return [
            {
                "title": dimension.title,
                "words": dimension.called(asked[dimension.name]),
                "url": self.where("why", {**asked, dimension.name: ""}),
            }
            for dimension in self.dimensions
            if dimension.name in asked
        ]

    def where(self, page: str, asked: dict[str, str]) -> str:
        """The address of a page of the same selection that keeps to some codes."""
        told = urlencode({name: value for name, value in asked.items() if value})
        return f"{self.address(page)}&{told}" if told else self.address(page)

    def section(self, dimension: Dimension) -> dict[str, Any]:
        """The cases by one dimension: a table, and bars of those that count against the figure."""
        kept = {name: value for name, value in self.filter.asked.items() if value}
        found = [
            {
                "share": share,
                "adverse_url": self.where(
                    "cases", {**kept, **self.against, dimension.name: share.code}
                ),
                "all_url": self.where("cases", {**kept, dimension.name: share.code}),
                "why_url": self.where("why", {**kept, dimension.name: share.code}),
            }
            for share in shares(self.narrowed, dimension)
        ]
        return {
            "dimension": dimension,
            "rows": found,
            "charts": {
                size: self.drawn_by(
                    dimension, found, key=f"by-{dimension.name}-{size}", width=width
                )
                for size, width in WIDTHS.items()
            },
        }

    def drawn_by(self, dimension: Dimension, rows: list[dict], **told: Any) -> SafeString:
        """The bars of those that count against the figure; empty where none do."""
        bars = [
            Bar(
                share.words,
                share.adverse,
                None if dimension.name == "month" else share.so_far,
                row["adverse_url"],
            )
            for row in rows
            for share in [row["share"]]
            if share.adverse
        ][:DRAWN]
        title = f"{self.indicator.title}: by {dimension.title.lower()}"
        return pareto(bars, title=title, **told) if bars else SafeString("")

    def by_answer(self) -> list[dict[str, Any]]:
        """The reasons under each answer, so that late, recorded late and not yet known differ."""
        kept = {name: value for name, value in self.filter.asked.items() if value}
        reason = self.dimensions[0]
        found = []
        for key, answer in CHOICES.items():
            counted = Counter(reason.code(row) for row in self.narrowed if row.counts is answer)
            found += [
                {
                    "answer": ANSWERS[answer],
                    "words": reason.called(code),
                    "count": count,
                    "url": self.where("cases", {**kept, "answer": key, "reason": code}),
                }
                for code, count in counted.most_common()
            ]
        return found if self.is_rate and not isinstance(self.indicator, Ratio) else []

    def read_with(self) -> dict[str, Any]:
        """By team, the figures that tell how far to trust this one, as how late it is recorded."""
        selection = self.selection
        others = [registry.indicator(name) for name in self.indicator.read_with]
        places = [selection.place, *(team for _, team in selection.places.under(selection.place))]
        wanted = [None if place == selection.authority else place for place in places]
        period = selection.period(self.indicator)
        made = {
            (figure.indicator, figure.team_id): figure
            for figure in (
                selection.reading.figures(others, Chart([period], wanted)) if others else []
            )
        }
        query = [selection.address(place=place) for place in places]
        return {
            "indicators": others,
            "rows": [
                {
                    "place": place,
                    "cells": [
                        {
                            "figure": made[other, team and team.pk],
                            "url": f"{reverse('indicators:cases', args=[other.name])}?{asked}",
                        }
                        for other in others
                    ],
                }
                for place, team, asked in zip(places, wanted, query, strict=True)
                if others
            ],
        }


class WhyFile(WhyPage):
    """The cases behind a figure, summed, as a file."""

    format = "csv"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        self.selection = selection = Selection.of(request)
        rows = [["Told apart by", "Code", "What", "Count against the figure", "All cases"]]
        for dimension in self.dimensions:
            rows += [_row(dimension, share) for share in shares(self.narrowed, dimension)]
        period = wording.name(selection.period(self.indicator))
        name = f"why {self.indicator.name} {period} {selection.place}"
        return download(rows, name=name, format=self.format)


def _row(dimension: Dimension, share: Share) -> list:
    return [dimension.title, share.code, share.words, share.adverse, share.all]
