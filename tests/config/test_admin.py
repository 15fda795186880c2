"""The admin of every record: lists without a query a row, refusals in words, the history shown."""

import datetime

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config import history
from config.admin import ReadOnlyAdmin, RecordAdmin
from config.workdays import london_day
from ehcp import models as ehcp
from referrals import models as referrals
from tests import making
from visits import models as visits
from workforce import models as workforce

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def on_the_list() -> referrals.RestrictionMember:
    """The officer, on the list of a restricted child."""
    return making.restriction_member(user=workforce.User.objects.get(username="officer"))


MAKERS = {
    workforce.User: lambda at: workforce.User.objects.create_user(
        f"user{next(making.number)}", team=making.team()
    ),
    workforce.Team: lambda at: making.team(making.team(kind="service")),
    workforce.Worker: lambda at: making.worker(),
    workforce.Employment: lambda at: making.employment(),
    workforce.Assignment: lambda at: making.assignment(),
    workforce.Vacancy: lambda at: making.vacancy(),
    workforce.BankHoliday: lambda at: making.bank_holiday(day=making.Date(2031, 6, 2) + at * DAY),
    referrals.Child: lambda at: making.child(),
    referrals.Referral: lambda at: making.referral(),
    referrals.Assessment: lambda at: making.assessment(),
    referrals.Involvement: lambda at: making.involvement(),
    referrals.Family: lambda at: making.family(),
    referrals.Restriction: lambda at: on_the_list().restriction,
    referrals.RestrictionMember: lambda at: on_the_list(),
    referrals.DeclaredInterest: lambda at: making.interest(
        user=making.account(team=making.team()), postcode="PE27 5BN"
    ),
    ehcp.Request: lambda at: making.request(),
    ehcp.Decision: lambda at: making.decision(),
    ehcp.Draft: lambda at: making.draft(),
    ehcp.Plan: lambda at: making.ehc_plan(),
    ehcp.PermittedException: lambda at: making.exception(),
    ehcp.TimeLimit: lambda at: making.time_limit(valid_from=making.Date(2001, 1, 1) + at * DAY),
    visits.ProtectionPlan: lambda at: making.protection_plan(),
    visits.Visit: lambda at: making.visit(),
    visits.VisitStandard: lambda at: making.visit_standard(),
}
ELSEWHERE = {workforce.User, referrals.Child}  # added on pages of their own, and not in the admin
each = pytest.mark.parametrize("model", MAKERS, ids=lambda model: model._meta.label)


