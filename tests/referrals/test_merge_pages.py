"""The pages on which two records of one child are found, compared, merged and told apart again."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from referrals.models import Child, ChildMerge, Look, Referral
from tests import making

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
BEFORE = TODAY - datetime.timedelta(days=10)
WHY = {"note": "The same name, mother and school."}


@pytest.fixture
def east():
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def two(east):
    """Two records of Anna Katz, with whom the team works."""
    found = []
    for reference in ("A1", "B2"):
        child = making.child(
            authority=east.authority, reference=reference, first_name="Anna", last_name="Katz"
        )
        making.involvement(child=child, team=east, part="other")
        found.append(child)
    return found


@pytest.fixture
def manager(east):
    return making.holder("team_manager", east)


@pytest.fixture
def caseworker(east):
    return making.holder("caseworker", east)


def page(name: str, *keys) -> str:
    return reverse(f"referrals:{name}", args=[getattr(key, "pk", key) for key in keys])


def test_possible_duplicates_are_offered_with_the_events_of_a_child(client, caseworker, two):
    client.force_login(caseworker)
    duplicates = page("child-duplicates", two[0])
    assert duplicates in client.get(page("child-log", two[0])).text
    found = client.get(duplicates).context["hits"]
    assert [(hit.pk, url) for hit, url in found] == [(two[1].pk, page("merge-children", *two))]


def test_another_record_is_named_by_its_reference(client, caseworker, east, two):
    other = making.child(authority=east.authority, reference="C3", first_name="Bo")
    client.force_login(caseworker)
    duplicates = page("child-duplicates", two[0])
    for reference in ("C3", "A1", "D4"):  # out of reach, the same, and none
        answer = client.post(duplicates, {"reference": reference})
        assert "You can open no other record" in answer.text
    making.involvement(child=other, team=east)
    answer = client.post(duplicates, {"reference": " C3"})
    assert answer.url == page("merge-children", two[0], other)


def test_of_a_pair_the_record_that_is_out_of_reach_is_the_one_refused(
    client, caseworker, east, two
):
    hidden = making.restriction(child=making.child(authority=east.authority)).child
    client.force_login(caseworker)
    for pair in ((two[0], hidden), (hidden, two[0])):
        assert client.get(page("merge-children", *pair)).status_code == 404
    looks = Look.objects.values_list("user", "child", "how")
    assert list(looks) == [(caseworker.pk, hidden.pk, "refused")] * 2


def test_a_caseworker_proposes_and_a_manager_merges(client, caseworker, manager, two):
    client.force_login(caseworker)
    compare = page("merge-children", *two)
    shown = client.get(compare)
    assert "A manager of both has to merge them." in shown.text
    assert set(Look.objects.values_list("child", flat=True)) == {child.pk for child in two}
    assert "The managers are told of it." in client.post(compare, WHY, follow=True).text
    merge = ChildMerge.objects.get()
    assert client.get(page("refuse-merge", merge)).status_code == 403
    client.force_login(manager)
    assert compare in client.get(page("childmerge-detail", merge)).text
    assert WHY["note"] in client.get(compare).text
    answer = client.post(compare, WHY, follow=True)
    assert answer.redirect_chain[-1][0] == page("child-detail", two[0])
    assert "Record B2 is merged into this one." in answer.text


def test_a_manager_refuses(client, manager, two):
    merge = making.merge(survivor=two[0], duplicate=two[1])
    client.force_login(manager)
    refuse = page("refuse-merge", merge)
    assert merge.note in client.get(refuse).text
    assert "Say why" in client.post(refuse, {"answer": ""}).text
    answer = client.post(refuse, {"answer": "They are twins."}, follow=True)
    assert "They are twins." in answer.text
    assert "Undo" not in answer.text


def test_what_differs_and_what_clashes_is_asked_on_the_page(client, manager, east, two):
    Child.objects.filter(pk=two[1].pk).update(first_name="Ana", sex="F")
    for child in two:
        making.referral(child=child, team=east, received_on=BEFORE)
    client.force_login(manager)
    compare = page("merge-children", *two)
    form = client.get(compare).context["form"]
    [clash] = form.clashes
    assert list(form.fields) == ["name", clash.key, "note"]
    answer = client.post(compare, WHY | {"name": "theirs"})
    assert "Choose how it was with the case" in answer.text
    client.post(compare, WHY | {"name": "theirs", clash.key: "mine"})
    kept = Child.objects.get(merged_into=None)
    assert (kept.reference, kept.first_name, kept.sex) == ("A1", "Ana", "F")
    assert Referral.objects.get().child == kept


@pytest.fixture
def merged(client, manager, two):
    client.force_login(manager)
    client.post(page("merge-children", *two), WHY)
    return ChildMerge.objects.get(state="done")


def test_the_address_of_the_duplicate_leads_to_the_survivor(client, merged, two):
    for name in ("child-detail", "child-log", "allocate"):
        answer = client.get(page(name, two[1]) + "?how=search")
        assert answer.url == page(name, two[0]) + "?how=search"


def test_the_address_leads_nobody_to_a_record_that_they_may_not_see(client, merged, two):
    making.restriction(child=two[0])
    assert client.get(page("child-detail", two[1])).status_code == 404


def test_a_form_that_was_opened_on_the_duplicate_is_the_survivors(client, merged, east, two):
    entered = {"part": "social_worker", "team": east.pk, "started_on": "today"}
    answer = client.post(page("allocate", two[1]), entered, follow=True)
    assert answer.redirect_chain[-1][0] == page("child-detail", two[0])
    assert two[0].involvements.filter(part="social_worker").count() == 1


def test_the_form_of_a_plan_that_was_entered_twice_is_of_the_plan_that_is_kept(
    client, manager, east, two
):
    mine, theirs = (
        making.protection_plan(child=child, team=east, started_on=BEFORE) for child in two
    )
    client.force_login(manager)
    compare = page("merge-children", *two)
    [clash] = client.get(compare).context["form"].clashes
    client.post(compare, WHY | {clash.key: "mine"})
    page_of_visit = client.post(reverse("visits:record-visit", args=[theirs.pk]))
    assert page_of_visit.context["record"] == mine


def test_a_merge_is_undone_by_a_manager(client, merged, caseworker, two):
    undo = page("undo-merge", merged)
    assert page("childmerge-detail", merged) in client.get(page("child-duplicates", two[0])).text
    assert undo in client.get(page("childmerge-detail", merged)).text
    client.force_login(caseworker)
    assert undo not in client.get(page("childmerge-detail", merged)).text
    assert client.get(undo).status_code == 403
    client.force_login(merged.decided_by)
    assert "stays with A1" in client.get(undo).text
    answer = client.post(undo, {"answer": "They are twins."}, follow=True)
    assert "There are two records again." in answer.text
    assert client.get(page("child-detail", two[1])).status_code == 200
