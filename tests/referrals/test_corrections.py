"""What was entered in error is struck out: out of pages and figures, kept, and put back whole."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from config import history
from config.workdays import london_day
from indicators.calculate import drain
from indicators.figures import figure
from indicators.periods import Period
from indicators.registry import INDICATORS
from referrals import corrections
from referrals.models import Assessment, Involvement, Referral, StruckOut
from tests import making
from tests.refusals import Refused, again, is_refused, updated
from visits.models import ProtectionPlan, Visit

TODAY = london_day(timezone.now())
BEFORE = TODAY - datetime.timedelta(days=60)
ENDED = TODAY - datetime.timedelta(days=10)

REFUSED: list[Refused] = [
    updated("struck_out_reason_known", StruckOut, making.struck_out, reason="'boredom'"),
    updated("struck_out_other_says_why", StruckOut, making.struck_out, reason="'other'"),
    updated("struck_out_put_back_whole", StruckOut, making.struck_out, put_back_at="now()"),
    again("struck_out_once", StruckOut, making.struck_out),
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_of_a_struck_out_record_is_refused(refused):
    is_refused(refused)


@pytest.fixture
def team():
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def child(team):
    made = making.child(authority=team.authority, first_name="Bo", last_name="Ray")
    making.involvement(child=made, team=team, started_on=BEFORE)
    return made


@pytest.fixture
def caseworker(team):
    return making.holder("caseworker", team)


@pytest.fixture
def manager(team):
    return making.holder("team_manager", team)


@pytest.fixture
def plan(child):
    plan = making.protection_plan(child=child, started_on=BEFORE)
    for day in (1, 11, 21):
        making.visit(plan=plan, visited_on=BEFORE + datetime.timedelta(days=day))
    Visit.objects.update(recorded_at=datetime.datetime(2026, 5, 4, 3, 2, 1, 987654, datetime.UTC))
    return plan


def strike_out(record, by, reason="twice", note="") -> StruckOut:
    return corrections.strike_out(record=record, reason=reason, note=note, by=by)


def rows(model) -> list[tuple]:
    """All that is stored of a kind, as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT kept::text FROM {model._meta.db_table} kept ORDER BY id")
        return cursor.fetchall()


def test_what_hangs_on_a_record_goes_with_it_and_comes_back_to_the_last_microsecond(
    plan, caseworker
):
    before = rows(ProtectionPlan), rows(Visit)
    struck = strike_out(plan, caseworker, note="Of a twin")
    assert not ProtectionPlan.objects.exists()
    assert not Visit.objects.exists()
    assert (struck.child, struck.called) == (plan.child, "child protection plan")
    corrections.put_back(struck=struck, by=caseworker)
    assert (rows(ProtectionPlan), rows(Visit)) == before
    struck.refresh_from_db()
    assert (struck.put_back_by, struck.put_back_at is not None) == (caseworker, True)


def test_a_record_of_every_kind_comes_back_as_it_was(child, team, manager):
    request = making.request(child=child, team=team)
    kinds = [
        making.visit(plan=making.protection_plan(child=child)),
        making.assessment(referral=making.referral(child=child, received_on=making.START)),
        making.decision(request=request),
        making.exception(request=request),
        making.ehc_plan(request=request),
        request,
        Involvement.objects.get(),
    ]
    chief = making.holder("service_manager", team.authority)
    for record in kinds:
        before = rows(type(record))
        struck = strike_out(record, chief)
        assert rows(type(record)) != before
        corrections.put_back(struck=struck, by=chief)
        assert rows(type(record)) == before


def test_it_leaves_the_figures_and_comes_back_to_them(child, team, caseworker):
    month = Period.ending("month", BEFORE)

    def received() -> int:
        drain(today=TODAY)
        asked = figure(INDICATORS["referrals"], month, authority=team.authority, as_at=TODAY)
        return asked.numerator

    referral = making.referral(child=child, team=team, received_on=BEFORE)
    assert received() == 1
    struck = strike_out(referral, caseworker)
    assert received() == 0
    corrections.put_back(struck=struck, by=caseworker)
    assert received() == 1


def test_the_history_says_who_struck_it_out_and_why_and_who_put_it_back(plan, caseworker, manager):
    visit = plan.visits.first()
    struck = strike_out(visit, caseworker, "other", "Of the neighbour's child")
    corrections.put_back(struck=struck, by=manager)
    back, out, *_ = history.changes(Visit, visit.pk, reader=manager)
    assert (out.what, out.who, out.why) == (
        "Struck out",
        str(caseworker),
        "Another reason: Of the neighbour's child",
    )
    assert (back.what, back.who) == ("Put back", str(manager))


