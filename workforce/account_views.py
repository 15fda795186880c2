"""Pages on which administrators look after accounts, and managers confirm who has access."""

import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from config.views import PAGE
from config.workdays import london_day

from . import actions
from .account_forms import InviteForm, ResetForm, RoleForm
from .choices import AccountRole
from .deeds import deeds
from .filters import AccountFilter
from .models import AccessReview, Appointment, SecondStepReset, Team, User
from .sessions import OffersKept
from .tables import AccountTable

LOOK_AFTER = (AccountRole.ADMINISTRATOR, AccountRole.AUDITOR)
CONFIRMS = (
    AccountRole.TEAM_MANAGER,
    AccountRole.SERVICE_MANAGER,
    AccountRole.ADMINISTRATOR,
)
REVIEW = (*CONFIRMS, AccountRole.AUDITOR)


def today() -> datetime.date:
    """The day it is in London."""
    return london_day(timezone.now())


def quarter_from(day: datetime.date) -> datetime.date:
    """The first day of the quarter that a day lies in."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


class AccountList(SingleTableMixin, FilterView):
    """Accounts: who may sign in, as what, and when they last did."""

    template_name = "workforce/accounts/list.html"
    table_class = AccountTable
    filterset_class = AccountFilter
    table_pagination = {"per_page": PAGE}

    def get_queryset(self) -> QuerySet:
        found = User.objects.visible_to(self.request.user)
        held = Appointment.objects.in_force(today()).select_related("place")
        return found.select_related("team").prefetch_related(
            Prefetch("appointments", held, to_attr="held")
        )

    def get_table(self, **options: Any) -> AccountTable:
        table = super().get_table(**options)
        table.label = "Accounts"
        return table

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        administers = self.request.user.reach.holds(AccountRole.ADMINISTRATOR)
        return super().get_context_data(administers=administers, **context)


class OfAccount:
    """A page about one account."""

    @cached_property
    def account(self) -> User:
        """The account that the address names."""
        return get_object_or_404(User.objects.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(account=self.account, **context)


class AccountPage(OfAccount, TemplateView):
    """One account: its roles, its second step, and what an administrator can do about it."""

    template_name = "workforce/accounts/detail.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user, reader = self.account, self.request.user
        waiting = SecondStepReset.objects.waiting(timezone.now()).filter(account=user)
        return super().get_context_data(
            appointments=user.appointments.select_related("place"),
            current=set(user.appointments.in_force(today()).values_list("pk", flat=True)),
            has_second_step=user.authenticator_set.filter(type="totp").exists(),
            waiting=waiting.select_related("asked_by").first(),
            administers=reader.reach.holds(AccountRole.ADMINISTRATOR),
            audits=reader.reach.holds(AccountRole.AUDITOR),
            own=reader == user,
            **context,
        )


class AccountForm(OffersKept, FormView):
    """A form on which something is done to accounts, and what is said when it cannot be."""

    template_name = "workforce/accounts/form.html"
    title: str
    button: str
    explanation = ""
    done: str

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = {"title": self.title, "button": self.button, "explanation": self.explanation}
        return super().get_context_data(**told | context)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            user = self.act(form.cleaned_data)
        except ValidationError as refused:
            known = getattr(refused, "error_dict", {}).keys() <= form.fields.keys()
            form.add_error(None, refused if known else ValidationError(refused.messages))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect("workforce:account-detail", user.pk)

    def act(self, entered: dict[str, Any]) -> User:
        """Does it, and returns the account that it is about."""
        raise NotImplementedError


class Invite(AccountForm):
    """Inviting someone: a new account with a first role, and an e-mail with a link."""

    form_class = InviteForm
    title, button, done = "Invite someone", "Send the invitation", "The invitation is sent."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user, "today": today()}

    def act(self, entered: dict[str, Any]) -> User:
        return actions.invite(**entered, by=self.request.user)


class GiveRole(OfAccount, AccountForm):
    """Giving an account a role for a place."""

    form_class = RoleForm
    title, button, done = "Give a role", "Give the role", "The role is given."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user, "today": today()}

    def act(self, entered: dict[str, Any]) -> User:
        actions.appoint(user=self.account, **entered, by=self.request.user)
        return self.account


class AskReset(OfAccount, AccountForm):
    """Asking that an account's second step be set anew."""

    form_class = ResetForm
    title = "Set the second step anew"
    explanation = (
        "Another administrator must confirm this within a day."
        " Then the app and the codes stop working."
    )
    button, done = "Ask for it", "Another administrator is asked to confirm it."

    def act(self, entered: dict[str, Any]) -> User:
        actions.ask_second_step_reset(user=self.account, **entered, by=self.request.user)
        return self.account


