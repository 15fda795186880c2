"""Pages on which child protection records that are wrong are struck out."""

from referrals.correction_views import StrikeOut

from .models import ProtectionPlan, Visit


class StrikeOutPlan(StrikeOut):
    model = ProtectionPlan


class StrikeOutVisit(StrikeOut):
    model = Visit
