"""Pages of child protection plans and the visits under them."""

from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from config.navigation import address
from config.tables import day
from config.views import Panel, RecordList, RecordPage, Section
from config.workdays import london_day
from referrals.views import ChildPage
from workforce.events import Done, LogEvent

from .actions import record_visit
from .case_file import drawings, plans_of
from .drawing import KEY
from .filters import ProtectionPlanFilter, VisitFilter
from .forms import RecordVisitForm
from .models import ProtectionPlan, Visit
from .tables import ProtectionPlanTable, VisitTable


class ProtectionPlanList(RecordList):
    model = ProtectionPlan
    table_class = ProtectionPlanTable
    filterset_class = ProtectionPlanFilter


def drawn(page: RecordPage) -> dict[str, Any]:
    """The plan of a page, drawn."""
    plan = page.object
    prefetch_related_objects([plan], "visits__worker")
    return {"drawings": drawings([plan], london_day(timezone.now())), "key": KEY}


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
        Section(
            "Visits against the days due", "visits/_plans.html", drawn, style="visits/plan.css"
        ),
        Panel(
            "Visits",
            VisitTable,
            "visits",
            leave_out=("child",),
            add=("visits:record-visit", "Record a visit"),
        ),
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


class RecordVisit(LogEvent):
    """The page on which a visit under a plan is recorded."""

    model = ProtectionPlan
    form_class = RecordVisitForm
    title = "Record a visit"
    button = "Record the visit"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("child")

    def about(self) -> str:
        return str(self.record.child)

    def act(self, form: RecordVisitForm) -> Done:
        visit = record_visit(
            plan=self.record, **form.cleaned_data, by=self.request.user, today=form.today
        )
        return Done(
            f"The visit of {day(visit.visited_on)} is recorded.",
            address(ProtectionPlan, self.record.pk),
        )


def plans_of_child(page: ChildPage) -> dict[str, Any] | None:
    """The child's plans, each drawn, the latest first."""
    if plans := plans_of(page.file)[::-1]:
        return {"drawings": drawings(plans, page.file.today), "key": KEY, "linked": True}
    return None


ChildPage.panels.append(
    Section(
        "Child protection visits", "visits/_plans.html", plans_of_child, style="visits/plan.css"
    )
)
