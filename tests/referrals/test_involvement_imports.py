"""Who worked with a child, as an extract tells: one allocated worker a day, whatever it says."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from config.workdays import ONE_DAY
from referrals.choices import Part
from referrals.models import Child, Involvement
from tests import making
from tests.returns import counts, extract, take
from workforce.models import Team, Worker

pytestmark = pytest.mark.django_db
Date = datetime.date
STRETCHES = strategies.tuples(
    strategies.dates(Date(2023, 5, 1), Date(2023, 5, 12)),
    strategies.none() | strategies.integers(1, 6),
)


@pytest.fixture
def involvements(tmp_path):
    """Take in an extract of these involvements with one child, and of the two who worked there."""
    authority = making.authority(code="901")
    making.team(authority, name="East", code="E1")
    files = [
        extract("ssd_person", tmp_path, {"pers_person_id": "P1", "pers_sex": "M"}),
        extract(
            "ssd_professionals",
            tmp_path,
            {"prof_professional_id": "W1", "prof_professional_name": "Nwosu, Ada"},
            {"prof_professional_id": "W2", "prof_professional_name": "Lowe, Ben"},
        ),
        extract("ssd_department", tmp_path, {"dept_team_id": "17", "dept_team_name": "EAST"}),
    ]

    def taken(*rows: dict[str, str]) -> dict:
        usual = {"invo_person_id": "P1", "invo_professional_team": "17"}
        rows = [{"invo_involvements_id": f"I{n}"} | usual | row for n, row in enumerate(rows)]
        return take(*files, extract("ssd_involvements", tmp_path, *rows))[-1]

    return taken


def held(since: str, until: str = "", **told: str) -> dict[str, str]:
    usual = {
        "invo_professional_id": "W1",
        "invo_professional_role_id": "Allocated Case Worker",
        "invo_involvement_start_date": since,
        "invo_involvement_end_date": until,
    }
    return usual | told


def stretches(part: str = Part.SOCIAL_WORKER) -> list[tuple]:
    return list(
        Involvement.objects.filter(part=part)
        .order_by("started_on")
        .values_list("reference", "started_on", "ended_on")
    )


def test_worker_and_team_are_those_the_extract_names(involvements):
    report = involvements(held("2023-05-02", "2023-06-01"))
    assert counts(report, "involvement") == {"read": 1, "new": 1}
    one = Involvement.objects.get()
    assert (one.part, one.team.name, one.worker.last_name) == ("social_worker", "East", "Nwosu")
    assert (one.started_on, one.ended_on) == (Date(2023, 5, 2), Date(2023, 6, 1))
    assert not one.entered_here


@pytest.mark.parametrize("team", ["E1", "east", "17"])
def test_team_is_found_by_code_name_or_the_identifier_of_its_department(involvements, team):
    involvements(held("2023-05-02", invo_professional_team=team))
    assert Involvement.objects.get().team.name == "East"


def test_what_is_not_known_goes_in_with_a_warning(involvements):
    report = involvements(
        held(
            "2023-05-02",
            invo_professional_id="W9",
            invo_professional_team="North",
            invo_professional_role_id="Chair",
        )
    )
    assert [issue["field"] for issue in report["warnings"]] == [
        "invo_professional_role_id",
        "invo_professional_team",
        "invo_professional_id",
    ]
    one = Involvement.objects.get()
    assert (one.part, one.team.kind, one.worker) == ("other", "authority", None)


def test_name_that_two_teams_have_is_no_name(involvements):
    making.team(Team.objects.get(kind="authority"), name="East")
    involvements(held("2023-05-02", invo_professional_team="East"))
    assert Involvement.objects.get().team.kind == "authority"


def test_same_extract_twice_changes_nothing_and_a_corrected_one_updates(involvements):
    told = [held("2023-05-02"), held("2023-06-01", invo_professional_id="W2")]
    involvements(*told)
    assert counts(involvements(*told), "involvement") == {"read": 2, "unchanged": 2, "warned": 1}
    told[1] = held("2023-06-08", invo_professional_id="W2")
    assert counts(involvements(*told), "involvement") == {"read": 2, "changed": 2, "warned": 1}
    assert stretches() == [
        ("I0", Date(2023, 5, 2), Date(2023, 6, 8)),
        ("I1", Date(2023, 6, 8), None),
    ]


def test_who_began_last_holds_the_case(involvements):
    report = involvements(held("2023-05-02"), held("2023-06-01", "2023-07-01"))
    assert [issue["identifier"] for issue in report["warnings"]] == ["I0"]
    assert stretches() == [
        ("I0", Date(2023, 5, 2), Date(2023, 6, 1)),
        ("I1", Date(2023, 6, 1), Date(2023, 7, 1)),
    ]


def test_who_was_entered_here_goes_on_holding_the_case(involvements):
    involvements()
    worker = Worker.objects.get(reference="W2")
    here = making.involvement(
        child=Child.objects.get(), started_on=Date(2023, 5, 20), worker=worker
    )
    report = involvements(held("2023-05-02"), held("2023-05-20", invo_professional_id="W2"))
    assert counts(report, "involvement")["new"] == 1
    assert stretches() == [("", here.started_on, None)]
    assert stretches(Part.OTHER) == [("I0", Date(2023, 5, 2), None)]


def test_two_parts_are_held_beside_each_other(involvements):
    report = involvements(
        held("2023-05-02"), held("2023-05-02", invo_professional_role_id="SEN case officer")
    )
    assert report["warnings"] == []
    assert len(stretches()) == len(stretches(Part.SEND_OFFICER)) == 1


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=strategies.lists(STRETCHES, min_size=1, max_size=6))
def test_database_takes_whatever_involvements_a_council_has(involvements, told):
    rows = [
        held(str(since), "" if days is None else str(since + days * ONE_DAY))
        for since, days in told
    ]
    Involvement.objects.all().delete()
    assert involvements(*rows)["refusals"] == []
    again = counts(involvements(*rows), "involvement")
    assert (again["read"], again["unchanged"]) == (len(rows), len(rows))
