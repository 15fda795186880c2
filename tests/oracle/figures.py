"""Every indicator by its name, and its figure for a team and a period."""

import datetime
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from . import ehcp, referrals, visits, workforce
from .cases import Case
from .records import History

Date = datetime.date

# Of what lies in a period: how many; the share that counts; the middle or the 90th percentile.
COUNTS = {
    "referrals": referrals.received,
    "ehc_requests": ehcp.received,
    "ehc_plans_issued": ehcp.plans_issued,
}
RATES = {
    "re_referrals": referrals.repeats,
    "referrals_nfa": referrals.without_further_action,
    "referral_decision_1_day": referrals.decided_in_a_day,
    "ehc_20_weeks": ehcp.plans_issued,
    "ehc_20_weeks_excluding_exceptions": ehcp.plans_without_exceptions,
    "ehc_decision_6_weeks": ehcp.decisions_to_assess,
    "ehc_no_plan_16_weeks": ehcp.decisions_not_to_issue,
    "cp_visits_in_time": visits.visits_in_time,
    "cp_seen_alone": visits.seen_alone,
    "cp_recorded_2_days": visits.recorded,
    "cp_second_plans": visits.second_plans,
    "cp_second_plans_24_months": visits.second_plans_in_24_months,
}
CHILDREN = {"re_referred_children": referrals.repeats}
SPREADS = {
    "ehc_weeks_to_issue": (ehcp.plans_issued, Fraction(1, 2)),
    "ehc_weeks_to_issue_p90": (ehcp.plans_issued, Fraction(9, 10)),
    "cp_recording_lag": (visits.recorded, Fraction(1, 2)),
}
# On a day: how many; the share that counts; one sum over another.
STOCK_COUNTS = {
    "ehc_open": ehcp.open_requests,
    "ehc_overdue": ehcp.overdue,
    "ehc_open_up_to_140_days": ehcp.up_to_140_days,
    "ehc_open_141_to_182_days": ehcp.between_141_and_182_days,
    "ehc_open_183_to_364_days": ehcp.between_183_and_364_days,
    "ehc_open_365_days_or_more": ehcp.a_year_or_more,
    "cp_plans": visits.open_plans,
    "cp_unseen_42_days": visits.unseen_for_42_days,
}
STOCK_RATES = {"cp_children_seen": visits.children_seen}
RATIOS = {
    "turnover_12_months": workforce.turnover,
    "turnover_voluntary_12_months": workforce.turnover_voluntary,
    "turnover_headcount_12_months": workforce.turnover_headcount,
    "turnover_average_12_months": workforce.turnover_average,
    "agency_share": workforce.agency_share,
    "agency_share_headcount": workforce.agency_share_headcount,
    "vacancy_rate": workforce.vacancies,
    "caseload": workforce.caseload,
}
INDICATORS = [
    *COUNTS, *RATES, *CHILDREN, *SPREADS, *STOCK_COUNTS, *STOCK_RATES, *RATIOS
]  # fmt: skip


@dataclass(frozen=True)
class Figure:
    numerator: Fraction
    denominator: Fraction
    undecided: Fraction
    value: Fraction | None

    @property
    def shown(self) -> Fraction | None:
        """The value to one decimal, a half rounded up."""
        if self.value is None:
            return None
        return Fraction(math.floor(self.value * 10 + Fraction(1, 2)), 10)


def together(name: str, parts: list[Figure]) -> Figure:
    """The figure of several authorities: children of different ones are different children."""
    upper, lower, undecided = (
        sum(getattr(part, term) for part in parts)
        for term in ("numerator", "denominator", "undecided")
    )
    if name in COUNTS or name in STOCK_COUNTS:
        return Figure(upper, lower, undecided, upper)
    return share(upper, lower, undecided, percent=name != "caseload")


def share(upper: Fraction, lower: Fraction, undecided=0, *, percent: bool = True) -> Figure:
    value = upper / lower * (100 if percent else 1) if lower else None
    return Figure(upper, lower, Fraction(undecided), value)


class Oracle:
    """The figures of one history. What was looked up once is kept, since records do not change."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._found: dict = {}

    def figure(self, name: str, start: Date, end: Date, team: int | None = None) -> Figure:
        """An indicator's figure from one day to another, of a team with those below it, or all."""
        teams = {place.key for place in self.history.teams} if team is None else self.below(team)
        if name in RATIOS:
            day = min(end, self.history.as_at)
            upper, lower = self._look_up(RATIOS[name], day)
            return share(
                self._sum(upper, teams), self._sum(lower, teams), percent=name != "caseload"
            )
        if name in STOCK_COUNTS or name in STOCK_RATES:
            day = min(end, self.history.as_at)
            find = STOCK_COUNTS.get(name) or STOCK_RATES[name]
            cases = [case for case in self._look_up(find, day) if case.team in teams]
            return self._count(cases) if name in STOCK_COUNTS else self._rate(cases)
        if name in SPREADS:
            find, part = SPREADS[name]
            return self._spread(self._within(find, start, end, teams), part)
        if name in CHILDREN:
            cases = self._within(CHILDREN[name], start, end, teams)
            again = {case.child for case in cases if case.counts}
            return share(Fraction(len(again)), Fraction(len({case.child for case in cases})))
        if name in COUNTS:
            return self._count(self._within(COUNTS[name], start, end, teams))
        return self._rate(self._within(RATES[name], start, end, teams))

    def below(self, team: int) -> set[int]:
        """A team and all that lie below it in the tree."""
        found = {team}
        for place in self.history.teams:
            if place.parent == team:
                found |= self.below(place.key)
        return found

    def _look_up(self, find: Callable, *day: Date):
        key = (find, *day)
        if key not in self._found:
            self._found[key] = find(self.history, *day)
        return self._found[key]

    def _within(self, find: Callable, start: Date, end: Date, teams: set[int]) -> list[Case]:
        """Cases of the period. Nothing is known after the as-at day, save what will fall due."""
        return [
            case
            for case in self._look_up(find)
            if case.team in teams
            and start <= case.on_day <= end
            and (case.on_day <= self.history.as_at or case.counts is None)
        ]

    @staticmethod
    def _sum(cases: list[Case], teams: set[int]) -> Fraction:
        return sum((case.amount for case in cases if case.team in teams), Fraction(0))

    @staticmethod
    def _count(cases: list[Case]) -> Figure:
        number = Fraction(len(cases))
        return Figure(number, number, Fraction(0), number)

    @staticmethod
    def _rate(cases: list[Case]) -> Figure:
        upper = sum(case.counts is True for case in cases)
        lower = sum(case.counts is not None for case in cases)
        return share(Fraction(upper), Fraction(lower), len(cases) - lower)

    @staticmethod
    def _spread(cases: list[Case], part: Fraction) -> Figure:
        """The value below which a part of the cases lies, between two of them in proportion."""
        number = Fraction(len(cases))
        if not cases:
            return Figure(number, number, Fraction(0), None)
        amounts = sorted(case.amount for case in cases)
        place = part * (len(amounts) - 1)
        lower = math.floor(place)
        upper = min(lower + 1, len(amounts) - 1)
        value = amounts[lower] + (amounts[upper] - amounts[lower]) * (place - lower)
        return Figure(number, number, Fraction(0), value)
