"""The demonstration authority's children on a protection plan, and how often they were seen."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from config.chronicle import ALWAYS, Chronicle
from config.demonstration import RECORDS_BEGIN, Scene, save
from config.workdays import LONDON, days_after, months_before
from referrals.demo import Known
from referrals.models import Child
from visits.choices import Category, LateReason, Outcome, Place, Purpose
from visits.models import ProtectionPlan, Visit, VisitStandard

from . import rhythm
from .plans import Spell, played
from .rhythm import Count, Rhythm

CATEGORIES = {
    Category.NEGLECT: 46,
    Category.EMOTIONAL: 36,
    Category.PHYSICAL: 8,
    Category.SEXUAL: 4,
    Category.MULTIPLE: 6,
}

OLD_ENOUGH = 4  # to be spoken with alone
SEEN_ALONE = 0.86

# The share of visits written down within two working days, and how many days the others may take,
# from the day named. Everything was written down before the committee was told of it.
RECORDING = {
    datetime.date(2014, 1, 1): (0.72, 25),
    datetime.date(2017, 7, 1): (0.55, 40),
    datetime.date(2018, 4, 1): (0.42, 60),
    datetime.date(2019, 4, 1): (0.63, 35),
    datetime.date(2019, 10, 1): (0.8, 20),
    datetime.date(2022, 1, 1): (0.86, 15),
}

WHY_LATE = {
    LateReason.NOT_GIVEN: 30,
    LateReason.NOT_HOME: 20,
    LateReason.WORKER_ABSENT: 18,
    LateReason.AWAY: 12,
    LateReason.REFUSED: 8,
    LateReason.UNALLOCATED: 7,
    LateReason.OTHER: 5,
}

UNSEEN_CHILDREN = 3  # today, and for so many days:
UNSEEN = (45, 75)

BY_VIDEO = (datetime.date(2020, 3, 24), datetime.date(2021, 3, 8))

HISTORY = (
    Chronicle(VisitStandard, ALWAYS),
    Chronicle(ProtectionPlan, "started_on", {"ended_on": []}),
    Chronicle(Visit, "recorded_at"),
)


def protected_children(scene: Scene) -> list[list[Spell]]:
    """For each child that ever had a protection plan, the days of the plans, in order."""
    return played(scene)


@dataclass
class _Protected:
    """A plan that has begun, with its child and the days on which the child was seen."""

    spell: Spell
    plan: ProtectionPlan
    rhythm: Rhythm


def load(scene: Scene, known: Known, protected: list[list[Spell]]) -> None:
    """Store the visiting standard, the plans and every visit, those that failed too."""
    VisitStandard.objects.create(authority=known.staff.authority, valid_from=RECORDS_BEGIN)
    dice, why = scene.dice("visits"), scene.dice("why visits were late")
    begun = [
        _protect(scene, dice, known, known.protected[whose], spell)
        for whose, spells in enumerate(protected)
        for spell in spells
        if spell.since < scene.today and spell.until > RECORDS_BEGIN
    ]
    _lose_sight(scene, begun)
    _steer(scene, begun)
    save(protected.plan for protected in begun)
    save(visit for one in begun for visit in _visits(scene, dice, why, known, one))


def _protect(scene: Scene, dice: Random, known: Known, child: Child, spell: Spell) -> _Protected:
    """The plan of a spell, and the visits under it up to yesterday."""
    holder = known.held(child, spell.since)
    first = dice.choices(list(CATEGORIES), list(CATEGORIES.values()))[0]
    latest = first if dice.random() < 0.9 else dice.choice(list(CATEGORIES))
    plan = ProtectionPlan(
        child=child,
        team_id=holder.team_id if holder else None,
        started_on=spell.since,
        ended_on=scene.past(spell.until),
        initial_category=first,
        latest_category=latest,
        earlier_plans=int(spell.earlier_elsewhere),
    )
    last = scene.calendar.number(min(spell.until, scene.yesterday))
    return _Protected(
        spell, plan, rhythm.made(scene, dice, scene.calendar.number(spell.since), last)
    )


def _lose_sight(scene: Scene, begun: list[_Protected]) -> None:
    """Take away the latest visits of a few plans, so that today some child has long been unseen."""
    dice = scene.dice("children unseen")
    since = days_after(scene.today, -2 * UNSEEN[1])
    running = [one for one in begun if one.spell.until > scene.today and one.spell.since < since]
    for one in dice.sample(running, min(UNSEEN_CHILDREN, len(running))):
        last = scene.calendar.number(days_after(scene.today, -dice.randint(*UNSEEN)))
        one.rhythm.seen = [number for number in one.rhythm.seen if number <= last]


def _steer(scene: Scene, begun: list[_Protected]) -> None:
    """Bring the quarters that were counted to their counts."""
    number = scene.calendar.number
    for last, (met, due) in rhythm.COUNTED.items():
        if last < scene.today:
            rhythm.steer(
                scene.dice(f"visits to {last}"),
                [protected.rhythm for protected in begun],
                number(months_before(last, 3)) + 1,
                number(last),
                Count(met, due),
            )


def _visits(
    scene: Scene, dice: Random, why: Random, known: Known, protected: _Protected
) -> Iterator[Visit]:
    """The visits under one plan, and the attempts and calls that were none."""
    child, plan = protected.plan.child, protected.plan
    born_on = child.born_on or child.expected_on
    met = {due for due, met in protected.rhythm.due() if met}
    late = protected.rhythm.late()
    reasons = list(WHY_LATE), list(WHY_LATE.values())

    def visit(day: datetime.date, **how) -> Visit:
        holder = known.held(child, day)
        return Visit(
            plan_id=plan.pk,
            worker_id=holder.worker_id if holder else None,
            visited_on=day,
            purpose=Purpose.STATUTORY,
            recorded_at=_recorded(scene, dice, day),
            **({"place": Place.HOME} | how),
        )

    for number in protected.rhythm.seen:
        day = scene.calendar.day(number)
        born = born_on <= day
        old_enough = born and months_before(day, 12 * OLD_ENOUGH) >= born_on
        yield visit(
            day,
            outcome=Outcome.SEEN if born else Outcome.MOTHER_SEEN,
            place=Place.HOME if dice.random() < 0.93 else Place.ELSEWHERE,
            seen_alone=dice.random() < SEEN_ALONE if old_enough else None,
            late_reason=why.choices(*reasons)[0] if number in late else "",
        )
        call_on = scene.calendar.after(day, 3)
        if BY_VIDEO[0] <= day and call_on <= min(BY_VIDEO[1], plan.ended_on or scene.yesterday):
            yield visit(call_on, outcome=Outcome.VIRTUAL)
    for due, kept in protected.rhythm.due():
        if not kept and due not in met and dice.random() < 0.4:
            yield visit(
                scene.calendar.day(due - dice.randint(0, 2)),
                outcome=Outcome.REFUSED if dice.random() < 0.12 else Outcome.ATTEMPTED,
            )
        elif dice.random() < 0.02:
            yield visit(scene.calendar.day(due), outcome=Outcome.SEEN, place=Place.SCHOOL)


def _recorded(scene: Scene, dice: Random, day: datetime.date) -> datetime.datetime:
    """When a visit was written down: soon, or weeks later, but before today."""
    soon, most = next(found for since, found in reversed(RECORDING.items()) if since <= day)
    if dice.random() < soon:
        later = scene.calendar.after(day, dice.choice((1, 1, 2))) if dice.random() < 0.6 else day
    else:
        later = scene.calendar.after(day, min(dice.randint(3, most), dice.randint(3, most)))
    time = datetime.time(dice.randint(9, 18), dice.randint(0, 59), tzinfo=LONDON)
    return datetime.datetime.combine(min(later, scene.yesterday), time)
