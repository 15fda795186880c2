"""What becomes of a workforce census, and of the extract of professionals."""

import datetime
from decimal import Decimal

import pytest

from tests import making
from tests.returns import census, counts, elements, extract, sample, take, take_one
from workforce.models import Assignment, Employment, Team, Vacancy, Worker

pytestmark = pytest.mark.django_db
Date = datetime.date


@pytest.fixture
def workforce(tmp_path):
    """Take in a workforce census of these workers."""

    def taken(*told: str, **header: str) -> dict:
        path = tmp_path / "csww.xml"
        path.write_text(census("CSWW", "".join(told), **{"day": "2023-09-30"} | header))
        return take_one(path)

    return taken


def worker(**told: str) -> str:
    usual = {
        "AgencyWorker": "0",
        "SWENo": "SW1234567890",
        "FTE": "0.8",
        "RoleStartDate": "2020-01-06",
        "StartOrigin": "2",
    }
    return elements("CSWWWorker", **usual | told)


def vacancies(number: str) -> str:
    return elements("LALevelVacancies", NumberOfVacancies=number, NoAgencyFTE="2")


def in_post(day: Date):
    """The assignments of those in post on a day."""
    return Assignment.objects.filter(employment__started_on__lte=day).exclude(
        employment__left_on__lte=day
    )


def test_census_of_2022_gives_the_known_counts():
    report = take_one(sample("csww/social_work_workforce_2022.xml"))
    assert counts(report, "worker") == {"read": 30, "refused": 11, "new": 19}
    reasons = [refusal["reason"] for refusal in report["refusals"]]
    assert sum("There is no RoleStartDate" in reason for reason in reasons) == 4
    assert sum("This is after" in reason for reason in reasons) == 7
    late = [issue for issue in report["warnings"] if issue["field"] == "RoleEndDate"]
    assert {issue["value"] for issue in late} == {"2023-03-28"}
    assert Team.objects.get().code == "301"


def test_hours_in_post_on_the_census_day_are_the_known_ones():
    take_one(sample("csww/social_work_workforce_2022.xml"))
    here = in_post(Date(2022, 9, 30))
    employed = [each.fte for each in here.filter(employment__contract="employee")]
    agency = [each.fte for each in here.filter(employment__contract="agency")]
    assert (len(employed), round(sum(employed), 4)) == (8, Decimal("2.7159"))
    assert (len(agency), round(sum(agency), 4)) == (10, Decimal("1.4098"))
    share = 100 * sum(agency) / (sum(agency) + sum(employed))
    assert round(share, 1) == Decimal("34.2")


def test_registration_numbers_are_kept_in_capitals():
    take_one(sample("csww/social_work_workforce_2022.xml"))
    numbers = Worker.objects.values_list("registration_number", flat=True)
    assert "OZ2054309383" in numbers
    assert all(number == number.upper() for number in numbers)


def test_same_census_twice_changes_nothing():
    take_one(sample("csww/social_work_workforce_2022.xml"))
    again = take_one(sample("csww/social_work_workforce_2022.xml"))
    assert (again["total"]["new"], again["total"]["changed"]) == (0, 0)
    for kind in ("employment", "assignment"):
        assert counts(again, kind)["read"] == counts(again, kind)["unchanged"] == 19


def test_leaver_has_the_hours_of_before(workforce):
    left = {"RoleEndDate": "2023-05-01", "ReasonLeave": "1", "FTE": "0", "FTE30": "0.6"}
    report = workforce(worker(**left))
    assert Assignment.objects.get().fte == Decimal("0.6")
    assert Employment.objects.get().left_on == Date(2023, 5, 1)
    assert counts(report, "assignment") == {"read": 1, "new": 1, "warned": 1}


def test_hours_of_one_whose_team_is_known_are_not_kept(workforce):
    workforce(worker())
    Assignment.objects.update(team=making.team(Team.objects.get()))
    report = workforce(worker(FTE="0.5"))
    assert counts(report, "assignment") == {"read": 1, "not_kept": 1}
    assert Assignment.objects.get().fte == Decimal("0.8")


def test_leaver_without_a_reason_left_for_one_not_known(workforce):
    workforce(worker(RoleEndDate="2023-05-01"))
    assert Employment.objects.get().reason_for_leaving == "9"


