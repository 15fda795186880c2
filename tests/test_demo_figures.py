"""The records of the demonstration authority give the figures that a real council published."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from config.workdays import london_day
from indicators.figures import figure
from indicators.periods import Period
from indicators.registry import indicator
from referrals.demo import CORRECTED
from referrals.models import Referral

pytestmark = pytest.mark.xdist_group("demonstration")

TODAY = "today"
REPORTED = "2019-06-30"  # before the corrections

MONTH, QUARTER, ROLLING = "month", "quarter", "rolling-12"
FINANCIAL, CALENDAR = "financial-year", "calendar-year"

# Indicator, period and its last day, as at; numerator, denominator, value as printed.
PUBLISHED = [
    ("re_referrals", QUARTER, "2018-06-30", REPORTED, 79, 427, "18.5"),
    ("re_referrals", QUARTER, "2018-09-30", REPORTED, 88, 410, "21.5"),
    ("re_referrals", QUARTER, "2018-12-31", REPORTED, 98, 428, "22.9"),
    ("re_referrals", QUARTER, "2019-03-31", REPORTED, 105, 440, "23.9"),
    ("re_referrals", FINANCIAL, "2019-03-31", REPORTED, 370, 1705, "21.7"),
    ("re_referrals", QUARTER, "2019-06-30", REPORTED, 141, 435, "32.4"),
    ("re_referrals", QUARTER, "2018-06-30", TODAY, 79, 427, "18.5"),
    ("re_referrals", QUARTER, "2018-09-30", TODAY, 85, 410, "20.7"),
    ("re_referrals", QUARTER, "2018-12-31", TODAY, 94, 428, "22.0"),
    ("re_referrals", QUARTER, "2019-03-31", TODAY, 101, 440, "23.0"),
    ("re_referrals", FINANCIAL, "2019-03-31", TODAY, 359, 1705, "21.1"),
    ("re_referrals", QUARTER, "2019-06-30", TODAY, 141, 435, "32.4"),
    ("re_referrals", QUARTER, "2019-09-30", TODAY, 110, 440, "25.0"),
    ("re_referrals", QUARTER, "2019-12-31", TODAY, 95, 450, "21.1"),
    ("re_referrals", QUARTER, "2020-03-31", TODAY, 90, 449, "20.0"),
    ("re_referrals", FINANCIAL, "2017-03-31", TODAY, 170, 907, "18.7"),
    ("re_referrals", FINANCIAL, "2018-03-31", TODAY, 227, 1371, "16.6"),
    ("re_referrals", FINANCIAL, "2020-03-31", TODAY, 436, 1774, "24.6"),
    ("re_referrals", FINANCIAL, "2021-03-31", TODAY, 259, 1348, "19.2"),
    ("cp_visits_in_time", QUARTER, "2018-06-30", REPORTED, 510, 780, "65.4"),
    ("cp_visits_in_time", QUARTER, "2018-12-31", REPORTED, 480, 800, "60.0"),
    ("cp_visits_in_time", QUARTER, "2019-06-30", REPORTED, 632, 800, "79.0"),
    ("cp_visits_in_time", QUARTER, "2018-06-30", TODAY, 510, 780, "65.4"),
    ("cp_visits_in_time", QUARTER, "2018-12-31", TODAY, 480, 800, "60.0"),
    ("cp_visits_in_time", QUARTER, "2019-06-30", TODAY, 632, 800, "79.0"),
    ("ehc_20_weeks", QUARTER, "2018-03-31", TODAY, 14, 27, "51.9"),
    ("ehc_20_weeks", QUARTER, "2018-06-30", TODAY, 11, 26, "42.3"),
    ("ehc_20_weeks", QUARTER, "2018-09-30", TODAY, 7, 26, "26.9"),
    ("ehc_20_weeks", QUARTER, "2018-12-31", TODAY, 0, 28, "0.0"),
    ("ehc_20_weeks", QUARTER, "2019-03-31", TODAY, 0, 20, "0.0"),
    ("ehc_20_weeks", QUARTER, "2019-06-30", TODAY, 0, 22, "0.0"),
    ("ehc_20_weeks", QUARTER, "2019-09-30", TODAY, 0, 19, "0.0"),
    ("ehc_20_weeks", QUARTER, "2019-12-31", TODAY, 14, 100, "14.0"),
    ("ehc_20_weeks", CALENDAR, "2018-12-31", TODAY, 32, 107, "29.9"),
    ("ehc_20_weeks", CALENDAR, "2019-12-31", TODAY, 14, 161, "8.7"),
    ("ehc_20_weeks", CALENDAR, "2020-12-31", TODAY, 122, 204, "59.8"),
    ("ehc_20_weeks", CALENDAR, "2021-12-31", TODAY, 191, 236, "80.9"),
    ("ehc_20_weeks", CALENDAR, "2022-12-31", TODAY, 176, 315, "55.9"),
    ("ehc_20_weeks", CALENDAR, "2023-12-31", TODAY, 188, 308, "61.0"),
    ("ehc_20_weeks_excluding_exceptions", QUARTER, "2018-03-31", TODAY, 13, 26, "50.0"),
    ("ehc_20_weeks_excluding_exceptions", QUARTER, "2018-06-30", TODAY, 11, 25, "44.0"),
    ("ehc_20_weeks_excluding_exceptions", QUARTER, "2018-09-30", TODAY, 7, 25, "28.0"),
    ("ehc_20_weeks_excluding_exceptions", QUARTER, "2018-12-31", TODAY, 0, 28, "0.0"),
    ("ehc_20_weeks_excluding_exceptions", QUARTER, "2019-03-31", TODAY, 0, 15, "0.0"),
    ("ehc_20_weeks_excluding_exceptions", QUARTER, "2019-06-30", TODAY, 0, 16, "0.0"),
    ("ehc_20_weeks_excluding_exceptions", QUARTER, "2019-09-30", TODAY, 0, 14, "0.0"),
    ("ehc_20_weeks_excluding_exceptions", QUARTER, "2019-12-31", TODAY, 8, 88, "9.1"),
    ("ehc_20_weeks_excluding_exceptions", CALENDAR, "2018-12-31", TODAY, 31, 104, "29.8"),
    ("ehc_20_weeks_excluding_exceptions", CALENDAR, "2019-12-31", TODAY, 8, 133, "6.0"),
    ("turnover_voluntary_12_months", ROLLING, "2018-06-30", TODAY, 13, "54.2", "24.0"),
    ("turnover_voluntary_12_months", ROLLING, "2018-09-30", TODAY, 15, "53.7", "27.9"),
    ("turnover_voluntary_12_months", ROLLING, "2018-12-31", TODAY, 17, "56.7", "30.0"),
    ("turnover_voluntary_12_months", ROLLING, "2019-03-31", TODAY, 14, "60.9", "23.0"),
    ("turnover_voluntary_12_months", ROLLING, "2019-06-30", TODAY, 11, "61.1", "18.0"),
    ("turnover_voluntary_12_months", ROLLING, "2019-09-30", TODAY, 5, "67.2", "7.4"),
    ("turnover_12_months", ROLLING, "2018-09-30", TODAY, 17, "53.7", "31.7"),
    ("turnover_12_months", ROLLING, "2019-09-30", TODAY, 5, "67.2", "7.4"),
    ("turnover_12_months", ROLLING, "2020-09-30", TODAY, "6.8", "77.4", "8.8"),
    ("turnover_12_months", ROLLING, "2021-09-30", TODAY, "14.6", "87.1", "16.8"),
    ("agency_share", QUARTER, "2018-09-30", TODAY, "24.7", "78.4", "31.5"),
    ("agency_share", QUARTER, "2018-12-31", TODAY, "30.5", "87.2", "35.0"),
    ("agency_share", QUARTER, "2019-03-31", TODAY, "32.4", "93.3", "34.7"),
    ("agency_share", QUARTER, "2019-06-30", TODAY, "32.0", "93.1", "34.4"),
    ("agency_share", QUARTER, "2019-09-30", TODAY, "35.8", "103.0", "34.8"),
    ("vacancy_rate", QUARTER, "2018-09-30", TODAY, "18.0", "71.7", "25.1"),
    ("vacancy_rate", QUARTER, "2019-09-30", TODAY, "22.0", "89.2", "24.7"),
    ("cp_plans", MONTH, "2016-03-31", TODAY, 65, 65, "65"),
    ("cp_plans", FINANCIAL, "2017-03-31", TODAY, 46, 46, "46"),
    ("cp_plans", FINANCIAL, "2018-03-31", TODAY, 126, 126, "126"),
    ("cp_plans", FINANCIAL, "2019-03-31", TODAY, 127, 127, "127"),
    ("cp_plans", FINANCIAL, "2020-03-31", TODAY, 142, 142, "142"),
    ("cp_plans", FINANCIAL, "2021-03-31", TODAY, 149, 149, "149"),
    ("cp_second_plans", FINANCIAL, "2017-03-31", TODAY, 28, 86, "32.6"),
    ("cp_second_plans", FINANCIAL, "2018-03-31", TODAY, 36, 150, "24.0"),
    ("cp_second_plans", FINANCIAL, "2019-03-31", TODAY, 29, 196, "14.8"),
    ("cp_second_plans", FINANCIAL, "2020-03-31", TODAY, 36, 178, "20.2"),
    ("cp_second_plans", FINANCIAL, "2021-03-31", TODAY, 29, 158, "18.4"),
]


def undo_the_corrections() -> list[Referral]:
    """The referrals are with the wrong child again, as their first history says they were."""
    events = Referral.pgh_event_model.objects
    corrected = events.filter(pgh_context__metadata=CORRECTED)
    referrals = list(Referral.objects.filter(pk__in=corrected.values("pgh_obj_id")))
    for referral in referrals:
        referral.child_id = events.get(pgh_label="insert", pgh_obj_id=referral.pk).child_id
        referral.save()
    return referrals


def period(kind: str, end: str) -> Period:
    return Period.ending(kind, datetime.date.fromisoformat(end))


def name(value) -> str | None:
    return value.replace("-", "/") if isinstance(value, str) else None


@pytest.mark.parametrize(
    ("indicator_name", "kind", "end", "as_at", "numerator", "denominator", "printed"),
    PUBLISHED,
    ids=[" ".join(row[:4]) for row in PUBLISHED],
)
def test_gives_the_published_figure(
    demonstration, indicator_name, kind, end, as_at, numerator, denominator, printed
):
    day = london_day(timezone.now())
    if as_at == REPORTED:
        undo_the_corrections()
        day = datetime.date.fromisoformat(REPORTED)
    found = figure(indicator(indicator_name), period(kind, end), as_at=day, authority=demonstration)
    assert (found.numerator, found.denominator) == (Decimal(numerator), Decimal(denominator))
    assert found.rounded == Decimal(printed)


@pytest.mark.parametrize("month", range(9))
def test_no_plan_is_issued_in_time_from_october_2018_to_june_2019(demonstration, month):
    end = datetime.date(2018 + (9 + month) // 12, (9 + month) % 12 + 1, 28)
    found = figure(
        indicator("ehc_20_weeks"),
        Period.containing(MONTH, end),
        as_at=london_day(timezone.now()),
        authority=demonstration,
    )
    assert found.numerator == 0
    assert found.denominator > 0


@pytest.mark.parametrize(
    ("year", "starts", "ends"),
    [(2016, 86, 105), (2017, 150, 70), (2018, 196, 195), (2019, 178, 163), (2020, 158, 151)],
)
def test_as_many_protection_plans_start_and_end_as_were_published(
    demonstration, year, starts, ends
):
    from visits.models import ProtectionPlan

    within = (datetime.date(year, 4, 1), datetime.date(year + 1, 3, 31))
    assert ProtectionPlan.objects.filter(started_on__range=within).count() == starts
    assert ProtectionPlan.objects.filter(ended_on__range=within).count() == ends


def test_eleven_referrals_were_attached_to_the_wrong_child_and_history_says_so(demonstration):
    right = set(Referral.objects.values_list("pk", "child_id"))
    referrals = undo_the_corrections()
    quarters = sorted(referral.received_on for referral in referrals)
    assert len(referrals) == 11
    assert [day.month for day in quarters] == sorted(
        (day.month for day in quarters), key=lambda month: (month + 8) % 12
    )
    assert all((referral.pk, referral.child_id) not in right for referral in referrals)
    for referral in referrals:
        later = Referral.objects.filter(
            child=referral.child_id, received_on__gt=referral.received_on
        )
        assert not later.exists(), "something looks back on a referral that was moved"
