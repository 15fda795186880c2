"""Which figures of a paper are hidden before anybody outside sees it, and what cannot be. Pure.

Small counts of persons are hidden first; then whatever a reader could work them out from: totals
and other parts, percentages, and what earlier reports published. What a reader can work out is
not guessed at but reckoned (``bounds``), from every figure that is and was published.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ..choices import Marker
from ..figures import half_up
from .bounds import Knowledge, Number, Reach
from .paper import Cell, Paper, Part, Quote
from .relations import Atoms, Parents, Sum, nature
from .rules import Rules, rules

HIDDEN, AWAY = Marker.CONFIDENTIAL.value, Marker.UNAVAILABLE.value
MARKERS = frozenset(Marker.values)
NUMBERS = (Part.NUMERATOR, Part.DENOMINATOR, Part.VALUE)
Marks = dict[tuple[Quote, Part], str]


@dataclass(frozen=True)
class Published:
    """A figure that an earlier report quoted, and the text of each of its numbers in it."""

    quote: Quote
    shown: Mapping[Part, str]


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
        for quotes, before in _linked(guarded, earlier):
            group = Group(quotes, before, applied, parents)
            group.protect()
            marks |= group.marks()
            problems += group.problems()
    seen = paper.with_cells(lambda cell: _shown(cell, marks))
    return Concealed(
        replace(seen, marking=applied.marking or seen.marking),
        tuple(_told(paper, quoted, marks)),
        tuple(problems),
    )


def _is_guarded(quote: Quote, applied: Rules) -> bool:
    return quote.counts_persons or not applied.staff_exact


def _shown(cell: Cell, marks: Marks) -> Cell:
    """The cell as it may be seen: itself, in whole per cent, or a marker without a number."""
    part = Part.VALUE if cell.part in (None, Part.CHANGE) else cell.part
    found = [mark for quote in cell.quotes if (mark := marks.get((quote, part)))]
    if not found:
        return cell
    if cell.since or found[0] in MARKERS:
        return Cell(found[0] if found[0] in MARKERS else HIDDEN)
    return Cell(found[0], Decimal(found[0].removesuffix("%")))


def _told(paper: Paper, quoted: Iterable[Quote], marks: Marks) -> Iterator[Published]:
    """What the paper tells of each figure, and what of it is hidden."""
    texts: dict[Quote, dict[Part, str]] = defaultdict(dict)
    for cell in paper.cells():
        if cell.quote:
            texts[cell.quote][cell.part or Part.VALUE] = _shown(cell, marks).text
    for quote in quoted:
        hidden = {part: mark for part in NUMBERS if (mark := marks.get((quote, part))) in MARKERS}
        yield Published(quote, texts[quote] | hidden)


def _linked(
    quotes: Sequence[Quote], earlier: Sequence[Published]
) -> Iterable[tuple[list[Quote], list[Published]]]:
    """The figures in groups of those whose indicators share cases."""
    group: dict[Hashable, set[Hashable]] = {}
    for quote in [*quotes, *(one.quote for one in earlier)]:
        kinds = nature(quote)
        joined = {kinds.yes, kinds.every}.union(
            *(group.get(kind, ()) for kind in (kinds.yes, kinds.every))
        )
        group |= dict.fromkeys(joined, joined)
    found = defaultdict(lambda: ([], []))
    for quote in quotes:
        found[id(group[nature(quote).yes])][0].append(quote)
    for one in earlier:
        found[id(group[nature(one.quote).yes])][1].append(one)
    return [(some, before) for some, before in found.values() if some]


@dataclass(eq=False)
class Count:
    """A number of persons that figures quote, and what a reader is told of it.

    ``own`` are the figures of this paper that quote it; earlier ones have ``told`` it, or it was
    ``held_back``, and perhaps known to be few. What remains of a share is hidden ``with_`` what is.
    """

    atoms: Sum
    value: Decimal
    own: list[tuple[Quote, Part]] = field(default_factory=list)
    told: bool = False
    held_back: bool = False
    mark: str = ""
    few: bool = False
    was_few: bool = False
    with_: "Count | None" = None

    @property
    def is_known(self) -> bool:
        """Whether a reader has the number before them, in this report or an earlier one."""
        return self.told or (bool(self.own) and not self.mark)

    @property
    def is_secret(self) -> bool:
        """Whether it must not be worked out."""
        if self.with_:
            return self.few and not self.with_.told
        return not self.is_known and (bool(self.mark) or self.held_back)


@dataclass(frozen=True, eq=False)
class Ratio:
    """A figure's counts: what it counts, among what, and what remains where it is a share."""

    quote: Quote
    first: Count | None
    second: Count
    rest: Count | None
    is_whole: bool = False

    def counts(self) -> list[Count]:
        """The counts that it quotes."""
        return [count for count in (self.first, self.second) if count]


