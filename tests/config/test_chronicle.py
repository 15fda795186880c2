"""The demonstration's history says of every day what was known on it."""

import datetime
from collections import defaultdict

import pytest
from django.db import connection

from config.chronicle import ALWAYS, Chronicle, Mistake, write
from config.history import changes, events_of
from config.workdays import london_day, year_before
from ehcp.demo import HISTORY as EHCP
from referrals.demo import CORRECTED
from referrals.demo import HISTORY as REFERRALS
from referrals.models import Child, Referral
from tests import making
from visits.demo import HISTORY as VISITS
from visits.models import Visit
from workforce.demo import HISTORY as WORKFORCE
from workforce.models import Team, User

MODELS = [chronicle.model for chronicle in (*EHCP, *REFERRALS, *VISITS, *WORKFORCE)]
REPORTED = datetime.date(2019, 6, 30)
OWN = Chronicle(
    Referral, "received_on", {"decided_on": ["no_further_action"], "closed_on": ["closure_reason"]}
)

# What cannot be twice on one day: the records that have it, of whom, since and until when.
ONCE = [
    ("referrals_referral", "child_id", "received_on", "closed_on", "NOT no_further_action"),
    ("referrals_involvement", "child_id, part", "started_on", "ended_on", "TRUE"),
    ("visits_protectionplan", "child_id", "started_on", "ended_on", "TRUE"),
    ("workforce_employment", "worker_id", "started_on", "left_on", "TRUE"),
    ("workforce_assignment", "employment_id", "started_on", "ended_on", "TRUE"),
]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def told(model, *fields: str) -> list[tuple]:
    """The history of a model's records: the day, what happened, and some fields."""
    events = events_of(model).objects.order_by("pgh_id")
    return [
        (
            str(london_day(event.pgh_created_at)),
            event.pgh_label,
            *(getattr(event, field) for field in fields),
        )
        for event in events
    ]


def test_each_day_of_a_record_is_a_change_on_that_day(db):
    making.referral(
        received_on="2019-05-31",
        decided_on="2019-06-03",
        closed_on="2019-07-01",
        closure_reason="RC8",
    )
    write([OWN], [])
    assert told(Referral, "decided_on", "closed_on", "closure_reason") == [
        ("2019-05-31", "insert", None, None, ""),
        ("2019-06-03", "update", day("2019-06-03"), None, ""),
        ("2019-07-01", "update", day("2019-06-03"), day("2019-07-01"), "RC8"),
    ]


def test_what_happened_on_one_day_is_one_change(db):
    making.referral(received_on="2019-05-31", decided_on="2019-05-31", no_further_action=True)
    write([OWN], [])
    assert told(Referral, "no_further_action") == [("2019-05-31", "insert", True)]


def test_a_mistake_stands_until_it_was_put_right(db):
    right, wrong = making.child(), making.child()
    case = making.referral(
        child=right, received_on="2019-05-31", closed_on="2019-07-01", closure_reason="RC8"
    )
    mistake = Mistake(case, "child", wrong, day("2019-06-10"), CORRECTED)
    write([OWN, Chronicle(Child)], [mistake])
    assert told(Referral, "child_id", "closure_reason") == [
        ("2019-05-31", "insert", wrong.pk, ""),
        ("2019-06-10", "update", right.pk, ""),
        ("2019-07-01", "update", right.pk, "RC8"),
    ]
    assert told(Child, "id") == [
        ("2019-05-31", "insert", wrong.pk),
        ("2019-06-10", "insert", right.pk),
    ]
    reader = making.holder("service_manager", right.authority)
    said = [(change.what, change.why) for change in changes(Referral, case.pk, reader=reader)]
    assert said == [("Changed", ""), ("Corrected", CORRECTED["why"]), ("Added", "")]


def test_a_visit_became_known_when_it_was_written_down(db):
    written_down = datetime.datetime(2019, 6, 5, 9, 41, tzinfo=datetime.UTC)
    making.visit(visited_on="2019-05-31", recorded_at=written_down)
    write([Chronicle(Visit, "recorded_at")], [])
    assert events_of(Visit).objects.get().pgh_created_at == written_down


