"""What a page of figures is asked for, in its address: what kind of period, until when, where."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from workforce.choices import TeamKind
from workforce.models import Team, User

from .base import Indicator
from .figures import Reading
from .periods import Kind, Period

FIRST, LAST = datetime.date(1990, 1, 1), datetime.date(2100, 12, 31)
# How many periods a chart shows, the one asked for included.
SHOWN = {
    Kind.MONTH: 36,
    Kind.QUARTER: 16,
    Kind.FINANCIAL_YEAR: 8,
    Kind.CALENDAR_YEAR: 8,
    Kind.YEAR_TO_DATE: 6,
    Kind.ROLLING_12: 36,
}


class Places:
    """The teams that there are, as trees: authority › service › team."""

    def __init__(self, teams) -> None:
        self.teams = {team.pk: team for team in teams}
        self._below = defaultdict(list)
        for team in self.teams.values():
            self._below[team.parent_id].append(team)

    def authorities(self) -> list[Team]:
        """The roots of the trees."""
        return [team for team in self._below[None] if team.kind == TeamKind.AUTHORITY]

    def under(self, place: Team) -> Iterator[tuple[int, Team]]:
        """Every place below a place, each with how far below, a service before its teams."""
        for team in self._below[place.pk]:
            yield 1, team
            for depth, lower in self.under(team):
                yield depth + 1, lower

    def above(self, place: Team) -> list[Team]:
        """The places above a place, the authority first."""
        found = []
        while place.parent_id:
            place = self.teams[place.parent_id]
            found.insert(0, place)
        return found


@dataclass(frozen=True)
class Selection:
    """The period and the place that a page is about, as at a day, which may be a past one."""

    kind: Kind
    ending: datetime.date | None
    place: Team
    places: Places
    as_at: datetime.date
    looks_back: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Selection":
        """What the address says; else this month, at the account's own place."""
        asked = request.GET
        return cls.chosen(
            request.user,
            kind=asked.get("period") or Kind.MONTH,
            ending=asked.get("ending", ""),
            place=asked.get("team", ""),
            as_at=asked.get("as_at", ""),
        )

    @classmethod
    def chosen(
        cls, user: User, *, kind: str, ending: str, place: str, as_at: str = ""
    ) -> "Selection":
        """What an address writes: a kind of period, its last day, a place by its key, and a day.

        Raises ``Http404`` for what cannot be, and for authorities that the account does not work
        for.
        """
        places = Places(Team.objects.visible_to(user))
        own = places.teams.get(user.team_id, places.authorities()[0])
        today = london_day(timezone.now())
        try:
            found = places.teams[int(place)] if place else own
            last = datetime.date.fromisoformat(ending) if ending else None
            day = datetime.date.fromisoformat(as_at) if as_at else today
            period = Kind(kind)
        except (KeyError, ValueError) as error:
            raise Http404(str(error)) from error
        if not FIRST <= day <= today or (last and not FIRST <= last <= LAST):
            raise Http404("No figures are kept for that day.")
        return cls(period, last, found, places, day, looks_back=day < today)

    @cached_property
    def authority(self) -> Team:
        """The root of the tree that the place is in."""
        return self.places.teams[self.place.root_id]

    @property
    def team(self) -> Team | None:
        """The place as the engine is asked for it: none where it is the whole authority."""
        return None if self.place == self.authority else self.place

    @property
    def line(self) -> list[Team]:
        """The place with those above it: the authority first, and the place itself last."""
        return [*self.places.above(self.place), self.place]

    @cached_property
    def reading(self) -> Reading:
        """What the figures of the page are read with."""
        return Reading(as_at=self.as_at, authority=self.authority, teams=self.places.teams.values())

    def period(self, indicator: Indicator | None = None) -> Period:
        """The period, for an indicator whose year may begin in January."""
        starts = {"year_starts": indicator.year_starts} if indicator else {}
        if self.ending:
            return Period.ending(self.kind, self.ending, **starts)
        return Period.containing(self.kind, self.as_at, **starts)

    def series(self, indicator: Indicator, count: int | None = None) -> list[Period]:
        """The periods of a chart, the one asked for last. Years to date are those of each year."""
        period = self.period(indicator)
        count = min(count or SHOWN[self.kind], SHOWN[self.kind])
        if self.kind is not Kind.YEAR_TO_DATE:
            return list(period.back(count))
        found = [period]
        while len(found) < count:
            found.insert(0, found[0].year_earlier())
        return found

    def address(self, **changes: Any) -> str:
        """The query of an address for this selection, or one that differs from it."""
        kind, place, ending = (
            changes.get(part, getattr(self, part)) for part in ("kind", "place", "ending")
        )
        days = {"ending": ending, "as_at": self.looks_back and self.as_at}
        return f"period={kind}&team={place.pk}" + "".join(
            f"&{name}={day}" for name, day in days.items() if day
        )

    def today(self) -> str:
        """The query of the same page as it is today."""
        return replace(self, looks_back=False).address()

    def earlier(self) -> str:
        """The query of the period before."""
        return self.address(ending=self.period().earlier().end)

    def later(self) -> str:
        """The query of the period after; empty where it has not begun."""
        period = self.period()
        following = period.end + ONE_DAY
        if following > self.as_at:
            return ""
        later = Period.containing(self.kind, following)
        return self.address(ending=None if later.end > self.as_at else later.end)

    def kinds(self, *also: Kind) -> list[dict]:
        """The kinds of period to choose from, each with its query, and which is chosen."""
        usual = [Kind.MONTH, Kind.QUARTER, Kind.YEAR_TO_DATE, Kind.ROLLING_12]
        return [
            {
                "label": kind.label,
                "query": self.address(kind=kind),
                "chosen": kind is self.kind,
            }
            for kind in [*usual, *also]
        ]
