"""The cases behind a number: as many as it says, each with its reason."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_tables2 import RequestConfig

from config.exports import download
from config.views import PAGE

from ..base import Ratio
from ..caselist import CaseRow, cases
from ..filters import CHOICES, CaseFilter
from ..listing import (
    ANSWERS,
    Listed,
    count_in_words,
    listed,
    not_shown_in_words,
    taken_out,
)
from ..selection import Selection
from ..tables import CaseTable
from ..why import Dimension, dimensions
from .indicator import IndicatorPage


class CasesPage(IndicatorPage):
    """The cases behind a number: as many as it says, each with its reason."""

    page = "cases"
    template_name = "indicators/cases.html"

    @cached_property
    def rows(self) -> list[CaseRow]:
        """All cases behind the number."""
        selection = self.selection
        return cases(
            self.indicator,
            selection.period(self.indicator),
            as_at=selection.as_at,
            authority=selection.authority,
            team=selection.team,
            reading=selection.reading,
        )

    @cached_property
    def dimensions(self) -> list[Dimension]:
        """What they are told apart by."""
        return dimensions(
            self.indicator,
            self.selection.period(self.indicator),
            self.rows,
            user=self.request.user,
            teams=self.selection.places.teams,
        )

    @cached_property
    def filter(self) -> CaseFilter:
        """The cases, and the filter that narrows them."""
        selection = self.selection
        found, hidden = listed(
            self.rows,
            user=self.request.user,
            teams=selection.places.teams,
            as_at=selection.as_at,
        )
        return CaseFilter(
            self.request.GET,
            found,
            hidden,
            place=selection.place,
            dimensions=self.dimensions,
        )

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
            "tabs": self.tabs(),
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