class Group:
    """Figures that share cases: what of them is hidden so that nothing small can be worked out."""

    def __init__(
        self,
        quotes: Sequence[Quote],
        earlier: Sequence[Published],
        applied: Rules,
        parents: Parents,
    ):
        self.applied, self.parents = applied, parents
        every = [*quotes, *(one.quote for one in earlier)]
        self.atoms = Atoms(every, parents)
        self.shared = _shared(every)
        self.counts: dict[Sum, Count] = {}
        self.own = [self._ratio(quote, is_own=True) for quote in quotes]
        self.past = [self._past(one) for one in reversed(earlier)]
        self.whole: set[Quote] = set()
        self.given_away: list[Quote] = []
        self.settled: set[Sum] = set()
        self.histories: list[Mapping[Hashable, Number]] = []

    def _ratio(self, quote: Quote, *, is_own: bool = False) -> Ratio:
        kinds = nature(quote)
        yes, every = self.atoms.of(quote, kinds.yes), self.atoms.of(quote, kinds.every)
        no = self.atoms.of(quote, ("no", quote.indicator))
        if kinds.is_share and kinds.every not in self.shared:
            every = yes + no
        first = self._count(yes, quote.numerator) if kinds.counts_first else None
        second = self._count(every, quote.denominator)
        rest = self._count(no, quote.denominator - quote.numerator) if kinds.is_share else None
        if rest:
            rest.with_ = first
        if is_own:
            if first:
                first.own.append((quote, Part.NUMERATOR))
            second.own.append((quote, Part.DENOMINATOR))
        return Ratio(quote, first, second, rest)

    def _count(self, atoms: Sum, value: Decimal) -> Count:
        return self.counts.setdefault(atoms, Count(atoms, value))

    def _past(self, one: Published) -> Ratio:
        """A figure of an earlier report, with what it told; a number restated since tells nothing.

        A number that the report had no cell for could be worked out from those that it had.
        """
        ratio, quote = self._ratio(one.quote), one.quote
        value = one.shown.get(Part.VALUE, "")
        is_whole = quote.unit == "%" and value.removesuffix("%").isdigit()
        is_exact = ratio.first is None or ratio.first.value == quote.numerator
        for count, part, number in (
            (ratio.first, Part.NUMERATOR, quote.numerator),
            (ratio.second, Part.DENOMINATOR, quote.denominator),
        ):
            if count is None or count.value != number:
                is_exact = is_exact and count is None
                continue
            unsaid = HIDDEN if value in MARKERS or (is_whole and count is ratio.first) else ""
            text = one.shown.get(part, unsaid)
            if text in MARKERS:
                count.held_back = True
                hinted = [count, ratio.rest] if count is ratio.first else [count]
                for each in filter(None, hinted if text == HIDDEN else ()):
                    each.was_few |= self._is_few(each.value)
                    each.few |= each.was_few
            else:
                count.told = True
        return replace(ratio, is_whole=is_whole and is_exact)

    # What is small.

    def _is_few(self, value: Decimal | Fraction) -> bool:
        return 0 < value <= self.applied.few

    def _small(self) -> list[Count]:
        """The counts that are to be hidden for what they are, and are not hidden yet."""
        found: list[Count] = []
        for ratio in self.own:
            for count in (ratio.first, ratio.second, ratio.rest):
                if count and self._is_few(count.value):
                    count.few = True
                    found += ratio.counts() if count is ratio.second else [count.with_ or count]
            if ratio.first and ratio.rest and self._is_all_or_none_of_few(ratio):
                found.append(ratio.first)
        return [count for count in dict.fromkeys(found) if not count.mark]

    def _is_all_or_none_of_few(self, ratio: Ratio) -> bool:
        """Whether it tells of a few persons what they all did, and no figure tells it of more."""
        if not 0 < ratio.second.value < self.applied.whole_from:
            return False
        return any(
            not count.value and not any(self._tells_none(other, count) for other in self._ratios())
            for count in (ratio.first, ratio.rest)
        )

    def _tells_none(self, ratio: Ratio, none: Count) -> bool:
        """Whether a figure is shown that says of more persons what a number says of some."""
        if ratio.second.value < self.applied.whole_from or not all(
            count.is_known for count in ratio.counts()
        ):
            return False
        return any(
            count and not count.value and set(none.atoms) <= set(count.atoms)
            for count in (ratio.first, ratio.rest)
        )

    def _ratios(self) -> list[Ratio]:
        return [*self.own, *self.past]

    # What a reader knows, and can work out.

    def protect(self) -> None:
        """Hide what is small, and then what it could be worked out from."""
        self._hide(self._small(), HIDDEN)
        self.is_exact = True
        self.known = self._knowledge()
        if not self.known.holds():
            self.is_exact = False
            self.known = self._knowledge()
        done: set[Sum] = set()
        while waiting := [secret for secret in self._secrets() if secret not in done]:
            for secret in waiting:
                self._keep(secret)
            done.update(waiting)
        if self.is_exact:
            self._show_whole()

    def _knowledge(self) -> Knowledge:
        """What is and was published, as sums of atoms.

        Where figures contradict each other, as what is restated does, only what are sums of what.
        """
        known = Knowledge(negative=not self.is_exact)
        for ratio in self._ratios():
            if ratio.rest and set(ratio.second.atoms).isdisjoint(ratio.rest.atoms):
                self._tie(known, ratio.quote)
        for count in self.counts.values():
            if (ends := self._ends(count)) != self._nothing:
                known.know(count.atoms, count.atoms, *ends)
        for ratio in self.past:
            if ratio.is_whole and self.is_exact:
                self._know_whole(known, ratio)
        return known

    def _tie(self, known: Knowledge, quote: Quote) -> None:
        """Those of whom something is so and those of whom it is not are all that are asked of."""
        kinds = nature(quote)
        for _, *where in self.atoms.of(quote, None):
            yes, no, every = (
                (kind, *where) for kind in (kinds.yes, ("no", quote.indicator), kinds.every)
            )
            known.know((yes, no, every), {yes: 1, no: 1, every: -1}, 0, 0)

    def _ends(self, count: Count) -> tuple[Number | None, Number | None]:
        """What a reader knows of a count: all of it, that it is small, or nothing."""
        if count.is_known:
            at = Fraction(count.value) if self.is_exact else 0
            return at, at
        is_hinted = count.was_few or (count.few and (count.with_ or count).mark == HIDDEN)
        return (1, self.applied.few) if is_hinted and self.is_exact else self._nothing

    @property
    def _nothing(self) -> tuple[Number | None, Number | None]:
        """What a reader knows of any count: where all is exact, that it is not negative."""
        return (0, None) if self.is_exact else (None, None)

    def _secrets(self) -> list[Sum]:
        """What must not be worked out: hidden counts, and small ones that no figure quotes."""
        hidden = [count.atoms for count in self.counts.values() if count.is_secret]
        return [*hidden, *self._unquoted]

    @cached_property
    def _unquoted(self) -> list[Sum]:
        """The sums over any days that a reader may get by taking figures from one another."""
        known = {atom for count in self.counts.values() for atom in count.atoms}
        kinds: dict[tuple[Hashable, ...], None] = {}
        for ratio in self._ratios():
            of, no = nature(ratio.quote), ("no", ratio.quote.indicator)
            kinds |= dict.fromkeys([(of.yes,), (of.every,), (no,), (of.yes, no)])
        runs = (run for some in kinds for run in self.atoms.runs(some, known))
        return [run for run in dict.fromkeys(runs) if run not in self.counts]

    def _leaks(self, secret: Sum) -> Reach | None:
        """Between what a number lies, where that tells it too well."""
        is_hidden = secret in self.counts
        wanted = self.applied.choices if is_hidden else 1
        if not is_hidden and self.is_exact and not self._is_few(self.known.at(secret)):
            return None
        known = [sum(one.get(atom, 0) for atom in secret) for one in self.histories]
        if known and max(known) - min(known) >= wanted:
            return None
        found = self.known.reach(secret, enough=wanted)
        self.histories.append(self.known.stands())
        if found is None or (is_hidden and found.choices >= wanted):
            return None
        return found if is_hidden or found.least == found.most else None

    def _keep(self, secret: Sum) -> None:
        """Hide what a number follows from until it cannot be told; or say that it can.

        What follows from earlier reports alone, and is not small, is no secret any more.
        """
        while found := self._leaks(secret):
            if self._lessen(found.because):
                continue
            self.settled.add(secret)
            if secret in self.counts and found.choices < 2:
                count = self.counts[secret]
                if count.few or found.least != found.most:
                    self.given_away += [quote for quote, _ in (count.with_ or count).own]
                else:
                    count.told, count.mark = True, ""
            return

    def _lessen(self, because: frozenset[Hashable]) -> bool:
        """Hide one number that something follows from, that which is missed least; if any is."""
        counts = [count for name, count in self.counts.items() if name in because]
        shown = [count for count in counts if count.own and count.is_known and not count.told]
        few = [count.with_ or count for count in counts if count.few and not count.was_few]
        few = [count for count in few if count.own and count.mark == HIDDEN]
        for some, mark in ((shown, HIDDEN), (few, AWAY)):
            if some:
                self._hide([min(some, key=self._missed)], mark)
                self._hide(self._small(), HIDDEN)
                for count in self.counts.values():
                    if (ends := self._ends(count)) == self._nothing:
                        self.known.forget(count.atoms)
                    else:
                        self.known.lessen(count.atoms, *ends)
                return True
        return False

    def _hide(self, counts: Iterable[Count], mark: str) -> None:
        for count in counts:
            count.mark = mark

    def _missed(self, count: Count) -> tuple:
        """How much a reader misses a number: denominators most, the whole, what is of long."""
        places = [quote.place_id for quote, _ in count.own]
        return (
            all(part is Part.DENOMINATOR for _, part in count.own),
            any(self.parents.get(place, 0) is None for place in places),
            max(quote.last - quote.first for quote, _ in count.own),
            not count.value,
            count.value,
            min(places),
            min(quote.first for quote, _ in count.own),
        )

    # Percentages.

    def _show_whole(self) -> None:
        """Show whole per cent where a count is hidden for the sake of others, and stays so."""
        for ratio in self.own:
            if self.settled or not self._may_be_whole(ratio):
                continue
            self.histories.clear()
            names = self._know_whole(self.known, ratio)
            if self.known.holds() and not any(map(self._leaks, self._secrets())):
                self.whole.add(ratio.quote)
            else:
                for name in names:
                    self.known.forget(name)

    def _may_be_whole(self, ratio: Ratio) -> bool:
        counts = [*ratio.counts(), ratio.rest]
        return (
            ratio.rest is not None
            and 0 < ratio.first.value < ratio.second.value
            and any(count.mark for count in counts)
            and not any(count.few or count.mark == AWAY for count in counts)
        )

    def _know_whole(self, known: Knowledge, ratio: Ratio) -> list[Hashable]:
        """Take in that a share rounds to whole per cent: its names."""
        shown, half = Fraction(half_up(ratio.quote.value, 0)), Fraction(1, 2)
        names = [(ratio.quote, "from"), (ratio.quote, "to")]
        for name, at, ends in zip(
            names, (shown - half, shown + half), ((0, None), (None, 0)), strict=True
        ):
            parts: dict[Hashable, Number] = defaultdict(int)
            for atom in ratio.first.atoms:
                parts[atom] += 100
            for atom in ratio.second.atoms:
                parts[atom] -= at
            known.know(name, parts, *ends)
        return names

    # What comes of it.

    def marks(self) -> Marks:
        """What stands in place of each number that is not shown as it is."""
        found: Marks = {}
        for ratio in self.own:
            for count, part in ((ratio.first, Part.NUMERATOR), (ratio.second, Part.DENOMINATOR)):
                if count and count.mark:
                    found[ratio.quote, part] = found[ratio.quote, Part.VALUE] = count.mark
            if ratio.quote in self.whole:
                found[ratio.quote, Part.VALUE] = f"{half_up(ratio.quote.value, 0)}%"
        return found

    def problems(self) -> list[Problem]:
        """The figures that stay hidden for nothing, as readers can work them out."""
        return [_given_away(quote) for quote in dict.fromkeys(self.given_away)]


def _shared(quotes: Sequence[Quote]) -> set[Hashable]:
    """The kinds of cases that several indicators of some quotes are asked of."""
    found = defaultdict(set)
    for quote in quotes:
        found[nature(quote).every].add(quote.indicator)
    return {kind for kind, some in found.items() if len(some) > 1}


def _given_away(quote: Quote) -> Problem:
    return Problem(
        where=f"{quote.indicator}, {quote.first} to {quote.last}",
        wrong="a hidden number could be worked out from what earlier reports published.",
        remedy="Leave this figure and those it is a part of out, or give a longer period.",
    )
