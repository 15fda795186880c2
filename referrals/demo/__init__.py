"""The demonstration authority's children, how they came to it, and who has held their cases."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from config.chronicle import Chronicle, Mistake
from config.demonstration import RECORDS_BEGIN, Scene, save
from config.workdays import ONE_DAY, days_after, months_before
from referrals.choices import Closure, Part, PrimaryNeed, Source
from referrals.models import Assessment, Child, Involvement, Referral
from workforce.demo import Staff
from workforce.demo.places import (
    ASSESSMENT,
    CHILDREN_IN_CARE,
    DISABLED_CHILDREN,
    FAMILY_SAFEGUARDING,
    YOUNG_PEOPLE,
)

from . import emergencies
from .allocation import FOREVER, Stage, allocate
from .arrivals import Arrival, Span, Story, tell
from .children import Register
from .families import restrict, tie_families

SOURCES = {
    Source.POLICE: 28,
    Source.SCHOOL: 22,
    Source.HEALTH_VISITOR: 4,
    Source.GP: 3,
    Source.EMERGENCY: 5,
    Source.HEALTH: 6,
    Source.FAMILY: 7,
    Source.SELF: 2,
    Source.ACQUAINTANCE: 2,
    Source.HOUSING: 2,
    Source.INTERNAL: 4,
    Source.EXTERNAL: 4,
    Source.EARLY_HELP: 4,
    Source.LEGAL: 2,
    Source.ANONYMOUS: 3,
    Source.OTHER: 2,
}

NEEDS = {
    PrimaryNeed.ABUSE: 54,
    PrimaryNeed.DISABILITY: 9,
    PrimaryNeed.PARENT: 4,
    PrimaryNeed.ACUTE_STRESS: 9,
    PrimaryNeed.DYSFUNCTION: 15,
    PrimaryNeed.BEHAVIOUR: 4,
    PrimaryNeed.ABSENT: 3,
    PrimaryNeed.NOT_CIN: 2,
}

NO_FURTHER_ACTION = 0.21
STRAIGHT_TO_TEAM = 0.2  # referrals that do not pass through the assessment team

# The share of referrals decided within a working day, from the financial year named.
DECIDED_IN_TIME = {2015: 0.94, 2018: 0.84, 2019: 0.9, 2020: 0.95}

# How long a case lasts: days at least and at most, and the share of cases; children with a
# disability stay for longer.
DURATIONS = (((15, 62), 34), ((63, 270), 32), ((271, 800), 21), ((801, 2400), 13))
DURATIONS_WHEN_DISABLED = (((30, 90), 12), ((91, 400), 20), ((401, 1500), 38), ((1501, 3600), 30))

# Between these days it was put right that referrals had been attached to the wrong child.
MENDED = (datetime.date(2019, 10, 7), datetime.date(2019, 11, 22))
CORRECTED = {"what": "Corrected", "why": "The referral had been attached to the wrong child"}

HISTORY = (
    Chronicle(
        Referral,
        "received_on",
        {"decided_on": ["no_further_action"], "closed_on": ["closure_reason"]},
    ),
    Chronicle(Assessment, "started_on", {"completed_on": []}),
    Chronicle(Involvement, "started_on", {"ended_on": []}),
    Chronicle(Child, later={"born_on": ["first_name", "sex"]}),
)


@dataclass
class Known:
    """The children on the register, and what the other apps need to know of them."""

    staff: Staff
    register: Register
    children: list[Child]
    protected: dict[int, Child]
    mistakes: list[Mistake] = field(default_factory=list)
    involvements: dict[int, list[Involvement]] = field(default_factory=dict)

    def held(self, child: Child, day: datetime.date) -> Involvement | None:
        """The involvement of the child's social worker on a day."""
        for involvement in self.involvements.get(child.pk, ()):
            if involvement.started_on <= day and (
                involvement.ended_on is None or involvement.ended_on > day
            ):
                return involvement
        return None


