"""A trend as it is to be read: what is chance, what is more than chance, and what is too small.

Limits come from a locked baseline, the first twelve periods of the records that have enough cases,
so that they stay where they are whichever periods a page shows.
"""

import bisect
import datetime
import functools
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection

from workforce.models import Team

from . import wording
from .base import Better, Indicator, Measure, Question
from .chart import Level
from .figures import Figure, Reading, half_up
from .models import Annotation
from .periods import Kind, Period, months_later
from .variation import BASELINE, FEW, RUN, Limits, Told, interval, limits, signals

WITH_LIMITS = (Kind.MONTH, Kind.QUARTER)
LOOKED_THROUGH = 2 * BASELINE  # periods, for twelve that have enough cases


def interval_of(figure: Figure) -> tuple[Decimal, Decimal] | None:
    """Between what a rate lies with 95 per cent confidence, where it is of few cases."""
    counted = figure.indicator
    if not isinstance(counted, Question) or not counted.counts_cases:
        return None
    return interval(figure.numerator, figure.denominator)


@dataclass(frozen=True)
class Reached:
    """A figure of a trend, with what has to be known to read it."""

    figure: Figure
    is_over: bool
    limits: Limits | None = None
    told: Told | None = None

    @property
    def is_small(self) -> bool:
        """Whether it is of so few cases that it is no sign of anything."""
        return is_small(self.figure)

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Between what the rate lies, where it is of few cases."""
        return interval_of(self.figure)

    @property
    def verdict(self) -> str:
        """What a signal is: better, worse, or neither in itself; empty where there is none."""
        if not self.told:
            return ""
        better = self.figure.indicator.better
        if better is Better.NEITHER:
            return "changed"
        return "better" if self.told.above == (better is Better.HIGHER) else "worse"

    @property
    def says(self) -> str:
        """The signal in words."""
        return f"{self.verdict.capitalize()}: {self.told.signal.value}" if self.told else ""


@dataclass(frozen=True)
class Sign:
    """What a period is a sign of: better or worse or, without a verdict, nothing but chance."""

    verdict: str
    when: str
    what: str


def sign(reached: Sequence[Reached]) -> Sign | None:
    """What the latest period that is over is a sign of; nothing where it cannot be judged."""
    latest = next((each for each in reversed(reached) if each.is_over), None)
    if latest is None or latest.limits is None:
        return None
    when = wording.name(latest.figure.period)
    if latest.told:
        return Sign(latest.verdict, when, latest.told.signal.value)
    return None if latest.is_small else Sign("", when, "within the limits, with no run on one side")


def is_small(figure: Figure) -> bool:
    """Whether a rate or a median is of fewer than ten cases."""
    is_count = figure.indicator.measure is Measure.COUNT
    return not is_count and figure.denominator < FEW


@dataclass(frozen=True)
class Stretch:
    """The periods that one baseline is for: from its first to the one before another's."""

    baseline: list[Period]
    read: list[Period]


class Trend:
    """The periods that a page shows, and the others that it takes to read them.

    ``begin`` are the days from which a baseline counts: the first of the records, and those on
    which somebody has said, and why, that a new one begins.
    """

    def __init__(
        self, indicator: Indicator, series: Sequence[Period], begin: Iterable[datetime.date]
    ):
        self.indicator, self.series = indicator, list(series)
        last = self.series[-1]
        self.has_limits = last.kind in WITH_LIMITS and not indicator.rolls
        starts = sorted({_first_from(last, day) for day in begin}) if self.has_limits else []
        self.stretches = list(self._stretches([day for day in starts if day <= last.start]))

    @property
    def periods(self) -> list[Period]:
        """All that figures are needed of, in the order of time."""
        needed = set(self.series)
        for stretch in self.stretches:
            needed.update(stretch.baseline, stretch.read)
        return sorted(needed, key=lambda period: period.end)

    def read(self, made: dict[Period, Figure], as_at: datetime.date) -> list[Reached]:
        """The figures of the page's periods, as they are to be read."""
        found = {
            period: Reached(made[period], is_over=period.end <= as_at) for period in self.series
        }
        for stretch in self.stretches:
            usable = [_usable(made[period], as_at) for period in stretch.baseline]
            lines = limits([value for value in usable if value is not None], **self._possible())
            if not lines:
                continue
            values = [_usable(made[period], as_at) for period in stretch.read]
            told = signals(values, lines)
            for period, each in zip(stretch.read, told, strict=True):
                if period in found:
                    found[period] = replace(found[period], limits=lines, told=each)
        return list(found.values())

    def _possible(self) -> dict[str, Decimal]:
        """Between what a value can lie."""
        nothing = {"floor": Decimal(0)}
        return nothing | {"ceiling": Decimal(100)} if self.indicator.unit == "%" else nothing

    def _stretches(self, starts: list[datetime.date]) -> Iterable[Stretch]:
        """The stretches that meet the page's periods; signals are looked for from a run before."""
        first, last = self.series[0], self.series[-1]
        in_force = max(0, bisect.bisect_right(starts, first.start) - 1)
        lead = first.earlier(RUN).start
        for at in range(in_force, len(starts)):
            until = starts[at + 1] if at + 1 < len(starts) else datetime.date.max
            own = _from(last, starts[at], until)
            yield Stretch(list(own[:LOOKED_THROUGH]), [each for each in own if each.start >= lead])


