"""What became of an EHC request, and pages on which wrong records are corrected or struck out."""

from config.tables import day
from config.views import CHANGES, RecordPage
from referrals.correction_views import Correct, StrikeOut

from .models import Decision, Draft, PermittedException, Plan, Request


class OfRequest(RecordPage):
    """Something that became of a request."""

    related = ("request__child",)
    belongs_to = "request"
    panels = [CHANGES]


class DecisionPage(OfRequest):
    model = Decision
    facts = ("request", "stage", "agreed", "basis", "decided_on", "told_on", "late_reason")

    def heading(self) -> tuple[str, str]:
        return f"Decision of {day(self.object.decided_on)}", str(self.object.request.child)


class DraftPage(OfRequest):
    model = Draft
    facts = ("request", "sent_on", "late_reason")

    def heading(self) -> tuple[str, str]:
        return f"Draft EHC plan sent {day(self.object.sent_on)}", str(self.object.request.child)


class PlanPage(OfRequest):
    model = Plan
    facts = ("request", "issued_on", "late_reason", "ceased_on", "cease_reason")

    def heading(self) -> tuple[str, str]:
        return f"EHC plan issued {day(self.object.issued_on)}", str(self.object.request.child)


class ExceptionPage(OfRequest):
    model = PermittedException
    facts = ("request", "ground", "noted_on")

    def heading(self) -> tuple[str, str]:
        return "Permitted exception", str(self.object.request.child)


class CorrectRequest(Correct):
    model = Request
    corrected = ("received_on", "sen_type", "withdrawn", "withdrawn_on", "historical", "team")


class CorrectDecision(Correct):
    model = Decision
    corrected = ("stage", "agreed", "basis", "decided_on", "told_on", "late_reason")


class CorrectDraft(Correct):
    model = Draft
    corrected = ("sent_on", "late_reason")


class CorrectPlan(Correct):
    model = Plan
    corrected = ("issued_on", "late_reason", "ceased_on", "cease_reason")


class CorrectException(Correct):
    model = PermittedException
    corrected = ("ground", "noted_on")


class StrikeOutRequest(StrikeOut):
    model = Request


class StrikeOutDecision(StrikeOut):
    model = Decision


class StrikeOutDraft(StrikeOut):
    model = Draft


class StrikeOutPlan(StrikeOut):
    model = Plan


class StrikeOutException(StrikeOut):
    model = PermittedException
