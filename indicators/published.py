"""The published statistics that are set beside indicators, and what releases call their columns.

Releases of the Department for Education (DfE) name the same column differently from year to year;
the latest name stands first. ``rule`` says what differs from the indicator's own rule, so that the
two never stand beside one another without saying so.
"""

import calendar
import datetime
from dataclasses import dataclass

from .periods import months_later

MARCH, SEPTEMBER, DECEMBER = 3, 9, 12
CENSUS_DAY = "The DfE counts on the census day, 30 September"


@dataclass(frozen=True, kw_only=True)
class Statistic:
    """A statistic that is published once a year: of the 12 months to a month's end, or of that day.

    ``short`` is its name where each line of a file tells of one statistic.
    """

    indicator: str
    short: str = ""
    value: tuple[str, ...] = ()
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    year_ends: int
    on_one_day: bool = False
    rule: str = ""

    def days(self, year: int) -> tuple[datetime.date, datetime.date]:
        """The first and the last day that the figure of a reporting year is about."""
        month = self.year_ends
        last = datetime.date(year, month, calendar.monthrange(year, month)[1])
        if self.on_one_day:
            return last, last
        return months_later(last.replace(day=1), -11), last


STATISTICS = (
    Statistic(
        indicator="re_referrals",
        short="rereferral_pct",
        value=("rereferral_percent", "re_referrals_percent", "re_referrals_percentage"),
        numerator=("rereferral_count", "re_referrals"),
        denominator=("referral_count", "referrals"),
        year_ends=MARCH,
    ),
    Statistic(
        indicator="re_referred_children",
        value=("rereferral_child_percent",),
        numerator=("rereferral_child_count",),
        denominator=("referral_child_count",),
        year_ends=MARCH,
    ),
    Statistic(
        indicator="referrals_nfa",
        value=("no_further_action_percent",),
        numerator=("no_further_action_count",),
        denominator=("referral_count", "referrals"),
        year_ends=MARCH,
    ),
    Statistic(
        indicator="cp_second_plans",
        short="cpp_second_pct",
        year_ends=MARCH,
    ),
    Statistic(
        indicator="ehc_20_weeks",
        short="ehc20_all_pct",
        value=("pc_plans_issued_within_20_weeks",),
        numerator=("plans_issued_within_20_weeks",),
        denominator=("plans_issued_den",),
        year_ends=DECEMBER,
    ),
    Statistic(
        indicator="ehc_20_weeks_excluding_exceptions",
        short="ehc20_exc_pct",
        value=("pc_plans_issued_20_weeks_ex",),
        numerator=("plans_issued_20_weeks_ex",),
        denominator=("plans_issued_den_ex",),
        year_ends=DECEMBER,
    ),
    Statistic(
        indicator="turnover_12_months",
        short="turnover_fte_pct",
        value=("turnover_rate_fte", "turnover_rate_fte_perc"),
        numerator=("leavers_fte",),
        denominator=("inpost_fte",),
        year_ends=SEPTEMBER,
        rule="The DfE counts the 12 months to its census day, 30 September, and not rolling ones",
    ),
    Statistic(
        indicator="turnover_headcount_12_months",
        value=("turnover_rate_headcount", "turnover_rate_headcount_perc"),
        numerator=("leavers_headcount",),
        denominator=("inpost_headcount",),
        year_ends=SEPTEMBER,
        rule="The DfE counts the 12 months to its census day, 30 September, and not rolling ones",
    ),
    Statistic(
        indicator="agency_share",
        short="agency_fte_pct",
        value=("agency_rate_fte", "agency_rate_fte_perc", "agency_worker_rate_fte_perc"),
        numerator=("agency_fte", "agency_worker_fte"),
        year_ends=SEPTEMBER,
        on_one_day=True,
        rule=CENSUS_DAY,
    ),
    Statistic(
        indicator="agency_share_headcount",
        value=(
            "agency_rate_headcount",
            "agency_rate_headcount_perc",
            "agency_worker_rate_headcount_perc",
        ),
        numerator=("agency_headcount", "agency_worker_headcount"),
        year_ends=SEPTEMBER,
        on_one_day=True,
        rule=CENSUS_DAY,
    ),
    Statistic(
        indicator="vacancy_rate",
        short="vacancy_fte_pct",
        value=("vacancy_rate_fte", "vacancy_rate_fte_perc"),
        numerator=("vacancy_fte",),
        year_ends=SEPTEMBER,
        on_one_day=True,
        rule=CENSUS_DAY,
    ),
    Statistic(
        indicator="caseload",
        short="caseload_fte",
        value=("caseload_fte", "average_caseload_fte"),
        numerator=("cases",),
        denominator=("case_holders_fte",),
        year_ends=SEPTEMBER,
        on_one_day=True,
        rule=CENSUS_DAY,
    ),
)
BY_INDICATOR = {statistic.indicator: statistic for statistic in STATISTICS}
BY_SHORT = {statistic.short: statistic for statistic in STATISTICS if statistic.short}