def _usable(figure: Figure, as_at: datetime.date) -> Decimal | None:
    """The value, where it is of a period that is over and of enough cases."""
    if figure.period.end > as_at or is_small(figure):
        return None
    return figure.value


def _first_from(like: Period, day: datetime.date) -> datetime.date:
    """The first day of the first whole period from a day on."""
    period = Period.containing(like.kind, day)
    if period.start < day:
        period = Period.containing(like.kind, months_later(period.end.replace(day=1), 1))
    return period.start


@functools.lru_cache
def _from(last: Period, start: datetime.date, until: datetime.date) -> tuple[Period, ...]:
    """The periods from a first day to the last one, or to that before ``until``."""
    found = []
    while last.start >= start:
        if last.start < until:
            found.insert(0, last)
        last = last.earlier()
    return tuple(found)


@dataclass(frozen=True)
class Ground:
    """What trends of a place stand on: since when there are records, and what has happened.

    ``firsts`` has of each question the first month with figures that count all they should;
    ``happened`` are the annotations of the place and of those above it, the earliest first.
    """

    firsts: Mapping[str, datetime.date]
    happened: Sequence[Annotation]

    def begin(self, indicator: Indicator) -> list[datetime.date]:
        """The days from which baselines count: that of the records, and those noted since.

        Without figures there are none.
        """
        months = [self.firsts.get(question.name) for question in indicator.questions()]
        if None in months:
            return []
        first = months_later(max(months), indicator.looks_back)
        anew = [
            each.happened_on
            for each in self.happened
            if each.new_baseline and each.indicator in ("", indicator.name)
        ]
        return [first, *(day for day in anew if day > first)]


def ground(indicators: Sequence[Indicator], reading: Reading, places: Sequence[Team]) -> Ground:
    """What trends of indicators stand on at a place, given as the last of those above it."""
    sums, spreads = set(), set()
    for indicator in indicators:
        for question in indicator.questions():
            (sums if question.measure.adds_up else spreads).add(question.name)
    roots, known = reading.tree.roots, {place.pk: place for place in places}
    with connection.cursor() as cursor:
        cursor.execute(
            GROUND,
            [
                *(roots, sorted(sums), reading.tree.below(places[-1])),
                *(roots, sorted(spreads), places[-1].pk),
                *(list(known), ["", *(indicator.name for indicator in indicators)]),
            ],
        )
        firsts, happened = {}, []
        for name, day, key, place, words, new_baseline, why in cursor.fetchall():
            if key is None:
                firsts[name] = day
            else:
                told = {"happened_on": day, "words": words, "new_baseline": new_baseline}
                made = Annotation(pk=key, place=known[place], indicator=name, why=why, **told)
                happened.append(made)
    return Ground(firsts, happened)


# Each first month is looked up by the index that the sums are kept by, not picked out of them all.
GROUND = """
    SELECT name, min(month) AS day, NULL::bigint AS key, NULL::bigint, NULL, NULL::bool, NULL
    FROM unnest(%s::bigint[]) AS root, unnest(%s::text[]) AS name, LATERAL (
        SELECT month FROM indicators_tally
        WHERE authority_id = root AND indicator = name AND team_id = ANY(%s) AND denominator > 0
        ORDER BY month LIMIT 1
    ) first
    GROUP BY name
    UNION ALL
    SELECT name, min(month), NULL, NULL, NULL, NULL, NULL
    FROM unnest(%s::bigint[]) AS root, unnest(%s::text[]) AS name, LATERAL (
        SELECT month FROM indicators_distribution
        WHERE authority_id = root AND indicator = name AND place_id = %s
        ORDER BY month LIMIT 1
    ) first
    GROUP BY name
    UNION ALL
    SELECT indicator, happened_on, id, place_id, words, new_baseline, why
    FROM indicators_annotation
    WHERE place_id = ANY(%s) AND indicator = ANY(%s)
    ORDER BY day, key
"""


def levels(reached: Sequence[Reached]) -> list[Level]:
    """The averages and the limits, each over the points that it is for."""
    found, at = [], 0
    for lines, some in itertools.groupby(reached, key=lambda each: each.limits):
        count = len(list(some))
        if lines:
            for kind, value in (
                ("average", lines.average),
                ("limit", lines.least),
                ("limit", lines.most),
            ):
                found.append(Level(kind, value, at, at + count - 1))
        at += count
    return found


HEADINGS = (
    "Period",
    "First day",
    "Last day",
    "Numerator",
    "Denominator",
    "Not yet known",
    "Figure",
    "Unit",
    "95% interval from",
    "95% interval to",
    "Average",
    "Lower limit",
    "Upper limit",
    "Signal",
)


def as_rows(reached: Iterable[Reached]) -> list[list[Any]]:
    """The trend as the rows of a file, its heading first."""
    return [list(HEADINGS), *map(_row, reached)]


def _row(reached: Reached) -> list[Any]:
    figure, lines = reached.figure, reached.limits
    numbers = [*(reached.interval or (None, None))]
    numbers += [lines.average, lines.least, lines.most] if lines else [None] * 3
    return [
        figure.period.label,
        figure.period.start,
        figure.period.end,
        figure.numerator,
        figure.denominator,
        figure.undecided,
        figure.rounded,
        figure.indicator.unit,
        *(None if number is None else half_up(number, 1) for number in numbers),
        reached.says,
    ]
