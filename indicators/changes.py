"""Why a figure differs between two days, two periods or two states of knowledge: case by case.

Each case has one cause, and the effects of all cases sum to the difference. What a view would give
of the days before with the knowledge of afterwards tells what was only written down later.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from operator import add

from django.db.models import TextChoices
from django.utils import timezone

from ehcp.models import TimeLimit
from referrals.models import Involvement
from visits.models import VisitStandard
from workforce.models import BankHoliday, CalendarDay, Team

from .base import Indicator, Measure, Question, Ratio, Records, Term
from .caselist import ABOVE, BELOW, BOTH, CaseRow, cases_of
from .figures import Figure, Reading, made_of
from .known import as_known
from .listing import reached
from .periods import Period
from .queries import FRACTION, Sums, as_at_day
from .versions import Version, Versions, columns_read

STANDARDS = {VisitStandard: VisitStandard, TimeLimit: TimeLimit, CalendarDay: BankHoliday}


class Cause(TextChoices):
    """Why a case counts otherwise than before: the first of these that applies."""

    STRUCK_OUT = "struck_out", "Struck out, or put back"
    MERGED = "merged", "Merged or unmerged"
    CORRECTED = "corrected", "Corrected"
    RECORDED_LATE = "recorded_late", "Recorded late"
    TEAM_MOVED = "team_moved", "Moved to or from another team"
    STANDARD = "standard", "Standard or calendar changed"
    RULE = "rule", "Rule changed"
    NEW = "new", "New in the period"
    GONE = "gone", "Gone from the period"
    TIME = "time", "Changed as time went by"


@dataclass(frozen=True)
class View:
    """The days that a figure is for, and the moment of knowledge of its records: now, if none."""

    period: Period
    as_at: datetime.date
    known_at: datetime.datetime | None = None

    @classmethod
    def on(cls, period: Period, day: datetime.date, *, today: datetime.date) -> "View":
        """The view of a period as at a day, of what was known when the day was over."""
        end = datetime.datetime.combine(day, datetime.time.max)
        return cls(period, day, None if day >= today else timezone.make_aware(end))

    def knows_no_more_than(self, other: "View") -> bool:
        """Whether all that it knows the other knows too."""
        return other.known_at is None or (
            self.known_at is not None and self.known_at <= other.known_at
        )


@dataclass(frozen=True)
class Effect:
    """What cases add to a figure's numerator and denominator, and to what is not yet known."""

    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    undecided: Decimal = Decimal(0)

    def __add__(self, other: "Effect") -> "Effect":
        return Effect(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.undecided + other.undecided,
        )

    def __sub__(self, other: "Effect") -> "Effect":
        return Effect(
            self.numerator - other.numerator,
            self.denominator - other.denominator,
            self.undecided - other.undecided,
        )


NOTHING = Effect()


def total(effects: Iterable[Effect]) -> Effect:
    """The sum of effects."""
    return reduce(add, effects, NOTHING)


@dataclass(frozen=True)
class Change:
    """A case that counts otherwise than before, why, and what that does to the figure."""

    before: CaseRow | None
    after: CaseRow | None
    cause: Cause
    effect: Effect

    @property
    def row(self) -> CaseRow:
        """The case as it counts afterwards or, where it does not, as it counted before."""
        return self.after or self.before


@dataclass(frozen=True)
class Explanation:
    """Two figures, and all the cases that make the one differ from the other, by day.

    The effects sum exactly to the differences of numerator, denominator and undecided; but for a
    quotient of an average over several days, whose shares are rounded to 28 figures.
    """

    before: Figure
    after: Figure
    changes: list[Change]

    @property
    def effect(self) -> Effect:
        """What all changes come to."""
        return total(change.effect for change in self.changes)

    def by_cause(self) -> list[tuple[Cause, list[Change], Effect]]:
        """The changes of each cause that there is, with what they come to together."""
        found = defaultdict(list)
        for change in self.changes:
            found[change.cause].append(change)
        return [
            (cause, found[cause], total(change.effect for change in found[cause]))
            for cause in Cause
            if cause in found
        ]


def explain(
    indicator: Indicator,
    before: View,
    after: View,
    *,
    authority: Team | None = None,
    team: Team | None = None,
    reported: Sequence[CaseRow] | None = None,
) -> Explanation:
    """Why an indicator's figure of an authority or a team differs between two views.

    ``reported`` are the cases that were reported of the view before, where they were kept: what
    they have otherwise than today's rule gives of that view is a change of the rule. Raises
    ``ValueError`` where the view before knows more than the one after.
    """
    if not before.knows_no_more_than(after):
        raise ValueError("The view before knows of more than the view after.")
    place = _Place(indicator, authority, team)
    now = place.counted(after)
    then = place.counted(before)
    told = then if reported is None else place.taken(before, reported)
    learnt = then
    if before.known_at != after.known_at:
        hindsight = replace(before, known_at=after.known_at)
        learnt = now if hindsight == after else place.counted(hindsight)
    changed = [key for key in {**told.rows, **now.rows} if told.differs(now, key)]
    causes = _Causes(place, before, after, told, then, learnt, now)
    found = [
        Change(told.rows.get(key), now.rows.get(key), cause, now.here[key] - told.here[key])
        for key, cause in causes.of(changed)
    ]
    found.sort(key=lambda change: (change.row.on_day, str(change.row.record_id), change.row.part))
    return Explanation(told.figure, now.figure, found)


