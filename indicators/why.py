"""Why a figure is what it is: the cases behind it, told apart by reason, team and the rest."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workforce.models import Team, Worker

from .base import Flow, Indicator
from .caselist import CaseRow
from .listing import pseudonym
from .periods import Period
from .reasons import words_for

NOT_RECORDED = "none"  # how an address names cases of which it is not recorded


@dataclass(frozen=True)
class Dimension:
    """What cases are told apart by: its name in addresses, its title, the words for its codes."""

    name: str
    title: str
    words: Mapping[str, str]
    of: Callable[[CaseRow], str]

    def code(self, row: CaseRow) -> str:
        """The code of a case, as an address names it."""
        return self.of(row) or NOT_RECORDED

    def called(self, code: str) -> str:
        """A code in words."""
        return self.words.get(code, "Not recorded" if code == NOT_RECORDED else code)

    def choices(self, rows: Iterable[CaseRow]) -> list[tuple[str, str]]:
        """The codes that cases have, each with its words, in the order of these."""
        found = {self.code(row) for row in rows}
        return sorted(((code, self.called(code)) for code in found), key=lambda pair: pair[1])


def dimensions(
    indicator: Indicator,
    period: Period,
    rows: Sequence[CaseRow],
    *,
    user,
    teams: Mapping[int, Team],
) -> list[Dimension]:
    """What the cases behind a figure are told apart by; the reason first.

    Workers whom the account may not know of bear pseudonyms.
    """
    found = [
        Dimension("reason", "Reason", words_for(indicator), lambda row: row.reason_code),
        Dimension(
            "held_by",
            "Team",
            {str(key): team.name for key, team in teams.items()},
            lambda row: str(row.team_id),
        ),
    ]
    sets = {question.case_set for question in indicator.questions()}
    for each in {each.name: each for cases in sets for each in cases.breakdowns}.values():
        words = _workers(rows, user) if each.name == "worker" else dict(each.words)
        found.append(Dimension(each.name, each.title, words, _by(each.name)))
    if all(isinstance(cases, Flow) for cases in sets) and period.start.month != period.end.month:
        months = {f"{row.on_day:%Y-%m}": f"{row.on_day:%B %Y}" for row in rows}
        found.append(Dimension("month", "Month", months, lambda row: f"{row.on_day:%Y-%m}"))
    return found


def _by(name: str) -> Callable[[CaseRow], str]:
    return lambda row: row.by.get(name, "")


def _workers(rows: Iterable[CaseRow], user) -> dict[str, str]:
    """The workers of cases: by their names where the account may know them."""
    keys = {int(row.by["worker"]) for row in rows if row.by.get("worker")}
    known = Worker.objects.visible_to(user).in_bulk(keys)
    return {
        str(key): str(known[key]) if key in known else f"Worker {pseudonym(Worker, key)}"
        for key in keys
    }


@dataclass(frozen=True)
class Share:
    """The cases that have one code: those against the figure, those that are known, and all."""

    code: str
    words: str
    adverse: int
    known: int
    all: int
    so_far: float

    @property
    def rate(self) -> float | None:
        """How many of those that are known count against it, in per cent, as in the figure."""
        return 100 * self.adverse / self.known if self.known else None


def shares(rows: Sequence[CaseRow], by: Dimension) -> list[Share]:
    """The cases by one dimension, those with the most that count against the figure first.

    Months stay in the order of time. ``so_far`` is the running share of all that count against it.
    """
    counted = Counter(by.code(row) for row in rows)
    adverse = Counter(by.code(row) for row in rows if row.is_adverse)
    known = Counter(by.code(row) for row in rows if row.counts is not None)
    if by.name == "month":
        order = sorted(counted)
    else:
        order = sorted(counted, key=lambda code: (-adverse[code], -counted[code], by.called(code)))
    total, running, found = sum(adverse.values()), 0, []
    for code in order:
        running += adverse[code]
        so_far = 100 * running / total if total else 0.0
        found.append(
            Share(code, by.called(code), adverse[code], known[code], counted[code], so_far)
        )
    return found
