"""Which child was referred to the demonstration authority on which day.

The table gives the sums. Children are chosen so that exactly as many referrals as it says come
within 12 months of the same child's last one.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from config.demonstration import RECORDS_BEGIN, Scene, quarters
from config.workdays import ONE_DAY, days_after, months_before, year_before


class Span(Protocol):
    """The days of a protection plan; the last of them may lie after today."""

    since: datetime.date
    until: datetime.date


# By financial year and quarter: repeat referrals, and all, as they were first recorded. The last
# year goes on for ever. In the first year there is little to look back on.
ARRIVALS = {
    2015: ((4, 270), (22, 280), (36, 288), (46, 293)),
    2016: ((42, 220), (42, 225), (43, 230), (43, 232)),
    2017: ((52, 330), (55, 340), (58, 348), (62, 353)),
    2018: ((79, 427), (88, 410), (98, 428), (105, 440)),
    2019: ((141, 435), (110, 440), (95, 450), (90, 449)),
    2020: ((70, 280), (66, 350), (63, 362), (60, 356)),
    2021: ((60, 375), (62, 380), (63, 385), (64, 389)),
    2022: ((72, 400), (72, 402), (73, 402), (74, 403)),
    2023: ((74, 392), (73, 388), (72, 386), (71, 382)),
    2024: ((73, 436), (74, 444), (75, 448), (76, 450)),
    2025: ((74, 442), (76, 446), (75, 440), (75, 444)),
}

# Repeat referrals of the quarters from July 2018 that were found, in the autumn of 2019, to have
# been attached to the wrong child.
WRONG_CHILD = {
    datetime.date(2018, 7, 1): 3,
    datetime.date(2018, 10, 1): 4,
    datetime.date(2019, 1, 1): 4,
}

CASES_BEFORE = 480  # open when the records begin: they have no referral here

WEEKEND = 0.04
RETURNING = 0.12
SHORTEST_GAP = datetime.timedelta(days=10)
BEFORE_A_PLAN = (8, 45)  # days from a referral to the protection plan that it led to


@dataclass
class Arrival:
    """One referral in the making.

    ``protects_until`` is the day up to which the case must be open, for a plan to lie in it.
    A case from before the records begin is an arrival too, but is not ``recorded``.
    """

    day: datetime.date
    repeat: bool = False
    wrong: bool = False
    recorded: bool = True
    protects_until: datetime.date | None = None
    whose: int | None = None


@dataclass
class Story:
    """A child in the making: when born, and every time referred."""

    born_on: datetime.date
    arrivals: list[Arrival] = field(default_factory=list)
    protected: int | None = None
    may_return: bool = True

    @property
    def last_on(self) -> datetime.date:
        """The day of the latest referral."""
        return self.arrivals[-1].day


def tell(scene: Scene, protected: Sequence[Sequence[Span]]) -> list[Story]:
    """The stories of all children who were ever referred, up to today.

    ``protected`` has, for each child with a protection plan, the days of each plan.
    """
    dice = scene.dice("arrivals")
    arrivals = _slots(scene, dice)
    teller = _Teller(dice, protected, _reserve(dice, arrivals, protected))
    for arrival in arrivals:
        if arrival.day <= scene.today:
            teller.place(arrival)
    return teller.told + [_earlier_case(dice) for _ in range(CASES_BEFORE)]


def _slots(scene: Scene, dice: Random) -> list[Arrival]:
    """The days of all referrals, and which of them are repeats; whose, is not yet said."""
    slots = []
    until = months_before(scene.today, -3)
    for position, (first, last) in enumerate(quarters(RECORDS_BEGIN, until)):
        year = min(RECORDS_BEGIN.year + position // 4, max(ARRIVALS))
        repeats, total = ARRIVALS[year][position % 4]
        days = sorted(
            _weekend(day, last) if dice.random() < WEEKEND else day
            for day in scene.calendar.some(dice, total, first, last)
        )
        quarter = [Arrival(day) for day in days]
        for slot in dice.sample(quarter if position else quarter[total // 2 :], repeats):
            slot.repeat = True
        repeated = [slot for slot in quarter if slot.repeat]
        for slot in dice.sample(repeated, WRONG_CHILD.get(first, 0)):
            slot.wrong = True
        slots += quarter
    return slots


def _weekend(day: datetime.date, last: datetime.date) -> datetime.date:
    """The Saturday or Sunday after a day, where it lies in the same quarter."""
    saturday = days_after(day, 5 - day.weekday())
    return saturday if saturday <= last else day


def _reserve(
    dice: Random, slots: list[Arrival], protected: Sequence[Sequence[Span]]
) -> dict[int, Story]:
    """Keep a referral for each protection plan to come from.

    A child's second plan comes from a second referral, a repeat or not as the first one says. Where
    there is none to be had, the first case stays open until both plans are over. Returns the
    stories of the children whose first plan began before the records.
    """
    begun_before = {}
    by_day: dict[datetime.date, list[Arrival]] = {}
    for slot in slots:
        by_day.setdefault(slot.day, []).append(slot)

    def find(first: datetime.date, last: datetime.date, earlier: Arrival | None) -> Arrival | None:
        days = (days_after(first, step) for step in range(max(0, (last - first).days + 1)))
        fitting = [
            slot
            for day in days
            for slot in by_day.get(day, ())
            if slot.whose is None and not slot.wrong
            if earlier is None or slot.repeat == _looks_back(slot.day, earlier)
        ]
        return dice.choice(fitting) if fitting else None

    least, most = BEFORE_A_PLAN
    for whose, spans in enumerate(protected):
        arrival = None
        for span in spans:
            first = days_after(span.since, -most)
            if arrival is not None:
                first = max(first, days_after(arrival.protects_until, 20))
            found = find(first, days_after(span.since, -least), arrival)
            if found is not None:
                arrival = found
                arrival.whose = whose
            elif arrival is None:
                arrival = Arrival(days_after(span.since, -30), recorded=False)
                born_on = _birthday(dice, span.since, spans[-1].until)
                begun_before[whose] = Story(born_on, [arrival], whose, may_return=False)
            arrival.protects_until = span.until
    return begun_before


def _looks_back(day: datetime.date, earlier: Arrival) -> bool:
    """Whether a referral of that day is a repeat of an earlier one of the same child."""
    return earlier.recorded and earlier.day >= year_before(day)


def _birthday(dice: Random, day: datetime.date, childhood: datetime.date) -> datetime.date:
    """When a child was born who is referred on a day, and still a child on the other one."""
    oldest = max(months_before(childhood, 12 * 17), months_before(day, 12 * 16))
    if dice.random() < 0.06:
        return days_after(day, dice.randint(20, 150))  # unborn
    span = (day - oldest).days
    return days_after(oldest, round(dice.triangular(0, span, 0.55 * span)))


def _earlier_case(dice: Random) -> Story:
    """A case that was open when the records begin."""
    opened = days_after(RECORDS_BEGIN, -dice.randint(1, 900))
    born_on = months_before(opened, dice.randint(1, 12 * 14))
    return Story(born_on, [Arrival(opened, recorded=False)], may_return=False)


class _Teller:
    """Gives each referral, day by day, to a child for whom it is what it has to be."""

    def __init__(
        self, dice: Random, protected: Sequence[Sequence[Span]], begun: dict[int, Story]
    ) -> None:
        self.dice, self.protected = dice, protected
        self.by_plan = dict(begun)
        self.told = list(begun.values())
        self.recent: list[Story] = []
        self.older: list[Story] = []
        self.sorted_on = RECORDS_BEGIN

    def place(self, arrival: Arrival) -> None:
        """Find or invent the child of the next referral."""
        if (arrival.day - self.sorted_on).days > 30:
            self._sort(arrival.day)
        story = self.by_plan.get(arrival.whose) or self._child(arrival)
        story.arrivals.append(arrival)
        if arrival.wrong:
            story.may_return = False
        if arrival.whose is not None:
            self.by_plan[arrival.whose], story.protected = story, arrival.whose
            story.may_return = False

    def _sort(self, day: datetime.date) -> None:
        """Part the children who may come again by whether that would still be a repeat."""
        grown_up, a_year_ago = months_before(day, 12 * 17), year_before(day)
        possible = [
            story
            for story in self.recent + self.older
            if story.may_return and story.born_on > grown_up
        ]
        self.recent = [story for story in possible if story.last_on >= a_year_ago]
        self.older = [story for story in possible if story.last_on < a_year_ago]
        self.sorted_on = day

    def _child(self, arrival: Arrival) -> Story:
        """The child of a referral that no earlier plan has spoken for."""
        childhood = arrival.day
        if arrival.whose is not None:
            childhood = self.protected[arrival.whose][-1].until
        if arrival.repeat:
            return self._again(self.recent, arrival.day, childhood)
        if len(self.older) > 100 and self.dice.random() < RETURNING:
            return self._again(self.older, arrival.day, childhood)
        story = Story(_birthday(self.dice, arrival.day, childhood))
        self.told.append(story)
        self.recent.append(story)
        return story

    def _again(self, stories: list[Story], day: datetime.date, childhood: datetime.date) -> Story:
        """One of the children, to be referred once more: a repeat or not, as they all are."""
        grown_up = months_before(max(day, childhood), 12 * 17 + 6)
        if stories is self.recent:
            first, last = year_before(day), day - SHORTEST_GAP
        else:
            first, last = RECORDS_BEGIN, year_before(day) - ONE_DAY
        while True:
            story = self.dice.choice(stories)
            fits = story.may_return and story.born_on > grown_up
            if fits and first <= story.last_on <= last:
                return story