Case = tuple[Question, str, object, datetime.date | None]


def _case(row: CaseRow) -> Case:
    """What tells a case from others in every view: its record, or the person who counts once."""
    question = row.question
    if question.measure is Measure.DISTINCT:
        return question, row.part, row.subject_id, None
    day = row.on_day if question.case_set.has_many else None
    return question, row.part, row.record_id, day


def _sums(question: Question, rows: Sequence[CaseRow]) -> Sums:
    """What the rows of one case come to, by the question's measure."""
    amounts = [(row.counts, row.amount) for row in rows]
    undecided = sum((amount for counts, amount in amounts if counts is None), Decimal(0))
    if question.measure is Measure.DISTINCT:
        yes = Decimal(any(counts for counts, _ in amounts))
        return Sums(yes, Decimal(1), undecided)
    if question.measure in FRACTION:
        return Sums(Decimal(len(rows)), Decimal(len(rows)), undecided)
    known = sum((amount for counts, amount in amounts if counts is not None), Decimal(0))
    if question.measure is Measure.COUNT:
        whole = known + undecided
        return Sums(whole, whole, undecided)
    return Sums(sum((amount for counts, amount in amounts if counts), Decimal(0)), known, undecided)


def _point(question: Question, rows: Sequence[CaseRow]) -> Decimal | None:
    """The amount below which a share of the cases lies, as the database works it out."""
    if question.measure not in FRACTION or not rows:
        return None
    amounts = sorted(float(row.amount) for row in rows)
    place = FRACTION[question.measure] * (len(amounts) - 1)
    low = int(place)
    high = min(low + 1, len(amounts) - 1)
    return Decimal(amounts[low] + (place - low) * (amounts[high] - amounts[low]))


@dataclass(frozen=True)
class _Counted:
    """The cases of a view: what each comes to here and in the whole authority."""

    figure: Figure
    rows: Mapping[Case, CaseRow]
    here: Mapping[Case, Effect]
    whole: Mapping[Case, Effect]
    amounts: Mapping[Case, list[Decimal]]

    def differs(self, other: "_Counted", case: Case) -> bool:
        """Whether a case comes to something else, or weighs otherwise in a median."""
        if self.here[case] != other.here[case]:
            return True
        return case[0].measure in FRACTION and self.amounts[case] != other.amounts[case]


@dataclass(frozen=True)
class _Place:
    """An indicator of an authority or a team, to be counted in several views."""

    indicator: Indicator
    authority: Team | None
    team: Team | None

    def counted(self, view: View) -> _Counted:
        """Its cases in a view."""
        with as_known(view.known_at, self.authority):
            tree = Reading(as_at=view.as_at, authority=self.authority).tree
            here, found = set(tree.below(self.team)), []
            for term in self.indicator.terms(view.period, view.as_at):
                with as_at_day(view.as_at, term.question.case_set):
                    rows = cases_of(term, tree.ids, as_at=view.as_at, authority=self.authority)
                    found.append((term, list(rows)))
        return self._made(view, found, here)

    def taken(self, view: View, reported: Sequence[CaseRow]) -> _Counted:
        """The cases that were reported of a view; all of them are of the place."""
        found = []
        for term in self.indicator.terms(view.period, view.as_at):
            part = BOTH if term.above and term.below else ABOVE if term.above else BELOW
            same = [row for row in reported if (row.question, row.part) == (term.question, part)]
            found.append((term, same))
        return self._made(view, found, {row.team_id for row in reported})

    def _made(
        self, view: View, found: Sequence[tuple[Term, list[CaseRow]]], here: set[int]
    ) -> _Counted:
        parts = {"above": [], "below": []}
        rows, inside, whole = {}, defaultdict(lambda: NOTHING), defaultdict(lambda: NOTHING)
        amounts = defaultdict(list)
        for term, every in found:
            cases = defaultdict(list)
            for row in every:
                cases[_case(row)].append(row)
            sums = []
            for case, some in cases.items():
                whole[case] += self._effect(term, _sums(term.question, some))
                if within := [row for row in some if row.team_id in here]:
                    sums.append(_sums(term.question, within))
                    inside[case] += self._effect(term, sums[-1])
                    rows.setdefault(case, within[0])
                    amounts[case] += [row.amount for row in within]
            together = Sums(
                *(
                    sum((getattr(each, name) for each in sums), Decimal(0))
                    for name in ("numerator", "denominator", "undecided")
                ),
                _point(term.question, [row for row in every if row.team_id in here]),
            )
            parts["above"] += [together] * term.above
            parts["below"] += [together] * term.below
        team_id = self.team and self.team.pk
        figure = made_of(self.indicator, view.period, team_id, parts)
        return _Counted(figure, rows, inside, whole, amounts)

    def _effect(self, term: Term, sums: Sums) -> Effect:
        """What a case comes to in the figure, on the side of the line on which it stands."""
        if not isinstance(self.indicator, Ratio):
            return Effect(sums.numerator, sums.denominator, sums.undecided)
        if term.above:
            return Effect(numerator=sums.numerator)
        return Effect(denominator=sums.numerator / self.indicator.moments)


