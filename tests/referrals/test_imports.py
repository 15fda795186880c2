"""What becomes of a CIN census, and of the extracts about children and referrals."""

import datetime

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies

from config.workdays import ONE_DAY
from indicators.models import Outbox
from referrals.models import Assessment, Child, Referral
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
from workforce.models import Team

pytestmark = pytest.mark.django_db
Date = datetime.date
EPISODES = strategies.tuples(
    strategies.dates(Date(2023, 5, 1), Date(2023, 5, 12)),
    strategies.none() | strategies.integers(0, 6),
    strategies.booleans(),
)


@pytest.fixture
def census(tmp_path):
    """Take in a CIN census of these children."""

    def taken(*told: str, **header: str) -> dict:
        path = tmp_path / "cin.xml"
        path.write_text(children(*told, **header))
        return take_one(path)

    return taken


def written() -> dict[str, int]:
    """How many rows each table holds, histories and outbox included."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


# The known answers


def test_fake_census_gives_the_known_counts():
    report = take_one(sample("cin/fake_CIN_data.xml"))
    assert counts(report, "child") == {"read": 332, "new": 332, "warned": 8}
    referrals = counts(report, "referral")
    assert (referrals["read"], referrals["refused"], referrals["new"]) == (402, 8, 394)
    assert {refusal["rule"] for refusal in report["refusals"]} == {"8600"}
    assert all(refusal["value"] > "2022-07-21" for refusal in report["refusals"])
    assert Team.objects.get().code == "975"
    assert not Referral.objects.filter(overlaps=True).exists()
    assert not Referral.objects.filter(no_further_action=False).exists()
    assert not Referral.objects.filter(decision_collected=True).exists()


def test_every_closure_is_read_also_the_one_that_straddles_two_chunks():
    report = take_one(sample("cin/fake_CIN_data.xml"))
    late = [issue for issue in report["warnings"] if issue["field"] == "CINclosureDate"]
    refused_places = {issue["place"] for issue in report["refusals"]}
    text = sample("cin/fake_CIN_data.xml").read_text()
    given = text.count("<CINclosureDate>")
    assert given == 252
    in_refused = sum(
        "<CINclosureDate>"
        in text.split("\n", int(place.split()[1]) - 1)[-1].split("</CINdetails>")[0]
        for place in refused_places
    )
    assert Referral.objects.exclude(closed_on=None).count() == given - len(late) - in_refused
    assert all(issue["rule"] == "8620" for issue in late)


def test_repeat_referrals_of_the_fake_census_are_the_known_ones():
    take_one(sample("cin/fake_CIN_data.xml"))
    received: dict[int, list[Date]] = {}
    for child_id, day in Referral.objects.values_list("child_id", "received_on"):
        received.setdefault(child_id, []).append(day)

    def repeats(first: Date, last: Date) -> tuple[int, int]:
        days = [
            (child_id, d) for child_id, of in received.items() for d in of if first <= d <= last
        ]
        again = [
            d for child_id, d in days if any(_year_before(d) <= p < d for p in received[child_id])
        ]
        return len(again), len(days)

    assert repeats(Date(2020, 4, 1), Date(2021, 3, 31)) == (0, 46)
    assert repeats(Date(2021, 4, 1), Date(2022, 3, 31)) == (3, 54)
    assert repeats(Date(2021, 7, 22), Date(2022, 7, 21)) == (8, 73)
    assert repeats(Date(1900, 1, 1), Date(2100, 1, 1)) == (19, 394)


def _year_before(day: Date) -> Date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def test_fake_census_has_its_deaths_and_disabilities():
    report = take_one(sample("cin/fake_CIN_data.xml"))
    twice = [issue["value"].split(", ") for issue in report["warnings"] if issue["rule"] == "8794"]
    said_again = sum(len(codes) - len(set(codes)) for codes in twice)
    assert sum(len(one.disabilities) for one in Child.objects.all()) + said_again == 117
    died = Child.objects.exclude(died_on=None)
    assert died.count() == 21
    assert all(one.died_on == one.born_on for one in died)


def test_layout_of_2024_survives_its_oddities():
    report = take_one(sample("cin/CIN_Census_2024.xml"))
    assert counts(report, "child") == {"read": 2, "new": 2, "warned": 2}
    assert counts(report, "referral") == {"read": 2, "new": 1, "refused": 1}
    assert counts(report, "Section47") == {"read": 1, "not_kept": 1}
    assert set(Child.objects.values_list("sex", flat=True)) == {"M"}
    said = " ".join(issue["value"] + issue["reason"] for issue in report["warnings"])
    assert "longer than 20 characters" in said
    assert "The codes of Sex are M, F, U" in said
    assert "PersonBirthDate" in {refusal["value"] for refusal in report["refusals"]}


def test_child_in_full_depth_comes_in_with_warnings_named_by_their_rules():
    report = take_one(sample("cin/BAR_cin_2022.xml"))
    assert report["refusals"] == []
    assert rules(report) == {"8525", "8565", "1105"}
    assert Assessment.objects.get().started_on == Date(1970, 6, 3)


# Twice, and corrected


@pytest.mark.parametrize("name", ["fake_CIN_data.xml", "CIN_Census_2024.xml", "BAR_cin_2022.xml"])
def test_same_census_twice_writes_not_a_single_row(name):
    first = take_one(sample(f"cin/{name}"))
    before = written()
    second = take_one(sample(f"cin/{name}"))
    assert written() == before
    assert (second["total"]["new"], second["total"]["changed"]) == (0, 0)
    for kind, told in second["kinds"].items():
        assert told["unchanged"] == first["kinds"][kind]["new"]


def test_corrected_census_updates_and_takes_nothing_away(census):
    census(child(referral(), referral(CINreferralDate="2023-05-02", ReferralNFA="1")))
    closed = referral(CINclosureDate="2023-08-01", ReasonForClosure="RC7")
    report = census(child(closed, PersonBirthDate="2015-02-04"))
    assert counts(report, "child") == {"read": 1, "changed": 1}
    assert counts(report, "referral") == {"read": 1, "changed": 1}
    assert Child.objects.get().born_on == Date(2015, 2, 4)
    assert Referral.objects.count() == 2
    assert Referral.objects.get(no_further_action=False).closed_on == Date(2023, 8, 1)


def test_closure_that_is_withdrawn_opens_the_case_again(census):
    census(child(referral(CINclosureDate="2023-08-01", ReasonForClosure="RC7")))
    census(child(referral()))
    assert Referral.objects.get().closed_on is None


def test_second_referral_of_a_day_stays_the_second(census):
    two = child(referral(ReferralNFA="1"), referral(ReferralNFA="1", ReferralSource="2A"))
    census(two)
    assert counts(census(two), "referral") == {"read": 2, "unchanged": 2}
    report = census(
        child(referral(ReferralNFA="1"), referral(ReferralNFA="1", ReferralSource="3A"))
    )
    assert counts(report, "referral") == {"read": 2, "unchanged": 1, "changed": 1}
    assert list(Referral.objects.order_by("id").values_list("source", flat=True)) == ["6", "3A"]


def test_child_told_of_twice_is_one_child(census):
    report = census(
        child(referral(ReferralNFA="1")),
        child(referral(CINreferralDate="2023-07-01", ReferralNFA="1")),
    )
    assert Child.objects.count() == 1
    assert Referral.objects.count() == 2
    assert rules(report) == {"8510"}


def test_what_was_entered_here_is_left_as_it_is(census):
    one = making.child(reference="C1", authority=making.authority(code="901"))
    making.referral(child=one, received_on=Date(2023, 5, 2), source="3A")
    report = census(child(referral()))
    assert counts(report, "referral") == {"read": 1, "unchanged": 1, "warned": 1}
    assert Referral.objects.get().source == "3A"
    assert Referral.objects.get().entered_here


# Refused, or taken in with a warning


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"CINreferralDate": None}, "8600"),
        ({"CINreferralDate": ""}, "8600"),
        ({"CINreferralDate": "2024-04-01"}, "8600"),
        ({"CINreferralDate": "XXXX-12-01"}, ""),
        ({"CINreferralDate": "Notadate"}, ""),
        ({"CINreferralDate": "2023-02-29"}, ""),
        ({"CINreferralDate": "01/02/03"}, ""),
        ({"CINreferralDate": "0023-05-02"}, ""),
        ({"CINclosureDate": "2023-05-01", "ReasonForClosure": "RC7"}, "8630"),
        ({"CINclosureDate": "soon", "ReasonForClosure": "RC7"}, ""),
        ({"ReferralNFA": "perhaps"}, ""),
    ],
)
def test_referral_that_would_be_false_is_refused_and_the_rest_goes_in(census, told, rule):
    report = census(
        child(referral(**told), referral(CINreferralDate="2023-11-01", ReferralNFA="1"))
    )
    (refusal,) = report["refusals"]
    assert (refusal["kind"], refusal["identifier"], refusal["rule"]) == ("referral", "C1", rule)
    assert refusal["place"].startswith("line ")
    assert refusal["reason"]
    assert Referral.objects.get().received_on == Date(2023, 11, 1)


@pytest.mark.parametrize(
    ("told", "rule", "field", "value"),
    [
        ({"ReferralSource": "99"}, "8866", "source", ""),
        ({"ReferralSource": None}, "8866", "source", ""),
        ({"PrimaryNeedCode": "N99"}, "8650", "primary_need", ""),
        ({"PrimaryNeedCode": None}, "8610", "primary_need", ""),
        ({"ReferralNFA": None}, "", "no_further_action", False),
        ({"CINclosureDate": "2023-08-01"}, "8805", "closure_reason", "RC7"),
        ({"ReasonForClosure": "RC7"}, "8810", "closure_reason", ""),
        ({"CINclosureDate": "2024-04-01", "ReasonForClosure": "RC7"}, "8620", "closed_on", None),
        ({"CINreferralDate": "2012-01-01"}, "8606", "received_on", Date(2012, 1, 1)),
    ],
)
def test_referral_that_is_merely_odd_goes_in_with_a_warning(census, told, rule, field, value):
    report = census(child(referral(**told)))
    assert rules(report) == ({rule} if rule else set())
    assert counts(report, "referral") == {"read": 1, "new": 1, "warned": 1}
    assert getattr(Referral.objects.get(), field) == value


@pytest.mark.parametrize(
    ("told", "rule", "field", "value"),
    [
        ({"PersonBirthDate": "XXXX-12-01"}, "8525", "born_on", None),
        ({"PersonBirthDate": "2024-06-01"}, "8520", "born_on", None),
        ({"PersonDeathDate": "2014-01-01"}, "8535Q", "died_on", None),
        ({"Sex": None}, "4180", "sex", "U"),
        ({"ethnicity": "BBRI"}, "4220", "ethnicity", "NOBT"),
        ({"UPN": "X1234567898765"}, "", "upn", ""),
    ],
)
def test_odd_child_goes_in_with_a_warning(census, told, rule, field, value):
    report = census(child(referral(), **told))
    assert counts(report, "child") == {"read": 1, "new": 1, "warned": 1}
    assert rules(report, "child") >= ({rule} if rule else set())
    assert getattr(Child.objects.get(), field) == value


@pytest.mark.parametrize("reference", ["", "C" * 61])
def test_child_that_cannot_be_told_from_others_is_refused_with_its_referrals(census, reference):
    report = census(child(referral(), reference=reference), child(referral(), reference="C2"))
    assert {refusal["kind"] for refusal in report["refusals"]} == {"child", "referral"}
    assert Child.objects.get().reference == "C2"


def test_unknown_block_is_refused_and_the_child_goes_in(census):
    report = census(child(referral(), elements("Aliens", Planet="Mars")))
    (refusal,) = report["refusals"]
    assert (refusal["kind"], refusal["identifier"]) == ("Aliens", "C1")
    assert Referral.objects.exists()


def test_old_and_new_codes_of_sex_are_both_read(census):
    census(
        child(referral(), reference="a", Sex="2"),
        child(referral(), reference="b", Sex=None, GenderCurrent="1"),
        child(referral(), reference="c", Sex=None, GenderCurrent="F"),
        child(referral(), reference="d", Sex=None, GenderCurrent="9"),
    )
    sexes = dict(Child.objects.values_list("reference", "sex"))
    assert sexes == {"a": "F", "b": "M", "c": "F", "d": "U"}


def test_episodes_that_overlap_are_history_and_the_later_one_is_flagged(census):
    told = child(
        referral(CINreferralDate="2023-06-01", CINclosureDate="2023-09-01", ReasonForClosure="RC7"),
        referral(CINclosureDate="2023-07-01", ReasonForClosure="RC7"),
        referral(CINreferralDate="2023-07-01"),
    )
    report = census(told)
    assert rules(report) == {"8820"}
    flagged = Referral.objects.filter(overlaps=True)
    assert flagged.get().received_on == Date(2023, 6, 1)
    assert counts(census(told), "referral") == {"read": 3, "unchanged": 3, "warned": 1}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(episodes=strategies.lists(EPISODES, min_size=1, max_size=6))
def test_database_takes_whatever_episodes_a_council_has(census, episodes):
    with transaction.atomic():
        report = census(
            child(
                *(
                    referral(
                        CINreferralDate=str(since),
                        CINclosureDate=None if days is None else str(since + days * ONE_DAY),
                        ReasonForClosure=None if days is None else "RC7",
                        ReferralNFA="1" if nothing else "0",
                    )
                    for since, days, nothing in episodes
                )
            )
        )
        assert report["refusals"] == []
        flagged = Referral.objects.filter(overlaps=True).count()
        assert counts(report, "referral").get("warned", 0) == flagged
        transaction.set_rollback(True)


def test_referral_without_further_action_in_an_open_case_is_history_and_flagged(census):
    contact = referral(CINreferralDate="2023-07-01", ReferralNFA="1")
    report = census(child(referral(), contact))
    assert rules(report) == {"8820"}
    assert Referral.objects.get(overlaps=True).no_further_action
    report = census(child(referral(CINclosureDate="2023-07-01", ReasonForClosure="RC7"), contact))
    assert not Referral.objects.filter(overlaps=True).exists()
    assert counts(report, "referral") == {"read": 2, "changed": 2}


def test_row_is_counted_once_though_it_changes_a_record_that_is_not_in_the_file(census):
    census(child(referral(), referral(CINreferralDate="2023-09-01", ReferralNFA="1")))
    report = census(child(referral(CINclosureDate="2023-08-01", ReasonForClosure="RC7")))
    assert counts(report, "referral") == {"read": 1, "changed": 1}
    assert not Referral.objects.filter(overlaps=True).exists()


def test_correction_that_ends_an_overlap_takes_the_flag_away(census):
    later = referral(CINreferralDate="2023-07-01")
    census(child(referral(CINclosureDate="2023-09-01", ReasonForClosure="RC7"), later))
    assert Referral.objects.filter(overlaps=True).exists()
    census(child(referral(CINclosureDate="2023-06-01", ReasonForClosure="RC7"), later))
    assert not Referral.objects.filter(overlaps=True).exists()


def test_assessment_of_a_refused_referral_is_refused_with_it(census):
    assessment = elements("Assessments", AssessmentActualStartDate="2023-05-03")
    report = census(child(referral(assessment, CINreferralDate="2025-01-01")))
    assert counts(report, "assessment") == {"read": 1, "refused": 1}


def test_census_fires_no_doubt_about_whose_it_is(tmp_path):
    path = tmp_path / "cin.xml"
    path.write_text(children(child(referral())))
    (report,) = take(path, authority="902")
    assert "901" in report["refused"]
    assert not Child.objects.exists()


def test_new_referral_reaches_the_outbox(census):
    census(child(referral()))
    assert Outbox.objects.filter(family="referrals").exists()


# Extracts

PERSON = {"pers_person_id": "P1", "pers_sex": "F", "pers_dob": "2015-02-03 00:00:00.000"}
EPISODE = {
    "cine_referral_id": "R1",
    "cine_person_id": "P1",
    "cine_referral_date": "02/05/2023",
    "cine_cin_primary_need_code": "N1",
    "cine_referral_source_code": "6",
    "cine_referral_nfa": "N",
}


def test_extracts_come_in_whatever_their_order(tmp_path):
    making.authority(code="901")
    episodes = extract("ssd_cin_episodes", tmp_path, EPISODE)
    persons = extract("ssd_person", tmp_path, PERSON)
    reports = take(episodes, persons)
    assert [report["total"]["new"] for report in reports] == [1, 1]
    one = Referral.objects.get()
    assert (one.reference, one.received_on, one.no_further_action) == (
        "R1",
        Date(2023, 5, 2),
        False,
    )
    assert one.child.born_on == Date(2015, 2, 3)
    assert [report["total"]["unchanged"] for report in take(episodes, persons)] == [1, 1]


def test_extract_names_no_authority_so_somebody_must(tmp_path):
    persons = extract("ssd_person", tmp_path, PERSON)
    assert "none yet" in take(persons)[0]["refused"]
    assert take(persons, authority="901")[0]["refused"] is None
    assert take(persons)[0]["refused"] is None
    making.authority(code="902")
    assert "more than one" in take(persons)[0]["refused"]


def test_row_of_an_unknown_person_is_refused_with_its_row(tmp_path):
    making.authority(code="901")
    report = take_one(extract("ssd_cin_episodes", tmp_path, EPISODE))
    (refusal,) = report["refusals"]
    assert (refusal["place"], refusal["identifier"], refusal["value"]) == ("row 2", "R1", "P1")


def test_referral_of_the_census_and_of_the_extract_is_one(census, tmp_path):
    census(child(referral(), reference="P1"))
    report = take_one(extract("ssd_cin_episodes", tmp_path, EPISODE))
    assert counts(report, "referral") == {"read": 1, "changed": 1}
    assert Referral.objects.get().reference == "R1"
    assert counts(census(child(referral(), reference="P1")), "referral")["unchanged"] == 1


def test_referral_of_the_wrong_child_moves_to_the_right_one(tmp_path):
    making.authority(code="901")
    persons = extract("ssd_person", tmp_path, PERSON, PERSON | {"pers_person_id": "P2"})
    take(persons, extract("ssd_cin_episodes", tmp_path, EPISODE))
    moved = EPISODE | {"cine_person_id": "P2"}
    assert take(persons, extract("ssd_cin_episodes", tmp_path, moved))[1]["total"]["changed"] == 1
    assert Referral.objects.get().child.reference == "P2"


def test_assessments_disabilities_and_pupil_numbers_are_added(tmp_path):
    making.authority(code="901")
    files = [
        extract("ssd_person", tmp_path, PERSON),
        extract("ssd_cin_episodes", tmp_path, EPISODE),
        extract(
            "ssd_cin_assessments",
            tmp_path,
            {
                "cina_assessment_id": "A1",
                "cina_referral_id": "R1",
                "cina_assessment_start_date": "2023-05-03",
            },
        ),
        extract(
            "ssd_disability",
            tmp_path,
            {"disa_table_id": "1", "disa_person_id": "P1", "disa_disability_code": "VIS"},
            {"disa_table_id": "2", "disa_person_id": "P1", "disa_disability_code": "MOB"},
        ),
        extract(
            "ssd_send",
            tmp_path,
            {"send_table_id": "S1", "send_person_id": "P1", "send_upn": "A123456789012"},
        ),
    ]
    take(*files)
    one = Child.objects.get()
    assert (one.disabilities, one.upn) == (["MOB", "VIS"], "A123456789012")
    assert Assessment.objects.get().reference == "A1"
    before = written()
    take(*files)
    assert written() == before


def test_ragged_row_is_refused_and_the_rest_goes_in(tmp_path):
    making.authority(code="901")
    path = tmp_path / "ssd_person.csv"
    path.write_text(
        "PERS_PERSON_ID;pers_sex;pers_dob\r\nP1;F\nP2;F;2015-02-03\rP3;M;2016-01-01;x\n"
    )
    report = take_one(path)
    assert [refusal["place"] for refusal in report["refusals"]] == ["row 2", "row 4"]
    assert Child.objects.get().reference == "P2"


def test_extract_of_a_council_that_saves_from_excel_is_read(tmp_path):
    making.authority(code="901")
    path = tmp_path / "ssd_professionals.csv"
    path.write_bytes(
        "prof_professional_id,prof_professional_name\n7,Zoë O’Brien\n".encode("cp1252")
    )
    assert counts(take_one(path), "worker") == {"read": 1, "new": 1}
