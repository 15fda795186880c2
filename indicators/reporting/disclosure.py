"""Which figures of a paper are hidden before anybody outside sees it, and what cannot be. Pure.

Small counts of persons are hidden first; then whatever a reader could work them out from: totals
and other parts, percentages, and what earlier reports published. What a reader can work out is
not guessed at but reckoned (``bounds``), from every figure that is and was published.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from config.tables import day

from ..registry import INDICATORS
from .mentions import Mention, mentions
from .paper import Cell, Paper, Part, Quote, Table
from .protection import AWAY, HIDDEN, MARKERS, Group, Marks, Published, linked
from .relations import Parents
from .rules import Rules, rules

LEGEND = {
    HIDDEN: "c: a small number of people, or what would give one away; it is not shown.",
    AWAY: "x: not available.",
}
NUMBERS = (Part.NUMERATOR, Part.DENOMINATOR, Part.VALUE)


@dataclass(frozen=True)
class Problem:
    """Why a paper cannot be published as it is: where, what is wrong, and what to do."""

    where: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.wrong} {self.remedy}"


@dataclass(frozen=True)
class Concealed:
    """A paper in which nothing is left that is to be hidden, the figures hidden, and problems.

    ``figures`` says of each figure what it shows, as the next report has to be told.
    """

    paper: Paper
    figures: tuple[Published, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def hidden(self) -> tuple[Published, ...]:
        """The figures of which some number is hidden."""
        return tuple(one for one in self.figures if MARKERS & set(one.shown.values()))


def conceal(
    paper: Paper,
    profile: str,
    *,
    published: Sequence[Published] = (),
    parents: Parents | None = None,
) -> Concealed:
    """The paper as a profile allows it to be seen.

    ``published`` are the figures of every earlier publication, the latest last; ``parents`` is the
    tree of the authority's teams, each with what it is below.
    """
    applied = rules(profile, paper.as_at)
    parents = parents or {}
    quoted = list(dict.fromkeys(quote for cell in paper.cells() for quote in cell.quotes))
    marks: Marks = {}
    problems: list[Problem] = []
    if applied.hides:
        guarded = [quote for quote in quoted if _is_guarded(quote, applied)]
        if applied.of_authority_only:
            below = [quote for quote in guarded if parents.get(quote.place_id) is not None]
            marks |= {(quote, part): AWAY for quote in below for part in NUMBERS}
            guarded = [quote for quote in guarded if parents.get(quote.place_id) is None]
        earlier = [one for one in published if _is_guarded(one.quote, applied)]
        for quotes, before in linked(guarded, earlier):
            group = Group(quotes, before, applied, parents)
            group.protect()
            marks |= group.marks()
            problems += map(_given_away, dict.fromkeys(group.given_away))
    seen = paper.with_cells(lambda cell: _shown(cell, marks)).with_tables(_legend)
    told: dict[tuple[str, str, str], Mention] = {}
    for mention in mentions(paper, seen, marks):
        told.setdefault((mention.heading, mention.words, mention.quote.indicator), mention)
    problems += map(_named, told.values())
    return Concealed(
        replace(seen, marking=applied.marking or seen.marking),
        tuple(_told(paper, quoted, marks)),
        tuple(problems),
    )


def _is_guarded(quote: Quote, applied: Rules) -> bool:
    return quote.counts_persons or not applied.staff_exact


def _shown(cell: Cell, marks: Marks) -> Cell:
    """The cell as it may be seen: itself, in whole per cent, or a marker without a number.

    What else is known of a figure that is hidden in part does not go with it.
    """
    part = cell.part if cell.part in NUMBERS else Part.VALUE
    found = [mark for quote in cell.quotes if (mark := marks.get((quote, part)))]
    if not found:
        is_hidden = any((quote, Part.VALUE) in marks for quote in cell.quotes)
        return Cell(cell.text, cell.number) if is_hidden else cell
    if cell.part in (Part.CHANGE, Part.INTERVAL) or found[0] in MARKERS:
        return Cell(found[0] if found[0] in MARKERS else HIDDEN)
    return Cell(found[0], Decimal(found[0].removesuffix("%")))


def _legend(table: Table) -> Table:
    """The table with a note on what the markers in it stand for."""
    texts = {cell.text for row in table.rows for cell in row}
    told = [words for marker, words in LEGEND.items() if marker in texts]
    return replace(table, note=" ".join(filter(None, [table.note, *told])))


def _told(paper: Paper, quoted: Iterable[Quote], marks: Marks) -> Iterator[Published]:
    """What the paper tells of each figure, and what of it is hidden."""
    texts: dict[Quote, dict[Part, str]] = defaultdict(dict)
    for cell in paper.cells():
        if cell.quote:
            texts[cell.quote][cell.part or Part.VALUE] = _shown(cell, marks).text
    for quote in quoted:
        hidden = {part: mark for part in NUMBERS if (mark := marks.get((quote, part))) in MARKERS}
        yield Published(quote, texts[quote] | hidden)


def _given_away(quote: Quote) -> Problem:
    return Problem(
        _called(quote),
        "a hidden number could be worked out from what earlier reports published.",
        "Leave this figure out, or give it for a longer period.",
    )


def _named(mention: Mention) -> Problem:
    return Problem(
        mention.heading,
        f"“{mention.words}” tells a number that is hidden: {_called(mention.quote)}.",
        "Say it without the number, for example “fewer than 6”.",
    )


def _called(quote: Quote) -> str:
    """A figure in words: its title, and its days."""
    indicator = INDICATORS.get(quote.indicator)
    title = indicator.title if indicator else quote.indicator
    first = "" if quote.first == quote.last else f"{day(quote.first)} to "
    return f"{title}, {first}{day(quote.last)}"
