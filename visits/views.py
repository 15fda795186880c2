"""Pages of child protection plans and the visits under them."""

from config.views import Panel, RecordList, RecordPage
from referrals.views import ChildPage

from .filters import ProtectionPlanFilter, VisitFilter
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
        "overlaps",
    )
    panels = [Panel("Visits", VisitTable, "visits")]


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
    panels = []


ChildPage.panels.append(Panel("Child protection plans", ProtectionPlanTable, "protection_plans"))
