"""Who may see which records: one word, asked of every queryset that a page shows."""

from django.db import models


class Guarded(models.QuerySet):
    """Records that are shown to people only through ``visible_to``."""

    def visible_to(self, user) -> "Guarded":
        """The records that the account may see: today all of them, for every active account."""
        return self.all() if user.is_active else self.none()
