"""Why a figure differs: case by case, with one cause each, and sums that tie."""

import datetime
import os
from decimal import Decimal

import pghistory
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators import registry
from indicators.caselist import cases
from indicators.changes import Cause, Change, Explanation, View, explain
from indicators.figures import Figure, figure
from indicators.periods import Period
from indicators.registry import indicator
from tests import making
from tests.indicators import testshire
from tests.indicators.moments import at, known_from
from tests.oracle import edits, engine, histories
from tests.oracle.choices import Choices
from tests.oracle.load import load
from tests.oracle.records import AUTHORITY

Date = datetime.date
MAY, JUNE, JULY = Date(2019, 5, 31), Date(2019, 6, 30), Date(2019, 7, 31)
EXAMPLES = int(os.environ.get("CHANGES_EXAMPLES", "12"))
IN_MAY, IN_JUNE = Period.ending("month", MAY), Period.ending("month", JUNE)

pytestmark = pytest.mark.django_db


def view(period: Period = IN_MAY, as_at: Date = MAY, known: Date | None = None) -> View:
    return View(period, as_at, at(known, 18) if known else None)


def why(name: str, before: View | None = None, after: View | None = None, **values) -> Explanation:
    """Why a figure of May, as known at its end, is another now."""
    found = explain(
        indicator(name),
        before or view(known=MAY),
        after or view(),
        authority=testshire.authority(),
        **values,
    )
    assert_it_sums(found)
    return found


def assert_it_sums(found: Explanation) -> None:
    for part in ("numerator", "denominator", "undecided"):
        effect = getattr(found.effect, part)
        difference = getattr(found.after, part) - getattr(found.before, part)
        if found.before.indicator.name in engine.AVERAGED:
            assert abs(effect - difference) < Decimal("1e-20")
        else:
            assert effect == difference


def causes(found: Explanation) -> list[tuple[Cause, int, int]]:
    return [
        (change.cause, int(change.effect.numerator), int(change.effect.denominator))
        for change in found.changes
    ]


def test_a_visit_of_last_month_logged_now_is_recorded_late():
    plan = testshire.plan(Date(2019, 4, 25))
    known_from(Date(2019, 4, 25))
    assert why("cp_visits_in_time").changes == []
    testshire.visit(Date(2019, 5, 8), plan)
    known_from(JUNE)
    found = why("cp_visits_in_time")
    assert {cause for cause, _, _ in causes(found)} == {Cause.RECORDED_LATE}
    assert found.after.numerator == found.before.numerator + 1
    assert found.changes[0].before.counts is False
    assert found.changes[0].row.counts is True


def test_a_referral_of_may_entered_in_june_is_recorded_late_and_one_of_june_is_not():
    testshire.referral(Date(2019, 5, 3))
    known_from(Date(2019, 5, 3))
    testshire.referral(Date(2019, 5, 4))
    testshire.referral(Date(2019, 6, 4))
    known_from(Date(2019, 6, 4))
    assert causes(why("referrals")) == [(Cause.RECORDED_LATE, 1, 1)]
    quarter = Period.ending("quarter", JUNE)
    later = why("referrals", view(quarter, MAY, MAY), view(quarter, JUNE, JUNE))
    assert causes(later) == [(Cause.RECORDED_LATE, 1, 1), (Cause.NEW, 1, 1)]


def test_a_referral_struck_out_takes_what_it_made_a_repeat_with_it():
    child = testshire.child()
    first = testshire.referral(Date(2018, 6, 1), child=child)
    testshire.referral(Date(2019, 5, 3), child=child)
    known_from(MAY)
    first.delete()
    known_from(JUNE)
    assert causes(why("re_referrals")) == [(Cause.STRUCK_OUT, -1, 0)]


def test_what_is_put_back_counts_again_as_struck_out_did():
    referral = testshire.referral(Date(2019, 5, 3))
    known_from(Date(2019, 5, 3))
    key = referral.pk
    referral.delete()
    known_from(Date(2019, 5, 20))
    referral.pk = key
    referral.save(force_insert=True)
    known_from(JUNE)
    assert causes(why("referrals")) == [(Cause.STRUCK_OUT, 1, 1)]
    assert causes(why("referrals", view(known=Date(2019, 5, 4)))) == []


def test_two_records_made_one_are_merged():
    one, other = testshire.child(), testshire.child()
    testshire.referral(Date(2019, 4, 1), child=one)
    referral = testshire.referral(Date(2019, 5, 3), child=other)
    known_from(MAY)
    with pghistory.context(what="Merged"):
        referral.child = one
        referral.save()
    known_from(JUNE)
    assert causes(why("re_referrals")) == [(Cause.MERGED, 1, 0)]


def test_a_referral_that_was_entered_for_the_wrong_child_is_corrected_not_merged():
    right, wrong = testshire.child(), testshire.child()
    testshire.referral(Date(2018, 9, 1), child=wrong)
    referral = testshire.referral(Date(2019, 5, 3), child=wrong)
    later = testshire.referral(Date(2019, 5, 20), child=wrong)
    known_from(MAY)
    with pghistory.context(what="Corrected"):
        referral.child = right
        referral.save()
    known_from(JUNE)
    assert later.child == wrong
    assert causes(why("re_referrals")) == [(Cause.CORRECTED, -1, 0)]


