"""Figures, what waits, and the recalculations, in the admin: to be looked at only."""

from django.contrib import admin
from django.db.models import F, Q

from config.admin import ReadOnlyAdmin
from config.celery import app
from workforce.choices import AccountRole

from .models import Distribution, Outbox, Run, Shown, Standing, Tally


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
