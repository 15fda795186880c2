"""Taking in published statistics, from files as their publishers make them.

Two layouts are known: a release of the Department for Education (DfE), whose lines each hold the
statistics of an area and a year, and a list, whose lines each hold one figure. Nothing is worked
out: what is stored is the value that was published, or the marker that stood in its place.
"""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.db import connection, transaction

from config.imports.reading import CannotRead, open_safely, read_csv
from config.imports.rows import Refuse, to_day

from .choices import AreaKind, Marker
from .figures import half_up
from .models import Area, Comparator
from .published import BY_INDICATOR, BY_SHORT, STATISTICS, Statistic

LEVELS = {
    "national": (AreaKind.NATIONAL, "country_name", "country_code"),
    "regional": (AreaKind.REGION, "region_name", "region_code"),
    "local authority": (AreaKind.AUTHORITY, "la_name", "new_la_code"),
}
REGIONS = {
    "north east",
    "north west",
    "yorkshire and the humber",
    "east midlands",
    "west midlands",
    "east of england",
    "london",
    "inner london",
    "outer london",
    "south east",
    "south west",
}
SET_OF_NEIGHBOURS = re.compile(
    r"stat(?:istical)? neighbours?\b\s*(?P<set>[^()]*)(?:\((?P<how>.*)\))?", re.I
)
NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,15})?")
YEAR = re.compile(r"(?P<first>(?:19|20)[0-9]{2})(?:[-/]?(?P<last>[0-9]{2}))?")
PLACES = 4
ALL = "all"  # how the lines of a breakdown begin that are about everyone
TOLD = ("value", "marker", "numerator", "denominator")
OUTCOMES = ("new", "restated", "corrected", "as before", "passed over")


@dataclass
class Outcome:
    """What became of a file: how many figures of it are new, and the lines that were refused."""

    file: str
    counts: Counter = field(default_factory=Counter)
    markers: int = 0
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """A published figure as a file gives it, not yet stored."""

    indicator: str
    area: Area
    first_on: datetime.date
    last_on: datetime.date
    published_on: datetime.date
    value: Decimal | None
    marker: str = ""
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    source: str = ""

    @property
    def key(self) -> tuple:
        """What it is a figure of."""
        return self.indicator, self.area.pk, self.first_on, self.last_on


def take(
    path: Path,
    *,
    published_on: datetime.date | None,
    source: str = "",
    columns: Mapping[str, str] | None = None,
) -> Outcome:
    """Take in a file, whole or not at all; the same one twice changes nothing.

    ``columns`` says which column holds an indicator's value, where a release gives it a name of its
    own. Raises ``CannotRead`` with what to do where the file cannot be understood.
    """
    outcome = Outcome(path.name)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        reader = Reader(path, published_on, source or path.name, columns or {}, outcome)
        store(reader.figures(), outcome)
        store(_means({figure.published_on for figure in reader.found}), outcome)
    return outcome


