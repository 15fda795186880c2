"""Charts as SVG: pure functions from points to a picture with a role, a title and a description.

No styles and no scripts: colours come from classes, so that the strictest security policy holds,
and the same picture serves page, print and report. The numbers always stand in a table beside it.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LEFT, RIGHT, TOP, BOTTOM = 52, 16, 20, 30
STEPS = (1, 2, 2.5, 5, 10)
LETTER, CAPITAL, NEAR = 7.5, 10, 4  # how wide and high a letter of a label is, and what is too near


@dataclass(frozen=True)
class Point:
    """A value of a period; nothing where there were no cases.

    It is drawn hollow where the period is not over, or its cases are too few to judge by. It leads
    to its cases by ``url``. ``verdict`` marks a signal: better, worse or changed.
    """

    label: str
    value: Decimal | None
    is_open: bool = False
    url: str = ""
    told: str = ""
    verdict: str = ""
    interval: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Level:
    """A level line over the points from one to another: an average, a limit, a target."""

    kind: str
    value: Decimal
    first: int
    last: int
    label: str = ""


@dataclass(frozen=True)
class Mark:
    """Something that happened at a point, by a letter that is explained below the chart."""

    at: int
    letter: str


def scale(most: float, lines: int = 5) -> list[float]:
    """Round numbers from 0 to at least ``most``, for the lines of an axis."""
    if most <= 0:
        return [0, 1]
    rough = most / lines
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))
    return [step * number for number in range(math.ceil(most / step - 1e-9) + 1)]


@dataclass(frozen=True)
class Drawing:
    """What a chart is drawn with besides its points; described from them unless told how."""

    key: str
    title: str
    unit: str = ""
    description: str = ""
    width: int = 760
    height: int = 300
    levels: Sequence[Level] = ()
    marks: Sequence[Mark] = ()


def line(points: Sequence[Point], **told) -> SafeString:
    """A line chart: a gap where there were no cases, a hollow point while a period is not over.

    It takes what :class:`Drawing` has.
    """
    return _chart(points, _line, Drawing(**told))


def columns(points: Sequence[Point], **told) -> SafeString:
    """A column chart, for counts; takes what :class:`Drawing` has."""
    return _chart(points, _columns, Drawing(**told))


def spark(points: Sequence[Point], *, key: str, title: str, width=120, height=32) -> SafeString:
    """A line without axes, no larger than a word, for a tile."""
    values = [float(point.value) for point in points if point.value is not None]
    least, most = min(values, default=0), max(values, default=1)
    room = (most - least) or 1
    across = (width - 8) / max(1, len(points) - 1)
    spots = [
        None
        if point.value is None
        else (4 + across * at, height - 4 - (float(point.value) - least) / room * (height - 8))
        for at, point in enumerate(points)
    ]
    last = next((spot for spot in reversed(spots) if spot), None)
    dot = (
        format_html('<circle class="chart-dot" cx="{}" cy="{}" r="3"/>', *_two(last))
        if last
        else ""
    )
    return drawing(
        format_html("{}{}", _paths(spots), dot),
        key=key,
        title=title,
        description=describe(points),
        width=width,
        height=height,
        kind="chart chart--spark",
    )


def describe(points: Sequence[Point], unit: str = "") -> str:
    """The chart in a sentence or two, for people who do not see it."""
    known = [point for point in points if point.value is not None]
    if not known:
        return "There are no cases in these periods."
    low = min(known, key=lambda point: point.value)
    high = max(known, key=lambda point: point.value)
    told = [
        f"{len(points)} periods from {points[0].label} to {points[-1].label}.",
        f"Lowest {_said(low, unit)}, highest {_said(high, unit)}, latest {_said(known[-1], unit)}.",
    ]
    if len(known) < len(points):
        told.append(f"No cases in {len(points) - len(known)} of them.")
    if signals := sum(bool(point.verdict) for point in points):
        told.append(f"More than chance: {signals} of them.")
    return " ".join(told)


def _said(point: Point, unit: str) -> str:
    return f"{_number(point.value)}{unit} ({point.label})"


def _number(value) -> str:
    return f"{round(float(value), 1):,g}" if float(value) < 1e5 else f"{float(value):,.0f}"


def _two(spot: tuple[float, float]) -> tuple[str, str]:
    return f"{spot[0]:.1f}", f"{spot[1]:.1f}"


def _chart(points, draw, asked: Drawing) -> SafeString:
    width, height, unit = asked.width, asked.height, asked.unit
    tops = [point.interval[1] if point.interval else point.value for point in points]
    tops = [*tops, *(level.value for level in asked.levels)]
    marks = scale(max((float(top) for top in tops if top is not None), default=0))
    across = (width - LEFT - RIGHT) / max(1, len(points))
    spots = [
        (
            LEFT + across * (at + 0.5),
            None if point.value is None else _height(float(point.value), marks[-1], height),
        )
        for at, point in enumerate(points)
    ]
    grid = format_html_join(
        "",
        '<line class="chart-grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="chart-label" x="{}" y="{}" text-anchor="end">{}{}</text>',
        (
            (LEFT, width - RIGHT, y, y, LEFT - 8, f"{float(y) + 5:.1f}", _number(mark), unit)
            for mark in marks
            for y in [f"{_height(mark, marks[-1], height):.1f}"]
        ),
    )
    return drawing(
        format_html(
            "{}{}{}{}{}{}",
            grid,
            _names(points, spots, width, height),
            _marks(asked.marks, spots, height),
            _intervals(points, spots, marks[-1], height),
            _levels(asked, points, spots, across, marks[-1]),
            draw(points, spots, across, height),
        ),
        key=asked.key,
        title=asked.title,
        description=asked.description or describe(points, unit),
        width=width,
        height=height,
        kind="chart",
        role="group" if any(point.url for point in points) else "img",
    )


@dataclass(frozen=True)
class _Box:
    """What a line or a text takes up of the chart."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        """Whether the two share a place."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom


