"""The demonstration's emergency accesses: one to be reviewed, one overdue, and one reviewed."""

import datetime
from dataclasses import dataclass

from config.demonstration import Scene
from config.workdays import LONDON, days_after
from referrals.choices import EmergencyReason, How
from referrals.models import Child, EmergencyAccess, Look
from referrals.models.emergency import AN_HOUR
from workforce.models import User

MORNING = datetime.time(10, 20)
REVIEWED_AFTER = datetime.timedelta(days=3)


@dataclass(frozen=True)
class Taken:
    """An emergency access: how many days ago, why, and what a reviewer found."""

    days_ago: int
    reason_class: str
    reason: str
    note: str = ""


TAKEN = (
    Taken(
        2,
        EmergencyReason.RECORDS_CHECK,
        "A health visitor has referred the new baby of the family; checking what is known.",
    ),
    Taken(
        10,
        EmergencyReason.HARM,
        "Police are at the address and ask who may look after the child tonight.",
    ),
    Taken(
        17,
        EmergencyReason.NOT_REACHABLE,
        "The school rang about an injury, and the social worker is off sick.",
        "Needed: nobody stood in for the social worker. Cover is arranged now.",
    ),
)


def load(scene: Scene, children: list[Child]) -> None:
    """Store them: a caseworker's, to the records of children of another team, with the looks."""
    accounts = User.objects.in_bulk(["caseworker", "service.manager"], field_name="username")
    for taken, child in zip(TAKEN, children, strict=False):
        day = scene.calendar.after(days_after(scene.today, -taken.days_ago), 0)
        at = datetime.datetime.combine(day, MORNING, LONDON)
        reviewed = {
            "reviewed_at": at + REVIEWED_AFTER,
            "reviewed_by": accounts["service.manager"],
            "review_note": taken.note,
        }
        EmergencyAccess.objects.create(
            child=child,
            user=accounts["caseworker"],
            reason_class=taken.reason_class,
            reason=taken.reason,
            granted_at=at,
            until=at + AN_HOUR,
            **(reviewed if taken.note else {}),
        )
        Look.objects.create(user=accounts["caseworker"], child=child, how=How.EMERGENCY, at=at)