class Reader:
    """One file on its way in: what its columns mean, and the areas it tells of."""

    def __init__(
        self,
        path: Path,
        published_on: datetime.date | None,
        source: str,
        columns: Mapping[str, str],
        outcome: Outcome,
    ) -> None:
        self.path, self.published_on, self.source = path, published_on, source
        self.chosen = {name: column.strip().lower() for name, column in columns.items()}
        self.outcome = outcome
        self.areas = Areas()
        self.found: list[Figure] = []

    def figures(self) -> list[Figure]:
        """The figures of the file; what cannot be read is refused, each line with its reason."""
        rows = read_csv(open_safely(self.path))
        self.columns = next(rows)
        self._refuse_unknown_columns()
        if {"indicator", "year", "area", "value"} <= set(self.columns):
            read = self._of_list
        elif {"time_period", "geographic_level"} <= set(self.columns):
            self.statistics = self._in_columns()
            read = self._of_release
        else:
            raise CannotRead(
                "Its columns are neither those of a DfE release (time_period, geographic_level, …)"
                " nor those of a list (indicator, year, area, value)."
            )
        for row in rows:
            with self._refusing(row.place):
                if row.value:
                    raise Refuse(f"There are {row.value}")
                for told in read({block.tag: block.value for block in row.blocks}):
                    with self._refusing(row.place):
                        self.found.append(self._figure(*told))
        return self.found

    @contextmanager
    def _refusing(self, place: str) -> Iterator[None]:
        """Notes why something is refused, and goes on."""
        try:
            yield
        except Refuse as refused:
            told = refused.issue
            where = f"{told['field']} “{told['value']}”: " if told["field"] else ""
            self.outcome.refused.append(f"{place}: {where}{told['reason']}.")

    def _refuse_unknown_columns(self) -> None:
        for name, column in self.chosen.items():
            if name not in BY_INDICATOR:
                known = ", ".join(BY_INDICATOR)
                raise CannotRead(f"Nothing published is set beside {name!r}, but beside {known}.")
            if column not in self.columns:
                raise CannotRead(f"There is no column {column!r}.")

    def _in_columns(self) -> dict[Statistic, dict[str, str]]:
        """Which statistics a release holds, each with its columns."""
        found = {}
        for statistic in STATISTICS:
            names = {
                part: next((name for name in getattr(statistic, part) if name in self.columns), "")
                for part in ("value", "numerator", "denominator")
            }
            names["value"] = self.chosen.get(statistic.indicator, names["value"])
            if names["value"]:
                found[statistic] = names
        if not found:
            raise CannotRead(
                "No column holds a statistic that is set beside an indicator. If this release"
                " names its columns in another way, say --column INDICATOR=COLUMN."
            )
        return found

    def _of_release(self, cells: dict[str, str]) -> Iterator[tuple]:
        level = cells["geographic_level"].casefold()
        about = [cells[name] for name in self.columns if name.startswith("breakdown")]
        if level not in LEVELS or not all(each.casefold().startswith(ALL) for each in about):
            self.outcome.counts["passed over"] += 1
            return
        kind, name, code = LEVELS[level]
        area = self.areas.find(kind, cells.get(name, ""), cells.get(code, ""))
        year = _year(cells["time_period"], "time_period")
        for statistic, names in self.statistics.items():
            parts = {part: cells.get(column, "") for part, column in names.items()}
            yield statistic, area, year, parts

    def _of_list(self, cells: dict[str, str]) -> Iterator[tuple]:
        name = cells["indicator"]
        statistic = BY_SHORT.get(name) or BY_INDICATOR.get(name)
        if statistic is None:
            self.outcome.counts["passed over"] += 1
            return
        kind, area_name, how = _area_named(cells["area"])
        area = self.areas.find(kind, area_name, cells.get("area_code", ""))
        source = " – ".join(filter(None, (cells.get("source"), how)))
        yield statistic, area, _year(cells["year"], "year"), cells | {"source": source}

    def _figure(self, statistic: Statistic, area: Area, year: int, parts: dict[str, str]) -> Figure:
        written = parts.get("published", "")
        published_on = to_day(written) if written else self.published_on
        if written and published_on is None:
            raise Refuse("This is not a date", "published", written)
        if published_on is None:
            raise CannotRead("Say on which day it was published: --published 2025-10-30.")
        value, marker = _value(parts["value"], statistic.indicator)
        first_on, last_on = statistic.days(year)
        if published_on <= last_on:
            raise Refuse("Its year was not over on the day of publication", "year", str(year))
        return Figure(
            indicator=statistic.indicator,
            area=area,
            first_on=first_on,
            last_on=last_on,
            published_on=published_on,
            value=value,
            marker=marker,
            numerator=_count(parts.get("numerator", "")),
            denominator=_count(parts.get("denominator", "")),
            source=(parts.get("source") or self.source)[:200],
        )


class Areas:
    """The areas that are known, by their code, or by their name where a file gives no code."""

    def __init__(self) -> None:
        self.by_code, self.by_name = {}, defaultdict(list)
        for area in Area.objects.all():
            self._know(area)

    def _know(self, area: Area) -> None:
        if area.code:
            self.by_code[area.code] = area
        self.by_name[area.kind, area.name].append(area)

    def find(self, kind: AreaKind, name: str, code: str) -> Area:
        """The area of that code or name, which is stored where it is new."""
        if not name:
            raise Refuse("It does not say which area it is about")
        if code in self.by_code:
            return self.by_code[code]
        named = self.by_name[kind, name]
        if not code and len(named) > 1:
            raise Refuse(f"There are {len(named)} areas of this name. Add area_code", "area", name)
        uncoded = [area for area in named if not code or not area.code]
        area = uncoded[0] if uncoded else Area(kind=kind, name=name)
        if area.pk is None or code:
            known = area.pk is not None
            area.code = code
            area.save()
            if known:
                self.by_code[code] = area
            else:
                self._know(area)
        return area


