"""The demonstration authority's EHC requests: the limits are there, and there is work to do."""

import datetime

import pytest
from django.db.models import F
from django.utils import timezone

from config.workdays import london_day
from ehcp.choices import Basis, Step
from ehcp.models import Decision, Draft, Plan, Request, TimeLimit
from indicators.figures import figure
from indicators.periods import Period
from indicators.registry import indicator

pytestmark = pytest.mark.xdist_group("demonstration")


def test_the_statutory_limits_are_there_in_any_database(db):
    limits = dict(TimeLimit.objects.values_list("step", "days"))
    assert limits == {Step.DECISION: 42, Step.NO_PLAN: 112, Step.ISSUE: 140}


def test_requests_are_near_their_deadline_and_past_it_today(demonstration):
    today = london_day(timezone.now())
    running = Request.objects.filter(plan=None, withdrawn=False).exclude(decisions__agreed=False)
    ages = [(today - day).days for day in running.values_list("received_on", flat=True)]
    assert any(126 < age <= 140 for age in ages)
    assert any(age > 140 for age in ages)
    assert min(ages) < 42


def test_a_few_requests_have_been_open_for_over_a_year_today(demonstration):
    today = london_day(timezone.now())
    stock = figure(
        indicator("ehc_open_365_days_or_more"),
        Period.containing("month", today),
        as_at=today,
        authority=demonstration,
    )
    assert 1 <= stock.numerator <= 8


def test_every_kind_of_ending_is_there(demonstration):
    assert Decision.objects.filter(agreed=False, stage="assess").exists()
    assert Decision.objects.filter(agreed=False, stage="plan").exists()
    assert Decision.objects.filter(basis=Basis.TRIBUNAL).exists()
    assert Request.objects.filter(withdrawn=True).exists()
    assert Request.objects.filter(historical=True).exists()


def test_a_plan_follows_the_decisions_that_led_to_it(demonstration):
    assert not Decision.objects.filter(decided_on__gt=F("request__plan__issued_on")).exists()
    assert not Plan.objects.filter(
        request__historical=False, request__decisions__isnull=True
    ).exists()


def test_only_what_was_late_says_why(demonstration):
    in_time = F("request__received_on") + datetime.timedelta(days=140)
    say_why = Plan.objects.exclude(late_reason="")
    assert say_why.exists()
    assert not say_why.filter(issued_on__lte=in_time).exists()


def test_drafts_come_before_plans_and_families_are_told_of_orders(demonstration):
    assert Draft.objects.exists()
    assert not Draft.objects.filter(sent_on__gte=F("request__plan__issued_on")).exists()
    assert Decision.objects.filter(basis=Basis.TRIBUNAL, told_on__isnull=False).exists()


def test_the_backlog_grew_until_it_was_cleared_at_the_end_of_2019(demonstration):
    def overdue(day: datetime.date) -> int:
        return Plan.objects.filter(
            issued_on__gt=day, request__received_on__lt=day - datetime.timedelta(days=140)
        ).count()

    assert overdue(datetime.date(2018, 3, 31)) < overdue(datetime.date(2019, 9, 30))
    assert overdue(datetime.date(2020, 3, 31)) < overdue(datetime.date(2019, 9, 30))
