"""What is kept about figures: monthly sums and spreads, what was shown, what waits, and the runs.

Nothing here is the truth: the records are. Every row but ``Shown`` and ``Run`` can be made again.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from workforce.models import Team


class Sum(models.Model):
    """The sums behind a figure of one indicator, team and month: integers, or exact FTE.

    Never a percentage: a rate is worked out from sums when it is read.
    """

    authority = models.ForeignKey(
        Team, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    indicator = models.CharField(max_length=60)
    team = models.ForeignKey(
        Team, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    month = models.DateField(help_text="Its first day.")
    numerator = models.DecimalField(max_digits=16, decimal_places=6)
    denominator = models.DecimalField(max_digits=16, decimal_places=6)
    undecided = models.DecimalField(max_digits=16, decimal_places=6)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.indicator}, {self.team_id}, {self.month:%B %Y}"


class Tally(Sum):
    """The sums as they stand now. For a stock: as at the month's last day, or today."""

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                name="tally_once", fields=["authority", "indicator", "month", "team"]
            )
        ]


class Shown(Sum):
    """The sums as they were shown from a moment on, until the next row of the same cell."""

    shown_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "shown"
        indexes = [
            models.Index(
                fields=["authority", "indicator", "month", "team", "shown_at"], name="shown_cell"
            )
        ]


class Distribution(models.Model):
    """How the cases of a month are spread, where figures of months or teams do not add up.

    Distributions do: they are added, and a figure of any whole months is worked out from the sum.
    A place is a team, a service or an authority with everything below it.
    """

    authority = models.ForeignKey(
        Team, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    indicator = models.CharField(max_length=60)
    place = models.ForeignKey(
        Team, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    month = models.DateField(help_text="Its first day.")
    points = ArrayField(
        models.FloatField(),
        help_text=(
            "The values that cases have, from the least; or of children, the months since they"
            " were last counted in the place: 12 stands for 12 or more, and for never."
        ),
    )
    numerators = ArrayField(models.IntegerField(), help_text="How many count, at each point.")
    denominators = ArrayField(models.IntegerField(), help_text="How many there are, at each.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="distribution_once", fields=["authority", "indicator", "month", "place"]
            ),
            models.CheckConstraint(
                name="distribution_counts_at_each_point",
                condition=Q(numerators__len=F("points__len"), denominators__len=F("points__len")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.place_id}, {self.month:%B %Y}"


class Outbox(models.Model):
    """A change to the records that the figures of a family have not taken in yet.

    Written by the database in the transaction of the change; only ever appended to, and deleted
    by the recalculation that takes it in.
    """

    family = models.CharField(max_length=20)
    authority = models.ForeignKey(
        Team, models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    since = models.DateField(help_text="The earliest day that the change touches.")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "outbox"
        indexes = [models.Index(fields=["family", "authority"], name="outbox_waiting")]

    def __str__(self) -> str:
        return f"{self.family} of {self.authority_id} since {self.since}"


class Standing(models.Model):
    """How fresh a family's figures are in an authority: as at which day, and calculated when.

    ``event_at`` is when the latest change to a record was made that they have taken in.
    """

    family = models.CharField(max_length=20)
    authority = models.ForeignKey(Team, models.CASCADE, related_name="+")
    as_at = models.DateField()
    calculated_at = models.DateTimeField()
    event_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="standing_once", fields=["family", "authority"])
        ]

    def __str__(self) -> str:
        return f"{self.family} as at {self.as_at}"


class Run(models.Model):
    """One recalculation or verification: when, how long, what changed, and any drift.

    One that is asked for on a page stands here, in full and not finished, until it is done.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", "After a change"
        FULL = "full", "In full"
        VERIFY = "verify", "Verification"
        OVERNIGHT = "overnight", "Overnight"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    family = models.CharField(max_length=20, blank=True)
    authority = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="+")
    since = models.DateField(null=True, blank=True)
    as_at = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    cells = models.PositiveIntegerField(default=0, help_text="Cells that changed, or that drifted.")
    drift = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["kind", "-finished_at"], name="run_latest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.family}, {self.started_at:%d/%m/%Y %H:%M}"


class Heartbeat(models.Model):
    """When a part of the system last said that it is alive."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"
