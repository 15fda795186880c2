"""The view log: written and committed before anything is shown, and never changed afterwards."""

import datetime
import threading

import pytest
from django.db import DataError, IntegrityError, InternalError, connection, transaction
from django.db.models import ProtectedError

from config.facts import sentence
from config.privacy import LookNotRecorded
from referrals import looks
from referrals.choices import How
from referrals.looks import record_looks
from referrals.models import Child, Look
from tests import making
from tests.refusals import again, is_refused, updated
from visits.models import Visit


def look(**values) -> Look:
    user, child = values.get("user") or making.account(), values.get("child") or making.child()
    record_looks(user=user, children=[child.pk], how=How.PAGE, page="/children/1/")
    return Look.objects.get(user=user)


REFUSED = [
    again("look_how_known", Look, look, how="'glance'"),
    updated("look_append_only", Look, look, page="''"),
]


def seen() -> list[tuple[int, int, str]]:
    return sorted(Look.objects.values_list("user_id", "child_id", "how"))


@pytest.mark.django_db
class TestWritten:
    def test_each_child_once_with_how_and_where(self):
        user, one, other = making.account(), making.child(), making.child()
        record_looks(
            user=user, children=[other.pk, one.pk, one.pk], how=How.EXPORT, page="/cases.csv"
        )
        assert seen() == [(user.pk, one.pk, "export"), (user.pk, other.pk, "export")]
        assert set(Look.objects.values_list("page", flat=True)) == {"/cases.csv"}

    def test_nothing_is_asked_of_the_database_for_no_children(self, django_assert_num_queries):
        user = making.account()
        with django_assert_num_queries(0):
            record_looks(user=user, children=[], how=How.EXPORT)

    def test_an_address_that_is_too_long_is_cut(self):
        record_looks(
            user=making.account(), children=[making.child().pk], how=How.PAGE, page="/" * 999
        )
        assert Look.objects.get().page == "/" * looks.PAGE_LIMIT

    def test_it_says_when_by_the_databases_clock(self):
        now = datetime.datetime.now(datetime.UTC)
        assert abs(look().at - now) < datetime.timedelta(minutes=1)

    def test_what_cannot_be_written_is_said_with_its_cause(self):
        user = making.account()
        with pytest.raises(LookNotRecorded) as error, transaction.atomic():
            record_looks(user=user, children=[making.child().pk], how="glance at")
        assert isinstance(error.value.__cause__, IntegrityError)


@pytest.mark.django_db
@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)


@pytest.mark.django_db
class TestPermanent:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE referrals_look SET how = 'print'",
            "UPDATE referrals_look SET how = how",
            "DELETE FROM referrals_look",
            "TRUNCATE referrals_look",
        ],
    )
    def test_what_is_written_is_neither_changed_nor_taken_away(self, statement):
        look()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE referrals_look ENABLE TRIGGER look_append_only_table")
            with pytest.raises(IntegrityError) as refused, transaction.atomic():
                cursor.execute(statement)
        assert sentence(refused.value) == "What is in the view log stays there as it is."
        assert Look.objects.count() == 1

    def test_nor_with_the_accounts_that_looked(self):
        look()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with pytest.raises(IntegrityError, match="stay"), transaction.atomic():
                cursor.execute("TRUNCATE workforce_user CASCADE")
        assert Look.objects.count() == 1

    def test_nor_by_the_applications_own_means(self):
        kept = look()
        for change in (kept.delete, kept.save, Look.objects.all().delete):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()

    def test_the_child_may_go_and_the_look_can_still_be_read(self):
        child = making.child()
        kept = look(child=child)
        key = child.pk
        child.delete()
        kept.refresh_from_db()
        assert kept.child_id == key
        assert str(kept)

    def test_the_account_may_not(self):
        kept = look()
        with pytest.raises(ProtectedError):
            kept.user.delete()


@pytest.mark.django_db
class TestWhoseItIs:
    def test_a_record_is_of_the_child_its_keys_lead_to(self):
        visit = making.visit()
        assert Visit.objects.children_of([visit.pk]) == {visit.plan.child_id}
        assert Child.objects.children_of([7]) == {7}
        assert Visit.objects.children_of([0]) == set()

    def test_a_record_that_is_gone_is_of_the_child_it_was_of(self):
        visit = making.visit()
        key, child = visit.pk, visit.plan.child
        visit.delete()
        assert Visit.objects.children_of([key]) == {child.pk}
        wanted = child.pk
        child.delete()
        assert Visit.objects.children_of([key]) == {wanted}


@pytest.mark.django_db(transaction=True)
class TestCommitted:
    def test_a_look_stays_when_the_transaction_around_it_is_undone(self):
        user, child = making.account(), making.child()
        with transaction.atomic():
            record_looks(user=user, children=[child.pk], how=How.PAGE)
            transaction.set_rollback(True)
        assert seen() == [(user.pk, child.pk, "page")]

    @pytest.mark.parametrize("within", [True, False])
    def test_others_see_it_before_the_page_is_released(self, within):
        user, child = making.account(), making.child()
        found = []

        def other() -> None:
            found.extend(seen())
            connection.close()

        def asked() -> None:
            record_looks(user=user, children=[child.pk], how=How.PAGE)
            thread = threading.Thread(target=other)
            thread.start()
            thread.join()

        if within:
            with transaction.atomic():
                asked()
        else:
            asked()
        assert found == [(user.pk, child.pk, "page")]

    def test_a_transaction_that_has_failed_does_not_keep_it_from_being_written(self):
        user, child = making.account(), making.child()
        with transaction.atomic(), connection.cursor() as cursor:
            with pytest.raises(DataError):
                cursor.execute("SELECT 1/0")
            record_looks(user=user, children=[child.pk], how=How.PAGE)
            with pytest.raises(InternalError):
                cursor.execute("SELECT 1")
            transaction.set_rollback(True)
        assert seen() == [(user.pk, child.pk, "page")]
