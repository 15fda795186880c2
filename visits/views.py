"""Pages of child protection plans and the visits under them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import FormView

from config.navigation import address
from config.tables import day
from config.views import OnRecord, Panel, RecordList, RecordPage
from config.workdays import london_day
from referrals.views import ChildPage
from workforce.sessions import OffersKept

from .actions import record_visit
from .filters import ProtectionPlanFilter, VisitFilter
from .forms import RecordVisitForm
from .models import ProtectionPlan, Visit
from .tables import ProtectionPlanTable, VisitTable


class ProtectionPlanList(RecordList):
    model = ProtectionPlan
    table_class = ProtectionPlanTable
    filterset_class = ProtectionPlanFilter


class ProtectionPlanPage(RecordPage):
    model = ProtectionPlan
    facts = (
        "child",
        "reference",
        "started_on",
        "ended_on",
        "initial_category",
        "latest_category",
        "visit_interval",
        "team",
    )
    panels = [
        Panel(
            "Visits",
            VisitTable,
            "visits",
            leave_out=("child",),
            add=("visits:record-visit", "Record a visit"),
        )
    ]

    def heading(self) -> tuple[str, str]:
        return f"Child protection plan from {day(self.object.started_on)}", str(self.object.child)


class VisitList(RecordList):
    model = Visit
    table_class = VisitTable
    filterset_class = VisitFilter


class VisitPage(RecordPage):
    model = Visit
    facts = (
        "plan",
        "visited_on",
        "outcome",
        "purpose",
        "place",
        "seen_alone",
        "qualifies",
        "worker",
        "recorded_at",
    )
    related = ("plan__child",)
    panels = []

    def heading(self) -> tuple[str, str]:
        return f"Visit on {day(self.object.visited_on)}", str(self.object.plan.child)


class RecordVisit(OnRecord, OffersKept, FormView):
    """The form on which a visit under a plan is recorded."""

    model = ProtectionPlan
    form_class = RecordVisitForm
    template_name = "visits/record_visit.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("child")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "plan": self.record,
            "user": self.request.user,
            "today": london_day(timezone.now()),
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(plan=self.record, **context)

    def form_valid(self, form: RecordVisitForm) -> HttpResponse:
        try:
            visit = record_visit(
                plan=self.record, **form.cleaned_data, by=self.request.user, today=form.today
            )
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        messages.success(self.request, f"The visit of {day(visit.visited_on)} is recorded.")
        return redirect(address(ProtectionPlan, self.record.pk))


ChildPage.panels.append(
    Panel("Child protection plans", ProtectionPlanTable, "protection_plans", leave_out=("child",))
)
