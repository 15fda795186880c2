"""Taking in returns: untrusted files in, records out, and nothing lost without a word.

``reading`` turns a file into rows, ``rows`` says what may be asked of one, ``storing`` brings
records up to date with them, ``report`` remembers what became of each, and ``running`` drives one
file through the apps. None of them knows a record: what a return's blocks mean stands in each
app's own ``imports`` module, as ``PARTS`` and ``NOT_KEPT``.
"""

from .reading import CannotRead
from .rows import Refuse, Row
from .running import Batch, Part
from .storing import Merge, flag_overlaps

__all__ = ["Batch", "CannotRead", "Merge", "Part", "Refuse", "Row", "flag_overlaps"]
