"""Publishing a report: its author signs a copy, somebody else approves it, and it stays.

The copy is made whole at the first signature: the figures, the cases behind each, the definitions
and the files. What the second person reads and approves is, byte for byte, what is published.
"""

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

import pghistory
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max, Model, Q, QuerySet

from config import facts
from config.demonstration import save
from config.workdays import london_day
from workforce.access import confirm_visible
from workforce.models import Team, User

from .. import registry
from ..base import Flow, Indicator, Measure, Question, Ratio
from ..beside import Beside, Published
from ..caselist import BELOW, CaseRow, cases
from ..choices import ReportState
from ..definition import standards, written
from ..known import as_known
from ..listing import references
from ..models import (
    Publication,
    PublishedCase,
    PublishedFigure,
    PublishedFile,
    PublishedIndicator,
    Report,
    Target,
)
from ..models.publications import APPROVERS
from ..models.reports import AUTHORS
from ..periods import Kind, Period
from .paper import Paper, Part, Quote

# What of a report is not what people have written.
NOT_WRITTEN = {"id", "state", "begun_by"}
CORRECTS = "Otherwise than in the version before"
SEEN_CHANGED = "The text has been changed since it was signed. The author has to sign it again."
LATER_COPY = "A later copy has been signed. Approve that one."
OTHERS_SINCE = (
    "Another report was published since this was signed, and together they may tell more than each"
    " alone. The author has to sign it again."
)
BEING_COUNTED = "Figures are being calculated at this moment. Try again in a minute."


class Concealed(Protocol):
    """A paper as it may be seen, the text of each number in it, and what blocks publishing it."""

    paper: Paper
    figures: Sequence["Told"]
    problems: Sequence[Any]


@dataclass(frozen=True)
class Press:
    """How a report becomes a paper, what may be read off it, and how its files are written.

    ``conceal`` is told the profile, what was published before, and which place is below which.
    """

    unwritten: Callable[[Report], Sequence[str]]
    compose: Callable[[Report, datetime.date], Paper]
    conceal: Callable[..., Concealed]
    write: Mapping[str, Callable[[Paper], bytes]]


@dataclass(frozen=True)
class Told:
    """A figure that a report quoted, and the text of each of its numbers in it."""

    quote: Quote
    shown: Mapping[Part, str]


