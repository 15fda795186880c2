"""What cannot be true of the sums that are kept, and of what is set beside them."""

import pytest
from django.core.exceptions import ValidationError

from indicators.models import (
    Annotation,
    Area,
    Commentary,
    Comparator,
    ComparedWith,
    Distribution,
    Neighbour,
    Promise,
    Standing,
    Tally,
    Target,
)
from tests import making
from tests.refusals import OTHER_TEAM, again, is_refused, updated
from tests.workforce.test_models import AS_SERVICE, elsewhere
from workforce.models import Team

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


def target(**values) -> Target:
    usual = {
        "indicator": "cp_visits_in_time",
        "kind": "local",
        "valid_from": making.START,
        "value": 80,
        "source": "Council plan",
    }
    usual |= values
    return Target.objects.create(
        **usual | {"authority": usual.get("authority") or making.authority()}
    )


def promise(**values) -> Promise:
    usual = {
        "indicator": "cp_visits_in_time",
        "value": 58,
        "due_on": making.Date(2019, 6, 30),
        "said_on": making.Date(2019, 4, 1),
        "source": "Scrutiny committee",
    }
    return Promise.objects.create(
        **usual | values | {"authority": values.get("authority") or making.authority()}
    )


def area(kind: str = "region", **values) -> Area:
    usual = {"name": f"Area {next(making.number)}", "code": f"E{next(making.number)}"}
    return Area.objects.create(kind=kind, **usual | values)


def neighbour(**values) -> Neighbour:
    of = values.get("neighbours") or area("neighbours", code="")
    return Neighbour.objects.create(neighbours=of, area=values.get("area") or area("authority"))


def compared_with(**values) -> ComparedWith:
    usual = {"valid_from": making.START} | values
    usual["area"] = usual.get("area") or area()
    return ComparedWith.objects.create(
        **usual | {"authority": usual.get("authority") or making.authority()}
    )


def comparator(**values) -> Comparator:
    usual = {
        "indicator": "re_referrals",
        "first_on": making.Date(2018, 4, 1),
        "last_on": making.Date(2019, 3, 31),
        "value": 22.6,
        "published_on": making.Date(2019, 10, 31),
        "source": "Children in need",
    }
    return Comparator.objects.create(**usual | values | {"area": values.get("area") or area()})


def commentary(**values) -> Commentary:
    usual = {
        "indicator": "re_referrals",
        "period": "quarter",
        "ending": making.Date(2019, 6, 30),
        "trend": "It has risen.",
        "written_at": "2019-07-01T09:00:00Z",
    }
    return Commentary.objects.create(
        **usual | values | {"place": values.get("place") or making.authority()}
    )


def annotation() -> Annotation:
    return Annotation.objects.create(
        place=making.team(), happened_on=making.START, words="The team is fully staffed"
    )


REFUSED = [
    updated("annotation_dates_plausible", Annotation, annotation, happened_on="'infinity'"),
    updated("annotation_moment_plausible", Annotation, annotation, noted_at="'infinity'"),
    updated("annotation_says_something", Annotation, annotation, words="''"),
    updated("annotation_baseline_and_why", Annotation, annotation, new_baseline="TRUE"),
    again("annotation_once", Annotation, annotation),
    again("tally_once", Tally, tally),
    again("standing_once", Standing, standing),
    again("distribution_once", Distribution, distribution),
    updated(
        "distribution_counts_at_each_point", Distribution, distribution, numerators="'{1, 2, 3}'"
    ),
    updated("target_kind_known", Target, target, kind="'regional'"),
    updated("target_dates_plausible", Target, target, valid_from="'infinity'"),
    updated("target_value_in_range", Target, target, value="-1"),
    again("target_once", Target, target),
    updated("promise_dates_plausible", Promise, promise, said_on="'-infinity'"),
    updated("promise_days_in_order", Promise, promise, said_on="'2020-01-01'"),
    updated("promise_value_in_range", Promise, promise, value="-1"),
    again("promise_once", Promise, promise),
    updated(
        "promise_authority_is_root", Promise, lambda: elsewhere(promise()), authority_id=OTHER_TEAM
    ),
    updated(
        "promise_authority_is_root", Team, lambda: elsewhere(promise().authority), **AS_SERVICE
    ),
    updated(
        "target_authority_is_root", Target, lambda: elsewhere(target()), authority_id=OTHER_TEAM
    ),
    updated("target_authority_is_root", Team, lambda: elsewhere(target().authority), **AS_SERVICE),
    updated("area_kind_known", Area, area, kind="'parish'"),
    again("area_code_once", Area, area, name="'Another'"),
    again("area_name_once", Area, lambda: area("neighbours", code="")),
    again("neighbour_once", Neighbour, neighbour),
    updated("neighbour_of_others", Neighbour, neighbour, area_id="neighbours_id"),
    updated("compared_with_dates_plausible", ComparedWith, compared_with, valid_from="'infinity'"),
    again("compared_with_once", ComparedWith, compared_with),
    updated(
        "compared_with_authority_is_root",
        ComparedWith,
        lambda: elsewhere(compared_with()),
        authority_id=OTHER_TEAM,
    ),
    updated(
        "compared_with_authority_is_root",
        Team,
        lambda: elsewhere(compared_with().authority),
        **AS_SERVICE,
    ),
    again("comparator_once", Comparator, comparator),
    updated("comparator_dates_plausible", Comparator, comparator, first_on="'0001-01-01'"),
    updated("comparator_days_in_order", Comparator, comparator, first_on="last_on + 1"),
    updated("comparator_published_afterwards", Comparator, comparator, published_on="last_on"),
    updated("comparator_marker_known", Comparator, comparator, value="NULL", marker="'n'"),
    updated("comparator_value_or_marker", Comparator, comparator, value="NULL"),
    updated("comparator_value_or_marker", Comparator, comparator, marker="'c'"),
    again("commentary_once", Commentary, commentary),
    updated("commentary_period_known", Commentary, commentary, period="'fortnight'"),
    updated("commentary_dates_plausible", Commentary, commentary, ending="'infinity'"),
    updated("commentary_moment_plausible", Commentary, commentary, written_at="'infinity'"),
    updated("commentary_says_something", Commentary, commentary, trend="''"),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"indicator": "referrals"}, "This count grows with its period. Set a target for a rate."),
        ({"indicator": "happiness"}, "Choose an indicator from the list."),
        ({"indicator": "in_post_fte"}, "Choose an indicator from the list."),
        ({"value": 101}, "Enter a percentage between 0 and 100."),
    ],
    ids=str,
)
def test_a_target_is_refused_that_no_figure_could_be_judged_by(values, told):
    with pytest.raises(ValidationError, match=told):
        target(**values).full_clean()


@pytest.mark.parametrize("indicator", ["ehc_overdue", "caseload", "ehc_weeks_to_issue"])
def test_what_stands_on_a_day_or_is_a_quotient_may_have_a_target_beyond_100(indicator):
    target(indicator=indicator, value=120).full_clean()
