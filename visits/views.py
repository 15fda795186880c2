"""Pages of child protection plans and the visits under them."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from config.navigation import address
from config.tables import day
from config.views import CHANGES, Panel, RecordList, RecordPage, Section
from config.workdays import london_day
from referrals.event_views import CaseEvent, OfChildItself
from referrals.views import ChildPage
from workforce.events import Done

from . import due
from .actions import end_plan, record_visits, start_plan
from .case_file import drawings, plans_of
from .drawing import KEY
from .filters import ProtectionPlanFilter, VisitFilter
from .forms import EndPlanForm, RecordVisitForm, StartPlanForm
from .models import ProtectionPlan, Visit
from .siblings import siblings
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
    actions = (("end", "Log the end"), *RecordPage.actions)
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
        CHANGES,
    ]

    def heading(self) -> tuple[str, str]:
        return f"Child protection plan from {day(self.object.started_on)}", str(self.object.child)

    def offered(self) -> list[tuple[str, str]]:
        end = address(ProtectionPlan, self.object.pk, "end") if self.object.is_over else ""
        return [(label, url) for label, url in super().offered() if url != end]


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
        "late_reason",
        "worker",
        "recorded_at",
    )
    related = ("plan__child",)
    panels = [CHANGES]

    def heading(self) -> tuple[str, str]:
        return f"Visit on {day(self.object.visited_on)}", str(self.object.plan.child)


class RecordVisit(CaseEvent):
    """The page on which a visit is recorded: to a child, and to siblings seen with it."""

    model = ProtectionPlan
    form_class = RecordVisitForm
    title = "Record a visit"
    button = "Record the visit"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("child")

    @cached_property
    def siblings(self) -> list[ProtectionPlan]:
        """The plans of the children who may have been seen at the same time."""
        return siblings(self.record, self.request.user, self.today)

    def shown(self) -> list[int]:
        return [self.record.pk, *(plan.pk for plan in self.siblings)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"siblings": self.siblings}

    def told(self) -> list[str]:
        return due.told([self.record, *self.siblings], self.today)

    def act(self, form: RecordVisitForm) -> Done:
        visits = record_visits(**form.told(), by=self.request.user, today=self.today)
        said = f"The visit of {day(visits[0].visited_on)} is recorded"
        if len(visits) > 1:
            said += f" for {len(visits)} children"
        told = due.told([visit.plan for visit in visits], self.today)
        return Done(" ".join([f"{said}.", *told]), address(ProtectionPlan, self.record.pk))


class StartPlan(OfChildItself):
    """The page on which the start of a child protection plan is logged."""

    form_class = StartPlanForm
    title = "A child protection plan started"
    button = "Record the start"

    def told(self) -> list[str]:
        return [
            f"The plan of {day(plan.started_on)} is open. If it has ended, log that first."
            for plan in self.child.protection_plans.filter(ended_on=None)
        ]

    def act(self, form: StartPlanForm) -> Done:
        plan = start_plan(
            child=self.child, **form.cleaned_data, by=self.request.user, today=self.today
        )
        said = f"The child protection plan of {day(plan.started_on)} is recorded."
        return self.done(said, *due.told([plan], self.today))


class EndPlan(CaseEvent):
    """The page on which the end of a child protection plan is logged."""

    model = ProtectionPlan
    form_class = EndPlanForm
    title = "The child protection plan ended"
    button = "Record the end"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("child")

    def told(self) -> list[str]:
        plan = self.record
        category = plan.get_latest_category_display() or plan.get_initial_category_display()
        why = f": {category.lower()}" if category else ""
        return [f"The plan started on {day(plan.started_on)}{why}."]

    def act(self, form: EndPlanForm) -> Done:
        plan = end_plan(
            plan=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        return self.done(f"The child protection plan ended on {day(plan.ended_on)}.")


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