def _levels(asked: Drawing, points, spots, across: float, most: float) -> SafeString:
    """The level lines, each with its name where nothing else is drawn, as far as there is room."""
    height = asked.height
    lines = [
        _Box(spots[level.first][0] - across / 2, at, spots[level.last][0] + across / 2, at)
        for level in asked.levels
        for at in [_height(float(level.value), most, height)]
    ]
    drawn, names = _spans(points, spots, most, height), []
    for level, line in zip(asked.levels, lines, strict=True):
        if level.label:
            others = [other for other in lines if other is not line]
            name = _name_of(level, line, drawn, others, spots, height)
            drawn.append(name)
            names.append((f"{name.left:.1f}", f"{name.bottom:.1f}", level.label))
    return format_html(
        "{}{}",
        format_html_join(
            "",
            '<line class="chart-level chart-level--{}" x1="{}" x2="{}" y1="{}" y2="{}"/>',
            (
                (level.kind, f"{line.left:.1f}", f"{line.right:.1f}", *(f"{line.top:.1f}",) * 2)
                for level, line in zip(asked.levels, lines, strict=True)
            ),
        ),
        format_html_join("", '<text class="chart-label" x="{}" y="{}">{}</text>', names),
    )


def _spans(points, spots, most: float, height: int) -> list[_Box]:
    """The lines of the intervals."""
    return [
        _Box(x, _height(float(high), most, height), x, _height(float(low), most, height))
        for point, (x, _) in zip(points, spots, strict=True)
        if point.interval
        for low, high in [point.interval]
    ]


def _name_of(level: Level, line: _Box, drawn, others, spots, height: int) -> _Box:
    """Where the name of a level stands: above its line or below, from its start towards its end.

    It keeps clear of what is drawn, and where there is room of the other levels' lines.
    """
    wide = LETTER * len(level.label)
    first, last = line.left + 4, line.right - 4 - wide
    starts = [first, last, *(first + (last - first) * part / 8 for part in range(1, 8))]
    feet = [foot for foot in (line.top - 4, line.top + 14) if foot < height - BOTTOM]
    places = [_Box(x, foot - CAPITAL, x + wide, foot) for x in starts for foot in feet]
    clear = [
        place
        for place in places
        if not _is_crossed(place.left, place.bottom, wide, spots)
        and not any(place.meets(other) for other in drawn)
    ]
    free = (place for place in clear if not any(place.meets(other) for other in others))
    return next(free, (clear or places)[0])


def _is_crossed(left: float, foot: float, wide: float, spots) -> bool:
    """Whether the line through the spots runs where a text is to stand, or touches it."""
    known = [spot for spot in spots if spot[1] is not None]
    for (start, before), (end, after) in itertools.pairwise(known):
        edges = max(start, left - NEAR), min(end, left + wide + NEAR)
        if edges[0] <= edges[1]:
            rise = (after - before) / (end - start)
            passed = [before + rise * (x - start) for x in edges]
            if min(passed) <= foot + NEAR and max(passed) >= foot - CAPITAL - NEAR:
                return True
    return False


def _marks(marks, spots, height: int) -> SafeString:
    return format_html_join(
        "",
        '<line class="chart-mark" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
        '<text class="chart-label chart-label--mark" x="{0}" y="{1}" text-anchor="middle">{3}'
        "</text>",
        ((f"{spots[mark.at][0]:.1f}", TOP + 2, height - BOTTOM, mark.letter) for mark in marks),
    )


