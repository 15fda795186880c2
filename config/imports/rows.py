"""One row of a return: an XML block or a line of an extract, and what may be asked of it.

A blank, or an element that is not there, is empty: ``""`` or None. What cannot be read refuses the
row where the row would be false without it, and is otherwise left out with a warning.
"""

import datetime
import re
from collections.abc import Container, Iterator, Mapping
from decimal import Decimal
from typing import NoReturn

from config.facts import EARLIEST, LATEST
from config.workdays import london_day

DAY = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?P<time>[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?)?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)
BRITISH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})( [0-9]{2}:[0-9]{2}(:[0-9]{2})?)?")
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
FLAGS = {"1": True, "true": True, "y": True, "yes": True}
FLAGS |= {"0": False, "false": False, "n": False, "no": False}
EMPTY = {"", "PLACEHOLDER_DATA"}


class Refuse(Exception):
    """A row that cannot be stored, or would be false."""

    def __init__(self, reason: str, field: str = "", value: str = "", rule: str = "") -> None:
        super().__init__(reason)
        self.issue = {"reason": reason, "field": field, "value": value, "rule": rule}


def to_day(value: str) -> datetime.date | None:
    """The date that a value of a return writes, or None where it writes none.

    ``2024-01-31``, with or without a time and a zone, or ``31/01/2024``.
    """
    try:
        if british := BRITISH_DAY.fullmatch(value):
            day, month, year = map(int, british.group(1, 2, 3))
            found = datetime.date(year, month, day)
        elif iso := DAY.fullmatch(value):
            found = datetime.date.fromisoformat(iso["day"])
            if iso["time"] and iso["zone"]:
                found = london_day(datetime.datetime.fromisoformat(value))
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return found if EARLIEST <= found < LATEST else None


