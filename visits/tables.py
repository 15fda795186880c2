"""Tables of child protection plans and visits."""

from config.tables import DayColumn, PageColumn, RecordColumn, RecordTable, YesNoColumn

from .models import ProtectionPlan, Visit


class ProtectionPlanTable(RecordTable):
    started_on = PageColumn()
    child = RecordColumn(order_by=("child__last_name", "child__first_name", "child_id"))
    ended_on = DayColumn()
    team = RecordColumn()
    related = ("child", "team")

    class Meta(RecordTable.Meta):
        model = ProtectionPlan
        fields = ("started_on", "child", "initial_category", "latest_category", "ended_on", "team")
        order_by = "-started_on"


class VisitTable(RecordTable):
    visited_on = PageColumn()
    child = RecordColumn(
        accessor="plan__child",
        order_by=("plan__child__last_name", "plan__child__first_name", "plan__child_id"),
    )
    qualifies = YesNoColumn()
    seen_alone = YesNoColumn()
    worker = RecordColumn(order_by=("worker__last_name", "worker__first_name"))
    related = ("plan__child", "worker")

    class Meta(RecordTable.Meta):
        model = Visit
        fields = (
            "visited_on",
            "child",
            "outcome",
            "purpose",
            "place",
            "qualifies",
            "seen_alone",
            "worker",
        )
        order_by = "-visited_on"
