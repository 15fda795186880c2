"""Tables of children, referrals, assessments and involvements."""

import django_tables2 as tables

from config.tables import (
    DayColumn,
    MomentColumn,
    NameColumn,
    PageColumn,
    RecordColumn,
    RecordTable,
    YesNoColumn,
)
from workforce.models import User

from .models import (
    Assessment,
    Child,
    Correction,
    Involvement,
    Look,
    QueuedReferral,
    Referral,
    Search,
    StruckOut,
)


class ChildTable(RecordTable):
    reference = PageColumn()
    name = NameColumn(order_by=("last_name", "first_name", "id"))
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
    started_on = PageColumn()
    completed_on = DayColumn()

    class Meta(RecordTable.Meta):
        model = Assessment
        fields = ("started_on", "completed_on", "reference")


class InvolvementTable(RecordTable):
    child = RecordColumn(order_by=("child__last_name", "child__first_name", "child_id"))
    worker = RecordColumn(order_by=("worker__last_name", "worker__first_name"))
    team = RecordColumn()
    started_on = PageColumn()
    ended_on = DayColumn()
    related = ("child", "worker", "team")

    class Meta(RecordTable.Meta):
        model = Involvement
        fields = ("child", "part", "worker", "team", "started_on", "ended_on")
        order_by = "-started_on"


class LookTable(RecordTable):
    """Who looked, when, how and where; whose record it was, by ``references`` alone."""

    at = MomentColumn(verbose_name="When")
    user = tables.Column(verbose_name="Account")
    child = tables.Column(verbose_name="Case", accessor="child_id")
    how = tables.Column(verbose_name="How")
    page = tables.Column(verbose_name="Page")
    references: dict[int, str] = {}
    related = ("user",)

    class Meta(RecordTable.Meta):
        model = Look
        fields = ("at", "user", "child", "how", "page")
        orderable = False
        empty_text = "Nobody looked."

    def render_user(self, value: User) -> str:
        return called(value)

    def render_child(self, value: int) -> str:
        return self.references.get(value, "Of another authority")


def called(account: User) -> str:
    """An account as an auditor reads it: the name, and what it signs in with."""
    name = account.get_full_name()
    return f"{name} ({account.username})" if name else account.username


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


class CorrectionTable(RecordTable):
    """Corrections that were proposed, and what became of them."""

    name = NameColumn(verbose_name="Correction", orderable=False)
    child = RecordColumn(order_by=("child__last_name", "child__first_name", "child_id"))
    proposed_by = tables.Column()
    proposed_at = MomentColumn()
    settled_by = tables.Column()
    related = ("child", "proposed_by", "settled_by")

    class Meta(RecordTable.Meta):
        model = Correction
        fields = ("name", "child", "proposed_by", "proposed_at", "outcome", "settled_by")
        order_by = "-proposed_at"
        empty_text = "No corrections are proposed."


class StruckOutTable(RecordTable):
    """What was struck out, why and by whom."""

    called = tables.Column(verbose_name="Kind of record", orderable=False)
    what = PageColumn()
    child = RecordColumn(order_by=("child__last_name", "child__first_name", "child_id"))
    struck_by = tables.Column()
    struck_at = MomentColumn()
    put_back_at = MomentColumn()
    related = ("child", "struck_by")

    class Meta(RecordTable.Meta):
        model = StruckOut
        fields = ("called", "what", "child", "reason", "struck_by", "struck_at", "put_back_at")
        order_by = "-struck_at"
        empty_text = "Nothing is struck out."


class SearchTable(RecordTable):
    """Who searched, when, and what was typed."""

    at = MomentColumn()
    user = tables.Column()
    typed = tables.Column()
    related = ("user",)

    class Meta(RecordTable.Meta):
        model = Search
        fields = ("at", "user", "typed")
        orderable = False
        empty_text = "Nobody searched."

    def render_user(self, value: User) -> str:
        return called(value)
