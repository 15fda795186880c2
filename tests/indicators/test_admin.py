"""Figures and runs in the admin: to be looked at, and recalculated on request."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from config.celery import app
from config.workdays import london_day
from indicators import calculate
from indicators.models import (
    Annotation,
    Area,
    Commentary,
    Comparator,
    ComparedWith,
    Distribution,
    Neighbour,
    Outbox,
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


def test_figures_are_recalculated_on_request(figures, monkeypatch):
    asked = []
    monkeypatch.setattr(app, "send_task", lambda name, told: asked.append((name, told)))
    standing = Standing.objects.get(family="visits", authority__code="901")
    figures.post(
        reverse("admin:indicators_standing_changelist"),
        {"action": "recalculate", "_selected_action": [standing.pk]},
    )
    assert asked == [("indicators.tasks.recalculate", ["visits", standing.authority_id])]


BESIDE = [Annotation, Area, Commentary, ComparedWith, Comparator, Neighbour, Target]


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
