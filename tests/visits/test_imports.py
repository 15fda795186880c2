"""What becomes of child protection plans and visits in returns."""

import datetime

import pytest

from referrals.models import Child
from tests import making
from tests.returns import (
    child,
    children,
    counts,
    elements,
    extract,
    referral,
    rules,
    sample,
    take,
    take_one,
)
from visits.models import ProtectionPlan, Visit

pytestmark = pytest.mark.django_db
Date = datetime.date


@pytest.fixture
def census(tmp_path):
    """Take in a CIN census of one child with these plans."""

    def taken(*told: str, **of_child: str) -> dict:
        path = tmp_path / "cin.xml"
        path.write_text(children(child(referral(*told), **of_child)))
        return take_one(path)

    return taken


def plan(**told: str) -> str:
    usual = {
        "CPPstartDate": "2023-05-20",
        "InitialCategoryOfAbuse": "NEG",
        "LatestCategoryOfAbuse": "EMO",
        "NumberOfPreviousCPP": "0",
    }
    return elements("ChildProtectionPlans", **usual | told)


def test_plan_of_the_census_in_full_depth():
    take_one(sample("cin/BAR_cin_2022.xml"))
    one = ProtectionPlan.objects.get()
    assert (one.started_on, one.ended_on) == (Date(1970, 2, 17), Date(1971, 3, 14))
    assert (one.initial_category, one.earlier_plans, one.entered_here) == ("PHY", 10, False)


def test_earlier_plans_are_those_that_are_not_recorded_here(census):
    told = (
        plan(CPPendDate="2023-08-01", NumberOfPreviousCPP="1"),
        plan(CPPstartDate="2023-10-01", NumberOfPreviousCPP="2"),
    )
    census(*told)
    assert list(
        ProtectionPlan.objects.order_by("started_on").values_list("earlier_plans", flat=True)
    ) == [1, 1]
    assert counts(census(*told), "child protection plan") == {"read": 2, "unchanged": 2}


def test_older_return_that_comes_later_brings_plans_that_were_only_counted(census):
    later = plan(CPPstartDate="2023-10-01", NumberOfPreviousCPP="2")
    older = plan(CPPendDate="2023-08-01")
    census(later)
    assert ProtectionPlan.objects.get().earlier_plans == 2
    census(older)
    assert ProtectionPlan.objects.get(started_on="2023-10-01").earlier_plans == 1
    assert counts(census(older), "child protection plan") == {"read": 1, "unchanged": 1}
    assert counts(census(later), "child protection plan") == {"read": 1, "unchanged": 1}


def test_what_was_entered_here_of_earlier_plans_stays(census):
    census()
    making.protection_plan(child=Child.objects.get(), started_on=Date(2023, 10, 1), earlier_plans=2)
    census(plan(CPPendDate="2023-08-01"))
    assert ProtectionPlan.objects.get(started_on="2023-10-01").earlier_plans == 2


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"CPPstartDate": None}, "8720"),
        ({"CPPstartDate": "2024-04-01"}, "8720"),
        ({"CPPendDate": "2023-05-20"}, "8840"),
        ({"CPPendDate": "2023-05-19"}, "8925"),
    ],
)
def test_plan_that_cannot_be_is_refused(census, told, rule):
    report = census(plan(**told))
    assert [refusal["rule"] for refusal in report["refusals"]] == [rule]
    assert not ProtectionPlan.objects.exists()
    assert Child.objects.exists()


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"CPPendDate": "2024-04-01"}, "8930"),
        ({"InitialCategoryOfAbuse": "BAD"}, "8905"),
        ({"LatestCategoryOfAbuse": None}, "8910"),
        ({"CPPstartDate": "2023-01-01"}, "1105"),
    ],
)
def test_odd_plan_goes_in_with_a_warning(census, told, rule):
    report = census(plan(**told))
    assert rules(report) == {rule}
    assert ProtectionPlan.objects.get().ended_on is None


def test_plans_that_overlap_are_history(census):
    report = census(plan(), plan(CPPstartDate="2023-06-01"))
    assert rules(report) == {"8940"}
    assert ProtectionPlan.objects.get(overlaps=True).started_on == Date(2023, 6, 1)