def test_it_stays_out_where_something_else_has_become_true(plan, caseworker):
    struck = strike_out(plan, caseworker)
    making.protection_plan(child=plan.child, started_on=BEFORE)
    with pytest.raises(ValidationError, match="already has a child protection plan"):
        corrections.put_back(struck=struck, by=caseworker)
    struck.refresh_from_db()
    assert struck.put_back_at is None
    assert not Visit.objects.exists()


def test_a_visit_does_not_come_back_without_its_plan(plan, manager):
    struck = strike_out(plan.visits.first(), manager)
    strike_out(plan, manager)
    with pytest.raises(ValidationError, match="contradicts another record"):
        corrections.put_back(struck=struck, by=manager)


def test_neither_is_done_twice(plan, caseworker):
    visit = plan.visits.first()
    struck = strike_out(visit, caseworker)
    with pytest.raises(ValidationError, match="already"):
        strike_out(Visit(pk=visit.pk, plan=plan), caseworker)
    corrections.put_back(struck=struck, by=caseworker)
    with pytest.raises(ValidationError, match="has put this record back already"):
        corrections.put_back(struck=struck, by=caseworker)


def test_what_has_ended_is_struck_out_and_put_back_by_a_manager_of_the_child_alone(
    plan, caseworker, manager
):
    ProtectionPlan.objects.update(ended_on=ENDED)
    elsewhere = making.holder("team_manager", making.team(plan.child.authority))
    visit = plan.visits.first()
    for account in (caseworker, elsewhere):
        with pytest.raises(ValidationError, match="a manager answers"):
            strike_out(visit, account)
    struck = strike_out(visit, manager)
    with pytest.raises(ValidationError, match="a manager answers"):
        corrections.put_back(struck=struck, by=caseworker)
    assert corrections.put_back(struck=struck, by=manager).put_back_at


def test_nobody_strikes_out_what_lets_them_see_the_child(child, caseworker):
    with pytest.raises(ValidationError, match="could not open this record afterwards"):
        strike_out(Involvement.objects.get(), caseworker)
    assert Involvement.objects.exists()


def test_a_struck_out_record_is_seen_by_those_who_saw_the_record(child, plan, team, caseworker):
    making.involvement(child=child, team=team, part="send_officer", started_on=BEFORE)
    officer = making.holder("send_officer", team)
    struck = strike_out(plan, caseworker)
    request = strike_out(making.request(child=child, team=team), officer)
    assert set(StruckOut.objects.visible_to(caseworker)) == {struck, request}
    assert set(StruckOut.objects.visible_to(officer)) == {request}
    making.restriction(child=child)
    assert not StruckOut.objects.visible_to(caseworker)


def test_from_the_page_of_a_record_and_back(client, child, team, caseworker):
    referral = making.referral(child=child, team=team, received_on=BEFORE)
    making.assessment(referral=referral, started_on=BEFORE)
    client.force_login(caseworker)
    page = client.get(reverse("referrals:referral-detail", args=[referral.pk]))
    url = reverse("referrals:referral-strike-out", args=[referral.pk])
    assert url in page.text
    form = client.get(url)
    assert "What belongs to it goes with it: 1 assessment." in form.text
    assert "Choose what is wrong with the record" in client.post(url, {}).text
    assert "Say what is wrong" in client.post(url, {"reason": "other"}).text
    key = {"key": str(form.context["key"])}
    answers = [client.post(url, {"reason": "twice"} | key, follow=True) for _ in range(2)]
    for answer in answers:
        assert "The referral is struck out." in answer.text
    assert not Referral.objects.exists()
    assert not Assessment.objects.exists()

    struck = StruckOut.objects.get()
    listed = client.get(reverse("referrals:struckout-list"))
    kept = reverse("referrals:struckout-detail", args=[struck.pk])
    assert kept in listed.text
    page = client.get(kept)
    assert "Assessment that went with it" in page.text
    assert "Police" in page.text
    back = reverse("referrals:struckout-put-back", args=[struck.pk])
    assert back in page.text
    assert "is there again as it was" in client.post(back, {}, follow=True).text
    assert Assessment.objects.get().referral == referral
    assert back not in client.get(kept).text


def test_the_admin_strikes_out_instead_of_deleting(client, plan, manager):
    manager.is_staff = True
    manager.save()
    client.force_login(manager)
    visit = plan.visits.first()
    page = reverse("admin:visits_visit_change", args=[visit.pk])
    delete = reverse("admin:visits_visit_delete", args=[visit.pk])
    assert delete in client.get(page).text
    answer = client.post(delete, {"post": "yes"})
    assert answer.url == reverse("visits:visit-strike-out", args=[visit.pk])
    listed = client.get(reverse("admin:visits_visit_changelist"))
    assert "delete_selected" not in listed.text
    assert Visit.objects.filter(pk=visit.pk).exists()
