"""The doorbell: after a commit, one message says that changes wait to be taken into the figures.

What waits stands in the outbox, in the same database as the records. When the broker cannot be
reached the save stands, and the sweeper finds the outbox row within seconds.
"""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from config.celery import app

TASK = "indicators.tasks.sweep"
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}

logger = logging.getLogger(__name__)


def ring() -> None:
    """Ask for the figures to be brought up to date, once this transaction is committed.

    However often a transaction rings, one message is sent.
    """
    waiting = transaction.get_connection().run_on_commit
    if not any(callback is _send for _, callback, _ in waiting):
        transaction.on_commit(_send, robust=True)


def _send() -> None:
    try:
        app.send_task(TASK)
    except OperationalError as error:
        logger.warning("Left to the sweeper: the broker cannot be reached: %s", error)


def ring_after_changes(get_response):
    """The middleware that rings after every request that may have changed something."""

    def answer(request):
        response = get_response(request)
        if request.method not in SAFE:
            ring()
        return response

    return answer
