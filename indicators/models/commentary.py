"""What people say about a figure."""

from django.db import models
from django.db.models import Q

from config import facts
from config.history import keeps_history
from workforce.access import EVERYONE, Guarded
from workforce.models import Team, User

from ..periods import Kind


@keeps_history
class Commentary(models.Model):
    """What is said about the figure of an indicator for a period and a place, in three parts."""

    may_lie_ahead = ("ending",)

    place = models.ForeignKey(Team, models.CASCADE, related_name="commentaries")
    indicator = models.CharField(max_length=60)
    period = models.CharField(max_length=14, choices=[(kind.value, kind.label) for kind in Kind])
    ending = models.DateField(help_text="The last day of the period.")
    trend = models.TextField(blank=True, max_length=4000)
    background = models.TextField(blank=True, max_length=4000)
    action = models.TextField(blank=True, max_length=4000)
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    objects = Guarded.at("place", *EVERYONE, whole_authority=True)

    class Meta:
        verbose_name_plural = "commentaries"
        ordering = ["-ending", "indicator", "place"]
        constraints = [
            models.UniqueConstraint(
                name="commentary_once",
                fields=["place", "indicator", "period", "ending"],
                violation_error_message="There is a commentary on this figure already.",
            ),
            models.CheckConstraint(
                name="commentary_period_known",
                condition=Q(period__in=[kind.value for kind in Kind]),
                violation_error_message="Choose a kind of period from the list.",
            ),
            facts.plausible("commentary_dates_plausible", "ending"),
            facts.plausible_moment("commentary_moment_plausible", "written_at"),
            models.CheckConstraint(
                name="commentary_says_something",
                condition=~Q(trend="", background="", action=""),
                violation_error_message="Write something in at least one of the three parts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.place}, {self.period} to {self.ending}"