def test_what_was_always_there_is_older_than_any_record(db):
    making.authority()
    write([Chronicle(Team, ALWAYS)], [])
    assert told(Team) == [("2000-01-01", "insert")]


@pytest.mark.xdist_group("demonstration")
class TestOfTheDemonstration:
    """What must be true of the history of the demonstration authority as a whole."""

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
    def test_ends_with_the_records_as_they_are(self, demonstration, model):
        events = events_of(model)._meta
        kept = ", ".join(
            f'"{field.column}"'
            for field in events.concrete_fields
            if not field.name.startswith("pgh_")
        )
        last = (
            f"SELECT DISTINCT ON (pgh_obj_id) {kept} FROM {events.db_table}"
            " ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC"
        )
        with connection.cursor() as cursor:
            for some, others in ((last, "{}"), ("{}", last)):
                now = f"SELECT {kept} FROM {model._meta.db_table}"
                cursor.execute(f"({some}) EXCEPT ({others}) LIMIT 1".format(now))
                assert cursor.fetchone() is None

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
    def test_goes_forward_and_not_past_today(self, demonstration, model):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM (SELECT pgh_created_at, lag(pgh_created_at) OVER"
                f" (PARTITION BY pgh_obj_id ORDER BY pgh_id) AS before"
                f" FROM {events_of(model)._meta.db_table}) event"
                f" WHERE before > pgh_created_at OR pgh_created_at > now()"
            )
            assert cursor.fetchone() == (0,)

    @pytest.mark.parametrize(("table", "of", "since", "until", "among"), ONCE, ids=str)
    @pytest.mark.parametrize("moment", ["2016-02-29", "2019-06-30", "2024-10-02"])
    def test_never_says_twice_what_can_be_once(
        self, demonstration, table, of, since, until, among, moment
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM (SELECT {of}, {since} AS since, lag(COALESCE({until},"
                f" 'infinity')) OVER (PARTITION BY {of} ORDER BY {since}) AS before"
                f" FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM {table}event"
                f" WHERE pgh_created_at < DATE '{moment}' + 1"
                f" ORDER BY pgh_obj_id, pgh_id DESC) known WHERE {among}) spell"
                f" WHERE before > since"
            )
            assert cursor.fetchone() == (0,)

    @pytest.mark.parametrize(
        ("known_on", "repeats"),
        [(REPORTED, 370), (day("2019-11-30"), 359)],
        ids=str,
    )
    def test_tells_what_the_committee_was_told_before_the_corrections(
        self, demonstration, known_on, repeats
    ):
        known = {}
        for key, at, *said in (
            events_of(Referral)
            .objects.order_by("pgh_id")
            .values_list("pgh_obj_id", "pgh_created_at", "child_id", "received_on")
        ):
            if london_day(at) <= known_on:
                known[key] = said
        of_child = defaultdict(list)
        for child, received_on in known.values():
            of_child[child].append(received_on)
        year = [
            (child, received_on)
            for child, received_on in known.values()
            if day("2018-04-01") <= received_on <= day("2019-03-31")
        ]
        again = [
            received_on
            for child, received_on in year
            if any(year_before(received_on) <= on < received_on for on in of_child[child])
        ]
        assert (len(again), len(year)) == (repeats, 1705)

    def test_says_who_put_the_eleven_right_and_why(self, demonstration):
        events = events_of(Referral).objects.filter(pgh_context__isnull=False)
        assert events.count() == 11
        assert all(
            REPORTED < london_day(event.pgh_created_at) < day("2019-12-01") for event in events
        )
        change, *_ = (
            change
            for change in changes(
                Referral, events[0].pgh_obj_id, reader=User.objects.get(username="reader")
            )
            if change.what == "Corrected"
        )
        assert change.why == CORRECTED["why"]
        assert [label for label, *_ in change.fields] == ["child"]

    def test_says_of_a_visit_of_june_2019_that_it_was_recorded_late(self, demonstration):
        late = events_of(Visit).objects.filter(
            visited_on__lte=REPORTED, pgh_created_at__date__gt=REPORTED
        )
        assert late.exists()
        assert not late.filter(pgh_created_at__date__gte="2019-09-30").exists()
