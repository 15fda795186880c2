"""Why a figure is another than before: between two periods, two days, or what was known on them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django_tables2 import RequestConfig

from config.exports import download
from config.tables import DayColumn, NumberColumn, RecordTable, link
from config.views import PAGE
from config.workdays import london_day

from ..bars import Swing, swings
from ..base import Measure, Ratio
from ..changes import Cause, Change, Effect, Explanation, View, explain
from ..figures import Figure
from ..listing import Listed, listed, not_shown_in_words, taken_out
from ..periods import Kind, Period
from ..selection import FIRST, SHOWN, Selection
from ..wording import made_of, quantity
from .indicator import IndicatorPage
from .why import WIDTHS


def signed(value: Decimal) -> str:
    """What is added or taken away: +11, −1.5, 0."""
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{quantity(abs(value))}"


@dataclass(frozen=True)
class Told:
    """A case that counts otherwise than before, which the reader may know of."""

    change: Change
    case: Listed

    @property
    def reference(self) -> str:
        """What the case is called."""
        return self.case.reference

    @property
    def on_day(self) -> datetime.date:
        """The day it counts, or counted."""
        return self.case.on_day

    @property
    def team(self) -> str:
        """The team that it counts for, or counted."""
        return self.case.team

    @property
    def cause(self) -> str:
        """Why it counts otherwise, in words."""
        return str(self.change.cause.label)

    @property
    def before(self) -> str:
        """How it counted before."""
        return self.change.before.reason if self.change.before else "Not in the figure"

    @property
    def after(self) -> str:
        """How it counts afterwards."""
        return self.change.after.reason if self.change.after else "Not in the figure"

    @property
    def numerator(self) -> Decimal:
        """What it adds to the numerator."""
        return self.change.effect.numerator

    @property
    def denominator(self) -> Decimal:
        """What it adds to the denominator."""
        return self.change.effect.denominator


class SignedColumn(NumberColumn):
    """A quantity that is added or taken away."""

    def render(self, value: Decimal) -> str:
        return signed(value)

    def value(self, value: Decimal) -> Decimal:
        return value


class ChangeTable(RecordTable):
    """The cases that count otherwise than before, each with its cause and its effect."""

    reference = tables.Column(verbose_name="Case")
    on_day = DayColumn(verbose_name="Day")
    team = tables.Column(verbose_name="Team")
    cause = tables.Column(verbose_name="Cause")
    before = tables.Column(verbose_name="Before", orderable=False)
    after = tables.Column(verbose_name="Afterwards", orderable=False)
    numerator = SignedColumn(verbose_name="Numerator")
    denominator = SignedColumn(verbose_name="Denominator")

    class Meta(RecordTable.Meta):
        order_by = "on_day"
        empty_text = "No case counts otherwise than before."

    def render_reference(self, value: str, record: Told) -> str:
        url = record.case.url
        return link(url and f"{url}?how=figure", value)

    def value_reference(self, value: str) -> str:
        return value


class ChangePage(IndicatorPage):
    """Why a figure is another than before, case by case, in sums that tie."""

    page = "change"
    template_name = "indicators/change.html"
    label = "Cases that count otherwise than before"

    @cached_property
    def today(self) -> datetime.date:
        """Today in London."""
        return london_day(timezone.now())

    def day(self, name: str, usual: datetime.date) -> datetime.date:
        """A day that the address names. Raises ``Http404`` where it cannot be."""
        try:
            asked = self.request.GET.get(name)
            found = datetime.date.fromisoformat(asked) if asked else usual
        except ValueError as error:
            raise Http404(str(error)) from error
        if found < FIRST:
            raise Http404("No figures are kept for that day.")
        return found

    @cached_property
    def views(self) -> tuple[View, View]:
        """What is compared; that which knows less first. Else the same period of last year."""
        selection = self.selection
        period = selection.period(self.indicator)
        then = min(self.day("then", selection.as_at), self.today)
        usual = period if "then" in self.request.GET else period.year_earlier()
        starts = self.indicator.year_starts
        against = Period.ending(selection.kind, self.day("against", usual.end), year_starts=starts)
        before = View.on(against, then, today=self.today)
        after = View.on(period, selection.as_at, today=self.today)
        return (before, after) if before.knows_no_more_than(after) else (after, before)

    @cached_property
    def explanation(self) -> Explanation:
        """The difference, case by case."""
        selection = self.selection
        return explain(
            self.indicator, *self.views, authority=selection.authority, team=selection.team
        )

    @cached_property
    def told(self) -> tuple[list[Told], int]:
        """The cases of the cause asked for that may be told, and how many may not."""
        asked = self.request.GET.get("cause")
        changes = [each for each in self.explanation.changes if asked in (None, "", each.cause)]
        by_row = {id(each.row): each for each in changes}
        found, hidden = listed(
            [each.row for each in changes],
            user=self.request.user,
            teams=self.selection.places.teams,
            as_at=self.selection.as_at,
            struck_out=True,
        )
        return [Told(by_row[id(case.row)], case) for case in found], len(hidden)

    def table(self) -> ChangeTable:
        """The cases as a table."""
        has_parts = len(self.parts) > 1
        table = ChangeTable(self.told[0], exclude=[] if has_parts else ["denominator"])
        table.columns["numerator"].column.verbose_name = self.parts[0][0]
        if has_parts:
            table.columns["denominator"].column.verbose_name = self.parts[1][0]
        table.label = self.label
        return table

    @cached_property
    def parts(self) -> list[tuple[str, str]]:
        """What the figure is made of: a heading, and the name of the part of an effect."""
        if isinstance(self.indicator, Ratio):
            return [("Above the line", "numerator"), ("Below it", "denominator")]
        if self.indicator.measure in (Measure.RATE, Measure.DISTINCT):
            return [("Count", "numerator"), ("Out of", "denominator")]
        return [("Number", "numerator")]

    def context(self) -> dict[str, Any]:
        selection, indicator = self.selection, self.indicator
        found, hidden = self.told
        before, after = self.views
        table = self.table()
        RequestConfig(self.request, paginate={"per_page": PAGE * 2}).configure(table)
        query = self.request.GET.urlencode()
        return {
            "indicator": indicator,
            "period": selection.period(indicator),
            "explanation": self.explanation,
            "before": self.said(before, self.explanation.before),
            "after": self.said(after, self.explanation.after),
            "parts": [heading for heading, _ in self.parts],
            "has_undecided": self.has_undecided,
            "causes": self.causes(),
            "charts": {size: self.drawn_by(size, width) for size, width in WIDTHS.items()},
            "cause": self.cause_asked(),
            "all_url": self.without_cause(),
            "table": table,
            "shown": len(found),
            "not_shown_line": not_shown_in_words(hidden),
            "periods": self.periods(),
            "tabs": self.tabs(),
            "kinds": selection.kinds(Kind.FINANCIAL_YEAR, Kind.CALENDAR_YEAR),
            "back": self.address("indicator"),
            "overview": f"{reverse('indicators:overview')}?{selection.address()}",
            "exports": [
                (label, self.url(f"change-{form}", query))
                for label, form in (("CSV", "csv"), ("Excel", "xlsx"))
            ],
        }

    def said(self, view: View, figure: Figure) -> dict[str, Any]:
        """A view and its figure, as the page says them."""
        return {
            "view": view,
            "figure": figure,
            "made_of": made_of(figure) if figure.value is not None else "",
            "numbers": [quantity(getattr(figure, name)) for _, name in self.parts],
            "undecided": quantity(figure.undecided),
        }

    @property
    def has_undecided(self) -> bool:
        """Whether any case is not yet known, before or afterwards."""
        found = self.explanation
        return len(self.parts) > 1 and bool(found.before.undecided or found.after.undecided)

    def numbers(self, effect: Effect) -> list[Decimal]:
        """What an effect adds to each part of the figure."""
        return [getattr(effect, name) for _, name in self.parts]

    def causes(self) -> list[dict[str, Any]]:
        """The causes that there are, with what they come to, and where their cases are."""
        return [
            {
                "cause": cause,
                "words": cause.label,
                "count": len(changes),
                "numbers": [signed(value) for value in self.numbers(effect)],
                "undecided": signed(effect.undecided),
                "effect": effect,
                "url": self.with_cause(cause),
            }
            for cause, changes, effect in self.explanation.by_cause()
        ]

    def with_cause(self, cause: str) -> str:
        """The address of the same page with the cases of one cause, or of all."""
        asked = self.request.GET.copy()
        asked.pop("page", None)
        asked.pop("cause", None)
        if cause:
            asked["cause"] = cause
        return f"{self.url('change', asked.urlencode())}#cases"

    def without_cause(self) -> str:
        """The address of the same page with the cases of every cause."""
        return self.with_cause("")

    def cause_asked(self) -> str:
        """The cause whose cases alone are shown, in words; empty where all are."""
        asked = self.request.GET.get("cause")
        return str(Cause(asked).label) if asked in Cause.values else ""

    def drawn_by(self, size: str, width: int) -> SafeString:
        """Bars of what each cause adds or takes away; empty where nothing changed."""
        found = [
            Swing(
                row["words"],
                self.numbers(row["effect"]),
                row["numbers"],
                ", ".join(
                    f"{number} {heading.lower()}"
                    for number, (heading, _) in zip(row["numbers"], self.parts, strict=True)
                ),
                row["url"],
            )
            for row in self.causes()
        ]
        if not found:
            return SafeString("")
        title = f"{self.indicator.title}: what each cause adds or takes away"
        return swings(found, key=f"swings-{size}", title=title, width=width)

    def periods(self) -> list[dict[str, Any]]:
        """The periods to choose from, the latest first, and which of them is chosen as which."""
        kind, starts = self.selection.kind, self.indicator.year_starts
        latest = Period.containing(kind, self.today, year_starts=starts)
        chosen = [view.period for view in self.views]
        found = {period.end: period for period in (*latest.back(SHOWN[kind]), *chosen)}
        return [
            {
                "end": end.isoformat(),
                "label": found[end].label,
                "before": end == chosen[0].end,
                "after": end == chosen[1].end,
            }
            for end in sorted(found, reverse=True)
        ]


class ChangeFile(ChangePage):
    """The cases that make a figure another than before, as a file, after their sums by cause."""

    format = "csv"

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        self.selection = selection = Selection.of(request)
        found, hidden = self.told
        taken_out(request, [each.case for each in found])
        table = self.table()
        RequestConfig(request, paginate=False).configure(table)
        rows = [*self.sums(), [], *(list(row) for row in table.as_values())]
        if line := not_shown_in_words(hidden):
            rows.append([line])
        before, after = (view.period.end for view in self.views)
        name = f"change {self.indicator.name} {before} {after} {selection.place}"
        return download(rows, name=name, format=self.format)

    def sums(self) -> Sequence[list[Any]]:
        """The two figures with what lies between them, by cause."""
        found = self.explanation
        headings = [heading for heading, _ in self.parts]
        return [
            ["", "Cases", *headings],
            ["Before", "", *(getattr(found.before, name) for _, name in self.parts)],
            *([row["words"], row["count"], *self.numbers(row["effect"])] for row in self.causes()),
            ["Afterwards", "", *(getattr(found.after, name) for _, name in self.parts)],
        ]
