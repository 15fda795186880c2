"""Pages of requests for an EHC needs assessment."""

from config.tables import day
from config.views import Panel, RecordList, RecordPage, fact

from .filters import RequestFilter
from .models import Request
from .tables import DecisionTable, ExceptionTable, RequestTable


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
    ]

    def heading(self) -> tuple[str, str]:
        return f"EHC request received {day(self.object.received_on)}", str(self.object.child)

    def summary(self) -> list[tuple[str, str]]:
        known = super().summary()
        if plan := getattr(self.object, "plan", None):
            known += [fact(plan, name) for name in ("issued_on", "ceased_on", "cease_reason")]
        return known
