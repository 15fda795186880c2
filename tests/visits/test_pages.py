"""The pages on which plans and visits are logged: offered when they can be, and once done."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from referrals.models import Look
from tests import making
from visits.models import ProtectionPlan, Visit

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
DAY = datetime.timedelta(days=1)
YESTERDAY = TODAY - DAY
BEGUN = TODAY - 30 * DAY


@pytest.fixture
def team():
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def worker(team):
    return making.worker(authority=team.authority, first_name="Ann", last_name="Lee")


@pytest.fixture(autouse=True)
def user(client, team, worker):
    account = making.holder("caseworker", team, worker=worker)
    client.force_login(account)
    return account


def of_team(team, worker=None, **values):
    """A child of the team, with a plan that began a month ago."""
    child = making.child(authority=team.authority, **values)
    making.involvement(child=child, team=team, worker=worker)
    return making.protection_plan(child=child, team=team, started_on=BEGUN)


@pytest.fixture
def plan(team, worker):
    return of_team(team, worker, first_name="Bo", last_name="Ray")


@pytest.fixture
def url(plan) -> str:
    return reverse("visits:record-visit", args=[plan.pk])


def entered(day=None, **changes) -> dict:
    usual = {
        "visited_on": "yesterday",
        "went": "alone",
        "purpose": "statutory",
        "place": "home",
        "worker": "",
    }
    if day:
        usual["visited_on"] = "another"
        usual |= {f"visited_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    return usual | changes


def named(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"


def offered(client, child) -> list[str]:
    page = client.get(reverse("referrals:child-log", args=[child.pk]))
    return [offer.label for offer in page.context["groups"].get("Child protection", [])]


def questions(client, url) -> dict[str, str]:
    form = client.get(url).context["form"]
    return {name: field.label for name, field in form.fields.items() if name.startswith("went")}


def test_a_visit_is_recorded_and_it_is_said_when_the_next_one_is_due(client, url, plan, worker):
    form = client.get(url).context["form"]
    assert form["worker"].value() == worker.pk
    answer = client.post(url, entered(worker=worker.pk), follow=True)
    assert answer.redirect_chain == [(reverse("visits:protectionplan-detail", args=[plan.pk]), 302)]
    assert f"The visit of {named(YESTERDAY)} is recorded. Next visit by " in answer.text
    assert f"10 working days after the visit of {named(YESTERDAY)}." in answer.text
    visit = Visit.objects.get()
    assert (visit.plan, visit.visited_on, visit.outcome) == (plan, YESTERDAY, "seen")
    assert (visit.seen_alone, visit.worker) == (True, worker)


@pytest.mark.parametrize(
    ("went", "kept"),
    [
        ("not_alone", ("seen", False)),
        ("virtual", ("virtual", None)),
        ("attempted", ("attempted", None)),
        ("refused", ("refused", None)),
    ],
)
def test_an_attempt_and_a_refusal_leave_the_visit_due(client, url, went, kept):
    answer = client.post(url, entered(went=went), follow=True)
    visit = Visit.objects.get()
    assert (visit.outcome, visit.seen_alone) == kept
    assert ("A visit was due by" in answer.text) is (went != "not_alone")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"visited_on": ""}, "Choose the day of the visit"),
        ({"visited_on": "another", "visited_on_day": "32"}, "Enter a real date"),
        ({"went": ""}, "Choose how the visit went"),
        ({"went": "mother_seen"}, "not one of the available choices"),
        ({"went_999": "alone"}, "A child is not visited together with this one any more"),
        ({"worker": "999999"}, "Select a valid choice"),
        ({"purpose": "x\x00y"}, "not one of the available choices"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said(client, url, changes, sentence):
    answer = client.post(url, entered(**changes))
    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert sentence in answer.text
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (datetime.date(2999, 1, 1), "This date is in the future"),
        (datetime.date(1999, 1, 1), f"The plan started on {named(BEGUN)}, after the visit."),
    ],
)
def test_a_day_that_cannot_be_is_said_and_kept(client, url, day, sentence):
    answer = client.post(url, entered(day))
    assert sentence in answer.text
    assert f'value="{day.year}"' in answer.text


def test_after_the_end_of_the_plan_there_was_no_visit_under_it(client, url, plan):
    ProtectionPlan.objects.update(ended_on=YESTERDAY - DAY)
    answer = client.post(url, entered())
    assert f"The plan ended on {named(YESTERDAY - DAY)}, before the visit." in answer.text


def test_a_refusal_by_the_database_is_said_on_the_form(client, url, plan, monkeypatch):
    def ended(visit, **options) -> None:
        ProtectionPlan.objects.filter(pk=plan.pk).update(ended_on=YESTERDAY - 5 * DAY)

    monkeypatch.setattr(Visit, "full_clean", ended)
    answer = client.post(url, entered())
    assert "between the start and the end of its plan" in answer.text


def test_only_workers_of_the_childs_authority_can_have_visited(client, url, worker):
    making.worker()
    assert list(client.get(url).context["form"].fields["worker"].queryset) == [worker]


def test_a_child_that_was_unborn_when_the_plan_started_was_not_always_seen(client, team):
    plan = of_team(team, born_on=None, expected_on=TODAY + 60 * DAY)
    url = reverse("visits:record-visit", args=[plan.pk])

    def choices():
        return [value for value, _ in client.get(url).context["form"].fields["went"].choices]

    assert choices() == ["mother_seen", "virtual", "attempted", "refused"]
    plan.child.born_on = YESTERDAY
    plan.child.save()
    assert choices() == ["alone", "not_alone", "mother_seen", "virtual", "attempted", "refused"]


def test_brothers_and_sisters_are_asked_for_too_and_looked_at(client, url, plan, team, user):
    family = making.family(authority=team.authority)
    plan.child.family = family
    plan.child.save()
    sister = of_team(team, first_name="Cy", last_name="Ray", family=family)
    ended = of_team(team, first_name="Di", last_name="Ray", family=family)
    ProtectionPlan.objects.filter(pk=ended.pk).update(ended_on=YESTERDAY)
    restricted = of_team(team, first_name="Ed", last_name="Ray", family=family)
    making.restriction(child=restricted.child)
    of_team(team, first_name="Fay", last_name="Fox", family=making.family(authority=team.authority))
    asked = {
        "went": "How did it go with Bo Ray?",
        f"went_{sister.pk}": "How did it go with Cy Ray?",
    }
    assert questions(client, url) == asked
    seen = set(Look.objects.filter(user=user).values_list("child", flat=True))
    assert seen == {plan.child_id, sister.child_id}

    answer = client.post(url, entered(), follow=True)
    assert Visit.objects.get().plan == plan
    answer = client.post(
        url, entered(visited_on="today", **{f"went_{sister.pk}": "refused"}), follow=True
    )
    assert f"The visit of {named(TODAY)} is recorded for 2 children." in answer.text
    assert "Next visit to Bo Ray by" in answer.text
    assert "A visit to Cy Ray was due by" in answer.text
    assert sister.visits.get().outcome == "refused"


def test_children_of_one_worker_whose_plans_began_on_one_day_are_taken_for_siblings(
    client, url, plan, team, worker
):
    alike = of_team(team, worker, first_name="Cy", last_name="Fox")
    of_team(team, making.worker(authority=team.authority))
    later = of_team(team, worker)
    ProtectionPlan.objects.filter(pk=later.pk).update(started_on=BEGUN + DAY)
    assert questions(client, url).keys() == {"went", f"went_{alike.pk}"}
    for each in (plan, alike):
        each.child.family = making.family(authority=team.authority)
        each.child.save()
    assert questions(client, url) == {"went": "How did it go?"}


def test_why_it_was_late_is_asked_once_the_day_has_passed_and_blocks_nothing(client, url, plan):
    page = client.get(url)
    assert "A visit was due by" in page.text
    assert "late_reason" in page.context["form"].fields
    client.post(url, entered(late_reason="away"))
    assert Visit.objects.get().late_reason == "away"
    child = reverse("referrals:child-detail", args=[plan.child_id])
    assert "Late: the child was away." in client.get(child).text
    page = client.get(url)
    assert "Next visit by" in page.text
    assert "late_reason" not in page.context["form"].fields
    Visit.objects.all().delete()
    client.post(url, entered())
    assert Visit.objects.get().late_reason == "not_given"


def test_a_plan_from_its_start_to_its_end(client, team):
    child = making.child(authority=team.authority)
    making.involvement(child=child, team=team, started_on=BEGUN)
    assert offered(client, child) == []
    making.referral(child=child, team=team, received_on=BEGUN)
    assert offered(client, child) == ["Child protection plan started"]
    start = reverse("visits:start-plan", args=[child.pk])
    told = {"started_on": "yesterday", "category": "NEG", "earlier_plans": "1"}
    answer = client.post(start, told, follow=True)
    assert f"The child protection plan of {named(YESTERDAY)} is recorded. Next visit by" in (
        answer.text
    )
    assert f"10 working days after the plan started on {named(YESTERDAY)}." in answer.text
    plan = ProtectionPlan.objects.get()
    assert (plan.earlier_plans, plan.team) == (1, team)
    under = f"the plan of {named(YESTERDAY)}"
    assert offered(client, child) == [
        f"Visit made or tried, under {under}",
        f"Child protection plan ended: {under}",
    ]
    close = reverse("referrals:close-case", args=[child.referrals.get().pk])
    assert "is open. Log its end before you close the case." in client.get(close).text
    open_still = f"The plan of {named(YESTERDAY)} is open. If it has ended, log that first."
    assert open_still in client.get(start).text
    answer = client.post(start, told | {"started_on": "today"})
    assert "This child already has a child protection plan on those days." in answer.text

    end = reverse("visits:protectionplan-end", args=[plan.pk])
    page = reverse("visits:protectionplan-detail", args=[plan.pk])
    assert ("Log the end", end) in client.get(page).context["actions"]
    form = client.get(end)
    assert f"The plan started on {named(YESTERDAY)}: neglect." in form.text
    assert form.context["form"]["category"].value() == "NEG"
    answer = client.post(end, {"ended_on": "yesterday", "category": "NEG"})
    assert "A plan must end after the day it started." in answer.text
    answer = client.post(end, {"ended_on": "today", "category": "EMO"}, follow=True)
    assert f"The child protection plan ended on {named(TODAY)}." in answer.text
    plan.refresh_from_db()
    assert (plan.ended_on, plan.latest_category) == (TODAY, "EMO")
    assert ("Log the end", end) not in client.get(page).context["actions"]
    assert offered(client, child) == ["Child protection plan started"]


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"started_on": ""}, "started_on", "Choose the day the plan started"),
        ({"category": ""}, "category", "Choose the category of abuse"),
        ({"earlier_plans": "some"}, "earlier_plans", "Enter how many in digits, for example 1"),
    ],
)
def test_what_is_missing_about_a_plan_is_said_beside_the_field(client, plan, told, field, sentence):
    usual = {"started_on": "today", "category": "NEG", "earlier_plans": "0"}
    page = client.post(reverse("visits:start-plan", args=[plan.child_id]), usual | told)
    assert page.context["form"].errors[field] == [sentence]
