"""Figures as they are stored, and what people set beside them."""

from .. import outbox  # noqa: F401  (declares the triggers that fill the outbox)
from .stored import Distribution, Heartbeat, Outbox, Run, Shown, Standing, Tally

__all__ = ["Distribution", "Heartbeat", "Outbox", "Run", "Shown", "Standing", "Tally"]
