"""What happened in one small authority, as plain records for the oracle to read.

Teams, children, workers and plans are known by small whole numbers. Team 0 is the authority.
"""

import datetime
from dataclasses import dataclass, field, fields
from decimal import Decimal

Date = datetime.date
AUTHORITY = 0


@dataclass
class Team:
    key: int
    parent: int | None
    kind: str


@dataclass
class Child:
    key: int
    born_on: Date | None = None
    expected_on: Date | None = None


@dataclass
class Involvement:
    child: int
    part: str
    team: int
    started_on: Date
    ended_on: Date | None = None
    worker: int | None = None


@dataclass
class Referral:
    child: int
    received_on: Date
    team: int | None = None
    no_further_action: bool = False
    decided_on: Date | None = None
    decision_collected: bool = True
    closed_on: Date | None = None
    overlaps: bool = False


@dataclass
class Request:
    key: int
    child: int
    received_on: Date
    team: int | None = None
    withdrawn: bool = False
    withdrawn_on: Date | None = None
    historical: bool = False
    issued_on: Date | None = None
    exceptions: str = ""


@dataclass
class Decision:
    request: int
    stage: str
    agreed: bool
    decided_on: Date
    basis: str = "original"


@dataclass
class TimeLimit:
    """Holds for all authorities of one database."""

    step: str
    days: int
    valid_from: Date


@dataclass
class Plan:
    key: int
    child: int
    started_on: Date
    ended_on: Date | None = None
    team: int | None = None
    earlier_plans: int = 0
    visit_interval: int | None = None
    overlaps: bool = False


@dataclass
class Visit:
    plan: int
    visited_on: Date
    outcome: str = "seen"
    purpose: str = "statutory"
    place: str = "home"
    seen_alone: bool | None = None
    recorded_at: datetime.datetime | None = None


@dataclass
class Standard:
    valid_from: Date
    interval: int = 10
    unit: str = "working"
    first_interval: int | None = None


@dataclass
class Worker:
    key: int
    registered: bool = True


@dataclass
class Employment:
    key: int
    worker: int
    started_on: Date
    contract: str = "employee"
    left_on: Date | None = None
    reason: str = ""


@dataclass
class Assignment:
    employment: int
    team: int
    started_on: Date
    ended_on: Date | None = None
    fte: Decimal = Decimal(1)


@dataclass
class Vacancy:
    team: int
    opened_on: Date
    filled_on: Date | None = None
    fte: Decimal = Decimal(1)


@dataclass
class History:
    """The records of one authority, and the day as at which they are looked at."""

    as_at: Date
    teams: list[Team] = field(default_factory=lambda: [Team(AUTHORITY, None, "authority")])
    children: list[Child] = field(default_factory=list)
    workers: list[Worker] = field(default_factory=list)
    employments: list[Employment] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    vacancies: list[Vacancy] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    time_limits: list[TimeLimit] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)

    def __str__(self) -> str:
        """One table for each kind of record that there is."""
        lines = [f"as at {self.as_at:%a} {self.as_at}"]
        for kind in fields(self):
            rows = getattr(self, kind.name)
            if isinstance(rows, list) and rows:
                lines += ["", kind.name, *_table(rows)]
        return "\n".join(lines)

    def _repr_pretty_(self, printer, cycle) -> None:
        printer.text(str(self))


def _table(rows: list) -> list[str]:
    names = [column.name for column in fields(rows[0])]
    cells = [names, *([_cell(getattr(row, name)) for name in names] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(names))]
    return [
        "  "
        + "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]


def _cell(value) -> str:
    if value is None or value == "":
        return "·"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
