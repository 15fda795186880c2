"""Pages of teams, workers and vacancies."""

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
        Panel("Teams below", TeamTable, "children"),
        Panel("Workers", AssignmentTable, "assignments"),
        Panel("Vacancies", VacancyTable, "vacancies"),
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