def load(scene: Scene, staff: Staff, protected: Sequence[Sequence[Span]]) -> Known:
    """Store children, referrals, assessments and involvements, and say what mistakes were in them.

    Where a referral was attached to the wrong child, nobody had referred the right one before: it
    is no repeat. ``protected`` has the days of each child's protection plans: those children's
    cases are open throughout, and they are returned by the place of their plans in it.
    """
    register, dice = Register(scene, staff.authority), scene.dice("cases")
    mistakes = scene.dice("mistakes")
    stories = tell(scene, protected)
    known = Known(staff, register, [], {})
    referrals, assessments, stages = [], [], []
    for story in stories:
        case = _Cases(scene, staff, dice, story, register)
        known.children.append(case.child)
        if story.protected is not None:
            known.protected[story.protected] = case.child
        for arrival, referral in case.referrals():
            if arrival.recorded:
                referrals.append(referral)
                assessments += case.assessments(referral)
            stages += case.stages(referral, arrival)
            mended_on = scene.calendar.one(mistakes, *MENDED) if arrival.wrong else scene.today
            if mended_on < scene.today:
                known.mistakes.append(Mistake(referral, "child", case.child, mended_on, CORRECTED))
                referral.child = register.enter(dice, case.born_on)
                known.children.append(referral.child)
    tie_families(staff.authority, known.children)
    save(known.children)
    save(referrals)
    save(assessments)
    for involvement in save(
        allocate(scene, staff, scene.dice("allocation"), Part.SOCIAL_WORKER, stages)
    ):
        known.involvements.setdefault(involvement.child_id, []).append(involvement)
    north, east = (
        [
            child
            for child in known.children
            if (held := known.held(child, scene.today)) and held.team == staff.teams[team]
        ]
        for team in FAMILY_SAFEGUARDING[:2]
    )
    emergencies.load(scene, north)
    restrict(scene, east)
    return known


