"""The doorbell: after a commit, one message says that changes wait to be taken into the figures.

What waits stands in the outbox, in the same database as the records. When the broker cannot be
reached the save stands, and the sweeper finds the outbox row within seconds.
"""

import logging
from collections.abc import Callable
from functools import cache

from django.db import transaction
from kombu.exceptions import OperationalError

from config.celery import app

TASK = "indicators.tasks.sweep"
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}

logger = logging.getLogger(__name__)


def ring(task: str = TASK) -> None:
    """Ask for the figures to be brought up to date, once this transaction is committed.

    However often a transaction rings for a task, one message is sent. A task other than the
    figures' has a table of its own for what waits, and beat sweeps that one too.
    """
    send, waiting = _sender(task), transaction.get_connection().run_on_commit
    if not any(callback is send for _, callback, _ in waiting):
        transaction.on_commit(send, robust=True)


@cache
def _sender(task: str) -> Callable[[], None]:
    """The one function that sends a task's message, by which its rings know one another."""

    def send() -> None:
        try:
            app.send_task(task)
        except OperationalError as error:
            logger.warning("Left to the sweeper: the broker cannot be reached: %s", error)

    return send


def ring_after_changes(get_response):
    """The middleware that rings after every request that may have changed something."""

    def answer(request):
        response = get_response(request)
        if request.method not in SAFE:
            ring()
        return response

    return answer
