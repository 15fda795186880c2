"""A child's page: who the child is, what is due, and what happened, for those who may see it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from referrals import merging
from referrals.case_file import CaseFile
from referrals.models import Look
from tests import making

pytestmark = pytest.mark.django_db

Date = datetime.date
TODAY = london_day(timezone.now())
QUERIES = 35


@pytest.fixture
def east():
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def ann(east):
    worker = making.worker(authority=east.authority, first_name="Ann", last_name="Lee")
    making.assignment(employment=making.employment(worker=worker), team=east)
    return worker


@pytest.fixture
def manager(east):
    return making.holder("team_manager", east)


@pytest.fixture
def child(east, ann):
    """A child with something of every kind on record."""
    made = making.child(authority=east.authority, first_name="Bo", last_name="Ray")
    making.involvement(
        child=made, team=east, started_on=Date(2019, 4, 2), ended_on=Date(2019, 5, 1)
    )
    making.involvement(child=made, team=east, worker=ann, started_on=Date(2019, 5, 1))
    referral = making.referral(
        child=made, team=east, received_on=Date(2019, 4, 1), decided_on=Date(2019, 4, 2)
    )
    making.assessment(referral=referral, started_on=Date(2019, 4, 3))
    plan = making.protection_plan(child=made, team=east, started_on=Date(2019, 5, 2))
    making.visit(plan=plan, visited_on=Date(2019, 5, 10), worker=ann, seen_alone=True)
    making.visit(plan=plan, visited_on=Date(2019, 5, 12), outcome="attempted")
    request = making.request(child=made, team=east, received_on=Date(2019, 1, 7))
    making.decision(request=request, decided_on=Date(2019, 2, 18))
    making.exception(request=request, noted_on=Date(2019, 3, 1))
    making.ehc_plan(request=request, issued_on=Date(2019, 5, 27))
    return made


def page_of(client, user, child, **asked):
    client.force_login(user)
    return client.get(reverse("referrals:child-detail", args=[child.pk]), asked)


def test_everything_that_happened_stands_in_one_timeline_the_latest_first(child, manager):
    found = CaseFile(child, manager, TODAY).happenings()
    assert [(each.on.isoformat(), each.what) for each in found] == [
        ("2019-05-27", "EHC plan issued"),
        ("2019-05-12", "Contact, not a qualifying visit"),
        ("2019-05-10", "Child protection visit"),
        ("2019-05-02", "Child protection plan started"),
        ("2019-05-01", "Allocated social worker: Ann Lee"),
        ("2019-05-01", "Allocated social worker ended: Nobody"),
        ("2019-04-03", "Assessment started"),
        ("2019-04-02", "Referral decided on"),
        ("2019-04-02", "Allocated social worker: Nobody"),
        ("2019-04-01", "Referral received"),
        ("2019-03-01", "Permitted exception noted"),
        ("2019-02-18", "Decision to assess"),
        ("2019-01-07", "EHC request received"),
        ("2010-05-04", "Born"),
    ]


def test_what_happened_leads_to_the_record_of_it(child, manager, client):
    for each in CaseFile(child, manager, TODAY).happenings():
        client.force_login(manager)
        if each.url:
            assert client.get(each.url).status_code == 200
    assert sum(bool(each.url) for each in CaseFile(child, manager, TODAY).happenings()) == 13


def test_flags_say_what_nobody_may_miss(child, manager, client):
    page = page_of(client, manager, child)
    assert [flag.text for flag in page.context["flags"]] == [
        "Child protection plan since 2 May 2019: neglect",
        "Open case since 1 April 2019",
        "EHC plan since 27 May 2019",
    ]


@pytest.mark.parametrize(
    ("values", "flag"),
    [
        ({"born_on": None, "expected_on": TODAY + ONE_DAY}, "Not born yet: expected"),
        ({"died_on": Date(2019, 6, 1)}, "Died 1 June 2019"),
    ],
)
def test_the_beginning_and_the_end_of_a_life_are_flagged(east, manager, client, values, flag):
    child = making.child(authority=east.authority, **values)
    making.involvement(child=child, team=east)
    flags = page_of(client, manager, child).context["flags"]
    assert flags[0].text.startswith(flag)
    assert flags[1].text == "No open case"


def test_an_open_case_that_nobody_has_is_flagged_and_can_be_given(east, manager, client):
    child = making.child(authority=east.authority)
    making.referral(child=child, team=east)
    page = page_of(client, manager, child)
    assert "No social worker allocated" in page.text
    assert reverse("referrals:allocate", args=[child.pk]) in page.text


def test_those_on_the_list_see_that_the_record_is_restricted(child, manager, client):
    listed = making.restriction(child=child)
    assert page_of(client, manager, child).status_code == 404
    making.restriction_member(restriction=listed, user=manager)
    assert "Restricted: only those on the list" in page_of(client, manager, child).text


def test_the_clocks_of_the_child_are_those_of_my_work_whoever_holds_the_case(
    child, manager, client
):
    what = {clock.what for clock in page_of(client, manager, child).context["clocks"]}
    assert what == {"Complete the assessment", "Visit under the child protection plan"}


def test_brothers_and_sisters_are_named_unless_the_reader_may_not_know_of_them(
    east, child, manager, client
):
    family = making.family(authority=east.authority, name="Ray")
    names = ("Ada", "Cy", "Di")
    ada, cy, _ = (
        making.child(authority=east.authority, first_name=name, last_name="Ray", family=family)
        for name in names
    )
    child.family = family
    child.save()
    for each in (ada, cy):
        making.involvement(child=each, team=east)
    making.restriction(child=cy)
    page = page_of(client, manager, child)
    assert [str(sibling) for sibling, _ in page.context["family"]] == ["Ada Ray"]
    assert "Cy Ray" not in page.text
    assert "Di Ray" not in page.text


def test_a_send_officer_sees_the_ehc_records_and_nothing_of_the_others(east, child, client):
    send = making.team(east.authority)
    making.involvement(child=child, team=send, part="send_officer", started_on=Date(2019, 1, 8))
    page = page_of(client, making.holder("send_officer", send), child)
    shown = {each.what for each in page.context["timeline"]["shown"]}
    assert "EHC plan issued" in shown
    assert not {what for what in shown if "Referral" in what or "visit" in what}
    assert "Child protection" not in page.text
    assert "pen case" not in page.text


def on_timeline(page) -> int:
    """How many events the timeline shows; the history of changes below is another."""
    before, _, _ = page.text.partition("History of changes")
    return before.count('class="moj-timeline__item"')


def test_a_long_timeline_shows_the_latest_and_the_rest_when_asked(east, child, manager, client):
    plan = child.protection_plans.get()
    for days in range(30):
        making.visit(plan=plan, visited_on=Date(2019, 7, 1) + days * ONE_DAY)
    page = page_of(client, manager, child)
    assert on_timeline(page) == 25
    assert "Show all 44 events" in page.text
    whole = page_of(client, manager, child, timeline="all")
    assert on_timeline(whole) == 44
    narrowed = page_of(client, manager, child, about="education-health-and-care-plans")
    assert on_timeline(narrowed) == 4
    strange = page_of(client, manager, child, about="nothing-like-this")
    assert on_timeline(strange) == 25


def test_a_merge_stands_in_the_timeline_and_its_looks_with_the_record_that_stays(
    east, child, manager, client
):
    other = making.child(authority=east.authority, reference="B2", first_name="Bo", last_name="Ray")
    making.involvement(child=other, team=east, part="other")
    assert page_of(client, manager, other).status_code == 200
    made = merging.merge_children(
        survivor=child,
        duplicate=other,
        note="The same name, mother and school.",
        taken=[],
        ways_out={},
        by=manager,
    )
    latest = CaseFile(child, manager, TODAY).happenings()[0]
    assert (latest.what, latest.told) == (
        "Two records of the child were merged",
        "The other record: B2.",
    )
    assert {look.child_id for look in child.every_look.visible_to(manager)} == {other.pk}
    merging.unmerge(merge=made, answer="They are twins.", by=manager)
    child.refresh_from_db()
    assert [each.what for each in CaseFile(child, manager, TODAY).happenings()[:2]] == [
        "The merge was undone",
        "Two records of the child were merged",
    ]
    assert not child.every_look.exists()


def test_a_printed_case_file_is_whole_and_kept_as_printed(child, manager, client):
    page = page_of(client, manager, child, how="print")
    assert on_timeline(page) == 14
    assert "Who has looked" not in page.text
    assert Look.objects.filter(child=child, how="print").count() == 1


def test_the_page_asks_as_much_of_the_database_for_a_long_story_as_for_a_short_one(
    east, ann, child, manager, client, django_assert_num_queries
):
    page_of(client, manager, child)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("referrals:child-detail", args=[child.pk]))
    plan = child.protection_plans.get()
    for days in range(12):
        making.visit(plan=plan, visited_on=Date(2019, 7, 1) + days * 7 * ONE_DAY, worker=ann)
    for year in (2012, 2014, 2016):
        making.protection_plan(child=child, started_on=Date(year, 1, 2), ended_on=Date(year, 9, 1))
        making.request(child=child, received_on=Date(year, 1, 2), withdrawn=True)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("referrals:child-detail", args=[child.pk]))
