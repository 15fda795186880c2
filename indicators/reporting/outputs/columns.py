"""How wide the columns of a table are, by what stands in them."""

from indicators.reporting.paper import Table

LINE = 90  # letters of a table's row, if each text is to stay on one line
SHORT = 14  # letters of a text that stays on one line in any case
LONG = 40  # and of a word that may be parted
APART = 3  # letters between one column and the next


def widths(table: Table) -> tuple[int, ...]:
    """The width of each column in letters: of its longest text, where there is room for that.

    Where there is not, a text takes two lines, but no word is parted.
    """
    columns = [
        [column.title, *(row[at].text for row in table.rows)]
        for at, column in enumerate(table.columns)
    ]
    whole = tuple(APART + max(map(len, texts)) for texts in columns)
    if sum(whole) <= LINE:
        return whole
    return tuple(APART + max(map(_halved, texts)) for texts in columns)


def _halved(text: str) -> int:
    words = max(map(len, text.split()), default=0)
    return min(LONG, max(words, min(len(text), SHORT), len(text) // 2 + 2))
