"""What becomes of an SEN2 return, and of the extracts about EHC requests."""

import datetime

import pytest

from ehcp.models import Decision, PermittedException, Plan, Request
from referrals.models import Child
from tests import making
from tests.returns import census, child, children, counts, elements, extract, sample, take, take_one

pytestmark = pytest.mark.django_db
Date = datetime.date


@pytest.fixture
def sen2(tmp_path):
    """Take in an SEN2 return of these persons."""

    def taken(*told: str) -> dict:
        path = tmp_path / "sen2.xml"
        path.write_text(census("SEN2", elements("Persons", *told), day="2024-01-18"))
        return take_one(path)

    return taken


def person(*requests: str, **told: str) -> str:
    usual = {
        "Surname": "Ash",
        "Forename": "Kim",
        "PersonBirthDate": "2015-02-03",
        "Sex": "F",
        "Ethnicity": "WBRI",
        "UPN": "X123456789012",
    }
    return elements("Person", *requests, **usual | told)


def request(*inside: str, **told: str) -> str:
    usual = {
        "ReceivedDate": "2023-03-01",
        "RequestOutcome": "Y",
        "RequestOutcomeDate": "2023-04-05",
    }
    return elements("Requests", *inside, **usual | told)


def assessment(*inside: str, outcome: str = "Y", day: str | None = "2023-07-01", **told) -> str:
    usual = {"AssessmentOutcome": outcome, "AssessmentOutcomeDate": day, "Week20": "0"}
    return elements("Assessment", *inside, **usual | told)


def plan(**told: str) -> str:
    return elements("NamedPlan", **{"StartDate": "2023-07-02"} | told)


@pytest.mark.parametrize("name", ["sen2_sample_2024.xml", "bad_sen2_sample_2024.xml"])
def test_sample_holds_one_plan_issued_in_time_without_exception(name):
    report = take_one(sample(f"sen2/{name}"))
    assert counts(report, "child")["new"] == 2
    assert counts(report, "EHC request") == {"read": 3, "new": 3}
    issued = Plan.objects.get()
    assert issued.request.received_on == Date(2023, 11, 30)
    assert issued.issued_on <= issued.request.received_on + datetime.timedelta(days=140)
    assert issued.cease_reason == "4"
    assert issued.request.sen_type == "SEMH"
    assert not PermittedException.objects.exists()
    agreed = Decision.objects.filter(stage="assess").order_by("request__received_on")
    assert list(agreed.values_list("agreed", "decided_on")) == [
        (False, Date(2023, 12, 1)),
        (True, Date(2023, 12, 1)),
    ]
    again = take_one(sample(f"sen2/{name}"))
    assert (again["total"]["new"], again["total"]["changed"]) == (0, 0)


def test_plan_was_issued_on_the_day_of_the_outcome_not_of_its_latest_amendment(sen2):
    sen2(person(request(assessment(plan(StartDate="2023-12-01")))))
    assert Plan.objects.get().issued_on == Date(2023, 7, 1)


def test_plan_whose_outcome_has_no_date_was_issued_when_it_started(sen2):
    sen2(person(request(assessment(plan(), day=None))))
    assert Plan.objects.get().issued_on == Date(2023, 7, 2)


def test_plan_agreed_and_not_issued_yet_leaves_the_request_open(sen2):
    sen2(person(request(assessment(day=None))))
    assert not Plan.objects.exists()
    assert not Decision.objects.filter(stage="plan").exists()


def test_week_20_says_that_an_exception_applies_and_may_be_corrected(sen2):
    told = person(request(assessment(plan(), Week20="1")))
    sen2(told)
    assert PermittedException.objects.get().ground == "?"
    assert sen2(told)["total"]["changed"] == 0
    sen2(person(request(assessment(plan()))))
    assert not PermittedException.objects.exists()


def test_exception_whose_ground_is_known_is_not_told_twice(sen2):
    told = person(request(assessment(plan(), Week20="1")))
    sen2(told)
    PermittedException.objects.update(ground="c")
    assert sen2(told)["total"]["new"] == 0


