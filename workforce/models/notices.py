"""Notices: what accounts are told by the service itself."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config.history import keeps_history

from ..access import Guarded
from .accounts import User


class Notices(Guarded):
    """Notices, each of which is for one account only."""

    def visible_to(self, user) -> "Notices":
        """The account's own; nobody reads another's."""
        return self.filter(to=user) if user.is_active else self.none()

    def unread(self) -> "Notices":
        """Those that have not been marked as read."""
        return self.filter(read_at=None)

    def to_be_mailed(self) -> "Notices":
        """Those whose e-mail is not sent yet, to accounts in use that have an address."""
        return self.filter(mailed_at=None, to__is_active=True).exclude(to__email="")


@keeps_history
class Notice(models.Model):
    """Something that an account is told, on its page of notices and by e-mail.

    The text holds references, never a name, a date of birth or an address: it leaves the service.
    """

    to = models.ForeignKey(User, models.CASCADE, related_name="notices")
    text = models.CharField(max_length=300)
    url = models.CharField(
        "page", max_length=300, help_text="The page of this service that the notice is about."
    )
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = Notices.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["to", "-created_at"], name="notice_of_account"),
            models.Index(fields=["to"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["id"], name="notice_not_mailed", condition=Q(mailed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="notice_says_something",
                condition=~Q(text=""),
                violation_error_message="A notice says something.",
            ),
            models.CheckConstraint(
                name="notice_leads_within_the_service",
                condition=Q(url__regex="^/([^/]|$)"),
                violation_error_message="A notice leads to a page of this service.",
            ),
        ]

    def __str__(self) -> str:
        return self.text
