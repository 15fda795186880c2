"""The charts of a paper, drawn from the numbers that its cells show."""

from pathlib import Path

import font_source_sans_pro
import resvg_py
from django.utils.safestring import SafeString

from config.exports import styled
from indicators import chart
from indicators.reporting.paper import Drawing

FONTS = Path(font_source_sans_pro.__file__).parent / "files"
FONT = "Source Sans Pro"


def svg(drawing: Drawing) -> SafeString:
    """The chart as a line, in which a value that is not shown is a gap."""
    level = drawing.level
    return chart.line(
        [
            chart.Point(label, cell.number)
            for label, cell in zip(drawing.labels, drawing.points, strict=True)
        ],
        key=drawing.key,
        title=drawing.caption,
        unit="%" if drawing.unit == "%" else "",
        description=drawing.described,
        levels=[
            chart.Level("target", level.number, 0, len(drawing.points) - 1, f"Target {level.text}")
        ]
        if level and level.number is not None and drawing.points
        else [],
    )


def png(drawing: Drawing) -> bytes:
    """The chart as a picture, with twice as many dots as it needs on a screen."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=styled(svg(drawing)),
            skip_system_fonts=True,
            font_files=[str(FONTS / f"SourceSansPro-{kind}.ttf") for kind in ("Regular", "Bold")],
            font_family=FONT,
            sans_serif_family=FONT,
            background="white",
            zoom=2,
        )
    )
