"""Pages on which emergency access is taken, ended and reviewed."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import FormView, ListView

from config.navigation import address
from config.views import PAGE
from config.workdays import london_day
from workforce.access import WITH_SEND
from workforce.sessions import OffersKept

from . import emergency
from .choices import How
from .emergency_forms import EmergencyAccessForm, ReviewForm
from .looks import record_looks
from .models import Child, EmergencyAccess
from .models.emergency import MANAGERS, REVIEWERS
from .rules import age_in_words
from .search import findable_by

WATCHERS = tuple(dict.fromkeys((*MANAGERS, *REVIEWERS)))
PARTIES = tuple(dict.fromkeys((*WITH_SEND, *WATCHERS)))


class TakeEmergencyAccess(OffersKept, FormView):
    """The form on which an account says why it must open a child's records, and signs in again.

    It names the child as the search does, and no more. There is no such page for a child whose
    records do not exist, are restricted, or are those of someone the account is related to.
    """

    model = Child
    form_class = EmergencyAccessForm
    template_name = "referrals/emergency_access.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if Child.objects.visible_to(request.user).filter(pk=kwargs["pk"]).exists():
            return redirect(address(Child, kwargs["pk"]))
        record_looks(user=request.user, children=[self.child.pk], how=How.SEARCH, page=request.path)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def child(self) -> Child:
        """The child whose records are asked for."""
        return get_object_or_404(findable_by(self.request.user), pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        born_on, expected_on = self.child.born_on, self.child.expected_on
        age = age_in_words(born_on, expected_on, london_day(timezone.now()))
        return super().get_context_data(child=self.child, age=age, **context)

    def form_valid(self, form: EmergencyAccessForm) -> HttpResponse:
        try:
            emergency.take(
                child=self.child,
                by=self.request.user,
                reason_class=form.cleaned_data["reason_class"],
                reason=form.cleaned_data["reason"],
                page=self.request.path,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        return redirect(f"{address(Child, self.child.pk)}?how={How.EMERGENCY}")


class EmergencyAccessList(ListView):
    """Emergency accesses, the latest first: those to be reviewed, or all of them."""

    template_name = "referrals/emergency_access_list.html"
    context_object_name = "accesses"
    paginate_by = PAGE

    @property
    def everything(self) -> bool:
        """Whether all accesses are shown, and not only those that wait."""
        return "all" in self.request.GET or not self.request.user.reach.holds(*REVIEWERS)

    def get_queryset(self) -> QuerySet:
        user, objects = self.request.user, EmergencyAccess.objects
        shown = objects.visible_to(user) if self.everything else objects.to_be_reviewed_by(user)
        return shown.select_related("child", "user", "ended_by", "reviewed_by")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        overdue_before = timezone.now() - emergency.REVIEWED_WITHIN
        return super().get_context_data(overdue_before=overdue_before, **context)


class EmergencyAccessPage(OffersKept, FormView):
    """One emergency access, with the form on which it is reviewed."""

    form_class = ReviewForm
    template_name = "referrals/emergency_access_detail.html"

    @cached_property
    def access(self) -> EmergencyAccess:
        """The emergency access that the address names."""
        shown = EmergencyAccess.objects.visible_to(self.request.user)
        return get_object_or_404(
            shown.select_related("child", "user", "ended_by", "reviewed_by"), pk=self.kwargs["pk"]
        )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user, this = self.request.user, EmergencyAccess.objects.filter(pk=self.access.pk)
        return super().get_context_data(
            access=self.access,
            in_force=this.in_force().exists(),
            may_end=may_end(user, self.access),
            may_review=this.to_be_reviewed_by(user).exists(),
            opens=Child.objects.visible_to(user).filter(pk=self.access.child_id).exists(),
            **context,
        )

    def form_valid(self, form: ReviewForm) -> HttpResponse:
        try:
            emergency.review(
                access=self.access, by=self.request.user, note=form.cleaned_data["note"]
            )
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        messages.success(self.request, "Your review is recorded.")
        return redirect("referrals:emergency-access-list")


def may_end(user, access: EmergencyAccess) -> bool:
    """Whether the account may end the access: its own, or one that it watches over."""
    return user.pk == access.user_id or user.reach.holds(*WATCHERS)


class EndEmergencyAccess(View):
    """Ends an emergency access at once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        access = get_object_or_404(
            EmergencyAccess.objects.visible_to(request.user).select_related("child", "user"), pk=pk
        )
        if not may_end(request.user, access):
            raise PermissionDenied
        if emergency.end(access=access, by=request.user):
            messages.success(request, "The emergency access has ended.")
        return redirect(reverse("referrals:emergency-access-detail", args=[pk]))
