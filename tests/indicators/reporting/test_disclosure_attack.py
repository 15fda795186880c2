"""A reader who keeps every report and owns a solver cannot work out what was hidden.

Histories are drawn by chance: up to 8 teams, 12 months and 3 reports, each of which quotes some of
the figures. The reader knows which numbers are hidden for being small, and that they are 1 to 5.
``RECKONER_HISTORIES`` asks for more of them.
"""

import datetime
import math
import os
import random
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pytest
from scipy.optimize import linprog

from indicators.choices import Profile
from indicators.periods import month_end, months_later
from indicators.reporting.disclosure import AWAY, HIDDEN, conceal
from indicators.reporting.paper import Cell, Column, Paper, Part, Quote, Section, Table

HISTORIES = int(os.environ.get("RECKONER_HISTORIES", "200"))
BATCHES = 20
ASKED = 25  # of the sums that no report quotes
AUTHORITY = 1
APRIL = datetime.date(2018, 4, 1)
FEW = 5
NEAR = 1e-6


@dataclass(frozen=True)
class Truth:
    """How many of each team and month are so and are not."""

    teams: int
    months: int
    yes: dict[tuple[int, int], int]
    no: dict[tuple[int, int], int]

    def below(self, place):
        teams = range(2, 2 + self.teams)
        return [place] if place in teams else list(teams)

    def atoms(self, place, first, last):
        return [(team, month) for team in self.below(place) for month in range(first, last + 1)]

    def quote(self, place, first, last):
        atoms = self.atoms(place, first, last)
        numerator = Decimal(sum(self.yes[atom] for atom in atoms))
        denominator = numerator + sum(self.no[atom] for atom in atoms)
        return Quote(
            indicator="drawn",
            place_id=place,
            first=months_later(APRIL, first),
            last=month_end(months_later(APRIL, last)),
            as_at=month_end(months_later(APRIL, self.months - 1)),
            numerator=numerator,
            denominator=denominator,
            value=numerator * 100 / denominator if denominator else None,
        )


