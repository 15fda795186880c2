"""A return that names a record which was merged tells of the child that stays."""

import pytest

from ehcp.models import Request
from referrals import merging
from referrals.models import Child, Involvement, Referral
from tests import making
from tests.returns import census, child, children, elements, extract, referral, take_one

pytestmark = pytest.mark.django_db
UPN = "A123456789012"


@pytest.fixture
def survivor(tmp_path):
    """The child that stays, into which the one with the reference C1 was merged."""
    take_one(file_of(tmp_path, children(child(referral()))))
    duplicate = Child.objects.get()
    Child.objects.filter(pk=duplicate.pk).update(upn=UPN)
    stays = making.child(
        authority=duplicate.authority, reference="A1", first_name="Anna", upn="B123456789012"
    )
    manager = making.holder("service_manager", duplicate.authority)
    merging.merge_children(
        survivor=stays,
        duplicate=duplicate,
        note="The same child.",
        taken=[],
        ways_out={},
        by=manager,
    )
    stays.refresh_from_db()
    return stays


def file_of(folder, text: str):
    path = folder / "return.xml"
    path.write_text(text)
    return path


def test_the_same_census_again_writes_nothing(survivor, tmp_path):
    report = take_one(file_of(tmp_path, children(child(referral()))))
    assert report["total"]["new"] == report["total"]["changed"] == 0
    assert "merged into A1" in report["warnings"][0]["reason"]
    assert Referral.objects.get().child == survivor


def test_a_later_census_adds_to_the_child_that_stays(survivor, tmp_path):
    closed = referral(CINclosureDate="2023-06-01", ReasonForClosure="RC8")
    later = referral(CINreferralDate="2023-09-04")
    take_one(file_of(tmp_path, children(child(closed, later, Sex="M"))))
    assert survivor.referrals.count() == Referral.objects.count() == 2
    assert survivor.referrals.get(closed_on=None).received_on.month == 9
    assert Child.objects.get(reference="C1").sex == "F"


def test_extracts_tell_of_the_child_that_stays(survivor, tmp_path):
    person = {"pers_person_id": "C1", "pers_sex": "M", "pers_dob": "2015-02-03"}
    assert not take_one(extract("ssd_person", tmp_path, person))["total"]["new"]
    involved = {
        "invo_involvements_id": "I1",
        "invo_person_id": "C1",
        "invo_professional_role_id": "Social Worker",
        "invo_involvement_start_date": "2023-05-02",
    }
    take_one(extract("ssd_involvements", tmp_path, involved))
    assert Involvement.objects.get().child == survivor


def test_a_pupil_number_leads_to_the_child_that_stays(survivor, tmp_path):
    request = elements("Requests", ReceivedDate="2023-05-02", RYA="0")
    pupil = {"Surname": "Katz", "Forename": "Ana", "PersonBirthDate": "2015-02-03", "UPN": UPN}
    text = census("SEN2", elements("Persons", elements("Person", request, **pupil)))
    report = take_one(file_of(tmp_path, text))
    assert Child.objects.count() == 2
    assert Request.objects.get().child == survivor, report
    survivor.refresh_from_db()
    assert survivor.first_name == "Anna"
