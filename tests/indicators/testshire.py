"""One small authority for tests of its figures: Testshire, and what happens in it."""

import datetime

from referrals.models import Child, Referral
from tests import making
from visits.models import ProtectionPlan, Visit
from workforce.models import Team


def authority() -> Team:
    """Testshire itself."""
    known = Team.objects.filter(kind="authority", code="901").first()
    return known or making.authority(name="Testshire", code="901")


def child(**values) -> Child:
    """A child of Testshire."""
    return making.child(**{"authority": authority()} | values)


def referral(received_on: datetime.date, **values) -> Referral:
    """A referral with no further action unless something else is said."""
    values.setdefault("child", None)
    values["child"] = values["child"] or child()
    return making.referral(received_on=received_on, **{"no_further_action": True} | values)


def plan(started_on: datetime.date, **values) -> ProtectionPlan:
    """A child protection plan of a child of Testshire."""
    values.setdefault("child", None)
    values["child"] = values["child"] or child()
    return making.protection_plan(started_on=started_on, **values)


def visit(visited_on: datetime.date, plan: ProtectionPlan) -> Visit:
    """A qualifying visit."""
    return making.visit(visited_on=visited_on, plan=plan)
