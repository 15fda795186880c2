"""The clocks of a request for an EHC needs assessment, and what can happen to it next."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from config.workdays import days_after

from .choices import Basis, Deed, Stage, Step

# SEND Regulations 2014: days from receipt by regulations 5, 10 and 13, which may change from a day
# on; and by regulation 44 from an order of the Tribunal, or by 42 from a mediation agreement.
FROM_RECEIPT = {Deed.ASSESS: Step.DECISION, Deed.PLAN: Step.NO_PLAN, Deed.ISSUE: Step.ISSUE}
FROM_CHANGE = {
    Stage.ASSESS: {Deed.TELL: 14, Deed.PLAN: 70, Deed.ISSUE: 98},
    Stage.PLAN: {Deed.DRAFT: 35, Deed.ISSUE: 77},
}
BEGAN = {Basis.MEDIATION: "the mediation agreement", Basis.TRIBUNAL: "the Tribunal’s order"}


class Decided(Protocol):
    """A decision on a request."""

    stage: str
    basis: str
    agreed: bool
    decided_on: datetime.date
    told_on: datetime.date | None


@dataclass(frozen=True)
class Due:
    """Something to be done about a request: the last day in time, so many days after which event.

    ``instead_of`` is what the law asked for at first, where a later time limit counts now.
    """

    deed: Deed
    days: int
    began: str
    began_on: datetime.date
    instead_of: "Due | None" = None

    @property
    def due_on(self) -> datetime.date:
        """The last day in time. Bank holidays do not extend it."""
        return days_after(self.began_on, self.days)

    @property
    def length(self) -> str:
        """How long it may take, in weeks where they are whole."""
        weeks, rest = divmod(self.days, 7)
        return f"{self.days} days" if rest else f"{weeks} weeks"


@dataclass(frozen=True)
class Progress:
    """What has happened to a request so far.

    ``limits`` are the days that each step may take by the law of the day of receipt.
    """

    received_on: datetime.date
    limits: Mapping[Step, int]
    decisions: tuple[Decided, ...] = ()
    drafts: tuple[datetime.date, ...] = ()
    issued_on: datetime.date | None = None
    withdrawn: bool = False
    historical: bool = False

    @cached_property
    def _standing(self) -> tuple[Decided | None, Decided | None]:
        refused = changed = None
        for decision in sorted(self.decisions, key=lambda each: (each.decided_on, each.agreed)):
            if not decision.agreed:
                refused = decision
            elif decision.basis != Basis.ORIGINAL:
                refused, changed = None, decision
        return refused, changed

    @property
    def refused(self) -> Decided | None:
        """The refusal that stands, to assess or to make a plan."""
        return self._standing[0]

    @property
    def changed(self) -> Decided | None:
        """The latest decision by which a refusal was changed: other time limits run from it."""
        return self._standing[1]

    @property
    def is_over(self) -> bool:
        """Whether it has ended, or never was this authority's to decide."""
        return bool(self.historical or self.withdrawn or self.issued_on or self.refused)

    @property
    def latest_on(self) -> datetime.date:
        """The day of the latest decision on it; before any, that of its receipt."""
        return max([self.received_on, *(each.decided_on for each in self.decisions)])

    @cached_property
    def timetable(self) -> dict[Deed, Due]:
        """What the law asks for: from receipt, or from the day on which a refusal was changed."""
        received = {
            deed: Due(deed, self.limits[step], "the request", self.received_on)
            for deed, step in FROM_RECEIPT.items()
        }
        if not self.changed:
            return received
        began, began_on = BEGAN[self.changed.basis], self.changed.decided_on
        return {
            deed: Due(deed, days, began, began_on, received[deed] if deed == Deed.ISSUE else None)
            for deed, days in FROM_CHANGE[self.changed.stage].items()
        }

    def is_late(self, deed: Deed, done_on: datetime.date) -> bool:
        """Whether something is done after its day, if it has one."""
        due = self.timetable.get(deed)
        return due is not None and done_on > due.due_on

    def is_done(self, deed: Deed) -> bool:
        """Whether nobody needs to do it any more."""
        stages = {each.stage for each in self.decisions}
        changed = self.changed
        return {
            Deed.ASSESS: bool(stages),
            Deed.TELL: changed is None or changed.told_on is not None or Stage.PLAN in stages,
            Deed.PLAN: Stage.PLAN in stages,
            Deed.DRAFT: any(changed is None or day >= changed.decided_on for day in self.drafts),
            Deed.ISSUE: self.issued_on is not None,
        }[deed]

    def waiting(self) -> list[Due]:
        """What is still to be done, in the order in which it falls due."""
        found = [due for deed, due in self.timetable.items() if not self.is_done(deed)]
        return [] if self.is_over else sorted(found, key=lambda due: due.due_on)

    def possible(self) -> list[Deed]:
        """What can be done about it now, in the order in which it happens."""
        if self.is_over:
            return []
        if not self.is_done(Deed.ASSESS):
            return [Deed.ASSESS]
        found = [deed for deed in (Deed.TELL, Deed.PLAN) if not self.is_done(deed)]
        return [*found, Deed.DRAFT, Deed.ISSUE]
