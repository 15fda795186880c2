"""Who needs to know of a child: ties, bars, roles, and the hours of the emergency duty team."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from ehcp.models import Decision, PermittedException, Plan, Request
from referrals.casework import allocate
from referrals.models import (
    Assessment,
    Child,
    DeclaredInterest,
    Family,
    Involvement,
    Look,
    Referral,
    Restriction,
    RestrictionMember,
)
from tests import making
from visits.models import ProtectionPlan, Visit
from workforce.access import reach_of
from workforce.models import Team, User

pytestmark = pytest.mark.django_db

TODAY = london_day(timezone.now())
LONG_AGO = making.START
NIGHT = datetime.datetime(2026, 1, 14, 23, tzinfo=datetime.UTC)
NOON = datetime.datetime(2026, 1, 14, 12, tzinfo=datetime.UTC)


def sees(user: User, record, now: datetime.datetime | None = None) -> bool:
    """Whether the account sees a record in its next request."""
    user = User.objects.get(pk=user.pk)
    if now:
        user.reach = reach_of(user, now)
    return type(record).objects.visible_to(user).filter(pk=record.pk).exists()


@pytest.fixture
def shire() -> dict[str, Team]:
    authority = making.authority()
    service = making.team(authority, kind="service")
    made = {name: making.team(authority, parent=service) for name in ("east", "west")}
    send = making.team(authority)
    return made | {"authority": authority, "service": service, "send": send}


@pytest.fixture
def child(shire) -> Child:
    return making.child(authority=shire["authority"])


def works(child: Child, team: Team, **values) -> Involvement:
    return making.involvement(child=child, team=team, **values)


def test_a_team_sees_the_children_it_works_with(shire, child):
    works(child, shire["east"])
    assert sees(making.holder("caseworker", shire["east"]), child)
    assert not sees(making.holder("caseworker", shire["west"]), child)


@pytest.mark.parametrize("place", ["service", "authority"])
def test_supervisors_above_see_them_too(shire, child, place):
    works(child, shire["east"])
    assert sees(making.holder("service_manager", shire[place]), child)


def test_another_authority_sees_nothing(shire, child):
    works(child, shire["east"])
    assert not sees(making.holder("service_manager", making.authority()), child)


def test_the_named_worker_sees_a_child_of_another_team(shire, child):
    worker = making.worker(authority=shire["authority"])
    named = making.holder("caseworker", shire["west"], worker=worker)
    work = works(child, shire["east"], worker=worker)
    assert sees(named, child)
    work.ended_on = TODAY
    work.save()
    assert not sees(named, child)


def test_cover_lets_a_colleague_see_the_absent_workers_children_for_its_days(shire, child):
    worker = making.worker(authority=shire["authority"])
    works(child, shire["east"], worker=worker)
    colleague = making.holder("caseworker", shire["west"])
    cover = making.cover(worker=worker, by=colleague, since=TODAY, until=TODAY + ONE_DAY)
    assert sees(colleague, child)
    cover.since, cover.until = TODAY - ONE_DAY, TODAY
    cover.save()
    assert not sees(colleague, child)


def test_with_nobody_allocated_the_team_that_held_the_child_last_sees_it(shire, child):
    works(child, shire["west"], ended_on=LONG_AGO + 30 * ONE_DAY)
    last = works(
        child,
        shire["east"],
        started_on=LONG_AGO + 30 * ONE_DAY,
        ended_on=LONG_AGO + 60 * ONE_DAY,
    )
    east, west = (making.holder("caseworker", shire[name]) for name in ("east", "west"))
    assert (sees(east, child), sees(west, child)) == (True, False)
    works(child, shire["west"], started_on=last.ended_on)
    assert (sees(east, child), sees(west, child)) == (False, True)


@pytest.mark.parametrize(
    "make",
    [making.referral, making.protection_plan, making.request],
    ids=lambda make: make.__name__,
)
def test_a_records_own_team_sees_it_until_somebody_is_allocated(shire, child, make):
    record = make(child=child, team=shire["east"])
    east = making.holder("team_manager", shire["east"])
    assert sees(east, child)
    assert sees(east, record)
    part = "send_officer" if isinstance(record, Request) else "social_worker"
    works(child, shire["west"], part=part)
    assert not sees(east, child)


def test_a_child_of_no_team_is_seen_by_those_above_all_teams(shire, child):
    making.referral(child=child)
    assert sees(making.holder("service_manager", shire["authority"]), child)
    assert not sees(making.holder("service_manager", shire["service"]), child)


@pytest.fixture
def records(shire, child) -> dict:
    """A record of every kind of a child whom a social worker and a SEND officer know."""
    works(child, shire["east"])
    request = making.request(child=child)
    plan = making.protection_plan(child=child)
    referral = making.referral(child=child)
    return {
        Child: child,
        Involvement: works(child, shire["send"], part="send_officer"),
        Referral: referral,
        Assessment: making.assessment(referral=referral),
        Request: request,
        Decision: making.decision(request=request),
        Plan: making.ehc_plan(request=request),
        PermittedException: making.exception(request=request),
        ProtectionPlan: plan,
        Visit: making.visit(plan=plan),
    }


SEND = {Child, Involvement, Request, Decision, Plan, PermittedException}


@pytest.mark.parametrize(
    ("role", "place", "kinds"),
    [
        ("caseworker", "east", "all"),
        ("team_manager", "east", "all"),
        ("service_manager", "service", "all"),
        ("send_officer", "send", SEND),
        ("workforce_officer", "authority", set()),
        ("analyst", "authority", set()),
        ("publisher", "authority", set()),
        ("auditor", "authority", set()),
        ("administrator", "authority", set()),
    ],
)
def test_a_role_sees_its_kinds_of_record(shire, records, role, place, kinds):
    user = making.holder(role, shire[place])
    seen = {model for model, record in records.items() if sees(user, record)}
    assert seen == (records.keys() if kinds == "all" else kinds)


def test_the_emergency_duty_worker_sees_all_children_out_of_hours_only(shire, records):
    user = making.holder("emergency_duty", shire["authority"])
    for record in records.values():
        assert sees(user, record, NIGHT)
        assert not sees(user, record, NOON)
    elsewhere = making.child()
    assert not sees(user, elsewhere, NIGHT)


def test_a_restricted_child_is_seen_by_those_on_its_list_alone(shire, records, child):
    on, off = (making.holder("caseworker", shire["east"]) for _ in range(2))
    night = making.holder("emergency_duty", shire["authority"])
    above = making.holder("service_manager", shire["authority"])
    restriction = making.restriction(child=child)
    making.restriction_member(restriction=restriction, user=on)
    for record in records.values():
        assert sees(on, record)
        assert not sees(off, record)
        assert not sees(above, record)
        assert not sees(night, record, NIGHT)
    assert set(Restriction.objects.visible_to(on)) == {restriction}
    assert not Restriction.objects.visible_to(off).exists()
    assert not RestrictionMember.objects.visible_to(off).exists()


def test_a_list_alone_is_no_reason_to_see_a_child(shire, records, child):
    far = making.holder("caseworker", shire["west"])
    making.restriction_member(restriction=making.restriction(child=child), user=far)
    assert not sees(far, child)


@pytest.mark.parametrize("kind", ["child", "family", "address", "postcode"])
def test_an_interest_keeps_an_account_from_its_own_and_its_relatives_records(
    shire, records, child, kind
):
    child.family = making.family(authority=shire["authority"])
    child.address, child.postcode = "1 High Street", "PE27 5BN"
    child.save()
    stranger = making.child(authority=shire["authority"])
    works(stranger, shire["east"])
    declared = {
        "child": {"child": child},
        "family": {"family": child.family},
        "address": {"address": "1 HIGH street", "postcode": "PE27 5BN"},
        "postcode": {"postcode": "PE27 5BN"},
    }[kind]
    user = making.holder("caseworker", shire["east"])
    assert sees(user, child)
    interest = making.interest(user=user, since=TODAY, **declared)
    for record in records.values():
        assert not sees(user, record)
    assert sees(user, stranger)
    assert sees(making.holder("caseworker", shire["east"]), child)
    interest.since, interest.until = TODAY - ONE_DAY, TODAY
    interest.save()
    assert sees(user, child)


def test_an_interest_in_one_house_does_not_reach_the_next(shire, child):
    works(child, shire["east"])
    child.address, child.postcode = "2 High Street", "PE27 5BN"
    child.save()
    user = making.holder("caseworker", shire["east"])
    making.interest(user=user, address="1 High Street", postcode="PE27 5BN")
    assert sees(user, child)


def test_a_family_is_seen_with_its_children(shire, child):
    family = making.family(authority=shire["authority"])
    user = making.holder("caseworker", shire["east"])
    assert sees(user, family)
    child.family = family
    child.save()
    assert not sees(user, family)
    works(child, shire["east"])
    assert sees(user, family)
    assert not Family.objects.visible_to(making.holder("analyst", shire["authority"])).exists()


def test_an_interest_is_known_to_a_manager_and_not_shown_to_the_one_it_bars(shire, child):
    works(child, shire["east"])
    manager = making.holder("team_manager", shire["east"])
    declared = making.interest(user=making.holder("caseworker", shire["east"]), child=child)
    own = making.interest(user=manager, postcode="PE27 5BN")
    assert set(DeclaredInterest.objects.visible_to(manager)) == {declared}
    other = making.holder("service_manager", shire["service"])
    assert set(DeclaredInterest.objects.visible_to(other)) == {declared, own}


def test_whoever_moves_to_another_team_sees_its_children_from_the_next_request_on(shire, child):
    works(child, shire["east"])
    user = making.holder("caseworker", shire["east"])
    assert sees(user, child)
    user.appointments.update(until=TODAY)
    making.appointment(user=user, place=shire["west"], since=TODAY)
    assert not sees(user, child)


def test_what_one_could_not_open_afterwards_is_not_saved(shire, child):
    works(child, shire["east"])
    by = making.holder("caseworker", shire["east"])
    told = {"part": "social_worker", "worker": None, "started_on": TODAY, "today": TODAY}
    with pytest.raises(ValidationError, match="could not open this record afterwards"):
        allocate(child=child, team=shire["west"], by=by, **told)
    assert child.involvements.get().ended_on is None
    above = making.holder("service_manager", shire["service"])
    assert allocate(child=child, team=shire["west"], by=above, **told).team == shire["west"]


@pytest.fixture
def manager(client, shire, child) -> User:
    works(child, shire["east"])
    manager = making.holder("service_manager", shire["service"], is_staff=True)
    client.force_login(manager)
    return manager


def test_an_interest_opened_in_the_admin_is_a_look_at_the_child(client, shire, child, manager):
    declared = making.interest(user=making.holder("caseworker", shire["east"]), child=child)
    page = client.get(reverse("admin:referrals_declaredinterest_change", args=[declared.pk]))
    assert page.status_code == 200
    looks = Look.objects.values_list("user", "child", "how")
    assert list(looks) == [(manager.pk, child.pk, "admin")]


@pytest.mark.parametrize("asked", ["interests__isnull", "restriction__isnull", "looks__how"])
def test_no_address_of_the_admin_asks_what_points_to_a_child(client, child, manager, asked):
    making.interest(user=manager, family=making.family(authority=child.authority))
    listed = client.get(reverse("admin:referrals_child_changelist"), {asked: "False"})
    assert listed.status_code == 400


def test_nobody_learns_in_the_admin_whose_a_case_reference_is(client, shire, child, manager):
    """A child is not added there, and keeps the reference that it was given."""
    hidden = making.child(authority=shire["authority"], upn="B123456789012")
    making.restriction(child=hidden)
    page = reverse("admin:referrals_child_change", args=[child.pk])
    form = client.get(page).context["adminform"].form
    assert "reference" not in form.fields
    assert client.get(reverse("admin:referrals_child_add")).status_code == 403
    told = {"reference": hidden.reference, "upn": hidden.upn, "first_name": "Ann"}
    entered = {name: "" if value is None else value for name, value in form.initial.items()}
    rows = {"involvements-TOTAL_FORMS": 0, "involvements-INITIAL_FORMS": 0}
    assert client.post(page, entered | told | rows).status_code == 302
    before = child.reference
    child.refresh_from_db()
    assert (child.reference, child.first_name, child.upn) == (before, "Ann", hidden.upn)


def test_a_family_is_found_by_those_of_its_children_whom_the_reader_sees(
    client, shire, child, manager
):
    child.family = making.family(authority=shire["authority"], name="Marsh")
    child.save()
    hidden = making.child(authority=shire["authority"], family=child.family, reference="HIDDEN")
    making.restriction(child=hidden)
    page = reverse("admin:referrals_family_changelist")
    for typed, found in {"": 1, child.reference: 1, "HIDDEN": 0}.items():
        assert client.get(page, {"q": typed}).context["cl"].result_count == found, typed


def test_a_family_is_deleted_only_where_it_has_no_child(client, shire, child, manager):
    alone = making.family(authority=shire["authority"])
    child.family = making.family(authority=shire["authority"])
    child.save()
    for family, status in ((alone, 302), (child.family, 403)):
        page = reverse("admin:referrals_family_delete", args=[family.pk])
        assert client.post(page, {"post": "yes"}).status_code == status
    chosen = {"action": "delete_selected", "_selected_action": child.family.pk, "post": "yes"}
    client.post(reverse("admin:referrals_family_changelist"), chosen)
    assert list(Family.objects.all()) == [child.family]


def test_a_record_that_a_form_in_the_admin_was_not_offered_is_no_choice_and_written_down(
    client, shire, child, manager
):
    family = making.family(authority=shire["authority"])
    hidden = making.child(authority=shire["authority"], family=family, first_name="Zebedee")
    referral = making.referral(child=hidden)
    making.restriction(child=hidden)
    told = [("referral", "child", hidden), ("assessment", "referral", referral)]
    for kind, field, record in [*told, ("declaredinterest", "family", family)]:
        page = reverse(f"admin:referrals_{kind}_add")
        answer = client.post(page, {field: record.pk})
        assert "not one of the available choices" in answer.text, kind
        assert "Zebedee" not in answer.text
        looks = Look.objects.filter(page=page).values_list("user", "child", "how")
        assert list(looks) == [(manager.pk, hidden.pk, "refused")], kind
        assert Client().post(page, {field: record.pk}).status_code == 302
    assert Look.objects.count() == 3
