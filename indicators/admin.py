"""Figures, what waits, and the recalculations, in the admin: to be looked at, or asked for anew.

What is set beside figures is entered here, by performance analysts.
"""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join

from config.admin import ReadOnlyAdmin, RecordAdmin, RecordInline
from workforce.choices import AccountRole
from workforce.models import Team

from . import registry
from .base import Indicator
from .models import (
    Annotation,
    Area,
    Commentary,
    Comparator,
    ComparedWith,
    Cost,
    Distribution,
    Highlight,
    Neighbour,
    Outbox,
    Promise,
    Report,
    Run,
    Shown,
    Standing,
    Tally,
    Target,
)
from .models.reports import AUTHORS
from .wording import quantity

LISTED = 100  # sums on the page of a run
LOOKS_AGAIN = 2  # seconds, while something that was asked for is not done
PATIENCE = datetime.timedelta(minutes=10)


class FiguresAdmin(ReadOnlyAdmin):
    """Something about the figures of the authorities that the account works for."""

    seen_by = (AccountRole.ANALYST, AccountRole.ADMINISTRATOR)

    def get_queryset(self, request):
        authorities = request.user.reach.authorities(*self.seen_by)
        here = Q(authority__in=authorities) | Q(authority=None)
        return super().get_queryset(request).filter(here)


class SumAdmin(FiguresAdmin):
    """Monthly sums, of which a figure is made when it is read."""

    list_display = ["indicator", "month", "team", "numerator", "denominator", "undecided"]
    list_filter = ["indicator"]
    list_select_related = ["team"]
    search_fields = ["indicator", "team__name"]
    date_hierarchy = "month"
    list_per_page = 50
    show_full_result_count = False


@admin.register(Tally)
class TallyAdmin(SumAdmin):
    ordering = ["-month", "indicator", "team"]


@admin.register(Shown)
class ShownAdmin(SumAdmin):
    list_display = [*SumAdmin.list_display, "shown_at"]
    ordering = ["-shown_at"]


@admin.register(Distribution)
class DistributionAdmin(FiguresAdmin):
    list_display = ["indicator", "month", "place", "points", "numerators", "denominators"]
    list_filter = ["indicator"]
    list_select_related = ["place"]
    search_fields = ["indicator", "place__name"]
    date_hierarchy = "month"
    ordering = ["-month", "indicator", "place"]
    list_per_page = 50
    show_full_result_count = False


