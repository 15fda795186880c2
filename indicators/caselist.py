"""The cases behind a figure: as many rows that count as the numerator, each with its reason."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection
from django.template.defaultfilters import pluralize

from workforce.models import Team

from .base import Better, Indicator, Measure, Position, Question, Records, Stock, Term
from .figures import Reading
from .periods import Period
from .queries import as_at_day, rows
from .reasons import code_of, reason_code

ABOVE, BELOW, BOTH = "numerator", "denominator", "both"


@dataclass(frozen=True)
class CaseRow:
    """One case behind a figure: whether it counts, and why.

    ``counts`` is true, false or not yet known. ``part`` says where it stands in a quotient of two
    different things: above the line, below it, or both. ``by`` holds the codes that it is told
    apart from other cases by.
    """

    question: Question
    subject_id: int
    record_id: int
    on_day: datetime.date
    team_id: int
    amount: Decimal
    counts: bool | None
    reason: str
    part: str = BOTH
    reason_code: str = ""
    by: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_adverse(self) -> bool:
        """Whether it is one of those that a figure would be better without.

        Where neither direction is better, and of a quotient, they are those that the number counts.
        """
        if self.part != BOTH:
            return self.part == ABOVE
        measure, better = self.question.measure, self.question.better
        if measure in (Measure.RATE, Measure.DISTINCT):
            return self.counts is (better is not Better.HIGHER)
        return True


def cases(
    indicator: Indicator,
    period: Period,
    *,
    as_at: datetime.date,
    authority: Team | None = None,
    team: Team | None = None,
    reading: Reading | None = None,
) -> list[CaseRow]:
    """The cases behind an indicator's figure for a period and a place, by day."""
    teams = (reading or Reading(as_at=as_at, authority=authority)).tree.below(team)
    found = []
    for term in _once(indicator.terms(period, as_at)):
        with as_at_day(as_at, term.question.case_set):
            found += cases_of(term, teams, as_at=as_at, authority=authority)
    return sorted(found, key=lambda case: (case.on_day, str(case.record_id)))


def _once(terms: Iterable[Term]) -> Iterable[Term]:
    """The terms, but of a stock that is averaged over several days the latest day alone."""
    seen = set()
    for term in terms:
        key = (term.question, term.above)
        if key not in seen:
            seen.add(key)
            yield term


def cases_of(term: Term, teams: list[int], *, as_at, authority) -> Iterable[CaseRow]:
    question = term.question
    case_set = question.case_set
    records = Records(case_set, as_at=as_at, authority_id=authority.pk if authority else None)
    records = records.between(term.first, term.last, teams)
    if isinstance(case_set, Position):
        records = records.on([term.last])
    columns = question.because.columns()
    told = {"reason_code": code_of(question)} | {
        f"by_{each.name}": each.value for each in case_set.breakdowns
    }
    source, params = rows(case_set, records, [question], (case_set.record, *columns), told)
    if isinstance(case_set, Stock):
        dated = "found.since <= %s AND found.until > %s"
        params = (*params, term.last, term.last)
    else:
        dated = "found.on_day BETWEEN %s AND %s"
        params = (*params, term.first, term.last)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM ({source}) found"
            f" WHERE {dated} AND found.among_0 AND found.held_by = ANY(%s)",
            [*params, teams],
        )
        names = [column.name for column in cursor.description]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            yield CaseRow(
                question=question,
                subject_id=row["subject"],
                record_id=row[case_set.record],
                on_day=row[case_set.days[0]],
                team_id=row["held_by"],
                amount=Decimal(row["weight_0"]),
                counts=row["counts_0"],
                reason=_reason(question, row),
                part=BOTH if term.above and term.below else ABOVE if term.above else BELOW,
                reason_code=reason_code(row["reason_code"], row["counts_0"]),
                by={each.name: row[f"by_{each.name}"] or "" for each in case_set.breakdowns},
            )


def _reason(question: Question, row: dict[str, Any]) -> str:
    sentence = question.because.sentence(row["counts_0"])
    return sentence.format_map({name: _said(value) for name, value in row.items()})


class _Whole(int):
    """A whole number in a sentence, alone or with what there are so many of."""

    def __format__(self, of: str) -> str:
        return f"{int(self)} {of}{pluralize(self)}" if of else str(int(self))


def _said(value: Any) -> str | _Whole:
    if type(value) is int:
        return _Whole(value)
    if isinstance(value, datetime.date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "not yet" if value is None else str(value)
