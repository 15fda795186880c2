"""The tables of a paper as an Excel workbook, a sheet each, behind a list of them.

A number is a number, with as many decimals as the paper shows and no more.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from config.exports import Number, Sheet, as_workbook
from config.tables import day
from indicators.reporting.outputs.columns import widths
from indicators.reporting.paper import Cell, Paper, Table

CONTENTS = "Contents"
LONGEST = 31  # characters in the name of a sheet
NO_NAME = re.compile(r"[\[\]:*?/\\']")
NUMBER = re.compile(r'([^\w"]{0,3})(\d[\d,]*)(\.\d+)?([^\d"]{0,20})')


def write(paper: Paper) -> bytes:
    """The paper's tables as a workbook."""
    tables = [
        block for section in paper.parts() for block in section.blocks if isinstance(block, Table)
    ]
    named = dict(zip(names(tables), tables, strict=True))
    sheets = [_sheet(name, table, paper.marking) for name, table in named.items()]
    return as_workbook([_contents(paper, named), *sheets], title=paper.title)


def names(tables: list[Table]) -> Iterator[str]:
    """The names of the sheets: the tables' keys, as Excel takes them, and each once."""
    taken = {CONTENTS.casefold()}
    for table in tables:
        plain = NO_NAME.sub(" ", table.key).strip()[:LONGEST] or "Table"
        name, count = plain, 1
        while name.casefold() in taken:
            count += 1
            name = f"{plain[: LONGEST - len(str(count)) - 1]} {count}"
        taken.add(name.casefold())
        yield name


def shown(cell: Cell) -> Number | str:
    """What a cell shows: a number in the format of its text, or the text."""
    found = NUMBER.fullmatch(cell.text)
    if cell.number is None or not found:
        return cell.text
    before, whole, decimals, after = found.groups(default="")
    number = Decimal(whole.replace(",", "") + decimals).copy_sign(cell.number)
    if number != cell.number.quantize(number, ROUND_HALF_UP):
        return cell.text
    digits = ("#,##0" if "," in whole else "0") + "." * bool(decimals) + "0" * (len(decimals) - 1)
    form = _literal(before) + digits + _literal(after)
    return Number(number, f"{form};{form}" if number < 0 else form)


def _literal(text: str) -> str:
    return f'"{text}"' if text else ""


def _contents(paper: Paper, named: dict[str, Table]) -> Sheet:
    rows = [
        [paper.title],
        *([[paper.marking]] if paper.marking else []),
        [paper.authority],
        *paper.front,
        ["As at", day(paper.as_at)],
        [],
        ["Sheet", "Table"],
        *([name, table.caption] for name, table in named.items()),
    ]
    return Sheet(CONTENTS, rows, heads=0, widths=(34, 90))


def _sheet(name: str, table: Table, marking: str) -> Sheet:
    above = [[text] for text in (table.caption, table.note, marking) if text]
    cells = [[shown(cell) for cell in row] for row in table.rows]
    rows = [*above, [column.title for column in table.columns], *cells]
    return Sheet(name, rows, heads=len(above) + 1, widths=widths(table))
