"""`manage.py demo` and what the demonstration authority as a whole must be."""

import datetime

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.utils import timezone

from config.demonstration import Scene, quarters
from config.workdays import london_day

pytestmark = pytest.mark.xdist_group("demonstration")

RECORDS = [
    model
    for app in ("workforce", "referrals", "ehcp", "visits")
    for model in apps.get_app_config(app).get_models()
    if model._meta.managed and hasattr(model, "pgh_event_model") and model.__name__ != "BankHoliday"
]


def test_is_refused_where_there_is_anything_already(demonstration):
    with pytest.raises(CommandError, match="empty one only"):
        call_command("demo")


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_nothing_is_dated_after_today(demonstration, model):
    today = london_day(timezone.now())
    days = [
        field.name
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
        if field.name != "expected_on" and (model.__name__, field.name) != ("Cover", "until")
    ]
    later = models.Q(pk=None)
    for name in days:
        later |= models.Q(**{f"{name}__gt": today})
    assert not model.objects.filter(later).exists()


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_every_record_is_in_its_history(demonstration, model):
    inserts = model.pgh_event_model.objects.filter(pgh_label="insert")
    assert inserts.count() == model.objects.count()


def test_the_keys_that_come_next_are_free(demonstration):
    for model in RECORDS:
        table, key = model._meta.db_table, model._meta.pk.column
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [table, key])
            (following,) = cursor.fetchone()
        assert not model.objects.filter(pk__gte=following).exists()


def test_dice_fall_alike_on_the_same_day_and_apart_for_each_part():
    scene, again = (Scene(datetime.date(2026, 6, 17)) for _ in range(2))
    assert scene.dice("visits").random() == again.dice("visits").random()
    assert scene.dice("visits").random() != scene.dice("plans").random()


def test_quarters_follow_one_another_up_to_the_one_of_today():
    found = list(quarters(datetime.date(2018, 10, 1), datetime.date(2019, 5, 1)))
    assert found == [
        (datetime.date(2018, 10, 1), datetime.date(2018, 12, 31)),
        (datetime.date(2019, 1, 1), datetime.date(2019, 3, 31)),
        (datetime.date(2019, 4, 1), datetime.date(2019, 6, 30)),
    ]


def test_working_days_are_those_of_the_calendar(demonstration):
    from workforce.models import CalendarDay

    calendar = Scene(london_day(timezone.now())).calendar
    easter_monday = CalendarDay.objects.get(day="2019-04-22")
    assert not easter_monday.working
    assert calendar.after(datetime.date(2019, 4, 6), 10) == datetime.date(2019, 4, 23)
    assert calendar.on_or_after(easter_monday.day) == datetime.date(2019, 4, 23)
