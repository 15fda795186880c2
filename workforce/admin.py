"""Accounts, teams and workers in the admin."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from config.admin import HistoryAdmin, ReadOnlyAdmin, RecordAdmin, RecordInline

from . import actions
from .choices import AccountRole
from .forms import EmploymentForm
from .models import (
    AccessReview,
    Appointment,
    Assignment,
    BankHoliday,
    CalendarDay,
    Cover,
    Employment,
    SecondStepReset,
    Team,
    User,
    Vacancy,
    Worker,
)
from .models.people import KNOW_COLLEAGUES

MANAGERS = (AccountRole.TEAM_MANAGER, AccountRole.SERVICE_MANAGER)
ADMINISTRATORS = (AccountRole.ADMINISTRATOR,)
STAFF_KEEPERS = (AccountRole.WORKFORCE_OFFICER,)

admin.site.unregister(Group)  # roles say what an account may do
# Of signing in nothing is changed here: a second step is set anew by two administrators together.
for kept_by_allauth in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(kept_by_allauth)


@admin.register(User)
class AccountAdmin(HistoryAdmin, UserAdmin):
    """Accounts: who may sign in, as which worker, and where in the tree they begin.

    They are invited, appointed and ended on pages of their own, where others are told of it; their
    passwords are set by nobody but themselves. Nobody changes their own account here, and what is
    changed of another's is told to the auditors.
    """

    seen_by = deleted_by = ADMINISTRATORS
    chosen_by = MANAGERS
    autocomplete_fields = ["worker", "team"]
    fieldsets = [
        (None, {"fields": ["username"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("Work", {"fields": ["worker", "team"]}),
        ("Signing in", {"fields": ["is_active", "is_staff", "last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    list_display = [*UserAdmin.list_display, "team"]
    list_filter = ["is_staff", "is_active"]
    list_select_related = ["team"]

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return obj != request.user and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        return obj != request.user and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        fields = [str(self.opts.get_field(name).verbose_name) for name in form.changed_data]
        actions.tell_of_change(user=obj, fields=fields, by=request.user)

    def user_change_password(self, request, id, form_url=""):
        raise PermissionDenied("A password is its owner's. Send them a link.")


@admin.register(Team)
class TeamAdmin(RecordAdmin):
    changed_by = deleted_by = ADMINISTRATORS
    list_display = ["name", "kind", "code", "parent", "authority"]
    list_filter = ["kind"]
    list_select_related = ["parent", "authority"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent", "authority"]


class EmploymentInline(RecordInline):
    model = Employment
    changed_by = deleted_by = STAFF_KEEPERS
    form = EmploymentForm
    fields = ["contract", "started_on", "origin", "left_on", "reason_for_leaving", "destination"]


@admin.register(Worker)
class WorkerAdmin(RecordAdmin):
    seen_by = KNOW_COLLEAGUES
    changed_by = deleted_by = STAFF_KEEPERS
    chosen_by = ADMINISTRATORS
    list_display = ["__str__", "registration_number", "reference", "registered", "authority"]
    list_filter = ["registered"]
    list_select_related = ["authority"]
    search_fields = ["first_name", "last_name", "registration_number", "reference"]
    autocomplete_fields = ["authority"]
    inlines = [EmploymentInline]


class AssignmentInline(RecordInline):
    model = Assignment
    changed_by = deleted_by = STAFF_KEEPERS
    autocomplete_fields = ["team"]


@admin.register(Employment)
class EmploymentAdmin(RecordAdmin):
    form = EmploymentForm
    changed_by = deleted_by = STAFF_KEEPERS
    list_display = ["worker", "contract", "started_on", "left_on", "reason_for_leaving", "absence"]
    list_filter = ["contract", "reason_for_leaving", "absence", "entered_here"]
    list_select_related = ["worker"]
    search_fields = ["worker__first_name", "worker__last_name", "worker__registration_number"]
    date_hierarchy = "started_on"
    autocomplete_fields = ["worker"]
    readonly_fields = ["entered_here"]
    inlines = [AssignmentInline]


@admin.register(Assignment)
class AssignmentAdmin(RecordAdmin):
    changed_by = deleted_by = STAFF_KEEPERS
    list_display = ["worker", "team", "role", "fte", "started_on", "ended_on"]
    list_filter = ["role", "employment__contract"]
    list_select_related = ["employment__worker", "team"]
    search_fields = [
        "employment__worker__first_name",
        "employment__worker__last_name",
        "team__name",
    ]
    date_hierarchy = "started_on"
    autocomplete_fields = ["employment", "team"]

    @admin.display(ordering="employment__worker__last_name")
    def worker(self, assignment: Assignment) -> str:
        return str(assignment.employment.worker)


@admin.register(Vacancy)
class VacancyAdmin(RecordAdmin):
    changed_by = deleted_by = STAFF_KEEPERS
    list_display = ["team", "role", "fte", "opened_on", "filled_on", "reference"]
    list_filter = ["role"]
    list_select_related = ["team"]
    search_fields = ["team__name", "reference"]
    date_hierarchy = "opened_on"
    autocomplete_fields = ["team"]


@admin.register(BankHoliday)
class BankHolidayAdmin(RecordAdmin):
    """Bank holidays; a change of one numbers the working days anew, and moves what falls due."""

    seen_by = deleted_by = ADMINISTRATORS
    list_display = ["day", "name"]
    search_fields = ["name"]
    date_hierarchy = "day"


@admin.register(SecondStepReset)
class SecondStepResetAdmin(ReadOnlyAdmin):
    seen_by = ADMINISTRATORS
    list_display = ["account", "reason", "asked_by", "asked_at", "confirmed_by", "confirmed_at"]
    list_select_related = ["account", "asked_by", "confirmed_by"]
    search_fields = ["account__username", "asked_by__username", "confirmed_by__username"]
    date_hierarchy = "asked_at"


@admin.register(AccessReview)
class AccessReviewAdmin(ReadOnlyAdmin):
    seen_by = ADMINISTRATORS
    list_display = ["place", "quarter_from", "confirmed_by", "confirmed_at"]
    list_select_related = ["place", "confirmed_by"]
    search_fields = ["place__name", "confirmed_by__username"]
    date_hierarchy = "quarter_from"


@admin.register(CalendarDay)
class CalendarDayAdmin(ReadOnlyAdmin):
    seen_by = ADMINISTRATORS
    list_display = ["day", "number", "working"]
    list_filter = ["working"]
    date_hierarchy = "day"


@admin.register(Appointment)
class AppointmentAdmin(ReadOnlyAdmin):
    """Roles of accounts, each for a place and between two days; they are given on other pages."""

    list_display = ["user", "role", "place", "since", "until"]
    list_filter = ["role"]
    list_select_related = ["user", "place"]
    search_fields = ["user__username", "user__last_name", "place__name"]
    date_hierarchy = "since"


@admin.register(Cover)
class CoverAdmin(ReadOnlyAdmin):
    """Accounts that stand in for absent workers; a manager enters them on the team's pages."""

    list_display = ["by", "worker", "since", "until"]
    list_select_related = ["by", "worker"]
    search_fields = ["by__username", "by__last_name", "worker__last_name"]
    date_hierarchy = "since"
