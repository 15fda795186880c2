"""The tree of places: authority › service › team."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from config import facts
from config.crossing import Across
from config.history import keeps_history
from config.settling import Settled

from ..access import Guarded
from ..choices import AccountRole, TeamKind


class Places(Guarded):
    """Places of the tree, shown to whoever has a role in their authority."""

    def seen_as(self, user, roles: Iterable[AccountRole]) -> "Places":
        """All places of the account's authorities."""
        found = super().seen_as(user, roles)
        if found.query.is_empty():
            return found
        authorities = sorted(user.reach.authorities(*roles))
        return found.filter(Q(pk__in=authorities) | Q(authority__in=authorities))


@keeps_history
class Team(models.Model):
    """A place in the tree authority › service › team. The authority is the tree's root."""

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=TeamKind.choices, default=TeamKind.TEAM)
    code = models.CharField(
        max_length=20, blank=True, help_text="For an authority, its three-digit DfE number."
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    authority = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="teams",
        limit_choices_to={"kind": TeamKind.AUTHORITY},
        help_text="The root of the tree; empty for the authority itself.",
    )

    objects = Places.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            facts.one_of("team_kind_known", "kind", TeamKind),
            models.CheckConstraint(
                name="team_root_is_authority",
                condition=Q(kind=TeamKind.AUTHORITY, parent=None, authority=None)
                | (~Q(kind=TeamKind.AUTHORITY) & Q(parent__isnull=False, authority__isnull=False)),
                violation_error_message=(
                    "An authority stands alone; a service or a team has a parent and an authority."
                ),
            ),
            models.CheckConstraint(
                name="team_not_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message="A team cannot be its own parent.",
            ),
            models.UniqueConstraint(
                name="team_code_once",
                fields=["code"],
                condition=Q(kind=TeamKind.AUTHORITY) & ~Q(code=""),
                violation_error_message="Another authority has this number.",
            ),
            Across(
                name="team_below_parent",
                holds=(
                    "parent.kind = 'authority' OR (here.kind = 'team' AND parent.kind = 'service')"
                ),
                violation_error_message=(
                    "A service belongs to an authority, and a team to a service or an authority."
                ),
            ),
            Across(
                name="team_in_authority_of_parent",
                holds="here.authority_id = COALESCE(parent.authority_id, parent.id)",
                violation_error_message="Choose the authority that the parent belongs to.",
            ),
            Settled(
                name="team_authority_settled",
                field="authority",
                violation_error_message=(
                    "A service or team stays in its authority. Enter it anew in the other one."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def root_id(self) -> int:
        """The key of the authority that this place belongs to."""
        return self.authority_id or self.pk


def is_authority(name: str) -> Across:
    """The place in the tree that a record belongs to is an authority, the tree's root."""
    return Across(
        name=name,
        holds="authority.kind = 'authority'",
        violation_error_message="Choose an authority, not one of its services or teams.",
    )
