"""The texts and headings of a paper as every format can carry them.

A mark that turns the direction of what follows would show 123 as 321, and a control character is
refused by some formats and shown by others: neither belongs to a text that people read.
"""

import dataclasses
import itertools
import re
from dataclasses import replace
from typing import Any

from indicators.reporting.paper import Paper, Quote, Section

SPACE = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters
    "\u202a-\u202e\u2066-\u2069"  # turns of direction
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"  # no characters at all
    "\ud800-\udfff]"  # halves of a character
)


def legible(paper: Paper) -> Paper:
    """The same paper, each text on one line and without characters that nobody sees.

    No heading is more than a level below the one before it.
    """
    plain = _part(paper)
    return replace(plain, sections=_stepped(plain.sections), appendix=_stepped(plain.appendix))


def _stepped(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    levels = itertools.accumulate(
        (section.level for section in sections),
        lambda above, level: min(level, above + 1),
        initial=0,
    )
    return tuple(
        replace(section, level=level)
        for section, level in zip(sections, itertools.islice(levels, 1, None), strict=True)
    )


def _part(part: Any) -> Any:
    if isinstance(part, str):
        return UNSEEN.sub("", SPACE.sub(" ", part))
    if isinstance(part, tuple):
        return tuple(_part(one) for one in part)
    if dataclasses.is_dataclass(part) and not isinstance(part, Quote):
        values = {field.name: getattr(part, field.name) for field in dataclasses.fields(part)}
        return type(part)(**{name: _part(value) for name, value in values.items()})
    return part
