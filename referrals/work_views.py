"""What falls due and who has it: one's own work, and that of a team, for its managers."""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from config.views import how_looked
from config.workdays import london_day
from workforce import actions as staff
from workforce.choices import TeamKind
from workforce.events import Done, Logging
from workforce.models import Cover, Team
from workforce.work import LATE, MANAGE, Case, Clock, Desk, Kind, clocks, workers_of

from .actions import reassign
from .choices import How
from .looks import record_looks
from .models import Child
from .refusals import note_named
from .work import desk_of, desk_of_team, ungiven
from .work_forms import CoverForm, ReassignForm


class Work(TemplateView):
    """A list of what falls due. Printed, it is kept in the log of looks of each child on it."""

    @property
    def today(self) -> datetime.date:
        """The day it is in London."""
        return london_day(timezone.now())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            printed=how_looked(self.request) == How.PRINT, today=self.today, **context
        )

    def looked_at(self, children: Iterable[int]) -> None:
        """Keeps who prints the names of children, before they are shown."""
        if how_looked(self.request) == How.PRINT:
            record_looks(
                user=self.request.user,
                children=children,
                how=How.PRINT,
                page=self.request.path,
            )


class MyWork(Work):
    """Everything with a clock that the account's worker holds, or one that it stands in for."""

    template_name = "referrals/my_work.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = self.request.user
        desk = desk_of(user, user.reach.workers, self.today)
        due = clocks(desk)
        asked = self.request.GET.get("kind", "")
        chosen = asked if asked in Kind else ""
        shown = [clock for clock in due if chosen in ("", clock.kind)]
        self.looked_at(clock.case.child for clock in shown)
        covers = Cover.objects.in_force(self.today).filter(by=user).select_related("worker")
        return super().get_context_data(
            clocks=shown,
            kinds=[
                {"value": kind, "label": label, "count": count, "chosen": kind == chosen}
                for kind, label in (("", "Everything"), *Kind.choices)
                if (count := _count(due, kind)) or kind == chosen
            ],
            chosen=chosen,
            overdue=sum(clock.overdue for clock in shown),
            cases=len({case.child for case in desk.cases}),
            covers=covers,
            own=user.reach.worker_id,
            manages=user.reach.holds(*MANAGE),
            **context,
        )


def _count(due: list[Clock], kind: str) -> int:
    return sum(kind in ("", clock.kind) for clock in due)


class TeamChoice(TemplateView):
    """The teams that the account manages; straight to the one where it is only one."""

    template_name = "referrals/team_choice.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        teams = managed(request.user)
        if len(teams) == 1:
            return redirect("referrals:team-desk", teams[0].pk)
        return self.render_to_response(self.get_context_data(teams=teams))


def managed(user) -> list[Team]:
    """The teams of the places that the account manages."""
    found = Team.objects.filter(pk__in=user.reach.places(*MANAGE), kind=TeamKind.TEAM)
    return list(found.select_related("parent").order_by("parent__name", "name"))


class OfTeam:
    """A page about a team that the account manages."""

    @cached_property
    def team(self) -> Team:
        """The team that the address names."""
        within = Team.objects.filter(pk__in=self.request.user.reach.places(*MANAGE))
        return get_object_or_404(within, pk=self.kwargs["pk"])

    @cached_property
    def desk(self) -> Desk:
        """The team's cases, and what was given to nobody."""
        return desk_of_team(self.request.user, self.team, london_day(timezone.now()))

    @cached_property
    def cases(self) -> dict[str, Case]:
        """Every case of the team by its key, with those that were given to nobody."""
        return {case.key: case for case in (*ungiven(self.desk), *self.desk.cases)} | {
            clock.case.key: clock.case for clock in self.clocks
        }

    @cached_property
    def clocks(self) -> list[Clock]:
        """All that falls due in the team."""
        return clocks(self.desk)

    def back(self) -> str:
        """The team's page."""
        return reverse("referrals:team-desk", args=[self.team.pk])


