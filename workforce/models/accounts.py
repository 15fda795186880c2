"""Accounts: who may sign in."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone

from config.history import keeps_history

from ..access import Reach, reach_of
from .people import Worker
from .places import Team


@keeps_history(leave_out=["password", "last_login"])
class User(AbstractUser):
    """An account: someone who may sign in. An auditor has one and is not a worker."""

    worker = models.OneToOneField(
        Worker, models.SET_NULL, null=True, blank=True, related_name="account"
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        help_text="The place in the tree this account opens at.",
    )
    directory_id = models.CharField(
        "directory’s identifier",
        max_length=200,
        null=True,
        blank=True,
        unique=True,
        help_text=(
            "What the council’s directory calls someone for good: in Entra ID, their object ID."
        ),
    )
    demonstration = models.BooleanField(
        default=False,
        editable=False,
        help_text=(
            "A made-up account whose password is printed: it needs no second step to sign in."
        ),
    )

    @cached_property
    def reach(self) -> Reach:
        """What the account may do now; each request has the account, and so its rights, anew."""
        return reach_of(self, timezone.now())