def test_a_day_put_right_is_corrected_and_a_day_filled_in_is_not():
    moved = testshire.referral(Date(2019, 4, 30), decided_on=Date(2019, 4, 30))
    waiting = testshire.referral(Date(2019, 5, 3), no_further_action=False, primary_need="N1")
    known_from(MAY)
    moved.received_on = Date(2019, 4, 20)
    moved.save()
    waiting.decided_on = Date(2019, 5, 3)
    waiting.save()
    known_from(JUNE)
    april = Period.ending("month", Date(2019, 4, 30))
    before, after = view(april, MAY, MAY), view(april, MAY)
    assert causes(why("referral_decision_1_day", before, after)) == [(Cause.CORRECTED, -1, 0)]
    assert causes(why("referral_decision_1_day")) == [(Cause.RECORDED_LATE, 1, 0)]


def test_a_standard_changed_afterwards_changes_what_was_due():
    authority = testshire.authority()
    testshire.plan(Date(2019, 4, 25))
    known_from(Date(2019, 4, 25))
    making.visit_standard(authority=authority, valid_from=Date(2019, 1, 1), interval=3)
    known_from(JUNE)
    found = why("cp_visits_in_time")
    assert {cause for cause, _, _ in causes(found)} == {Cause.STANDARD}
    assert found.after.denominator > found.before.denominator


def test_a_child_given_to_another_team_has_moved_and_nothing_else_has():
    north, south = (making.team(testshire.authority()) for _ in range(2))
    child = testshire.child()
    making.involvement(child=child, team=north, started_on=Date(2019, 4, 1), ended_on=MAY)
    making.involvement(child=child, team=south, started_on=MAY)
    testshire.plan(Date(2019, 4, 2), child=child)
    known_from(MAY)
    before = view(Period.ending("month", Date(2019, 4, 30)), Date(2019, 4, 30))
    for team, number in ((north, -1), (south, 1)):
        found = why("cp_plans", before, view(), team=team)
        assert causes(found) == [(Cause.TEAM_MOVED, number, number)]
    assert why("cp_plans", before, view()).changes == []


def test_a_team_that_goes_to_another_service_takes_its_cases_along():
    authority = testshire.authority()
    east, west = (making.team(authority, kind="service") for _ in range(2))
    team = making.team(authority, parent=east)
    testshire.referral(Date(2019, 5, 3), team=team)
    known_from(Date(2019, 5, 3))
    team.parent = west
    team.save()
    known_from(JUNE)
    assert causes(why("referrals", team=east)) == [(Cause.TEAM_MOVED, -1, -1)]
    assert causes(why("referrals", team=west)) == [(Cause.TEAM_MOVED, 1, 1)]


def test_between_two_periods_cases_are_new_or_gone():
    testshire.referral(Date(2019, 5, 3))
    testshire.referral(Date(2019, 6, 3))
    found = why("referrals", view(IN_MAY, JUNE), view(IN_JUNE, JUNE))
    assert causes(found) == [(Cause.GONE, -1, -1), (Cause.NEW, 1, 1)]


def test_between_two_days_alone_a_clock_runs_out():
    testshire.referral(MAY, no_further_action=False, primary_need="N1")
    [change] = why("referral_decision_1_day", view(), view(as_at=JUNE)).changes
    assert change.cause is Cause.TIME
    assert (change.effect.denominator, change.effect.undecided) == (1, -1)


def test_what_was_reported_by_another_rule_is_a_rule_changed():
    child = testshire.child()
    testshire.referral(Date(2018, 6, 1), child=child)
    testshire.referral(Date(2019, 5, 3), child=child)
    testshire.referral(Date(2019, 5, 4))
    known_from(MAY)
    rows = cases(indicator("re_referrals"), IN_MAY, as_at=MAY, authority=testshire.authority())
    assert why("re_referrals", reported=rows).changes == []
    found = why("re_referrals", reported=rows[:1])
    assert causes(found) == [(Cause.RULE, 0, 1)]
    assert found.before.denominator == 1


def test_a_view_that_knows_less_is_not_explained_by_one_that_knows_more():
    with pytest.raises(ValueError, match="knows of more"):
        why("referrals", view(), view(known=MAY))


def test_a_case_that_stays_the_same_is_no_change():
    known_from(MAY)
    testshire.child(first_name="Someone")
    known_from(JUNE)
    assert why("referrals").changes == []


def told(found: Figure) -> tuple:
    value = found.value and found.value.quantize(Decimal("1e-9"))
    return found.numerator, found.denominator.quantize(Decimal("1e-9")), found.undecided, value


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_whatever_is_changed_the_effects_sum_to_the_difference(data):
    """And what was known before is what the figures were before the records were changed."""
    choices = Choices(lambda least, most: data.draw(st.integers(least, most)))
    as_at = histories.as_at_day(choices)
    made = histories.history(choices, as_at, histories.time_limits(choices))
    with transaction.atomic():
        [teams] = load([made])
        [(kind, end, year_starts)] = engine.some_periods(choices, as_at, 1)
        asked = choices.one_of(list(registry.INDICATORS.values()))
        place = choices.one_of([None, *teams.values()])
        period = Period.ending(kind, end, year_starts=year_starts)
        where = {"authority": teams[AUTHORITY], "team": place}
        before = figure(asked, period, as_at=as_at, **where)
        known_from(as_at)
        edited = [undo for undo in (edits.edit(choices) for _ in range(4)) if undo]
        known_from(as_at + datetime.timedelta(days=30))
        after = figure(asked, period, as_at=as_at, **where)
        then, now = View(period, as_at, at(as_at, 18)), View(period, as_at)
        found = explain(asked, then, now, **where)
        assert told(found.before) == told(before)
        assert told(found.after) == told(after)
        assert_it_sums(found)
        assert edited or not found.changes
        assert all(isinstance(change, Change) and change.cause for change in found.changes)
        later = as_at + datetime.timedelta(days=choices.number(1, 60))
        assert_it_sums(explain(asked, then, View(period, later), **where))
        transaction.set_rollback(True)
