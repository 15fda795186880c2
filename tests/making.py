"""Records to test with: true unless told otherwise, and made with all that they belong to."""

import datetime
import itertools

from ehcp.models import Decision, Draft, PermittedException, Plan, Request, TimeLimit
from referrals.models import (
    Assessment,
    Child,
    ChildMerge,
    Correction,
    DeclaredInterest,
    EmergencyAccess,
    Family,
    Involvement,
    QueuedReferral,
    Referral,
    Restriction,
    RestrictionMember,
    Search,
    StruckOut,
)
from visits.models import ProtectionPlan, Visit, VisitStandard
from workforce.models import (
    AccessReview,
    Appointment,
    Assignment,
    BankHoliday,
    Cover,
    Employment,
    KeptForm,
    Notice,
    SecondStepReset,
    Team,
    User,
    Vacancy,
    Worker,
)

Date = datetime.date
START = Date(2019, 4, 1)
number = itertools.count(1)


def authority(**values) -> Team:
    return Team.objects.create(
        **{"name": f"Authority {next(number)}", "kind": "authority"} | values
    )


def team(of: Team | None = None, **values) -> Team:
    """A team straight under its authority, unless a parent is given."""
    of = of or authority()
    usual = {
        "name": f"Team {next(number)}",
        "kind": "team",
        "parent": of,
        "authority_id": of.root_id,
    }
    return Team.objects.create(**usual | values)


def worker(**values) -> Worker:
    values.setdefault("authority", None)
    return Worker.objects.create(**values | {"authority": values["authority"] or authority()})


def account(username: str | None = None, **values) -> User:
    username = username or f"account{next(number)}"
    return User.objects.create_user(username, **{"email": f"{username}@testshire.example"} | values)


def notice(**values) -> Notice:
    usual = {"text": "Something happened.", "url": "/"} | values
    return Notice.objects.create(**usual | {"to": usual.get("to") or account()})


def appointment(**values) -> Appointment:
    usual = {"role": "caseworker", "since": START} | values
    usual["user"] = usual.get("user") or account()
    return Appointment.objects.create(**usual | {"place": usual.get("place") or authority()})


def holder(role: str, place: Team, *more: Team, **values) -> User:
    """An account that holds a role for a place, or for several, and opens at the first.

    It needs no second step, unless told that it is not one of the demonstration's.
    """
    made = account(**{"team": place, "demonstration": True} | values)
    for each in (place, *more):
        appointment(user=made, role=role, place=each)
    return made


def cover(**values) -> Cover:
    usual = {"since": START, "until": START + datetime.timedelta(days=14)} | values
    usual["by"] = usual.get("by") or account()
    return Cover.objects.create(**usual | {"worker": usual.get("worker") or worker()})


def kept_form(**values) -> KeptForm:
    usual = {"path": "/protection-plans/1/visits/record/", "typed": {"place": ["home"]}} | values
    return KeptForm.objects.create(**usual | {"user": usual.get("user") or account()})


def second_step_reset(**values) -> SecondStepReset:
    """A request to set a second step anew, asked by one and not confirmed yet."""
    usual = {"reason": "Called back on the number of the staff list."} | values
    for name in ("account", "asked_by"):
        usual[name] = usual.get(name) or account()
    return SecondStepReset.objects.create(**usual)


def access_review(**values) -> AccessReview:
    usual = {"quarter_from": START} | values
    usual["confirmed_by"] = usual.get("confirmed_by") or account()
    return AccessReview.objects.create(**usual | {"place": usual.get("place") or team()})


def employment(**values) -> Employment:
    usual = {"started_on": START} | values
    return Employment.objects.create(**usual | {"worker": usual.get("worker") or worker()})


def assignment(**values) -> Assignment:
    job = values.get("employment") or employment()
    usual = {"employment": job, "started_on": START, "fte": 1, "role": "5"} | values
    usual.setdefault("team", None)
    usual["team"] = usual["team"] or team(job.worker.authority)
    return Assignment.objects.create(**usual)


def vacancy(**values) -> Vacancy:
    usual = {"opened_on": START, "fte": 1} | values
    return Vacancy.objects.create(**usual | {"team": usual.get("team") or team()})


def bank_holiday(**values) -> BankHoliday:
    return BankHoliday.objects.create(**{"day": Date(2031, 6, 4), "name": "A day off"} | values)


def family(**values) -> Family:
    usual = {"name": f"Family {next(number)}"} | values
    return Family.objects.create(**usual | {"authority": usual.get("authority") or authority()})


def restriction(**values) -> Restriction:
    usual = {"reason": "staff"} | values
    return Restriction.objects.create(**usual | {"child": usual.get("child") or child()})


def restriction_member(**values) -> RestrictionMember:
    usual = {"restriction": values.get("restriction") or restriction()} | values
    return RestrictionMember.objects.create(**usual | {"user": usual.get("user") or account()})


