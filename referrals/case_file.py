"""A child's case file as one account reads it: what is flagged, who is there, what happened.

``FLAGS`` and ``HAPPENINGS`` are what the apps know of a child; an app on a higher floor appends its
own. All read through ``CaseFile.of``, so that no page shows what the account may not see.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from django.db.models import Model
from django.utils.text import slugify

from config.navigation import address
from config.tables import day
from config.workdays import london_day
from workforce.models import User
from workforce.work import Clock, Desk, clocks

from .choices import MergeState, Part
from .events import LIFE, REFERRALS, WORKERS
from .models import Assessment, Child, ChildMerge, Involvement, Referral, Restriction
from .rules import age_in_words
from .work import HOLDING, case_of


@dataclass(frozen=True)
class Flag:
    """Something that nobody who opens a child's record may miss; the colour is a GOV.UK tag's."""

    text: str
    colour: str = "blue"


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened to a child or was done for one, and where it is recorded.

    ``chapter`` is the heading under which such an event is logged.
    """

    on: datetime.date
    what: str
    chapter: str
    told: str = ""
    who: str = ""
    url: str = ""

    @property
    def key(self) -> str:
        """What an address calls the chapter."""
        return slugify(self.chapter)


@dataclass
class CaseFile:
    """A child with all records of it that an account may see; each kind is read once."""

    child: Child
    user: User
    today: datetime.date
    _read: dict[str, list[Model]] = field(default_factory=dict)

    def of(
        self, relation: str, *, beside: Sequence[str] = (), below: Sequence[str] = ()
    ) -> list[Model]:
        """The records of a relation of the child's, in the order of their days.

        ``beside`` names what each record points at, ``below`` what points at it and is shown to
        whoever is shown the record.
        """
        if relation not in self._read:
            found = getattr(self.child, relation).visible_to(self.user)
            found = found.select_related(*beside) if beside else found
            self._read[relation] = list(found.prefetch_related(*below).reverse())
        return self._read[relation]

    @property
    def referrals(self) -> list[Referral]:
        """The child's referrals with their assessments."""
        return self.of("referrals", beside=["team"], below=["assessments"])

    @property
    def open_case(self) -> Referral | None:
        """The referral whose case is open."""
        going_on = (
            each for each in self.referrals if not (each.closed_on or each.no_further_action)
        )
        return next(going_on, None)

    @property
    def involvements(self) -> list[Involvement]:
        """Who works with the child, and who did."""
        return self.of("involvements", beside=["worker", "team"])

    @property
    def working(self) -> list[Involvement]:
        """Who works with the child today; those who hold the case come first."""
        now = [each for each in self.involvements if _lasts(each, self.today)]
        order = {part: place for place, part in enumerate(Part)}
        return sorted(now, key=lambda each: order[Part(each.part)])

    @property
    def before(self) -> list[Involvement]:
        """Who worked with the child before, the latest first."""
        return [each for each in self.involvements[::-1] if not _lasts(each, self.today)]

    @property
    def age(self) -> str:
        """How old the child is or was, in words."""
        return self._age_of(self.child)

    def _age_of(self, child: Child) -> str:
        return age_in_words(child.born_on, child.expected_on, child.died_on or self.today)

    def family(self) -> list[tuple[Child, str]]:
        """The brothers and sisters whom the account may see, each with the age in words."""
        if self.child.family_id is None:
            return []
        together = Child.objects.filter(family=self.child.family_id).exclude(pk=self.child.pk)
        found = together.visible_to(self.user).order_by("born_on", "pk")
        return [(each, self._age_of(each)) for each in found]

    def due(self) -> list[Clock]:
        """Everything about the child that has a clock, whoever holds the case."""
        holders = {each.part: each for each in self.working}
        cases = []
        for part in HOLDING:
            by = holders.get(part)
            cases.append(case_of(self.child, part, by and by.worker, by and by.team))
        return clocks(Desk(self.user, self.today, tuple(cases)))

    def flags(self) -> list[Flag]:
        """What stands out about the child, the red ones first."""
        found = chain.from_iterable(each(self) for each in FLAGS)
        return sorted(found, key=lambda flag: flag.colour != "red")

    def happenings(self) -> list[Happening]:
        """Everything that happened, the latest first; of one day, what came last."""
        found = [each for kind in HAPPENINGS for each in kind(self)]
        return sorted(found, key=lambda each: each.on)[::-1]


