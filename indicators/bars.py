"""Bars as SVG: how many cases have each reason, and how much each cause adds or takes away."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .chart import drawing

ROW, TALL, MARGIN = 38, 12, 48
SIDE = 60  # what a number needs beside a bar that goes either way
LETTER = 6.6  # the width of one, about


@dataclass(frozen=True)
class Bar:
    """So many cases, in words, and where they are; ``so_far`` is the running share in per cent."""

    words: str
    count: int
    so_far: float | None
    url: str


def pareto(bars: Sequence[Bar], *, key: str, title: str, width: int = 760) -> SafeString:
    """Bars, and the line of the share that they make up together, where they have one."""
    most = max((bar.count for bar in bars), default=0) or 1
    room = width - MARGIN
    spots = [
        (bar.so_far / 100 * room, at * ROW + 26 + TALL / 2)
        for at, bar in enumerate(bars)
        if bar.so_far is not None
    ]
    drawn = format_html_join(
        "",
        '<a class="chart-link" href="{}" tabindex="-1" aria-label="{}: {}"><title>{}: {}</title>'
        '<text class="chart-label" x="0" y="{}">{}</text>'
        '<rect class="chart-column" x="0" y="{}" width="{}" height="{}"/>'
        '<text class="chart-label" x="{}" y="{}">{}</text></a>',
        (
            (
                bar.url,
                *(bar.words, bar.count) * 2,
                at * ROW + 20,
                _fitting(bar.words, width),
                at * ROW + 26,
                f"{max(1, bar.count / most * room):.1f}",
                TALL,
                f"{_beside(bar, bar.count / most * room, room):.1f}",
                at * ROW + 26 + TALL - 2,
                f"{bar.count:,}",
            )
            for at, bar in enumerate(bars)
        ),
    )
    line = format_html(
        '<polyline class="chart-so-far" points="{}"/>{}',
        " ".join(f"{x:.1f},{y:.1f}" for x, y in spots),
        format_html_join(
            "",
            '<circle class="chart-so-far-dot" cx="{}" cy="{}" r="3"/>',
            ((f"{x:.1f}", f"{y:.1f}") for x, y in spots),
        ),
    )
    return drawing(
        format_html("{}{}", drawn, line),
        key=key,
        title=title,
        description=describe(bars),
        width=width,
        height=len(bars) * ROW + 10,
        kind="chart",
        role="group",
    )


def _beside(bar: Bar, end: float, room: float) -> float:
    """Where the number of a bar begins: at its end, or beyond the dot of the line beside it."""
    dot = 0 if bar.so_far is None else bar.so_far / 100 * room
    wide = LETTER * len(f"{bar.count:,}")
    return (dot if end - 6 < dot < end + 12 + wide else end) + 6


@dataclass(frozen=True)
class Swing:
    """What something adds or takes away: the full bar first, then the pale ones.

    ``shown`` is the number beside each, and ``told`` all of them in words.
    """

    words: str
    parts: Sequence[Decimal]
    shown: Sequence[str]
    told: str
    url: str


def swings(found: Sequence[Swing], *, key: str, title: str, width: int = 760) -> SafeString:
    """Bars to the right of a line for what is added, and to its left for what is taken away."""
    values = [float(value) for swing in found for value in swing.parts] or [0.0]
    least, most = min(*values, 0.0), max(*values, 0.0)
    scale = (width - 2 * SIDE) / ((most - least) or 1)
    nought, high = (
        MARGIN - least * scale,
        26 + 18 * max((len(each.parts) for each in found), default=1),
    )
    drawn = format_html_join(
        "",
        '<a class="chart-link" href="{}" tabindex="-1" aria-label="{}: {}"><title>{}: {}</title>'
        '<text class="chart-label" x="0" y="{}">{}</text>{}</a>',
        (
            (
                swing.url,
                *(swing.words, swing.told) * 2,
                at * high + 16,
                _fitting(swing.words, width),
                _parts(swing, top=at * high + 22, nought=nought, scale=scale),
            )
            for at, swing in enumerate(found)
        ),
    )
    line = format_html(
        '<line class="chart-level" x1="{0}" x2="{0}" y1="20" y2="{1}"/>',
        f"{nought:.1f}",
        max(20, len(found) * high),
    )
    return drawing(
        format_html("{}{}", drawn, line),
        key=key,
        title=title,
        description="; ".join(f"{each.words}: {each.told}" for each in found),
        width=width,
        height=len(found) * high + 10,
        kind="chart",
        role="group",
    )


def _parts(swing: Swing, *, top: int, nought: float, scale: float) -> SafeString:
    """The bars of one cause, each with its number at the far end."""
    return format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<text class="chart-label" x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (
                "chart-column--open" if at else "chart-column",
                f"{nought + min(0.0, float(value) * scale):.1f}",
                top + at * 18,
                f"{max(1.0, abs(float(value)) * scale):.1f}",
                TALL,
                f"{nought + float(value) * scale + (-6 if value < 0 else 6):.1f}",
                top + at * 18 + TALL - 1,
                "end" if value < 0 else "start",
                shown,
            )
            for at, (value, shown) in enumerate(zip(swing.parts, swing.shown, strict=True))
        ),
    )


def describe(bars: Sequence[Bar]) -> str:
    """The bars in a sentence, for people who do not see them."""
    if not bars:
        return "There are no cases."
    first = bars[0]
    return f"{len(bars)} bars. The longest: {first.words}, {first.count:,}."


def _fitting(words: str, width: int) -> str:
    fits = int(width / LETTER)
    return words if len(words) <= fits else f"{words[: fits - 1].rstrip()}…"
