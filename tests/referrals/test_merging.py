"""Two records of one child made one, and two again: nothing is lost, and nobody sees more."""

import datetime
import threading

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from config.history import changes
from indicators.models import Outbox
from referrals import casework, merging
from referrals.clashes import FOLLOWED, MINE, THEIRS, clashes
from referrals.crossing import FOLLOW_MERGES
from referrals.models import (
    Assessment,
    Child,
    ChildMerge,
    DeclaredInterest,
    EmergencyAccess,
    Involvement,
    Look,
    Referral,
    Restriction,
    StruckOut,
    Tie,
)
from referrals.models.looks import children_called
from referrals.search import coded, findable_by
from tests import making
from tests.refusals import again, is_refused, updated
from visits.models import ProtectionPlan, Visit
from workforce.models import Notice, User

pytestmark = pytest.mark.django_db
Date = datetime.date
WHY = "The same name, mother and school."
JUNE, JULY = Date(2019, 6, 3), Date(2019, 7, 1)


def decided(of=making.merge, state="done", **values) -> ChildMerge:
    made = of()
    now = {"decided_by": made.proposed_by, "decided_at": timezone.now()}
    ChildMerge.objects.filter(pk=made.pk).update(state=state, **now | values)
    return made


def merged_child() -> Child:
    """A child whose record was merged into another of its authority."""
    stays = making.child()
    return making.child(authority=stays.authority, merged_into=stays, reference="MERGED")


def beside() -> Child:
    making.child(reference="ELSEWHERE")
    return making.child()