@pytest.mark.parametrize(
    ("outcome", "stage", "withdrawn", "historical", "decided"),
    [
        ("Y", "request", False, False, True),
        ("N", "request", False, False, False),
        ("A", "request", False, False, None),
        ("W", "request", True, False, None),
        ("H", "request", False, True, None),
        ("Y", "assessment", False, False, True),
        ("N", "assessment", False, False, False),
        ("A", "assessment", False, False, None),
        ("W", "assessment", True, False, None),
        ("H", "assessment", False, True, None),
    ],
)
def test_every_outcome_has_its_place(sen2, outcome, stage, withdrawn, historical, decided):
    told = (
        request(RequestOutcome=outcome)
        if stage == "request"
        else request(assessment(outcome=outcome))
    )
    report = sen2(person(told))
    one = Request.objects.get()
    assert (one.withdrawn, one.historical) == (withdrawn, historical)
    decision = one.decisions.filter(stage="assess" if stage == "request" else "plan").first()
    assert (decision.agreed if decision else None) is decided
    assert report["refusals"] == []


def test_withdrawn_on_the_day_that_is_given_if_one_is(sen2):
    sen2(person(request(RequestOutcome="W", RequestOutcomeDate=None)))
    assert (Request.objects.get().withdrawn, Request.objects.get().withdrawn_on) == (True, None)
    sen2(person(request(RequestOutcome="W")))
    assert Request.objects.get().withdrawn_on == Date(2023, 4, 5)


def test_historical_says_nothing_new_of_a_request_that_is_known(sen2):
    sen2(person(request(assessment(plan()))))
    later = request(
        assessment(plan(StartDate="2023-11-01"), outcome="H", day=None),
        RequestOutcome="H",
        RequestOutcomeDate=None,
    )
    assert sen2(person(later))["total"]["changed"] == 0
    assert not Request.objects.get().historical
    assert Plan.objects.get().issued_on == Date(2023, 7, 1)


def test_historical_request_assessed_this_year_is_in_this_year(sen2):
    sen2(person(request(assessment(plan()), RequestOutcome="H", RequestOutcomeDate=None)))
    assert not Request.objects.get().historical


def test_corrected_return_updates(sen2):
    sen2(person(request(RequestOutcome="A", RequestOutcomeDate=None)))
    sen2(person(request(RequestOutcome="N"), Surname="Oak"))
    assert Decision.objects.get().agreed is False
    sen2(person(request(assessment(plan()))))
    assert Decision.objects.get(stage="assess").agreed is True
    assert Child.objects.get().last_name == "Ash"


@pytest.mark.parametrize(
    "told",
    [
        {"ReceivedDate": None},
        {"ReceivedDate": "2024-01-19"},
        {"ReceivedDate": "Notadate"},
        {"RequestOutcomeDate": "2023-02-28"},
        {"RequestOutcome": "N", "RequestOutcomeDate": None},
    ],
)
def test_request_that_would_be_false_is_refused(sen2, told):
    report = sen2(person(request(**told), request(ReceivedDate="2023-06-01", RequestOutcome="A")))
    assert counts(report, "EHC request") == {"read": 2, "new": 1, "refused": 1}
    assert Request.objects.get().received_on == Date(2023, 6, 1)


def test_person_is_found_by_pupil_number_then_learner_number_then_name(sen2):
    sen2(person(request()))
    sen2(person(request(), Surname="Oak"))
    assert Child.objects.count() == 1
    sen2(person(request(), Surname="Oak", UPN=None))
    assert Child.objects.count() == 1
    learner = {"UPN": None, "UniqueLearnerNumber": "1234567890", "Forename": "Bo"}
    sen2(person(request(), **learner))
    sen2(person(request(), **learner | {"Surname": "Elm"}))
    assert Child.objects.count() == 2


def test_two_persons_of_one_name_in_one_return_are_two_children(sen2):
    sen2(person(request(), UPN=None))
    report = sen2(person(request(), UPN="A123456789019"), person(request(), UPN="A123456789027"))
    assert report["refusals"] == []
    assert set(Child.objects.values_list("upn", flat=True)) == {"A123456789019", "A123456789027"}


