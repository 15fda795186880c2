"""What was sent on a form, so that sending it again does nothing more."""

import datetime

from django.db import models
from django.db.models.functions import Now

from .accounts import User

KEPT_FOR = datetime.timedelta(days=7)


class Submission(models.Model):
    """A form that was sent, with the answer it got: whoever sends it again gets the same answer.

    The form carries the key from the moment it is shown. It is stored in the transaction that
    stores the record, and deleted after seven days; it is no record itself.
    """

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(db_default=Now())
    said = models.TextField(blank=True)
    leads_to = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"Sent by {self.user} at {self.sent_at}"
