"""Tables of teams, workers, their time in post, and vacancies."""

import django_tables2 as tables
from django.urls import reverse

from config.tables import (
    DayColumn,
    NameColumn,
    NumberColumn,
    PageColumn,
    RecordColumn,
    RecordTable,
    YesNoColumn,
    link,
)

from .models import Assignment, Employment, Team, User, Vacancy, Worker


class TeamTable(RecordTable):
    name = PageColumn()
    parent = RecordColumn(verbose_name="Part of")
    related = ("parent",)

    class Meta(RecordTable.Meta):
        model = Team
        fields = ("name", "kind", "parent", "code")


class AccountTable(RecordTable):
    username = tables.Column()
    name = tables.Column(accessor="get_full_name", order_by=("last_name", "first_name"))
    roles = tables.Column(empty_values=(), orderable=False)
    last_login = tables.DateTimeColumn(verbose_name="Last signed in", format="j F Y")
    is_active = YesNoColumn(verbose_name="In use")

    class Meta(RecordTable.Meta):
        model = User
        fields = ("username", "name", "team", "roles", "last_login", "is_active")

    def render_username(self, value: str, record: User) -> str:
        return link(reverse("workforce:account-detail", args=[record.pk]), value)

    def render_roles(self, record: User) -> str:
        return "; ".join(str(appointment) for appointment in record.held) or "None"


class WorkerTable(RecordTable):
    name = NameColumn(order_by=("last_name", "first_name", "id"))
    registered = YesNoColumn(verbose_name="Qualified social worker")

    class Meta(RecordTable.Meta):
        model = Worker
        fields = ("name", "reference", "registration_number", "registered")


class EmploymentTable(RecordTable):
    started_on = DayColumn()
    left_on = DayColumn()

    class Meta(RecordTable.Meta):
        model = Employment
        fields = (
            "contract",
            "started_on",
            "origin",
            "left_on",
            "reason_for_leaving",
            "destination",
        )


class AssignmentTable(RecordTable):
    worker = RecordColumn(
        accessor="employment__worker",
        order_by=("employment__worker__last_name", "employment__worker__first_name"),
    )
    team = RecordColumn()
    fte = NumberColumn(verbose_name="FTE")
    started_on = DayColumn()
    ended_on = DayColumn()
    related = ("employment__worker", "team")

    class Meta(RecordTable.Meta):
        model = Assignment
        fields = ("worker", "team", "role", "fte", "started_on", "ended_on")


class VacancyTable(RecordTable):
    opened_on = PageColumn()
    team = RecordColumn()
    fte = NumberColumn(verbose_name="FTE")
    filled_on = DayColumn()
    related = ("team",)

    class Meta(RecordTable.Meta):
        model = Vacancy
        fields = ("opened_on", "team", "role", "fte", "filled_on")
        order_by = "-opened_on"
