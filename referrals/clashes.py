"""What two records of one child have that one child cannot have, and the ways out of it.

``KINDS`` are the kinds of records of which a child has one at a time; higher floors add theirs.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.db.models import ForeignKey, Model, Q

from config.facts import LATEST
from config.tables import day

from .choices import Closure, Part
from .models import Child, Involvement, Referral

MINE, THEIRS, FOLLOWED = "mine", "theirs", "followed"  # of the record that stays, of the other


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Records of which a child has one at a time.

    ``since`` and ``until`` name the days between which one lasts, ``moment`` what makes one that
    never lasts. One that ends because another began gets ``ending`` besides. Where another stays in
    its place, a record is struck out, unless it can go on ``beside`` the other.
    """

    model: type[Model]
    what: str
    since: str
    until: str
    where: Q = field(default_factory=Q)
    moment: str = ""
    ending: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    called: Callable[[Model], str] = str

    def days(self, record: Model) -> tuple[datetime.date, datetime.date]:
        """The first day of a record, and the one on which it is over."""
        first = getattr(record, self.since)
        if self.moment and getattr(record, self.moment):
            return first, first
        return first, getattr(record, self.until) or LATEST

    def clashes(self, survivor: Child, duplicate: Child) -> Iterator["Clash"]:
        """Each pair of records of two children that overlap."""
        mine, theirs = (
            self.model.objects.filter(self.where, child=child)
            .select_related("child")
            .order_by(self.since, "pk")
            for child in (survivor, duplicate)
        )
        for one, other in product(mine, theirs):
            (begins, ends), (starts, stops) = self.days(one), self.days(other)
            if begins < stops and starts < ends:
                yield Clash(self, one, other)

    def in_words(self, record: Model) -> str:
        """A record as it is told from another: of which child's record, and when it lasted."""
        first, last = self.days(record)
        if first == last:
            lasted = f"on {day(first)}"
        else:
            ended = f"to {day(last)}" if last < LATEST else "still open"
            lasted = f"from {day(first)}{' ' if last < LATEST else ', '}{ended}"
        return f"{record.child.reference}’s: {self.called(record)}, {lasted}"


@dataclass(frozen=True)
class Clash:
    """A record of the child that stays and one of the other that overlap."""

    kind: Kind
    mine: Model
    theirs: Model

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.kind.model._meta.model_name}-{self.mine.pk}-{self.theirs.pk}"

    @property
    def question(self) -> str:
        """What has to be decided."""
        return f"Each record has a different {self.kind.what} on the same days. How was it?"

    @property
    def ways_out(self) -> list[tuple[str, str]]:
        """What can be done about it, each with its label."""
        words, what = self.kind.in_words, self.kind.what
        if self.kind.beside:
            kept = "There was one {what}, {one}. The other worked beside."
        else:
            kept = "It is one {what}, entered twice. Keep {one}."
        found = [
            (MINE, kept.format(what=what, one=words(self.mine))),
            (THEIRS, kept.format(what=what, one=words(self.theirs))),
        ]
        earlier, later = self.in_order
        began_on = getattr(later, self.kind.since)
        if getattr(earlier, self.kind.since) < began_on:
            label = f"One followed the other. End {words(earlier)}, on {day(began_on)}."
            found.append((FOLLOWED, label))
        return found

    @property
    def in_order(self) -> list[Model]:
        """The two, the one that began first before the other."""
        return sorted([self.mine, self.theirs], key=lambda each: getattr(each, self.kind.since))


def one_case(referral: Referral) -> str:
    """A case as it is told from another."""
    return str(referral.team or "no team")


def one_allocation(involvement: Involvement) -> str:
    """An allocation as it is told from another."""
    return f"{involvement.worker or 'nobody yet'}, {involvement.team}"


KINDS = [
    Kind(
        model=Referral,
        what="case",
        since="received_on",
        until="closed_on",
        where=Q(overlaps=False),
        moment="no_further_action",
        ending={"closure_reason": Closure.NO_LONGER_IN_NEED},
        called=one_case,
    ),
    *(
        Kind(
            model=Involvement,
            what=Part(part).label.lower(),
            since="started_on",
            until="ended_on",
            where=Q(part=part),
            beside={"part": Part.OTHER},
            called=one_allocation,
        )
        for part in (Part.SOCIAL_WORKER, Part.SEND_OFFICER)
    ),
]


def clashes(survivor: Child, duplicate: Child) -> list[Clash]:
    """Everything that somebody has to decide on before two records of a child are one."""
    return [clash for kind in KINDS for clash in kind.clashes(survivor, duplicate)]


def hanging_on(record: Model) -> Iterator[tuple[Model, ForeignKey]]:
    """The records that belong to one, each with the field by which it does."""
    for relation in type(record)._meta.related_objects:
        model = relation.related_model
        if model._meta.managed:
            for each in model._base_manager.filter(**{relation.field.name: record}):
                yield each, relation.field