class _Cases:
    """What became of each referral of one child."""

    def __init__(
        self, scene: Scene, staff: Staff, dice: Random, story: Story, register: Register
    ) -> None:
        self.scene, self.staff, self.dice, self.story = scene, staff, dice, story
        self.born_on = story.born_on
        self.grown_up_on = months_before(story.born_on, -12 * 18)
        self.need = dice.choices(list(NEEDS), list(NEEDS.values()))[0]
        if story.protected is not None:
            self.need = PrimaryNeed.ABUSE
        self.disabled = self.need == PrimaryNeed.DISABILITY
        self.home_team = self._home_team()
        self.child = register.enter(dice, story.born_on, disabled=self.disabled)

    def _home_team(self) -> str:
        """The team that works with the child once the assessment is over."""
        if self.disabled:
            return DISABLED_CHILDREN
        teenager = self.story.last_on > months_before(self.born_on, -12 * 13)
        if teenager and self.dice.random() < 0.35:
            return YOUNG_PEOPLE
        return self.dice.choice(FAMILY_SAFEGUARDING)

    def referrals(self) -> Iterator[tuple[Arrival, Referral]]:
        """The child's referrals, each closed before the next one comes."""
        arrivals = self.story.arrivals
        for arrival, following in zip(arrivals, [*arrivals[1:], None], strict=True):
            yield arrival, self._referral(arrival, following.day if following else FOREVER)

    def _referral(self, arrival: Arrival, next_on: datetime.date) -> Referral:
        dice, scene = self.dice, self.scene
        decided_on = self._decided(arrival.day)
        if decided_on >= scene.today:
            decided_on = None
        refused = decided_on is not None and arrival.protects_until is None and arrival.recorded
        if refused and not arrival.wrong and (next_on - arrival.day).days > 25:
            refused = dice.random() < NO_FURTHER_ACTION
        closed_on = None
        if not refused:
            closed_on = scene.past(self._closed(arrival, next_on))
        straight = dice.random() < STRAIGHT_TO_TEAM
        return Referral(
            child=self.child,
            team=self.staff.teams[self.home_team if straight else ASSESSMENT],
            received_on=arrival.day,
            source=dice.choices(list(SOURCES), list(SOURCES.values()))[0],
            primary_need=self.need,
            no_further_action=refused,
            decided_on=decided_on,
            closed_on=closed_on,
            closure_reason=self._closure(arrival.day, closed_on) if closed_on else "",
        )

    def _decided(self, day: datetime.date) -> datetime.date:
        """The day a manager decided, mostly the day of the referral or the next working day."""
        year = max(
            year for year in DECIDED_IN_TIME if datetime.date(year, 4, 1) <= max(day, RECORDS_BEGIN)
        )
        later = self.dice.choices((0, 1, 2, 3, 5), (55, 45, 0, 0, 0))[0]
        if self.dice.random() > DECIDED_IN_TIME[year]:
            later = self.dice.choice((2, 2, 3, 3, 4, 6))
        return self.scene.calendar.after(day, later) if later else day

    def _closed(self, arrival: Arrival, next_on: datetime.date) -> datetime.date:
        """The day the case is closed: before the next referral, and after any protection plan."""
        shares = DURATIONS_WHEN_DISABLED if self.disabled else DURATIONS
        spans, weights = zip(*shares, strict=True)
        day = days_after(arrival.day, self.dice.randint(*self.dice.choices(spans, weights)[0]))
        if not arrival.recorded:
            day = max(day, days_after(RECORDS_BEGIN, self.dice.randint(5, 700)))
        if arrival.protects_until is not None:
            day = days_after(arrival.protects_until, self.dice.randint(10, 150))
        last = min(next_on - ONE_DAY, max(self.grown_up_on, days_after(arrival.day, 30)))
        if day > last:
            shortest = days_after(arrival.protects_until or arrival.day, 5)
            day = max(
                shortest, days_after(last, -self.dice.randint(0, (last - arrival.day).days // 3))
            )
        return self.scene.calendar.on_or_after(day) if day < last - 4 * ONE_DAY else day

    def _closure(self, received_on: datetime.date, closed_on: datetime.date) -> str:
        """Why the case was closed: after the assessment, or after a longer time."""
        if (closed_on - received_on).days <= 65:
            return self.dice.choices((Closure.AFTER_ASSESSMENT, Closure.EARLY_HELP), (68, 32))[0]
        if closed_on >= self.grown_up_on:
            return self.dice.choice((Closure.ADULT, Closure.NO_LONGER_IN_NEED))
        return self.dice.choices(
            (
                Closure.NO_LONGER_IN_NEED,
                Closure.TRANSFERRED,
                Closure.ARRANGEMENTS,
                Closure.GUARDIANSHIP,
                Closure.ADOPTED,
            ),
            (84, 8, 3, 3, 2),
        )[0]

    def assessments(self, referral: Referral) -> Iterator[Assessment]:
        """The assessment that follows a referral, unless there is no further action."""
        if referral.no_further_action or referral.decided_on is None:
            return
        in_time = self.dice.random() < 0.8
        days = self.dice.randint(15, 45) if in_time else self.dice.randint(46, 70)
        completed_on = self.scene.calendar.after(referral.decided_on, days)
        if referral.closed_on is not None:
            completed_on = min(completed_on, max(referral.closed_on, referral.decided_on))
        yield Assessment(
            referral=referral,
            started_on=referral.decided_on,
            completed_on=self.scene.past(completed_on),
        )

    def stages(self, referral: Referral, arrival: Arrival) -> Iterator[Stage]:
        """The teams that hold the case one after the other, while it is open."""
        if referral.no_further_action:
            return
        closed_on = referral.closed_on or FOREVER
        first = self.home_team if referral.team.name != ASSESSMENT else ASSESSMENT
        moves = [(referral.received_on, first)]
        if first == ASSESSMENT:
            moves.append(
                (days_after(referral.received_on, self.dice.randint(25, 60)), self.home_team)
            )
        if not self.disabled and self.dice.random() < 0.15:
            moves.append(
                (days_after(referral.received_on, self.dice.randint(200, 420)), CHILDREN_IN_CARE)
            )
        for (since, team), (until, _) in zip(moves, [*moves[1:], (FOREVER, "")], strict=True):
            if since < closed_on:
                yield Stage(self.child, team, since, min(until, closed_on))
