"""Data quality: every check finds its flaw, leaves sound records alone, and leads to the remedy."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from referrals.models import Child
from referrals.quality import CHECKS, Records
from tests import making

pytestmark = pytest.mark.django_db

Date = datetime.date
TODAY = london_day(timezone.now())
LATELY = TODAY - 30 * ONE_DAY
BY_KEY = {check.key: check for check in CHECKS}
CASE = {"received_on": LATELY, "decided_on": LATELY}
RETURNED = {"entered_here": False}
IN_FULL = {
    "sex": "F",
    "ethnicity": "WBRI",
    "upn": "A123456789012",
    "born_on": TODAY - 3650 * ONE_DAY,
}


@pytest.fixture
def east():
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def manager(east):
    return making.holder("team_manager", east, is_staff=True)


def child_of(team, *, of=None, **values) -> Child:
    """A child of the team's, with a worker and nothing wrong unless it is said."""
    number = f"A{next(making.number):012}"
    child = of or making.child(authority=team.authority, **IN_FULL | {"upn": number} | values)
    making.involvement(
        child=child,
        team=team,
        worker=making.worker(authority=team.authority),
        started_on=LATELY,
    )
    return child


def with_case(team, *, worker=True, case=None, **values) -> Child:
    """A child with an open case."""
    if worker:
        child = child_of(team, **values)
    else:
        child = making.child(authority=team.authority, **IN_FULL | values)
        making.involvement(child=child, team=team, started_on=LATELY)
    making.referral(child=child, team=team, **CASE | (case or {}))
    return child


def plan(team, child=None, **values):
    return making.protection_plan(
        child=child or with_case(team), team=team, **{"started_on": LATELY} | values
    )


def visit(team, **values):
    usual = {"visited_on": LATELY + ONE_DAY, "worker": making.worker(authority=team.authority)}
    return making.visit(plan=plan(team), **usual | {"seen_alone": True} | values)


def request(team, *, officer=True, **values):
    child = with_case(team)
    if officer:
        making.involvement(
            child=child,
            team=team,
            worker=making.worker(authority=team.authority),
            part="send_officer",
            started_on=LATELY,
        )
    usual = {"received_on": LATELY, "sen_type": "ASD"}
    return making.request(child=child, team=team, **usual | values)


def issued(team, *, decided=True, agreed=True, plan=None, **values):
    made = request(team, **values)
    if decided:
        making.decision(request=made, decided_on=LATELY + ONE_DAY, agreed=agreed)
    making.ehc_plan(request=made, issued_on=LATELY + 2 * ONE_DAY, **plan or {})
    return made


def aged(years: int) -> dict:
    return {"born_on": TODAY.replace(day=1) - (years * 366) * ONE_DAY}


def grown(record, years: int):
    """The record, whose child turns out to be older than was thought."""
    child = getattr(record, "child", record)
    Child.objects.filter(pk=child.pk).update(**aged(years))


def dead(record) -> None:
    child = getattr(record, "child", record)
    Child.objects.filter(pk=child.pk).update(died_on=TODAY)


def twins(team) -> None:
    for _ in range(2):
        with_case(team, first_name="Bo", last_name="Ray")


def taken_over(team, **values) -> None:
    child = making.child(authority=team.authority, **IN_FULL)
    usual = {"team": team, "started_on": LATELY, "worker": making.worker(authority=team.authority)}
    making.involvement(child=child, **usual | RETURNED | values)
    making.referral(child=child, team=team, **CASE)


def closed_with_assessment(team) -> None:
    child = with_case(team, case={"closed_on": LATELY, "closure_reason": "RC7"} | RETURNED)
    making.assessment(referral=child.referrals.get(), started_on=LATELY)


