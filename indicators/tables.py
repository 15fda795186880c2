"""The tables of the cases behind a figure, and of reports to committees."""

import django_tables2 as tables

from config.tables import (
    DayColumn,
    MomentColumn,
    NumberColumn,
    PageColumn,
    RecordTable,
    link,
)

from .listing import Listed
from .models import Publication, Report


class CaseTable(RecordTable):
    """The cases behind a figure, each with the reason why it counts."""

    reference = tables.Column(verbose_name="Case")
    on_day = DayColumn(verbose_name="Day")
    team = tables.Column(verbose_name="Team")
    counted_as = tables.Column(verbose_name="Counted as")
    answer = tables.Column(verbose_name="Counts")
    amount = NumberColumn(verbose_name="Amount")
    reason = tables.Column(
        verbose_name="Why",
        orderable=False,
        attrs={"td": {"class": "govuk-table__cell reckoner-reason"}},
    )

    class Meta(RecordTable.Meta):
        order_by = "-on_day"
        empty_text = "There are no cases."

    def render_reference(self, value: str, record: Listed) -> str:
        return link(record.url and f"{record.url}?how=figure", value)

    def value_reference(self, value: str) -> str:
        return value

    def rows_as_values(self) -> list[list]:
        """Heading and rows for a file, in the order shown."""
        return [list(row) for row in self.as_values()]


class ReportTable(RecordTable):
    """Reports to committees, each leading to the page on which it is written."""

    title = PageColumn()
    meets_on = DayColumn(verbose_name="Meeting")
    as_at = DayColumn(verbose_name="As at")

    class Meta(RecordTable.Meta):
        model = Report
        fields = ("title", "committee", "meets_on", "as_at", "state")
        order_by = "-meets_on"


class PublicationTable(RecordTable):
    """Signed copies of reports, each leading to its files and to its figures as of today."""

    title = PageColumn()
    meets_on = DayColumn(accessor="report__meets_on", verbose_name="Meeting")
    as_at = DayColumn(verbose_name="As at")
    signed_at = MomentColumn(verbose_name="Signed")
    version = tables.Column(verbose_name="Version", empty_values=())

    related = ("report",)

    class Meta(RecordTable.Meta):
        model = Publication
        fields = ("title", "meets_on", "as_at", "signed_at", "version")
        order_by = "-signed_at"

    def render_version(self, value: int | None) -> str:
        return str(value) if value else "Not published"

    def value_version(self, value: int | None) -> int | None:
        return value
