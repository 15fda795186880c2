"""Emergency access: an hour with one child's records, for a reason that somebody reviews."""

import datetime
from math import ceil

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from config import facts
from config.history import keeps_history
from config.permanence import WrittenOnce
from workforce.access import Guarded, Reach
from workforce.choices import AccountRole
from workforce.models import User

from ..access import TIES, Roles
from ..choices import EmergencyReason
from .access import of_interest
from .children import Child

AN_HOUR = datetime.timedelta(minutes=60)
MANAGERS = (AccountRole.TEAM_MANAGER, AccountRole.SERVICE_MANAGER)
REVIEWERS = (AccountRole.SERVICE_MANAGER, AccountRole.AUDITOR)


class EmergencyAccesses(Guarded):
    """Emergency accesses: shown to who took them, to the child's managers, and to the auditors."""

    def visible_to(self, user) -> "EmergencyAccesses":
        """The account's own, those to children that it manages, and those that it audits.

        Nobody audits those to a child in whom they have declared an interest.
        """
        if not user.is_active:
            return self.none()
        shown = Q(user=user)
        if user.reach.holds(*MANAGERS):
            shown |= Q(child__in=Child.objects.visible_to(user).values("pk"))
        if user.reach.holds(AccountRole.AUDITOR):
            audited = user.reach.authorities(AccountRole.AUDITOR)
            barred = Q(child__in=of_interest(user.reach))
            shown |= Q(child__authority__in=sorted(audited)) & ~barred
        return self.filter(shown)

    def in_force(self) -> "EmergencyAccesses":
        """Those that open a child's records now, by the database's clock."""
        return self.filter(ended_at=None, until__gt=Now())

    def over(self) -> "EmergencyAccesses":
        """Those that have run out or were ended."""
        return self.filter(Q(ended_at__isnull=False) | Q(until__lte=Now()))

    def to_be_reviewed_by(self, user) -> "EmergencyAccesses":
        """Those that nobody has reviewed yet and this account may; nobody reviews their own."""
        if not user.reach.holds(*REVIEWERS):
            return self.none()
        return self.visible_to(user).filter(reviewed_at=None).exclude(user=user)


@keeps_history
class EmergencyAccess(models.Model):
    """An hour in which an account may open one child's records, whether or not it knows the child.

    Who took it, why and when is never changed and never deleted. That it was ended before its time,
    and who reviewed it, is written down once.
    """

    child = models.ForeignKey(Child, models.PROTECT, related_name="emergency_accesses")
    user = models.ForeignKey(
        User, models.PROTECT, related_name="emergency_accesses", verbose_name="account"
    )
    reason_class = models.CharField("reason", max_length=20, choices=EmergencyReason.choices)
    reason = models.CharField("in a sentence", max_length=500)
    granted_at = models.DateTimeField("taken", db_default=Now())
    until = models.DateTimeField(db_default=Now() + AN_HOUR)
    ended_at = models.DateTimeField("ended before that", null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    review_note = models.CharField(max_length=500, blank=True)

    objects = EmergencyAccesses.as_manager()

    class Meta:
        ordering = ["-granted_at", "-id"]
        verbose_name_plural = "emergency accesses"
        indexes = [
            models.Index(
                fields=["user", "until"], name="emergency_in_force", condition=Q(ended_at=None)
            ),
            models.Index(
                fields=["granted_at"], name="emergency_not_reviewed", condition=Q(reviewed_at=None)
            ),
        ]
        constraints = [
            facts.one_of("emergency_reason_known", "reason_class", EmergencyReason),
            models.CheckConstraint(
                name="emergency_reason_is_a_sentence",
                condition=Q(reason__regex=r"^\S+( \S+)*$")
                & Q(reason__regex=r"^.{20}")
                & ~Q(reason__regex=r"^(\S)(\1| )*$"),
                violation_error_message=(
                    "Say in a sentence of at least 20 characters why you need access now."
                ),
            ),
            models.CheckConstraint(
                name="emergency_an_hour_at_most",
                condition=Q(until__gt=F("granted_at"), until__lte=F("granted_at") + AN_HOUR),
                violation_error_message="Emergency access lasts for 60 minutes at most.",
            ),
            facts.in_order(
                "emergency_ended_after_taken",
                "granted_at",
                "ended_at",
                "Emergency access cannot end before it was taken.",
                same_day=True,
            ),
            models.CheckConstraint(
                name="emergency_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message="Emergency access is ended by somebody.",
            ),
            models.CheckConstraint(
                name="emergency_reviewed_in_full",
                condition=Q(reviewed_at=None, reviewed_by=None, review_note="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(review_note="")),
                violation_error_message="Enter what you found when you reviewed this.",
            ),
            models.CheckConstraint(
                name="emergency_reviewed_by_another",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("user")),
                violation_error_message="Nobody reviews their own emergency access.",
            ),
            WrittenOnce(
                name="emergency_kept_as_it_is",
                later=("ended_at", "ended_by", "reviewed_at", "reviewed_by", "review_note"),
                violation_error_message="What was written about an emergency access stays.",
            ),
        ]

    def __str__(self) -> str:
        return f"Emergency access to child {self.child_id} by {self.user}"

    @property
    def minutes_left(self) -> int:
        """How many minutes it still lasts, those that have begun included."""
        left = (self.until - timezone.now()).total_seconds()
        return max(0, ceil(left / 60))


def opened(reach: Reach, roles: Roles) -> models.QuerySet:
    """Children whose records the account has opened in an emergency, for as long as that lasts."""
    mine = EmergencyAccess.objects.in_force().filter(user=reach.user_id)
    within = mine.filter(child__authority__in=sorted(reach.authorities(*roles)))
    return within.values(stands=Coalesce("child__merged_into", "child"))


TIES.append(opened)
