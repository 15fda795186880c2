"""What cannot be true of the sums that are kept."""

import pytest

from indicators.models import Distribution, Standing, Tally
from tests import making
from tests.refusals import again, is_refused, updated

pytestmark = pytest.mark.django_db


def tally() -> Tally:
    team = making.team()
    return Tally.objects.create(
        authority=team.authority,
        indicator="referrals",
        team=team,
        month=making.START,
        numerator=1,
        denominator=1,
        undecided=0,
    )


def standing() -> Standing:
    return Standing.objects.create(
        family="referrals",
        authority=making.authority(),
        as_at=making.START,
        calculated_at="2019-04-02T02:00:00Z",
    )


def distribution() -> Distribution:
    team = making.team()
    return Distribution.objects.create(
        authority=team.authority,
        indicator="ehc_weeks_to_issue",
        place=team,
        month=making.START,
        points=[18.5, 20],
        numerators=[1, 2],
        denominators=[1, 2],
    )


REFUSED = [
    again("tally_once", Tally, tally),
    again("standing_once", Standing, standing),
    again("distribution_once", Distribution, distribution),
    updated(
        "distribution_counts_at_each_point", Distribution, distribution, numerators="'{1, 2, 3}'"
    ),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)