@dataclass(frozen=True)
class _Causes:
    """Finds the one cause of each case that counts otherwise.

    ``told`` is what was reported, ``then`` what the view before gives, ``learnt`` what it gives
    with the knowledge of afterwards, and ``now`` the view after.
    """

    place: _Place
    before: View
    after: View
    told: _Counted
    then: _Counted
    learnt: _Counted
    now: _Counted

    def of(self, cases: Sequence[Case]) -> Iterable[tuple[Case, Cause]]:
        """The cause of each case."""
        by_question = defaultdict(list)
        for case in cases:
            by_question[case[0]].append(case)
        for question, some in by_question.items():
            yield from self._of_question(question, some)

    def _of_question(self, question: Question, cases: list[Case]) -> Iterable[tuple[Case, Cause]]:
        learnt = [case for case in cases if self.then.differs(self.learnt, case)]
        found, standards = {}, False
        if learnt:
            found, standards = self._what_became_known(question, learnt)
        for case in cases:
            cause = found.get(case)
            if cause is None and case in learnt:
                if self._only_moved(case, self.then, self.learnt):
                    cause = Cause.TEAM_MOVED
                elif standards:
                    cause = Cause.STANDARD
            yield case, cause or self._what_happened(case)

    def _what_became_known(
        self, question: Question, cases: list[Case]
    ) -> tuple[dict[Case, Cause], bool]:
        """The causes that the history of records tells; and whether a standard changed."""
        case_set = question.case_set
        columns = columns_read(question, as_at=self.before.as_at)
        versions = Versions(columns, since=self.before.known_at, until=self.after.known_at)
        root = case_set.cases(Records(case_set, as_at=self.before.as_at)).model
        subject, record = reached(root, case_set.subject), reached(root, case_set.record)
        rows = {case: self.now.rows.get(case) or self.told.rows.get(case) for case in cases}
        known = versions.of(subject, {row.subject_id for row in rows.values()})
        found = {}
        for case, row in rows.items():
            of_case = known[record, row.record_id], known[subject, row.subject_id]
            for some in (*of_case, versions.around(subject, row.subject_id, known)):
                mattering = [each for each in some if self._matters(each, case)]
                if cause := self._first(mattering):
                    found[case] = cause
                    break
        authority_id = self.place.authority and self.place.authority.pk
        kinds = {STANDARDS[model] for model in columns if model in STANDARDS}
        return found, versions.of_all(kinds, authority_id)

    def _matters(self, version: Version, case: Case) -> bool:
        """Whether a version can be why: where a case only moved, all; else not where it is held."""
        if self._only_moved(case, self.then, self.learnt):
            return True
        if version.model is Involvement:
            return case[0].case_set.is_of_allocations
        return not version.places_only

    def _first(self, versions: Sequence[Version]) -> Cause | None:
        if any(version.is_struck_out for version in versions):
            return Cause.STRUCK_OUT
        if any(version.is_merged for version in versions):
            return Cause.MERGED
        if any(version.is_corrected for version in versions):
            return Cause.CORRECTED
        if any(version.is_late(self.before.as_at) for version in versions):
            return Cause.RECORDED_LATE
        return None

    def _what_happened(self, case: Case) -> Cause:
        """The cause of a case about which nothing was learnt afterwards."""
        if self._only_moved(case, self.told, self.now):
            return Cause.TEAM_MOVED
        if self.told.differs(self.then, case):
            return Cause.RULE
        if case not in self.told.rows:
            return Cause.NEW
        return Cause.TIME if case in self.now.rows else Cause.GONE

    @staticmethod
    def _only_moved(case: Case, one: _Counted, other: _Counted) -> bool:
        """Whether a case is the same in the whole authority, and only here it is not."""
        there = one.whole[case] != NOTHING or case in one.rows
        return there and one.whole[case] == other.whole[case] and one.here[case] != other.here[case]
