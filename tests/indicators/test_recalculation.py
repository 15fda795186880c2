"""Recalculation: no change is lost, nothing changes twice, and a quiet night is no drift."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from indicators import calculate, registry
from indicators.base import Records
from indicators.figures import figure
from indicators.models import Outbox, Run, Shown, Standing, Tally
from indicators.outbox import SOURCES
from indicators.periods import Period
from indicators.queries import rows
from tests import making
from tests.indicators import testshire

TODAY = datetime.date(2019, 6, 30)
MAY = datetime.date(2019, 5, 14)


def sums(indicator: str, month: datetime.date) -> tuple | None:
    found = Tally.objects.filter(indicator=indicator, month=month.replace(day=1))
    return found.values_list("numerator", "denominator", "undecided").first()


def all_tallies() -> list[tuple]:
    return sorted(
        Tally.objects.values_list(
            "authority", "indicator", "team", "month", "numerator", "denominator", "undecided"
        )
    )


@pytest.mark.django_db
class TestWhatWaits:
    def test_a_change_appends_the_earliest_day_that_it_touches_old_or_new(self):
        referral = testshire.referral(MAY)
        Outbox.objects.all().delete()
        referral.received_on = datetime.date(2019, 3, 1)
        referral.save()
        assert list(Outbox.objects.values_list("family", "since")) == [
            ("referrals", datetime.date(2019, 3, 1))
        ]

    def test_a_bulk_change_by_raw_sql_appends_one_row_for_each_family(self):
        for day in range(1, 20):
            testshire.referral(datetime.date(2019, 5, day))
        Outbox.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE referrals_referral SET received_on = received_on - 1")
        assert list(Outbox.objects.values_list("family", "since")) == [
            ("referrals", datetime.date(2019, 4, 30))
        ]

    def test_an_update_that_changes_nothing_is_no_change(self):
        testshire.referral(MAY).save()
        Outbox.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE referrals_referral SET received_on = received_on")
        assert not Outbox.objects.exists()

    def test_a_deletion_is_a_change(self):
        referral = testshire.referral(MAY)
        Outbox.objects.all().delete()
        referral.delete()
        assert list(Outbox.objects.values_list("family", "since")) == [("referrals", MAY)]

    def test_a_childs_new_telephone_number_would_be_no_change_but_a_birthday_is(self):
        child = testshire.child(first_name="Ada")
        testshire.plan(MAY, child=child)
        Outbox.objects.all().delete()
        child.first_name = "Adah"
        child.save()
        assert not Outbox.objects.exists()
        child.born_on = datetime.date(2015, 1, 1)
        child.save()
        assert set(Outbox.objects.values_list("family", flat=True)) >= {"visits", "referrals"}

    def test_every_table_that_a_definition_reads_fills_the_outbox(self):
        """A definition that reads a table without outbox triggers would go stale unnoticed."""
        watched = {source.model._meta.db_table for source in SOURCES}
        read = set()
        for case_set in registry.CASE_SETS:
            sql, _ = rows(case_set, Records(case_set, as_at=TODAY), case_set.questions)
            read |= {
                table for table in connection.introspection.table_names() if f'"{table}"' in sql
            }
        assert read - {"workforce_calendarday"} <= watched


@pytest.mark.django_db
class TestAPass:
    def test_a_burst_of_changes_is_taken_in_by_one_pass(self):
        for day in range(1, 11):
            testshire.referral(datetime.date(2019, 5, day))
        calculate.drain(today=TODAY)
        runs = Run.objects.filter(family="referrals").count()
        assert not Outbox.objects.exists()
        assert sums("referrals", MAY) == (10, 10, 0)
        calculate.drain(today=TODAY)
        assert Run.objects.filter(family="referrals").count() == runs

    def test_running_twice_changes_nothing_and_shows_nothing_new(self):
        testshire.visit(datetime.date(2019, 5, 20), plan=testshire.plan(MAY))
        calculate.drain(today=TODAY)
        before, shown = all_tallies(), Shown.objects.count()
        for family in registry.families():
            cells = calculate.recalculate(
                family, testshire.authority().pk, today=TODAY, in_full=True
            )
            assert cells == 0
        assert all_tallies() == before
        assert Shown.objects.count() == shown

    def test_months_before_the_change_are_left_alone(self):
        testshire.referral(datetime.date(2019, 1, 10))
        testshire.referral(datetime.date(2019, 6, 10))
        calculate.drain(today=TODAY)
        Tally.objects.filter(indicator="referrals", month=datetime.date(2019, 1, 1)).update(
            numerator=77
        )
        testshire.referral(datetime.date(2019, 5, 10))
        calculate.drain(today=TODAY)
        assert sums("referrals", datetime.date(2019, 1, 1))[0] == 77
        assert sums("referrals", datetime.date(2019, 5, 1))[0] == 1

    def test_a_cell_whose_last_case_goes_is_gone_and_was_shown(self):
        referral = testshire.referral(MAY)
        calculate.drain(today=TODAY)
        referral.delete()
        calculate.drain(today=TODAY)
        assert sums("referrals", MAY) is None
        shown = Shown.objects.filter(indicator="referrals").order_by("shown_at")
        assert list(shown.values_list("numerator", flat=True)) == [1, 0]

    def test_quiet_months_of_a_stock_do_not_vanish(self):
        testshire.plan(datetime.date(2018, 1, 10), ended_on=datetime.date(2018, 12, 5))
        calculate.drain(today=TODAY)
        months = Tally.objects.filter(indicator="cp_plans").values_list("month", flat=True)
        assert sorted(months) == [datetime.date(2018, month, 1) for month in range(1, 12)]

    def test_one_authority_does_not_touch_another(self):
        other = making.authority(name="Elsewhere", code="902")
        testshire.referral(MAY, child=testshire.child(authority=other))
        testshire.referral(MAY)
        calculate.drain(today=TODAY, authority=other)
        assert set(Tally.objects.values_list("authority", flat=True)) == {other.pk}
        assert Outbox.objects.filter(authority=testshire.authority()).exists()


@pytest.mark.django_db
class TestVerification:
    def test_a_stored_figure_that_the_records_do_not_give_is_drift(self, capsys):
        testshire.referral(MAY)
        calculate.drain(today=TODAY)
        Tally.objects.filter(indicator="referrals").update(numerator=Decimal(5))
        drift = calculate.verify("referrals", testshire.authority().pk)
        assert drift == [
            {
                "indicator": "referrals",
                "team": testshire.authority().pk,
                "month": "2019-05-01",
                "stored": ["5", "1", "0"],
                "recomputed": ["1", "1", "0"],
            }
        ]
        with pytest.raises(CommandError) as error:
            call_command("recalculate", "referrals", verify=True)
        assert (str(error.value), error.value.returncode) == ("Cells that differ: 1.", 1)
        assert "stored 5/1, 0 undecided, recomputed 1/1" in capsys.readouterr().out

    def test_a_clock_that_runs_out_at_midnight_moves_a_figure_and_is_no_drift(self):
        friday = datetime.date(2019, 6, 14)
        testshire.plan(datetime.date(2019, 5, 31))
        calculate.drain(today=friday)
        assert sums("cp_visits_in_time", friday) == (0, 0, 1)
        nights = list(calculate.overnight(today=friday + datetime.timedelta(days=1)))
        assert [drift for *_, drift in nights if drift] == []
        assert sums("cp_visits_in_time", friday) == (0, 1, 1)

    def test_the_night_takes_in_what_waits_before_it_looks_for_drift(self):
        calculate.drain(today=TODAY)
        testshire.referral(MAY)
        nights = list(calculate.overnight(today=TODAY + datetime.timedelta(days=1)))
        assert [drift for *_, drift in nights if drift] == []
        assert sums("referrals", MAY) == (1, 1, 0)

    def test_the_night_reports_drift_with_its_cells_and_mends_it(self):
        testshire.referral(MAY)
        calculate.drain(today=TODAY)
        Tally.objects.filter(indicator="referrals").update(numerator=Decimal(5))
        nights = list(calculate.overnight(today=TODAY + datetime.timedelta(days=1)))
        assert [cell["indicator"] for *_, drift in nights for cell in drift] == ["referrals"]
        assert Run.objects.get(kind=Run.Kind.VERIFY).cells == 1
        assert sums("referrals", MAY) == (1, 1, 0)


@pytest.mark.django_db
def test_the_first_pass_of_a_new_day_computes_every_month():
    testshire.referral(MAY)
    calculate.drain(today=MAY)
    assert sums("referral_decision_1_day", MAY) == (0, 0, 1)
    testshire.referral(datetime.date(2019, 6, 20))
    calculate.drain(today=TODAY)
    assert sums("referral_decision_1_day", MAY) == (0, 1, 0)


class Interleaving:
    """A pass in another thread that stops, its transaction open, before and after computing."""

    def __init__(self, monkeypatch):
        self.at_store, self.may_store = threading.Event(), threading.Event()
        self.stored, self.may_commit = threading.Event(), threading.Event()
        store = calculate._store

        def stops(*args, **more):
            self.at_store.set()
            assert self.may_store.wait(20)
            cells = store(*args, **more)
            self.stored.set()
            assert self.may_commit.wait(20)
            return cells

        monkeypatch.setattr(calculate, "_store", stops)
        self.monkeypatch, self.store = monkeypatch, store
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        try:
            calculate.recalculate("referrals", testshire.authority().pk, today=TODAY)
        finally:
            connection.close()

    def finish(self):
        self.may_store.set()
        self.may_commit.set()
        self.thread.join(20)
        self.monkeypatch.setattr(calculate, "_store", self.store)


@pytest.mark.django_db(transaction=True)
class TestInterleavings:
    def undisturbed(self) -> list[tuple]:
        Tally.objects.all().delete()
        calculate.recalculate("referrals", testshire.authority().pk, today=TODAY, in_full=True)
        return all_tallies()

    def settled(self) -> list[tuple]:
        calculate.recalculate("referrals", testshire.authority().pk, today=TODAY)
        return all_tallies()

    def test_a_change_committed_between_taking_and_computing_is_in_the_figures(self, monkeypatch):
        testshire.referral(MAY)
        pass_ = Interleaving(monkeypatch)
        pass_.thread.start()
        assert pass_.at_store.wait(20)
        testshire.referral(MAY)
        pass_.finish()
        assert sums("referrals", MAY)[0] == 2
        assert self.settled() == self.undisturbed()

    def test_a_change_committed_after_computing_waits_for_the_next_pass(self, monkeypatch):
        testshire.referral(MAY)
        pass_ = Interleaving(monkeypatch)
        pass_.thread.start()
        assert pass_.at_store.wait(20)
        pass_.may_store.set()
        assert pass_.stored.wait(20)
        testshire.referral(MAY)
        pass_.finish()
        assert sums("referrals", MAY)[0] == 1
        assert Outbox.objects.count() == 1
        assert self.settled() == self.undisturbed()
        assert sums("referrals", MAY)[0] == 2

    def test_a_change_open_while_the_pass_runs_waits_for_the_next_pass(self, monkeypatch):
        testshire.referral(MAY)
        pass_ = Interleaving(monkeypatch)
        with transaction.atomic():
            testshire.referral(MAY)
            pass_.thread.start()
            pass_.finish()
        assert sums("referrals", MAY)[0] == 1
        assert self.settled() == self.undisturbed()
        assert sums("referrals", MAY)[0] == 2

    def test_deleting_the_outbox_after_computing_would_lose_the_change(self):
        """The order that we must not use: what shows that these tests can fail."""
        testshire.referral(MAY)
        calculate._take("referrals", testshire.authority().pk)
        computed = calculate._store(
            "referrals", testshire.authority().pk, since=MAY.replace(day=1), today=TODAY
        )
        testshire.referral(MAY)
        calculate._take("referrals", testshire.authority().pk)
        assert computed
        Standing.objects.update_or_create(
            family="referrals",
            authority=testshire.authority(),
            defaults={"as_at": TODAY, "calculated_at": datetime.datetime.now(datetime.UTC)},
        )
        assert self.settled() != self.undisturbed()

    def test_two_passes_at_once_give_what_one_gives(self):
        for day in range(1, 30):
            testshire.referral(datetime.date(2019, 5, day))
        problems = []

        def one():
            try:
                calculate.drain(today=TODAY)
            except Exception as error:
                problems.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=one) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert problems == []
        assert sums("referrals", MAY) == (29, 29, 0)
        assert Shown.objects.filter(indicator="referrals").count() == 1


@pytest.mark.django_db
def test_a_figure_of_whole_months_is_the_same_stored_as_counted():
    testshire.referral(datetime.date(2019, 4, 2), child=(child := testshire.child()))
    testshire.referral(MAY, child=child)
    quarter = Period.ending("quarter", TODAY)
    found = registry.indicator("re_referrals")
    counted = figure(found, quarter, as_at=TODAY, authority=testshire.authority())
    calculate.drain(today=TODAY)
    stored = figure(found, quarter, as_at=TODAY, authority=testshire.authority())
    assert (stored.numerator, stored.denominator) == (1, 2)
    assert (counted.numerator, counted.denominator) == (1, 2)
    assert stored.shown == "50.0%"