def digest_of(report: Report) -> str:
    """The checksum of what people have written in a report: another as soon as a word changes."""
    parts = [report, *report.highlights.order_by("pk"), *report.costs.order_by("pk")]
    told = json.dumps([_written(part) for part in parts], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _written(part: Model) -> dict[str, Any]:
    return {
        field.name: field.value_from_object(part)
        for field in part._meta.concrete_fields
        if field.name not in NOT_WRITTEN
    }


@dataclass(frozen=True)
class Gathered:
    """What the records give for a report: its paper, the cases of each figure, and definitions."""

    exact: Paper
    quotes: Sequence[Quote]
    cases: Sequence[Sequence[tuple[CaseRow, str]]]
    indicators: Sequence[Mapping[str, Any]]


def sign(
    *,
    report: Report,
    profile: str,
    note: str,
    by: User,
    now: datetime.datetime,
    press: Press,
    known_at: datetime.datetime | None = None,
) -> Publication:
    """A copy of a report that is signed by its author, and waits for somebody's approval.

    All of it is stored in one transaction. Its figures are as known now, or at an earlier moment
    that is named. Raises ``ValidationError`` where the author may not sign, where disclosure
    control blocks it, and where a correction does not say what it corrects.
    """
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        report = Report.objects.select_for_update().select_related("authority").get(pk=report.pk)
        _confirm_answers_for(report, by, AUTHORS)
        note = " ".join(note.split())
        if not note and report.publications.published().exists():
            raise ValidationError({"note": "Say what is otherwise than in the version before."})
        if missing := press.unwritten(report):
            raise ValidationError(f"Not written yet: {'; '.join(missing)}.")
        with as_known(known_at, report.authority) if known_at else nullcontext():
            gathered = _gather(report, press, note, london_day(now))
        concealed = press.conceal(
            gathered.exact,
            profile,
            published=_published_before(report.authority),
            parents=dict(_places(report.authority).values_list("pk", "parent")),
        )
        if concealed.problems:
            raise ValidationError([str(problem) for problem in concealed.problems])
        copy = Publication(
            report=report,
            title=report.title,
            considered_by=report.considered_by,
            profile=profile,
            note=note,
            digest=digest_of(report),
            as_at=concealed.paper.as_at,
            known_at=known_at or now,
            signed_by=by,
            signed_at=now,
        )
        copy.full_clean()
        copy.save()
        _store(copy, gathered, {told.quote: told.shown for told in concealed.figures})
        for format, write in press.write.items():
            content = write(concealed.paper)
            PublishedFile.objects.create(
                publication=copy,
                format=format,
                content=content,
                sha256=hashlib.sha256(content).hexdigest(),
            )
        confirm_visible(copy, by)
    return copy


def approve(*, publication: Publication, by: User, now: datetime.datetime) -> Publication:
    """A signed copy that is published now, because somebody else than its author approves it.

    Raises ``ValidationError`` where the copy cannot be approved any more, or not by this account.
    """
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        report = Report.objects.select_for_update().get(pk=publication.report_id)
        copy = Publication.objects.select_for_update().get(pk=publication.pk)
        _confirm_answers_for(report, by, APPROVERS)
        if copy.is_published:
            raise ValidationError("This is published already.")
        if copy.signed_by_id == by.pk:
            raise ValidationError("The author and the approver are two people.")
        if void := voided(copy):
            raise ValidationError(void)
        last = report.publications.aggregate(last=Max("version"))["last"] or 0
        copy.version, copy.approved_by, copy.published_at = last + 1, by, now
        copy.save(update_fields=["version", "approved_by", "published_at"])
        report.state = ReportState.PUBLISHED
        report.save(update_fields=["state"])
    return copy


def voided(copy: Publication) -> str:
    """Why a signed copy cannot be approved any more; empty where it can."""
    report = copy.report
    if digest_of(report) != copy.digest:
        return SEEN_CHANGED
    if report.publications.filter(pk__gt=copy.pk).exists():
        return LATER_COPY
    others = Publication.objects.filter(
        report__authority=report.authority_id, published_at__gt=copy.signed_at
    )
    return OTHERS_SINCE if others.exists() else ""


def _confirm_answers_for(report: Report, by: User, roles: Sequence) -> None:
    if not Report.objects.all().seen_as(by, roles).filter(pk=report.pk).exists():
        raise ValidationError("Your account does not answer for reports of this authority.")


def _published_before(authority: Team) -> list[Told]:
    """What every earlier publication told, the latest last."""
    found = PublishedFigure.objects.filter(
        publication__in=Publication.objects.published(), publication__report__authority=authority
    )
    return [
        Told(
            Quote(
                indicator=figure.indicator,
                place_id=figure.place_id,
                first=figure.first_on,
                last=figure.last_on,
                as_at=figure.as_at,
                numerator=figure.numerator,
                denominator=figure.denominator,
                undecided=figure.undecided,
                value=figure.value,
                unit=figure.unit,
                counts_persons=figure.counts_persons,
            ),
            {Part(part): text for part, text in figure.shown.items()},
        )
        for figure in found.order_by("publication__published_at", "pk")
    ]


def _places(authority: Team) -> QuerySet:
    return Team.objects.filter(Q(pk=authority.pk) | Q(authority=authority))


def period_of(indicator: Indicator, first: datetime.date, last: datetime.date) -> Period:
    """The period that the days of a published figure are, by the kind that people call it."""
    for kind in Kind:
        period = Period.ending(kind, last, year_starts=indicator.year_starts)
        if period.start == first:
            return period
    return Period(Kind.ROLLING_12, first, last)


def _gather(report: Report, press: Press, note: str, today: datetime.date) -> Gathered:
    draft = press.compose(report, today)
    corrects = ((CORRECTS, note),) if note else ()
    exact = replace(draft, marking="", front=(*draft.front, *corrects))
    quotes = list(dict.fromkeys(quote for cell in exact.cells() for quote in cell.quotes))
    return Gathered(
        exact, quotes, _cases(quotes, report.authority), _definitions(quotes, report, today)
    )


def _store(
    copy: Publication, gathered: Gathered, shown: Mapping[Quote, Mapping[Part, str]]
) -> None:
    figures = PublishedFigure.objects.bulk_create(
        PublishedFigure(
            publication=copy,
            indicator=quote.indicator,
            place_id=quote.place_id,
            first_on=quote.first,
            last_on=quote.last,
            as_at=quote.as_at,
            numerator=quote.numerator,
            denominator=quote.denominator,
            undecided=quote.undecided,
            value=quote.value,
            unit=quote.unit,
            counts_persons=quote.counts_persons,
            shown={part.value: text for part, text in shown.get(quote, {}).items()},
        )
        for quote in gathered.quotes
    )
    save(
        PublishedCase(
            figure=figure,
            question=row.question.name,
            subject=row.subject_id,
            record=row.record_id,
            reference=reference,
            on_day=row.on_day,
            team=row.team_id,
            part=row.part,
            counts=row.counts,
            amount=row.amount,
            reason_code=row.reason_code,
            reason=row.reason,
        )
        for figure, rows in zip(figures, gathered.cases, strict=True)
        for row, reference in rows
    )
    PublishedIndicator.objects.bulk_create(
        PublishedIndicator(publication=copy, **told) for told in gathered.indicators
    )


def _cases(quotes: Sequence[Quote], authority: Team) -> list[list[tuple[CaseRow, str]]]:
    """The cases behind each figure, and whose they are; every list has to give its figure."""
    places = _places(authority).in_bulk() | {authority.pk: None}
    alike: dict[tuple, list[Quote]] = defaultdict(list)
    for quote in quotes:
        alike[quote.indicator, quote.place_id, quote.as_at].append(quote)
    found: dict[Quote, list[tuple[CaseRow, str]]] = {}
    for (name, place, as_at), some in alike.items():
        indicator = registry.indicator(name)
        told = {"as_at": as_at, "authority": authority, "team": places[place]}
        listed = _lists(indicator, [(quote.first, quote.last) for quote in some], told)
        called = references([row for rows in listed for row in rows], as_at=as_at)
        for quote, rows in zip(some, listed, strict=True):
            if numerator_of(indicator, rows) != quote.numerator:
                raise ValidationError(BEING_COUNTED)
            found[quote] = [
                (row, called.get((row.question.case_set, row.subject_id), "")) for row in rows
            ]
    return [found[quote] for quote in quotes]


def numerator_of(indicator: Indicator, rows: Iterable[CaseRow]) -> Decimal:
    """What a list of cases gives as the numerator of its figure."""
    if isinstance(indicator, Ratio):
        return sum((row.amount for row in rows if row.part != BELOW), Decimal(0))
    if indicator.measure is Measure.DISTINCT:
        return Decimal(len({row.subject_id for row in rows if row.counts}))
    if indicator.measure in (Measure.MEDIAN, Measure.NINETIETH):
        return Decimal(len(list(rows)))
    return sum((row.amount for row in rows if row.counts), Decimal(0))


def _lists(
    indicator: Indicator,
    spans: Sequence[tuple[datetime.date, datetime.date]],
    told: Mapping[str, Any],
) -> list[list[CaseRow]]:
    """The cases behind an indicator for some days each; of what happens, read at once."""
    if isinstance(indicator, Question) and isinstance(indicator.case_set, Flow):
        first, last = min(first for first, _ in spans), max(last for _, last in spans)
        found = cases(indicator, Period(Kind.ROLLING_12, first, last), **told)
        return [[row for row in found if first <= row.on_day <= last] for first, last in spans]
    return [cases(indicator, period_of(indicator, *span), **told) for span in spans]


def _definitions(
    quotes: Iterable[Quote], report: Report, today: datetime.date
) -> list[dict[str, Any]]:
    """How each indicator is defined, and what is set beside it."""
    authority = report.authority
    indicators = [registry.indicator(name) for name in dict.fromkeys(q.indicator for q in quotes)]
    beside = Beside(indicators, authority=authority, as_at=today)
    others = beside.published(report.ending)
    return [
        {
            "indicator": indicator.name,
            "title": indicator.title,
            "what": indicator.what,
            "source": indicator.source,
            "better": indicator.better.value,
            "standards": [
                [words, since.isoformat()] for words, since in standards(indicator, authority)
            ],
            "statements": written(indicator, authority=authority, as_at=report.as_at),
            "comparators": [
                *map(_target, beside.targets.get(indicator.name, ())),
                *map(_other, others.get(indicator.name, ())),
            ],
        }
        for indicator in indicators
    ]


def _target(target: Target) -> dict[str, str | None]:
    return {
        "what": target.get_kind_display(),
        "from": target.valid_from.isoformat(),
        "value": None if target.value is None else str(target.value),
        "source": target.source,
    }


def _other(published: Published) -> dict[str, str]:
    return {
        "what": published.area,
        "when": published.when,
        "value": published.value,
        "published_on": published.row.published_on.isoformat(),
        "source": published.row.source,
    }
