"""Tables of children, referrals, assessments and involvements."""

from config.tables import DayColumn, PageColumn, RecordColumn, RecordTable, YesNoColumn

from .models import Assessment, Child, Involvement, QueuedReferral, Referral


class ChildTable(RecordTable):
    reference = PageColumn()
    name = PageColumn(accessor="__str__", order_by=("last_name", "first_name", "id"))
    born_on = DayColumn()

    class Meta(RecordTable.Meta):
        model = Child
        fields = ("reference", "name", "born_on", "sex")


class ReferralTable(RecordTable):
    received_on = PageColumn()
    child = RecordColumn(order_by=("child__last_name", "child__first_name", "child_id"))
    no_further_action = YesNoColumn()
    decided_on = DayColumn()
    closed_on = DayColumn()
    team = RecordColumn()
    related = ("child", "team")

    class Meta(RecordTable.Meta):
        model = Referral
        fields = (
            "received_on",
            "child",
            "source",
            "primary_need",
            "no_further_action",
            "decided_on",
            "closed_on",
            "team",
        )
        order_by = "-received_on"


class AssessmentTable(RecordTable):
    started_on = DayColumn()
    completed_on = DayColumn()

    class Meta(RecordTable.Meta):
        model = Assessment
        fields = ("started_on", "completed_on", "reference")


class InvolvementTable(RecordTable):
    child = RecordColumn(order_by=("child__last_name", "child__first_name", "child_id"))
    worker = RecordColumn(order_by=("worker__last_name", "worker__first_name"))
    team = RecordColumn()
    started_on = DayColumn()
    ended_on = DayColumn()
    related = ("child", "worker", "team")

    class Meta(RecordTable.Meta):
        model = Involvement
        fields = ("child", "part", "worker", "team", "started_on", "ended_on")
        order_by = "-started_on"


class QueuedReferralTable(RecordTable):
    received_on = PageColumn()
    child = RecordColumn(verbose_name="May be", order_by=("child__last_name", "child__first_name"))
    team = RecordColumn()
    taken_by = RecordColumn()
    related = ("child", "team", "taken_by")

    class Meta(RecordTable.Meta):
        model = QueuedReferral
        fields = ("received_on", "child", "source", "team", "taken_by", "outcome")
        order_by = "-received_on"
