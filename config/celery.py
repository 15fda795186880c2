"""The Celery app; its settings are Django's, with the prefix CELERY_."""

import os
import signal
import time
from logging import Logger
from typing import Any

from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import (
    after_setup_logger,
    after_setup_task_logger,
    worker_process_init,
    worker_ready,
)
from celery.utils.log import get_logger

from config.logs import Discreet
from config.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

HEARTBEAT_SECONDS = 10

app = Celery("reckoner")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

logger = get_logger(__name__)


def write_heartbeat(name: str) -> None:
    """Write to the database that the process of this name is alive."""
    from django.apps import apps
    from django.db import DatabaseError
    from django.utils import timezone

    try:
        apps.get_model("indicators", "Heartbeat").objects.update_or_create(
            name=name, defaults={"at": timezone.now()}
        )
    except DatabaseError as error:
        logger.warning("The heartbeat of %s cannot be written: %s", name, error)


class Scheduler(PersistentScheduler):
    """Beat's scheduler, which also writes to the database that it is alive."""

    _beaten_at = float("-inf")

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Send what is due, and say so; return the seconds until the next look."""
        from django.db import close_old_connections

        if time.monotonic() - self._beaten_at >= HEARTBEAT_SECONDS:
            self._beaten_at = time.monotonic()
            close_old_connections()
            write_heartbeat("beat")
        return min(super().tick(*args, **kwargs), HEARTBEAT_SECONDS)


@worker_ready.connect
def say_ready(**_: Any) -> None:
    """The worker's first heartbeat; the others are tasks, which prove that the queue moves."""
    write_heartbeat("worker")


@after_setup_logger.connect
@after_setup_task_logger.connect
def quote_nothing(logger: Logger, **_: Any) -> None:
    """Worker and beat have logs of their own, which quote no record either."""
    for handler in logger.handlers:
        handler.setFormatter(Discreet(app.conf.worker_log_format))


@worker_process_init.connect
def leave_no_orphan(**_: Any) -> None:
    """A worker's processes end with it; the task that one of them had is delivered again."""
    die_with_parent(signal.SIGKILL)