@admin.register(Run)
class RunAdmin(FiguresAdmin):
    """Recalculations, each with what it changed; those asked for stand here until they are done."""

    list_display = [
        "started_at",
        "kind",
        "family",
        "authority",
        "since",
        "took",
        "cells",
        "drifted",
    ]
    list_filter = ["kind", "family"]
    list_select_related = ["authority"]
    search_fields = ["family", "authority__name"]
    date_hierarchy = "started_at"
    list_per_page = 50
    show_full_result_count = False
    fields = [*list_display[:5], "as_at", "took", "cells", "changed", "drifted_from"]
    readonly_fields = ["took", "changed", "drifted_from"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(duration=F("finished_at") - F("started_at"))

    def changelist_view(self, request, extra_context=None):
        """The list, which looks again by itself while something that was asked for is not done."""
        since = timezone.now() - PATIENCE
        left = self.get_queryset(request).filter(finished_at=None, started_at__gte=since).count()
        if not left:
            return super().changelist_view(request, extra_context)
        told = f"Recalculations still to be done: {left}. This page looks again by itself."
        response = super().changelist_view(request, {"subtitle": told} | (extra_context or {}))
        response["Refresh"] = str(LOOKS_AGAIN)
        return response

    @admin.display(description="took", ordering="duration")
    def took(self, run: Run) -> str:
        """How long it took."""
        return f"{run.duration.total_seconds():.2f} s" if run.duration is not None else "waiting"

    @admin.display(description="cells that drifted")
    def drifted(self, run: Run) -> int:
        """How many cells were not what the records gave."""
        return len(run.drift)

    @admin.display(description="what changed")
    def changed(self, run: Run) -> str:
        """The monthly sums that it changed, with what was shown before."""
        if not run.family:
            return "Each family has a run of its own."
        cells = Shown.objects.filter(authority=run.authority_id, indicator__in=_names(run.family))
        during = cells.filter(shown_at__gte=run.started_at, shown_at__lte=run.finished_at or Now())
        same = {part: OuterRef(part) for part in ("indicator", "team", "month")}
        earlier = cells.filter(**same, shown_at__lt=OuterRef("shown_at")).order_by("-shown_at")
        found = during.annotate(before=Subquery(earlier.values("pk")[:1])).select_related("team")
        listed = found.order_by("indicator", "-month", "team")[:LISTED]
        before = cells.in_bulk([cell.before for cell in listed if cell.before])
        told = [
            _cell(
                cell.indicator,
                cell.team,
                cell.month,
                before=_sums(before.get(cell.before)),
                after=_sums(cell),
            )
            for cell in listed
        ]
        return _as_table(told, during.count())

    @admin.display(description="what drifted")
    def drifted_from(self, run: Run) -> str:
        """The sums that were not what the records gave, with what they gave."""
        teams = Team.objects.in_bulk({cell["team"] for cell in run.drift})
        told = [
            _cell(
                cell["indicator"],
                teams.get(cell["team"]),
                datetime.date.fromisoformat(cell["month"]),
                before=cell["stored"],
                after=cell["recomputed"],
            )
            for cell in run.drift[:LISTED]
        ]
        return _as_table(told, len(run.drift))


def _names(family: str) -> list[str]:
    return [question.name for each in registry.case_sets(family) for question in each.questions]


def _sums(cell: Shown | None) -> list[str]:
    sums = (cell.numerator, cell.denominator, cell.undecided) if cell else ()
    return [quantity(value) for value in sums]


def _cell(name: str, team: Team | None, month: datetime.date, *, before, after) -> dict[str, Any]:
    told = {"month": month, "before": before or [], "after": after or []}
    return {"indicator": registry.indicator(name).title, "team": team, **told}


def _as_table(cells: list[dict[str, Any]], count: int) -> str:
    """Sums before and after as a table, and how many there are in all."""
    return render_to_string("indicators/_sums.html", {"cells": cells, "count": count})


@admin.register(Outbox)
class OutboxAdmin(FiguresAdmin):
    list_display = ["at", "family", "authority", "since"]
    list_filter = ["family"]
    list_select_related = ["authority"]
    search_fields = ["family", "authority__name"]
    ordering = ["-at"]


@admin.register(Standing)
class StandingAdmin(FiguresAdmin):
    list_display = ["family", "authority", "as_at", "calculated_at", "indicators"]
    list_filter = ["family"]
    list_select_related = ["authority"]
    search_fields = ["family", "authority__name"]
    ordering = ["authority", "family"]
    actions = ["recalculate"]

    @admin.display(description="indicators")
    def indicators(self, standing: Standing) -> str:
        """The indicators of the family, each with the page that defines it."""
        named = [each for each in registry.listed() if standing.family in _families(each)]
        return format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            ((reverse("indicators:definition", args=[each.name]), each.title) for each in named),
        )

    @admin.action(description="Recalculate the chosen figures now", permissions=["view"])
    def recalculate(self, request, chosen):
        """Ask for the chosen families to be computed anew, every month; leads to how far it is."""
        now = timezone.now()
        Run.objects.bulk_create(
            Run(
                kind=Run.Kind.FULL,
                family=standing.family,
                authority_id=standing.authority_id,
                as_at=standing.as_at,
                started_at=now,
            )
            for standing in chosen
        )
        return redirect("admin:indicators_run_changelist")


def _families(indicator: Indicator) -> set[str]:
    return {question.case_set.family for question in indicator.questions()}