def test_person_without_a_pupil_number_who_is_not_known_is_warned_of_once(sen2):
    told = person(request(), UPN=None)
    (warning,) = sen2(told)["warnings"]
    assert "Without a UPN" in warning["reason"]
    assert sen2(told)["warnings"] == []


def test_nobody_knows_who_it_is(sen2):
    report = sen2(person(request(), UPN=None, Surname=None))
    assert {refusal["kind"] for refusal in report["refusals"]} == {"child", "EHC request"}


def test_child_of_the_census_and_person_of_sen2_are_one_either_way_round(sen2, tmp_path):
    path = tmp_path / "cin.xml"
    path.write_text(children(child(UPN="X123456789012")))
    take_one(path)
    sen2(person(request()))
    one = Child.objects.get()
    assert (one.reference, one.last_name) == ("C1", "Ash")
    one.delete()
    sen2(person(request()))
    take_one(path)
    one = Child.objects.get()
    assert (one.reference, one.last_name, one.upn) == ("C1", "Ash", "X123456789012")


# Extracts


@pytest.fixture
def extracts(tmp_path):
    """Take in the extracts that tell of one request, in the wrong order."""
    making.authority(code="901")

    def taken(
        outcome: str = "Y", plan_starts: str = "2023-08-01", assessed: str = "Y"
    ) -> list[dict]:
        return take(
            extract(
                "ssd_ehcp_named_plan",
                tmp_path,
                {
                    "ehcn_named_plan_id": "N1",
                    "ehcn_ehcp_asmt_id": "A1",
                    "ehcn_named_plan_start_date": plan_starts,
                    "ehcn_named_plan_ceased_date": "2023-12-01",
                    "ehcn_named_plan_ceased_reason": "5",
                },
            ),
            extract(
                "ssd_ehcp_assessment",
                tmp_path,
                {
                    "ehca_ehcp_assessment_id": "A1",
                    "ehca_ehcp_request_id": "Q1",
                    "ehca_ehcp_assessment_outcome": assessed,
                    "ehca_ehcp_assessment_outcome_date": "2023-07-01",
                    "ehca_ehcp_assessment_exceptions": "1",
                },
            ),
            extract(
                "ssd_ehcp_requests",
                tmp_path,
                {
                    "ehcr_ehcp_request_id": "Q1",
                    "ehcr_send_table_id": "S1",
                    "ehcr_ehcp_req_date": "2023-03-01",
                    "ehcr_ehcp_req_outcome": outcome,
                    "ehcr_ehcp_req_outcome_date": "2023-04-05",
                },
            ),
            extract("ssd_send", tmp_path, {"send_table_id": "S1", "send_person_id": "P1"}),
            extract("ssd_person", tmp_path, {"pers_person_id": "P1", "pers_dob": "2015-02-03"}),
        )

    return taken


def test_extracts_tell_of_request_decision_exception_and_plan(extracts):
    extracts()
    one = Request.objects.get()
    assert (one.reference, one.received_on) == ("Q1", Date(2023, 3, 1))
    assert set(one.decisions.values_list("stage", "agreed")) == {("assess", True), ("plan", True)}
    assert (one.plan.issued_on, one.plan.ceased_on) == (Date(2023, 7, 1), Date(2023, 12, 1))
    assert one.exceptions.get().ground == "?"


def test_extracts_twice_change_nothing(extracts):
    extracts()
    assert [(r["total"]["new"], r["total"]["changed"]) for r in extracts()] == [(0, 0)] * 5


def test_extracts_of_a_withdrawn_assessment_twice_change_nothing(extracts):
    extracts(assessed="W")
    assert Request.objects.get().withdrawn
    assert [r["total"]["changed"] for r in extracts(assessed="W")] == [0] * 5


def test_request_of_a_person_that_only_ssd_send_knows_is_refused_without_it(tmp_path):
    making.authority(code="901")
    row = {
        "ehcr_ehcp_request_id": "Q1",
        "ehcr_send_table_id": "S1",
        "ehcr_ehcp_req_date": "2023-03-01",
    }
    report = take_one(extract("ssd_ehcp_requests", tmp_path, row))
    assert "ssd_send" in report["refusals"][0]["reason"]