SAME = "(SELECT id FROM referrals_child WHERE reference = 'ELSEWHERE')"
REFUSED = [
    updated("merge_state_known", ChildMerge, decided, state="'no'"),
    updated("merge_of_two", ChildMerge, making.merge, survivor_id="duplicate_id"),
    updated("merge_says_why", ChildMerge, making.merge, note="''"),
    updated("merge_decided_by_somebody", ChildMerge, making.merge, state="'done'"),
    updated("merge_undone_by_somebody", ChildMerge, decided, state="'undone'", answer="'No'"),
    updated("merge_says_why_not", ChildMerge, decided, state="'refused'"),
    again("merge_proposed_once", ChildMerge, making.merge),
    again("merge_in_force_once", ChildMerge, decided),
    updated("child_merged_in_authority", Child, beside, merged_into_id=SAME),
    updated("child_not_merged_into_itself", Child, making.child, merged_into_id="id"),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_the_database_refuses(refused):
    is_refused(refused)


def test_every_record_of_a_child_follows_a_merge_or_stays_for_a_reason():
    stay = {"Tie", "Look", "EmergencyAccess", "ChildMerge"}  # worked out, or never changed
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model") or not model._meta.managed or model._meta.proxy:
            continue
        leads = [
            field
            for field in model._meta.get_fields()
            if isinstance(field, models.ForeignKey) and field.related_model is Child
        ]
        if leads and model is not Child and model.__name__ not in stay:
            names = [trigger.name for trigger in getattr(model._meta, "triggers", ())]
            assert FOLLOW_MERGES in names, model


@pytest.fixture
def east():
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def by(east):
    """A manager of the team."""
    return making.holder("team_manager", east)


def known(team, **values) -> Child:
    """A child with whom a team works."""
    made = making.child(authority=team.authority, **values)
    making.involvement(child=made, team=team, part="other")
    return made


@pytest.fixture
def two(east):
    """Two records: the one that stays, and the other."""
    return (
        known(east, reference="A1", first_name="Anna", last_name="Katz"),
        known(east, reference="B2", first_name="Ana", last_name="Katz"),
    )


def merge(by: User, two, **told) -> ChildMerge:
    survivor, duplicate = two
    usual = {"note": WHY, "taken": [], "ways_out": {}} | told
    return merging.merge_children(survivor=survivor, duplicate=duplicate, **usual, by=by)


def undo(by: User, made: ChildMerge) -> int:
    return merging.unmerge(merge=made, answer="They are twins.", by=by)


def everything() -> dict:
    """All records of children, as they are stored."""
    kinds = [*merging.following(), Child, Assessment, Visit, Tie]
    return {
        model: sorted(map(repr, model._base_manager.values()))
        for model in kinds
        if model is not StruckOut
    }


def refused(sentence: str, deed, *told, **more) -> dict:
    with pytest.raises(ValidationError) as caught:
        deed(*told, **more)
    error = caught.value
    assert any(sentence in each for each in error.messages), error.messages
    return getattr(error, "message_dict", {})


def test_what_was_recorded_in_either_is_in_the_one_that_stays(by, east, two):
    survivor, duplicate = two
    referral = making.referral(child=duplicate, team=east)
    plan = making.protection_plan(child=duplicate, team=east)
    request = making.request(child=duplicate)
    queued = making.queued_referral(child=duplicate, team=east)
    making.visit(plan=plan)
    merge(by, two)
    for record in (referral, plan, request, queued):
        record.refresh_from_db()
        assert record.child == survivor
    assert survivor.involvements.count() == 2
    assert not duplicate.involvements.exists()
    assert not Child.objects.visible_to(by).filter(pk=duplicate.pk).exists()
    assert Visit.objects.visible_to(by).exists()
    told = changes(Referral, referral.pk, reader=by)[0]
    assert (told.what, told.who) == ("Merged", str(by))


def test_figures_are_worked_out_again_from_the_day_on(by, east, two):
    making.referral(child=two[1], team=east, received_on=JUNE)
    Outbox.objects.all().delete()
    merge(by, two)
    assert Outbox.objects.filter(family="referrals", since__lte=JUNE).exists()


def test_undone_everything_is_as_it_was_before(by, east, two):
    survivor, duplicate = two
    for child in two:
        making.referral(child=child, team=east, reference="7")
        plan = making.protection_plan(child=child, team=east)
        making.visit(plan=plan)
        making.involvement(child=child, team=east, started_on=JUNE)
        list_ = making.restriction(child=child)
        making.restriction_member(restriction=list_, user=by)
        making.restriction_member(restriction=list_)
    making.assessment(referral=duplicate.referrals.get())
    family = making.family(authority=east.authority)
    Child.objects.filter(pk=duplicate.pk).update(family=family, disabilities=["MOB"])
    making.interest(family=family)
    before = everything()
    answers = {clash.key: THEIRS for clash in clashes(*two)}
    assert len(answers) == 3
    made = merge(by, two, ways_out=answers, taken=["name"])
    survivor.refresh_from_db()
    assert (survivor.first_name, survivor.disabilities) == ("Ana", ["MOB"])
    assert everything() != before
    assert undo(by, made) == 0
    assert everything() == before
    made.refresh_from_db()
    assert (made.state, made.undone_by) == ("undone", by)


def test_what_was_logged_since_stays_where_it_was_logged(by, east, two):
    survivor, duplicate = two
    referral = making.referral(child=duplicate, team=east)
    made = merge(by, two)
    later = making.protection_plan(child=survivor)
    Referral.objects.filter(pk=referral.pk).update(closed_on=JULY, closure_reason="RC7")
    assert undo(by, made) == 0
    referral.refresh_from_db()
    assert (referral.child, referral.closed_on) == (duplicate, JULY)
    assert later.child == survivor


def test_what_was_changed_again_since_is_not_overwritten(by, two):
    made = merge(by, two, taken=["name"])
    Child.objects.filter(pk=two[0].pk).update(first_name="Anne")
    assert undo(by, made) == 1
    two[0].refresh_from_db()
    assert two[0].first_name == "Anne"


def test_a_merge_into_what_was_merged_since_is_undone_after_the_other(by, east, two):
    third = known(east, reference="C3")
    first = merge(by, two)
    second = merge(by, (third, two[0]))
    assert Child.objects.standing_for(two[1].pk) == third
    refused("A manager of both", undo, by, first)
    undo(by, second)
    undo(by, first)
    assert Child.objects.filter(merged_into=None).count() == 3


def test_a_child_that_was_merged_is_not_merged_again(by, east, two):
    merge(by, two)
    refused("merged meanwhile", merge, by, two)
    refused("merged meanwhile", merge, by, (known(east), two[1]))


# Clashes


def test_two_open_plans_have_to_be_settled(by, east, two):
    survivor, duplicate = two
    mine = making.protection_plan(child=survivor, team=east)
    theirs = making.protection_plan(child=duplicate, team=east, started_on=JUNE)
    visit = making.visit(plan=theirs, visited_on=JUNE)
    [clash] = clashes(*two)
    told = refused("Choose how it was with the child protection plan", merge, by, two)
    assert set(told) == {clash.key}
    merge(by, two, ways_out={clash.key: MINE})
    assert list(survivor.protection_plans.all()) == [mine]
    visit.refresh_from_db()
    assert visit.plan == mine
    assert StruckOut.objects.get().key == theirs.pk
    assert ProtectionPlan.objects.successor(theirs.pk) == mine.pk


def test_one_plan_can_have_followed_the_other(by, east, two):
    mine = making.protection_plan(child=two[0], team=east, started_on=JUNE)
    theirs = making.protection_plan(child=two[1], team=east)
    [clash] = clashes(*two)
    merge(by, two, ways_out={clash.key: FOLLOWED})
    assert set(two[0].protection_plans.values_list("pk", "ended_on")) == {
        (mine.pk, None),
        (theirs.pk, JUNE),
    }


def test_what_does_not_fit_into_the_plan_that_is_kept_is_said_beside_it(by, east, two):
    making.protection_plan(child=two[0], team=east, started_on=JUNE)
    making.visit(plan=making.protection_plan(child=two[1], team=east))
    [clash] = clashes(*two)
    told = refused("between the start and the end", merge, by, two, ways_out={clash.key: MINE})
    assert set(told) == {clash.key}


def test_overlapping_cases_and_what_was_assessed(by, east, two):
    mine = making.referral(child=two[0], team=east, received_on=JUNE)
    theirs = making.referral(child=two[1], team=east, closed_on=JULY, closure_reason="RC8")
    contact = making.referral(child=two[1], no_further_action=True, received_on=JULY)
    assessment = making.assessment(referral=theirs)
    first, second = clashes(*two)
    answers = {first.key: FOLLOWED, second.key: MINE}
    refused("cannot start before", merge, by, two, ways_out=answers | {first.key: MINE})
    merge(by, two, ways_out=answers)
    mine.refresh_from_db(), theirs.refresh_from_db(), assessment.refresh_from_db()
    assert (theirs.closed_on, theirs.closure_reason) == (JUNE, "RC8")
    assert assessment.referral == theirs
    assert not Referral.objects.filter(pk=contact.pk).exists()


def test_two_open_ehc_requests_have_to_be_settled_with_what_was_decided(by, east, two):
    mine, theirs = (making.request(child=child, team=east) for child in two)
    decision = making.decision(request=theirs)
    [clash] = clashes(*two)
    told = refused("Choose how it was with the open EHC request", merge, by, two)
    assert set(told) == {clash.key}
    done = merge(by, two, ways_out={clash.key: MINE})
    assert list(two[0].ehc_requests.all()) == [mine]
    decision.refresh_from_db()
    assert decision.request == mine
    merging.unmerge(merge=done, answer="Two children.", by=by)
    assert list(two[1].ehc_requests.all()) == [theirs]
    decision.refresh_from_db()
    assert decision.request == theirs


def test_one_ehc_request_can_have_followed_the_other(by, east, two):
    mine = making.request(child=two[0], team=east, received_on=JUNE)
    theirs = making.request(child=two[1], team=east)
    [clash] = clashes(*two)
    merge(by, two, ways_out={clash.key: FOLLOWED})
    assert set(two[0].ehc_requests.values_list("pk", "withdrawn", "withdrawn_on")) == {
        (mine.pk, False, None),
        (theirs.pk, True, JUNE),
    }


def test_an_ehc_request_that_is_over_is_beside_one_that_is_open(by, east, two):
    making.request(child=two[0], team=east, withdrawn=True, withdrawn_on=JUNE)
    making.request(child=two[1], team=east)
    assert clashes(*two) == []


def test_of_two_lead_allocations_one_goes_on_beside_the_other(by, east, two):
    held = [making.involvement(child=child, team=east) for child in two]
    [clash] = clashes(*two)
    merge(by, two, ways_out={clash.key: THEIRS})
    parts = [Involvement.objects.get(pk=each.pk).part for each in held]
    assert parts == ["other", "social_worker"]


# What is logged meanwhile


@pytest.mark.parametrize(
    "make",
    [
        making.referral,
        making.involvement,
        making.request,
        making.protection_plan,
        making.queued_referral,
        making.restriction,
        making.interest,
    ],
)
def test_what_is_stored_for_the_duplicate_is_the_survivors(by, two, make):
    survivor, duplicate = two
    merge(by, two)
    record = make(child=duplicate)
    record.refresh_from_db()
    assert record.child == survivor
    record.child = duplicate
    record.save()
    record.refresh_from_db()
    assert record.child == survivor


def test_the_record_of_the_duplicate_is_left_alone(by, two):
    merge(by, two)
    with pytest.raises(IntegrityError), transaction.atomic():
        Child.objects.filter(pk=two[1].pk).update(first_name="Other")


# Access


def test_both_have_to_be_managed(by, east, two):
    west = making.team(east.authority, name="West")
    far = known(west)
    making.cover(worker=making.worker(authority=east.authority), by=by)
    refused("A manager of both", merge, by, (two[0], far))
    caseworker = making.holder("caseworker", east)
    refused("A manager of both", merge, caseworker, two)


def test_whoever_was_kept_from_one_of_the_two_is_kept_from_what_is_left(by, east, two):
    survivor, _ = two
    outsider, insider = (making.holder("caseworker", east) for _ in range(2))
    lists = [making.restriction(child=child) for child in two]
    for user, on in ((by, lists), (insider, lists), (outsider, lists[:1])):
        for each in on:
            making.restriction_member(restriction=each, user=user)
    merge(by, two)
    assert not Child.objects.visible_to(outsider).filter(pk=survivor.pk).exists()
    assert Child.objects.visible_to(insider).filter(pk=survivor.pk).exists()


def test_a_restricted_duplicate_restricts_the_child(by, two):
    making.restriction_member(restriction=making.restriction(child=two[1]), user=by)
    merge(by, two)
    assert Restriction.objects.get().child == two[0]


def test_an_interest_in_the_family_or_the_address_that_is_given_up_goes_on(by, east, two):
    survivor, duplicate = two
    families = [making.family(authority=east.authority) for _ in two]
    for child, family, postcode in zip(two, families, ("PE27 5BN", "PE27 5BB"), strict=True):
        Child.objects.filter(pk=child.pk).update(family=family, postcode=postcode)
        child.refresh_from_db()
    relative, neighbour, former = (making.holder("caseworker", east) for _ in range(3))
    making.interest(user=relative, family=families[1])
    making.interest(user=neighbour, postcode="PE27 5BN")
    making.interest(user=former, child=duplicate, until=making.START + datetime.timedelta(1))
    merge(by, two, taken=["address"])
    for user in (relative, neighbour):
        assert not Child.objects.visible_to(user).filter(pk=survivor.pk).exists()
    assert Child.objects.visible_to(former).filter(pk=survivor.pk).exists()
    assert DeclaredInterest.objects.filter(child=survivor).count() == 3


def test_an_emergency_goes_on_with_the_record_that_stays(by, east, two):
    west = making.holder("caseworker", making.team(east.authority))
    making.emergency_access(child=two[1], user=west)
    merge(by, two)
    west = User.objects.get(pk=west.pk)
    assert list(Child.objects.visible_to(west)) == [two[0]]
    assert EmergencyAccess.objects.get().child == two[1]


def test_who_looked_at_the_duplicate_is_found_by_either_reference(by, two):
    Look.objects.create(user=by, child=two[1], how="page")
    merge(by, two)
    both = {child.pk for child in two}
    for child in two:
        assert children_called(child.reference, [child.authority_id]) == both


def test_the_duplicates_reference_finds_the_survivor(by, two):
    merge(by, two)
    assert list(coded(findable_by(by), "b2")) == [two[0]]


# Proposals


def test_a_caseworker_proposes_and_a_manager_merges_or_refuses(by, east, two):
    caseworker = making.holder("caseworker", east)
    told = {"survivor": two[0], "duplicate": two[1], "by": caseworker}
    first = merging.propose(**told, note=WHY)
    assert Notice.objects.get(to=by).url == f"/merges/{first.pk}/"
    refused("has proposed this already", merging.propose, **told, note=WHY)
    merging.refuse(merge=first, answer="They are twins.", by=by)
    assert Notice.objects.filter(to=caseworker).count() == 1
    second = merging.propose(**told, note=WHY)
    done = merge(by, two[::-1])
    assert done == second
    assert (done.survivor, done.proposed_by, done.decided_by) == (two[1], caseworker, by)
    assert Notice.objects.filter(to=caseworker).count() == 2
    assert ChildMerge.objects.visible_to(caseworker).filter(pk=done.pk).exists()


@pytest.mark.parametrize("answer", ["refused", "undone"])
def test_whoever_must_not_know_of_the_child_any_more_is_told_nothing(by, east, two, answer):
    caseworker = making.holder("caseworker", east)
    told = {"survivor": two[0], "duplicate": two[1], "by": caseworker}
    proposed = merging.propose(**told, note=WHY)
    if answer == "undone":
        assert merge(by, two) == proposed
    restriction = making.restriction(child=two[0])
    making.restriction_member(restriction=restriction, user=by)
    by, before = User.objects.get(pk=by.pk), Notice.objects.filter(to=caseworker).count()
    act = merging.refuse if answer == "refused" else merging.unmerge
    act(merge=ChildMerge.objects.get(pk=proposed.pk), answer="They are twins.", by=by)
    assert Notice.objects.filter(to=caseworker).count() == before


def test_a_merge_that_nobody_could_do_is_not_proposed(east, two):
    caseworker = making.holder("caseworker", east)
    refused(
        "No manager works with both",
        merging.propose,
        survivor=two[0],
        duplicate=two[1],
        note=WHY,
        by=caseworker,
    )


def test_a_proposal_is_shown_to_who_sees_both(by, east, two):
    making.merge(survivor=two[0], duplicate=two[1])
    other = making.holder("caseworker", east)
    assert ChildMerge.objects.visible_to(other).exists()
    making.restriction(child=two[1])
    assert not ChildMerge.objects.visible_to(User.objects.get(pk=other.pk)).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("again", [False, True], ids=["in the action", "in the database alone"])
def test_what_is_logged_during_a_merge_waits_for_it_and_lands_on_the_survivor(again):
    team = making.team()
    by = making.holder("team_manager", team)
    worker = making.holder("caseworker", team)
    two = known(team), known(team)
    answers = []

    def log() -> None:
        told = {"received_on": JUNE, "source": "6", "primary_need": "N1"}
        if again:
            Referral.objects.create(child=two[1], team=team, **told)
        else:
            casework.allocate(
                child=two[1],
                part="social_worker",
                worker=None,
                team=team,
                started_on=JUNE,
                by=worker,
                today=JULY,
            )
        answers.append(True)
        connection.close()

    logging = threading.Thread(target=log)
    with transaction.atomic():
        merge(by, two)
        logging.start()
        logging.join(0.5)
        assert not answers, "it did not wait"
    logging.join(10)
    assert answers
    held = two[0].referrals if again else two[0].involvements.filter(part="social_worker")
    assert held.count() == 1
