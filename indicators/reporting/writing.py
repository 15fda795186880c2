"""The text of a report, as several people write it: each passage is saved by itself.

Whoever saves a passage says what they had before them. Where somebody else has changed it since,
nothing is overwritten.
"""

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from config import facts
from workforce.access import confirm_visible
from workforce.models import User

from .. import registry
from ..models import Commentary, Cost, Highlight, Report
from .compose import PARTS
from .suggestions import suggestions

CHANGED_MEANWHILE = "Somebody else changed this while you were writing."
TEXTS = (
    "outcome",
    "recommendation",
    "summary",
    "background",
    "financial",
    "other_financial",
    "cross_council",
    "background_papers",
)
YEARS = ("The current year", "The next year", "The year after")


@dataclass(frozen=True)
class Passage:
    """A part of a report that is saved by itself: fields of the report, or of what it consists of.

    Passages of one group stand together under its heading.
    """

    name: str
    title: str
    group: str
    record: Model
    fields: tuple[str, ...]

    @property
    def token(self) -> str:
        """What changes with what is stored in the passage."""
        told = [str(getattr(self.record, name)) for name in self.fields]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def passages(report: Report) -> list[Passage]:
    """The passages of a report, in the order of its form."""

    def own(name: str, title: str, group: str, *fields: str) -> Passage:
        return Passage(name, title, group, report, fields)

    texts = {
        name: own(name, str(report._meta.get_field(name).verbose_name).capitalize(), group, name)
        for names, group in (
            (TEXTS[:4], "What it says"),
            (TEXTS[4:6], "Money"),
            (TEXTS[6:], "The rest"),
        )
        for name in names
    }
    front = ("agenda_item", "title", "committee", "meets_on", "ward", "lead_officer")
    contact = ("contact_name", "contact_service", "contact_telephone", "contact_email")
    return [
        own("front", "For the committee", "What it is", *front),
        own("position", "What it is about", "What it is", "period", "ending", "as_at"),
        *(texts[name] for name in TEXTS[:4]),
        *(
            Passage(
                f"highlight-{highlight.pk}",
                registry.indicator(highlight.indicator).title,
                "Indicators highlighted",
                highlight,
                tuple(name for name, _ in PARTS),
            )
            for highlight in report.highlights.filter(accepted=True)
        ),
        texts["financial"],
        *(
            Passage(
                f"cost-{cost.pk}",
                YEARS[cost.years_on],
                "Money",
                cost,
                ("amount", "is_funded", "budget"),
            )
            for cost in report.costs.all()
        ),
        texts["other_financial"],
        *(texts[name] for name in TEXTS[6:]),
        own("contact", "Contact", "The rest", *contact),
    ]


def begin(report: Report, *, today: datetime.date, by: User) -> Report:
    """A report that is begun: with the years of its costs, and what it might highlight."""
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        report.begun_by = by
        report.full_clean()
        report.save()
        confirm_visible(report, by)
        Cost.objects.bulk_create(Cost(report=report, years_on=on) for on in range(len(YEARS)))
        suggest(report, today=today)
    return report


def write(passage: Passage, values: Mapping[str, Any], *, seen: str, by: User) -> Passage:
    """A passage as it is stored, with what somebody has written in it.

    Raises ``ValidationError`` where what is stored is not what they had before them, or where what
    they write cannot be.
    """
    model = type(passage.record)
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        record = model.objects.select_for_update(of=("self",)).get(pk=passage.record.pk)
        now = Passage(passage.name, passage.title, passage.group, record, passage.fields)
        if now.token != seen:
            raise ValidationError(CHANGED_MEANWHILE)
        for name in passage.fields:
            setattr(record, name, values[name])
        if now.token != seen:
            record.full_clean()
            record.save(update_fields=passage.fields)
            confirm_visible(record, by)
    return now


def suggest(report: Report, *, today: datetime.date) -> None:
    """Puts down what a report might highlight, and why; what was decided on stays decided."""
    found = {each.indicator.name: each for each in suggestions(report, today)}
    report.highlights.filter(accepted=None).exclude(indicator__in=found).delete()
    known = {highlight.indicator: highlight for highlight in report.highlights.all()}
    for name, each in found.items():
        highlight = known.get(name) or Highlight(report=report, indicator=name, order=_next(report))
        if highlight.because != each.because:
            highlight.because = each.because
            highlight.save()


def choose(report: Report, names: Iterable[str], *, by: User) -> None:
    """Decides which indicators a report highlights: those of these names, and no others.

    What is said of their figures is drawn in, where nothing is written yet.
    """
    chosen = list(names)
    with pghistory.context(user=by.pk), transaction.atomic():
        known = {highlight.indicator: highlight for highlight in report.highlights.all()}
        for name in chosen:
            if name not in known:
                known[name] = Highlight(report=report, indicator=name, order=_next(report))
                known[name].save()
        for name, highlight in known.items():
            if highlight.accepted is (name in chosen):
                continue
            highlight.accepted = name in chosen
            if highlight.accepted and not any(getattr(highlight, part) for part, _ in PARTS):
                _draw_in(highlight)
            highlight.save()
        confirm_visible(report, by)


def move_up(highlight: Highlight, *, by: User) -> None:
    """Puts a highlight before the one that it comes after."""
    with pghistory.context(user=by.pk), transaction.atomic():
        in_order = list(highlight.report.highlights.filter(accepted=True).select_for_update())
        at = in_order.index(highlight)
        in_order.insert(max(0, at - 1), in_order.pop(at))
        for order, each in enumerate(in_order, 1):
            if each.order != order:
                each.order = order
                each.save(update_fields=["order"])


def _next(report: Report) -> int:
    return max(report.highlights.values_list("order", flat=True), default=0) + 1


def _draw_in(highlight: Highlight) -> None:
    """Takes over what is said of the figure, of the whole authority and the report's period."""
    report = highlight.report
    said = Commentary.objects.filter(
        place=report.authority_id,
        indicator=highlight.indicator,
        period=report.period,
        ending=report.ending,
    ).first()
    if said:
        for part, _ in PARTS:
            setattr(highlight, part, getattr(said, part))
