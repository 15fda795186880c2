"""What every record's admin shares: forms that explain a refusal, and the history of the record."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst

from config import facts, history
from config.forms import RecordForm
from config.workdays import london_day


def _dated(form: type[RecordForm], request) -> None:
    """Tell a form made for this request which day it is, and what the database has refused."""
    form.today = london_day(timezone.now())
    form.refused = getattr(request, "refused", None)


class RecordInline(admin.TabularInline):
    """Records that are entered on the page of the one they belong to."""

    form = RecordForm
    extra = 0
    show_change_link = True

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        _dated(formset.form, request)
        formset.form.refused = None
        return formset


class HistoryAdmin(admin.ModelAdmin):
    """The history in the admin is the one that the database keeps.

    It shows what was changed in bulk and from outside the application too, and outlives the record.
    """

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            key = self.opts.pk.to_python(object_id)
        except ValidationError as error:
            raise Http404 from error
        changes = history.changes(self.model, key)
        if not changes:
            raise Http404
        record = self.get_object(request, object_id)
        context = self.admin_site.each_context(request) | {
            "title": f"History: {record or 'a deleted record'}",
            "subtitle": None,
            "changes": changes,
            "module_name": str(capfirst(self.opts.verbose_name_plural)),
            "object": record,
            "opts": self.opts,
        }
        return TemplateResponse(
            request, "admin/record_history.html", context | (extra_context or {})
        )


class RecordAdmin(HistoryAdmin):
    """A record in the admin: what the database refuses is said on the form, and nothing is lost."""

    form = RecordForm
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True

    def get_queryset(self, request):
        related = self.list_select_related
        queryset = super().get_queryset(request)
        return queryset.select_related(*related) if related else queryset

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        _dated(form, request)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            with facts.readable(), transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refused:
            request.refused = refused
            return super().changeform_view(request, object_id, form_url, extra_context)


class ReadOnlyAdmin(admin.ModelAdmin):
    """A table that is worked out from records, to be looked at only."""

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
