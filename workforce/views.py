"""Pages of teams, workers and vacancies."""

from config.tables import day
from config.views import Panel, RecordList, RecordPage

from .filters import TeamListFilter, VacancyFilter, WorkerFilter
from .models import Team, Vacancy, Worker
from .tables import AssignmentTable, EmploymentTable, TeamTable, VacancyTable, WorkerTable


class TeamList(RecordList):
    model = Team
    table_class = TeamTable
    filterset_class = TeamListFilter


class TeamPage(RecordPage):
    model = Team
    facts = ("kind", "code", "parent")
    panels = [
        Panel("Teams below", TeamTable, "children", leave_out=("parent",)),
        Panel("Workers", AssignmentTable, "assignments", leave_out=("team",)),
        Panel("Vacancies", VacancyTable, "vacancies", leave_out=("team",)),
    ]


class WorkerList(RecordList):
    model = Worker
    table_class = WorkerTable
    filterset_class = WorkerFilter


class WorkerPage(RecordPage):
    model = Worker
    facts = ("reference", "registration_number", "registered")
    panels = [Panel("Time in post", EmploymentTable, "employments")]


class VacancyList(RecordList):
    model = Vacancy
    table_class = VacancyTable
    filterset_class = VacancyFilter


class VacancyPage(RecordPage):
    model = Vacancy
    facts = ("team", "role", "fte", "opened_on", "filled_on", "reference")
    panels = []

    def heading(self) -> tuple[str, str]:
        return f"Vacancy since {day(self.object.opened_on)}", str(self.object.team)
