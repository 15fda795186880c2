"""What an account may do, for which place and when; and whom it stands in for."""

import datetime

from django.db import models
from django.db.models import Q

from config import facts
from config.history import keeps_history
from config.workdays import ONE_DAY

from ..access import Dated
from ..choices import AccountRole
from .accounts import User
from .people import Worker
from .places import Team


@keeps_history
class Appointment(models.Model):
    """A role that an account holds for a place in the tree and all below it, between two days."""

    may_lie_ahead = ("since", "until")

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=20, choices=AccountRole.choices)
    place = models.ForeignKey(Team, models.PROTECT, related_name="appointments")
    since = models.DateField("from")
    until = models.DateField(
        null=True, blank=True, help_text="The first day on which the role is no longer held."
    )

    objects = Dated.at("place", AccountRole.ADMINISTRATOR, whole_authority=True)

    class Meta:
        ordering = ["user", "role", "since"]
        constraints = [
            facts.plausible("appointment_dates_plausible", "since", "until"),
            facts.in_order(
                "appointment_until_after_since",
                "since",
                "until",
                "The role cannot end before it is first held.",
                same_day=True,
            ),
            facts.one_of("appointment_role_known", "role", AccountRole),
            models.UniqueConstraint(
                name="appointment_once",
                fields=["user", "role", "place"],
                condition=Q(until=None),
                violation_error_message="This account holds this role for this place already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.place}"


@keeps_history
class Cover(models.Model):
    """An account that stands in for a worker who is absent, for those days only.

    It sees the children that the worker works with, as far as its own roles see children at all.
    """

    may_lie_ahead = ("since", "until")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="covers")
    by = models.ForeignKey(
        User, models.CASCADE, related_name="covers", verbose_name="account that stands in"
    )
    since = models.DateField("from")
    until = models.DateField(help_text="The first day on which nobody need stand in any more.")

    objects = Dated.at(
        "worker__authority",
        AccountRole.TEAM_MANAGER,
        AccountRole.SERVICE_MANAGER,
        AccountRole.ADMINISTRATOR,
        whole_authority=True,
    )

    class Meta:
        ordering = ["-since"]
        constraints = [
            facts.plausible("cover_dates_plausible", "since", "until"),
            facts.in_order(
                "cover_until_after_since",
                "since",
                "until",
                "The cover cannot end before the day it begins.",
                same_day=True,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} for {self.worker}, from {self.since}"

    @property
    def last_day(self) -> datetime.date:
        """The last day on which the account stands in."""
        return self.until - ONE_DAY