def page(model, name: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def queries(client, address: str) -> int:
    client.get(address)  # a session's first page keeps when it began
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_every_record_that_the_admin_lists_is_tried_here():
    ours = {"workforce", "referrals", "ehcp", "visits"}
    listed = {
        model
        for model, kept in admin.site._registry.items()
        if model._meta.app_label in ours and not isinstance(kept, ReadOnlyAdmin)
    }
    assert listed == set(MAKERS)


@each
def test_a_list_asks_as_little_for_many_rows_as_for_few(model, admin_client):
    make = MAKERS[model]
    address = page(model, "changelist")
    make(0)
    few = queries(admin_client, address)
    for at in range(1, 8):
        make(at)
    assert queries(admin_client, address) == few <= 16


@each
def test_a_choice_by_name_asks_as_little_for_many_as_for_few(model, admin_client):
    pointing = [
        field
        for kind in admin.site._registry
        for field in kind._meta.concrete_fields
        if field.related_model is model
        and field.name in admin.site._registry[kind].autocomplete_fields
    ]
    if not pointing:
        return
    (field, *_), make = pointing, MAKERS[model]
    address = reverse("admin:autocomplete") + (
        f"?app_label={field.model._meta.app_label}"
        f"&model_name={field.model._meta.model_name}&field_name={field.name}&term="
    )
    make(0)
    few = queries(admin_client, address)
    for at in range(1, 8):
        make(at)
    assert queries(admin_client, address) == few


@each
def test_every_page_of_a_record_opens(model, admin_client):
    record = MAKERS[model](0)
    for address in (
        page(model, "changelist") + "?q=a",
        *([] if model in ELSEWHERE else [page(model, "add")]),
        page(model, "change", record.pk),
        page(model, "history", record.pk),
        page(model, "delete", record.pk),
    ):
        assert admin_client.get(address, follow=True).status_code == 200, address


def entered(client, record, **changes) -> tuple[str, dict]:
    """The page of a record and what a browser would send back from it."""
    address = page(type(record), "change", record.pk)
    context = client.get(address).context
    values = {}
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            values[bound.html_name] = "" if value is None or value is False else value
    return address, values | changes


def errors(answer) -> list[str]:
    """What the page says is wrong, or nothing where the entry was taken."""
    if answer.status_code == 302:
        return []
    return [str(message) for messages in answer.context["errors"] for message in messages]


@pytest.mark.parametrize(
    "model",
    [model for model in MAKERS if isinstance(admin.site._registry[model], RecordAdmin)],
    ids=lambda model: model._meta.label,
)
def test_an_entry_that_is_true_is_taken(model, admin_client):
    record = MAKERS[model](0)
    address, values = entered(admin_client, record)
    assert errors(admin_client.post(address, values)) == []
    assert model.objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("key", ["None", "\u00b2", "-1", "9" * 30, "2019-02-30"])
def test_what_is_no_key_is_no_choice(admin_client, key):
    answer = admin_client.post(page(referrals.Referral, "add"), {"child": key, "team": key})
    assert "not one of the available choices" in answer.text


def test_a_date_in_the_future_is_refused(admin_client):
    tomorrow = london_day(timezone.now()) + DAY
    address, values = entered(admin_client, making.visit(), visited_on=tomorrow.isoformat())
    assert errors(admin_client.post(address, values)) == [
        "This date is in the future. Enter the day it happened."
    ]


def test_a_date_that_is_a_plan_may_lie_in_the_future(admin_client):
    child = making.child(born_on=None)
    expected = london_day(timezone.now()) + 100 * DAY
    address, values = entered(admin_client, child, expected_on=expected.isoformat())
    assert errors(admin_client.post(address, values)) == []


def test_what_the_form_does_not_show_counts_in_what_it_refuses(admin_client):
    """A case entered here, which the form only shows, needs its primary need."""
    address, values = entered(admin_client, making.referral(), primary_need="")
    assert errors(admin_client.post(address, values)) == [
        "Choose who made the referral and, unless there is no further action, the primary need."
    ]


def test_a_second_open_case_is_refused_on_the_form(admin_client):
    case = making.referral()
    other = making.referral(child=case.child, no_further_action=True)
    address, values = entered(admin_client, other, no_further_action="")
    assert errors(admin_client.post(address, values)) == [
        "This child has an open case on that day. Record a contact on that case instead."
    ]


def test_a_visit_outside_its_plan_is_refused_on_the_form(admin_client):
    address, values = entered(admin_client, making.visit(), visited_on="2019-03-31")
    assert errors(admin_client.post(address, values)) == [
        "A visit must lie between the start and the end of its plan."
    ]


def test_what_only_the_database_can_see_is_said_on_the_form(admin_client):
    """The plan's own form knows nothing of visits: the answer to the save does."""
    visit = making.visit(visited_on=making.Date(2019, 6, 1))
    address, values = entered(admin_client, visit.plan, ended_on="2019-05-31")
    answer = admin_client.post(address, values)
    assert errors(answer) == ["A visit must lie between the start and the end of its plan."]
    visit.plan.refresh_from_db()
    assert visit.plan.ended_on is None


def test_a_record_and_what_is_entered_beside_it_are_refused_together(admin_client):
    of = making.child()
    address = page(ehcp.Request, "add")
    context = admin_client.get(address).context
    values = {"child": of.pk, "received_on": "2019-04-01"}
    for inline in context["inline_admin_formsets"]:
        for bound in inline.formset.management_form:
            values[bound.html_name] = bound.value()
    values |= {
        "decisions-TOTAL_FORMS": 1,
        "decisions-0-stage": "assess",
        "decisions-0-basis": "original",
        "decisions-0-decided_on": "2019-03-31",
    }
    answer = admin_client.post(address, values)
    assert errors(answer) == ["A decision cannot be made before the request was received."]
    assert not ehcp.Request.objects.exists()


def test_a_visit_entered_here_is_recorded_now(admin_client):
    plan = making.protection_plan()
    values = {"plan": plan.pk, "visited_on": "2019-04-09", "outcome": "seen"}
    assert errors(admin_client.post(page(visits.Visit, "add"), values)) == []
    visit = visits.Visit.objects.get()
    assert timezone.now() - visit.recorded_at < datetime.timedelta(minutes=1)
    before = visit.recorded_at
    address, values = entered(admin_client, visit, place="home")
    assert errors(admin_client.post(address, values)) == []
    visit.refresh_from_db()
    assert visit.recorded_at == before


def test_whether_a_visit_qualifies_is_shown(admin_client):
    visit = making.visit()
    answer = admin_client.get(page(visits.Visit, "change", visit.pk))
    assert "Qualifies" in answer.text


def test_the_history_shows_changes_from_outside(admin_client):
    child = making.child(last_name="Smith")
    referrals.Child.objects.update(last_name="Jones")
    answer = admin_client.get(page(referrals.Child, "history", child.pk))
    for word in ("Smith", "Jones", "Outside the application"):
        assert word in answer.text


def test_the_second_of_two_in_the_admin_sees_what_the_first_changed(admin_client):
    assessment = making.assessment(started_on=making.Date(2019, 5, 2))
    change = page(referrals.Assessment, "change", assessment.pk)
    form = admin_client.get(change).context["adminform"].form
    opened = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    typed = {name: "" if value is None else value for name, value in opened.items()}
    typed |= {"version": history.version(assessment), "started_on": "4/5/2019"}
    referrals.Assessment.objects.update(started_on=making.Date(2019, 5, 3))
    second = admin_client.post(change, typed)
    assert "started on was “2 May 2019” and is “3 May 2019” now." in second.text
    assert "Save again to store it." in second.text
    assert second.context["adminform"].form["started_on"].value() == "4/5/2019"
    assessment.refresh_from_db()
    assert assessment.started_on == making.Date(2019, 5, 3)
    answer = admin_client.post(change, typed | {"version": second.context["version"]})
    assert errors(answer) == []
    assert answer.status_code == 302
    assessment.refresh_from_db()
    assert assessment.started_on == making.Date(2019, 5, 4)


def test_what_is_said_after_saving_a_child_is_in_no_cookie(admin_client):
    child = making.child(first_name="Zebedee")
    admin_client.post(page(referrals.Child, "delete", child.pk), {"post": "yes"})
    assert "messages" not in admin_client.cookies
    assert "Zebedee" in admin_client.get(page(referrals.Child, "changelist")).text


def test_the_history_of_a_deleted_record_can_be_read(admin_client):
    visit = making.visit(place="school")
    key, child = visit.pk, visit.plan.child
    visit.delete()
    answer = admin_client.get(page(visits.Visit, "history", key))
    assert "Deleted" in answer.text
    assert admin_client.get(page(visits.Visit, "history", key + 1)).status_code == 404
    assert admin_client.get(page(visits.Visit, "history", "x")).status_code == 404
    making.restriction(child=child)
    assert admin_client.get(page(visits.Visit, "history", key)).status_code == 404


def test_the_history_is_for_those_who_may_see_the_record(client):
    child = making.child()
    client.force_login(workforce.User.objects.create_user("clerk", is_staff=True))
    assert client.get(page(referrals.Child, "history", child.pk)).status_code == 403


def test_calendar_days_are_only_looked_at(admin_client):
    day = making.Date(2019, 4, 1)
    assert admin_client.get(page(workforce.CalendarDay, "changelist")).status_code == 200
    assert admin_client.get(page(workforce.CalendarDay, "add")).status_code == 403
    assert admin_client.post(page(workforce.CalendarDay, "change", day)).status_code == 403
