"""The view log as auditors and managers read it: by child and by account, and without names."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from referrals import look_views
from referrals.choices import How
from referrals.looks import record_looks
from referrals.models import Child, Look
from tests import making

pytestmark = pytest.mark.django_db

PAGE = "/looks/"
FILE = "/looks/csv/"
TODAY = london_day(timezone.now())


@pytest.fixture
def authority():
    return making.authority(name="Testshire")


@pytest.fixture
def auditor(client, authority):
    client.force_login(making.holder("auditor", authority, demonstration=True))
    return client


@pytest.fixture
def ada(authority):
    return making.holder("caseworker", authority, first_name="Ada", last_name="Lee")


@pytest.fixture
def bo(authority) -> Child:
    return making.child(authority=authority, reference="C-77", first_name="Bo", last_name="Ray")


def look(user, child, how=How.PAGE) -> None:
    record_looks(user=user, children=[child.pk], how=how, page=f"/children/{child.pk}/")


def rows(answer) -> list[list[str]]:
    shown = answer.context["table"].paginated_rows
    return [[str(cell) for _, cell in row.items()] for row in shown]


def test_who_looked_at_this_child(auditor, ada, bo, authority):
    other = making.holder("caseworker", authority)
    look(ada, bo)
    look(other, bo, How.PRINT)
    look(ada, making.child(authority=authority))
    shown = rows(auditor.get(PAGE, {"reference": "C-77"}))
    assert [row[1:4] for row in shown] == [
        [other.username, "C-77", "Print"],
        [f"Ada Lee ({ada.username})", "C-77", "Page"],
    ]


def test_what_did_this_account_look_at(auditor, ada, bo, authority):
    look(ada, bo)
    look(making.holder("caseworker", authority), bo)
    shown = rows(auditor.get(PAGE, {"user": ada.pk}))
    assert [row[1:5] for row in shown] == [
        [f"Ada Lee ({ada.username})", "C-77", "Page", f"/children/{bo.pk}/"]
    ]


def test_by_day_and_how(auditor, ada, bo):
    look(ada, bo, How.EXPORT)
    look(ada, bo)
    day = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}
    of_today = {f"since_{part}": value for part, value in day.items()}
    yesterday = TODAY - datetime.timedelta(days=1)
    before = {
        "until_day": yesterday.day,
        "until_month": yesterday.month,
        "until_year": yesterday.year,
    }
    for asked, many in (
        ({"how": "export"}, 1),
        ({"how": "admin"}, 0),
        (of_today, 2),
        (before, 0),
        (of_today | {"how": "page"}, 1),
    ):
        assert len(rows(auditor.get(PAGE, {"user": ada.pk} | asked))) == many


@pytest.mark.parametrize(
    "asked",
    [{}, {"how": "page"}, {"reference": "no such child"}, {"user": "0"}, {"since_day": "x"}],
    ids=str,
)
def test_nothing_is_listed_until_it_is_said_whose(auditor, ada, bo, asked):
    look(ada, bo)
    for page in (PAGE, FILE):
        answer = auditor.get(page, asked)
        assert answer.status_code == 200
        assert rows(answer) == []


def test_no_name_of_a_child_is_shown(auditor, ada, bo):
    look(ada, bo)
    for page in (PAGE, FILE):
        text = auditor.get(page, {"user": ada.pk}).content.decode()
        assert "C-77" in text
        assert "Bo" not in text
        assert "Ray" not in text


def test_a_child_whose_record_is_gone_is_found_as_it_was_called(auditor, ada, bo):
    look(ada, bo)
    bo.reference = "C-78"
    bo.save()
    bo.delete()
    for called in ("C-77", "C-78"):
        assert [row[2] for row in rows(auditor.get(PAGE, {"reference": called}))] == ["C-78"]


def test_of_another_authority_nothing_is_told(auditor, ada):
    elsewhere = making.authority()
    child = making.child(authority=elsewhere, reference="E-1")
    stranger = making.holder("caseworker", elsewhere)
    look(ada, child)
    look(stranger, child)
    assert rows(auditor.get(PAGE, {"reference": "E-1"})) == []
    assert rows(auditor.get(PAGE, {"user": stranger.pk})) == []
    assert [row[2] for row in rows(auditor.get(PAGE, {"user": ada.pk}))] == ["Of another authority"]


def test_the_file_has_what_the_page_has(auditor, ada, bo):
    for _ in range(60):
        look(ada, bo)
    answer = auditor.get(FILE, {"reference": "C-77"})
    assert (
        answer["Content-Disposition"] == 'attachment; filename="looks-c-77-not-for-publication.csv"'
    )
    heading, *lines = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert heading == ["When", "Account", "Case", "How", "Page"]
    assert len(lines) == 60
    assert lines[0][1:] == [f"Ada Lee ({ada.username})", "C-77", "Page", f"/children/{bo.pk}/"]
    datetime.datetime.strptime(lines[0][0], "%Y-%m-%d %H:%M:%S").astimezone()


def test_a_file_that_would_be_too_long_says_so(auditor, ada, bo, monkeypatch):
    monkeypatch.setattr(look_views, "MOST", 2)
    for _ in range(3):
        look(ada, bo)
    answer = auditor.get(FILE, {"reference": "C-77"})
    assert "more than 2 looks" in answer.text


def test_many_looks_are_not_counted(auditor, ada, bo):
    for _ in range(120):
        look(ada, bo)
    with CaptureQueriesContext(connection) as asked:
        page = auditor.get(PAGE, {"user": ada.pk, "page": 2})
    assert len(rows(page)) == 50
    assert not [q for q in asked if "COUNT(" in q["sql"] and "referrals_look" in q["sql"]]
    assert len(rows(auditor.get(PAGE, {"user": ada.pk, "page": 3}))) == 20


def test_each_question_has_its_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        for column, index in (("child_id", "look_who_at_child"), ("user_id", "look_what_by_user")):
            cursor.execute(
                f"EXPLAIN SELECT * FROM referrals_look WHERE {column} = 1"
                " ORDER BY at DESC, id DESC LIMIT 50"
            )
            assert index in str(cursor.fetchall())


@pytest.mark.parametrize(
    "role", ["caseworker", "team_manager", "service_manager", "analyst", "administrator"]
)
def test_the_log_is_for_auditors_alone(client, authority, role):
    client.force_login(making.holder(role, authority, demonstration=True))
    for page in (PAGE, FILE):
        assert client.get(page).status_code == 403


class TestBesideTheRecord:
    @pytest.mark.parametrize(
        ("role", "told"),
        [("team_manager", True), ("service_manager", True), ("caseworker", False)],
    )
    def test_managers_of_the_child_read_who_looked(self, client, authority, ada, role, told):
        team = making.team(authority)
        child = making.child(authority=authority)
        making.involvement(child=child, team=team)
        look(ada, child)
        client.force_login(making.holder(role, team))
        page = client.get(reverse("referrals:child-detail", args=[child.pk]))
        assert page.status_code == 200
        assert ("Who has looked" in page.text) is told
        assert (ada.username in page.text) is told

    def test_managers_of_other_teams_do_not(self, authority, ada, bo):
        making.involvement(child=bo, team=making.team(authority))
        look(ada, bo)
        other = making.holder("team_manager", making.team(authority))
        assert not Look.objects.visible_to(other).exists()
