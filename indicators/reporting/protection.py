"""What of figures that share cases is hidden, so that nothing small can be worked out. Pure.

Small counts go first, then one number after another that they follow from, the least missed first.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ..choices import Marker
from ..figures import half_up
from .bounds import Knowledge, Number, Reach, plain
from .paper import Part, Quote
from .relations import Atoms, Parents, Sum, nature
from .rules import Rules

HIDDEN, AWAY = Marker.CONFIDENTIAL.value, Marker.UNAVAILABLE.value
MARKERS = frozenset(Marker.values)
MONTH = 28  # days, so that a month is no longer than another
# The name of a sum, its parts, and between what it lies.
Told = tuple[Hashable, Mapping[Hashable, Number], Number | None, Number | None]
Marks = dict[tuple[Quote, Part], str]


@dataclass(frozen=True)
class Published:
    """A figure that an earlier report quoted, and the text of each of its numbers in it."""

    quote: Quote
    shown: Mapping[Part, str]


def linked(
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
    ``held_back``, and perhaps known to be few. What remains of a share is hidden ``with_`` what is,
    or with what it is ``among`` where that cannot be hidden any more.
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
    among: "Count | None" = None

    @property
    def is_known(self) -> bool:
        """Whether a reader has the number before them, in this report or an earlier one."""
        return self.told or (bool(self.own) and not self.mark)

    @property
    def is_secret(self) -> bool:
        """Whether it must not be worked out."""
        if self.with_:
            return self.few and not (self.with_.told and self.among.told)
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
        self.sacrificed: list[Count] = []
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
            rest.with_, rest.among = first, second
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
                    found += ratio.counts() if count is ratio.second else [_hides(count)]
            if ratio.first and ratio.rest and self._is_all_or_none_of_few(ratio):
                found.append(ratio.first)
        return [count for count in dict.fromkeys(found) if not (count.mark or self._is_out(count))]

    def _is_out(self, count: Count) -> bool:
        """Whether it is no secret any more, as it follows from earlier reports alone."""
        return count.told and count.atoms in self.settled

    def _is_all_or_none_of_few(self, ratio: Ratio) -> bool:
        """Whether it tells of a few persons what they all did, and no figure tells it of more."""
        if ratio.first.told or not 0 < ratio.second.value < self.applied.whole_from:
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
        if self.is_exact and not self.settled:
            self._show_again()
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
                for told in _as_whole(ratio):
                    known.know(*told)
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
            at = Fraction(count.value) if self.is_exact else Fraction()
            return plain(at), plain(at)
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
                least = min(some, key=self._missed)
                self.sacrificed += [least] if mark == HIDDEN else []
                self._hide([least], mark)
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
        """How much a reader misses a number: what was shown before, denominators, the whole."""
        places = [quote.place_id for quote, _ in count.own]
        return (
            not count.held_back,
            all(part is Part.DENOMINATOR for _, part in count.own),
            any(self.parents.get(place, 0) is None for place in places),
            max((quote.last - quote.first).days // MONTH for quote, _ in count.own),
            not count.value,
            count.value,
            min(places),
            min(quote.first for quote, _ in count.own),
        )

    # What need not be hidden after all.

    def _show_again(self) -> None:
        """Show what was hidden for the sake of others, where what was hidden later does for it."""
        for count in reversed(self.sacrificed):
            if count.mark == HIDDEN:
                count.mark = ""
                known = dict.fromkeys(count.atoms, 1)
                if not self._may_tell([(count.atoms, known, *self._ends(count))]):
                    count.mark = HIDDEN

    def _show_whole(self) -> None:
        """Show whole per cent where a count is hidden for the sake of others, and stays so."""
        for ratio in self.own:
            if _may_be_whole(ratio) and self._may_tell(_as_whole(ratio)):
                self.whole.add(ratio.quote)

    def _may_tell(self, sums: Sequence[Told]) -> bool:
        """Let a reader know more, unless it tells something that is hidden."""
        before = self.histories
        fitting = [one for one in before if all(_fits(one, *told) for _, *told in sums)]
        self.histories = list(fitting)
        for told in sums:
            self.known.know(*told)
        if self.known.holds() and not any(map(self._leaks, self._secrets())):
            return True
        for name, *_ in sums:
            self.known.forget(name)
        self.histories = before + self.histories[len(fitting) :]
        return False

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


def _hides(count: Count) -> Count:
    """The count that is hidden so that another is."""
    if count.with_ and count.with_.told and not count.among.told:
        return count.among
    return count.with_ or count


def _may_be_whole(ratio: Ratio) -> bool:
    """Whether a share is hidden, but not for being one of few."""
    counts = [*ratio.counts(), ratio.rest]
    return (
        ratio.rest is not None
        and 0 < ratio.first.value < ratio.second.value
        and any(count.mark for count in counts)
        and not any(count.few or count.mark == AWAY for count in counts)
    )


def _as_whole(ratio: Ratio) -> list[Told]:
    """What a share in whole per cent tells: that it rounds to it."""
    shown, half = Fraction(half_up(ratio.quote.value, 0)), Fraction(1, 2)
    told: list[Told] = []
    for end, least, most in ((shown - half, 0, None), (shown + half, None, 0)):
        parts: dict[Hashable, Number] = defaultdict(int)
        for atom in ratio.first.atoms:
            parts[atom] += 100
        for atom in ratio.second.atoms:
            parts[atom] = plain(parts[atom] - end)
        told.append(((ratio.quote, end), parts, least, most))
    return told


def _fits(
    history: Mapping[Hashable, Number],
    parts: Mapping[Hashable, Number],
    least: Number | None,
    most: Number | None,
) -> bool:
    """Whether a sum of a possible history lies between two ends."""
    at = sum(times * history.get(part, 0) for part, times in parts.items())
    return (least is None or at >= least) and (most is None or at <= most)


def _shared(quotes: Sequence[Quote]) -> set[Hashable]:
    """The kinds of cases that several indicators of some quotes are asked of."""
    found = defaultdict(set)
    for quote in quotes:
        found[nature(quote).every].add(quote.indicator)
    return {kind for kind, some in found.items() if len(some) > 1}
