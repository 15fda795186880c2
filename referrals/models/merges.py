"""Merges of two records of one child: proposed, done, refused or undone."""

from collections.abc import Iterable

from django.contrib.postgres.indexes import GinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from config import facts
from config.history import keeps_history
from workforce.models import User

from ..access import OfChild, Roles
from ..choices import MergeState
from .children import Child


class Merges(OfChild):
    """Merges, shown to those who see the child; while there are two records, to who sees both."""

    child = "survivor"

    def seen_as(self, user, roles: Roles) -> "Merges":
        seen = Child.objects.all().seen_as(user, roles).values("pk")
        gone = Q(duplicate__merged_into__isnull=False)
        return super().seen_as(user, roles).filter(gone | Q(duplicate__in=seen))

    def children_of(self, keys: Iterable[int]) -> set[int]:
        """Both records of each merge."""
        pairs = self.model.objects.filter(pk__in=set(keys)).values_list("survivor", "duplicate")
        return {child for pair in pairs for child in pair}

    def kept_for(self, model: type[models.Model], key: int) -> int | None:
        """The record that was kept where a merge found two of a kind, and took this one away."""
        removed = {"kind": model._meta.label_lower, "key": key}
        merge = self.filter(state=MergeState.DONE, changes__contains=[removed]).last()
        told = merge.changes if merge else []
        return next((each.get("kept") for each in told if removed.items() <= each.items()), None)


@keeps_history
class ChildMerge(models.Model):
    """Two records of one child, one of which stays; somebody proposed it, and a manager decided.

    ``changes`` has what was changed to make one of the two, in its order: enough to undo it.
    """

    survivor = models.ForeignKey(Child, models.PROTECT, related_name="merges", verbose_name="stays")
    duplicate = models.ForeignKey(
        Child, models.PROTECT, related_name="merged", verbose_name="is merged into it"
    )
    state = models.CharField(max_length=8, choices=MergeState.choices, default=MergeState.PROPOSED)
    note = models.CharField("why it is one child", max_length=500)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField("why it was refused or undone", max_length=500, blank=True)
    changes = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)

    objects = Merges.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        verbose_name = "merge of two children"
        verbose_name_plural = "merges of two children"
        indexes = [GinIndex(fields=["changes"], name="merge_changes", opclasses=["jsonb_path_ops"])]
        constraints = [
            facts.one_of("merge_state_known", "state", MergeState),
            models.CheckConstraint(
                name="merge_of_two",
                condition=~Q(survivor=F("duplicate")),
                violation_error_message="Choose another record of the child.",
            ),
            models.CheckConstraint(
                name="merge_says_why",
                condition=~Q(note=""),
                violation_error_message="Say why the two records are of one child.",
            ),
            models.CheckConstraint(
                name="merge_decided_by_somebody",
                condition=Q(state=MergeState.PROPOSED, decided_by=None, decided_at=None)
                | (
                    ~Q(state=MergeState.PROPOSED)
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                violation_error_message="Say who decided on the merge, and when.",
            ),
            models.CheckConstraint(
                name="merge_undone_by_somebody",
                condition=Q(state=MergeState.UNDONE, undone_by__isnull=False)
                & Q(undone_at__isnull=False)
                | (~Q(state=MergeState.UNDONE) & Q(undone_by=None, undone_at=None)),
                violation_error_message="Say who undid the merge, and when.",
            ),
            models.CheckConstraint(
                name="merge_says_why_not",
                condition=(~Q(state__in=[MergeState.REFUSED, MergeState.UNDONE]) & Q(answer=""))
                | (Q(state__in=[MergeState.REFUSED, MergeState.UNDONE]) & ~Q(answer="")),
                violation_error_message="Say why the merge is refused or undone.",
            ),
            models.UniqueConstraint(
                name="merge_proposed_once",
                fields=["survivor", "duplicate"],
                condition=Q(state=MergeState.PROPOSED),
                violation_error_message="It is proposed already to merge these two records.",
            ),
            models.UniqueConstraint(
                name="merge_in_force_once",
                fields=["duplicate"],
                condition=Q(state=MergeState.DONE),
                violation_error_message="This record was merged into another already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Merge {self.pk}: {self.get_state_display().lower()}"