class Row:
    """A block of a return with its place in the file; ``record`` is what it has become.

    ``kind`` is the kind of record that the block tells of. Blocks without one, such as a child's
    characteristics, tell of the record that the block around them tells of.
    """

    __slots__ = (
        "asked", "blocks", "identifier", "kind", "parent", "place", "record", "refused",
        "repeated", "source", "tag", "value", "warned",
    )  # fmt: skip

    def __init__(self, tag: str, place: str, value: str = "", parent: "Row | None" = None) -> None:
        self.tag, self.place, self.value, self.parent = tag, place, value, parent
        self.source = parent.source if parent else None
        self.blocks: list[Row] = []
        self.asked: set[str] = set()
        self.kind = self.identifier = ""
        self.record = None
        self.refused = self.repeated = self.warned = False

    @property
    def root(self) -> "Row":
        """The outermost block: the child, the person, the worker, or the line of an extract."""
        return self.parent.root if self.parent else self

    @property
    def owner(self) -> "Row":
        """The block whose record this one tells of."""
        return self if self.kind or self.parent is None else self.parent.owner

    def everything(self) -> Iterator["Row"]:
        """The row and all blocks inside it."""
        yield self
        for block in self.blocks:
            yield from block.everything()

    # What there is

    def parts(self, tag: str) -> list["Row"]:
        """All blocks of that name directly inside this one."""
        self.asked.add(tag)
        self.source.asked.add((self.tag, tag))
        return [block for block in self.blocks if block.tag == tag]

    def part(self, tag: str) -> "Row":
        """The one block of that name; an empty one where there is none."""
        return next(iter(self.parts(tag)), None) or Row(tag, self.place, parent=self)

    def texts(self, tag: str) -> list[str]:
        """The values of a repeated element."""
        return [block.value for block in self.parts(tag) if block.value not in EMPTY]

    # What it says

    def text(self, tag: str, *, most: int | None = None) -> str:
        """A value as it stands; one longer than can be stored is left out with a warning."""
        values = self.texts(tag)
        if len(values) > 1:
            self.warn("It is given more than once; the first is taken.", tag, ", ".join(values))
        value = values[0] if values else ""
        if most and len(value) > most:
            self.warn(f"It is longer than {most} characters: left out.", tag, value)
            return ""
        return value

    def needed(self, tag: str, *, most: int, rule: str = "") -> str:
        """A value without which the row cannot be told from others."""
        value = self.text(tag)
        if not value:
            self.refuse(f"There is no {tag}.", tag, rule=rule)
        if len(value) > most:
            self.refuse(f"It is longer than {most} characters.", tag, value)
        return value

    def day(self, tag: str) -> datetime.date | None:
        """A date; one that cannot be read refuses the row."""
        value = self.text(tag)
        if not value:
            return None
        return to_day(value) or self.refuse("This is not a date.", tag, value)

    def known_day(self, tag: str, *, rule: str = "", future: bool = False) -> datetime.date | None:
        """A date that the row can do without: unreadable or too late, it is left out."""
        value = self.text(tag)
        day = to_day(value)
        if value and day is None:
            self.warn("This is not a date: left out.", tag, value)
        elif day and day > self.source.reference_date and not future:
            self.warn(f"This is after {self.source.until}: left out.", tag, value, rule)
            return None
        return day

    def began(self, tag: str, *, rule: str = "") -> datetime.date:
        """The date that the row begins with: there, readable, and not after the return's day."""
        day = self.day(tag)
        if day is None:
            self.refuse(f"There is no {tag}.", tag, rule=rule)
        if day > self.source.reference_date:
            self.refuse(f"This is after {self.source.until}.", tag, str(day), rule)
        return day

    def ended(
        self,
        tag: str,
        since: datetime.date,
        *,
        same_day: bool = True,
        early: str = "",
        same: str = "",
        late: str = "",
    ) -> datetime.date | None:
        """The date that the row ends with. After the return's day it is left out: still open then.

        ``early``, ``same`` and ``late`` are the rules broken by an end before the beginning, on
        the same day, and after the return's day.
        """
        day = self.day(tag)
        if day is None:
            return None
        if day < since:
            self.refuse(f"This is before {since}, when it began.", tag, str(day), early)
        if day == since and not same_day:
            self.refuse("It ends on the day it began.", tag, str(day), same)
        if day > self.source.reference_date:
            self.warn(
                f"This is after {self.source.until}: left out, as it was open on that day.",
                tag, str(day), late,
            )  # fmt: skip
            return None
        return day

    def code(
        self,
        tag: str,
        codes: Container[str],
        *,
        also: Mapping[str, str] | None = None,
        rule: str = "",
        missing: str = "",
    ) -> str:
        """A code of a list; one outside it is left out with a warning.

        ``also`` maps other spellings, in lower case, to codes. ``rule`` is broken by a code outside
        the list, ``missing`` by there being none.
        """
        value = self.text(tag)
        if not value:
            if missing:
                self.warn(f"There is no {tag}.", tag, rule=missing)
            return ""
        for code in (value, value.upper(), (also or {}).get(value.casefold(), "")):
            if code and code in codes:
                return code
        self.warn("This is not in the list of codes: left out.", tag, value, rule)
        return ""

    def flag(self, tag: str) -> bool | None:
        """Yes or no, however it is written; anything else refuses the row."""
        value = self.text(tag)
        if value and value.casefold() not in FLAGS:
            self.refuse("This is neither yes nor no.", tag, value)
        return FLAGS.get(value.casefold())

    def number(self, tag: str, *, least: int = 0, most: int) -> Decimal | None:
        """A number within its range; any other is left out with a warning."""
        value = self.text(tag)
        if value and (not NUMBER.fullmatch(value) or not least <= Decimal(value) <= most):
            self.warn(f"This is not a number between {least} and {most}: left out.", tag, value)
            return None
        return Decimal(value) if value else None

    # What is said about it

    def refuse(self, reason: str, field: str = "", value: str = "", rule: str = "") -> NoReturn:
        """Refuse the row that this block is part of."""
        raise Refuse(reason, field, value, rule)

    def warn(self, reason: str, field: str = "", value: str = "", rule: str = "") -> None:
        """Take the row in, and say what is odd about it."""
        owner = self.owner
        self._note(False, reason=reason, field=field, value=value, rule=rule)
        if not owner.warned:
            owner.warned = True
            self.source.report.count(owner.kind or owner.tag, "warned")

    def refused_for(self, refusal: Refuse) -> None:
        """Write down that the row was refused, and why."""
        self.refused = True
        self._note(True, **refusal.issue)
        self.source.report.count(self.kind or self.tag, "refused")

    def _note(self, refused: bool, **issue: str) -> None:
        self.source.report.note(
            refused=refused,
            kind=self.owner.kind or self.owner.tag,
            place=self.place,
            identifier=self.root.identifier,
            **issue,
        )
