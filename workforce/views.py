"""Pages of teams, workers and vacancies."""

from collections.abc import Iterable

from config.tables import day
from config.views import Panel, RecordList, RecordPage

from .events import Offer
from .filters import TeamListFilter, VacancyFilter, WorkerFilter
from .models import Team, Vacancy, Worker
from .staff_events import of_vacancy, of_worker
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


class StaffPage(RecordPage):
    """The page of a record about staff, with the events that can be logged about it now."""

    def offered(self) -> list[tuple[str, str]]:
        return [*super().offered(), *((event.label, event.url) for event in self.events())]

    def events(self) -> Iterable[Offer]:
        """What the account can log about the record now."""
        raise NotImplementedError


class WorkerPage(StaffPage):
    model = Worker
    facts = ("reference", "registration_number", "registered")
    panels = [
        Panel("Time in post", EmploymentTable, "employments"),
        Panel("Teams and hours", AssignmentTable, "posts", leave_out=("worker",)),
    ]

    def events(self) -> Iterable[Offer]:
        return of_worker(self.object, self.request.user)


class VacancyList(RecordList):
    model = Vacancy
    table_class = VacancyTable
    filterset_class = VacancyFilter


class VacancyPage(StaffPage):
    model = Vacancy
    facts = ("team", "role", "fte", "opened_on", "filled_on", "reference")
    panels = []

    def events(self) -> Iterable[Offer]:
        return of_vacancy(self.object, self.request.user)

    def heading(self) -> tuple[str, str]:
        return f"Vacancy since {day(self.object.opened_on)}", str(self.object.team)
