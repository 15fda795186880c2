"""Accounts: who may sign in."""

from collections.abc import Iterable
from functools import cached_property

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from config.history import keeps_history

from ..access import EVERYONE, Reach, reach_of
from ..choices import AccountRole
from .people import Worker
from .places import Team


class Accounts(models.QuerySet):
    """Accounts, shown to the colleagues of their authority."""

    def visible_to(self, user) -> "Accounts":
        """Accounts with a place in the account's authorities; new ones, to administrators."""
        return self.seen_as(user, EVERYONE)

    def seen_as(self, user, roles: Iterable[AccountRole]) -> "Accounts":
        """The accounts that the account may see, where some of its roles alone are asked."""
        reach = user.reach
        authorities = sorted(reach.authorities(*roles))
        within = Team.objects.filter(Q(pk__in=authorities) | Q(authority__in=authorities))
        appointed = User._base_manager.filter(appointments__place__in=within)
        shown = Q(team__in=within) | Q(pk__in=appointed.values("pk"))
        if AccountRole.ADMINISTRATOR in roles and reach.holds(AccountRole.ADMINISTRATOR):
            placed = User._base_manager.exclude(appointments=None)
            shown |= Q(team=None) & ~Q(pk__in=placed.values("pk"))
        return self.filter(shown)


class AccountManager(UserManager.from_queryset(Accounts)):
    """Makes accounts, and finds those that an account may know of."""

    use_in_migrations = False


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

    objects = AccountManager()

    @cached_property
    def reach(self) -> Reach:
        """What the account may do now; each request has the account, and so its rights, anew."""
        return reach_of(self, timezone.now())
