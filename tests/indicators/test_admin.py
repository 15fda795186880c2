"""Figures and runs in the admin: to be looked at, and recalculated on request."""

import datetime

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from indicators import calculate, registry, tasks
from indicators.models import (
    Annotation,
    Area,
    Commentary,
    Comparator,
    ComparedWith,
    Distribution,
    Neighbour,
    Outbox,
    Promise,
    Run,
    Shown,
    Standing,
    Tally,
    Target,
)
from tests import making
from tests.indicators import testshire

pytestmark = pytest.mark.django_db
MODELS = [Tally, Distribution, Shown, Run, Outbox, Standing]


@pytest.fixture
def figures(admin_client):
    today = london_day(timezone.now())
    testshire.referral(today)
    calculate.drain(today=today)
    testshire.referral(today)
    return admin_client


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_everything_can_be_looked_at_and_nothing_changed(figures, model):
    name = model._meta.model_name
    listed = figures.get(reverse(f"admin:indicators_{name}_changelist"), {"q": "referrals"})
    assert listed.status_code == 200
    one = model.objects.first()
    assert figures.get(reverse(f"admin:indicators_{name}_change", args=[one.pk])).status_code == 200
    assert figures.get(reverse(f"admin:indicators_{name}_add")).status_code == 403
    delete = reverse(f"admin:indicators_{name}_delete", args=[one.pk])
    assert figures.post(delete, {"post": "yes"}).status_code == 403
    assert set(admin.site._registry[model].search_fields)


def test_a_run_says_how_long_it_took(figures):
    page = figures.get(reverse("admin:indicators_run_changelist")).content.decode()
    assert " s</td>" in page


def test_figures_are_recalculated_on_request_and_the_list_looks_until_they_are(figures):
    standing = Standing.objects.get(family="visits", authority__code="901")
    asked = figures.post(
        reverse("admin:indicators_standing_changelist"),
        {"action": "recalculate", "_selected_action": [standing.pk]},
    )
    waiting = figures.get(asked.url)
    assert waiting["Refresh"] == "2"
    assert "Recalculations still to be done: 1." in waiting.text
    tasks.sweep()
    done = figures.get(asked.url)
    assert "Refresh" not in done
    [run] = Run.objects.filter(kind=Run.Kind.FULL)
    assert (run.family, run.authority_id) == ("visits", standing.authority_id)
    assert Standing.objects.get(pk=standing.pk).calculated_at == run.finished_at


def test_a_list_that_nothing_answers_looks_again_for_ten_minutes(figures):
    told = {"kind": Run.Kind.FULL, "family": "visits", "as_at": london_day(timezone.now())}
    Run.objects.create(started_at=timezone.now() - datetime.timedelta(minutes=11), **told)
    page = figures.get(reverse("admin:indicators_run_changelist"))
    assert "Refresh" not in page
    assert "waiting" in page.text


def test_a_run_says_what_it_changed_and_what_drifted(figures):
    authority = testshire.authority()
    day = london_day(timezone.now())
    calculate.drain(today=day)
    run = Run.objects.filter(family="referrals", cells__gt=0).latest("finished_at")
    run.drift = [
        {
            "indicator": "referrals",
            "team": authority.pk,
            "month": "2019-06-01",
            "stored": None,
            "recomputed": ["7", "7", "0"],
        }
    ]
    run.save()
    page = figures.get(reverse("admin:indicators_run_change", args=[run.pk])).text
    assert f"<td>{day:%B %Y}</td><td>Testshire</td><td>1, 1, 0</td><td>2, 2, 0</td>" in page
    assert "<td>June 2019</td><td>Testshire</td><td>nothing</td><td>7, 7, 0</td>" in page


def test_a_family_names_its_indicators_with_their_definitions(figures):
    page = figures.get(reverse("admin:indicators_standing_changelist")).text
    for indicator in registry.listed():
        assert reverse("indicators:definition", args=[indicator.name]) in page


BESIDE = [Annotation, Area, Commentary, ComparedWith, Comparator, Neighbour, Promise, Target]


@pytest.mark.parametrize("model", BESIDE, ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    ("role", "status"), [("analyst", 200), ("administrator", 200), ("team_manager", 403)]
)
def test_what_is_set_beside_figures_is_for_analysts_to_look_after(client, model, role, status):
    client.force_login(making.holder(role, testshire.authority(), is_staff=True))
    name = f"admin:indicators_{model._meta.model_name}"
    assert client.get(reverse(f"{name}_changelist"), {"q": "x"}).status_code == status
    is_entered = role == "analyst" and model not in (Annotation, Commentary)
    assert client.get(reverse(f"{name}_add")).status_code == (200 if is_entered else 403)


def test_a_target_is_set_for_an_indicator_of_the_list(client):
    authority = testshire.authority()
    client.force_login(making.holder("analyst", authority, is_staff=True))
    told = {
        "authority": authority.pk,
        "indicator": "cp_visits_in_time",
        "kind": "local",
        "valid_from_day": "1",
        "valid_from_month": "4",
        "valid_from_year": "2019",
        "valid_from": "2019-04-01",
        "value": "80",
        "source": "Council plan",
    }
    add = reverse("admin:indicators_target_add")
    refused = client.post(add, told | {"indicator": "referrals"})
    assert "This count grows with its period" in refused.content.decode()
    assert client.post(add, told).status_code == 302
    assert Target.objects.get().value == 80
