"""Every change is in the history: bulk, raw and cascaded, with what was there before."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse

from config import history
from referrals.models import Child, Referral
from tests import making
from visits.models import ProtectionPlan, Visit
from workforce.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("officer")]


def told(record) -> list[tuple[str, list]]:
    """What happened to a record, first to last, with the fields that changed."""
    return [(change.what, change.fields) for change in changes(*record)[::-1]]


def changes(model, key) -> list[history.Change]:
    """The history as the officer reads it, who may see everything."""
    return history.changes(model, key, reader=User.objects.get(username="officer"))


def changed(record) -> list[tuple[str, list]]:
    """What happened to it after it was added."""
    return told(record)[1:]


def test_a_record_that_is_added_shows_what_it_was_added_with():
    child = making.child(first_name="Ama", born_on=datetime.date(2010, 5, 4))
    [(what, fields)] = told((Child, child.pk))
    assert what == "Added"
    assert ("date of birth", "", "4 May 2010") in fields
    assert ("authority", "", child.authority.name) in fields


def test_a_change_shows_the_value_before_and_after_in_words():
    case = making.referral(source="6")
    case.source = "2A"
    case.save()
    assert changed((Referral, case.pk)) == [("Changed", [("source", "Police", "School")])]


def test_a_save_that_changes_nothing_is_no_change():
    case = making.referral()
    case.save()
    assert changed((Referral, case.pk)) == []


def test_a_change_in_bulk_is_kept_for_each_record():
    visits = [making.visit(), making.visit()]
    Visit.objects.update(place="elsewhere")
    for visit in visits:
        assert changed((Visit, visit.pk)) == [
            ("Changed", [("place", "At home", "Elsewhere")]),
        ]


def test_records_added_in_bulk_are_each_kept():
    of = making.authority()
    made = Child.objects.bulk_create([Child(authority=of, reference=f"B{i}") for i in range(100)])
    assert (
        history.events_of(Child).objects.filter(pgh_obj_id__in=[c.pk for c in made]).count() == 100
    )


def test_a_change_in_raw_sql_is_kept():
    child = making.child(last_name="Smith")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE referrals_child SET last_name = 'Jones' WHERE id = %s", [child.pk])
        cursor.execute("DELETE FROM referrals_child WHERE id = %s", [child.pk])
    (_, renamed), (what, gone) = changed((Child, child.pk))
    assert renamed == [("last name", "Smith", "Jones")]
    assert what == "Deleted"
    assert ("last name", "Jones", "") in gone


def test_what_goes_with_the_record_it_belongs_to_is_kept():
    visit = making.visit()
    gone = [(Visit, visit.pk), (ProtectionPlan, visit.plan_id), (Child, visit.plan.child_id)]
    visit.plan.child.delete()
    for record in gone:
        assert [what for what, _ in told(record)] == ["Added", "Deleted"]


def test_the_history_outlives_what_it_names():
    team = making.team(name="Old team")
    case = making.referral(child=making.child(authority=team.authority), team=team)
    Referral.objects.update(team=None)
    key = team.pk
    team.delete()
    assert changed((Referral, case.pk)) == [("Changed", [("team", f"{key} (deleted)", "")])]


def test_a_password_is_in_no_history():
    columns = {field.name for field in history.events_of(User)._meta.concrete_fields}
    assert not columns & {"password", "last_login"}


def test_a_change_from_outside_the_application_says_so():
    child = making.child()
    assert changes(Child, child.pk)[0].who == "Outside the application"


def test_a_change_by_a_request_names_its_account_and_page(admin_client, admin_user):
    child = making.child()
    page = reverse("admin:referrals_child_change", args=[child.pk])
    form = admin_client.get(page).context["adminform"].form
    entered = {name: form[name].value() or "" for name in form.fields} | {"last_name": "Jones"}
    inlines = {
        f"involvements-{name}": value
        for name, value in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}.items()
    }
    answer = admin_client.post(page, entered | inlines)
    assert answer.status_code == 302, answer.context["errors"]
    latest = changes(Child, child.pk)[0]
    assert (latest.who, latest.where) == (str(admin_user), page)
    assert latest.fields == [("last name", "", "Jones")]
