"""Pages of intake: finding a child, taking a referral, and the queue of those whom few may know."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.generic import FormView, TemplateView
from django_filters.views import FilterView
from django_tables2 import LazyPaginator, SingleTableMixin

from config.admission import opens
from config.views import PAGE, OnRecord, RecordList, fact
from config.workdays import london_day
from workforce.events import Done, LogEvent, Logging

from .actions import record_search, settle_queued, take_referral
from .choices import QueueOutcome
from .filters import QueuedReferralFilter, SearchLogFilter
from .forms import FindChildForm, NewChildForm, PersonForm, ReferralForm, SettleQueuedForm
from .models import Child, QueuedReferral, Search
from .refusals import note_named
from .search import authorities, described_as, findable_by, found, hits
from .tables import QueuedReferralTable, SearchTable

GOOD_FOR = datetime.timedelta(hours=1)  # how long a search can be gone back to


@dataclass(frozen=True)
class Intake:
    """What can come in about a child: its page for one who was found, and for one who is new."""

    what: str
    about: str
    of_found: str
    of_new: str


# What can be taken in; an app on a higher floor appends its own.
INTAKES = [Intake("Take a referral", "of", "referrals:referral-of", "referrals:referral-take")]


class Finding:
    """What both pages of a search say of the reader."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = self.request.user
        waiting = QueuedReferral.objects.visible_to(user).waiting()
        takes = [each for each in INTAKES if opens(user, reverse(each.of_new))]
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
        if not can_be_gone_back_to(search):
            return redirect("referrals:find-child")
        children, more = found(request.user, search.typed, today=london_day(timezone.now()))
        context = self.get_context_data(
            form=FindChildForm(initial={"typed": search.typed}),
            search=search,
            hits=[(hit, emergency_access(hit.pk)) for hit in children],
            more=more,
        )
        return self.render_to_response(context)


def can_be_gone_back_to(search: Search) -> bool:
    """Whether what was typed is still shown to the account that typed it."""
    return search.at >= timezone.now() - GOOD_FOR


def emergency_access(child: int) -> str:
    """The address of the page that asks why a record must be opened, where there is one."""
    try:
        return reverse("referrals:emergency-access", args=[child])
    except NoReverseMatch:
        return ""


class OfPerson(Logging):
    """A page on which something comes in for a child who was not found, but may be on record.

    ``after`` names the search that did not find the child; what was typed there is not typed again.
    """

    def get_initial(self) -> dict[str, Any]:
        user, after = self.request.user, self.request.GET.get("after", "")
        search = Search.objects.of(user).filter(pk=after).first() if after.isdecimal() else None
        typed = described_as(search.typed) if search and can_be_gone_back_to(search) else {}
        return {"team": user.team_id} | typed | super().get_initial()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        note_named(request, request.POST.getlist("same"), findable_by(request.user))
        return super().post(request, *args, **kwargs)

    def of(self, form: PersonForm) -> dict[str, Any]:
        """Whom it is about: a child on record, or a person who is not."""
        if form.same:
            return {"child": get_object_or_404(findable_by(self.request.user), pk=form.same)}
        return {"person": form.person}


class TakeReferral(OfPerson):
    """The page on which a referral of a child who was not found is taken."""

    form_class = NewChildForm
    title = "Take a referral"
    button = "Record the referral"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(back=reverse("referrals:find-child"), **context)

    def act(self, form: ReferralForm) -> Done:
        """The answer to a referral: the same, whatever becomes of it."""
        take_referral(**self.of(form), **form.told(), by=self.request.user, today=form.today)
        team = form.cleaned_data["team"]
        return Done(
            f"The referral is recorded. It goes to {team}.", reverse("referrals:find-child")
        )


class TakeReferralOf(OnRecord, TakeReferral):
    """The page on which a referral of a child who was found is taken."""

    model = Child
    form_class = ReferralForm

    def get_queryset(self) -> QuerySet:
        return findable_by(self.request.user)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        (hit,) = hits([self.record], self.request.user, today=self.today)
        about = format_html("<bdi>{}</bdi>, {}", hit.name, hit.summary)
        return super().get_context_data(about=about, **context)

    def of(self, form: ReferralForm) -> dict[str, Any]:
        return {"child": self.record}


class QueuedReferralList(RecordList):
    model = QueuedReferral
    table_class = QueuedReferralTable
    filterset_class = QueuedReferralFilter
    title = "Referrals that wait for you"


class SettleQueued(LogEvent):
    """A referral in the queue beside the child it may be of, and the form that says whose it is."""

    model = QueuedReferral
    form_class = SettleQueuedForm
    template_name = "referrals/queued_referral.html"
    title = "A referral in the queue"
    told = ("first_name", "last_name", "born_on", "expected_on", "upn")
    circumstances = ("received_on", "source", "primary_need", "team", "taken_by", "taken_at")
    settled = ("outcome", "settled_by", "settled_at")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        queued = self.record
        return super().get_context_data(
            compared=[(*fact(queued, name), fact(queued.child, name)[1]) for name in self.told],
            circumstances=[fact(queued, name) for name in self.circumstances],
            settled=[fact(queued, name) for name in self.settled] if queued.outcome else [],
            **context,
        )

    def back(self) -> str:
        return f"{reverse('referrals:queuedreferral-list')}?state=open"

    def act(self, form: SettleQueuedForm) -> Done:
        outcome = QueueOutcome(form.cleaned_data["outcome"])
        settle_queued(queued=self.record, outcome=outcome, by=self.request.user)
        return Done(f"{self.record} is settled. {outcome.label}.", self.back())


class SearchLog(SingleTableMixin, FilterView):
    """What was searched for, the latest first. Nothing counts the searches: there may be many."""

    model = Search
    table_class = SearchTable
    filterset_class = SearchLogFilter
    template_name = "referrals/search_list.html"
    table_pagination = {"per_page": 2 * PAGE, "paginator_class": LazyPaginator}

    def get_queryset(self) -> QuerySet:
        return Search.objects.visible_to(self.request.user).select_related("user")
