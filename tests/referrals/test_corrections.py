"""What was entered in error is struck out: out of pages and figures, kept, and put back whole."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from config import history
from config.views import OnRecord
from config.workdays import london_day
from indicators.calculate import drain
from indicators.figures import figure
from indicators.periods import Period
from indicators.registry import INDICATORS
from referrals import corrections
from referrals.correction_views import AboutRecord
from referrals.models import Assessment, Child, Correction, Involvement, Referral, StruckOut
from tests import making
from tests.addresses import every_route
from tests.refusals import Refused, again, is_refused, updated
from visits.models import ProtectionPlan, Visit
from workforce.models import Notice

TODAY = london_day(timezone.now())
BEFORE = TODAY - datetime.timedelta(days=60)
ENDED = TODAY - datetime.timedelta(days=10)

REFUSED: list[Refused] = [
    updated("struck_out_reason_known", StruckOut, making.struck_out, reason="'boredom'"),
    updated("struck_out_other_says_why", StruckOut, making.struck_out, reason="'other'"),
    updated("struck_out_put_back_whole", StruckOut, making.struck_out, put_back_at="now()"),
    again("struck_out_once", StruckOut, making.struck_out),
    updated("correction_reason_known", Correction, making.correction, reason="'boredom'"),
    updated("correction_outcome_known", Correction, making.correction, outcome="'perhaps'"),
    updated("correction_says_why", Correction, making.correction, why="''"),
    updated("correction_settled_whole", Correction, making.correction, outcome="'approved'"),
    again("correction_one_waiting", Correction, making.correction),
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
    assert kept in client.get(reverse("referrals:child-detail", args=[child.pk])).text
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


def typed(day: datetime.date, **changes) -> dict:
    """What a browser sends of a visit that is corrected."""
    usual = {
        "visited_on_day": day.day,
        "visited_on_month": day.month,
        "visited_on_year": day.year,
        "outcome": "seen",
        "seen_alone": "",
        "purpose": "statutory",
        "place": "home",
        "worker": "",
        "why": "The family's diary says so",
    }
    return usual | changes


@pytest.fixture
def visit(plan) -> Visit:
    return plan.visits.order_by("visited_on").first()


def correct(client, visit, day=None, **changes):
    """The page on which a visit is corrected, opened and sent."""
    url = reverse("visits:visit-correct", args=[visit.pk])
    version = client.get(url).context["form"]["version"].value()
    return client.post(url, {"version": version} | typed(day or visit.visited_on, **changes))


def test_a_correction_says_what_it_was_is_who_when_and_why(client, visit, caseworker):
    client.force_login(caseworker)
    later = visit.visited_on + datetime.timedelta(days=2)
    answer = correct(client, visit, later, place="elsewhere")
    assert answer.url == reverse("visits:visit-detail", args=[visit.pk])
    page = client.get(answer.url)
    assert "The visit is corrected." in page.text
    latest, *_ = history.changes(Visit, visit.pk, reader=caseworker)
    assert (latest.what, latest.who, latest.why) == (
        "Corrected",
        str(caseworker),
        "The family's diary says so",
    )
    assert ("place", "At home", "Elsewhere") in latest.fields
    assert "<del>At home</del>" in page.text
    assert "<ins>Elsewhere</ins>" in page.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"why": ""}, "Say why you correct it"),
        ({"visited_on_year": "1999"}, "between the start and the end of its plan"),
        ({"visited_on_year": "2999"}, "This date is in the future"),
        ({}, "Nothing is different"),
        (
            {"outcome": "refused", "seen_alone": "True"},
            "A child who was not seen was not seen alone",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_true_is_said_and_nothing_is_changed(
    client, visit, caseworker, changes, sentence
):
    client.force_login(caseworker)
    assert sentence in correct(client, visit, **changes).text
    assert history.version(visit) == history.version(Visit.objects.get(pk=visit.pk))


def test_the_version_of_another_record_shows_nothing_of_it(client, visit, caseworker):
    client.force_login(caseworker)
    another = making.visit(place="school")
    entered = typed(visit.visited_on, place="elsewhere", version=history.version(another))
    page = client.post(reverse("visits:visit-correct", args=[visit.pk]), entered)
    assert page.context["overtaken"]["titles"] == ["Now", "What you typed"]


def test_the_second_of_two_sees_both_versions_and_keeps_what_they_typed(
    client, visit, caseworker, manager
):
    client.force_login(caseworker)
    url = reverse("visits:visit-correct", args=[visit.pk])
    seen = client.get(url).context["form"]["version"].value()
    Visit.objects.filter(pk=visit.pk).update(place="school")  # as an import does, or the admin
    entered = typed(visit.visited_on, place="elsewhere", version=seen)
    page = client.post(url, entered)
    assert "Somebody else changed this record while you had it open" in page.text
    assert ("Place", ["At home", "At school or nursery", "Elsewhere"]) in page.context["overtaken"][
        "rows"
    ]
    form = page.context["form"]
    assert form["place"].value() == "elsewhere"
    assert Visit.objects.get(pk=visit.pk).place == "school"
    again = entered | {"version": form["version"].value(), "key": str(page.context["key"])}
    assert client.post(url, again).status_code == 302
    assert Visit.objects.get(pk=visit.pk).place == "elsewhere"


def test_what_has_ended_is_corrected_by_a_manager_and_by_others_proposed(
    client, visit, caseworker, manager
):
    ProtectionPlan.objects.update(ended_on=ENDED)
    client.force_login(caseworker)
    page = client.get(reverse("visits:visit-correct", args=[visit.pk]))
    assert "a manager answers for what is changed" in page.text
    correct(client, visit, place="elsewhere")
    assert Visit.objects.get(pk=visit.pk).place == "home"
    proposed = Correction.objects.get()
    assert proposed.values == {"place": "elsewhere"}
    told = Notice.objects.get(to=manager)
    assert told.url == reverse("referrals:correction-detail", args=[proposed.pk])
    settle = reverse("referrals:correction-settle", args=[proposed.pk])
    assert client.get(settle).status_code == 403

    client.force_login(manager)
    assert settle in client.get(told.url).text
    page = client.get(settle)
    assert page.context["compared"] == [("Place", "At home", "Elsewhere")]
    client.post(settle, {"outcome": "approved"})
    assert Visit.objects.get(pk=visit.pk).place == "elsewhere"
    latest, *_ = history.changes(Visit, visit.pk, reader=manager)
    assert (latest.who, latest.what) == (str(manager), "Corrected")
    assert str(caseworker) in latest.why
    assert "approved" in Notice.objects.get(to=caseworker).text
    assert "has settled this already" in client.post(settle, {"outcome": "refused"}).text
    assert correct(client, visit, place="home").status_code == 302  # a manager's own word


def test_a_refused_proposal_changes_nothing_and_nobody_settles_their_own(
    visit, caseworker, manager
):
    ProtectionPlan.objects.update(ended_on=ENDED)
    told = {"record": visit, "by": caseworker, "why": "So I was told"}
    proposed = corrections.propose(**told, values={"place": "elsewhere"})
    with pytest.raises(ValidationError, match="waits for a manager already"):
        corrections.propose(**told, reason="twice")
    with pytest.raises(ValidationError, match="Somebody else settles"):
        corrections.settle(
            proposed=proposed, outcome="approved", note="", by=caseworker, today=TODAY
        )
    corrections.settle(proposed=proposed, outcome="refused", note="No", by=manager, today=TODAY)
    assert Visit.objects.get(pk=visit.pk).place == "home"


def test_striking_out_what_has_ended_is_proposed_and_approved(client, visit, caseworker, manager):
    ProtectionPlan.objects.update(ended_on=ENDED)
    client.force_login(caseworker)
    url = reverse("visits:visit-strike-out", args=[visit.pk])
    assert client.post(url, {"reason": "never"}).status_code == 302
    [proposed] = Correction.objects.all()
    corrections.settle(proposed=proposed, outcome="approved", note="", by=manager, today=TODAY)
    assert not Visit.objects.filter(pk=visit.pk).exists()
    struck = StruckOut.objects.get()
    assert (struck.reason, struck.struck_by) == ("never", manager)


def test_a_child_is_corrected_field_by_field(client, child, caseworker):
    client.force_login(caseworker)
    url = reverse("referrals:child-correct", args=[child.pk])
    form = client.get(url).context["form"]
    entered = {"disabilities": ["HEAR", "VIS"], "why": "Letter", "last_name": "Roy"}
    for bound in form:
        if bound.name not in entered:
            entered[bound.html_name] = bound.value() or ""
    born = child.born_on
    entered |= {"born_on_day": born.day, "born_on_month": born.month, "born_on_year": born.year}
    answer = client.post(url, entered)
    assert answer.status_code == 302, answer.context["form"].errors
    stored = Child.objects.get(pk=child.pk)
    assert (stored.last_name, stored.disabilities, stored.born_on) == ("Roy", ["HEAR", "VIS"], born)


def test_nothing_is_shown_or_mended_of_a_child_whom_one_may_not_see(client, child, team, manager):
    """Every page on which a record is corrected or struck out, and of those without a list."""
    unseen = making.child(authority=team.authority)
    keys = {}
    for of in (child, unseen):
        referral, plan = making.referral(child=of), making.protection_plan(child=of)
        request = making.request(child=of)
        made = [
            of,
            referral,
            making.assessment(referral=referral),
            of.involvements.first() or making.involvement(child=of),
            plan,
            making.visit(plan=plan),
            request,
            making.decision(request=request),
            making.draft(request=request),
            making.ehc_plan(request=request),
            making.exception(request=request),
        ]
        keys[of] = {type(record): record.pk for record in made}
    client.force_login(manager)
    tried = set()
    for route in every_route():
        view = getattr(route.match.func, "view_class", None)
        if getattr(view, "model", None) not in keys[child] or not issubclass(view, OnRecord):
            continue
        if not (issubclass(view, AboutRecord) or route.name.endswith("-detail")):
            continue
        tried.add(route.name)
        seen, hidden = (reverse(route.name, args=[keys[of][view.model]]) for of in keys)
        assert client.get(seen).status_code == 200, route.name
        assert client.post(hidden).status_code == 404, route.name
    assert len(tried) == 11 + 10 + 11, "each kind has its page and is corrected and struck out"