class BesideAdmin(RecordAdmin):
    """Something that is set beside figures."""

    seen_by = (AccountRole.ANALYST, AccountRole.ADMINISTRATOR)
    changed_by = deleted_by = (AccountRole.ANALYST,)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "indicator":
            named = [(found.name, found.title) for found in registry.listed()]
            return forms.ChoiceField(choices=[("", "Choose an indicator"), *named])
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Target)
class TargetAdmin(BesideAdmin):
    list_display = ["indicator", "kind", "value", "valid_from", "authority", "source"]
    list_filter = ["kind", "indicator"]
    list_select_related = ["authority"]
    search_fields = ["indicator", "source"]


@admin.register(Promise)
class PromiseAdmin(BesideAdmin):
    list_display = ["indicator", "value", "due_on", "said_on", "authority", "source"]
    list_filter = ["indicator"]
    list_select_related = ["authority"]
    search_fields = ["indicator", "source"]


class NeighbourInline(RecordInline):
    model = Neighbour
    fk_name = "neighbours"
    seen_by = BesideAdmin.seen_by
    changed_by = deleted_by = BesideAdmin.changed_by
    autocomplete_fields = ["area"]


@admin.register(Area)
class AreaAdmin(BesideAdmin):
    list_display = ["name", "kind", "code"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    inlines = [NeighbourInline]


@admin.register(Neighbour)
class NeighbourAdmin(BesideAdmin):
    list_display = ["neighbours", "area"]
    list_select_related = ["neighbours", "area"]
    search_fields = ["neighbours__name", "area__name"]
    autocomplete_fields = ["neighbours", "area"]


@admin.register(ComparedWith)
class ComparedWithAdmin(BesideAdmin):
    list_display = ["authority", "area", "valid_from"]
    list_select_related = ["authority", "area"]
    search_fields = ["area__name"]
    autocomplete_fields = ["area"]


@admin.register(Comparator)
class ComparatorAdmin(BesideAdmin):
    list_display = ["indicator", "area", "last_on", "value", "marker", "published_on", "source"]
    list_filter = ["indicator", "area__kind"]
    list_select_related = ["area"]
    search_fields = ["indicator", "area__name", "source"]
    date_hierarchy = "last_on"
    autocomplete_fields = ["area"]


@admin.register(Commentary)
class CommentaryAdmin(BesideAdmin):
    """Commentaries, to be looked at: each is written on the page of its figure."""

    changed_by = deleted_by = ()
    list_display = ["indicator", "place", "period", "ending", "written_by", "written_at"]
    list_filter = ["period", "indicator"]
    list_select_related = ["place", "written_by"]
    search_fields = ["indicator", "place__name", "trend", "background", "action"]


@admin.register(Annotation)
class AnnotationAdmin(BesideAdmin):
    """What has happened, to be looked at: each is noted on the page of a trend."""

    changed_by = deleted_by = ()
    list_display = ["happened_on", "place", "indicator", "words", "new_baseline", "noted_by"]
    list_filter = ["new_baseline", "indicator"]
    list_select_related = ["place", "noted_by"]
    search_fields = ["words", "why", "place__name"]


class ReportAdmin(BesideAdmin):
    """Reports to committees, to be looked at: each is written on its own pages."""

    seen_by = AUTHORS
    changed_by = deleted_by = ()


@admin.register(Report)
class WholeReportAdmin(ReportAdmin):
    list_display = ["title", "authority", "committee", "meets_on", "ending", "as_at", "state"]
    list_filter = ["state"]
    list_select_related = ["authority"]
    search_fields = ["title", "committee"]
    date_hierarchy = "meets_on"


@admin.register(Highlight)
class HighlightAdmin(ReportAdmin):
    list_display = ["indicator", "report", "order", "accepted", "because"]
    list_filter = ["accepted", "indicator"]
    list_select_related = ["report"]
    search_fields = ["indicator", "report__title", "trend", "background", "action"]


@admin.register(Cost)
class CostAdmin(ReportAdmin):
    list_display = ["report", "years_on", "amount", "is_funded", "budget"]
    list_select_related = ["report"]
    search_fields = ["report__title", "amount"]
