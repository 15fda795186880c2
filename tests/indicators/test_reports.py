"""Reports to committees: what cannot be true of one, and how several people write it."""

import pytest

from indicators.models import Cost, Highlight, Report
from tests import making
from tests.refusals import OTHER_TEAM, again, is_refused, updated
from tests.workforce.test_models import AS_SERVICE, elsewhere
from workforce.models import Team

pytestmark = pytest.mark.django_db


def report(**values) -> Report:
    """A report on the first quarter of 2019-20, which nobody has written anything in."""
    usual = {
        "title": "Key performance indicators",
        "committee": "Children’s Services Overview and Scrutiny Committee",
        "meets_on": making.Date(2019, 9, 17),
        "period": "quarter",
        "ending": making.Date(2019, 6, 30),
        "as_at": making.Date(2019, 6, 30),
    } | values
    return Report.objects.create(
        **usual | {"authority": usual.get("authority") or making.authority()}
    )


def highlight(**values) -> Highlight:
    usual = {"indicator": "re_referrals", "order": 1} | values
    return Highlight.objects.create(**usual | {"report": usual.get("report") or report()})


def cost(**values) -> Cost:
    usual = {"years_on": 0, "amount": "Nothing"} | values
    return Cost.objects.create(**usual | {"report": usual.get("report") or report()})


REFUSED = [
    updated("report_titled", Report, report, title="''"),
    updated("report_titled", Report, report, committee="''"),
    updated("report_period_known", Report, report, period="'fortnight'"),
    updated("report_state_known", Report, report, state="'lost'"),
    updated("report_dates_plausible", Report, report, meets_on="'infinity'"),
    updated("report_as_at_after_period", Report, report, as_at="ending - 1"),
    updated(
        "report_authority_is_root", Report, lambda: elsewhere(report()), authority_id=OTHER_TEAM
    ),
    updated("report_authority_is_root", Team, lambda: elsewhere(report().authority), **AS_SERVICE),
    again("highlight_once", Highlight, highlight),
    again("cost_once", Cost, cost),
    updated("cost_year_in_range", Cost, cost, years_on="3"),
    updated("cost_budget_known", Cost, cost, budget="'petty'"),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)