def interest(**values) -> DeclaredInterest:
    """An interest in a child, unless a family or a postcode is given."""
    usual = {"since": START} | values
    if not values.keys() & {"child", "family", "postcode"}:
        usual["child"] = child()
    return DeclaredInterest.objects.create(**usual | {"user": usual.get("user") or account()})


def child(**values) -> Child:
    usual = {"reference": f"C{next(number)}", "born_on": Date(2010, 5, 4)} | values
    return Child.objects.create(**usual | {"authority": usual.get("authority") or authority()})


def referral(**values) -> Referral:
    usual = {"received_on": START, "source": "6", "primary_need": "N1"} | values
    return Referral.objects.create(**usual | {"child": usual.get("child") or child()})


def search(**values) -> Search:
    usual = {"typed": "anna katz"} | values
    usual.setdefault("user", None)
    usual.setdefault("authority", None)
    usual["user"] = usual["user"] or account()
    return Search.objects.create(**usual | {"authority": usual["authority"] or authority()})


def queued_referral(**values) -> QueuedReferral:
    of = values.get("child") or child()
    usual = {
        "child": of,
        "received_on": START,
        "source": "6",
        "primary_need": "N1",
        "taken_by": values.get("taken_by") or account(),
        "team": values.get("team") or team(of.authority),
    }
    return QueuedReferral.objects.create(**usual | values)


def assessment(**values) -> Assessment:
    usual = {"started_on": START + datetime.timedelta(days=1)} | values
    return Assessment.objects.create(**usual | {"referral": usual.get("referral") or referral()})


def involvement(**values) -> Involvement:
    of = values.get("child") or child()
    usual = {"child": of, "started_on": START} | values
    usual.setdefault("team", None)
    usual["team"] = usual["team"] or team(of.authority)
    return Involvement.objects.create(**usual)


def struck_out(**values) -> StruckOut:
    """A visit that was struck out; its row is not kept here."""
    usual = {
        "kind": "visits.visit",
        "key": next(number),
        "what": "Seen, 2019-04-01",
        "rows": [],
        "reason": "twice",
    } | values
    usual["child"] = usual.get("child") or child()
    return StruckOut.objects.create(**usual | {"struck_by": usual.get("struck_by") or account()})


def correction(**values) -> Correction:
    """A correction of a visit that waits for a manager."""
    usual = {
        "kind": "visits.visit",
        "key": next(number),
        "values": {"place": "home"},
        "why": "Said by the family",
    } | values
    usual["child"] = usual.get("child") or child()
    usual["proposed_by"] = usual.get("proposed_by") or account()
    return Correction.objects.create(**usual)


def emergency_access(**values) -> EmergencyAccess:
    usual = {"reason_class": "harm", "reason": "Police ask where the child is."} | values
    usual["child"] = usual.get("child") or child()
    return EmergencyAccess.objects.create(**usual | {"user": usual.get("user") or account()})


def request(**values) -> Request:
    usual = {"received_on": START} | values
    return Request.objects.create(**usual | {"child": usual.get("child") or child()})


def decision(**values) -> Decision:
    usual = {"stage": "assess", "agreed": True, "decided_on": START} | values
    return Decision.objects.create(**usual | {"request": usual.get("request") or request()})


def draft(**values) -> Draft:
    usual = {"sent_on": START + datetime.timedelta(days=112)} | values
    return Draft.objects.create(**usual | {"request": usual.get("request") or request()})


def ehc_plan(**values) -> Plan:
    usual = {"issued_on": START + datetime.timedelta(days=140)} | values
    return Plan.objects.create(**usual | {"request": usual.get("request") or request()})


def exception(**values) -> PermittedException:
    usual = {"ground": "a", "noted_on": START} | values
    made = usual | {"request": usual.get("request") or request()}
    return PermittedException.objects.create(**made)


def time_limit(**values) -> TimeLimit:
    return TimeLimit.objects.create(
        **{"step": "issue", "days": 140, "valid_from": Date(2001, 1, 1)} | values
    )


def protection_plan(**values) -> ProtectionPlan:
    usual = {"started_on": START, "initial_category": "NEG"} | values
    return ProtectionPlan.objects.create(**usual | {"child": usual.get("child") or child()})


def visit(**values) -> Visit:
    usual = {"visited_on": START, "purpose": "statutory", "place": "home"} | values
    return Visit.objects.create(**usual | {"plan": usual.get("plan") or protection_plan()})


def visit_standard(**values) -> VisitStandard:
    usual = {"valid_from": START} | values
    return VisitStandard.objects.create(
        **usual | {"authority": usual.get("authority") or authority()}
    )


def merge(**values) -> ChildMerge:
    """A merge that was proposed, of two records of one authority."""
    usual = {"note": "The same name, mother and school."} | values
    usual["survivor"] = usual.get("survivor") or child()
    usual["duplicate"] = usual.get("duplicate") or child(authority=usual["survivor"].authority)
    return ChildMerge.objects.create(
        **usual | {"proposed_by": usual.get("proposed_by") or account()}
    )