FLAGS: list[Callable[[CaseFile], Iterable[Flag]]] = []
HAPPENINGS: list[Callable[[CaseFile], Iterable[Happening]]] = []


def _lasts(involvement: Involvement, today: datetime.date) -> bool:
    ended_on = involvement.ended_on
    return involvement.started_on <= today and (ended_on is None or ended_on > today)


def of_the_child(file: CaseFile) -> Iterator[Flag]:
    """That a child is not born yet, has died, or may be known to few."""
    child = file.child
    if child.died_on:
        yield Flag(f"Died {day(child.died_on)}", "grey")
    elif child.born_on is None and child.expected_on:
        yield Flag(f"Not born yet: expected {day(child.expected_on)}", "purple")
    if Restriction.objects.filter(child=child).exists():
        yield Flag("Restricted: only those on the list see this record", "red")


def of_the_case(file: CaseFile) -> Iterator[Flag]:
    """Whether a case is open, and whether anybody has it."""
    if not file.user.reach.holds(*Referral.objects.all().roles):
        return
    if file.open_case is None:
        yield Flag("No open case", "grey")
        return
    yield Flag(f"Open case since {day(file.open_case.received_on)}")
    if not any(each.part == Part.SOCIAL_WORKER and each.worker for each in file.working):
        yield Flag("No social worker allocated", "yellow")


FLAGS += [of_the_child, of_the_case]


def life(file: CaseFile) -> Iterator[Happening]:
    """Birth and death."""
    child = file.child
    if child.born_on:
        yield Happening(on=child.born_on, what="Born", chapter=LIFE)
    if child.died_on:
        yield Happening(on=child.died_on, what="Died", chapter=LIFE)


def merges(file: CaseFile) -> Iterator[Happening]:
    """That another record of the child was merged into this one, and was parted from it again."""
    for merge in file.of("merges", beside=["duplicate"]):
        other = {
            "chapter": LIFE,
            "told": f"The other record: {merge.duplicate.reference}.",
            "url": address(ChildMerge, merge.pk),
        }
        if merge.state in (MergeState.DONE, MergeState.UNDONE):
            merged_on = london_day(merge.decided_at)
            yield Happening(on=merged_on, what="Two records of the child were merged", **other)
        if merge.state == MergeState.UNDONE:
            yield Happening(on=london_day(merge.undone_at), what="The merge was undone", **other)


def cases(file: CaseFile) -> Iterator[Happening]:
    """Each referral, what was decided on it, the assessments that followed, and its closure."""
    for referral in file.referrals:
        told = {"chapter": REFERRALS, "url": address(Referral, referral.pk)}
        source, need = referral.get_source_display(), referral.get_primary_need_display()
        about = ". ".join(filter(None, [f"From: {source.lower()}" if source else "", need]))
        yield Happening(
            on=referral.received_on,
            what="Referral received",
            told=f"{about}." if about else "",
            who=str(referral.team or ""),
            **told,
        )
        if referral.decided_on:
            nfa = referral.no_further_action
            yield Happening(
                on=referral.decided_on,
                what="Referral decided on",
                told="No further action." if nfa else "The case was opened.",
                **told,
            )
        for assessment in list(referral.assessments.all())[::-1]:
            there = told | {"url": address(Assessment, assessment.pk)}
            yield Happening(on=assessment.started_on, what="Assessment started", **there)
            if assessment.completed_on:
                yield Happening(on=assessment.completed_on, what="Assessment completed", **there)
        if referral.closed_on:
            reason = referral.get_closure_reason_display()
            yield Happening(on=referral.closed_on, what="Case closed", told=f"{reason}.", **told)


def workers(file: CaseFile) -> Iterator[Happening]:
    """Who began to work with the child, and who ceased to."""
    for each in file.involvements:
        part, who = each.get_part_display(), str(each.worker or "Nobody")
        url = address(Involvement, each.pk)
        told = {"chapter": WORKERS, "who": str(each.team), "url": url}
        yield Happening(on=each.started_on, what=f"{part}: {who}", **told)
        if each.ended_on and each.ended_on <= file.today:
            yield Happening(on=each.ended_on, what=f"{part} ended: {who}", **told)


HAPPENINGS += [life, merges, workers, cases]
