"""Pages of intake: finding a child, taking a referral, and the queue of those whom few may know."""

import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView
from django_filters.views import FilterView
from django_tables2 import LazyPaginator, SingleTableMixin

from config.views import PAGE, OnRecord, RecordList, fact
from config.workdays import london_day
from workforce.access import CASEWORK
from workforce.models import Team

from .actions import record_search, settle_queued, take_referral
from .choices import QueueOutcome
from .filters import QueuedReferralFilter, SearchLogFilter
from .forms import FindChildForm, NewChildForm, ReferralForm, SettleQueuedForm
from .models import Child, QueuedReferral, Search
from .search import alike, authorities, findable_by, found, hits
from .tables import QueuedReferralTable, SearchTable

TAKERS = CASEWORK
GOOD_FOR = datetime.timedelta(hours=1)  # how long a search can be gone back to


def today() -> datetime.date:
    """The day it is for people."""
    return london_day(timezone.now())


class Finding:
    """What both pages of a search say of the reader."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = self.request.user
        waiting = QueuedReferral.objects.visible_to(user).waiting()
        takes = user.reach.holds(*TAKERS)
        return super().get_context_data(waiting=waiting.count(), takes=takes, **context)


class FindChild(Finding, FormView):
    """The form on which a child is looked for. What is typed is sent, and never in an address."""

    form_class = FindChildForm
    template_name = "referrals/find_child.html"

    def form_valid(self, form: FindChildForm) -> HttpResponse:
        user = self.request.user
        within = authorities(user)
        if not within:
            form.add_error(None, "You can search from 17:00 to 09:00 and on days off.")
            return self.form_invalid(form)
        search = record_search(typed=form.cleaned_data["typed"], authority=within[0], by=user)
        return redirect("referrals:find-result", search.pk)


class FoundChildren(Finding, TemplateView):
    """What an account's own search of the last hour finds now."""

    template_name = "referrals/find_child.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        search = get_object_or_404(Search.objects.of(request.user), pk=kwargs["pk"])
        if search.at < timezone.now() - GOOD_FOR:
            return redirect("referrals:find-child")
        children, more = found(request.user, search.typed, today=today())
        context = self.get_context_data(
            form=FindChildForm(initial={"typed": search.typed}),
            search=search,
            hits=[(hit, emergency_access(hit.pk)) for hit in children],
            more=more,
        )
        return self.render_to_response(context)


def emergency_access(child: int) -> str:
    """The address of the page that asks why a record must be opened, where there is one."""
    try:
        return reverse("referrals:emergency-access", args=[child])
    except NoReverseMatch:
        return ""


class TakeReferral(FormView):
    """The form on which a referral of a child who was not found is taken."""

    form_class = NewChildForm
    template_name = "referrals/take_referral.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        teams = Team.objects.filter(authority__in=authorities(user))
        return super().get_form_kwargs() | {"teams": teams, "today": today(), **self.further()}

    def further(self) -> dict[str, Any]:
        """What this form is told besides."""
        user = self.request.user
        return {"alike": lambda person: alike(user, person, today=today())}

    def form_valid(self, form: NewChildForm) -> HttpResponse:
        if form.same:
            child = get_object_or_404(findable_by(self.request.user), pk=form.same)
            return self.taken(form, child=child)
        return self.taken(form, person=form.person)

    def taken(self, form: ReferralForm, **of: Any) -> HttpResponse:
        """The answer to a referral: the same, whatever became of it."""
        told = form.told()
        try:
            take_referral(**of, **told, by=self.request.user, today=form.today)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return self.form_invalid(form)
        messages.success(self.request, f"The referral is recorded. It goes to {told['team']}.")
        return redirect("referrals:find-child")


class TakeReferralOf(TakeReferral):
    """The form on which a referral of a child who was found is taken."""

    form_class = ReferralForm

    @cached_property
    def child(self) -> Child:
        """The child, of those that the account may find."""
        return get_object_or_404(findable_by(self.request.user), pk=self.kwargs["pk"])

    def further(self) -> dict[str, Any]:
        return {}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        (hit,) = hits([self.child], self.request.user, today=today())
        return super().get_context_data(hit=hit, **context)

    def form_valid(self, form: ReferralForm) -> HttpResponse:
        return self.taken(form, child=self.child)


class QueuedReferralList(RecordList):
    model = QueuedReferral
    table_class = QueuedReferralTable
    filterset_class = QueuedReferralFilter
    title = "Referrals that wait for you"


class SettleQueued(OnRecord, FormView):
    """A referral in the queue beside the child it may be of, and the form that says whose it is."""

    model = QueuedReferral
    form_class = SettleQueuedForm
    template_name = "referrals/queued_referral.html"
    told = ("first_name", "last_name", "born_on", "expected_on", "upn")
    about = ("received_on", "source", "primary_need", "team", "taken_by", "taken_at")
    settled = ("outcome", "settled_by", "settled_at")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        queued = self.record
        return super().get_context_data(
            queued=queued,
            compared=[
                (label, told, fact(queued.child, name)[1])
                for name in self.told
                for label, told in [fact(queued, name)]
            ],
            about=[fact(queued, name) for name in self.about],
            settled=[fact(queued, name) for name in self.settled] if queued.outcome else [],
            **context,
        )

    def form_valid(self, form: SettleQueuedForm) -> HttpResponse:
        outcome = form.cleaned_data["outcome"]
        try:
            settle_queued(queued=self.record, outcome=outcome, by=self.request.user, today=today())
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return self.form_invalid(form)
        messages.success(self.request, f"Settled: {QueueOutcome(outcome).label.lower()}")
        return redirect("referrals:queuedreferral-list")


class SearchLog(SingleTableMixin, FilterView):
    """What was searched for, the latest first. Nothing counts the searches: there may be many."""

    model = Search
    table_class = SearchTable
    filterset_class = SearchLogFilter
    template_name = "referrals/search_list.html"
    table_pagination = {"per_page": 2 * PAGE, "paginator_class": LazyPaginator}

    def get_queryset(self) -> QuerySet:
        return Search.objects.visible_to(self.request.user).select_related("user")
