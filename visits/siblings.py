"""Children who are visited in one go: brothers and sisters, or those who live as such."""

import datetime

from django.db.models import Exists, OuterRef, Q

from referrals.choices import Part
from referrals.models import Involvement
from referrals.work import open_on
from workforce.models import User

from .models import ProtectionPlan


def siblings(plan: ProtectionPlan, user: User, today: datetime.date) -> list[ProtectionPlan]:
    """The open plans of a child's siblings, of those whom the account may see.

    Children of one family are siblings. Where a child's family is not known, so are those whose
    plans started on the same day and who have the same social worker.
    """
    given = Involvement.objects.filter(*open_on(today), part=Part.SOCIAL_WORKER)
    workers = given.filter(child=plan.child_id).exclude(worker=None).values("worker")
    alike = Q(
        Exists(given.filter(child=OuterRef("child"), worker__in=workers)),
        started_on=plan.started_on,
    )
    if plan.child.family_id:
        alike = Q(child__family=plan.child.family_id) | (alike & Q(child__family=None))
    found = ProtectionPlan.objects.visible_to(user).filter(
        alike,
        Q(ended_on=None) | Q(ended_on__gt=today),
        started_on__lte=today,
        child__authority=plan.child.authority_id,
    )
    together = found.exclude(child=plan.child_id).select_related("child")
    return list(together.order_by("child__born_on", "child__first_name", "pk"))
