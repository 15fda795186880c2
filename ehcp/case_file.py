"""What a child's case file says of education, health and care: flags and the timeline."""

import datetime
from collections.abc import Iterator

from config.navigation import address
from config.tables import day
from referrals.case_file import FLAGS, HAPPENINGS, CaseFile, Flag, Happening

from .choices import Basis, Stage
from .models import Decision, Draft, Plan, Request

EHC = "Education, health and care plans"
DECIDED = {
    (Stage.ASSESS, True): "Decision to assess",
    (Stage.ASSESS, False): "Decision not to assess",
    (Stage.PLAN, True): "Decision to make an EHC plan",
    (Stage.PLAN, False): "Decision not to make an EHC plan",
}


def requests_of(file: CaseFile) -> list[Request]:
    """The child's requests for an EHC needs assessment with all that followed."""
    return file.of(
        "ehc_requests", beside=["team", "plan"], below=["decisions", "exceptions", "drafts"]
    )


def of_requests(file: CaseFile) -> Iterator[Flag]:
    """That the child has an EHC plan, or may come to have one."""
    for request in requests_of(file):
        plan = getattr(request, "plan", None)
        if plan and (plan.ceased_on is None or plan.ceased_on > file.today):
            yield Flag(f"EHC plan since {day(plan.issued_on)}", "purple")


def education(file: CaseFile) -> Iterator[Happening]:
    """Each request, what was decided on it, and the plan."""
    for request in requests_of(file):
        told = {"chapter": EHC, "url": address(Request, request.pk)}
        need = request.get_sen_type_display()
        yield Happening(
            on=request.received_on,
            what="EHC request received",
            told=f"{need}." if need else "",
            who=str(request.team or ""),
            **told,
        )
        for exception in request.exceptions.all():
            if exception.noted_on:
                ground = f"{exception.get_ground_display()}."
                what = "Permitted exception noted"
                yield Happening(on=exception.noted_on, what=what, told=ground, **told)
        for decision in request.decisions.all():
            yield of_decision(decision, told)
            if decision.told_on:
                what = "Family told that there will be an assessment"
                yield done(decision, decision.told_on, what, told)
        for draft in request.drafts.all():
            yield done(draft, draft.sent_on, "Draft EHC plan sent", told)
        if plan := getattr(request, "plan", None):
            yield done(plan, plan.issued_on, "EHC plan issued", told)
            if plan.ceased_on:
                reason = f"{plan.get_cease_reason_display()}."
                yield Happening(on=plan.ceased_on, what="EHC plan ceased", told=reason, **told)
        if request.withdrawn_on:
            yield Happening(on=request.withdrawn_on, what="EHC request withdrawn", **told)


def of_decision(decision: Decision, told: dict[str, str]) -> Happening:
    """A decision on a request in the timeline, with how it came about where that is told."""
    what = DECIDED[Stage(decision.stage), decision.agreed]
    if decision.basis == Basis.ORIGINAL:
        return done(decision, decision.decided_on, what, told)
    changed = f"{decision.get_basis_display()}."
    return Happening(on=decision.decided_on, what=what, told=changed, **told)


def done(
    record: Decision | Draft | Plan, on: datetime.date, what: str, told: dict[str, str]
) -> Happening:
    """Something in the timeline that has a time limit, with why it came late where it did."""
    why = f"{record.get_late_reason_display()}." if record.late_reason else ""
    return Happening(on=on, what=f"{what}, late" if why else what, told=why, **told)


FLAGS.append(of_requests)
HAPPENINGS.append(education)
