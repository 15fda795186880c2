"""Children and their referrals in the admin."""

from django.contrib import admin

from config.admin import ReadOnlyAdmin, RecordAdmin, RecordInline
from workforce.choices import AccountRole

from .models import (
    Assessment,
    Child,
    ChildMerge,
    Correction,
    DeclaredInterest,
    Family,
    Involvement,
    QueuedReferral,
    Referral,
    Restriction,
    RestrictionMember,
    StruckOut,
)

LIST_KEEPERS = (AccountRole.SERVICE_MANAGER,)


class InvolvementInline(RecordInline):
    model = Involvement
    autocomplete_fields = ["team", "worker"]


@admin.register(Child)
class ChildAdmin(RecordAdmin):
    """Children, who come on record with a referral or an EHC request and are not added here.

    Their case references are given to them: whoever could choose one would be told whose it is.
    """

    list_display = ["__str__", "reference", "born_on", "expected_on", "sex", "upn", "authority"]
    list_filter = ["sex", "upn_unknown"]
    list_select_related = ["authority"]
    search_fields = ["reference"]
    autocomplete_fields = ["authority", "family"]
    readonly_fields = ["reference"]
    inlines = [InvolvementInline]

    def has_add_permission(self, request, obj=None) -> bool:
        return False


class AssessmentInline(RecordInline):
    model = Assessment


@admin.register(Referral)
class ReferralAdmin(RecordAdmin):
    list_display = [
        "child",
        "received_on",
        "source",
        "primary_need",
        "no_further_action",
        "decided_on",
        "closed_on",
        "closure_reason",
        "team",
        "overlaps",
    ]
    list_filter = [
        "no_further_action",
        "source",
        "primary_need",
        "closure_reason",
        "entered_here",
        "overlaps",
    ]
    list_select_related = ["child", "team"]
    search_fields = ["reference", "child__reference"]
    date_hierarchy = "received_on"
    autocomplete_fields = ["child", "team"]
    readonly_fields = ["entered_here", "overlaps", "decision_collected"]
    inlines = [AssessmentInline]


@admin.register(Assessment)
class AssessmentAdmin(RecordAdmin):
    list_display = ["child", "started_on", "completed_on", "reference"]
    list_select_related = ["referral__child"]
    search_fields = [
        "reference",
        "referral__child__reference",
    ]
    date_hierarchy = "started_on"
    autocomplete_fields = ["referral"]

    @admin.display(ordering="referral__child__last_name")
    def child(self, assessment: Assessment) -> str:
        return str(assessment.referral.child)


@admin.register(Involvement)
class InvolvementAdmin(RecordAdmin):
    list_display = ["child", "part", "team", "worker", "started_on", "ended_on"]
    list_filter = ["part"]
    list_select_related = ["child", "team", "worker"]
    search_fields = [
        "child__reference",
        "worker__last_name",
        "team__name",
    ]
    date_hierarchy = "started_on"
    autocomplete_fields = ["child", "team", "worker"]


@admin.register(Family)
class FamilyAdmin(RecordAdmin):
    """Families. One may have children beside those whom the reader may know of.

    So it is found by the children that the reader sees, and deleted only where it has none.
    """

    list_display = ["name", "authority"]
    list_select_related = ["authority"]
    search_fields = ["children__reference"]
    autocomplete_fields = ["authority"]

    def get_search_results(self, request, queryset, search_term):
        seen = Child.objects.visible_to(request.user)
        named = seen.filter(reference__icontains=search_term).exclude(family=None)
        return queryset.filter(pk__in=named.values("family")) if search_term else queryset, False

    def has_delete_permission(self, request, obj=None) -> bool:
        alone = obj is None or not obj.children.exists()
        return alone and super().has_delete_permission(request, obj)

    def may_delete(self, request, records) -> bool:
        alone = not Child.objects.filter(family__in=records).exists()
        return alone and super().may_delete(request, records)


class RestrictionMemberInline(RecordInline):
    model = RestrictionMember
    changed_by = deleted_by = LIST_KEEPERS
    autocomplete_fields = ["user"]


@admin.register(Restriction)
class RestrictionAdmin(RecordAdmin):
    """Restricted children, each with the list of those who may see the records.

    Those on the list see it; a service manager among them keeps it.
    """

    changed_by = deleted_by = LIST_KEEPERS
    list_display = ["child", "reason"]
    list_filter = ["reason"]
    list_select_related = ["child"]
    search_fields = ["child__reference"]
    autocomplete_fields = ["child"]
    inlines = [RestrictionMemberInline]


@admin.register(RestrictionMember)
class RestrictionMemberAdmin(RecordAdmin):
    changed_by = deleted_by = LIST_KEEPERS
    list_display = ["user", "child"]
    list_select_related = ["user", "restriction__child"]
    search_fields = ["user__username", "user__last_name", "restriction__child__reference"]
    autocomplete_fields = ["restriction", "user"]

    @admin.display(ordering="restriction__child__last_name")
    def child(self, member: RestrictionMember) -> str:
        return str(member.restriction.child)


@admin.register(DeclaredInterest)
class DeclaredInterestAdmin(RecordAdmin):
    """Accounts' ties to children, families and addresses, whose records they do not open."""

    list_display = ["user", "child", "family", "postcode", "since", "until"]
    list_select_related = ["user", "child", "family"]
    search_fields = ["user__username", "user__last_name", "child__reference"]
    date_hierarchy = "since"
    autocomplete_fields = ["user", "child", "family"]


@admin.register(QueuedReferral)
class QueuedReferralAdmin(ReadOnlyAdmin):
    """Referrals that wait for somebody who may know of the child; settled on their own page."""

    list_display = ["__str__", "received_on", "team", "taken_by", "outcome"]
    list_filter = ["outcome"]
    list_select_related = ["team", "taken_by"]
    search_fields = ["team__name", "taken_by__username"]
    date_hierarchy = "received_on"


@admin.register(StruckOut)
class StruckOutAdmin(ReadOnlyAdmin):
    """Records that were struck out; put back on their own page."""

    list_display = ["what", "child", "reason", "struck_by", "struck_at", "put_back_at"]
    list_filter = ["reason"]
    list_select_related = ["child", "struck_by"]
    search_fields = ["child__reference"]
    date_hierarchy = "struck_at"
    exclude = ["rows"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    """Corrections that were proposed; settled on their own page."""

    list_display = ["__str__", "child", "proposed_by", "proposed_at", "outcome", "settled_by"]
    list_filter = ["outcome"]
    list_select_related = ["child", "proposed_by", "settled_by"]
    search_fields = ["child__reference"]
    date_hierarchy = "proposed_at"
    exclude = ["values"]


@admin.register(ChildMerge)
class ChildMergeAdmin(ReadOnlyAdmin):
    """Merges of two records of one child; done and undone on their own pages."""

    list_display = ["__str__", "survivor", "duplicate", "state", "proposed_by", "proposed_at"]
    list_filter = ["state"]
    list_select_related = ["survivor", "duplicate", "proposed_by"]
    search_fields = ["survivor__reference", "duplicate__reference"]
    date_hierarchy = "proposed_at"
    exclude = ["changes"]
