"""The view log: who looked at which child, when and how."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from config import facts
from config.permanence import AppendOnly

from ..choices import How
from .children import Child


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
