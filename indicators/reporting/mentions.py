"""Hidden numbers that the texts of a paper name all the same. Pure.

What people write is not made of cells, so that it is read: for a hidden percentage, for a count
beside what it is of, and within the sections on an indicator for a count of people or cases.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..figures import half_up
from .paper import Cell, Drawing, Paper, Quote, Section, Table, Text

WORDS = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
CASES = (
    r"(?:\w+ ){0,2}(?:child|children|people|persons?|pupils?|famil(?:y|ies)|boys?|girls?|plans?|"
    r"referrals?|requests?|visits?|cases?|assessments?|decisions?|social workers?|workers?)\b"
)


@dataclass(frozen=True)
class Mention:
    """Words of a paper that name a hidden number, and under which heading they stand."""

    heading: str
    words: str
    quote: Quote


def mentions(exact: Paper, seen: Paper, hidden: Collection[Quote]) -> Iterator[Mention]:
    """The words that name a hidden number; a percentage that some cell shows may be named."""
    shown = {cell.text for cell in seen.cells()}
    shares = [(quote, pattern) for quote in hidden for pattern in _shares(quote, shown)]
    for heading, text, about in _texts(exact):
        near = [quote for quote in hidden if quote in about]
        counts = [(quote, pattern) for quote in near if (pattern := _count(quote))]
        for quote, pattern in [*shares, *counts]:
            if found := pattern.search(text):
                yield Mention(heading, found[0], quote)


def _shares(quote: Quote, shown: Collection[str]) -> Iterator[re.Pattern]:
    """How people write a percentage, and a count of so many."""
    if quote.value is not None and quote.unit == "%":
        exact, whole = half_up(quote.value, 1), half_up(quote.value, 0)
        numbers = {str(exact)} | ({str(whole)} if 0 < whole < 100 else set())
        for number in sorted(number for number in numbers if f"{number}%" not in shown):
            yield _pattern(rf"{re.escape(number)}\s*(?:%|per ?cent\b)")
    first, second = _written(quote.numerator), _written(quote.denominator)
    if first and second and quote.denominator:
        yield _pattern(rf"{first}\s*(?:/|÷|(?:out )?of(?: the| all)?)\s*{second}\b")


def _count(quote: Quote) -> re.Pattern | None:
    """How people write a count of persons or cases; nothing where there are none."""
    written = _written(quote.numerator)
    return _pattern(rf"{written} {CASES}") if written and quote.numerator else None


def _pattern(text: str) -> re.Pattern:
    return re.compile(rf"(?<![\w.,]){text}", re.IGNORECASE)


def _written(number: Decimal) -> str:
    """A whole number in digits or as a word."""
    if number != number.to_integral_value() or number < 0:
        return ""
    whole = int(number)
    ways = {str(whole), f"{whole:,}", *(WORDS[whole : whole + 1])}
    return f"(?:{'|'.join(sorted(map(re.escape, ways)))})"


def _texts(paper: Paper) -> Iterator[tuple[str, str, frozenset[Quote]]]:
    """Every text, the heading that it stands under, and the figures that it may be about."""
    for label, text in (("Title", paper.title), *paper.front, *paper.glossary):
        yield label, text, frozenset()
    for some in _together(paper):
        about = frozenset(quote for cell in _cells(some) for quote in cell.quotes)
        for section in some:
            for text in _words(section):
                yield section.heading, text, about


def _together(paper: Paper) -> Iterator[list[Section]]:
    """Sections with those within them, from each of the first two levels on."""
    some: list[Section] = []
    for section in paper.parts():
        if some and section.level <= 2:
            yield some
            some = []
        some.append(section)
    yield some


def _cells(sections: Sequence[Section]) -> Iterator[Cell]:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Table):
                for row in block.rows:
                    yield from row
            elif isinstance(block, Drawing):
                yield from block.points


def _words(section: Section) -> Iterator[str]:
    """What is written in a section, alternative texts among it, and cells that quote nothing."""
    yield section.heading
    for block in section.blocks:
        match block:
            case Text():
                yield from block.paragraphs
            case Table():
                yield from (block.caption, block.note, *(one.title for one in block.columns))
            case Drawing():
                yield from (block.caption, block.described, *block.labels)
    yield from (cell.text for cell in _cells([section]) if not cell.quotes)
