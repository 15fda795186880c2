"""What every record's admin shares: forms that explain a refusal, and the history of the record."""

import datetime
from collections import Counter

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import NestedObjects, unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DEFAULT_DB_ALIAS, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from config import facts, history
from config.admission import confirm_visible, opens
from config.forms import RecordForm
from config.navigation import address
from config.workdays import london_day


def _clock(moment: datetime.datetime) -> str:
    return date_format(timezone.localtime(moment), "H:i, j F Y")


def _dated(form: type[RecordForm], request) -> None:
    """Tell a form made for this request which day it is, and what the database has refused."""
    form.today = london_day(timezone.now())
    form.refused = getattr(request, "refused", None)


class ByName(AutocompleteSelect):
    """The choice of a record by its name; what was sent and is no key is shown as no choice."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [key for key in value if str(key).isdecimal()], attr)


class ByRole(BaseModelAdmin):
    """Who may do what in the admin: holders of roles, with the records that they may see.

    Django's own permissions mean nothing, and neither does its superuser. Where a kind of record is
    guarded, those see it whom it is for; of other kinds ``seen_by`` says so. ``changed_by`` may
    enter and change, unless it says otherwise all who see; ``deleted_by`` may delete. Records that
    are not opened may still be chosen by name in a form, by ``chosen_by``.
    """

    seen_by: tuple[str, ...] = ()
    changed_by: tuple[str, ...] | None = None
    deleted_by: tuple[str, ...] = ()
    chosen_by: tuple[str, ...] = ()

    def _holds(self, request, roles: tuple[str, ...], record=None) -> bool:
        """Whether the account has one of the roles: for a record of a place, for that place."""
        if not request.user.is_active or not request.user.reach.holds(*roles):
            return False
        return not isinstance(record, self.model) or not self._outside(request, roles, [record])

    def _outside(self, request, roles: tuple[str, ...], records) -> bool:
        """Whether one of the records is out of reach for the account in these roles alone."""
        found = self.model._default_manager.all()
        if not hasattr(found, "seen_as"):
            return False
        keys = {record.pk for record in records}
        return found.seen_as(request.user, roles).filter(pk__in=keys).count() < len(keys)

    def _readers(self) -> tuple[str, ...]:
        return self.seen_by or getattr(self.model._default_manager.all(), "roles", ())

    def has_view_permission(self, request, obj=None) -> bool:
        choosing = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        chosen_by = self.chosen_by if choosing else ()
        return self._holds(request, (*self._readers(), *chosen_by))

    def has_change_permission(self, request, obj=None) -> bool:
        if self.changed_by is None:
            return self._holds(request, self._readers())
        return self._holds(request, self.changed_by, obj)

    def has_add_permission(self, request, obj=None) -> bool:
        return self.has_change_permission(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self._holds(request, self.deleted_by, obj)

    def may_delete(self, request, records) -> bool:
        """Whether the account may delete each of the records."""
        deletes = self.has_delete_permission(request)
        return deletes and not self._outside(request, self.deleted_by, records)

    def has_module_permission(self, request) -> bool:
        return self._holds(request, self._readers())

    def get_queryset(self, request):
        return self._visible(super().get_queryset(request), request)

    def lookup_allowed(self, lookup, value, request):
        """Nothing in an address asks about records that point here: others may see those."""
        asked = lookup.partition("__")[0]
        from_elsewhere = {each.name for each in self.opts.get_fields() if each.auto_created}
        points_here = asked in from_elsewhere and asked != self.opts.pk.name
        return not points_here and super().lookup_allowed(lookup, value, request)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404(f"There is no {opts.verbose_name} that the account may see.")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ByName(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_field_queryset(self, db, db_field, request):
        found = super().get_field_queryset(db, db_field, request)
        if found is None:
            found = db_field.remote_field.model._default_manager.using(db).all()
        return self._visible(found, request)

    def _visible(self, found, request):
        return found.visible_to(request.user) if hasattr(found, "visible_to") else found


class RecordInline(ByRole, admin.TabularInline):
    """Records that are entered on the page of the one they belong to."""

    form = RecordForm
    extra = 0
    show_change_link = True

    def get_queryset(self, request):
        """Whoever may change some of the records is shown those that they may change."""
        found = super().get_queryset(request)
        if self.changed_by and self._holds(request, self.changed_by):
            return found.seen_as(request.user, self.changed_by)
        return found

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        _dated(formset.form, request)
        formset.form.refused = None
        return formset


class WatchedAdmin(ByRole, admin.ModelAdmin):
    """Records in the admin: whoever opens one is written down before anything is shown."""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self._opened(request, object_id)
        return super().change_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record and self.has_delete_permission(request, record):
            self._looked_at(request, record.pk)
        return super().delete_view(request, object_id, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        self._opened(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def _opened(self, request, object_id: str) -> None:
        """Keep who opens a record, if there is one and the account may see it."""
        if not self.has_view_or_change_permission(request):
            return
        if record := self.get_object(request, unquote(object_id)):
            self._looked_at(request, record.pk)

    def _looked_at(self, request, key) -> None:
        """Keep who looks at a record, where records of its kind are guarded."""
        objects = self.model._default_manager
        if hasattr(objects, "looked_at"):
            objects.looked_at(request, [key], "admin")


class HistoryAdmin(WatchedAdmin):
    """The history in the admin is the one that the database keeps.

    It shows what was changed in bulk and from outside the application too, and outlives the record.
    """

    def _history_is_for(self, request, key) -> bool:
        """Whether the account may see the record or, where that is gone, what it belonged to."""
        if self.get_queryset(request).filter(pk=key).exists():
            return True
        objects = self.model._default_manager
        if objects.filter(pk=key).exists():
            return False
        return not hasattr(objects, "outlived") or objects.outlived(key, request.user)

    def get_deleted_objects(self, objs, request):
        """What else would go, counted by kind: their names may be none of the reader's business."""
        collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=objs)
        collector.collect(objs)
        kinds = {model: len(found) for model, found in collector.model_objs.items()}
        refused = {
            str(model._meta.verbose_name)
            for model, found in collector.model_objs.items()
            if (listed := self.admin_site._registry.get(model))
            and not listed.may_delete(request, found)
        }
        keeping = Counter(record._meta.verbose_name_plural for record in collector.protected)
        return (
            [str(record) for record in objs],
            {str(model._meta.verbose_name_plural): count for model, count in kinds.items()},
            refused,
            [f"{name}: {count}" for name, count in sorted(keeping.items())],
        )

    def log_addition(self, request, obj, message):
        """Nothing: the database keeps the history, and Django's log would keep names."""

    def log_change(self, request, obj, message):
        """Nothing, as with an addition."""

    def log_deletions(self, request, queryset):
        """Nothing, as with an addition."""

    def history_view(self, request, object_id, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            key = self.opts.pk.to_python(object_id)
        except ValidationError as error:
            raise Http404 from error
        changes = history.changes(self.model, key, reader=request.user)
        if not changes or not self._history_is_for(request, key):
            raise Http404
        self._looked_at(request, key)
        record = self.get_object(request, object_id)
        context = self.admin_site.each_context(request) | {
            "title": "History",
            "subtitle": str(record or "A deleted record"),
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
    deleted_by = ("team_manager", "service_manager")
    list_per_page = 50
    show_full_result_count = False
    save_on_top = True

    def has_delete_permission(self, request, obj=None) -> bool:
        """A record that can be struck out is not deleted: the button leads to where it is."""
        if self._struck_out_on(0):
            return obj is not None and opens(request.user, self._struck_out_on(obj.pk))
        return super().has_delete_permission(request, obj)

    def delete_view(self, request, object_id, extra_context=None):
        page = self._struck_out_on(key := unquote(object_id))
        if page and opens(request.user, page) and self.get_object(request, key):
            return redirect(page)
        return super().delete_view(request, object_id, extra_context)

    def _struck_out_on(self, key) -> str:
        """The page on which a record of the kind is struck out, if there is one."""
        return address(self.model, key, "strike-out")

    def get_queryset(self, request):
        related = self.list_select_related
        queryset = super().get_queryset(request)
        return queryset.select_related(*related) if related else queryset

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        _dated(form, request)
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        entered = [form.instance]
        for formset in formsets:
            entered += [*formset.new_objects, *(record for record, _ in formset.changed_objects)]
        for record in entered:
            confirm_visible(record, request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        record = object_id and self.get_object(request, unquote(object_id))
        told = (extra_context or {}) | {"version": record and history.version(record)}
        try:
            with facts.readable(), transaction.atomic():
                if record and request.method == "POST":
                    self._confirm_latest(request, record)
                return super().changeform_view(request, object_id, form_url, told)
        except ValidationError as refused:
            request.refused = refused
            return super().changeform_view(request, object_id, form_url, told)

    def _confirm_latest(self, request, record) -> None:
        """Refuse to write over what somebody else changed since the form was opened.

        The form is shown again with what was typed, and goes through when it is sent once more.
        Raises ``ValidationError`` with what was changed, by whom and when.
        """
        self.model._base_manager.select_for_update().filter(pk=record.pk).first()
        seen = request.POST.get("version", "")
        if not seen.isdecimal() or history.version(record) <= int(seen):
            return
        since = [
            change
            for change in history.changes(self.model, record.pk, reader=request.user)
            if change.version > int(seen)
        ]
        told = [
            f"{change.who} changed this while you had it open, at {_clock(change.at)}: {label} was"
            f" “{old}” and is “{new}” now."
            for change in since
            for label, old, new in change.fields
        ]
        raise ValidationError([*told, "What you typed is kept below. Save again to store it."])


class ReadOnlyAdmin(WatchedAdmin):
    """A table that is worked out from records, to be looked at only."""

    changed_by = ()
