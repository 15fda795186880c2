"""The pages on which a report is signed and approved, and on which what became of it is told."""

import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django_tables2 import RequestConfig

from config.admission import opens
from config.navigation import address
from config.views import PAGE, OnRecord, RecordList
from config.workdays import london_day
from workforce.events import Done, LogEvent
from workforce.models import Team

from ..changes import Explanation
from ..filters import PublicationFilter
from ..listing import listed, not_shown_in_words
from ..models import Publication, PublishedFigure, Report
from ..publication_forms import ApproveForm, SignForm
from ..reporting.press import PRESS
from ..reporting.publishing import approve, sign, voided
from ..reporting.since import Compared, compared, explained
from ..tables import PublicationTable
from ..wording import made_of, quantity
from .change import ChangeTable, Told, signed
from .published import handed_out, in_order


class SignReport(LogEvent):
    """The page on which an author signs a report: a copy is made, which somebody approves."""

    model = Report
    form_class = SignForm
    template_name = "indicators/report_sign.html"
    title, button = "Sign the report", "Sign the report"
    working = "Making the copy: figures, the cases behind each, and the files."

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            working=self.working,
            unwritten=PRESS.unwritten(self.record),
            copies=[_told(copy) for copy in self.record.publications.select_related("signed_by")],
            **context,
        )

    def act(self, form: SignForm) -> Done:
        copy = sign(
            report=self.record,
            profile=form.cleaned_data["profile"],
            note=form.cleaned_data.get("note", ""),
            by=self.request.user,
            now=timezone.now(),
            press=PRESS,
        )
        said = "You have signed the report. Somebody else has to read and approve this copy."
        return Done(said, address(Publication, copy.pk))


def _told(copy: Publication) -> dict[str, Any]:
    """A copy of a report, and how it stands with it."""
    return {"copy": copy, "void": "" if copy.is_published else voided(copy)}


class ApprovePublication(LogEvent):
    """The page on which a signed copy is approved, and published with that."""

    model = Publication
    form_class = ApproveForm
    title, button = "Approve and publish", "Publish the report"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        copy = self.record
        told = [
            f"Signed by {copy.signed_by.get_full_name() or copy.signed_by}.",
            "Everybody will be able to read it, and nobody to change it. A correction will be a new"
            " version.",
        ]
        return super().get_context_data(told=[*told, self.refusal] if self.refusal else told)

    @cached_property
    def refusal(self) -> str:
        """Why this copy cannot be approved any more."""
        return "" if self.record.is_published else voided(self.record)

    def act(self, form: ApproveForm) -> Done:
        copy = approve(publication=self.record, by=self.request.user, now=timezone.now())
        return Done(
            f"Version {copy.version} is published.",
            address(Publication, copy.pk),
        )


class PublicationList(RecordList):
    """The signed copies of reports that the account may see, the latest first."""

    model = Publication
    table_class = PublicationTable
    filterset_class = PublicationFilter
    title = "Signed reports"


class OfPublication(OnRecord, View):
    """A page about one copy of a report."""

    model = Publication

    @cached_property
    def today(self) -> datetime.date:
        """The day it is in London."""
        return london_day(timezone.now())

    def figures(self):
        """The figures of the copy."""
        return PublishedFigure.objects.filter(publication=self.record)


class PublicationPage(OfPublication):
    """A signed copy: its files, who signed it, and each of its figures beside today's."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        copy = self.record
        found = compared(copy, self.figures(), today=self.today)
        changed = [each for each in found if each.is_changed]
        everything = "all" in request.GET
        approving = address(Publication, copy.pk, "approve")
        may_approve = not copy.is_published and copy.signed_by_id != request.user.pk
        context = {
            "copy": copy,
            "void": "" if copy.is_published else voided(copy),
            "approve": approving if may_approve and opens(request.user, approving) else "",
            "files": in_order(copy),
            "rows": [self.row(each) for each in (found if everything else changed)],
            "count": len(found),
            "changed": len(changed),
            "everything": everything,
            "is_author": opens(request.user, address(Report, copy.report_id)),
            "today": self.today,
        }
        return render(request, "indicators/publication.html", context)

    def row(self, each: Compared) -> dict[str, Any]:
        """A figure as it was published, and as it is now."""
        return {
            "figure": each.published,
            "title": each.indicator.title,
            "period": each.period.label,
            "then": each.then,
            "now": each.now,
            "then_made_of": made_of(each.then) if each.then.value is not None else "",
            "now_made_of": made_of(each.now) if each.now.value is not None else "",
            "numerator": signed(each.difference.numerator),
            "denominator": signed(each.difference.denominator),
            "is_changed": each.is_changed,
            "url": reverse(
                "indicators:publication-figure", args=[self.record.pk, each.published.pk]
            ),
        }


class PublicationFile(OfPublication):
    """A file of a copy, for those who sign and approve it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        file = get_object_or_404(self.record.files, format=kwargs["format"])
        return handed_out(file, name=f"{self.record.title} {file.sha256[:8]}")


class PublishedFigurePage(OfPublication):
    """Why a figure is another today than it was published, case by case."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        figure = get_object_or_404(self.figures().filter(pk=kwargs["figure"]))
        [each] = compared(self.record, self.figures().filter(pk=figure.pk), today=self.today)
        try:
            explanation = explained(each, today=self.today)
        except KeyError as error:
            raise Http404("The indicator is not counted any more.") from error
        found, not_shown = self.cases(explanation)
        table = ChangeTable(found)
        table.label = "Cases that count otherwise than when the report was published"
        RequestConfig(request, paginate={"per_page": PAGE * 2}).configure(table)
        context = {
            "copy": self.record,
            "each": each,
            "then_made_of": made_of(each.then) if each.then.value is not None else "",
            "now_made_of": made_of(each.now) if each.now.value is not None else "",
            "back": address(Publication, self.record.pk),
            "count": len(explanation.changes),
            "causes": [
                {
                    "words": cause.label,
                    "count": len(changes),
                    "numerator": signed(effect.numerator),
                    "denominator": signed(effect.denominator),
                }
                for cause, changes, effect in explanation.by_cause()
            ],
            "sums": [
                (quantity(one.numerator), quantity(one.denominator))
                for one in (explanation.before, explanation.after)
            ],
            "table": table if found else None,
            "not_shown": not_shown,
            "today": self.today,
        }
        return render(request, "indicators/publication_figure.html", context)

    def cases(self, explanation: Explanation) -> tuple[list[Told], str]:
        """The cases that the reader may know of, and a line on how many there are besides."""
        by_row = {id(change.row): change for change in explanation.changes}
        authority = self.record.report.authority
        teams = {authority.pk: authority} | Team.objects.filter(authority=authority).in_bulk()
        found, hidden = listed(
            [change.row for change in explanation.changes],
            user=self.request.user,
            teams=teams,
            as_at=self.today,
        )
        return [Told(by_row[id(case.row)], case) for case in found], not_shown_in_words(len(hidden))
