"""The rules of the house, held over every model: those there are, and those to come."""

import inspect

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, connection, models, transaction

from config.crossing import Across
from config.facts import sentence
from config.history import events_of
from config.permanence import AppendOnly
from tests.ehcp.test_models import REFUSED as EHCP
from tests.indicators.test_models import REFUSED as INDICATORS
from tests.indicators.test_publications import REFUSED as PUBLICATIONS
from tests.indicators.test_reports import REFUSED as REPORTS
from tests.referrals.test_corrections import REFUSED as CORRECTIONS
from tests.referrals.test_emergency import REFUSED as EMERGENCY
from tests.referrals.test_looks import REFUSED as LOOKS
from tests.referrals.test_merging import REFUSED as MERGES
from tests.referrals.test_models import REFUSED as REFERRALS
from tests.visits.test_models import REFUSED as VISITS
from tests.workforce.test_models import REFUSED as WORKFORCE

FLOORS = {"workforce": 0, "referrals": 1, "ehcp": 2, "visits": 2, "indicators": 3}
# Worked out from records that keep theirs: calendar days from bank holidays, ties from casework.
DERIVED = {"CalendarDay", "Tie"}
ON_OWN_PAGES = {"EmergencyAccess", "Notice", "Publication"}  # shown to few, and nowhere else
# Made from records, and made again from them.
COUNTED = {"Tally", "Shown", "Distribution", "Outbox", "Standing", "Run", "Heartbeat"}
PASSING = {"KeptForm", "Submission"}  # deleted within days, and then to leave no trace

OURS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in FLOORS and not hasattr(model, "pgh_tracked_model")
]
TABLES = [model for model in OURS if model._meta.managed and not model._meta.proxy]
# These are history themselves: the database refuses to change or take away what they hold.
APPEND_ONLY = [
    model
    for model in TABLES
    if any(isinstance(fact, AppendOnly) for fact in model._meta.constraints)
]
RECORDS = [
    model
    for model in TABLES
    if model.__name__ not in DERIVED | PASSING | COUNTED and model not in APPEND_ONLY
]


def each(some):
    return pytest.mark.parametrize("model", some, ids=lambda model: model._meta.label)


@each(OURS)
def test_foreign_keys_point_down_the_floors(model):
    floor = FLOORS[model._meta.app_label]
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label in FLOORS:
            at = field.related_model._meta.app_label
            assert FLOORS[at] < floor or at == model._meta.app_label, field


@each(RECORDS)
def test_every_record_keeps_its_history(model):
    labels = {tracker.label for tracker in events_of(model).pgh_trackers}
    assert labels == {"insert", "update", "delete"}


@pytest.mark.django_db
@each(APPEND_ONLY)
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_every_history_refuses_to_be_changed(model, change):
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            cursor.execute(change.format(table))
    told = [fact.violation_error_message for fact in model._meta.constraints]
    assert sentence(refused.value) in told


@each([model for model in OURS if not model._meta.proxy])
def test_every_model_says_what_it_is(model):
    assert inspect.getdoc(model)
    assert not inspect.getdoc(model).startswith(f"{model.__name__}(")
    assert any("__str__" in kind.__dict__ for kind in model.__mro__[: -len(models.Model.__mro__)])


@each(
    [
        *(model for model in RECORDS if model.__name__ not in ON_OWN_PAGES),
        apps.get_model("workforce.CalendarDay"),
    ]
)
def test_every_record_is_in_the_admin(model):
    listed = admin.site._registry[model]
    assert len(listed.list_display) > 1
    assert listed.search_fields or model.__name__ in DERIVED


@each(TABLES)
def test_every_constraint_has_a_test_that_tries_to_break_it(model):
    tried = {
        (refused.name, refused.model)
        for refused in [
            *WORKFORCE,
            *REFERRALS,
            *LOOKS,
            *MERGES,
            *EMERGENCY,
            *CORRECTIONS,
            *EHCP,
            *VISITS,
            *INDICATORS,
            *REPORTS,
            *PUBLICATIONS,
        ]
    }
    for constraint in model._meta.constraints:
        assert (constraint.name, model) in tried
        if isinstance(constraint, Across):
            tables = {pointer.table for pointer in constraint.pointers(model).values()}
            for other in TABLES:
                if other._meta.db_table in tables:
                    assert (constraint.name, other) in tried


@each(TABLES)
def test_every_constraint_has_a_sentence_for_people(model):
    for constraint in model._meta.constraints:
        if model in RECORDS:
            message = constraint.violation_error_message
            assert message != constraint.default_violation_error_message, constraint.name
