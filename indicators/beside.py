"""What stands beside an authority's figures: its targets, and what is published of other areas.

A page asks for it once, in one query, for all that it shows.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import BigIntegerField, DateField, Value

from config.tables import day
from workforce.models import Team

from .base import Better, Indicator
from .choices import AreaKind, TargetKind
from .figures import Figure, half_up
from .models import Area, Comparator, ComparedWith, Promise, Target
from .periods import APRIL, JANUARY, Kind, Period, months_later
from .published import BY_INDICATOR

ORDER = list(AreaKind)


def shortfall(wanted: Decimal, figure: Figure) -> Decimal | None:
    """By how much a figure, as it is shown, falls short of a value; below 0 where it passes it.

    Nothing where there are no cases, or neither direction is the better one.
    """
    better = figure.indicator.better
    if figure.rounded is None or better is Better.NEITHER:
        return None
    short = wanted - figure.rounded
    return short if better is Better.HIGHER else -short


@dataclass(frozen=True)
class Aim:
    """A target that is in force for a figure."""

    target: Target
    figure: Figure

    @property
    def short_by(self) -> Decimal | None:
        """By how much the figure, as it is shown, misses the target; below 0 where it is passed."""
        return shortfall(self.target.value, self.figure)

    @property
    def is_missed(self) -> bool:
        """Whether the figure misses the target."""
        return self.short_by is not None and self.short_by > 0

    @property
    def value(self) -> str:
        """The target as people read it: 80%, local."""
        told = in_unit(self.target.value, self.figure.indicator)
        return f"{told}, {self.target.get_kind_display().lower()}"

    @property
    def verdict(self) -> str:
        """Whether it is met, and by how much it is not."""
        if self.short_by is None:
            return ""
        if not self.is_missed:
            return "met"
        return f"missed by {difference(self.short_by, self.figure.indicator)}"


@dataclass(frozen=True)
class Promised:
    """A promise, and the figure of the period in which its day lies."""

    promise: Promise
    figure: Figure
    as_at: datetime.date

    @property
    def value(self) -> str:
        """What was promised, as people read it."""
        return in_unit(self.promise.value, self.figure.indicator)

    @property
    def is_open(self) -> bool:
        """Whether it is too early to tell."""
        return self.figure.period.end > self.as_at

    @property
    def short_by(self) -> Decimal | None:
        """By how much the figure misses it; nothing where it is too early to tell, or no figure."""
        if self.is_open or self.figure.rounded is None:
            return None
        return shortfall(self.promise.value, self.figure)

    @property
    def is_missed(self) -> bool:
        """Whether it was not kept."""
        return self.short_by is not None and self.short_by > 0

    @property
    def score(self) -> str:
        """Whether it was kept, and by how much it was not."""
        if self.is_open:
            return "Open"
        if self.short_by is None:
            return "No figure to score it by"
        if not self.is_missed:
            return "Kept"
        return f"Missed by {difference(self.short_by, self.figure.indicator)}"


@dataclass(frozen=True)
class Published:
    """A published figure of another area, with what has to be said where it stands beside ours."""

    row: Comparator
    indicator: Indicator

    @property
    def value(self) -> str:
        """The published value, or what the marker in its place means."""
        if self.row.value is None:
            return self.row.get_marker_display().lower()
        return f"{half_up(self.row.value, 1):,}{'%' if self.indicator.unit == '%' else ''}"

    @property
    def area(self) -> str:
        """Whose figure it is."""
        return str(self.row.area)

    @property
    def when(self) -> str:
        """The days it is about: 2018-19, 2019, 30 September 2019."""
        return days_in_words(self.row.first_on, self.row.last_on)

    @property
    def rule(self) -> str:
        """What the publisher counts otherwise than the indicator does."""
        return BY_INDICATOR[self.row.indicator].rule


def together(published: Iterable[Published]) -> list[list[Published]]:
    """Published figures, those of the same days that were published on one day together."""
    found = defaultdict(list)
    for each in published:
        found[each.when, each.row.published_on].append(each)
    return list(found.values())


class Beside:
    """What stands beside the figures of an authority, as known on a day."""

    def __init__(
        self, indicators: Sequence[Indicator], *, authority: Team, as_at: datetime.date
    ) -> None:
        self.authority, self.as_at = authority, as_at
        self.indicators = {indicator.name: indicator for indicator in indicators}

    @property
    def targets(self) -> dict[str, list[Target]]:
        """Every target of each indicator, the earliest first."""
        return self._found[0]

    def aims(self, figure: Figure) -> list[Aim]:
        """The targets in force on the last day of a figure's period, local ones first."""
        in_force = {}
        for target in self.targets[figure.indicator.name]:
            if target.valid_from <= figure.period.end:
                in_force[target.kind] = target
        ordered = (in_force.get(kind) for kind in (TargetKind.LOCAL, TargetKind.NATIONAL))
        return [Aim(target, figure) for target in ordered if target and target.value is not None]

    @property
    def promises(self) -> dict[str, list[Promise]]:
        """What had been promised by the day, the earliest to be kept first."""
        return self._found[2]

    def promised(self, indicator: Indicator, kind: Kind) -> list[tuple[Promise, Period]]:
        """The promises of an indicator, each with the period by which it is scored."""
        starts = indicator.year_starts
        return [
            (promise, Period.containing(kind, promise.due_on, year_starts=starts))
            for promise in self.promises[indicator.name]
        ]

    def published(self, until: datetime.date) -> dict[str, list[Published]]:
        """The latest figure of each area compared with, of years that are over by a day."""
        found = defaultdict(list)
        for name, every in self.series().items():
            over = [each for each in every if each.row.last_on <= until]
            in_order = sorted(over, key=lambda each: (each.row.last_on, each.row.published_on))
            latest = {each.row.area: each for each in in_order}
            found[name] = [each for each in over if latest[each.row.area] is each]
        return found

    def series(self) -> dict[str, list[Published]]:
        """Every year's figure of each area compared with, as it was published last."""
        return self._found[1]

    @cached_property
    def _found(
        self,
    ) -> tuple[dict[str, list[Target]], dict[str, list[Published]], dict[str, list[Promise]]]:
        """Targets, published figures and promises, which the database is asked for at once."""
        no_key, no_day = Value(None, BigIntegerField()), Value(None, DateField())
        of_targets = self._targets().values_list(
            *("indicator", "valid_from", "kind", "value", "source"),
            *(no_key, Value(""), no_day, no_day, Value("")),
        )
        of_promises = self._promises().values_list(
            *("indicator", "due_on", Value(""), "value", "source"),
            *(no_key, Value(""), no_day, "said_on", Value("")),
        )
        of_others = self._comparators().values_list(
            *("indicator", "last_on", "area__kind", "value", "source"),
            *("area_id", "area__name", "first_on", "published_on", "marker"),
        )
        targets, series, promises = defaultdict(list), defaultdict(list), defaultdict(list)
        found = of_others.union(of_targets, of_promises, all=True)
        for name, on, kind, value, source, key, *told in found:
            called, first_on, said_on, marker = told
            known = {"indicator": name, "value": value, "source": source}
            if key is not None:
                days = {"first_on": first_on, "last_on": on, "published_on": said_on}
                area = Area(pk=key, name=called, kind=kind)
                row = Comparator(**known, **days, area=area, marker=marker)
                series[name].append(Published(row, self.indicators[name]))
            elif kind:
                targets[name].append(Target(**known, kind=kind, valid_from=on))
            else:
                promises[name].append(Promise(**known, due_on=on, said_on=said_on))
        for some in targets.values():
            some.sort(key=lambda target: target.valid_from)
        for some in series.values():
            some.sort(key=lambda each: (each.row.last_on, ORDER.index(each.row.area.kind)))
        for some in promises.values():
            some.sort(key=lambda promise: (promise.due_on, promise.said_on))
        return targets, series, promises

    def _targets(self):
        """The targets of the authority, of every day."""
        return Target.objects.filter(authority=self.authority, indicator__in=self.indicators)

    def _promises(self):
        """The promises that had been made by the day."""
        said = Promise.objects.filter(authority=self.authority, said_on__lte=self.as_at)
        return said.filter(indicator__in=self.indicators)

    def _comparators(self):
        """What was published last, by the day, of the areas compared with, of each kind one."""
        areas = (
            ComparedWith.objects.filter(authority=self.authority, valid_from__lte=self.as_at)
            .order_by("area__kind", "-valid_from", "-pk")
            .distinct("area__kind")
            .values("area")
        )
        return (
            Comparator.objects.filter(
                area__in=areas, indicator__in=self.indicators, published_on__lte=self.as_at
            )
            .order_by("indicator", "area_id", "last_on", "first_on", "-published_on")
            .distinct("indicator", "area_id", "last_on", "first_on")
        )


def in_unit(value: Decimal, indicator: Indicator) -> str:
    """A value as people read it, in the indicator's unit: 80%, 22.6%, 12 weeks."""
    value = half_up(value, 1)
    told = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,}"
    return f"{told}%" if indicator.unit == "%" else f"{told} {indicator.unit}"


def difference(size: Decimal, indicator: Indicator) -> str:
    """How far two values are apart, as people say it: 13.9 points, 3 weeks."""
    if indicator.unit != "%":
        return in_unit(size, indicator)
    told = in_unit(size, indicator).removesuffix("%")
    return f"{told} {'point' if told == '1' else 'points'}"


def days_in_words(first_on: datetime.date, last_on: datetime.date) -> str:
    """The days of a published figure: a year by its name, other months by the first and last."""
    if first_on == last_on:
        return day(last_on)
    is_year = months_later(first_on, 11) == last_on.replace(day=1)
    if is_year and first_on.month == APRIL:
        return Period(Kind.FINANCIAL_YEAR, first_on, last_on).label
    if is_year and first_on.month == JANUARY:
        return Period(Kind.CALENDAR_YEAR, first_on, last_on).label
    return f"{first_on:%b %Y} to {last_on:%b %Y}"
