"""A committee report as data: sections of texts, tables and charts, and the figures they quote.

It is composed once, disclosure control then decides which of its quotes are hidden, and every
format is written from the same cells, so that all of them show the same digits.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum


class Part(Enum):
    """Which number of a figure is quoted.

    A change is told from one figure to another; an interval is that of a rate of few cases, and
    whoever knows it knows both its numbers.
    """

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"
    CHANGE = "change"
    INTERVAL = "interval"


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A figure that a paper quotes: an indicator's sums for some days and a place, exact.

    ``counts_persons`` says whether the sums count children or cases of children, not staff.
    ``value`` is in the indicator's unit and not rounded; nothing where there are no cases.
    """

    indicator: str
    place_id: int
    first: datetime.date
    last: datetime.date
    as_at: datetime.date
    numerator: Decimal
    denominator: Decimal
    undecided: Decimal = Decimal(0)
    value: Decimal | None = None
    unit: str = "%"
    counts_persons: bool = True


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table: its text, its number where it is one, what it quotes.

    A change is told to the figure ``quote`` from the figure ``since``: whoever knows it and one of
    the two knows the other.
    """

    text: str = ""
    number: Decimal | None = None
    quote: Quote | None = None
    part: Part | None = None
    since: Quote | None = None

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every figure that can be read off it."""
        return tuple(quote for quote in (self.quote, self.since) if quote)


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and whether numbers stand in it."""

    title: str
    is_numeric: bool = False


@dataclass(frozen=True)
class Text:
    """Paragraphs of plain text; as a list of points where ``is_list``."""

    paragraphs: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption; each row begins with its heading. ``key`` names its sheet."""

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Drawing:
    """A chart of the values of some periods; the table with the same cells always follows it.

    ``level`` is a target to be drawn as a line, and ``described`` its alternative text, which
    names no number that a cell does not show.
    """

    key: str
    caption: str
    unit: str
    labels: tuple[str, ...]
    points: tuple[Cell, ...]
    described: str
    level: Cell | None = None


Block = Text | Table | Drawing


@dataclass(frozen=True)
class Section:
    """A part of a paper under a heading; ``level`` is 1 for a section, 2 and 3 for those in it."""

    heading: str
    blocks: tuple[Block, ...] = ()
    level: int = 1


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A whole report to a committee, in the order that such papers have.

    ``front`` is what stands above the first section, as pairs of a label and its text: agenda item,
    title, for consideration by, ward, lead officer. ``marking`` stands on every page.
    """

    title: str
    authority: str
    front: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    appendix: tuple[Section, ...] = ()
    glossary: tuple[tuple[str, str], ...] = ()
    marking: str = ""
    as_at: datetime.date
    language: str = "en-GB"

    def parts(self) -> Iterator[Section]:
        """Its sections and those of the appendix."""
        yield from self.sections
        yield from self.appendix

    def cells(self) -> Iterator[Cell]:
        """Every cell of its tables and charts."""
        for section in self.parts():
            for block in section.blocks:
                if isinstance(block, Table):
                    for row in block.rows:
                        yield from row
                elif isinstance(block, Drawing):
                    yield from block.points
                    if block.level:
                        yield block.level

    def with_tables(self, change: Callable[[Table], Table]) -> "Paper":
        """The same paper with each of its tables put in place of another."""
        return self._with_blocks(lambda block: change(block) if isinstance(block, Table) else block)

    def with_cells(self, change: Callable[[Cell], Cell]) -> "Paper":
        """The same paper with each cell of its tables and charts put in place of another."""

        def changed(block: Block) -> Block:
            if isinstance(block, Table):
                rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
                return replace(block, rows=rows)
            if isinstance(block, Drawing):
                points = tuple(change(cell) for cell in block.points)
                return replace(block, points=points, level=block.level and change(block.level))
            return block

        return self._with_blocks(changed)

    def _with_blocks(self, change: Callable[[Block], Block]) -> "Paper":
        def section(one: Section) -> Section:
            return replace(one, blocks=tuple(change(block) for block in one.blocks))

        return replace(
            self,
            sections=tuple(section(one) for one in self.sections),
            appendix=tuple(section(one) for one in self.appendix),
        )
