"""What has happened, and a trend has to be read with."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config import facts
from config.history import keeps_history
from workforce.access import Guarded
from workforce.models import Team, User


class Annotations(Guarded):
    """Annotations, which whoever sees the figures of an authority sees at all of its places."""

    place = "place"

    def visible_to(self, user) -> "Annotations":
        """Those at the places of the account's authorities."""
        return self.filter(place__in=Team.objects.visible_to(user))


@keeps_history
class Annotation(models.Model):
    """Something that happened which a trend is read with: a team fully staffed, recording changed.

    It stands on the charts of its place and of all below it. A new baseline may count from it,
    never without a reason.
    """

    place = models.ForeignKey(Team, models.CASCADE, related_name="annotations")
    indicator = models.CharField(
        max_length=60, blank=True, help_text="Leave it empty for every indicator."
    )
    happened_on = models.DateField("day")
    words = models.CharField("what happened", max_length=120)
    new_baseline = models.BooleanField(
        default=False, help_text="Limits are worked out anew from this day on."
    )
    why = models.CharField("why a new baseline", max_length=300, blank=True)
    noted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField(db_default=Now())

    objects = Annotations.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]
        constraints = [
            facts.plausible("annotation_dates_plausible", "happened_on"),
            facts.plausible_moment("annotation_moment_plausible", "noted_at"),
            models.CheckConstraint(
                name="annotation_says_something",
                condition=~Q(words=""),
                violation_error_message="Say what happened.",
            ),
            models.CheckConstraint(
                name="annotation_baseline_and_why",
                condition=Q(new_baseline=True) & ~Q(why="") | Q(new_baseline=False, why=""),
                violation_error_message=(
                    "Say why a new baseline begins, and say it only where one does."
                ),
            ),
            models.UniqueConstraint(
                name="annotation_once",
                fields=["place", "indicator", "happened_on", "words"],
                violation_error_message="This is noted for that day already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on}: {self.words}"
