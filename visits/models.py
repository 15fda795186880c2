"""Child protection plans, the visits made under them, and the visits that fall due."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Func, Q, Value, When

from config import facts
from config.crossing import Across
from config.history import keeps_history
from referrals.access import OfChild
from referrals.crossing import follows_merges, near_birth, team_in_authority
from referrals.models import Child
from workforce.access import Guarded
from workforce.choices import AccountRole, TeamKind
from workforce.models import Team, Worker, is_authority

from .choices import Category, LateReason, Outcome, Place, Purpose, Unit

QUALIFIES = (
    Q(outcome__in=[Outcome.SEEN, Outcome.MOTHER_SEEN])
    & Q(purpose__in=[Purpose.STATUTORY, ""])
    & ~Q(place=Place.SCHOOL)
)


@keeps_history
class ProtectionPlan(models.Model):
    """A child protection plan, from the conference that made it to the one that ended it."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="protection_plans")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="protection_plans"
    )
    reference = models.CharField(max_length=60, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    initial_category = models.CharField(max_length=3, choices=Category.choices, blank=True)
    latest_category = models.CharField(max_length=3, choices=Category.choices, blank=True)
    earlier_plans = models.PositiveSmallIntegerField(
        default=0,
        help_text="Earlier plans known of that are not recorded here, with other authorities too.",
    )
    visit_interval = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Only where this plan asks for visits more often than the standard, in its unit.",
    )
    entered_here = models.BooleanField(default=True, editable=False)
    overlaps = models.BooleanField(
        default=False,
        editable=False,
        help_text=(
            "From a return, and overlapping another of the child's plans: history, to be looked at."
        ),
    )

    objects = OfChild.by("child")

    class Meta:
        ordering = ["-started_on"]
        verbose_name = "child protection plan"
        triggers = [follows_merges()]
        indexes = [
            models.Index(fields=["-started_on", "id"], name="protection_newest"),
            models.Index(fields=["child", "started_on"], name="protection_child_started"),
        ]
        constraints = [
            facts.plausible("protection_dates_plausible", "started_on", "ended_on"),
            facts.in_order(
                "protection_ended_after_started",
                "started_on",
                "ended_on",
                "A plan must end after the day it started.",
                same_day=False,
            ),
            facts.one_of("protection_initial_known", "initial_category", Category, blank=True),
            facts.one_of("protection_latest_known", "latest_category", Category, blank=True),
            facts.between("protection_earlier_in_range", "earlier_plans", 0, 50),
            facts.between("protection_interval_in_range", "visit_interval", 1, 60),
            models.CheckConstraint(
                name="protection_entered_whole",
                condition=Q(entered_here=False) | ~Q(initial_category=""),
                violation_error_message="Choose the initial category of abuse.",
            ),
            models.CheckConstraint(
                name="protection_overlap_only_from_returns",
                condition=Q(overlaps=False) | Q(entered_here=False),
                violation_error_message="A plan that is entered here cannot overlap another.",
            ),
            facts.no_overlap(
                "protection_one_plan_at_a_time",
                "child",
                since="started_on",
                until="ended_on",
                where=Q(overlaps=False),
                message="This child already has a child protection plan on those days.",
            ),
            models.UniqueConstraint(
                name="protection_reference_once",
                fields=["child", "reference"],
                condition=~Q(reference=""),
                violation_error_message="Another plan of this child has this reference.",
            ),
            team_in_authority("protection_team_in_authority"),
            near_birth(
                "protection_near_birth",
                "started_on",
                "A plan cannot start more than 40 weeks before the date of birth.",
            ),
        ]

    def __str__(self) -> str:
        return f"Child protection plan of {self.child}, from {self.started_on}"

    @property
    def is_over(self) -> bool:
        """Whether the plan has ended."""
        return self.ended_on is not None


