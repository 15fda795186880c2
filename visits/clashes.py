"""Child protection plans of two records of one child: a child has one at a time."""

from django.db.models import Q

from referrals.clashes import KINDS, Kind

from .models import ProtectionPlan


def one_plan(plan: ProtectionPlan) -> str:
    """A plan as it is told from another."""
    category = plan.get_latest_category_display() or plan.get_initial_category_display()
    return category.lower() or "no category"


KINDS.append(
    Kind(
        model=ProtectionPlan,
        what="child protection plan",
        since="started_on",
        until="ended_on",
        where=Q(overlaps=False),
        called=one_plan,
    )
)