class TeamWork(OfTeam, Work):
    """A team's cases and what falls due in them, by worker; those given to nobody come first."""

    template_name = "referrals/team_work.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        self.looked_at(case.child for case in self.cases.values())
        covers = Cover.objects.visible_to(self.request.user).filter(until__gt=self.today)
        here = workers_of([self.team.pk], self.today)
        return super().get_context_data(
            team=self.team,
            groups=self.groups(),
            late=[why for each in LATE if (why := each(self.team, self.today)).counts],
            covers=covers.filter(worker__in=here).select_related("worker", "by").order_by("since"),
            several=len(managed(self.request.user)) > 1,
            **context,
        )

    def groups(self) -> list[dict[str, Any]]:
        """The cases by worker with what falls due in each; first those given to nobody."""
        due: dict[str, list[Clock]] = {}
        for clock in self.clocks:
            due.setdefault(clock.case.key, []).append(clock)
        found: dict[int | None, dict[str, Any]] = {}
        for key, case in self.cases.items():
            group = found.setdefault(
                case.worker and case.worker.pk,
                {"worker": case.worker, "cases": [], "overdue": 0},
            )
            mine = due.get(key, [])
            group["cases"].append((case, mine))
            group["overdue"] += sum(clock.overdue for clock in mine)
        for group in found.values():
            group["cases"].sort(key=lambda each: _first_due(each[1]))
        return sorted(found.values(), key=lambda group: (bool(group["worker"]), -group["overdue"]))


def _first_due(due: list[Clock]) -> datetime.date:
    return due[0].due_on if due else datetime.date.max


class Reassign(OfTeam, Logging):
    """The page on which cases of a team are given to a worker."""

    form_class = ReassignForm
    title = "Give cases to a worker"
    button = "Give the cases"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        keys = [*request.GET.getlist("case"), *request.POST.getlist("cases")]
        children = (key.rpartition("-")[2] for key in keys)
        note_named(request, children, Child.objects.visible_to(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.asked():
            messages.error(request, "Tick the children first, then give them to a worker.")
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def asked(self) -> dict[str, Case]:
        """The cases that were ticked, of those that the team has."""
        keys = self.request.GET.getlist("case")
        held = {case.key: case for case in self.desk.cases}
        known = held if held.keys() >= set(keys) else self.cases
        return {key: known[key] for key in keys if key in known}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cases": self.asked()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(about=str(self.team), back=self.back(), **context)

    def act(self, form: ReassignForm) -> Done:
        to = form.cleaned_data["to"]
        given = reassign(cases=form.chosen(), to=to, by=self.request.user, today=self.today)
        count = len(given)
        children = "1 child is" if count == 1 else f"{count} children are"
        return Done(f"{children} with {to} from today.", self.back())


class AddCover(OfTeam, Logging):
    """The page on which a manager says who stands in for an absent worker, and for how long."""

    form_class = CoverForm
    title = "Cover for an absence"
    button = "Save the cover"

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = self.request.GET.get("worker", "")
        initial = {"worker": asked} if asked.isdecimal() else {}
        return super().get_form_kwargs() | {"team": self.team, "initial": initial}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(about=str(self.team), back=self.back(), **context)

    def act(self, form: CoverForm) -> Done:
        cover = staff.cover_absence(**form.told(), by=self.request.user)
        return Done(
            f"{cover.by.get_full_name() or cover.by} covers for {cover.worker}.", self.back()
        )


class EndCover(OfTeam, View):
    """Ending a cover before its last day."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shown = Cover.objects.visible_to(request.user)
        cover = get_object_or_404(shown.select_related("worker"), pk=self.kwargs["cover"])
        try:
            staff.end_cover(cover=cover, today=london_day(timezone.now()), by=request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, f"Nobody covers for {cover.worker} any more.")
        return redirect(self.back())
