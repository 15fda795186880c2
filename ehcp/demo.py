"""The demonstration authority's requests for an EHC needs assessment, and what became of them."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from config.chronicle import ALWAYS, Chronicle
from config.demonstration import RECORDS_BEGIN, Scene, quarters, save
from config.workdays import days_after, months_before
from ehcp.choices import Basis, CeaseReason, Deed, Ground, LateReason, SenType, Stage
from ehcp.models import Decision, Draft, PermittedException, Plan, Request, TimeLimit
from ehcp.rules import Progress
from ehcp.time_limits import STATUTORY
from referrals.choices import Part
from referrals.demo import Known
from referrals.demo.allocation import FOREVER, allocate
from referrals.demo.allocation import Stage as Held
from referrals.models import Child
from workforce.demo.places import EHC_ASSESSMENTS, EHC_REVIEWS

# Plans issued, by calendar year and quarter: in time, and all; of them with a permitted exception,
# in time and late. The last year goes on for ever.
ISSUED = {
    2015: ((0, 0, 0, 0), (0, 0, 0, 0), (8, 9, 0, 0), (16, 18, 0, 0)),
    2016: ((14, 16, 0, 0), (15, 17, 0, 0), (16, 18, 0, 0), (17, 18, 0, 0)),
    2017: ((24, 25, 1, 1), (26, 27, 0, 1), (24, 25, 1, 1), (25, 26, 0, 0)),
    2018: ((14, 27, 1, 0), (11, 26, 0, 1), (7, 26, 0, 1), (0, 28, 0, 0)),
    2019: ((0, 20, 0, 5), (0, 22, 0, 6), (0, 19, 0, 5), (14, 100, 6, 6)),
    2020: ((18, 50, 1, 5), (30, 48, 0, 4), (34, 50, 1, 3), (40, 56, 1, 3)),
    2021: ((46, 58, 0, 4), (50, 60, 1, 3), (46, 58, 1, 4), (49, 60, 0, 3)),
    2022: ((50, 78, 7, 8), (46, 80, 7, 9), (40, 76, 6, 9), (40, 81, 6, 9)),
    2023: ((44, 76, 2, 12), (46, 78, 2, 12), (47, 74, 2, 12), (51, 80, 3, 13)),
    2024: ((47, 82, 1, 1), (46, 83, 0, 1), (45, 80, 1, 2), (47, 84, 0, 1)),
    2025: ((50, 85, 1, 2), (52, 86, 1, 2), (54, 86, 1, 2), (56, 88, 1, 2)),
}

# Requests received in a quarter of the year named, and of those after it, that led to no plan:
# assessment refused, no plan made, withdrawn, decided elsewhere.
NO_PLAN = {2015: (6, 1, 1, 1), 2018: (9, 2, 2, 1), 2020: (15, 3, 2, 1), 2023: (27, 5, 4, 2)}

# The share of first decisions within 6 weeks, and of decisions against a plan within 16.
DECIDED_IN_TIME = {2015: 0.95, 2018: 0.62, 2019: 0.5, 2020: 0.84, 2021: 0.92, 2022: 0.8, 2024: 0.88}

# How many days a late plan took at most, by the year it was issued; 2019 cleared the backlog.
LATEST = {2015: 180, 2018: 300, 2019: 420, 2020: 300, 2021: 230, 2022: 290, 2024: 260}

SEN_TYPES = {
    SenType.ASD: 34,
    SenType.SEMH: 22,
    SenType.SLCN: 20,
    SenType.MLD: 6,
    SenType.SPLD: 6,
    SenType.SLD: 4,
    SenType.PD: 3,
    SenType.HI: 2,
    SenType.PMLD: 1,
    SenType.DS: 1,
    SenType.VI: 1,
}

LATE_REASONS = {
    LateReason.PSYCHOLOGY: 34,
    LateReason.HEALTH: 14,
    LateReason.CARE: 4,
    LateReason.SCHOOL: 6,
    LateReason.FAMILY: 8,
    LateReason.PANEL: 6,
    LateReason.DISPUTE: 3,
    LateReason.NO_OFFICER: 12,
    LateReason.OTHER: 3,
    LateReason.NOT_GIVEN: 10,
}

KNOWN_ALREADY = 0.2  # children who had been referred to children's services
OVERTURNED = 0.15  # of plans that took longest: first refused, then ordered by the Tribunal
CEASES_WITHIN_10_YEARS = 0.35
LONGEST = 240  # days
OPEN_FOR_OVER_A_YEAR = (372, 431, 544)  # days, today
ORDERED_DAYS_AGO = 40  # the Tribunal's order, today; the plan comes as many days later

HISTORY = (
    Chronicle(TimeLimit, ALWAYS),
    Chronicle(Request, "received_on", {"withdrawn_on": ["withdrawn"]}),
    Chronicle(Decision, "decided_on", {"told_on": ["late_reason"]}),
    Chronicle(PermittedException, "noted_on"),
    Chronicle(Draft, "sent_on"),
    Chronicle(Plan, "issued_on", {"ceased_on": ["cease_reason"]}),
)


@dataclass
class Case:
    """One request in the making, with everything that is going to happen to it."""

    received_on: datetime.date
    decisions: list[Decision] = field(default_factory=list)
    issued_on: datetime.date | None = None
    ceased_on: datetime.date | None = None
    withdrawn_on: datetime.date | None = None
    ground: str = ""
    historical: bool = False

    def decide(self, stage: Stage, day: datetime.date, agreed: bool, basis=Basis.ORIGINAL) -> None:
        """A decision on the request."""
        self.decisions.append(Decision(stage=stage, basis=basis, agreed=agreed, decided_on=day))

    @property
    def ended_on(self) -> datetime.date:
        """The day from which nobody works on it any more."""
        if self.issued_on:
            return self.ceased_on or FOREVER
        if self.withdrawn_on:
            return self.withdrawn_on
        return max(decision.decided_on for decision in self.decisions)


def load(scene: Scene, known: Known) -> None:
    """Store requests, decisions, exceptions and plans, and the officers who held them."""
    dice = scene.dice("ehc")
    cases = [case for case in _cases(scene, dice) if case.received_on <= scene.today]
    children = _children(scene, dice, known, cases)
    requests = save(
        Request(
            child=child,
            team=known.staff.teams[EHC_ASSESSMENTS],
            received_on=case.received_on,
            sen_type=dice.choices(list(SEN_TYPES), list(SEN_TYPES.values()))[0],
            withdrawn=scene.past(case.withdrawn_on) is not None,
            withdrawn_on=scene.past(case.withdrawn_on),
            historical=case.historical,
        )
        for child, case in zip(children, cases, strict=True)
    )
    happened = list(zip(requests, cases, strict=True))
    why = scene.dice("why EHC plans were late")
    save(_decisions(scene, happened, why))
    save(
        PermittedException(request=request, ground=case.ground, noted_on=noted_on)
        for request, case in happened
        if case.ground and (noted_on := scene.past(days_after(case.received_on, 90)))
    )
    save(
        Draft(request=request, sent_on=sent_on)
        for request, case in happened
        if case.decisions
        and (sent_on := scene.past(case.issued_on and days_after(case.issued_on, -16)))
    )
    save(
        Plan(
            request=request,
            issued_on=case.issued_on,
            late_reason=_why_late(why, case, Deed.ISSUE, case.issued_on),
            ceased_on=scene.past(case.ceased_on),
            cease_reason=_cease_reason(dice) if scene.past(case.ceased_on) else "",
        )
        for request, case in happened
        if scene.past(case.issued_on)
    )
    stages = (stage for request, case in happened for stage in _held(request.child, case))
    save(allocate(scene, known.staff, scene.dice("officers' cases"), Part.SEND_OFFICER, stages))


def _in_force(table: dict[int, object], day: datetime.date):
    """The entry of a table for the latest year that is not after a day."""
    return table[max(year for year in table if year <= max(day.year, min(table)))]


def _cases(scene: Scene, dice: Random) -> Iterator[Case]:
    """Every request, played on beyond today so that some are open then."""
    until = months_before(scene.today, -18)
    for first, last in quarters(datetime.date(2015, 1, 1), until):
        row = ISSUED[min(first.year, max(ISSUED))][(first.month - 1) // 3]
        in_time, issued, in_time_excepted, late_excepted = row
        days = scene.calendar.some(dice, issued, first, last)
        dice.shuffle(days)
        for position, day in enumerate(days):
            late = position - in_time
            excepted = position < in_time_excepted if late < 0 else late < late_excepted
            yield _planned(scene, dice, day, in_time=late < 0, excepted=excepted)
        if first >= RECORDS_BEGIN:
            yield from _unplanned(scene, dice, first, last)
    yield from _long_open(scene)


def _long_open(scene: Scene) -> Iterator[Case]:
    """The requests that are open after more than a year: refused, then ordered by the Tribunal."""
    for age in OPEN_FOR_OVER_A_YEAR:
        case = Case(
            days_after(scene.today, -age), issued_on=days_after(scene.today, ORDERED_DAYS_AGO)
        )
        case.decide(Stage.ASSESS, days_after(case.received_on, 41), False)
        ordered_on = days_after(scene.today, -ORDERED_DAYS_AGO)
        case.decide(Stage.ASSESS, ordered_on, True, Basis.TRIBUNAL)
        case.decide(Stage.PLAN, days_after(scene.today, ORDERED_DAYS_AGO - 20), True)
        yield case


def _planned(
    scene: Scene, dice: Random, issued_on: datetime.date, *, in_time: bool, excepted: bool
) -> Case:
    """A request that led to a plan on a given day."""
    if in_time:
        took = max(dice.randint(98, 140), dice.randint(98, 140))
    else:
        took = dice.randint(141, _in_force(LATEST, issued_on))
    case = Case(days_after(issued_on, -took), issued_on=issued_on)
    if excepted:
        case.ground = dice.choice((Ground.PERSONAL, Ground.PERSONAL, Ground.ABSENT, Ground.SCHOOL))
    if took > LONGEST and dice.random() < OVERTURNED:
        case.decide(Stage.ASSESS, days_after(case.received_on, dice.randint(30, 42)), False)
        ordered_on = days_after(issued_on, -dice.randint(85, 98))  # 14 weeks at most
        case.decide(Stage.ASSESS, ordered_on, True, Basis.TRIBUNAL)
    else:
        latest = min(75, took - 50)
        case.decide(Stage.ASSESS, _first_decision(dice, case.received_on, latest), True)
    case.decide(Stage.PLAN, days_after(issued_on, -dice.randint(15, 40)), True)
    if dice.random() < CEASES_WITHIN_10_YEARS:
        case.ceased_on = days_after(issued_on, dice.randint(300, 3650))
    return case


def _first_decision(dice: Random, received_on: datetime.date, latest: int = 75) -> datetime.date:
    """The day it was decided whether to assess."""
    in_time = dice.random() < _in_force(DECIDED_IN_TIME, received_on)
    return days_after(received_on, dice.randint(24, 42) if in_time else dice.randint(43, latest))


def _unplanned(
    scene: Scene, dice: Random, first: datetime.date, last: datetime.date
) -> Iterator[Case]:
    """The requests of a quarter that led to no plan of this authority's."""
    refused, no_plan, withdrawn, elsewhere = _in_force(NO_PLAN, first)
    for day in scene.calendar.some(dice, refused, first, last):
        case = Case(day)
        case.decide(Stage.ASSESS, _first_decision(dice, day), False)
        yield case
    for day in scene.calendar.some(dice, no_plan, first, last):
        case = Case(day)
        case.decide(Stage.ASSESS, _first_decision(dice, day), True)
        in_time = dice.random() < _in_force(DECIDED_IN_TIME, day)
        took = dice.randint(85, 112) if in_time else dice.randint(113, 170)
        case.decide(Stage.PLAN, days_after(day, took), False)
        yield case
    for day in scene.calendar.some(dice, withdrawn, first, last):
        yield Case(day, withdrawn_on=days_after(day, dice.randint(10, 90)))
    for day in scene.calendar.some(dice, elsewhere, first, last):
        yield Case(day, issued_on=day, historical=True)


