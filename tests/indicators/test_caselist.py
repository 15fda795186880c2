"""Why each case counts, in a sentence."""

import datetime

import pytest

from indicators.caselist import cases
from indicators.periods import Kind, Period
from indicators.registry import INDICATORS
from tests import making

TODAY = datetime.date(2019, 6, 30)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "issued in 0 days"),
        (1, "issued in 1 day,"),
        (2, "issued in 2 days"),
        (141, "issued after 141 days"),
    ],
)
def test_days_are_counted_as_people_count_them(days, said):
    issued_on = datetime.date(2019, 5, 31)
    request = making.request(received_on=issued_on - datetime.timedelta(days=days))
    making.ehc_plan(request=request, issued_on=issued_on)
    authority = request.child.authority
    period = Period.ending(Kind.MONTH, issued_on)
    (case,) = cases(INDICATORS["ehc_20_weeks"], period, authority=authority, as_at=TODAY)
    assert said in case.reason
