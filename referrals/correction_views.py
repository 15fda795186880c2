"""Pages on which records that are wrong are corrected, struck out, and put back."""

from functools import cached_property
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from config import history, removal
from config.navigation import address
from config.views import RecordList, RecordPage
from workforce.events import Done, answered
from workforce.models import User

from . import corrections
from .correction_forms import CorrectForm, SettleForm, StrikeOutForm, correct_form
from .event_forms import EventForm
from .event_views import CaseEvent
from .filters import CorrectionFilter, StruckOutFilter
from .models import Assessment, Child, Correction, Involvement, Referral, StruckOut
from .tables import CorrectionTable, StruckOutTable

OVER = (
    "This has ended, so that a manager answers for what is changed in it. What you enter is sent"
    " to a manager of the child, who approves or refuses it."
)


class AboutRecord(CaseEvent):
    """A page on which something is done about a record of a child, of whatever kind."""

    @cached_property
    def child(self) -> Child:
        return Child.objects.get(pk=corrections.child_of(self.record))

    @property
    def called(self) -> str:
        """What a record of this kind is called."""
        return str(self.model._meta.verbose_name)

    @cached_property
    def may_change(self) -> bool:
        """Whether the account may change the record by itself."""
        return corrections.may_change(self.record, self.request.user)

    def told(self) -> list[str]:
        return [f"{self.record}.", *([] if self.may_change else [OVER])]

    def proposed(self, **what: Any) -> Done:
        """The answer where a manager is asked to make the change."""
        corrections.propose(record=self.record, **what, by=self.request.user)
        return Done("A manager is asked to approve it. You are told what they say.", self.back())

    def back(self) -> str:
        return address(self.model, self.record.pk)


class StrikeOut(AboutRecord):
    """The page on which a record that was entered in error is struck out."""

    form_class = StrikeOutForm

    @property
    def button(self) -> str:
        """What is done with the form."""
        return "Strike it out" if self.may_change else "Propose to strike it out"

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
            *super().told(),
            "Strike it out only if it should never have been entered. It is kept, and can be put"
            " back, but it is on no page and in no figure any more.",
            *([f"What belongs to it goes with it: {', '.join(goes)}."] if goes else []),
        ]

    def act(self, form: StrikeOutForm) -> Done:
        reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
        if not self.may_change:
            return self.proposed(reason=reason, why=note)
        struck = corrections.strike_out(
            record=self.record, reason=reason, note=note, by=self.request.user
        )
        return self.done(f"The {struck.called} is struck out.")


class Correct(AboutRecord):
    """The page on which a record is corrected; ``corrected`` are the fields that can be.

    Where somebody else has changed it since the page was opened, both versions are shown.
    """

    template_name = "referrals/correct.html"
    corrected: ClassVar[tuple[str, ...]]

    @property
    def title(self) -> str:
        """The heading of the page."""
        return f"Correct this {self.called}"

    @property
    def button(self) -> str:
        """What is done with the form."""
        return "Save the correction" if self.may_change else "Propose the correction"

    def get_form_class(self) -> type[CorrectForm]:
        return correct_form(self.model, self.corrected)

    def act(self, form: CorrectForm) -> Done:
        why = form.cleaned_data["why"]
        if not self.may_change:
            return self.proposed(values=form.values, why=why)
        corrections.correct(
            record=self.record,
            values=form.values,
            why=why,
            based_on=form.cleaned_data["version"],
            by=self.request.user,
            today=self.today,
        )
        return Done(f"The {self.called} is corrected.", self.back())

    def form_invalid(self, form: CorrectForm) -> HttpResponse:
        """The form with what was typed, and what somebody else has changed meanwhile."""
        now, seen = history.version(self.record), form.cleaned_data.get("version")
        overtaken = None
        if now != seen:
            overtaken = self.overtaken(form, seen)
            form.data = form.data.copy()
            form.data["version"] = now
        return self.render_to_response(self.get_context_data(form=form, overtaken=overtaken))

    def overtaken(self, form: CorrectForm, seen: int | None) -> dict[str, Any]:
        """Who changed the record meanwhile, and what was seen, is stored and was typed."""
        reader = self.request.user
        latest = history.changes(self.model, self.record.pk, reader=reader)[0]
        states = [self.record, form.instance]
        if then := self.as_it_was(seen):
            states.insert(0, then)
        told = history.side_by_side(self.model, *states, reader=reader)
        return {
            "by": latest.who,
            "at": latest.at,
            "titles": ["When you opened it", "Now", "What you typed"][-len(states) :],
            "rows": [(capfirst(label), values) for label, values in told if len(set(values)) > 1],
        }

    def as_it_was(self, version: int | None) -> Any:
        """The state of this record, and of no other, that the form says it was opened on."""
        kept = history.events_of(self.model).objects
        return kept.filter(pk=version, pgh_obj_id=self.record.pk).first()


