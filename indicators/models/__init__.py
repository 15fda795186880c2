"""Figures as they are stored, and what people set beside them."""

from .. import outbox  # noqa: F401  (declares the triggers that fill the outbox)
from .annotations import Annotation
from .commentary import Commentary
from .comparison import Area, Comparator, ComparedWith, Neighbour, Promise, Target
from .publications import (
    Publication,
    PublishedCase,
    PublishedFigure,
    PublishedFile,
    PublishedIndicator,
)
from .reports import Cost, Highlight, Report
from .stored import Distribution, Heartbeat, Outbox, Run, Shown, Standing, Tally

__all__ = [
    "Annotation",
    "Area",
    "Commentary",
    "Comparator",
    "ComparedWith",
    "Cost",
    "Distribution",
    "Heartbeat",
    "Highlight",
    "Neighbour",
    "Outbox",
    "Promise",
    "Publication",
    "PublishedCase",
    "PublishedFigure",
    "PublishedFile",
    "PublishedIndicator",
    "Report",
    "Run",
    "Shown",
    "Standing",
    "Tally",
    "Target",
]
