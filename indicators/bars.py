"""Bars as SVG: how many cases have each reason, and what share of all they make up so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .chart import drawing

ROW, TALL, MARGIN = 38, 12, 48
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
                f"{bar.count / most * room + 6:.1f}",
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


def describe(bars: Sequence[Bar]) -> str:
    """The bars in a sentence, for people who do not see them."""
    if not bars:
        return "There are no cases."
    first = bars[0]
    return f"{len(bars)} bars. The longest: {first.words}, {first.count:,}."


def _fitting(words: str, width: int) -> str:
    fits = int(width / LETTER)
    return words if len(words) <= fits else f"{words[: fits - 1].rstrip()}…"
