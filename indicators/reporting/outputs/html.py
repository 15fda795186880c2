"""A paper as a web page that stands alone: no script, and its styles within it.

The same body stands inside the site's own pages, as a preview and for members.
"""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from config.exports import chart_styles
from indicators.reporting.outputs import charts
from indicators.reporting.outputs.legible import legible
from indicators.reporting.paper import Drawing, Paper, Section, Table

SIZES = ("m", "s")  # of the headings of each level, as the site's classes call them
LISTED = 2  # levels of headings that the contents have


def write(paper: Paper) -> bytes:
    """The paper as a page of its own."""
    styles = mark_safe(chart_styles())
    page = render_to_string("paper/page.html", {**_context(paper), "chart_styles": styles})
    return page.encode()


def body(paper: Paper) -> SafeString:
    """The paper as part of another page, in the classes of the site."""
    return render_to_string("paper/body.html", _context(legible(paper)))


def _context(paper: Paper) -> dict:
    return {
        "paper": paper,
        "titled": any(text == paper.title for _, text in paper.front),
        "sections": [_section(section) for section in paper.sections],
        "appendix": [_section(section) for section in paper.appendix],
    }


def _section(section: Section) -> dict:
    return {
        "heading": section.heading,
        "level": section.level + 1,
        "size": SIZES[min(section.level, len(SIZES)) - 1],
        "listed": section.level <= LISTED,
        "blocks": [
            {
                "block": block,
                "rows": _rows(block) if isinstance(block, Table) else None,
                "chart": charts.svg(block) if isinstance(block, Drawing) else None,
            }
            for block in section.blocks
        ],
    }


def _rows(table: Table) -> list:
    return [list(zip(table.columns, row, strict=True)) for row in table.rows]