def test_corrected_census_updates(workforce):
    workforce(worker())
    report = workforce(worker(FTE="0.9", OrgRole="4", RoleEndDate="2023-09-01", ReasonLeave="5"))
    assert counts(report, "employment") == {"read": 1, "changed": 1}
    job = Assignment.objects.get()
    assert (job.fte, job.role) == (Decimal("0.9"), "4")


def test_start_that_is_corrected_moves_the_employment(workforce):
    workforce(worker())
    workforce(worker(RoleStartDate="2020-02-03"))
    assert Employment.objects.get().started_on == Date(2020, 2, 3)
    assert Assignment.objects.get().started_on == Date(2020, 2, 3)


def test_hours_that_change_between_two_censuses_change_on_the_later_day(workforce):
    workforce(vacancies("3"), worker(FTE="1"), day="2022-09-30")
    later = (vacancies("4"), worker(FTE="0.5"))
    workforce(*later)
    hours = [(each.started_on, each.ended_on, each.fte) for each in Assignment.objects.all()]
    assert hours == [
        (Date(2020, 1, 6), Date(2023, 9, 30), 1),
        (Date(2023, 9, 30), None, Decimal("0.5")),
    ]
    assert workforce(*later)["total"]["changed"] == 0
    assert workforce(vacancies("3"), worker(FTE="1"), day="2022-09-30")["total"]["changed"] == 0


def test_worker_whose_team_is_known_keeps_it(workforce):
    here = making.authority(code="901")
    one = making.worker(authority=here, registration_number="SW1234567890")
    job = making.employment(worker=one, started_on=Date(2020, 1, 6), entered_here=False)
    making.assignment(employment=job, started_on=Date(2020, 1, 6))
    workforce(worker(FTE="0.4"))
    assert Assignment.objects.get().fte == 1


def test_two_employments_at_once_cannot_be(workforce):
    here = making.authority(code="901")
    one = making.worker(authority=here, registration_number="SW1234567890")
    making.employment(worker=one, started_on=Date(2020, 3, 1))
    report = workforce(worker())
    (refusal,) = report["refusals"]
    assert "already in post" in refusal["reason"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"SWENo": None}, "SWENo"),
        ({"SWENo": "12345"}, "SWENo"),
        ({"RoleStartDate": "soon"}, "RoleStartDate"),
        ({"RoleEndDate": "2019-12-31"}, "RoleEndDate"),
        ({"RoleEndDate": "2020-01-06"}, "RoleEndDate"),
        ({"AgencyWorker": "2"}, "AgencyWorker"),
    ],
)
def test_worker_of_whom_nothing_true_can_be_said_is_refused(workforce, told, field):
    report = workforce(worker(**told), worker(SWENo="SW0000000001"))
    (refusal,) = report["refusals"]
    assert refusal["field"] == field
    assert Employment.objects.get().worker.registration_number == "SW0000000001"


def test_vacancies_of_a_census_day_last_until_the_next(workforce):
    workforce(vacancies("79.68"), worker(), day="2022-09-30")
    workforce(vacancies("60.5"), worker())
    told = Vacancy.objects.order_by("opened_on").values_list("reference", "fte", "filled_on")
    assert list(told) == [
        ("CSWW 2022", Decimal("79.68"), Date(2023, 9, 30)),
        ("CSWW 2023", Decimal("60.5"), None),
    ]


def test_older_census_that_comes_later_does_not_reopen_vacancies(workforce):
    workforce(vacancies("60.5"), worker())
    workforce(vacancies("79.68"), worker(), day="2022-09-30")
    assert Vacancy.objects.get(reference="CSWW 2022").filled_on == Date(2023, 9, 30)


def test_professional_of_the_extract_is_the_worker_of_the_census(workforce, tmp_path):
    workforce(worker())
    rows = (
        {
            "prof_professional_id": "7",
            "prof_professional_name": "O'Brien Siân",
            "prof_social_worker_registration_no": "sw1234567890",
            "prof_full_time_equivalency": "0.5",
        },
        {"prof_professional_id": "8", "prof_professional_name": "Null"},
    )
    path = extract("ssd_professionals", tmp_path, *rows)
    report = take_one(path)
    assert counts(report, "worker") == {"read": 2, "new": 1, "changed": 1}
    assert counts(report, "prof_full_time_equivalency") == {"read": 1, "not_kept": 1}
    assert list(Worker.objects.order_by("reference").values_list("registered", flat=True)) == [
        True,
        False,
    ]
    assert take(path)[0]["total"]["unchanged"] == 2
