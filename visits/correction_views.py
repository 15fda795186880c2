"""Pages on which child protection records that are wrong are corrected or struck out."""

from referrals.correction_views import Correct, StrikeOut

from .models import ProtectionPlan, Visit


class CorrectPlan(Correct):
    model = ProtectionPlan
    corrected = (
        "started_on",
        "ended_on",
        "initial_category",
        "latest_category",
        "visit_interval",
        "team",
    )


class CorrectVisit(Correct):
    model = Visit
    corrected = ("visited_on", "outcome", "seen_alone", "purpose", "place", "late_reason", "worker")


class StrikeOutPlan(StrikeOut):
    model = ProtectionPlan


class StrikeOutVisit(StrikeOut):
    model = Visit
