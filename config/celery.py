"""The Celery app; its settings are Django's, with the prefix CELERY_."""

import os
import time
from typing import Any

from celery import Celery
from celery.beat import PersistentScheduler
from celery.utils.log import get_logger

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

HEARTBEAT_SECONDS = 10

app = Celery("reckoner")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = get_logger(__name__)


class Scheduler(PersistentScheduler):
    """Beat's scheduler, which also writes to the database that it is alive."""

    _beaten_at = float("-inf")

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due, and say so; return the seconds until the next look."""
        if time.monotonic() - self._beaten_at >= HEARTBEAT_SECONDS:
            self._beaten_at = time.monotonic()
            self._beat()
        return min(super().tick(*args, **kwargs), HEARTBEAT_SECONDS)

    def _beat(self) -> None:
        from django.apps import apps
        from django.db import DatabaseError, close_old_connections
        from django.utils import timezone

        close_old_connections()
        try:
            apps.get_model("indicators", "Heartbeat").objects.update_or_create(
                name="beat", defaults={"at": timezone.now()}
            )
        except DatabaseError as error:
            logger.warning("Beat cannot write its heartbeat: %s", error)
