"""Pages on which records that are wrong are struck out, and put back."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from config import history, removal
from config.navigation import address
from config.views import RecordList, RecordPage
from workforce.events import Done, answered

from . import corrections
from .correction_forms import StrikeOutForm
from .event_forms import EventForm
from .event_views import CaseEvent
from .filters import StruckOutFilter
from .models import Assessment, Child, Involvement, Referral, StruckOut
from .tables import StruckOutTable


class AboutRecord(CaseEvent):
    """A page on which something is done about a record of a child, of whatever kind."""

    @cached_property
    def child(self) -> Child:
        return Child.objects.get(pk=corrections.child_of(self.record))

    @property
    def called(self) -> str:
        """What a record of this kind is called."""
        return str(self.model._meta.verbose_name)

    def back(self) -> str:
        return address(self.model, self.record.pk)


class StrikeOut(AboutRecord):
    """The page on which a record that was entered in error is struck out."""

    form_class = StrikeOutForm
    button = "Strike it out"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; to a form sent again the answer it got, though the record is gone."""
        before = request.method == "POST" and answered(self.key, by=request.user)
        return self.answer(before) if before else super().dispatch(request, *args, **kwargs)

    @property
    def title(self) -> str:
        """The heading of the page."""
        return f"Strike out this {self.called}"

    def told(self) -> list[str]:
        goes = [f"{count} {kind}" for kind, count in removal.hanging_on(self.record).items()]
        return [
            f"{self.record}.",
            "Strike it out only if it should never have been entered. It is kept, and can be put"
            " back, but it is on no page and in no figure any more.",
            *([f"What belongs to it goes with it: {', '.join(goes)}."] if goes else []),
        ]

    def act(self, form: StrikeOutForm) -> Done:
        struck = corrections.strike_out(
            record=self.record, **form.cleaned_data, by=self.request.user
        )
        return self.done(f"The {struck.called} is struck out.")


class StrikeOutReferral(StrikeOut):
    model = Referral


class StrikeOutAssessment(StrikeOut):
    model = Assessment


class StrikeOutInvolvement(StrikeOut):
    model = Involvement


class StruckOutList(RecordList):
    model = StruckOut
    table_class = StruckOutTable
    filterset_class = StruckOutFilter


class StruckOutPage(RecordPage):
    """A record that was struck out, as it was."""

    model = StruckOut
    template_name = "referrals/struck_out.html"
    facts = ("child", "reason", "note", "struck_by", "struck_at", "put_back_by", "put_back_at")
    panels = []

    def heading(self) -> tuple[str, str]:
        return "Struck out" if self.object.put_back_at is None else "Put back", str(self.object)

    def tab(self) -> str:
        return f"Struck-out {self.object.called}"

    @property
    def actions(self) -> tuple[tuple[str, str], ...]:
        """It can be put back once."""
        return () if self.object.put_back_at else (("put-back", "Put it back"),)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = [self._row(row) for row in removal.records(self.object.rows)]
        return super().get_context_data(rows=rows, **context)

    def _row(self, row) -> tuple[str, list[tuple[str, str]]]:
        """What one of the rows was called, and what stood in it."""
        told = history.side_by_side(type(row), row, reader=self.request.user)
        return (
            capfirst(str(row._meta.verbose_name)),
            [(capfirst(label), value) for label, [value] in told if value],
        )


class PutBack(CaseEvent):
    """The page on which a record that was struck out is put back."""

    model = StruckOut
    form_class = EventForm
    title = "Put back a record that was struck out"
    button = "Put it back"

    def back(self) -> str:
        return address(StruckOut, self.record.pk)

    def told(self) -> list[str]:
        return [
            f"{self.record}.",
            f"It was struck out by {self.record.struck_by}: {self.record.why}.",
            "It will be there again as it was, with all that belonged to it, and in the figures.",
        ]

    def act(self, form: EventForm) -> Done:
        struck = corrections.put_back(struck=self.record, by=self.request.user)
        return self.done(f"The {struck.called} is there again as it was.")
