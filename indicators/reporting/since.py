"""As reported, and as now: what became of a published figure, case by case.

What was published is never changed. Beside it stands what the records give today, and between the
two stand the cases that count otherwise by now, each with its cause.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from .. import registry
from ..base import Indicator, Ratio
from ..caselist import CaseRow
from ..changes import NOTHING, Effect, Explanation, View, explain
from ..figures import Chart, Figure, Reading, half_up
from ..models import Publication, PublishedCase, PublishedFigure
from ..periods import Period
from .publishing import period_of

STORED = 6  # decimal places of the sums of a published figure


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
    def difference(self) -> Effect:
        """By how much its sums are otherwise today."""
        then, now = self.published, self.now
        return Effect(
            *(
                half_up(getattr(now, part), STORED) - getattr(then, part)
                for part in ("numerator", "denominator", "undecided")
            )
        )

    @property
    def is_changed(self) -> bool:
        """Whether anything about it is otherwise today."""
        return self.difference != NOTHING or self.then.rounded != self.now.rounded


def compared(
    publication: Publication, figures: QuerySet, *, today: datetime.date
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


def explained(compared: Compared, *, today: datetime.date) -> Explanation:
    """Why today's figure is another than the published one, case by case, in sums that tie.

    It starts from the cases that were published; but of an average over several days these are
    the latest day's alone, and what was known then is read again.
    """
    indicator, published = compared.indicator, compared.published
    publication = published.publication
    authority = publication.report.authority
    is_average = isinstance(indicator, Ratio) and indicator.moments > 1
    return explain(
        indicator,
        View(compared.period, published.as_at, publication.known_at),
        View(compared.period, today),
        authority=authority,
        team=None if published.place_id == authority.pk else published.place,
        reported=None if is_average else [as_row(case) for case in published.cases.all()],
    )


def as_row(case: PublishedCase) -> CaseRow:
    """A published case as a row of the list that it was published from."""
    return CaseRow(
        question=registry.INDICATORS[case.question],
        subject_id=case.subject,
        record_id=case.record,
        on_day=case.on_day,
        team_id=case.team,
        amount=case.amount,
        counts=case.counts,
        reason=case.reason,
        part=case.part,
        reason_code=case.reason_code,
    )