def store(figures: Iterable[Figure], outcome: Outcome) -> None:
    """Store what is new: a later release only where it says something else than the one before."""
    figures = list(figures)
    known = defaultdict(list)
    names = {figure.indicator for figure in figures}
    for row in Comparator.objects.filter(indicator__in=names).order_by("published_on"):
        known[row.indicator, row.area_id, row.first_on, row.last_on].append(row)
    made, changed = [], []
    for figure in figures:
        outcome.markers += bool(figure.marker)
        before = [row for row in known[figure.key] if row.published_on <= figure.published_on]
        told = {name: getattr(figure, name) for name in TOLD}
        if before and all(getattr(before[-1], name) == value for name, value in told.items()):
            outcome.counts["as before"] += 1
        elif before and before[-1].published_on == figure.published_on:
            outcome.counts["corrected"] += 1
            row = before[-1]
            row.source = figure.source
            for name, value in told.items():
                setattr(row, name, value)
            if row.pk:
                changed.append(row)
        else:
            outcome.counts["restated" if before else "new"] += 1
            row = Comparator(
                indicator=figure.indicator,
                area=figure.area,
                first_on=figure.first_on,
                last_on=figure.last_on,
                published_on=figure.published_on,
                source=figure.source,
                **told,
            )
            made.append(row)
            known[figure.key].insert(len(before), row)
    Comparator.objects.bulk_create(made)
    Comparator.objects.bulk_update(changed, [*TOLD, "source"])


def _means(days: Iterable[datetime.date]) -> Iterator[Figure]:
    """The mean of each set of neighbours whose members are known, as at days of publication.

    It is unweighted, over those members that have a value.
    """
    sets = Area.objects.filter(kind=AreaKind.NEIGHBOURS).prefetch_related("members")
    for neighbours in sets:
        members = list(neighbours.members.all())
        for published_on in sorted(days) if members else ():
            latest = (
                Comparator.objects.filter(area__in=members, published_on__lte=published_on)
                .order_by("indicator", "first_on", "last_on", "area_id", "-published_on")
                .distinct("indicator", "first_on", "last_on", "area_id")
            )
            values = defaultdict(list)
            for row in latest:
                if row.value is not None:
                    values[row.indicator, row.first_on, row.last_on].append(row.value)
            for (indicator, first_on, last_on), some in values.items():
                yield Figure(
                    indicator=indicator,
                    area=neighbours,
                    first_on=first_on,
                    last_on=last_on,
                    published_on=published_on,
                    value=half_up(sum(some) / len(some), 1),
                    source=f"Own calculation: unweighted mean of {len(some)} of {len(members)}",
                )


def _area_named(name: str) -> tuple[AreaKind, str, str]:
    """What kind of area a list means by a name, what it is called, and how it was worked out."""
    if neighbours := SET_OF_NEIGHBOURS.fullmatch(name):
        told = f"Statistical neighbours {neighbours['set'].strip()}".strip()
        return AreaKind.NEIGHBOURS, told, (neighbours["how"] or "").strip()
    if name.casefold() == "england":
        return AreaKind.NATIONAL, name, ""
    return (AreaKind.REGION if name.casefold() in REGIONS else AreaKind.AUTHORITY), name, ""


def _year(text: str, column: str) -> int:
    """The year in which a reporting year ends: 2019 of 2019, of 201819 and of 2018-19."""
    found = YEAR.fullmatch(text)
    if not found:
        raise Refuse("This is not a year", column, text)
    first = int(found["first"])
    if found["last"] is None:
        return first
    if int(found["last"]) != (first + 1) % 100:
        raise Refuse("This is not a year", column, text)
    return first + 1


def _value(text: str, what: str) -> tuple[Decimal | None, str]:
    """A published value, or the marker that stands in its place, which is never nought."""
    if text.casefold() in Marker.values:
        return None, text.casefold()
    plain = text.replace(",", "").removesuffix("%")
    if not NUMBER.fullmatch(plain):
        markers = ", ".join(Marker.values)
        raise Refuse(f"This is neither a number nor one of {markers}", what, text)
    return half_up(Decimal(plain), PLACES), ""


def _count(text: str) -> Decimal | None:
    plain = text.replace(",", "")
    return half_up(Decimal(plain), PLACES) if NUMBER.fullmatch(plain) else None
