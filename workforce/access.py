"""Who may see what: an account's reach, and one word asked of every queryset that a page shows.

An account's roles are held for places of the tree, with dates. They are worked out once for each
request, so that whoever was moved or disabled has other rights from the next request on.
"""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q

from config.admission import admits, admits_anyone, admits_signed_in, confirm_visible
from config.history import events_of
from config.workdays import london_day

from .choices import AccountRole
from .rules import out_of_hours

Answer = TypeVar("Answer")

__all__ = [
    "CASEWORK",
    "EVERYONE",
    "WITH_SEND",
    "Dated",
    "Guarded",
    "Reach",
    "admits",
    "admits_anyone",
    "admits_signed_in",
    "confirm_visible",
    "reach_of",
]

CASEWORK = (
    AccountRole.CASEWORKER,
    AccountRole.TEAM_MANAGER,
    AccountRole.SERVICE_MANAGER,
    AccountRole.EMERGENCY_DUTY,
)
WITH_SEND = (*CASEWORK, AccountRole.SEND_OFFICER)
EVERYONE = tuple(AccountRole)


@dataclass(frozen=True)
class Reach:
    """What an account may do at a moment: its roles, each with the places that it is held for.

    A place stands for itself and all below it. ``covered`` are the workers the account stands in
    for. ``roots`` has the authority of every place.
    """

    user_id: int | None = None
    today: datetime.date = datetime.date.min
    worker_id: int | None = None
    covered: frozenset[int] = frozenset()
    out_of_hours: bool = False
    held: Mapping[AccountRole, frozenset[int]] = field(default_factory=dict)
    roots: Mapping[int, int] = field(default_factory=dict)
    _known: dict[tuple, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, rule: Callable[..., Answer], *about: Hashable) -> Answer:
        """What a rule says of the account: worked out once, for what it may do stays the same."""
        asked = rule, *about
        if asked not in self._known:
            self._known[asked] = rule(self, *about)
        return self._known[asked]

    def holds(self, *roles: AccountRole) -> bool:
        """Whether the account has one of the roles, for any place."""
        return not self.held.keys().isdisjoint(roles)

    def places(self, *roles: AccountRole) -> set[int]:
        """The places for which the account has one of the roles, and all below them."""
        return set().union(*(self.held.get(role, ()) for role in roles))

    def authorities(self, *roles: AccountRole) -> set[int]:
        """The authorities within which those places lie."""
        return {self.roots[place] for place in self.places(*roles)}

    @property
    def workers(self) -> set[int]:
        """The workers whose cases are the account's: its own, and those it stands in for."""
        return self.covered | ({self.worker_id} - {None})


def reach_of(user, now: datetime.datetime) -> Reach:
    """What the account may do at a moment; nothing where it is disabled, or is nobody's."""
    today = london_day(now)
    if not user.is_active or user.pk is None:
        return Reach(today=today)
    held, roots, covered, working = {}, {}, set(), True
    for appointment in _appointments(today).filter(user=user):
        role = AccountRole(appointment.role)
        held[role] = held.get(role, frozenset()).union(appointment.below)
        roots |= dict.fromkeys(appointment.below, appointment.place.root_id)
        covered.update(appointment.covered)
        working = appointment.is_working
    return Reach(
        user_id=user.pk,
        today=today,
        worker_id=user.worker_id,
        covered=frozenset(covered),
        out_of_hours=out_of_hours(now, working=working),
        held=held,
        roots=roots,
    )


@lru_cache(maxsize=1)
def _appointments(today: datetime.date) -> models.QuerySet:
    """The roles of a day with their places; the question that each request asks is made once."""
    from .models import Appointment, CalendarDay, Cover, Team

    below = Team.objects.filter(
        Q(pk=OuterRef("place")) | Q(parent=OuterRef("place")) | Q(authority=OuterRef("place"))
    )
    covers = Cover.objects.in_force(today).filter(by=OuterRef("user"))
    return (
        Appointment.objects.in_force(today)
        .select_related("place")
        .annotate(
            below=ArraySubquery(below.values("pk")),
            covered=ArraySubquery(covers.values("worker")),
            is_working=Exists(CalendarDay.objects.filter(day=today, working=True)),
        )
    )


class Guarded(models.QuerySet):
    """Records that are shown to people only through ``visible_to``.

    ``roles`` says whose accounts may see records of this kind at all; ``place`` names the column
    that holds the record's place, of those that the account's roles are held for.
    """

    roles: tuple[AccountRole, ...] = EVERYONE
    place: str | None = None
    whole_authority = False

    @classmethod
    def at(cls, place: str, *roles: AccountRole, whole_authority: bool = False) -> models.Manager:
        """A manager of records that have a place, for those who hold a role for it.

        Where ``whole_authority`` is asked for, a role held anywhere in the authority is enough.
        """
        told = {"roles": roles, "place": place, "whole_authority": whole_authority}
        return type(cls.__name__, (cls,), told).as_manager()

    def visible_to(self, user) -> "Guarded":
        """The records that the account may see."""
        return self.seen_as(user, self.roles)

    def seen_as(self, user, roles: Iterable[AccountRole]) -> "Guarded":
        """The records that the account may see, where some of its roles alone are asked."""
        reach = user.reach if user.is_active else Reach()
        asked = [role for role in self.roles if role in roles]
        if not reach.holds(*asked):
            return self.none()
        if self.place is None:
            return self.all()
        within = reach.authorities(*asked) if self.whole_authority else reach.places(*asked)
        return self.filter(**{f"{self.place}__in": sorted(within)})

    def is_for(self, user) -> bool:
        """Whether the account may see records of this kind at all."""
        return user.is_active and user.reach.holds(*self.roles)

    def outlived(self, key, user) -> bool:
        """Whether the account may read the history of a record that is gone: by its last place."""
        last = events_of(self.model).objects.filter(pgh_obj_id=key).order_by("-pk").first()
        step = self.place and self.model._meta.get_field(self.place.partition("__")[0])
        if last is None or step is None or not self.is_for(user):
            return False
        above = step.related_model.objects.visible_to(user)
        return above.filter(pk=getattr(last, step.attname)).exists()

    def successor(self, key) -> int | None:
        """The key of the record that stands for one which is gone; there is none."""

    def looked_at(self, request, keys: Iterable[int], how: str) -> None:
        """Keeps who looked at the records; nothing is kept of those that are not of a child."""


class Dated(Guarded):
    """What holds from a day on, until the day before another, or without an end."""

    def in_force(self, day: datetime.date) -> "Dated":
        """What holds on that day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
