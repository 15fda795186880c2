"""Pages of children and referrals."""

from typing import Any

from django.urls import reverse

from config.tables import day
from config.views import Panel, RecordList, RecordPage
from workforce.views import WorkerPage

from .filters import ChildFilter, ReferralFilter
from .models import Child, Referral
from .tables import AssessmentTable, ChildTable, InvolvementTable, LookTable, ReferralTable


class ChildList(RecordList):
    model = Child
    table_class = ChildTable
    filterset_class = ChildFilter


class ChildPage(RecordPage):
    model = Child
    facts = (
        "reference",
        "born_on",
        "expected_on",
        "died_on",
        "sex",
        "ethnicity",
        "disabilities",
        "upn",
        "upn_unknown",
    )
    panels = [
        Panel("Referrals", ReferralTable, "referrals", leave_out=("child",)),
        Panel("Who works with the child", InvolvementTable, "involvements", leave_out=("child",)),
        Panel("Who has looked", LookTable, "looks", leave_out=("child",), aside=True),
    ]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        log = reverse("referrals:child-log", args=[self.object.pk])
        return super().get_context_data(log=log, **context)


class ReferralList(RecordList):
    model = Referral
    table_class = ReferralTable
    filterset_class = ReferralFilter


class ReferralPage(RecordPage):
    model = Referral
    facts = (
        "child",
        "reference",
        "received_on",
        "source",
        "primary_need",
        "no_further_action",
        "decided_on",
        "closed_on",
        "closure_reason",
        "team",
    )
    panels = [Panel("Assessments", AssessmentTable, "assessments")]

    def heading(self) -> tuple[str, str]:
        return f"Referral received {day(self.object.received_on)}", str(self.object.child)


WorkerPage.panels.append(Panel("Children", InvolvementTable, "involvements", leave_out=("worker",)))