class Act(OfAccount, View):
    """Something that is done to an account at the press of a button."""

    http_method_names = ["post"]
    done: str

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        account = self.account
        try:
            self.act(account)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, self.done)
        return redirect("workforce:account-detail", account.pk)

    def act(self, account: User) -> None:
        """Does it."""
        raise NotImplementedError


class EndRole(Act):
    """Ending a role today."""

    done = "The role has ended."

    def act(self, account: User) -> None:
        administered = self.request.user.reach.places(AccountRole.ADMINISTRATOR)
        held = account.appointments.filter(place__in=administered)
        appointment = get_object_or_404(held, pk=self.kwargs["appointment"])
        actions.end_appointment(appointment=appointment, today=today(), by=self.request.user)


class SendLink(Act):
    """Sending a link to set a password anew."""

    done = "A link to set a password is sent."

    def act(self, account: User) -> None:
        actions.send_link(user=account, by=self.request.user)


class EndAccount(Act):
    """Ending an account."""

    done = "The account has ended. Whoever was signed in with it is signed out within a minute."

    def act(self, account: User) -> None:
        actions.end_account(user=account, today=today(), by=self.request.user)


class ConfirmReset(Act):
    """Confirming that a second step is set anew."""

    done = "The app and the codes stop working. They are set up anew at the next signing in."

    def act(self, account: User) -> None:
        reset = get_object_or_404(account.second_step_resets, pk=self.kwargs["reset"])
        actions.confirm_second_step_reset(reset=reset, by=self.request.user)


class AccountDeeds(OfAccount, TemplateView):
    """Everything that an account changed."""

    template_name = "workforce/accounts/deeds.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asked = self.request.GET.get("page", "")
        page = int(asked) if asked.isdecimal() and 0 < int(asked) < 10**6 else 1
        found = deeds(self.account.pk, first=(page - 1) * PAGE, count=PAGE + 1)
        requests = list(dict.fromkeys((deed.at, deed.where) for deed in found))
        shown = set(requests[:PAGE])
        return super().get_context_data(
            deeds=[deed for deed in found if (deed.at, deed.where) in shown],
            earlier=page - 1,
            later=page + 1 if len(requests) > PAGE else None,
            audits=self.request.user.reach.holds(AccountRole.AUDITOR),
            **context,
        )


class AccessReviews(TemplateView):
    """Who has access, place by place, and whether that is confirmed for this quarter."""

    template_name = "workforce/accounts/reviews.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        quarter = quarter_from(today())
        user = self.request.user
        places = Team.objects.filter(pk__in=user.reach.places(*REVIEW))
        confirmed = AccessReview.objects.filter(quarter_from=quarter, place__in=places)
        reviews = {review.place_id: review for review in confirmed.select_related("confirmed_by")}
        counts = dict(
            Appointment.objects.in_force(today())
            .filter(user__is_active=True)
            .order_by()
            .values_list("place")
            .annotate(Count("user", distinct=True))
        )
        return super().get_context_data(
            quarter=quarter,
            rows=[
                {"place": place, "review": reviews.get(place.pk), "count": counts.get(place.pk, 0)}
                for place in places.order_by("name")
            ],
            **context,
        )


class ReviewPlace(TemplateView):
    """The accounts that have a role for a place, to be confirmed for this quarter."""

    template_name = "workforce/accounts/review.html"

    @cached_property
    def place(self) -> Team:
        """The place that the address names."""
        within = self.request.user.reach.places(*REVIEW)
        return get_object_or_404(Team.objects.filter(pk__in=within), pk=self.kwargs["pk"])

    @cached_property
    def appointments(self) -> list[Appointment]:
        """The roles held for the place today."""
        held = Appointment.objects.in_force(today()).filter(place=self.place, user__is_active=True)
        return list(held.select_related("user", "place").order_by("role", "user__username"))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        quarter = quarter_from(today())
        reviews = AccessReview.objects.filter(place=self.place).select_related("confirmed_by")
        user = self.request.user
        return super().get_context_data(
            place=self.place,
            quarter=quarter,
            appointments=self.appointments,
            reviews=reviews,
            to_confirm=self.place.pk in user.reach.places(*CONFIRMS)
            and not any(review.quarter_from == quarter for review in reviews),
            **context,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.place.pk not in request.user.reach.places(*CONFIRMS):
            raise PermissionDenied("The account does not answer for this place.")
        listed = [
            f"{held.user.get_full_name()} ({held.user.username}): {held.get_role_display()}"
            for held in self.appointments
        ]
        try:
            actions.confirm_access(
                place=self.place, quarter_from=quarter_from(today()), listed=listed, by=request.user
            )
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, "Access is confirmed for this quarter.")
        return redirect("workforce:access-list")