# Extracts


@pytest.fixture
def visits(tmp_path):
    """Take in an extract of visits under a plan of 2023, of a child born that June."""
    making.authority(code="901")
    files = [
        extract(
            "ssd_person",
            tmp_path,
            {"pers_person_id": "P1", "pers_dob": "2023-06-15", "pers_sex": "M"},
        ),
        extract(
            "ssd_cp_plans",
            tmp_path,
            {
                "cppl_cp_plan_id": "L1",
                "cppl_person_id": "P1",
                "cppl_cp_plan_start_date": "2023-05-01",
                "cppl_cp_plan_end_date": "2023-12-01",
                "cppl_cp_plan_initial_category": "Neglect",
                "cppl_cp_plan_latest_category": "Multiple: Neglect, Physical",
                "cppl_cp_plan_ola": "N",
            },
        ),
    ]

    def taken(*rows: dict[str, str]) -> dict:
        usual = {"cppv_cp_plan_id": "L1", "cppv_person_id": "P1"}
        rows = [{"cppv_cp_visit_id": f"V{n}"} | usual | row for n, row in enumerate(rows)]
        return take(*files, extract("ssd_cp_visits", tmp_path, *rows))[-1]

    return taken


def visit(day: str, seen: str = "Y", alone: str = "") -> dict[str, str]:
    return {
        "cppv_cp_visit_date": day,
        "cppv_cp_visit_seen": seen,
        "cppv_cp_visit_seen_alone": alone,
    }


def test_visit_qualifies_where_the_child_was_seen_and_before_birth_the_mother(visits):
    visits(visit("2023-06-01"), visit("2023-07-01", alone="Y"), visit("2023-08-01", seen="N"))
    told = Visit.objects.order_by("visited_on").values_list("outcome", "seen_alone", "qualifies")
    assert list(told) == [
        ("mother_seen", None, True),
        ("seen", True, True),
        ("attempted", None, False),
    ]
    one = ProtectionPlan.objects.get()
    assert (one.initial_category, one.latest_category) == ("NEG", "MUL")


@pytest.mark.parametrize("day", ["2023-04-30", "2023-12-02", "2999-01-01", "", "45321"])
def test_visit_outside_its_plan_or_without_a_day_is_refused(visits, day):
    report = visits(visit(day), visit("2023-07-01"))
    assert counts(report, "visit") == {"read": 2, "new": 1, "refused": 1}
    assert report["refusals"][0]["place"] == "row 2"


def test_visit_of_an_unknown_plan_is_refused(visits):
    report = visits({**visit("2023-07-01"), "cppv_cp_plan_id": "L9"})
    assert report["refusals"][0]["value"] == "L9"


def test_same_visits_twice_change_nothing_and_a_correction_updates(visits):
    visits(visit("2023-07-01"))
    assert counts(visits(visit("2023-07-01")), "visit") == {"read": 1, "unchanged": 1}
    assert counts(visits(visit("2023-07-02", seen="N")), "visit") == {"read": 1, "changed": 1}
    assert Visit.objects.get().outcome == "attempted"


def test_plan_that_would_end_before_its_visits_is_refused(visits, tmp_path):
    visits(visit("2023-07-01"))
    row = {
        "cppl_cp_plan_id": "L1",
        "cppl_person_id": "P1",
        "cppl_cp_plan_start_date": "2023-05-01",
        "cppl_cp_plan_end_date": "2023-06-01",
    }
    report = take_one(extract("ssd_cp_plans", tmp_path, row))
    assert counts(report, "child protection plan")["refused"] == 1
    assert ProtectionPlan.objects.get().ended_on == Date(2023, 12, 1)


def test_plan_of_another_authority_is_not_ours(visits, tmp_path):
    visits()
    row = {
        "cppl_cp_plan_id": "L2",
        "cppl_person_id": "P1",
        "cppl_cp_plan_start_date": "2024-05-01",
        "cppl_cp_plan_ola": "Y",
    }
    assert take_one(extract("ssd_cp_plans", tmp_path, row))["total"]["refused"] == 1
