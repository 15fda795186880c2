"""Pages on which events about workers and posts are logged, one for each."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from config.navigation import LOG, address
from config.tables import day

from . import staffing
from .event_forms import (
    ChangePostForm,
    FillVacancyForm,
    LeaveForm,
    OpenVacancyForm,
    StartForm,
    StartWorkerForm,
)
from .events import Done, LogEvent, Logging
from .models import Assignment, Employment, Vacancy, Worker
from .staffing import KEEPS_STAFF
from .work import OPEN_CASES

PERSON = ("first_name", "last_name", "registered", "registration_number", "reference")


class StaffEvent(Logging):
    """A page on which an event about staff is logged that is about nobody on record yet."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(back=reverse(LOG), **context)


class StartWorker(StaffEvent):
    """The page on which it is logged that somebody new starts."""

    form_class = StartWorkerForm
    title = "A worker starts who is new to us"
    button = "Record the start"

    def act(self, form: StartWorkerForm) -> Done:
        post = dict(form.cleaned_data)
        person = {name: post.pop(name) for name in PERSON}
        worker = Worker(authority_id=post["team"].root_id, **person)
        return started(staffing.start(worker=worker, **post, by=self.request.user), self.today)


class StartAgain(LogEvent):
    """The page on which it is logged that somebody starts who is known from before."""

    model = Worker
    form_class = StartForm
    title = "A worker starts who was here before"
    button = "Record the start"

    def act(self, form: StartForm) -> Done:
        employment = staffing.start(worker=self.record, **form.cleaned_data, by=self.request.user)
        return started(employment, self.today)


class OfEmployment(LogEvent):
    """A page on which an event of a worker's time in post is logged."""

    model = Employment

    def get_queryset(self) -> QuerySet:
        mine = Employment.objects.seen_as(self.request.user, (KEEPS_STAFF,))
        return mine.select_related("worker")

    def about(self) -> str:
        return str(self.record.worker)

    def back(self) -> str:
        return address(Worker, self.record.worker_id)


class ChangePost(OfEmployment):
    """The page on which a change of team, role or hours is logged."""

    form_class = ChangePostForm
    title = "Another team, role or hours"
    button = "Record the change"

    def act(self, form: ChangePostForm) -> Done:
        changed = staffing.change_post(
            employment=self.record, **form.cleaned_data, by=self.request.user
        )
        said = f"From {day(changed.started_on)}: {told(changed)}."
        moved = "team" in form.changed_data
        return Done(f"{said} {self.still_held()}" if moved else said, self.back())

    def still_held(self) -> str:
        """What becomes of the cases of somebody who moves to another team."""
        worker = self.record.worker
        count = sum(of(worker, self.today) for of in OPEN_CASES)
        if not count:
            return "They hold no cases."
        cases = "Their case stays" if count == 1 else f"Their {count} cases stay"
        return f"{cases} with the team before until its manager gives them on, on Team work."


class Leave(OfEmployment):
    """The page on which it is logged that a worker leaves."""

    form_class = LeaveForm
    title = "A worker leaves"
    button = "Record the leaving"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        held = staffing.still_held(self.record.worker, self.today)
        return super().get_context_data(told=[held] if held else [], **context)

    def act(self, form: LeaveForm) -> Done:
        employment = staffing.leave(
            employment=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        verb = "leaves" if employment.left_on > self.today else "left"
        return Done(
            f"{employment.worker} {verb} on {day(employment.left_on)}, and can sign in until the"
            " day before. If the post is to be filled, log that a vacancy opened.",
            self.back(),
        )


class OpenVacancy(StaffEvent):
    """The page on which a vacancy is logged."""

    form_class = OpenVacancyForm
    title = "A vacancy opened"
    button = "Record the vacancy"

    def act(self, form: OpenVacancyForm) -> Done:
        vacancy = staffing.open_vacancy(**form.cleaned_data, by=self.request.user)
        said = f"{vacancy.fte.normalize():f} FTE in {vacancy.team} stand empty"
        return Done(
            f"{said} since {day(vacancy.opened_on)}. When somebody starts, log that it is filled.",
            address(Vacancy, vacancy.pk),
        )


class FillVacancy(LogEvent):
    """The page on which it is logged that a vacancy was filled."""

    model = Vacancy
    form_class = FillVacancyForm
    title = "A vacancy was filled"
    button = "Record it as filled"

    def get_queryset(self) -> QuerySet:
        mine = Vacancy.objects.seen_as(self.request.user, (KEEPS_STAFF,))
        return mine.select_related("team")

    def act(self, form: FillVacancyForm) -> Done:
        vacancy = staffing.fill_vacancy(
            vacancy=self.record, **form.cleaned_data, by=self.request.user
        )
        return Done(
            f"The vacancy was filled on {day(vacancy.filled_on)}."
            " If it was by somebody new, log that the worker started.",
            self.back(),
        )


def told(assignment: Assignment) -> str:
    """A team, a role and hours in words."""
    role = assignment.get_role_display()
    hours = f"{assignment.fte.normalize():f} FTE in {assignment.team}"
    return f"{hours}, {role.lower()}" if role else hours


def started(employment: Employment, today: datetime.date) -> Done:
    """The answer to a start: who is where, and how they come to sign in."""
    worker = employment.worker
    verb = "starts" if employment.started_on > today else "started"
    said = f"{worker} {verb} on {day(employment.started_on)}: {told(employment.assignments.get())}."
    if not hasattr(worker, "account"):
        said += " An administrator invites them to sign in, under Accounts."
    return Done(said, address(Worker, worker.pk))
