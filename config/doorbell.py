"""The doorbell: after a commit, one message says that a family of indicators has work waiting.

The work itself stands in the outbox, in the same database as the records. When the broker cannot
be reached the save stands, and the sweeper finds the outbox row within seconds.
"""

import logging
from dataclasses import dataclass

from django.db import transaction
from kombu.exceptions import OperationalError

from config.celery import app

TASK = "indicators.tasks.recalculate"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """One message, sent when it is called; equal to any other of the same family and authority."""

    family: str
    authority_id: int

    def __call__(self) -> None:
        try:
            app.send_task(TASK, args=[self.family, self.authority_id])
        except OperationalError as error:
            logger.warning(
                "%s is left to the sweeper: the broker cannot be reached: %s", self, error
            )


def ring(family: str, authority_id: int) -> None:
    """Ask for a family's figures of one authority, once this transaction is committed.

    However often a transaction rings for the same figures, one message is sent.
    """
    message = Message(family, authority_id)
    waiting = transaction.get_connection().run_on_commit
    if not any(callback == message for _, callback, _ in waiting):
        transaction.on_commit(message, robust=True)