def drawn(chance):
    """A truth, a profile, and the figures that each report quotes."""
    is_large = chance.random() < 0.05
    teams, months = (
        (chance.randint(1, 8), chance.randint(1, 12))
        if is_large
        else (chance.randint(1, 4), chance.randint(1, 6))
    )
    atoms = [(team, month) for team in range(2, 2 + teams) for month in range(months)]
    size = chance.choice((3, 8, 20, 60))
    truth = Truth(
        teams,
        months,
        {atom: min(chance.randint(0, size), chance.randint(0, size)) for atom in atoms},
        {atom: chance.randint(0, size) for atom in atoms},
    )
    every = [
        (place, first, last)
        for place in range(1, 2 + teams)
        for first in range(months)
        for last in {first, first // 3 * 3 + 2, months - 1, chance.randrange(months)}
        if first <= last < months
    ]
    profile = chance.choice((Profile.DFE, Profile.DFE, Profile.COUNCIL))
    if profile == Profile.COUNCIL:
        every = [span for span in every if span[0] == AUTHORITY]
    share = min(chance.choice((0.1, 0.3, 0.6)), 30 / len(every))
    ends = sorted(chance.randrange(months) for _ in range(chance.randint(1, 3)))
    reports = [
        [span for span in every if span[2] <= end and chance.random() < share] for end in ends
    ]
    return truth, profile, reports


def paper(quotes, chance):
    """A paper that quotes figures, some with the per cent alone."""
    rows = []
    for quote in quotes:
        counts = (
            Cell(str(quote.numerator), quote.numerator, quote, Part.NUMERATOR),
            Cell(str(quote.denominator), quote.denominator, quote, Part.DENOMINATOR),
        )
        told = "no cases" if quote.value is None else f"{quote.value:.1f}%"
        value = Cell(told, quote.value, quote, Part.VALUE)
        rows.append((*(counts if chance.random() < 0.8 else (Cell(), Cell())), value))
    table = Table("table", "Figures", (Column("a"), Column("b"), Column("c")), tuple(rows))
    return Paper(
        title="Report",
        authority="Authority",
        front=(),
        sections=(Section("Figures", (table,)),),
        as_at=datetime.date(2019, 3, 31),
    )


class Reader:
    """What somebody can work out who knows all reports and the tree of teams."""

    def __init__(self, truth):
        self.truth = truth
        self.at = {atom: order for order, atom in enumerate(truth.yes)}
        self.rows, self.most = [], []
        self.points = []

    def vector(self, span, yes, no):
        row = np.zeros(2 * len(self.at))
        for atom in self.truth.atoms(*span):
            row[self.at[atom]] += yes
            row[self.at[atom] + len(self.at)] += no
        return row

    def learn(self, span, yes, no, least, most):
        row = self.vector(span, yes, no)
        if least is not None:
            self.rows.append(-row)
            self.most.append(-least)
        if most is not None:
            self.rows.append(row)
            self.most.append(most)

    def read(self, span, told):
        quote, shown = told.quote, told.shown
        text = shown[Part.VALUE]
        unsaid = HIDDEN if text in (HIDDEN, AWAY) else ""
        hidden = {part: shown.get(part, unsaid) in (HIDDEN, AWAY) for part in Part}
        few = {part: shown.get(part) == HIDDEN for part in Part}
        rest = quote.denominator - quote.numerator
        if not hidden[Part.NUMERATOR]:
            self.learn(span, 1, 0, int(quote.numerator), int(quote.numerator))
        if not hidden[Part.DENOMINATOR]:
            self.learn(span, 1, 1, int(quote.denominator), int(quote.denominator))
        for part, yes, no, number in (
            (Part.NUMERATOR, 1, 0, quote.numerator),
            (Part.NUMERATOR, 0, 1, rest),
            (Part.DENOMINATOR, 1, 1, quote.denominator),
        ):
            if few[part] and 1 <= number <= FEW:
                self.learn(span, yes, no, 1, FEW)
        if text.endswith("%") and hidden[Part.NUMERATOR] | hidden[Part.DENOMINATOR]:
            assert "." not in text
            whole = int(text[:-1])
            self.learn(span, 100 - whole + 0.5, -whole + 0.5, 0, None)
            self.learn(span, 100 - whole - 0.5, -whole - 0.5, None, 0)

    def ends(self, span, yes, no):
        """Between what a sum lies, unless two possible histories already differ in it."""
        row = self.vector(span, yes, no)
        known = [float(row @ point) for point in self.points]
        if known and max(known) - min(known) >= 2:
            return -math.inf, math.inf
        found = []
        for sign in (1, -1):
            answer = linprog(
                sign * row, A_ub=np.array(self.rows) if self.rows else None, b_ub=self.most or None
            )
            assert answer.status in (0, 3), answer.message
            if answer.status == 3:
                return -math.inf, math.inf
            self.points.append(answer.x)
            found.append(sign * answer.fun)
        return tuple(found)


def choices(ends):
    least, most = ends
    if math.inf in (most, -least):
        return math.inf
    return math.floor(most + NEAR) - math.ceil(least - NEAR) + 1


def attack(seed):
    """Publish a history, and try to work out everything that is hidden in it."""
    chance = random.Random(seed)
    truth, profile, reports = drawn(chance)
    parents = {AUTHORITY: None} | dict.fromkeys(range(2, 2 + truth.teams), AUTHORITY)
    published, reader, spans = [], Reader(truth), {}
    for report in reports:
        quotes = {truth.quote(*span): span for span in report}
        done = conceal(paper(quotes, chance), profile, published=published, parents=parents)
        assert not done.problems, done.problems
        for told in done.figures:
            reader.read(quotes[told.quote], told)
            spans[told.quote] = quotes[told.quote]
        published += done.figures
    shown, hidden = defaultdict(set), defaultdict(set)
    for told in published:
        for part in (Part.NUMERATOR, Part.DENOMINATOR):
            some = hidden if told.shown.get(part) in (HIDDEN, AWAY) else shown
            some[spans[told.quote]].add(part)
    for span, parts in hidden.items():
        for part in parts - shown[span]:
            no = 1 if part is Part.DENOMINATOR else 0
            assert choices(reader.ends(span, 1, no)) > 1, (seed, span, part)
    others = unquoted(truth, spans.values())
    for span in [*set(spans.values()), *chance.sample(others, min(len(others), ASKED))]:
        quote = truth.quote(*span)
        for yes, no, number in (
            (1, 0, quote.numerator),
            (0, 1, quote.denominator - quote.numerator),
            (1, 1, quote.denominator),
        ):
            if 1 <= number <= FEW:
                assert choices(reader.ends(span, yes, no)) > 1, (seed, span, yes, no)


def unquoted(truth, quoted):
    """The days of any team, and of all together, that no report tells of."""
    every = {
        (place, first, last)
        for place in range(1, 2 + truth.teams)
        for first in range(truth.months)
        for last in range(first, truth.months)
    }
    return sorted(every - set(quoted))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_nothing_hidden_can_be_worked_out(batch):
    for seed in range(batch, HISTORIES, BATCHES):
        attack(seed)