def _children(scene: Scene, dice: Random, known: Known, cases: list[Case]) -> list[Child]:
    """A child of a fitting age for each request: some are known already, most are new."""
    free = dice.sample(known.children, len(known.children))
    children = []
    for case in cases:
        youngest, oldest = months_before(case.received_on, 12 * 3), case.received_on.year - 16
        child = None
        if dice.random() < KNOWN_ALREADY:
            fitting = (child for child in free if child.born_on and oldest < child.born_on.year)
            child = next((child for child in fitting if child.born_on < youngest), None)
        if child is None:
            born_on = days_after(youngest, -round(dice.triangular(0, 15 * 365, 4 * 365)))
            child = known.register.enter(dice, born_on)
        else:
            free.remove(child)
        children.append(child)
    save(child for child in children if child.pk is None)
    return children


def _decisions(
    scene: Scene, happened: list[tuple[Request, Case]], why: Random
) -> Iterator[Decision]:
    for request, case in happened:
        for decision in case.decisions:
            if decision.decided_on > scene.today:
                continue
            decision.request = request
            deed, done_on = Deed(decision.stage), decision.decided_on
            if decision.basis != Basis.ORIGINAL:
                deed, done_on = Deed.TELL, scene.past(days_after(done_on, why.randint(3, 16)))
                decision.told_on = done_on
            decision.late_reason = _why_late(why, case, deed, done_on)
            yield decision


