"""What stands beside a figure on its page: what is published of others, and commentary."""

from collections import defaultdict
from typing import Any

from ..beside import Published, together
from ..figures import Figure
from ..selection import Selection
from ..settled import provisional
from .commentary import address_to_write, commentary_on


def beside_figure(
    figure: Figure, series: list[Published], selection: Selection, user
) -> dict[str, Any]:
    """What the page of an indicator shows beside its figure."""
    indicator, period = figure.indicator, figure.period
    latest = {each.area: each for each in series if each.row.last_on <= period.end}
    return {
        "published": together(latest.values()),
        "years": _by_year(series),
        "last_event": selection.reading.last_event([indicator]),
        "provisional": provisional(figure, selection.as_at),
        "commentary": commentary_on(indicator, period, selection),
        "write_commentary": address_to_write(indicator, period, selection, user),
    }


def _by_year(series: list[Published]) -> dict[str, Any]:
    """Published figures as a table: a row a year, the latest first, a column an area.

    Each row has the days on which its figures were published.
    """
    areas = list(dict.fromkeys(each.area for each in reversed(series)))[::-1]
    rows = defaultdict(dict)
    for each in reversed(series):
        rows[each.when][each.area] = each
    return {
        "areas": areas,
        "rows": [
            (
                when,
                [row.get(area) for area in areas],
                sorted({each.row.published_on for each in row.values()}),
            )
            for when, row in rows.items()
        ],
    }
