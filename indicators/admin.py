"""Figures, what waits, and the recalculations, in the admin: to be looked at only.

What is set beside figures is entered here, by performance analysts.
"""

from django import forms
from django.contrib import admin
from django.db.models import F, Q

from config.admin import ReadOnlyAdmin, RecordAdmin, RecordInline
from config.celery import app
from workforce.choices import AccountRole

from . import registry
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
    Report,
    Run,
    Shown,
    Standing,
    Tally,
    Target,
)
from .models.reports import AUTHORS


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

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(duration=F("finished_at") - F("started_at"))

    @admin.display(description="took", ordering="duration")
    def took(self, run: Run) -> str:
        """How long it took."""
        return f"{run.duration.total_seconds():.2f} s" if run.duration is not None else "running"

    @admin.display(description="cells that drifted")
    def drifted(self, run: Run) -> int:
        """How many cells were not what the records gave."""
        return len(run.drift)


@admin.register(Outbox)
class OutboxAdmin(FiguresAdmin):
    list_display = ["at", "family", "authority", "since"]
    list_filter = ["family"]
    list_select_related = ["authority"]
    search_fields = ["family", "authority__name"]
    ordering = ["-at"]


@admin.register(Standing)
class StandingAdmin(FiguresAdmin):
    list_display = ["family", "authority", "as_at", "calculated_at"]
    list_filter = ["family"]
    list_select_related = ["authority"]
    search_fields = ["family", "authority__name"]
    ordering = ["authority", "family"]
    actions = ["recalculate"]

    @admin.action(description="Recalculate the chosen figures now", permissions=["view"])
    def recalculate(self, request, chosen) -> None:
        """Ask the worker to compute the chosen families anew, every month."""
        for standing in chosen:
            app.send_task("indicators.tasks.recalculate", [standing.family, standing.authority_id])
        self.message_user(request, f"Asked for {len(chosen)}. They appear under Runs when done.")


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