def _intervals(points, spots, most: float, height: int) -> SafeString:
    return format_html_join(
        "",
        '<line class="chart-interval" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>',
        (
            (f"{x:.1f}", *(f"{_height(float(end), most, height):.1f}" for end in point.interval))
            for point, (x, _) in zip(points, spots, strict=True)
            if point.interval
        ),
    )


def _linked(point: Point, shape: SafeString, across: float, spot) -> SafeString:
    """A shape that leads to its cases, in the column of the chart that is its own.

    The table beside the chart has the same links; the keyboard goes there, and not through here.
    """
    if not point.url:
        return shape
    return format_html(
        '<a class="chart-link" href="{}" tabindex="-1" aria-label="{}"><title>{}</title>'
        '<circle class="chart-hit" cx="{}" cy="{}" r="{}"/>{}</a>',
        point.url,
        point.told,
        point.told,
        *_two(spot),
        f"{max(8, min(14, across / 2)):.1f}",
        shape,
    )


def _height(value: float, most: float, height: int) -> float:
    return height - BOTTOM - value / most * (height - TOP - BOTTOM)


def _names(points, spots, width: int, height: int) -> SafeString:
    """The names of as many periods as there is room for, counted back from the latest."""
    longest = max((len(point.label) for point in points), default=1)
    room = max(1, math.floor((width - LEFT - RIGHT) / (longest * LETTER + 16)))
    every = math.ceil(len(points) / room)
    shown = [at for at in range(len(points)) if (len(points) - 1 - at) % every == 0]
    widest = longest * LETTER / 2
    return format_html_join(
        "",
        '<text class="chart-label" x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (f"{min(spots[at][0], width - widest):.1f}", height - 8, points[at].label)
            for at in shown
            if spots[at][0] - widest > LEFT - 40
        ),
    )


def _line(points, spots, across: float, height: int) -> SafeString:
    drawn = [None if y is None else (x, y) for x, y in spots]
    dots = format_html_join(
        "",
        "{}",
        (
            (_linked(point, _dot(point, spot), across, spot),)
            for point, spot in zip(points, drawn, strict=True)
            if spot
        ),
    )
    return format_html("{}{}", _paths(drawn), dots)


def _dot(point: Point, spot: tuple[float, float]) -> SafeString:
    """A round point; a diamond where it is a signal, so that colour is not all that tells."""
    kinds = ["chart-dot"]
    if point.is_open:
        kinds.append("chart-dot--open")
    if not point.verdict:
        x, y = _two(spot)
        return format_html('<circle class="{}" cx="{}" cy="{}" r="4"/>', " ".join(kinds), x, y)
    kinds.append(f"chart-dot--{point.verdict}")
    x, y = spot
    return format_html(
        '<path class="{}" d="M{} {} l7 7 l-7 7 l-7 -7 z"/>',
        " ".join(kinds),
        f"{x:.1f}",
        f"{y - 7:.1f}",
    )


def _columns(points, spots, across: float, height: int) -> SafeString:
    wide = min(40, across * 0.7)
    return format_html_join(
        "",
        "{}",
        (
            (_linked(point, _column(point, x, y, wide, height), across, (x, y)),)
            for point, (x, y) in zip(points, spots, strict=True)
            if y is not None
        ),
    )


def _column(point: Point, x: float, y: float, wide: float, height: int) -> SafeString:
    kinds = ["chart-column"]
    if point.is_open:
        kinds.append("chart-column--open")
    column = format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        " ".join(kinds),
        *_two((x - wide / 2, y)),
        *_two((wide, max(0, height - BOTTOM - y))),
    )
    return format_html("{}{}", column, _dot(point, (x, y))) if point.verdict else column


def _paths(spots: Iterable[tuple[float, float] | None]) -> SafeString:
    stretches = (list(stretch) for known, stretch in itertools.groupby(spots, bool) if known)
    return format_html_join(
        "",
        '<path class="chart-line" d="M{}"/>',
        ((" L".join(" ".join(_two(spot)) for spot in stretch),) for stretch in stretches),
    )


def drawing(inside, *, key, title, description, width, height, kind, role="img") -> SafeString:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" viewBox="0 0 {width} {height}"'
        ' role="{role}" aria-labelledby="{key}-title {key}-desc">'
        '<title id="{key}-title">{title}</title>'
        '<desc id="{key}-desc">{description}</desc>{inside}</svg>',
        kind=kind,
        role=role,
        width=width,
        height=height,
        key=key,
        title=title,
        description=description,
        inside=inside,
    )
