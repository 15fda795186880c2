"""How wide the columns of a table are, by what stands in them."""

from indicators.reporting.paper import Column, Table

LEAST, MOST = 8, 40


def widths(table: Table) -> tuple[int, ...]:
    """The width of each column in letters: of its longest text, within bounds."""
    return tuple(
        min(MOST, max(LEAST, _heading(column), *(len(row[at].text) for row in table.rows)))
        for at, column in enumerate(table.columns)
    )


def _heading(column: Column) -> int:
    """A heading may take two lines, but no word of it is parted."""
    return max(len(column.title) // 2 + 2, *map(len, column.title.split()), 0)
