"""The form on which a visit is recorded."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from tests import making
from visits.models import Visit

pytestmark = pytest.mark.django_db
YESTERDAY = london_day(timezone.now()) - datetime.timedelta(days=1)


@pytest.fixture
def plan():
    return making.protection_plan(started_on=YESTERDAY - datetime.timedelta(days=30))


@pytest.fixture
def url(client, plan) -> str:
    client.force_login(making.holder("service_manager", plan.child.authority))
    return reverse("visits:record-visit", args=[plan.pk])


def entered(day=YESTERDAY, **changes) -> dict:
    usual = {
        "visited_on_day": day.day,
        "visited_on_month": day.month,
        "visited_on_year": day.year,
        "outcome": "seen",
        "seen_alone": "yes",
        "purpose": "statutory",
        "place": "home",
        "worker": "",
    }
    return usual | changes


def test_a_visit_is_recorded_and_the_plan_shows_it(client, url, plan):
    answer = client.post(url, entered(), follow=True)
    assert answer.redirect_chain == [(reverse("visits:protectionplan-detail", args=[plan.pk]), 302)]
    assert "is recorded" in answer.content.decode()
    visit = Visit.objects.get()
    assert (visit.plan, visit.visited_on, visit.seen_alone) == (plan, YESTERDAY, True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"visited_on_day": "", "visited_on_month": "", "visited_on_year": ""}, "Enter the date"),
        ({"visited_on_day": "32"}, "Enter a real date"),
        ({"visited_on_year": "2999"}, "This date is in the future"),
        ({"visited_on_year": "1999"}, "between the start and the end of its plan"),
        ({"outcome": ""}, "Choose how the visit went"),
        ({"outcome": "refused"}, "A child who was not seen was not seen alone"),
        ({"worker": "999999"}, "Select a valid choice"),
        ({"purpose": "x\x00y"}, "not one of the available choices"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, url, changes, sentence):
    answer = client.post(url, entered(**changes))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "There is a problem" in page
    assert sentence in page
    assert not Visit.objects.exists()
    if changes.get("visited_on_year"):
        assert f'value="{changes["visited_on_year"]}"' in page


def test_a_refusal_by_the_database_is_said_on_the_form(client, url, plan, monkeypatch):
    def ended(visit, **options) -> None:
        type(plan).objects.filter(pk=plan.pk).update(ended_on=YESTERDAY - datetime.timedelta(5))

    monkeypatch.setattr(Visit, "full_clean", ended)
    answer = client.post(url, entered())
    assert "between the start and the end of its plan" in answer.content.decode()


def test_only_workers_of_the_childs_authority_can_have_visited(client, url, plan):
    own = making.worker(authority=plan.child.authority)
    making.worker()
    assert list(client.get(url).context["form"].fields["worker"].queryset) == [own]


def test_a_visit_is_offered_where_events_of_the_child_are_logged(client, url, plan):
    page = client.get(reverse("referrals:child-log", args=[plan.child_id]))
    assert url in page.text
    ended = plan.started_on + datetime.timedelta(days=9)
    type(plan).objects.filter(pk=plan.pk).update(ended_on=ended)
    assert url not in client.get(reverse("referrals:child-log", args=[plan.child_id])).text
