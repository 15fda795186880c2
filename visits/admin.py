"""Child protection plans and visits in the admin."""

from django.contrib import admin

from config.admin import RecordAdmin, RecordInline

from .forms import VisitForm
from .models import ProtectionPlan, Visit, VisitStandard


class VisitInline(RecordInline):
    model = Visit
    form = VisitForm
    fields = [
        "visited_on",
        "purpose",
        "place",
        "outcome",
        "seen_alone",
        "worker",
        "qualifies",
        "recorded_at",
    ]
    readonly_fields = ["qualifies", "recorded_at"]
    autocomplete_fields = ["worker"]


@admin.register(ProtectionPlan)
class ProtectionPlanAdmin(RecordAdmin):
    list_display = [
        "child",
        "started_on",
        "ended_on",
        "initial_category",
        "latest_category",
        "visit_interval",
        "team",
        "overlaps",
    ]
    list_filter = ["initial_category", "latest_category", "entered_here", "overlaps"]
    list_select_related = ["child", "team"]
    search_fields = ["reference", "child__reference"]
    date_hierarchy = "started_on"
    autocomplete_fields = ["child", "team"]
    readonly_fields = ["entered_here", "overlaps"]
    inlines = [VisitInline]


@admin.register(Visit)
class VisitAdmin(RecordAdmin):
    form = VisitForm
    list_display = [
        "child",
        "visited_on",
        "purpose",
        "place",
        "outcome",
        "qualifies",
        "seen_alone",
        "worker",
        "recorded_at",
    ]
    list_filter = ["qualifies", "outcome", "purpose", "place", "seen_alone"]
    list_select_related = ["plan__child", "worker"]
    search_fields = [
        "reference",
        "plan__child__reference",
    ]
    date_hierarchy = "visited_on"
    autocomplete_fields = ["plan", "worker"]
    readonly_fields = ["qualifies", "recorded_at"]

    @admin.display(ordering="plan__child__last_name")
    def child(self, visit: Visit) -> str:
        return str(visit.plan.child)


@admin.register(VisitStandard)
class VisitStandardAdmin(RecordAdmin):
    deleted_by = ("administrator",)
    list_display = ["authority", "valid_from", "interval", "unit", "first_interval"]
    list_filter = ["unit"]
    list_select_related = ["authority"]
    search_fields = ["authority__name"]
    date_hierarchy = "valid_from"
    autocomplete_fields = ["authority"]