FLAWED = {
    "child-no-birth": lambda team: child_of(team, born_on=None),
    "child-birth-overdue": lambda team: child_of(
        team, born_on=None, expected_on=TODAY - 20 * ONE_DAY
    ),
    "child-no-sex": lambda team: with_case(team, sex="U"),
    "child-no-ethnicity": lambda team: with_case(team, ethnicity="NOBT"),
    "child-no-upn": lambda team: with_case(team, upn=""),
    "referral-no-source": lambda team: with_case(team, case={"source": ""} | RETURNED),
    "referral-no-need": lambda team: with_case(team, case={"primary_need": ""} | RETURNED),
    "referral-closed-undecided": lambda team: with_case(
        team, case={"decided_on": None, "closed_on": TODAY, "closure_reason": "RC7"}
    ),
    "case-no-worker": lambda team: with_case(team, worker=False),
    "case-of-the-dead": lambda team: dead(with_case(team)),
    "case-of-an-adult": lambda team: grown(with_case(team), 19),
    "allocated-no-case": child_of,
    "assessment-after-closure": closed_with_assessment,
    "referral-died-before": lambda team: Child.objects.filter(pk=with_case(team).pk).update(
        died_on=LATELY - ONE_DAY
    ),
    "referral-overlaps": lambda team: making.referral(
        child=with_case(team), team=team, overlaps=True, **CASE | RETURNED
    ),
    "child-twice": twins,
    "child-number-twice": lambda team: [with_case(team, upn="A000000000001") for _ in range(2)],
    "involvement-no-worker": lambda team: taken_over(team, worker=None, ended_on=TODAY),
    "involvement-no-team": lambda team: making.involvement(
        child=with_case(team),
        team=team.authority,
        part="reviewing_officer",
        **RETURNED,
    ),
    "involvement-no-part": lambda team: making.involvement(
        child=with_case(team), team=team, part="other", **RETURNED
    ),
    "referral-no-team": lambda team: making.referral(
        child=with_case(team),
        received_on=Date(2019, 4, 1),
        decided_on=Date(2019, 4, 1),
        closed_on=Date(2019, 5, 1),
        closure_reason="RC7",
        **RETURNED,
    ),
    "plan-no-category": lambda team: plan(team, initial_category="", **RETURNED),
    "plan-no-worker": lambda team: plan(team, with_case(team, worker=False)),
    "visit-not-said-alone": lambda team: visit(team, seen_alone=None),
    "visit-no-worker": lambda team: visit(team, worker=None),
    "plan-no-case": lambda team: plan(team, child_of(team)),
    "plan-of-the-dead": lambda team: dead(plan(team)),
    "plan-of-an-adult": lambda team: grown(plan(team), 19),
    "plan-overlaps": lambda team: plan(team, plan(team).child, overlaps=True, **RETURNED),
    "request-no-need": lambda team: request(team, sen_type=""),
    "request-no-officer": lambda team: request(team, officer=False),
    "request-withdrawn-undated": lambda team: request(team, withdrawn=True),
    "request-issued-undecided": lambda team: issued(team, decided=False),
    "request-issued-though-refused": lambda team: issued(team, agreed=False),
    "request-withdrawn-issued": lambda team: issued(
        team, withdrawn=True, withdrawn_on=LATELY + ONE_DAY
    ),
    "request-open-twice": lambda team: making.request(
        child=request(team).child, received_on=TODAY, sen_type="ASD"
    ),
    "ehc-plan-of-the-dead": lambda team: dead(issued(team)),
    "ehc-plan-too-old": lambda team: grown(issued(team), 27),
    "exception-no-ground": lambda team: making.exception(
        request=request(team), ground="?", noted_on=TODAY
    ),
}


def test_every_check_is_tried():
    assert FLAWED.keys() == BY_KEY.keys()
    assert len(BY_KEY) == len(CHECKS)


def test_records_with_nothing_wrong_are_found_by_no_check(east, manager):
    visit(east)
    issued(east)
    making.involvement(child=with_case(east), team=east, part="reviewing_officer")
    found = {check.key for check in CHECKS if check.found(Records(east, manager, TODAY)).exists()}
    assert found == set()


@pytest.mark.parametrize("key", FLAWED)
def test_a_check_finds_what_it_is_for_and_says_where_it_is_put_right(east, manager, client, key):
    FLAWED[key](east)
    found = BY_KEY[key].found(Records(east, manager, TODAY))
    assert found.count() == (2 if key.endswith("-twice") else 1)
    client.force_login(manager)
    page = client.get(reverse("referrals:team-quality", args=[east.pk]), {"check": key})
    assert page.status_code == 200
    wrong = page.context["wrong"][0]
    assert wrong.label in page.text
    assert client.get(wrong.url).status_code == 200


def test_the_page_counts_what_was_found_and_says_how_to_put_it_right(east, manager, client):
    twins(east)
    with_case(east, worker=False)
    client.force_login(manager)
    page = client.get(reverse("referrals:team-quality", args=[east.pk]))
    shown = {check.key: count for _, found in page.context["flaws"] for check, count in found}
    assert shown == {"child-twice": 2, "case-no-worker": 1}
    assert page.context["total"] == 3
    assert "?check=child-twice" in page.text


def test_another_teams_flaws_are_not_ones_own(east, manager, client):
    west = making.team(east.authority, name="West")
    making.appointment(user=manager, role="team_manager", place=west)
    twins(west)
    client.force_login(manager)
    page = client.get(reverse("referrals:team-quality", args=[east.pk]))
    assert "Nothing was found" in page.text
    assert client.get(reverse("referrals:team-quality", args=[west.pk])).context["total"] == 2


def test_nothing_tells_of_a_child_that_the_manager_may_not_know_of(east, manager):
    twins(east)
    making.restriction(child=Child.objects.filter(first_name="Bo").first())
    assert not BY_KEY["child-twice"].found(Records(east, manager, TODAY)).exists()


def test_what_the_page_asks_of_the_database_does_not_grow_with_what_is_found(
    east, manager, client, django_assert_num_queries
):
    client.force_login(manager)
    url = reverse("referrals:team-quality", args=[east.pk])
    client.get(url)
    with django_assert_num_queries(len(CHECKS) + 5):
        client.get(url)
    for _ in range(3):
        twins(east)
    with django_assert_num_queries(len(CHECKS) + 5):
        client.get(url)


def test_a_check_that_does_not_exist_shows_all_of_them(east, manager, client):
    client.force_login(manager)
    page = client.get(reverse("referrals:team-quality", args=[east.pk]), {"check": "nothing"})
    assert "checks of the records" in page.text
