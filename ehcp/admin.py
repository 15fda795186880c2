"""Requests for an EHC needs assessment in the admin, with what became of them."""

from django.contrib import admin

from config.admin import RecordAdmin, RecordInline

from .models import Decision, Draft, PermittedException, Plan, Request, TimeLimit

OF_CHILD = ["request__child__reference"]


class DecisionInline(RecordInline):
    model = Decision


class DraftInline(RecordInline):
    model = Draft


class PlanInline(RecordInline):
    model = Plan


class PermittedExceptionInline(RecordInline):
    model = PermittedException


@admin.register(Request)
class RequestAdmin(RecordAdmin):
    list_display = [
        "child",
        "received_on",
        "sen_type",
        "withdrawn",
        "withdrawn_on",
        "historical",
        "team",
    ]
    list_filter = ["withdrawn", "historical", "sen_type"]
    list_select_related = ["child", "team"]
    search_fields = ["reference", "child__reference"]
    date_hierarchy = "received_on"
    autocomplete_fields = ["child", "team"]
    inlines = [DecisionInline, PermittedExceptionInline, DraftInline, PlanInline]


class OfRequestAdmin(RecordAdmin):
    """Something that became of a request, listed with the child it was for."""

    list_select_related = ["request__child"]
    search_fields = OF_CHILD
    autocomplete_fields = ["request"]

    @admin.display(ordering="request__child__last_name")
    def child(self, record: Decision | Draft | Plan | PermittedException) -> str:
        return str(record.request.child)


@admin.register(Decision)
class DecisionAdmin(OfRequestAdmin):
    list_display = ["child", "stage", "basis", "agreed", "decided_on", "late_reason"]
    list_filter = ["stage", "basis", "agreed", "late_reason"]
    date_hierarchy = "decided_on"


@admin.register(Draft)
class DraftAdmin(OfRequestAdmin):
    list_display = ["child", "sent_on", "late_reason"]
    list_filter = ["late_reason"]
    date_hierarchy = "sent_on"


@admin.register(Plan)
class PlanAdmin(OfRequestAdmin):
    list_display = ["child", "issued_on", "late_reason", "ceased_on", "cease_reason"]
    list_filter = ["late_reason", "cease_reason"]
    date_hierarchy = "issued_on"


@admin.register(PermittedException)
class PermittedExceptionAdmin(OfRequestAdmin):
    list_display = ["child", "ground", "noted_on"]
    list_filter = ["ground"]
    date_hierarchy = "noted_on"


@admin.register(TimeLimit)
class TimeLimitAdmin(RecordAdmin):
    seen_by = deleted_by = ("administrator",)
    list_display = ["step", "days", "valid_from"]
    list_filter = ["step"]
    search_fields = ["step"]
