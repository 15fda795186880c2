"""The pages on which a report to a committee is begun, written by several people, and previewed."""

import datetime
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.views import View

from config.navigation import address
from config.views import OnRecord, RecordList
from config.wording import in_words
from config.workdays import london_day
from workforce.events import Done, LogEvent, Logging, explain

from ..filters import ReportFilter
from ..models import Highlight, Report
from ..report_forms import HighlightsForm, ReportForm, passage_form
from ..reporting.compose import compose, unwritten
from ..reporting.outputs import FORMATS, html
from ..reporting.writing import (
    CHANGED_MEANWHILE,
    Passage,
    begin,
    choose,
    move_up,
    passages,
    suggest,
    write,
)
from ..tables import ReportTable


class ReportList(RecordList):
    """The reports of the account's authorities, the latest meeting first."""

    model = Report
    table_class = ReportTable
    filterset_class = ReportFilter
    template_name = "indicators/reports.html"


class BeginReport(Logging):
    """The page on which a report is begun."""

    form_class = ReportForm
    title = "Begin a report"
    button = "Begin the report"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(back=reverse("indicators:report-list"), **context)

    def act(self, form: ReportForm) -> Done:
        report = begin(form.report(), today=self.today, by=self.request.user)
        leads_to = address(Report, report.pk, "highlights")
        return Done("The report is begun. Choose what it highlights.", leads_to)


class ChooseHighlights(LogEvent):
    """The page on which it is chosen what a report highlights; each suggestion has its reason."""

    model = Report
    form_class = HighlightsForm
    title = "What does the report highlight?"
    button = "Highlight these"

    def act(self, form: HighlightsForm) -> Done:
        names = [*form.cleaned_data["chosen"], *form.cleaned_data["others"]]
        choose(self.record, names, by=self.request.user)
        return Done("What the report highlights is chosen.", self.back())


class OfReport(OnRecord, View):
    """A page about one report."""

    model = Report

    @cached_property
    def today(self) -> datetime.date:
        """The day it is in London."""
        return london_day(timezone.now())

    def form(self, passage: Passage, data: QueryDict | None = None) -> BaseForm:
        """The form of a passage, as it is stored or as it was sent."""
        return passage_form(passage, today=self.today, data=data)

    def page(self, form: BaseForm | None = None, about: Passage | None = None) -> HttpResponse:
        """The report's form, its preview beside it; one passage may be as it was sent."""
        shown = []
        for passage in passages(self.record):
            sent = about is not None and passage.name == about.name
            shown.append(_shown(passage, form if sent else self.form(passage)))
        return render(
            self.request,
            "indicators/report.html",
            {
                "record": self.record,
                "groups": _grouped(shown),
                "unwritten": unwritten(self.record),
                "preview": address(Report, self.record.pk, "preview"),
                "drafts": FORMATS.values(),
                "choose": address(Report, self.record.pk, "highlights"),
            },
        )


class ReportPage(OfReport):
    """The report's form, saved as one types, with the paper beside it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.page()


class PreviewReport(OfReport):
    """The paper as it is now: beside the form, or as a page of its own."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        made: SafeString = html.body(compose(self.record, self.today))
        if request.htmx:
            return HttpResponse(made)
        context = {"record": self.record, "paper": made, "back": address(Report, self.record.pk)}
        return render(request, "indicators/report_preview.html", context)


class DraftFile(OfReport):
    """The paper as it is now, exact, as a file that says it is a draft, not for publication."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = FORMATS.get(kwargs["format"])
        if form is None:
            raise Http404("It is not written in this format.")
        made = form.render(compose(self.record, self.today))
        name = f'attachment; filename="{slugify(self.record.title)}-draft.{form.ending}"'
        return HttpResponse(made, form.content_type, headers={"Content-Disposition": name})


class WritePassage(OfReport):
    """Takes in one passage; an open page is told that it is saved, or why it is not."""

    @cached_property
    def passage(self) -> Passage:
        """The passage that the address names."""
        for passage in passages(self.record):
            if passage.name == self.kwargs["passage"]:
                return passage
        raise Http404("The report has no such passage.")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        passage = self.passage
        form = self.form(passage, request.POST)
        if form.is_valid():
            try:
                seen = request.POST.get("version", "")
                passage = write(passage, form.cleaned_data, seen=seen, by=request.user)
            except ValidationError as refused:
                explain(form, refused)
            else:
                if passage.name == "position":
                    suggest(passage.record, today=self.today)
        if not request.htmx:
            saved = form.is_valid()
            return redirect(self.back(passage)) if saved else self.page(form, passage)
        answer = render(request, "indicators/_passage_saved.html", _shown(passage, form))
        if form.is_valid():
            answer["HX-Trigger"] = "reckoner:written"
        return answer

    def back(self, passage: Passage) -> str:
        """The report's page, where the passage stands."""
        return f"{address(Report, self.record.pk)}#{passage.name}"


class MoveHighlight(OfReport):
    """Puts a highlight of a report before the one above it."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        mine = Highlight.objects.visible_to(request.user).filter(report=self.record, accepted=True)
        highlight = get_object_or_404(mine, pk=kwargs["highlight"])
        move_up(highlight, by=request.user)
        return redirect(f"{address(Report, self.record.pk)}#highlight-{highlight.pk}")


def _shown(passage: Passage, form: BaseForm) -> dict[str, Any]:
    """A passage as its template shows it; where it was overtaken, with what is stored now."""
    refused = bool(form.is_bound and form.errors)
    overtaken = refused and CHANGED_MEANWHILE in form.non_field_errors()
    record = passage.record
    differing = [
        name
        for name in passage.fields
        if overtaken and form.cleaned_data[name] != getattr(record, name)
    ]
    return {
        "passage": passage,
        "form": form,
        "token": form.data.getlist("version")[0] if refused else passage.token,
        "refused": refused,
        "overtaken": overtaken,
        "stored": [
            (form.fields[name].label, in_words(record._meta.get_field(name), getattr(record, name)))
            for name in differing
        ],
        "saved_at": timezone.now(),
    }


def _grouped(shown: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for each in shown:
        found.setdefault(each["passage"].group, []).append(each)
    return found
