"""Work side by side: several pieces at a time, and one after the other within a transaction."""

import datetime
import threading

import pytest
from django.db import connection, transaction
from django.db.models import F

from indicators import calculate
from indicators.models import Run, Tally
from indicators.side_by_side import HANDS, side_by_side
from tests.indicators import testshire

TODAY = datetime.date(2019, 6, 30)
LONG = datetime.timedelta(hours=1)


def backend(piece: int) -> tuple[int, int]:
    """The piece, and which connection of the database works on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return piece, cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
class TestSideBySide:
    def test_as_many_pieces_as_there_are_hands_wait_for_one_another(self):
        together = threading.Barrier(HANDS, timeout=10)

        def work(piece: int) -> tuple[int, int]:
            together.wait()
            return backend(piece)

        found = list(side_by_side(work, range(2 * HANDS)))
        assert [piece for piece, _ in found] == list(range(2 * HANDS))
        assert backend(0)[1] not in {each for _, each in found}

    def test_a_piece_that_fails_is_told_and_the_one_beside_it_is_finished(self):
        done, together = [], threading.Barrier(2, timeout=10)

        def work(piece: int) -> None:
            together.wait()
            if piece == 0:
                raise ValueError("no")
            done.append(piece)

        with pytest.raises(ValueError, match="no"):
            list(side_by_side(work, [0, 1]))
        assert done == [1]

    def test_within_a_transaction_what_it_has_written_is_seen(self):
        with transaction.atomic():
            own = backend(0)[1]
            assert list(side_by_side(backend, [1, 2])) == [(1, own), (2, own)]

    def test_families_are_computed_anew_the_longest_first_and_nothing_changes_twice(self):
        testshire.referral(TODAY)
        key = testshire.authority().pk
        chosen = [("ehcp", key), ("referrals", key)]
        found = list(calculate.anew(chosen, today=TODAY))
        assert Tally.objects.get(indicator="referrals").numerator == 1
        Run.objects.filter(family="referrals").update(started_at=F("started_at") - LONG)
        again = list(calculate.anew(chosen, today=TODAY))
        assert [family for family, _, _ in found] == ["ehcp", "referrals"]
        assert again == [("referrals", key, 0), ("ehcp", key, 0)]
