"""Figures and runs in the admin: to be looked at, and recalculated on request."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from config.celery import app
from config.workdays import london_day
from indicators import calculate
from indicators.models import Distribution, Outbox, Run, Shown, Standing, Tally
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