@keeps_history
class Visit(models.Model):
    """A visit under a child protection plan, or an attempt at one.

    ``qualifies`` is worked out by the database: the child was seen, face to face, as a statutory
    visit and not at school. Where a return gives no type, being seen is enough. So is
    ``recorded_on``, the day in London on which it was written down.
    """

    plan = models.ForeignKey(ProtectionPlan, models.CASCADE, related_name="visits")
    worker = models.ForeignKey(
        Worker, models.PROTECT, null=True, blank=True, related_name="protection_visits"
    )
    reference = models.CharField(max_length=60, blank=True)
    visited_on = models.DateField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices, blank=True)
    place = models.CharField(max_length=10, choices=Place.choices, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, default=Outcome.SEEN)
    seen_alone = models.BooleanField(null=True, blank=True)
    late_reason = models.CharField(
        max_length=13,
        choices=LateReason.choices,
        blank=True,
        default="",
        db_default="",
        verbose_name="why it was late",
        help_text="Where the child was seen only after the day on which the visit was due.",
    )
    recorded_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When it was written down; empty where a return does not say.",
    )
    recorded_on = models.GeneratedField(
        expression=Func(
            "recorded_at", template="(%(expressions)s AT TIME ZONE 'Europe/London')::date"
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    qualifies = models.GeneratedField(
        expression=Case(When(QUALIFIES, then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = OfChild.by("plan__child")

    class Meta:
        ordering = ["-visited_on"]
        indexes = [
            models.Index(fields=["-visited_on", "id"], name="visit_newest"),
            models.Index(
                fields=["plan", "visited_on"], include=["qualifies"], name="visit_plan_visited"
            ),
            models.Index(
                fields=["plan", "visited_on"],
                condition=Q(qualifies=True),
                name="visit_plan_qualifying",
            ),
            models.Index(
                fields=["visited_on"],
                include=["plan", "late_reason"],
                condition=~Q(late_reason=""),
                name="visit_late",
            ),
        ]
        constraints = [
            facts.plausible("visit_dates_plausible", "visited_on"),
            facts.plausible_moment("visit_recording_plausible", "recorded_at"),
            facts.one_of("visit_purpose_known", "purpose", Purpose, blank=True),
            facts.one_of("visit_place_known", "place", Place, blank=True),
            facts.one_of("visit_outcome_known", "outcome", Outcome),
            facts.one_of("visit_late_reason_known", "late_reason", LateReason, blank=True),
            models.CheckConstraint(
                name="visit_alone_only_if_seen",
                condition=Q(outcome=Outcome.SEEN) | Q(seen_alone=None) | Q(seen_alone=False),
                violation_error_message="A child who was not seen was not seen alone.",
            ),
            models.UniqueConstraint(
                name="visit_reference_once",
                fields=["plan", "reference"],
                condition=~Q(reference=""),
                violation_error_message="Another visit under this plan has this reference.",
            ),
            Across(
                name="visit_within_plan",
                holds="here.visited_on >= plan.started_on AND here.visited_on <= plan.ended_on",
                violation_error_message=(
                    "A visit must lie between the start and the end of its plan."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.visited_on}"

    @property
    def is_over(self) -> bool:
        """Whether the plan under which it was made has ended."""
        return self.plan.is_over


@keeps_history
class VisitStandard(models.Model):
    """How often children on a plan are to be visited in an authority, from a given day on."""

    may_lie_ahead = ("valid_from",)

    authority = models.ForeignKey(
        Team,
        models.CASCADE,
        related_name="visit_standards",
        limit_choices_to={"kind": TeamKind.AUTHORITY},
    )
    valid_from = models.DateField()
    interval = models.PositiveSmallIntegerField(default=10)
    unit = models.CharField(max_length=7, choices=Unit.choices, default=Unit.WORKING_DAYS)
    first_interval = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="For the first visit after the plan starts, where it differs.",
    )

    objects = Guarded.at("authority", AccountRole.ADMINISTRATOR, whole_authority=True)

    class Meta:
        ordering = ["authority", "valid_from"]
        constraints = [
            facts.plausible("visit_standard_dates_plausible", "valid_from"),
            facts.between("visit_standard_interval_in_range", "interval", 1, 60),
            facts.between("visit_standard_first_in_range", "first_interval", 1, 60),
            facts.one_of("visit_standard_unit_known", "unit", Unit),
            models.UniqueConstraint(
                name="visit_standard_once",
                fields=["authority", "valid_from"],
                violation_error_message="The authority already has a standard from that day.",
            ),
            is_authority("visit_standard_authority_is_root"),
        ]

    def __str__(self) -> str:
        return f"Every {self.interval} {self.get_unit_display()} from {self.valid_from}"


class PlanHistory(models.Model):
    """A plan with its history as lists (a database view): who held the child from which day on.

    ``held_since`` are the days on which the child changed hands, ``held_by`` the team from each of
    them on, empty where nobody was allocated; then, and before, the child is ``own_team``'s.
    """

    plan = models.OneToOneField(
        ProtectionPlan, models.DO_NOTHING, primary_key=True, related_name="history"
    )
    authority = models.ForeignKey(Team, models.DO_NOTHING, related_name="+")
    own_team = models.ForeignKey(Team, models.DO_NOTHING, related_name="+")
    born_on = models.DateField(null=True)
    held_since = ArrayField(models.DateField())
    held_by = ArrayField(models.BigIntegerField(null=True))

    class Meta:
        managed = False
        db_table = "visits_planhistory"

    def __str__(self) -> str:
        return f"{self.plan}: held by {len(self.held_by)} teams in turn"


class VisitDue(models.Model):
    """A visit that falls due under a plan (a database view): one row for each due day.

    A due day is met by the first qualifying visit after the day it is counted from and no later
    than the due day. When there is none it is missed, and another falls due an interval later.
    The rows of an unmet chain end with the first due day that is not before the as-at day: today,
    or the day that the session's setting ``reckoner.as_at`` names.
    """

    plan = models.ForeignKey(ProtectionPlan, models.DO_NOTHING, related_name="visits_due")
    child = models.ForeignKey(Child, models.DO_NOTHING, related_name="+")
    authority = models.ForeignKey(Team, models.DO_NOTHING, related_name="+")
    team = models.ForeignKey(
        Team, models.DO_NOTHING, related_name="+", help_text="That held the child on the due day."
    )
    anchor_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    next_on = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "visits_visitdue"

    def __str__(self) -> str:
        return f"Plan {self.plan_id}, due {self.due_on}, met {self.met_on}"


class PlanDay(models.Model):
    """A day on which a plan was open (a database view), to be asked for on chosen days.

    ``team`` held the child on the day; ``anchor_on`` is the latest qualifying visit up to it, or
    the plan's start. ``expected`` says that the first visit had fallen due, ``recent`` that the
    latest is no longer ago than the standard allows.
    """

    plan = models.ForeignKey(ProtectionPlan, models.DO_NOTHING, related_name="days")
    child = models.ForeignKey(Child, models.DO_NOTHING, related_name="+")
    authority = models.ForeignKey(Team, models.DO_NOTHING, related_name="+")
    team = models.ForeignKey(Team, models.DO_NOTHING, related_name="+")
    day = models.DateField()
    anchor_on = models.DateField()
    expected = models.BooleanField()
    recent = models.BooleanField()

    class Meta:
        managed = False
        db_table = "visits_planday"

    def __str__(self) -> str:
        return f"Plan {self.plan_id} on {self.day}"
