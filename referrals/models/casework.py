"""How each child came to us, and who has worked with them since."""

from django.db import models
from django.db.models import F, Q

from config import facts
from config.crossing import Across
from config.history import keeps_history
from workforce.choices import AccountRole
from workforce.models import Team, Worker

from ..access import OfChild
from ..choices import Closure, Part, PrimaryNeed, Source
from ..crossing import follows_merges, near_birth, team_in_authority
from .children import Child


@keeps_history
class Referral(models.Model):
    """A request for services for a child who is not known, or whose case is closed.

    Unless no further action was taken, it opens a case that lasts until it is closed.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="referrals")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="referrals")
    reference = models.CharField(max_length=60, blank=True)
    received_on = models.DateField()
    source = models.CharField(max_length=2, choices=Source.choices, blank=True)
    primary_need = models.CharField(max_length=2, choices=PrimaryNeed.choices, blank=True)
    no_further_action = models.BooleanField(default=False)
    decided_on = models.DateField(
        null=True, blank=True, help_text="The day a manager decided what to do about the referral."
    )
    decision_collected = models.BooleanField(
        default=True,
        editable=False,
        help_text="No where the record came from a return that carries no decision dates.",
    )
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=3, choices=Closure.choices, blank=True)
    entered_here = models.BooleanField(default=True, editable=False)
    overlaps = models.BooleanField(
        default=False,
        editable=False,
        help_text=(
            "From a return, and overlapping another of the child's cases: history, to be looked at."
        ),
    )

    objects = OfChild.by("child")

    class Meta:
        ordering = ["-received_on"]
        triggers = [follows_merges()]
        indexes = [
            models.Index(
                fields=["child", "received_on"],
                include=["team", "no_further_action", "decided_on", "decision_collected", "id"],
                name="referral_child_received",
            ),
            models.Index(fields=["-received_on", "id"], name="referral_newest"),
        ]
        constraints = [
            facts.plausible("referral_dates_plausible", "received_on", "decided_on", "closed_on"),
            facts.in_order(
                "referral_closed_after_received",
                "received_on",
                "closed_on",
                "The closure date cannot be before the date the referral was received.",
                same_day=True,
            ),
            facts.in_order(
                "referral_decided_after_received",
                "received_on",
                "decided_on",
                "The decision cannot be before the date the referral was received.",
                same_day=True,
            ),
            facts.both_or_neither(
                "referral_closed_and_why",
                "closed_on",
                "closure_reason",
                "Enter both the closure date and the reason for closure, or neither.",
            ),
            facts.one_of("referral_source_known", "source", Source, blank=True),
            facts.one_of("referral_need_known", "primary_need", PrimaryNeed, blank=True),
            facts.one_of("referral_closure_known", "closure_reason", Closure, blank=True),
            models.CheckConstraint(
                name="referral_entered_whole",
                condition=Q(entered_here=False)
                | (~Q(source="") & (Q(no_further_action=True) | ~Q(primary_need=""))),
                violation_error_message=(
                    "Choose who made the referral and, unless there is no further action,"
                    " the primary need."
                ),
            ),
            models.CheckConstraint(
                name="referral_overlap_only_from_returns",
                condition=Q(overlaps=False) | Q(entered_here=False),
                violation_error_message="A case that is entered here cannot overlap another.",
            ),
            models.CheckConstraint(
                name="referral_nfa_never_open",
                condition=Q(entered_here=False) | Q(no_further_action=False) | Q(closed_on=None),
                violation_error_message=(
                    "No further action was taken on this referral, so that there is no case to"
                    " close."
                ),
            ),
            models.CheckConstraint(
                name="referral_decided_before_closure",
                condition=Q(entered_here=False)
                | Q(decided_on=None)
                | Q(closed_on=None)
                | Q(decided_on__lte=F("closed_on")),
                violation_error_message="The decision cannot be after the case was closed.",
            ),
            facts.no_overlap(
                "referral_one_case_at_a_time",
                "child",
                since="received_on",
                until="closed_on",
                where=Q(overlaps=False),
                moments=Q(no_further_action=True),
                message=(
                    "This child has an open case on that day."
                    " Record a contact on that case instead."
                ),
            ),
            models.UniqueConstraint(
                name="referral_reference_once",
                fields=["child", "reference"],
                condition=~Q(reference=""),
                violation_error_message="Another referral of this child has this reference.",
            ),
            team_in_authority("referral_team_in_authority"),
            near_birth(
                "referral_near_birth",
                "received_on",
                "A child cannot be referred more than 40 weeks before the date of birth.",
            ),
        ]

    def __str__(self) -> str:
        return f"Referral of {self.child}, received {self.received_on}"

    @property
    def is_over(self) -> bool:
        """Whether the case is closed, or there never was one."""
        return self.closed_on is not None or self.no_further_action


@keeps_history
class Assessment(models.Model):
    """A continuous assessment under section 17 that followed a referral."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="assessments")
    reference = models.CharField(max_length=60, blank=True)
    started_on = models.DateField()
    completed_on = models.DateField(
        null=True, blank=True, help_text="The day it was completed and authorised."
    )

    objects = OfChild.by("referral__child")

    class Meta:
        ordering = ["-started_on"]
        constraints = [
            facts.plausible("assessment_dates_plausible", "started_on", "completed_on"),
            facts.in_order(
                "assessment_completed_after_started",
                "started_on",
                "completed_on",
                "The completion date cannot be before the start date.",
                same_day=True,
            ),
            Across(
                name="assessment_after_referral",
                holds="NOT referral.entered_here OR here.started_on >= referral.received_on",
                violation_error_message=(
                    "An assessment cannot start before the referral was received."
                ),
            ),
            Across(
                name="assessment_before_closure",
                holds=(
                    "NOT referral.entered_here"
                    " OR GREATEST(here.started_on, here.completed_on) <= referral.closed_on"
                ),
                violation_error_message="An assessment cannot go on after the case was closed.",
            ),
            Across(
                name="assessment_needs_action",
                holds="NOT referral.entered_here OR NOT referral.no_further_action",
                violation_error_message=(
                    "No further action was taken on this referral, so that nothing was assessed."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Assessment of {self.referral.child}, started {self.started_on}"

    @property
    def is_over(self) -> bool:
        """Whether the case in which it was made is closed."""
        return self.referral.is_over


@keeps_history
class Involvement(models.Model):
    """Which worker and team work with a child, in what part, from when until when."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="involvements")
    reference = models.CharField(max_length=60, blank=True)
    part = models.CharField(max_length=20, choices=Part.choices, default=Part.SOCIAL_WORKER)
    team = models.ForeignKey(Team, models.PROTECT, related_name="involvements")
    worker = models.ForeignKey(
        Worker, models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    entered_here = models.BooleanField(default=True, editable=False)

    objects = OfChild.by("child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["-started_on"]
        triggers = [follows_merges()]
        indexes = [
            models.Index(
                fields=["child", "part", "started_on"],
                include=["ended_on", "team"],
                name="involvement_child_part",
            )
        ]
        constraints = [
            facts.plausible("involvement_dates_plausible", "started_on", "ended_on"),
            facts.in_order(
                "involvement_ended_after_started",
                "started_on",
                "ended_on",
                "The end date must be after the start date.",
                same_day=False,
            ),
            facts.one_of("involvement_part_known", "part", Part),
            facts.no_overlap(
                "involvement_one_holder_a_day",
                "child",
                since="started_on",
                until="ended_on",
                where=Q(part=Part.SOCIAL_WORKER),
                message="This child already has an allocated social worker on those days.",
            ),
            facts.no_overlap(
                "involvement_one_send_officer_a_day",
                "child",
                since="started_on",
                until="ended_on",
                where=Q(part=Part.SEND_OFFICER),
                message="This child already has a SEND casework officer on those days.",
            ),
            models.UniqueConstraint(
                name="involvement_reference_once",
                fields=["child", "reference"],
                condition=~Q(reference=""),
                violation_error_message="Another involvement with this child has this reference.",
            ),
            team_in_authority("involvement_team_in_authority"),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} of {self.child}: {self.worker or self.team}"

    @property
    def is_over(self) -> bool:
        """Whether the worker or the team has ceased to work with the child."""
        return self.ended_on is not None


class Holding(models.Model):
    """A stretch of days in which one team, or no team, held a child (a database view).

    For a child who was ever allocated, the stretches of one part follow one another without a gap
    from the first day of time to the last; ``team`` is empty where nobody was allocated.
    """

    child = models.ForeignKey(Child, models.DO_NOTHING, related_name="holdings")
    part = models.CharField(max_length=20, choices=Part.choices)
    team = models.ForeignKey(Team, models.DO_NOTHING, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField()

    class Meta:
        managed = False
        db_table = "referrals_holding"

    def __str__(self) -> str:
        return f"{self.child_id} held by {self.team_id} from {self.since} to {self.until}"


class CaseHolding(models.Model):
    """A stretch of days in which a social worker held at least one case (a database view).

    The hours and the team are those of the worker's assignment on those days.
    """

    worker = models.ForeignKey(Worker, models.DO_NOTHING, related_name="case_holdings")
    team = models.ForeignKey(Team, models.DO_NOTHING, related_name="+")
    fte = models.DecimalField(max_digits=8, decimal_places=6)
    since = models.DateField()
    until = models.DateField()

    class Meta:
        managed = False
        db_table = "referrals_caseholding"

    def __str__(self) -> str:
        return f"Cases held by {self.worker_id} from {self.since} to {self.until}"