def _why_late(dice: Random, case: Case, deed: Deed, done_on: datetime.date | None) -> str:
    """Why something was done late; nothing where it was not, or has not been done."""
    if done_on is None:
        return ""
    until_then = tuple(each for each in case.decisions if each.decided_on <= done_on)
    if not Progress(case.received_on, STATUTORY, until_then).is_late(deed, done_on):
        return ""
    return dice.choices(list(LATE_REASONS), list(LATE_REASONS.values()))[0]


def _cease_reason(dice: Random) -> str:
    return dice.choices(
        (
            CeaseReason.NEEDS_MET,
            CeaseReason.TRANSFERRED,
            CeaseReason.HIGHER_EDUCATION,
            CeaseReason.EMPLOYMENT,
            CeaseReason.NO_ENGAGEMENT,
            CeaseReason.MOVED,
        ),
        (20, 40, 12, 8, 15, 5),
    )[0]


def _held(child: Child, case: Case) -> Iterator[Held]:
    """The teams that hold a request one after the other: the plan's reviews are another's work."""
    handed_on = days_after(case.issued_on, 28) if case.issued_on else FOREVER
    yield Held(child, EHC_ASSESSMENTS, case.received_on, min(handed_on, case.ended_on))
    if handed_on < case.ended_on:
        yield Held(child, EHC_REVIEWS, handed_on, case.ended_on)
