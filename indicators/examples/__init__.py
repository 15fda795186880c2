"""Worked examples of indicators: text files that people read on a page, and that the tests run.

A file begins with a title and with lines that say which indicators it is for, why they matter, who
owns them and by when they are looked at again. Each example after that is a heading, a paragraph
or two, tables of records, and a table of the figures that these give.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
FIGURES = "figure"  # the heading of the table of what the records give


@dataclass(frozen=True)
class Table:
    """A table of an example: its headings, of which the first says what it holds, and its rows."""

    headings: list[str]
    rows: list[list[str]]

    @property
    def holds(self) -> str:
        """What the table holds: a kind of record, or the figures."""
        return self.headings[0]

    def records(self) -> Iterator[dict[str, str]]:
        """Its rows, each value by its heading."""
        for row in self.rows:
            yield dict(zip(self.headings, row, strict=True))


@dataclass
class Example:
    """One worked example: what happened, in words and as records, and the figures it gives."""

    title: str
    told: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    @property
    def records(self) -> list[Table]:
        """The tables of records."""
        return [table for table in self.tables if table.holds != FIGURES]

    @property
    def figures(self) -> list[dict[str, str]]:
        """The figures that the records give, each with its indicator, its days and its cases."""
        return [row for table in self.tables if table.holds == FIGURES for row in table.records()]

    def for_indicator(self, name: str) -> list[dict[str, str]]:
        """The figures of one indicator."""
        return [row for row in self.figures if row[FIGURES] == name]


@dataclass
class Document:
    """What is said about some indicators, with their worked examples."""

    title: str
    told: dict[str, str] = field(default_factory=dict)
    examples: list[Example] = field(default_factory=list)

    @property
    def indicators(self) -> list[str]:
        """The names of the indicators that it is about."""
        return self.told["indicators"].split(", ")

    @property
    def checked_by(self) -> str:
        """Who, or what, has checked it."""
        return self.told["checked by"]

    @property
    def review_by(self) -> datetime.date:
        """The day by which somebody has to look at it again."""
        return datetime.date.fromisoformat(self.told["review by"])


@cache
def documents() -> dict[str, Document]:
    """The document of each indicator that has one, by the indicator's name."""
    found = [parsed(path.read_text()) for path in sorted(HERE.glob("*.md"))]
    return {name: document for document in found for name in document.indicators}


def parsed(text: str) -> Document:
    """A document as it is written in a file."""
    document, example = Document(""), None
    for block in text.strip().split("\n\n"):
        lines = block.splitlines()
        if block.startswith("# "):
            document.title = lines[0].removeprefix("# ")
        elif block.startswith("## "):
            example = Example(lines[0].removeprefix("## "))
            document.examples.append(example)
        elif block.startswith("|"):
            headings, _, *rows = map(_cells, lines)
            example.tables.append(Table(headings, rows))
        elif example is None:
            document.told |= dict(line.split(": ", 1) for line in lines)
        else:
            example.told.append(" ".join(lines))
    return document


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
