"""As reported, and as now: what became of a published figure, case by case.

What was published is never changed. Beside it stands what the records give today, and between the
two stand the cases that are judged otherwise by now, whose effects sum exactly to the difference.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .. import registry
from ..base import Indicator, Measure, Ratio
from ..caselist import CaseRow, cases
from ..figures import Chart, Figure, Reading
from ..models import Publication, PublishedCase, PublishedFigure
from ..periods import Period
from .counted import Sums, one_each, share
from .publishing import period_of

Case = PublishedCase | CaseRow


@dataclass(frozen=True)
class Compared:
    """A published figure, and the same of today."""

    published: PublishedFigure
    indicator: Indicator
    period: Period
    now: Figure

    @property
    def then(self) -> Figure:
        """What was published, exact."""
        told = self.published
        return Figure(
            self.indicator,
            self.period,
            self.now.team_id,
            told.numerator,
            told.denominator,
            told.undecided,
            told.value,
        )

    @property
    def difference(self) -> Sums:
        """By how much its sums are otherwise today."""
        then, now = self.published, self.now
        return Sums(
            now.numerator - then.numerator,
            now.denominator - then.denominator,
            now.undecided - then.undecided,
        )

    @property
    def is_changed(self) -> bool:
        """Whether anything about it is otherwise today."""
        return self.difference != Sums() or self.then.rounded != self.now.rounded


def compared(
    publication: Publication, figures: Iterable[PublishedFigure], *, today: datetime.date
) -> list[Compared]:
    """Published figures of a publication, each beside the same of today."""
    authority = publication.report.authority
    figures = list(figures.select_related("place"))
    together: dict[tuple, list[PublishedFigure]] = defaultdict(list)
    for figure in figures:
        indicator = registry.indicator(figure.indicator)
        period = period_of(indicator, figure.first_on, figure.last_on)
        together[period, figure.place_id].append(figure)
    charts = [
        Chart(
            [period],
            [None if place == authority.pk else some[0].place],
            [registry.indicator(each.indicator) for each in some],
        )
        for (period, place), some in together.items()
    ]
    indicators = [registry.indicator(n) for n in dict.fromkeys(each.indicator for each in figures)]
    found = {
        (now.indicator.name, now.period, now.team_id or authority.pk): now
        for now in Reading(as_at=today, authority=authority).figures(indicators, *charts)
    }
    told = []
    for figure in figures:
        indicator = registry.indicator(figure.indicator)
        period = period_of(indicator, figure.first_on, figure.last_on)
        now = found[figure.indicator, period, figure.place_id]
        told.append(Compared(figure, indicator, period, now))
    return told


@dataclass(frozen=True)
class Shift:
    """A case that is judged otherwise today than it was when a figure was published.

    ``then`` is nothing where it was not behind the figure, ``now`` where it is no more.
    """

    then: PublishedCase | None
    now: CaseRow | None
    effect: Sums

    @property
    def case(self) -> Case:
        """The case, as it is now or else as it was."""
        return self.now or self.then

    @property
    def how(self) -> str:
        """What became of it, in a word or two."""
        if self.then is None:
            return "new"
        if self.now is None:
            return "no longer behind the figure"
        return "judged otherwise"


def shifts(compared: Compared, *, today: datetime.date) -> list[Shift]:
    """The cases behind the difference between a published figure and today's.

    Their effects sum exactly to the difference of numerator, denominator and what is undecided.
    """
    indicator, published = compared.indicator, compared.published
    authority = published.publication.report.authority
    rows = cases(
        indicator,
        compared.period,
        as_at=today,
        authority=authority,
        team=None if published.place_id == authority.pk else published.place,
    )
    return list(_shifts(indicator, list(published.cases.all()), rows))


def _shifts(
    indicator: Indicator, before: Sequence[PublishedCase], after: Sequence[CaseRow]
) -> Iterator[Shift]:
    then, now = _by_case(indicator, before), _by_case(indicator, after)
    for key in dict.fromkeys([*then, *now]):
        old, new = then.get(key), now.get(key)
        effect = _share(indicator, new) - _share(indicator, old)
        if effect != Sums() or _weighs_otherwise(indicator, old, new):
            yield Shift(old, new, effect)


def _by_case(indicator: Indicator, found: Sequence[Case]) -> dict[tuple, Case]:
    """Cases by what makes two of them the same case; of distinct children each child is one."""
    if indicator.measure is Measure.DISTINCT:
        return {(case.subject_id,): case for case in one_each(found)}
    seen: Counter[tuple] = Counter()
    numbered = {}
    for case in found:
        key = (case.subject_id, case.record_id, case.on_day, case.part)
        numbered[*key, seen[key]] = case
        seen[key] += 1
    return numbered


def _share(indicator: Indicator, case: Case | None) -> Sums:
    return share(indicator, case) if case else Sums()


def _weighs_otherwise(indicator: Indicator, old: Case | None, new: Case | None) -> bool:
    is_spread = not isinstance(indicator, Ratio) and indicator.measure in (
        Measure.MEDIAN,
        Measure.NINETIETH,
    )
    return bool(is_spread and old and new and old.amount != new.amount)
