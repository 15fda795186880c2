"""What is kept about signing in: text typed too late, second steps set anew, reviews of access."""

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config.history import keeps_history

from ..access import Guarded
from .accounts import User
from .places import Team

KEPT_FOR = datetime.timedelta(days=7)
RESET_WAITS = datetime.timedelta(hours=24)


class KeptForms(Guarded):
    """Typed text, each for the account that typed it."""

    def visible_to(self, user) -> "KeptForms":
        """The account's own; nobody reads another's."""
        return self.filter(user=user) if user.is_active else self.none()

    def still_kept(self, now: datetime.datetime) -> "KeptForms":
        """What is not too old to be offered again."""
        return self.filter(kept_at__gt=now - KEPT_FOR)


class KeptForm(models.Model):
    """What someone had typed into a form when their session was over, until they sign in again.

    It is deleted once the form is sent or after seven days, and leaves no history: it is no record.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="kept_forms")
    path = models.CharField("page", max_length=500)
    typed = models.JSONField(help_text="Each field’s values by its name.")
    kept_at = models.DateTimeField(db_default=Now())

    objects = KeptForms.as_manager()

    class Meta:
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(
                name="kept_form_once",
                fields=["user", "path"],
                violation_error_message="Text for this page is kept already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.path}"


class SecondStepResets(Guarded):
    """Requests to set an account's second step anew."""

    def waiting(self, now: datetime.datetime) -> "SecondStepResets":
        """Those that another administrator can still confirm."""
        return self.filter(confirmed_at=None, asked_at__gt=now - RESET_WAITS)


@keeps_history
class SecondStepReset(models.Model):
    """An account's lost authenticator app and codes, done away with by two administrators together.

    One asks, having made sure who is calling; another confirms within a day.
    """

    account = models.ForeignKey(User, models.PROTECT, related_name="second_step_resets")
    reason = models.CharField(
        max_length=300, help_text="How you made sure that this is the person, and what happened."
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = SecondStepResets.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="second_step_reset_by_two",
                condition=~Q(asked_by=F("account"))
                & (
                    Q(confirmed_by=None)
                    | ~Q(confirmed_by=F("asked_by")) & ~Q(confirmed_by=F("account"))
                ),
                violation_error_message=(
                    "One administrator asks and another confirms;"
                    " neither can be the account itself."
                ),
            ),
            models.CheckConstraint(
                name="second_step_reset_confirmed_and_when",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message="Say both who confirmed it and when, or neither.",
            ),
        ]

    def __str__(self) -> str:
        return f"Second step of {self.account}"


@keeps_history
class AccessReview(models.Model):
    """A manager's or administrator's word that who has access to a place is right, each quarter."""

    place = models.ForeignKey(Team, models.PROTECT, related_name="access_reviews")
    quarter_from = models.DateField("quarter from")
    listed = ArrayField(
        models.CharField(max_length=400),
        blank=True,
        default=list,
        help_text="The accounts with their roles, as they were listed when this was confirmed.",
    )
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="access_reviews")
    confirmed_at = models.DateTimeField(db_default=Now())

    objects = Guarded.as_manager()

    class Meta:
        ordering = ["-quarter_from", "place_id"]
        constraints = [
            models.UniqueConstraint(
                name="access_review_once",
                fields=["place", "quarter_from"],
                violation_error_message=(
                    "Access to this place is confirmed for this quarter already."
                ),
            ),
            models.CheckConstraint(
                name="access_review_of_a_quarter",
                condition=Q(quarter_from__day=1, quarter_from__month__in=(1, 4, 7, 10)),
                violation_error_message=(
                    "A quarter starts on the first of January, April, July or October."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}, quarter from {self.quarter_from:%-d %B %Y}"
