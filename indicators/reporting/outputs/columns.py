"""How wide the columns of a table are, by what stands in them."""

from indicators.reporting.paper import Table

SHORT = 14  # letters of a text that stays on one line
LONG = 40  # and of one that may be parted
APART = 3  # letters between one column and the next


def widths(table: Table) -> tuple[int, ...]:
    """The width of each column in letters: no word is parted, and a long text takes two lines."""
    return tuple(
        APART + max(map(_room, [column.title, *(row[at].text for row in table.rows)]))
        for at, column in enumerate(table.columns)
    )


def _room(text: str) -> int:
    words = max(map(len, text.split()), default=0)
    return min(LONG, max(words, min(len(text), SHORT), len(text) // 2 + 2))
