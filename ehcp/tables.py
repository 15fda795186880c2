"""Tables of EHC requests and the decisions on them."""

from config.tables import DayColumn, PageColumn, RecordColumn, RecordTable, YesNoColumn

from .models import Decision, Draft, PermittedException, Request


class RequestTable(RecordTable):
    received_on = PageColumn()
    child = RecordColumn(order_by=("child__last_name", "child__first_name", "child_id"))
    issued_on = DayColumn(accessor="plan__issued_on", verbose_name="Plan issued on")
    withdrawn = YesNoColumn()
    team = RecordColumn()
    related = ("child", "team", "plan")

    class Meta(RecordTable.Meta):
        model = Request
        fields = ("received_on", "child", "sen_type", "issued_on", "withdrawn", "team")
        order_by = "-received_on"


class DecisionTable(RecordTable):
    decided_on = PageColumn()
    agreed = YesNoColumn()
    told_on = DayColumn()

    class Meta(RecordTable.Meta):
        model = Decision
        fields = ("stage", "agreed", "decided_on", "basis", "told_on", "late_reason")
        order_by = "decided_on"


class DraftTable(RecordTable):
    sent_on = PageColumn()

    class Meta(RecordTable.Meta):
        model = Draft
        fields = ("sent_on", "late_reason")
        order_by = "sent_on"


class ExceptionTable(RecordTable):
    ground = PageColumn()
    noted_on = DayColumn()

    class Meta(RecordTable.Meta):
        model = PermittedException
        fields = ("ground", "noted_on")
