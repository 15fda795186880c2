"""What is drawn around a trend: targets, what is published of other areas, and what happened."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from .beside import Beside, Published
from .chart import Level
from .models import Annotation
from .trend import Reached


@dataclass(frozen=True)
class Marked:
    """An annotation on a chart: at which point it stands, and by which letter it is explained."""

    at: int
    letter: str
    annotation: Annotation


def marked(reached: Sequence[Reached], annotations: Iterable[Annotation]) -> list[Marked]:
    """The annotations of the days that a chart shows; those of one period share a letter."""
    found, letters = [], {}
    for annotation in annotations:
        for at, each in enumerate(reached):
            if each.figure.period.start <= annotation.happened_on <= each.figure.period.end:
                letter = letters.setdefault(at, ascii_uppercase[len(letters) % 26])
                found.append(Marked(at, letter, annotation))
                break
    return found


def targets(reached: Sequence[Reached], beside: Beside) -> list[Level]:
    """The targets in force, each over the points that it is for."""
    found = []
    aims = [[aim.target for aim in beside.aims(each.figure)] for each in reached]
    kinds = dict.fromkeys(target.kind for some in aims for target in some)
    for kind in kinds:
        at = 0
        own = [next((target for target in some if target.kind == kind), None) for some in aims]
        for target, some in itertools.groupby(own):
            count = len(list(some))
            if target:
                label = f"{target.get_kind_display()} target"
                found.append(Level("target", target.value, at, at + count - 1, label))
            at += count
    return found


def drawn(reached: Sequence[Reached], published: Iterable[Published]) -> list[Published]:
    """What was published with a number, about days that a chart shows."""
    first, last = reached[0].figure.period.start, reached[-1].figure.period.end
    return [
        each
        for each in published
        if each.row.value is not None and each.row.last_on >= first and each.row.first_on <= last
    ]


def comparators(reached: Sequence[Reached], published: Iterable[Published]) -> list[Level]:
    """What is published of other areas, each year over its own points; the latest is named."""
    found = []
    named = set()
    for each in reversed(drawn(reached, published)):
        over = [
            at
            for at, point in enumerate(reached)
            if point.figure.period.end >= each.row.first_on
            and point.figure.period.end <= each.row.last_on
        ]
        if over:
            label = "" if each.area in named else f"{each.area} {each.value}"
            named.add(each.area)
            found.append(Level("comparator", each.row.value, over[0], over[-1], label))
    return found
