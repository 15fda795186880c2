"""What an indicator is, down to its SQL, and where two rules about the same thing differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlparse
from django.db import connection

from ehcp.models import TimeLimit
from visits.models import VisitStandard
from workforce.models import Team

from .base import Indicator, Position, Records
from .caselist import CaseRow
from .queries import rows


def statements(indicator: Indicator, *, authority: Team, as_at) -> list[tuple[str, str]]:
    """The SQL of the cases behind an indicator, laid out for readers."""
    found = written(indicator, authority=authority, as_at=as_at)
    return [(title, sqlparse.format(sql, reindent=True)) for title, sql in found]


def written(indicator: Indicator, *, authority: Team, as_at) -> list[tuple[str, str]]:
    """The SQL of the cases behind an indicator: for each question it is made of, its own."""
    found = []
    for question in indicator.questions():
        records = Records(question.case_set, as_at=as_at, authority_id=authority.pk)
        if isinstance(question.case_set, Position):
            records = records.on([as_at])
        sql, params = rows(question.case_set, records, [question])
        found.append((question.title, connection.ops.compose_sql(sql, params)))
    return found


def standards(indicator: Indicator, authority: Team) -> list[tuple[str, object]]:
    """The standards that an indicator judges by, each with the day from which it holds."""
    sets = [question.case_set for question in indicator.questions()]
    found = []
    if any(cases.family == "ehcp" for cases in sets):
        found += [
            (f"{limit.get_step_display()}: {limit.days} days", limit.valid_from)
            for limit in TimeLimit.objects.all()
        ]
    if any(cases.asks_the_day for cases in sets):
        of_authority = VisitStandard.objects.filter(authority=authority)
        found += [
            (
                f"A visit every {standard.interval} {standard.get_unit_display()}",
                standard.valid_from,
            )
            for standard in of_authority
        ]
    return found


@dataclass(frozen=True)
class Difference:
    """A case that two rules count differently, as each of them has it; none where it has not."""

    here: CaseRow | None
    there: CaseRow | None

    @property
    def row(self) -> CaseRow:
        """The case, as one of them has it."""
        return self.here or self.there


def differences(here: Sequence[CaseRow], there: Sequence[CaseRow]) -> list[Difference]:
    """The cases of which two rules do not say the same: whether they count, or how much."""
    mine, theirs = _by_case(here), _by_case(there)
    return [
        Difference(mine.get(case), theirs.get(case))
        for case in dict.fromkeys([*mine, *theirs])
        if _answer(mine.get(case)) != _answer(theirs.get(case))
    ]


def _by_case(found: Iterable[CaseRow]) -> dict[tuple, CaseRow]:
    return {(row.subject_id, row.record_id, row.on_day, row.part): row for row in found}


def _answer(row: CaseRow | None) -> tuple[bool | None, Decimal] | None:
    return row and (row.counts, row.amount)
