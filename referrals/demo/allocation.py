"""Who held which child when: cases are given to people who were in post, and handed on."""

import datetime
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from random import Random

from config.demonstration import Scene
from config.workdays import days_after
from referrals.choices import Part
from referrals.models import Child, Involvement
from workforce.demo import Staff
from workforce.demo.staffing import Posting

FOREVER = datetime.date.max
CANDIDATES = 4  # whoever of so many has the fewest cases for their hours gets the next one


@dataclass
class Stage:
    """A stretch of days in which one team is to hold a child."""

    child: Child
    team: str
    since: datetime.date
    until: datetime.date = FOREVER


def allocate(
    scene: Scene, staff: Staff, dice: Random, part: Part, stages: Iterable[Stage]
) -> list[Involvement]:
    """The involvements of workers in those stages, not stored yet.

    When a worker leaves, or moves to another team, the case goes to a colleague on that day.
    """
    order = count()
    waiting = [(stage.since, next(order), stage) for stage in stages if stage.since <= scene.today]
    heapq.heapify(waiting)
    desk = _Desk(staff, dice)
    involvements = []
    while waiting:
        day, _, stage = heapq.heappop(waiting)
        posting = desk.give(stage.team, day, stage.until)
        until = min(stage.until, posting.until or FOREVER) if posting else days_after(day, 30)
        until = min(until, stage.until)
        involvements.append(
            Involvement(
                child_id=stage.child.pk,
                part=part,
                team_id=staff.teams[stage.team].pk,
                worker_id=posting.worker.pk if posting else None,
                started_on=day,
                ended_on=scene.past(until),
            )
        )
        if until < stage.until and until <= scene.today:
            heapq.heappush(waiting, (until, next(order), stage))
    return involvements


class _Desk:
    """Knows on each day who is in which team, and how many cases they hold."""

    def __init__(self, staff: Staff, dice: Random) -> None:
        self.dice = dice
        self.coming = {team: list(reversed(found)) for team, found in staff.postings.items()}
        self.here: dict[str, list[Posting]] = {team: [] for team in staff.postings}
        self.held: dict[int, int] = {}
        self.ending: list[tuple[datetime.date, int]] = []

    def give(self, team: str, day: datetime.date, until: datetime.date) -> Posting | None:
        """Give a case to someone of the team, in post on that day; None where there is nobody."""
        here = self._present(team, day)
        if not here:
            return None
        some = self.dice.sample(here, min(CANDIDATES, len(here)))
        chosen = min(some, key=lambda posting: self.held.get(id(posting), 0) / posting.tenths)
        self.held[id(chosen)] = self.held.get(id(chosen), 0) + 1
        heapq.heappush(self.ending, (min(until, chosen.until or FOREVER), id(chosen)))
        return chosen

    def _present(self, team: str, day: datetime.date) -> list[Posting]:
        coming, here = self.coming[team], self.here[team]
        while coming and coming[-1].since <= day:
            here.append(coming.pop())
        here[:] = [posting for posting in here if posting.until is None or posting.until > day]
        while self.ending and self.ending[0][0] <= day:
            self.held[heapq.heappop(self.ending)[1]] -= 1
        return here
