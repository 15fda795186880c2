"""Pages of requests for an EHC needs assessment."""

from typing import Any

from django.urls import reverse

from config.navigation import address
from config.tables import day, link
from config.views import CHANGES, Panel, RecordList, RecordPage, fact

from .filters import RequestFilter
from .models import Plan, Request
from .tables import DecisionTable, DraftTable, ExceptionTable, RequestTable


class RequestList(RecordList):
    model = Request
    table_class = RequestTable
    filterset_class = RequestFilter


class RequestPage(RecordPage):
    model = Request
    facts = (
        "child",
        "reference",
        "received_on",
        "sen_type",
        "withdrawn",
        "withdrawn_on",
        "historical",
        "team",
    )
    related = ("plan",)
    panels = [
        Panel("Decisions", DecisionTable, "decisions"),
        Panel("Permitted exceptions", ExceptionTable, "exceptions"),
        Panel("Drafts of the plan", DraftTable, "drafts"),
        CHANGES,
    ]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        log = reverse("referrals:child-log", args=[self.object.child_id])
        return super().get_context_data(log=log, **context)

    def heading(self) -> tuple[str, str]:
        return f"EHC request received {day(self.object.received_on)}", str(self.object.child)

    def summary(self) -> list[tuple[str, str]]:
        known = super().summary()
        if plan := getattr(self.object, "plan", None):
            told = ("issued_on", "late_reason", "ceased_on", "cease_reason")
            known += [fact(plan, name) for name in told]
            known.append(("Plan", link(address(Plan, plan.pk), "Correct it or strike it out")))
        return known
