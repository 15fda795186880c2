"""Between what a hidden number must lie, to a reader who knows sums that it is part of. Pure.

Unknown numbers are never negative; of sums of them a reader knows what they are, or within what
they lie. What follows for any other sum is found by the simplex method, in exact fractions, so
that nothing is missed by rounding. What a reader knows can be lessened at any time: the answers
then follow from where the method stands.
"""

import itertools
import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Unknown = Hashable
Number = int | Fraction
ASKED = object()  # the sum that is asked for at the moment


@dataclass(frozen=True)
class Reach:
    """Between what a number lies, and the names of what is known that it follows from."""

    least: Number
    most: Number
    because: frozenset[Unknown]

    @property
    def choices(self) -> int:
        """How many whole numbers lie within it."""
        return math.floor(self.most) - math.ceil(self.least) + 1


class Knowledge:
    """What a reader knows: sums of unknown numbers, each with its name and its ends."""

    def __init__(self, *, negative: bool = False):
        self._floor = None if negative else 0
        self._rows: dict[Unknown, dict[Unknown, Number]] = {}
        self._ends: dict[Unknown, tuple[Number | None, Number | None]] = {}
        self._at: dict[Unknown, Number] = {}
        self._order: dict[Unknown, int] = {}
        self._numbers = itertools.count()

    def know(
        self,
        name: Unknown,
        parts: Mapping[Unknown, Number] | Iterable[Unknown],
        least: Number | None = None,
        most: Number | None = None,
    ) -> None:
        """Take in a sum of unknown numbers, and what is known of it; nothing where no ends are.

        A sum that was let go of is taken in again by the same name.
        """
        if name in self._ends:
            self._ends[name] = least, most
            if name not in self._rows and (way := self._outside(name)):
                self._move(name, (least if way > 0 else most) - self._at[name])
            return
        parts = parts if isinstance(parts, Mapping) else dict.fromkeys(parts, 1)
        row: dict[Unknown, Number] = {}
        for part, times in parts.items():
            if part not in self._order:
                self._enter(part, 0, (self._floor, None))
            for other, share in self._rows.get(part, {part: 1}).items():
                _add(row, other, times * share)
        self._enter(name, sum(times * self._at[part] for part, times in row.items()), (least, most))
        self._rows[name] = row

    def _enter(self, name, at, ends) -> None:
        self._order[name], self._at[name], self._ends[name] = next(self._numbers), at, ends

    def lessen(self, name: Unknown, least: Number | None, most: Number | None) -> None:
        """Put wider ends in place of what was known of a sum."""
        self._ends[name] = least, most

    def forget(self, name: Unknown) -> None:
        """Let go of a sum of which nothing is known any more but what follows from its parts."""
        if name in self._rows:
            del self._rows[name], self._at[name], self._ends[name], self._order[name]
        elif name in self._ends:
            self._ends[name] = None, None

    def holds(self) -> bool:
        """Whether there are numbers of which all of it is true; it then stands at some of them."""
        while True:
            wrong = min(
                (name for name in self._rows if self._outside(name)),
                key=self._order.__getitem__,
                default=None,
            )
            if wrong is None:
                return True
            way = self._outside(wrong)
            helps = self._free(self._rows[wrong], way)
            if helps is None:
                return False
            goal = self._ends[wrong][0 if way > 0 else 1]
            self._move(helps, _quotient(goal - self._at[wrong], self._rows[wrong][helps]))
            self._swap(wrong, helps)

    def at(self, parts: Iterable[Unknown]) -> Number:
        """What a sum of unknown numbers is where it stands."""
        return sum(self._at.get(part, 0) for part in parts)

    def stands(self) -> dict[Unknown, Number]:
        """The unknown numbers where it stands, as they may be for all that is known."""
        return dict(self._at)

    def reach(self, parts: Iterable[Unknown], enough: Number) -> Reach | None:
        """Between what a sum of unknown numbers lies, given everything that is known and holds.

        Nothing as soon as it is seen to differ by as much as is enough.
        """
        self.know(ASKED, parts)
        found = self._reach(enough)
        self.forget(ASKED)
        return found

    def _reach(self, enough: Number) -> Reach | None:
        ends, because = [], set()
        for way in (-1, 1):
            start = ends[0] if ends else self._at[ASKED]
            while step := self._step(way):
                helps, towards, room, stops = step
                if room is None:
                    return None
                self._move(helps, towards * room)
                if stops != helps:
                    self._swap(stops, helps)
                if abs(self._at[ASKED] - start) >= enough:
                    return None
            ends.append(self._at[ASKED])
            because |= self._rows[ASKED].keys()
        return Reach(*ends, frozenset(because))

    def _step(self, way: int):
        """The number that brings the sum asked for furthest one way, and what stops it there.

        Where none brings it on, the first: by that rule the method does not go round in circles.
        """
        best, gain = None, -1
        for name, times in sorted(self._rows[ASKED].items(), key=lambda part: self._order[part[0]]):
            towards = way if times > 0 else -way
            if not self._can(name, towards):
                continue
            room, stops = self._room(name, towards)
            if room is None:
                return name, towards, room, stops
            if abs(times) * room > gain:
                best, gain = (name, towards, room, stops), abs(times) * room
        return best

    def _outside(self, name) -> int:
        """1 where a sum is below its ends, -1 where it is above, else 0."""
        least, most = self._ends[name]
        at = self._at[name]
        if least is not None and at < least:
            return 1
        return -1 if most is not None and at > most else 0

    def _free(self, row, way):
        """The first number that can still move so that the row goes one way."""
        return min(
            (name for name, times in row.items() if self._can(name, way if times > 0 else -way)),
            key=self._order.__getitem__,
            default=None,
        )

    def _can(self, name, way) -> bool:
        end = self._ends[name][1 if way > 0 else 0]
        return end is None or self._at[name] != end

    def _room(self, moved, way):
        """How far a number can move until it, or a sum that moves with it, is at its end."""
        room, stops = None, None
        rows = ((name, row[moved]) for name, row in self._rows.items() if moved in row)
        for name, times in ((moved, 1), *rows):
            end = self._ends[name][1 if times * way > 0 else 0]
            if end is None:
                continue
            far = abs(_quotient(end - self._at[name], times))
            if room is None or (far, self._order[name]) < (room, self._order[stops]):
                room, stops = far, name
        return room, stops

    def _move(self, moved, by) -> None:
        by = plain(by)
        if not by:
            return
        self._at[moved] += by
        for name, row in self._rows.items():
            if moved in row:
                self._at[name] += row[moved] * by

    def _swap(self, out, into) -> None:
        """Express one number by a sum that it was part of, and by it every other sum."""
        row = self._rows.pop(out)
        times = row.pop(into)
        share = _quotient(1, times)
        new = {name: plain(-part * share) for name, part in row.items()}
        new[out] = share
        for other in self._rows.values():
            if factor := other.pop(into, 0):
                for name, part in new.items():
                    _add(other, name, factor * part)
        self._rows[into] = new


def _add(row, name, value) -> None:
    if total := row.get(name, 0) + value:
        row[name] = plain(total)
    else:
        row.pop(name, None)


def plain(value: Number) -> Number:
    """A whole number as such, which is faster to reckon with."""
    return value if type(value) is int or value.denominator != 1 else int(value)


def _quotient(value: Number, by: Number) -> Number:
    return value * by if by in (1, -1) else plain(Fraction(value) / by)
