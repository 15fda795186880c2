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

LEFT, RIGHT, TOP, BOTTOM = 52, 16, 12, 30
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Point:
    """A value of a period; nothing where there were no cases. Open: the period is not over."""

    label: str
    value: Decimal | None
    is_open: bool = False


def scale(most: float, lines: int = 5) -> list[float]:
    """Round numbers from 0 to at least ``most``, for the lines of an axis."""
    if most <= 0:
        return [0, 1]
    rough = most / lines
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in STEPS if step * power >= rough * (1 - 1e-9))
    return [step * number for number in range(math.ceil(most / step - 1e-9) + 1)]


def line(points: Sequence[Point], *, key: str, title: str, unit: str, width=760, height=300):
    """A line chart: a gap where there were no cases, a hollow point while a period is not over."""
    return _chart(points, _line, key=key, title=title, unit=unit, width=width, height=height)


def columns(points: Sequence[Point], *, key: str, title: str, unit: str, width=760, height=300):
    """A column chart, for counts."""
    return _chart(points, _columns, key=key, title=title, unit=unit, width=width, height=height)


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
    return _svg(
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
    return " ".join(told)


def _said(point: Point, unit: str) -> str:
    return f"{_number(point.value)}{unit} ({point.label})"


def _number(value) -> str:
    return f"{round(float(value), 1):,g}" if float(value) < 1e5 else f"{float(value):,.0f}"


def _two(spot: tuple[float, float]) -> tuple[str, str]:
    return f"{spot[0]:.1f}", f"{spot[1]:.1f}"


def _chart(points, draw, *, key, title, unit, width, height) -> SafeString:
    most = max((float(point.value) for point in points if point.value is not None), default=0)
    marks = scale(most)
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
    return _svg(
        format_html(
            "{}{}{}",
            grid,
            _names(points, spots, width, height),
            draw(points, spots, across, height),
        ),
        key=key,
        title=title,
        description=describe(points, unit),
        width=width,
        height=height,
        kind="chart",
    )


def _height(value: float, most: float, height: int) -> float:
    return height - BOTTOM - value / most * (height - TOP - BOTTOM)


def _names(points, spots, width: int, height: int) -> SafeString:
    """The names of as many periods as there is room for, counted back from the latest."""
    longest = max((len(point.label) for point in points), default=1)
    room = max(1, math.floor((width - LEFT - RIGHT) / (longest * 7.5 + 16)))
    every = math.ceil(len(points) / room)
    shown = [at for at in range(len(points)) if (len(points) - 1 - at) % every == 0]
    widest = longest * 3.75
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
        '<circle class="{}" cx="{}" cy="{}" r="4"/>',
        (
            ("chart-dot chart-dot--open" if point.is_open else "chart-dot", *_two(spot))
            for point, spot in zip(points, drawn, strict=True)
            if spot
        ),
    )
    return format_html("{}{}", _paths(drawn), dots)


def _columns(points, spots, across: float, height: int) -> SafeString:
    wide = min(40, across * 0.7)
    return format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (
                "chart-column chart-column--open" if point.is_open else "chart-column",
                *_two((x - wide / 2, y)),
                *_two((wide, max(0, height - BOTTOM - y))),
            )
            for point, (x, y) in zip(points, spots, strict=True)
            if y is not None
        ),
    )


def _paths(spots: Iterable[tuple[float, float] | None]) -> SafeString:
    stretches = (list(stretch) for known, stretch in itertools.groupby(spots, bool) if known)
    return format_html_join(
        "",
        '<path class="chart-line" d="M{}"/>',
        ((" L".join(" ".join(_two(spot)) for spot in stretch),) for stretch in stretches),
    )


def _svg(inside, *, key, title, description, width, height, kind) -> SafeString:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="{kind}" viewBox="0 0 {width} {height}"'
        ' role="img" aria-labelledby="{key}-title {key}-desc">'
        '<title id="{key}-title">{title}</title>'
        '<desc id="{key}-desc">{description}</desc>{inside}</svg>',
        kind=kind,
        width=width,
        height=height,
        key=key,
        title=title,
        description=description,
        inside=inside,
    )