class CorrectionList(RecordList):
    model = Correction
    table_class = CorrectionTable
    filterset_class = CorrectionFilter


class CorrectionPage(RecordPage):
    """A correction that somebody proposed: what stands in the record, and what would."""

    model = Correction
    template_name = "referrals/correction.html"
    facts = (
        "child",
        "reason",
        "why",
        "proposed_by",
        "proposed_at",
        "outcome",
        "note",
        "settled_by",
        "settled_at",
    )
    panels = []

    def heading(self) -> tuple[str, str]:
        return "Proposed correction", f"{self.object}: {self.object.child}"

    def tab(self) -> str:
        return f"Correction {self.object.pk}"

    @property
    def actions(self) -> tuple[tuple[str, str], ...]:
        """A manager settles it once."""
        return () if self.object.outcome else (("settle", "Approve or refuse"),)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told = compared(self.object, self.request.user)
        record = self.object.record
        page = address(type(record), record.pk) if record else ""
        return super().get_context_data(compared=told, page=page, **context)


class Settle(CaseEvent):
    """The page on which a manager approves or refuses a correction."""

    model = Correction
    template_name = "referrals/settle.html"
    form_class = SettleForm
    title = "Approve or refuse a correction"
    button = "Save"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().managed_by(self.request.user)

    def back(self) -> str:
        return address(Correction, self.record.pk)

    def told(self) -> list[str]:
        proposed = self.record
        why = ": ".join(filter(None, [proposed.get_reason_display(), proposed.why]))
        return [f"{proposed}. {proposed.proposed_by} proposes it: {why}."]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            compared=compared(self.record, self.request.user), **context
        )

    def act(self, form: SettleForm) -> Done:
        settled = corrections.settle(
            proposed=self.record, **form.cleaned_data, by=self.request.user, today=self.today
        )
        return self.done(f"The correction is {settled.get_outcome_display().lower()}.")


def compared(proposed: Correction, reader: User) -> list[tuple[str, str, str]]:
    """What a proposal would change: each field, what stands in it, and what would."""
    record = proposed.record
    if record is None or proposed.outcome:
        return []
    state = corrections.proposed_state(proposed, record)
    told = history.side_by_side(type(record), record, state, reader=reader)
    return [(capfirst(label), now, then) for label, (now, then) in told if now != then]


class CorrectChild(Correct):
    model = Child
    corrected = (
        "first_name",
        "last_name",
        "born_on",
        "expected_on",
        "died_on",
        "sex",
        "ethnicity",
        "disabilities",
        "upn",
        "upn_unknown",
        "address",
        "postcode",
    )


class CorrectReferral(Correct):
    model = Referral
    corrected = (
        "received_on",
        "source",
        "primary_need",
        "no_further_action",
        "decided_on",
        "closed_on",
        "closure_reason",
        "team",
    )


class CorrectAssessment(Correct):
    model = Assessment
    corrected = ("started_on", "completed_on")


class CorrectInvolvement(Correct):
    model = Involvement
    corrected = ("part", "worker", "team", "started_on", "ended_on")


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
