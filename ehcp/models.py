"""Requests for an education, health and care (EHC) needs assessment, and what became of them."""

import datetime

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.template.defaultfilters import pluralize

from config import facts
from config.crossing import Across
from config.history import keeps_history
from referrals.access import OfChild
from referrals.crossing import follows_merges, team_in_authority
from referrals.models import Child
from workforce.choices import AccountRole
from workforce.models import Team

from .choices import Basis, CeaseReason, Ground, LateReason, SenType, Stage, Step


class Requests(OfChild):
    """Requests, of which some are open on a day."""

    def open_on(self, day: datetime.date) -> "Requests":
        """Those that are open on that day.

        Each is looked up by itself: a view that was joined would be worked out for all of them.
        """
        spells = OpenSpell.objects.filter(
            Q(ended_on=None) | Q(ended_on__gt=day), request=OuterRef("pk"), opened_on__lte=day
        )
        return self.filter(pk=Subquery(spells.values("request")[:1]))


@keeps_history
class Request(models.Model):
    """A request for an EHC needs assessment: the day it was received starts the statutory clock."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="ehc_requests")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="ehc_requests"
    )
    reference = models.CharField(max_length=60, blank=True)
    received_on = models.DateField(
        help_text="Or the day the authority became responsible for the child."
    )
    sen_type = models.CharField(
        "primary type of need", max_length=4, choices=SenType.choices, blank=True
    )
    withdrawn = models.BooleanField(
        default=False, help_text="Withdrawn, or ceased before a decision."
    )
    withdrawn_on = models.DateField(null=True, blank=True)
    historical = models.BooleanField(
        default=False, help_text="Decided elsewhere: the plan moved in from another authority."
    )

    objects = Requests.by("child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["-received_on"]
        verbose_name = "EHC request"
        triggers = [follows_merges()]
        indexes = [
            models.Index(fields=["child", "received_on"], name="request_child_received"),
            models.Index(fields=["-received_on", "id"], name="request_newest"),
        ]
        constraints = [
            facts.plausible("request_dates_plausible", "received_on", "withdrawn_on"),
            facts.in_order(
                "request_withdrawn_after_received",
                "received_on",
                "withdrawn_on",
                "The request cannot be withdrawn before it was received.",
                same_day=True,
            ),
            models.CheckConstraint(
                name="request_withdrawn_if_dated",
                condition=Q(withdrawn_on=None) | Q(withdrawn=True),
                violation_error_message="Tick withdrawn, or remove the date of withdrawal.",
            ),
            facts.one_of("request_sen_type_known", "sen_type", SenType, blank=True),
            models.UniqueConstraint(
                name="request_reference_once",
                fields=["child", "reference"],
                condition=~Q(reference=""),
                violation_error_message="Another request for this child has this reference.",
            ),
            team_in_authority("request_team_in_authority"),
        ]

    def __str__(self) -> str:
        return f"EHC request for {self.child}, received {self.received_on}"

    @property
    def is_over(self) -> bool:
        """Whether it has led to a plan, or has ended without one."""
        return not self.open_spells.filter(ended_on__gt=facts.LATEST).exists()


def after_request(name: str, day: str, message: str) -> Across:
    """The day is not before the request was received, unless it was decided elsewhere."""
    return Across(
        name=name,
        holds=f"request.historical OR here.{day} >= request.received_on",
        violation_error_message=message,
    )


def why_late() -> models.CharField:
    """The reason for which something came after the day on which it was due; mostly empty."""
    return models.CharField(
        "why it was late",
        max_length=10,
        choices=LateReason.choices,
        blank=True,
        default="",
        db_default="",
    )


@keeps_history
class Decision(models.Model):
    """A decision on a request. The original stays; a changed one is a second decision beside it.

    A changed one is dated by the Tribunal's order or the mediation agreement. Where it is that
    there will be an assessment, the family is told so, and that is what may be late then.
    """

    request = models.ForeignKey(Request, models.CASCADE, related_name="decisions")
    stage = models.CharField(max_length=6, choices=Stage.choices)
    basis = models.CharField(max_length=9, choices=Basis.choices, default=Basis.ORIGINAL)
    agreed = models.BooleanField(help_text="Yes: assess, or make a plan. No: refused.")
    decided_on = models.DateField()
    told_on = models.DateField(
        "family told on",
        null=True,
        blank=True,
        help_text="That there will be an assessment after all. Otherwise leave this empty.",
    )
    late_reason = why_late()

    objects = OfChild.by("request__child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["decided_on"]
        constraints = [
            facts.plausible("decision_dates_plausible", "decided_on", "told_on"),
            facts.one_of("decision_stage_known", "stage", Stage),
            facts.one_of("decision_basis_known", "basis", Basis),
            facts.one_of("decision_late_reason_known", "late_reason", LateReason, blank=True),
            facts.in_order(
                "decision_told_after_decided",
                "decided_on",
                "told_on",
                "The family cannot be told before the decision was changed.",
                same_day=True,
            ),
            models.CheckConstraint(
                name="decision_told_if_changed",
                condition=Q(told_on=None)
                | (Q(stage=Stage.ASSESS, agreed=True) & ~Q(basis=Basis.ORIGINAL)),
                violation_error_message=(
                    "Only of a refusal to assess that was changed is it recorded when the family"
                    " was told."
                ),
            ),
            models.UniqueConstraint(
                name="decision_one_original",
                fields=["request", "stage"],
                condition=Q(basis=Basis.ORIGINAL),
                violation_error_message="The original decision at this stage is already recorded.",
            ),
            after_request(
                "decision_after_request",
                "decided_on",
                "A decision cannot be made before the request was received.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {'yes' if self.agreed else 'no'}, {self.decided_on}"

    @property
    def is_over(self) -> bool:
        """Whether the request has ended."""
        return self.request.is_over


@keeps_history
class Draft(models.Model):
    """A draft of the EHC plan, sent to the child's parent or the young person to comment on."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="drafts")
    sent_on = models.DateField()
    late_reason = why_late()

    objects = OfChild.by("request__child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["sent_on"]
        verbose_name = "draft EHC plan"
        constraints = [
            facts.plausible("draft_dates_plausible", "sent_on"),
            facts.one_of("draft_late_reason_known", "late_reason", LateReason, blank=True),
            models.UniqueConstraint(
                name="draft_once_a_day",
                fields=["request", "sent_on"],
                violation_error_message="A draft sent on that day is already recorded.",
            ),
            after_request(
                "draft_after_request",
                "sent_on",
                "A draft cannot be sent before the request was received.",
            ),
        ]

    def __str__(self) -> str:
        return f"Draft EHC plan of {self.request.child}, sent {self.sent_on}"

    @property
    def is_over(self) -> bool:
        """Whether the request has ended."""
        return self.request.is_over


@keeps_history
class Plan(models.Model):
    """The EHC plan that a request led to, from the day the final plan was issued."""

    request = models.OneToOneField(Request, models.CASCADE, related_name="plan")
    issued_on = models.DateField(help_text="The day the final plan was issued.")
    late_reason = why_late()
    ceased_on = models.DateField(null=True, blank=True)
    cease_reason = models.CharField(max_length=1, choices=CeaseReason.choices, blank=True)

    objects = OfChild.by("request__child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["-issued_on"]
        verbose_name = "EHC plan"
        constraints = [
            facts.plausible("plan_dates_plausible", "issued_on", "ceased_on"),
            facts.in_order(
                "plan_ceased_after_issued",
                "issued_on",
                "ceased_on",
                "The plan cannot cease before it was issued.",
                same_day=True,
            ),
            facts.both_or_neither(
                "plan_ceased_and_why",
                "ceased_on",
                "cease_reason",
                "Enter both the day the plan ceased and the reason, or neither.",
            ),
            facts.one_of("plan_cease_reason_known", "cease_reason", CeaseReason, blank=True),
            facts.one_of("plan_late_reason_known", "late_reason", LateReason, blank=True),
            after_request(
                "plan_after_request",
                "issued_on",
                "A plan cannot be issued before the request was received.",
            ),
        ]

    def __str__(self) -> str:
        return f"EHC plan of {self.request.child}, issued {self.issued_on}"

    @property
    def is_over(self) -> bool:
        """Whether the request has ended."""
        return self.request.is_over


@keeps_history
class PermittedException(models.Model):
    """A ground on which the regulations allow a time limit to be missed."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="exceptions")
    ground = models.CharField(max_length=1, choices=Ground.choices)
    noted_on = models.DateField(null=True, blank=True)

    objects = OfChild.by("request__child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["noted_on"]
        constraints = [
            facts.plausible("exception_dates_plausible", "noted_on"),
            facts.one_of("exception_ground_known", "ground", Ground),
            models.UniqueConstraint(
                name="exception_ground_once",
                fields=["request", "ground"],
                violation_error_message="This ground is already recorded for the request.",
            ),
            after_request(
                "exception_after_request",
                "noted_on",
                "An exception cannot be noted before the request was received.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()

    @property
    def is_over(self) -> bool:
        """Whether the request has ended."""
        return self.request.is_over


@keeps_history
class TimeLimit(models.Model):
    """How many days a step may take, for requests received from a given day on."""

    may_lie_ahead = ("valid_from",)

    step = models.CharField(max_length=8, choices=Step.choices)
    days = models.PositiveSmallIntegerField(help_text="Calendar days; the day of receipt is day 0.")
    valid_from = models.DateField()

    class Meta:
        ordering = ["step", "valid_from"]
        constraints = [
            facts.plausible("time_limit_dates_plausible", "valid_from"),
            facts.one_of("time_limit_step_known", "step", Step),
            facts.between("time_limit_days_in_range", "days", 1, 730),
            models.UniqueConstraint(
                name="time_limit_once",
                fields=["step", "valid_from"],
                violation_error_message="This step already has a time limit from that day.",
            ),
        ]

    def __str__(self) -> str:
        days = f"{self.days} day{pluralize(self.days)}"
        return f"{self.get_step_display()}: {days} from {self.valid_from}"


class OpenSpell(models.Model):
    """A stretch of days in which a request was open (a database view)."""

    request = models.ForeignKey(Request, models.DO_NOTHING, related_name="open_spells")
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "ehcp_openspell"

    def __str__(self) -> str:
        return f"Request {self.request_id} open from {self.opened_on} to {self.ended_on}"


class OpenStretch(models.Model):
    """A stretch of days in which an open request stayed in one band of ages (a database view).

    ``from_age`` is the band's youngest age in days from receipt: 0, 141, 183 or 365. ``overdue``
    says that the last of the days that the law allows, ``due_on``, had passed; the stretch ends
    where that changes.
    """

    request = models.ForeignKey(Request, models.DO_NOTHING, related_name="open_stretches")
    child = models.ForeignKey(Child, models.DO_NOTHING, related_name="+")
    from_age = models.IntegerField()
    overdue = models.BooleanField()
    due_on = models.DateField()
    began_on = models.DateField()
    over_on = models.DateField()

    class Meta:
        managed = False
        db_table = "ehcp_openstretch"

    def __str__(self) -> str:
        return f"Request {self.request_id} open at {self.from_age} days from {self.began_on}"
