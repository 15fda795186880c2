"""Hidden numbers that the texts of a paper name all the same. Pure.

What people write is not made of cells, so that it is read: for a hidden percentage, and for a count
beside what it is of. Where a text is about an indicator, it is read as well for any count of people
or cases, and for shares that come to the hidden number: “one in five”, “half of them”. It is about
those whose figures stand in the same section, and a sentence about those whose title it speaks of.
"""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from ..figures import half_up
from ..registry import INDICATORS
from .paper import Cell, Drawing, Paper, Part, Quote, Section, Table, Text

UNITS = (
    *("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {
    **{word: number for number, word in enumerate(UNITS)},
    **{word: 10 * number for number, word in enumerate(TENS, 2)},
    **{
        f"{ten}-{unit}": 10 * tens + units
        for tens, ten in enumerate(TENS, 2)
        for units, unit in enumerate(UNITS[1:10], 1)
    },
    "a single": 1,
    "a couple of": 2,
    "a pair of": 2,
    "both": 2,
    "a dozen": 12,
}
PARTS = ("half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
HALF = Fraction(1, 2)
COMMON = {
    *("child", "children", "people", "received", "share", "working", "first", "second", "last"),
    *("later", "days", "weeks", "months", "year", "time", "more", "fewer", "than", "that"),
    *("from", "with", "within"),
}


def _pattern(text: str) -> re.Pattern:
    """A pattern in which a space is any space, and which begins with a word or a number."""
    return re.compile(rf"(?<![\w.,–-]){text}".replace(" ", r"\s+"), re.IGNORECASE)


_SPELT = "|".join(sorted((word.replace("-", r"[\s-]") for word in WORDS), key=len, reverse=True))
NUMBER = rf"(\d[\d,]*(?:\.\d+)?|(?:{_SPELT})\b)"
COUNT = _pattern(
    rf"(?=({NUMBER} (?:(?!(?:in|(?:day|week|month|year)s?)\b)\w+ ){{0,2}}"
    r"(?:child|children|people|persons?|pupils?|famil(?:y|ies)|boys?|girls?|plans?|referrals?|"
    r"requests?|visits?|cases?|assessments?|decisions?|social workers?|workers?)\b))"
)
OF_THEM = _pattern(rf"(?=({NUMBER} of (?:them|these|those|whom|which)\b))")
PER_CENT = _pattern(rf"{NUMBER}\s*(?:%|per ?cent\b)(?! (?:confidence )?interval)")
OF = _pattern(rf"{NUMBER}\s*(?:/|÷|(?:out )?of(?: the| all| these| those)*)\s*{NUMBER}(?!\w)")
IN = _pattern(rf"{NUMBER} in (?:every )?{NUMBER}(?!\w)")
PART = _pattern(
    rf"(?<!first\s)(?<!second\s)(an? |{NUMBER}[\s-])?({'|'.join(PARTS)})s?"
    r" (?:of|the|all|were|was|are|is|had|have)\b"
)
NONE_OF = _pattern(r"none of\b")


@dataclass(frozen=True)
class Mention:
    """Words of a paper that name a hidden number, and under which heading they stand."""

    heading: str
    words: str
    quote: Quote


@dataclass(frozen=True)
class Share:
    """A share that a text tells: its words, what it comes to, and both numbers where it has them.

    ``percent`` is the number before the sign, where it is told in per cent.
    """

    words: str
    size: Fraction
    numbers: tuple[Fraction, Fraction] | None = None
    percent: Fraction | None = None


def mentions(
    exact: Paper, seen: Paper, hidden: Collection[tuple[Quote, Part]]
) -> Iterator[Mention]:
    """The words that name a hidden number; a percentage that some cell shows may be named."""
    shown = {share.percent for cell in seen.cells() for share in _in_per_cent(cell.text)}
    quotes = list(dict.fromkeys(quote for quote, _ in hidden))
    for heading, text, about in _texts(exact):
        for sentence in re.split(r"(?<=[.!?;]) ", text):
            shares = [share for share in _shares(sentence) if share.percent not in shown]
            counts = list(_counts(sentence))
            for quote in quotes if shares or counts else ():
                found = [share.words for share in shares if _names(share, quote)]
                if quote in about or _speaks_of(sentence, quote.indicator):
                    found += [share.words for share in shares if _comes_to(share, quote)]
                    secret = set(_secret(quote, hidden))
                    found += [words for words, number in counts if number in secret]
                if found:
                    yield Mention(heading, found[0], quote)


def _names(share: Share, quote: Quote) -> bool:
    """Whether it is the value of a figure, rounded as people round, or both its numbers."""
    if share.percent is None or quote.value is None or quote.unit != "%":
        return share.numbers == (quote.numerator, quote.denominator) != (0, 0)
    whole = half_up(quote.value, 0)
    return share.percent == half_up(quote.value, 1) or share.percent == whole in range(1, 100)


def _comes_to(share: Share, quote: Quote) -> bool:
    """Whether the share of a figure's denominator is its numerator, to the next whole number."""
    if quote.unit != "%" or not quote.denominator:
        return False
    return math.floor(share.size * Fraction(quote.denominator) + HALF) == quote.numerator


def _secret(quote: Quote, hidden: Collection[tuple[Quote, Part]]) -> Iterator[Fraction]:
    """The counts of a figure that are hidden; nobody is named by saying that there are none."""
    numbers = []
    if (quote, Part.NUMERATOR) in hidden:
        numbers.append(quote.numerator)
        if quote.unit == "%":
            numbers.append(quote.denominator - quote.numerator)
    if (quote, Part.DENOMINATOR) in hidden:
        numbers.append(quote.denominator)
    return (Fraction(number) for number in numbers if number)


def _speaks_of(sentence: str, indicator: str) -> bool:
    """Whether a sentence has a word that tells an indicator from others."""
    return any(re.search(rf"\b{stem}", sentence, re.IGNORECASE) for stem in _stems(indicator))


@cache
def _stems(indicator: str) -> frozenset[str]:
    """The beginnings of the words of an indicator's title that say what it is about."""
    found = INDICATORS.get(indicator)
    words = re.findall(r"[^\W\d_]{4,}|[A-Z]{3,}", found.title if found else "")
    return frozenset(word[:6].rstrip("s") for word in words if word.lower() not in COMMON)


def _counts(text: str) -> Iterator[tuple[str, Fraction]]:
    """The counts of people or cases that a text tells, each with its words."""
    for pattern in (COUNT, OF_THEM):
        for found in pattern.finditer(text):
            yield found[1], _number(found[2])


def _shares(text: str) -> Iterator[Share]:
    """The shares that a text tells, in whatever way."""
    yield from _in_per_cent(text)
    for pattern in (OF, IN):
        for found in pattern.finditer(text):
            first, second = _number(found[1]), _number(found[2])
            if 0 <= first <= second != 0:
                yield Share(found[0], first / second, (first, second))
    for found in PART.finditer(text):
        times = _number(found[2]) if found[2] else Fraction(1)
        yield Share(found[0], times / (PARTS.index(found[3].lower()) + 2))
    for found in NONE_OF.finditer(text):
        yield Share(found[0], Fraction(0))


def _in_per_cent(text: str) -> Iterator[Share]:
    for found in PER_CENT.finditer(text):
        number = _number(found[1])
        yield Share(found[0], number / 100, percent=number)


def _number(text: str) -> Fraction:
    """A number as people write it, in digits or in words."""
    plain = re.sub(r"\s+", " ", text.lower())
    return Fraction(WORDS[known]) if (known := _word(plain)) else Fraction(plain.replace(",", ""))


def _word(text: str) -> str:
    """The number in words as it is known, with its hyphen; empty where it is in digits."""
    return next((word for word in (text, text.replace(" ", "-")) if word in WORDS), "")


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
