"""From when until when each child of the demonstration authority had a protection plan."""

import datetime
from dataclasses import dataclass
from random import Random

from config.demonstration import Scene
from config.workdays import ONE_DAY, days_after

# By financial year: plans that start, how many of them are a second or later plan of the child,
# and plans that end. The last year goes on for ever. Plans that ended before the records begin
# are not in them.
PLANS = {
    2014: (52, 7, 0),
    2015: (90, 14, 77),
    2016: (86, 28, 105),
    2017: (150, 36, 70),
    2018: (196, 29, 195),
    2019: (178, 36, 163),
    2020: (158, 29, 151),
    2021: (170, 35, 158),
    2022: (165, 35, 169),
    2023: (130, 28, 162),
    2024: (205, 42, 138),
    2025: (180, 37, 180),
}

SHORTEST = 75  # days from the first conference to the end of a plan
BETWEEN_PLANS = 90  # days, at least, from a child's plan to the next one
KNOWN_HERE = 0.65  # share of second plans whose first one was with this authority


@dataclass
class Spell:
    """One plan in the making; it may end after today, or never in the years that are played."""

    since: datetime.date
    until: datetime.date = datetime.date.max
    earlier_elsewhere: bool = False


def played(scene: Scene) -> list[list[Spell]]:
    """The plans of each child that ever had one, in order: those that have begun before today.

    The years are played on beyond today, so that plans which are open then end some time later.
    """
    dice = scene.dice("plans")
    children: list[list[Spell]] = []
    running: list[Spell] = []
    for day, starts, second in _events(scene, dice):
        if not starts:
            _end_one(dice, running, day)
            continue
        spell = Spell(day)
        earlier = _earlier(dice, children, day) if second and dice.random() < KNOWN_HERE else None
        if earlier is None:
            spell.earlier_elsewhere = second
            children.append([spell])
        else:
            earlier.append(spell)
        running.append(spell)
    for spell in running:
        spell.until = days_after(scene.today, 400)
    begun = ([spell for spell in spells if spell.since < scene.today] for spells in children)
    return [spells for spells in begun if spells]


def _events(scene: Scene, dice: Random) -> list[tuple[datetime.date, bool, bool]]:
    """The days on which a plan starts or ends, in order: (day, starts, is a second plan)."""
    events = []
    for year in range(min(PLANS), scene.today.year + 2):
        starts, second, ends = PLANS[min(year, max(PLANS))]
        first = datetime.date(year, 4, 1)
        last = datetime.date(year + 1, 4, 1) - ONE_DAY
        days = scene.calendar.some(dice, starts, first, last)
        seconds = set(dice.sample(range(starts), second))
        events += [(day, True, position in seconds) for position, day in enumerate(days)]
        events += [(day, False, False) for day in scene.calendar.some(dice, ends, first, last)]
    return sorted(events)


def _end_one(dice: Random, running: list[Spell], day: datetime.date) -> None:
    """End one of the plans that have lasted long enough: rather one of the older ones."""
    ripe = [spell for spell in running if (day - spell.since).days >= SHORTEST]
    spell = ripe[min(dice.randrange(len(ripe)), dice.randrange(len(ripe)))]
    spell.until = day
    running.remove(spell)


def _earlier(dice: Random, children: list[list[Spell]], day: datetime.date) -> list[Spell] | None:
    """A child whose only plan is over for some time, and not for too long."""
    fitting = [
        spells
        for spells in children
        if len(spells) == 1 and BETWEEN_PLANS <= (day - spells[0].until).days <= 5 * 365
    ]
    return dice.choice(fitting) if fitting else None
