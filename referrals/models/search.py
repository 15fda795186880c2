"""What children are looked for by, and the referrals of those whom few may know of."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config import facts
from config.history import keeps_history
from config.permanence import AppendOnly
from workforce.access import Guarded
from workforce.choices import AccountRole
from workforce.models import Team, User

from ..access import OfChild
from ..choices import PrimaryNeed, QueueOutcome, Source
from ..crossing import follows_merges, team_in_authority
from .access import of_address, of_family, relatives
from .casework import Referral
from .children import Child

ANSWERABLE = AccountRole.SERVICE_MANAGER  # where nobody is on a list


class Searches(Guarded):
    """The log of searches. An account goes on with its own; auditors read those of all."""

    def of(self, user) -> "Searches":
        """The account's own."""
        return self.filter(user=user)


class Search(models.Model):
    """A search for a child: who searched, when, and what was typed.

    It is a history itself, and so keeps none.
    """

    at = models.DateTimeField("when", db_default=Now())
    user = models.ForeignKey(User, models.PROTECT, related_name="searches", verbose_name="account")
    authority = models.ForeignKey(Team, models.PROTECT, related_name="+")
    typed = models.CharField("what was typed", max_length=100)

    objects = Searches.at("authority", AccountRole.AUDITOR, whole_authority=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "searches"
        indexes = [models.Index(fields=["authority", "at"], name="search_at")]
        constraints = [
            AppendOnly(
                name="search_append_only",
                violation_error_message="What is in the log of searches stays there as it is.",
            )
        ]

    def __str__(self) -> str:
        return f"Search by {self.user}"


class QueuedReferrals(OfChild):
    """Referrals that wait for somebody who may know of the child."""

    def visible_to(self, user) -> "QueuedReferrals":
        """Those of children on whose list the account is; and where nobody is on a list, or there
        is none, those that managers of the service answer for."""
        within = Guarded.seen_as(self, user, self.roles)
        if within.query.is_empty():
            return within
        reach = user.reach
        authorities = sorted(reach.authorities(ANSWERABLE))
        near = relatives(reach).union(of_family(reach), of_address(reach))
        return within.exclude(child__in=near).filter(
            Q(child__restriction__members__user=user)
            | Q(child__restriction__members=None, child__authority__in=authorities)
        )

    def waiting(self) -> "QueuedReferrals":
        """Those of which nobody has said yet which child they are about."""
        return self.filter(outcome="")


@keeps_history
class QueuedReferral(models.Model):
    """A referral that waits for the holders of a list: it may be of a child whom few may know of.

    Whoever took it is told what everyone is told. A holder of the list then says which child it is
    about; it counts from the day it was received.
    """

    may_lie_ahead = ("expected_on",)

    child = models.ForeignKey(
        Child,
        models.CASCADE,
        related_name="queued_referrals",
        help_text="The child on record that the referral may be about.",
    )
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    expected_on = models.DateField("expected date of birth", null=True, blank=True)
    upn = models.CharField("unique pupil number (UPN)", max_length=13, blank=True)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    received_on = models.DateField()
    source = models.CharField(max_length=2, choices=Source.choices)
    primary_need = models.CharField(max_length=2, choices=PrimaryNeed.choices)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_default=Now())
    outcome = models.CharField(max_length=5, choices=QueueOutcome.choices, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    referral = models.OneToOneField(
        Referral, models.SET_NULL, null=True, blank=True, related_name="queued"
    )

    objects = QueuedReferrals.by("child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["received_on", "id"]
        triggers = [follows_merges()]
        constraints = [
            facts.plausible("queued_dates_plausible", "born_on", "expected_on", "received_on"),
            facts.one_of("queued_source_known", "source", Source),
            facts.one_of("queued_need_known", "primary_need", PrimaryNeed),
            facts.one_of("queued_outcome_known", "outcome", QueueOutcome, blank=True),
            models.CheckConstraint(
                name="queued_settled_whole",
                condition=Q(outcome="", settled_by=None, settled_at=None, referral=None)
                | (~Q(outcome="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                violation_error_message="Say what became of the referral, who said so and when.",
            ),
            team_in_authority("queued_team_in_authority"),
        ]

    def __str__(self) -> str:
        return f"Referral {self.pk} in the queue"

    def holders(self) -> list[User]:
        """The accounts that may settle it."""
        listed = Q(restrictions__restriction__child=self.child_id)
        answerable = Q(
            appointments__role=ANSWERABLE,
            appointments__place__in=Team.objects.filter(
                Q(pk=self.team.root_id) | Q(authority=self.team.root_id)
            ),
        )
        mine = QueuedReferral.objects.filter(pk=self.pk)
        accounts = User.objects.filter(listed | answerable, is_active=True).distinct()
        return [account for account in accounts if mine.visible_to(account).exists()]
