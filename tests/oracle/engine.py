"""The engine's figures beside the oracle's, and what to say of a history where they differ."""

import datetime
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache

from django.db import Error, transaction

from indicators import calculate, figures, registry
from indicators.periods import Period

from . import days
from .choices import Choices
from .figures import INDICATORS, SPREADS, Figure, Oracle, together
from .load import Teams, load
from .records import AUTHORITY, History

Date = datetime.date
KINDS = ["month", "quarter", "financial-year", "calendar-year", "year-to-date", "rolling-12"]
APRIL, JANUARY = 4, 1
AVERAGED = {"turnover_average_12_months"}


@dataclass(frozen=True)
class Asked:
    """What a figure is asked for: an indicator, a period, and a team or (None) the whole."""

    indicator: str
    kind: str
    end: Date
    year_starts: int
    team: int | None

    @property
    def start(self) -> Date:
        return days.first_of_period(self.kind, self.end, self.year_starts)


@dataclass(frozen=True)
class Difference:
    """A figure on which the engine and the oracle do not agree."""

    asked: Asked
    engine: figures.Figure
    oracle: Figure

    def __str__(self) -> str:
        asked = self.asked
        place = "the whole" if asked.team is None else f"team {asked.team}"
        return (
            f"{asked.indicator}, {asked.kind} {asked.start} to {asked.end}, {place}\n"
            f"  engine  {_told(self.engine, self.engine.rounded)}\n"
            f"  oracle  {_told(self.oracle, self.oracle.shown)}"
        )


def _told(figure: figures.Figure | Figure, shown: Decimal | Fraction | None) -> str:
    parts = [figure.numerator, figure.denominator, figure.undecided, shown]
    return "{} of {}, {} undecided: {}".format(
        *("nothing" if part is None else f"{float(part):g}" for part in parts)
    )


def some_periods(choices: Choices, as_at: Date, number: int) -> list[tuple[str, Date, int]]:
    """Periods of every kind that end at, before and after the as-at day."""
    found = []
    for _ in range(number):
        kind = choices.one_of(KINDS)
        back = datetime.timedelta(days=choices.number(0, 500))
        february = days.last_of_month_before(Date(as_at.year, 3, 1))
        turning = choices.day(as_at - datetime.timedelta(days=1500), as_at)
        end = choices.one_of([as_at, as_at - back, choices.near(as_at, 40), turning, february])
        if choices.chance(5):
            end = days.last_of_month_before(
                choices.one_of([end, end + datetime.timedelta(days=31)])
            )
        found.append((kind, end, choices.one_of([APRIL, JANUARY])))
    return found


def differences(
    histories: Sequence[History],
    teams: Sequence[Teams],
    periods: Sequence[tuple[str, Date, int]],
    *,
    alone: bool,
    names: Sequence[str] = INDICATORS,
) -> Iterator[tuple[int, Difference]]:
    """Where they differ, by the history's place: for every team of each, and for the whole.

    Either each authority is asked for alone, or all of them at once; the whole is then their sum,
    which medians and percentiles are not.
    """
    if alone:
        for place, history in enumerate(histories):
            found = _compared([history], [teams[place]], periods, teams[place][AUTHORITY], names)
            yield from ((place, difference) for _, difference in found)
    else:
        yield from _compared(histories, teams, periods, None, names)


def _compared(histories, teams, periods, authority, names) -> Iterator[tuple[int, Difference]]:
    oracles = [Oracle(history) for history in histories]
    places = [(place, key) for place, known in enumerate(teams) for key in known]
    found = iter(
        figures.figures(
            [registry.indicator(name) for name in names],
            [Period.ending(kind, end, year_starts=starts) for kind, end, starts in periods],
            as_at=histories[0].as_at,
            authority=authority,
            teams=[teams[place][key] for place, key in places],
        )
    )
    for name in names:
        for kind, end, year_starts in periods:
            start = days.first_of_period(kind, end, year_starts)
            whole, *parts = itertools.islice(found, 1 + len(places))
            for (place, key), engine in zip(places, parts, strict=True):
                oracle = oracles[place].figure(name, start, end, key)
                if not _same(name, engine, oracle, start):
                    yield (
                        place,
                        Difference(Asked(name, kind, end, year_starts, key), engine, oracle),
                    )
            if len(oracles) > 1 and name in SPREADS:
                continue
            each = [oracle.figure(name, start, end) for oracle in oracles]
            oracle = together(name, each) if len(each) > 1 else each[0]
            if not _same(name, whole, oracle, start):
                yield 0, Difference(Asked(name, kind, end, year_starts, None), whole, oracle)


@cache
def exact(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _same(name: str, engine: figures.Figure, oracle: Figure, start: Date) -> bool:
    """Sums are equal to the last digit; quotients to the digits that a decimal fraction keeps."""
    below, value = exact(engine.denominator), exact(engine.value)
    return (
        engine.period.start == start
        and exact(engine.numerator) == oracle.numerator
        and (below == oracle.denominator or (name in AVERAGED and _near(below, oracle.denominator)))
        and exact(engine.undecided) == oracle.undecided
        and (value is None) == (oracle.value is None)
        and (value is None or _near(value, oracle.value))
        and exact(engine.rounded) == oracle.shown
    )


def _near(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) < Fraction(1, 10**9)


# A failing history made smaller


def first_difference(history: History, asked: Asked, *, stored: bool) -> Difference | None:
    """Whether a history on its own gives a difference, asked one thing; it is loaded and undone."""
    try:
        with transaction.atomic():
            teams = load([history])
            if stored:
                calculate.drain(today=history.as_at)
            period = (asked.kind, asked.end, asked.year_starts)
            found = next(
                (
                    difference
                    for _, difference in differences(
                        [history], teams, [period], alone=True, names=[asked.indicator]
                    )
                    if difference.asked.team == asked.team
                ),
                None,
            )
            transaction.set_rollback(True)
            return found
    except (Error, KeyError, StopIteration):  # what is left could not be true
        return None


def smallest(history: History, asked: Asked, *, stored: bool) -> tuple[History, Difference | None]:
    """The history without whatever can be left out while the difference stays."""
    found = first_difference(history, asked, stored=stored)
    smaller = found is not None
    while smaller:
        smaller = False
        for candidate in _simpler(history):
            difference = first_difference(candidate, asked, stored=stored)
            if difference:
                history, found, smaller = candidate, difference, True
                break
    return history, found


def _simpler(history: History) -> Iterator[History]:
    """The history without one of its records, or with one field of a record as by default."""
    lists = [kind.name for kind in reversed(fields(history)) if kind.name != "as_at"]
    for name in lists:
        rows = getattr(history, name)
        for place in range(len(rows)):
            yield replace(history, **{name: rows[:place] + rows[place + 1 :]})
    for name in lists:
        rows = getattr(history, name)
        for place, row in enumerate(rows):
            for column in fields(row):
                plain = column.default
                if plain is not MISSING and getattr(row, column.name) != plain:
                    plainer = replace(row, **{column.name: plain})
                    yield replace(history, **{name: [*rows[:place], plainer, *rows[place + 1 :]]})


def report(seed: object, history: History, difference: Difference, *, stored: bool) -> str:
    """What is printed of a difference: the seed, the figures, and the smallest history with it."""
    smaller, found = smallest(history, difference.asked, stored=stored)
    how = "from stored sums" if stored else "from the cases"
    alone = "" if found else "\nIt does not show in this authority alone."
    return f"seed {seed}, {how}: {found or difference}{alone}\n\n{smaller}"
