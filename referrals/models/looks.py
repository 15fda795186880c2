"""The view log: who looked at which child, when and how."""

from collections.abc import Collection, Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config import facts
from config.history import events_of
from config.permanence import AppendOnly
from workforce.choices import AccountRole

from ..access import OfChild, Roles
from ..choices import How
from .children import Child


class Looks(OfChild):
    """Looks, shown beside a child's records to the managers of that child alone.

    Those at a record that was merged into the child's are shown to them as well.
    """

    roles = (AccountRole.TEAM_MANAGER, AccountRole.SERVICE_MANAGER)
    child = "child"

    def seen_as(self, user, roles: Roles) -> "Looks":
        children = Child.objects.all().seen_as(user, roles).values("pk")
        merged = Child.objects.filter(merged_into__in=children).values("pk")
        return super().seen_as(user, roles) | self.filter(child__in=merged)


class Look(models.Model):
    """One look at one child's record by one account. It is written before the page is shown.

    It is a history itself, and so keeps none. Looks outlive the child's record: the key may lead to
    a child whose record is gone, which is why nothing here is joined to it.
    """

    at = models.DateTimeField(db_default=Now())
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks", db_index=False
    )
    child = models.ForeignKey(
        Child, models.DO_NOTHING, related_name="looks", db_constraint=False, db_index=False
    )
    how = models.CharField(max_length=10, choices=How.choices)
    page = models.CharField(max_length=200, blank=True)

    objects = Looks.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["child", "at", "id"], name="look_who_at_child"),
            models.Index(fields=["user", "at", "id"], name="look_what_by_user"),
        ]
        constraints = [
            facts.one_of("look_how_known", "how", How),
            AppendOnly(
                name="look_append_only",
                violation_error_message="What is in the view log stays there as it is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} of child {self.child_id} by {self.user_id}"


def children_called(reference: str, authorities: Collection[int]) -> set[int]:
    """The children of these authorities that have the case reference, or had it once.

    With each comes what was merged into it, and where it was merged.
    """
    called = Q(reference=reference)
    merged = Q(duplicates__reference=reference) | Q(merged_into__reference=reference)
    known = Child.objects.filter(called | merged, authority__in=authorities)
    before = events_of(Child).objects.filter(reference=reference, authority__in=authorities)
    return {*known.values_list("pk", flat=True), *before.values_list("pgh_obj_id", flat=True)}


def references(children: Iterable[int], authorities: Collection[int]) -> dict[int, str]:
    """The case references of children of these authorities; the last of one that is gone."""
    known = Child.objects.filter(pk__in=children, authority__in=authorities)
    found = dict(known.values_list("pk", "reference"))
    gone = events_of(Child).objects.filter(
        pgh_obj_id__in=set(children) - found.keys(), authority__in=authorities
    )
    return dict(gone.order_by("pgh_id").values_list("pgh_obj_id", "reference")) | found
