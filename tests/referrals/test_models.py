"""What cannot be true of children, referrals, assessments and involvements."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from referrals.models import (
    Assessment,
    Child,
    DeclaredInterest,
    Family,
    Involvement,
    QueuedReferral,
    Referral,
    Restriction,
    RestrictionMember,
    Search,
)
from tests import making
from tests.refusals import OTHER_AUTHORITY, OTHER_TEAM, again, is_refused, updated
from tests.workforce.test_models import AS_SERVICE, MOVED, elsewhere
from workforce.models import Team

pytestmark = pytest.mark.django_db


def with_team(make, **values):
    """A record whose child's authority has a team that holds it, and another authority beside."""
    of = making.child()
    return elsewhere(make(child=of, team=making.team(of.authority), **values))


def without_action() -> Assessment:
    """An assessment, beside a referral on which no further action was taken."""
    making.referral(no_further_action=True, reference="NFA")
    return making.assessment()


def settled() -> QueuedReferral:
    """A referral out of the queue."""
    queued = making.queued_referral()
    queued.outcome, queued.settled_by, queued.settled_at = "open", queued.taken_by, timezone.now()
    queued.save()
    return queued


NO_ACTION = "(SELECT id FROM referrals_referral WHERE reference = 'NFA')"


def in_family() -> Child:
    """A child of a family, beside a family of another authority."""
    of = making.family()
    child = elsewhere(making.child(authority=of.authority, family=of))
    making.family(authority=Team.objects.get(name="Elsewhere"), name="Family elsewhere")
    return child


OTHER_FAMILY = "(SELECT id FROM referrals_family WHERE name = 'Family elsewhere')"

REFUSED = [
    again("child_reference_once", Child, making.child),
    updated("child_reference_present", Child, making.child, reference="''"),
    updated("child_dates_plausible", Child, making.child, expected_on="'infinity'"),
    updated("child_died_after_born", Child, making.child, died_on="born_on - 1"),
    updated("child_sex_known", Child, making.child, sex="'X'"),
    updated("child_ethnicity_known", Child, making.child, ethnicity="'XXXX'"),
    updated("child_upn_unknown_known", Child, making.child, upn_unknown="'UN99'"),
    updated("child_disabilities_known", Child, making.child, disabilities="'{HEAR,XX}'"),
    updated(
        "child_authority_is_root",
        Child,
        lambda: elsewhere(making.child()),
        authority_id=OTHER_TEAM,
    ),
    updated(
        "child_authority_is_root", Team, lambda: elsewhere(making.child().authority), **AS_SERVICE
    ),
    updated(
        "child_authority_settled",
        Child,
        lambda: elsewhere(making.child()),
        authority_id=OTHER_AUTHORITY,
    ),
    updated("referral_dates_plausible", Referral, making.referral, received_on="'0001-01-01'"),
    updated(
        "referral_closed_after_received",
        Referral,
        making.referral,
        closed_on="received_on - 1",
        closure_reason="'RC7'",
    ),
    updated(
        "referral_decided_after_received", Referral, making.referral, decided_on="received_on - 1"
    ),
    updated("referral_closed_and_why", Referral, making.referral, closed_on="received_on"),
    updated("referral_closed_and_why", Referral, making.referral, closure_reason="'RC7'"),
    updated("referral_source_known", Referral, making.referral, source="'ZZ'"),
    updated("referral_need_known", Referral, making.referral, primary_need="'N?'"),
    updated(
        "referral_closure_known",
        Referral,
        making.referral,
        closed_on="received_on",
        closure_reason="'RC0'",
    ),
    updated("referral_entered_whole", Referral, making.referral, source="''"),
    updated("referral_entered_whole", Referral, making.referral, primary_need="''"),
    updated("referral_overlap_only_from_returns", Referral, making.referral, overlaps="TRUE"),
    updated(
        "referral_nfa_never_open",
        Referral,
        lambda: making.referral(closed_on=making.START, closure_reason="RC7"),
        no_further_action="TRUE",
    ),
    updated(
        "referral_decided_before_closure",
        Referral,
        lambda: making.referral(closed_on=making.START, closure_reason="RC7"),
        decided_on="closed_on + 1",
    ),
    again("referral_one_case_at_a_time", Referral, making.referral),
    again(
        "referral_one_case_at_a_time",
        Referral,
        making.referral,
        received_on="received_on + 1",
        no_further_action="TRUE",
    ),
    again(
        "referral_one_case_at_a_time",
        Referral,
        making.referral,
        received_on="received_on + 1",
        closed_on="received_on + 1",
        closure_reason="'RC7'",
    ),
    again(
        "referral_one_case_at_a_time",
        Referral,
        lambda: making.referral(no_further_action=True),
        received_on="received_on - 1",
        no_further_action="FALSE",
    ),
    again(
        "referral_one_case_at_a_time", Referral, making.referral, received_on="received_on + 400"
    ),
    again(
        "referral_reference_once",
        Referral,
        lambda: making.referral(no_further_action=True, reference="R1"),
    ),
    updated(
        "referral_team_in_authority",
        Referral,
        lambda: elsewhere(making.referral()),
        team_id=OTHER_TEAM,
    ),
    updated("referral_team_in_authority", Team, lambda: with_team(making.referral).team, **MOVED),
    updated(
        "referral_team_in_authority",
        Child,
        lambda: with_team(making.referral).child,
        authority_id=OTHER_AUTHORITY,
    ),
    updated(
        "referral_near_birth", Referral, making.referral, received_on="DATE '2010-05-04' - 281"
    ),
    updated(
        "referral_near_birth",
        Child,
        lambda: making.referral().child,
        born_on="DATE '2019-04-01' + 281",
    ),
    updated("assessment_dates_plausible", Assessment, making.assessment, started_on="'2200-01-01'"),
    updated(
        "assessment_completed_after_started",
        Assessment,
        making.assessment,
        completed_on="started_on - 1",
    ),
    again("assessment_after_referral", Assessment, making.assessment, started_on="started_on - 2"),
    updated(
        "assessment_after_referral",
        Referral,
        lambda: making.assessment().referral,
        received_on="received_on + 2",
    ),
    updated(
        "assessment_before_closure",
        Assessment,
        lambda: making.assessment(
            referral=making.referral(closed_on=making.Date(2019, 6, 1), closure_reason="RC7")
        ),
        completed_on="DATE '2019-06-02'",
    ),
    updated(
        "assessment_before_closure",
        Referral,
        lambda: making.assessment().referral,
        closed_on="received_on",
        closure_reason="'RC8'",
    ),
    updated("assessment_needs_action", Assessment, without_action, referral_id=NO_ACTION),
    updated(
        "assessment_needs_action",
        Referral,
        lambda: making.assessment().referral,
        no_further_action="TRUE",
    ),
    updated(
        "involvement_dates_plausible", Involvement, making.involvement, started_on="'-infinity'"
    ),
    updated(
        "involvement_ended_after_started", Involvement, making.involvement, ended_on="started_on"
    ),
    updated("involvement_part_known", Involvement, making.involvement, part="'chair'"),
    again("involvement_one_holder_a_day", Involvement, making.involvement),
    again(
        "involvement_one_send_officer_a_day",
        Involvement,
        lambda: making.involvement(part="send_officer"),
    ),
    again(
        "involvement_reference_once",
        Involvement,
        lambda: making.involvement(part="other", reference="I1"),
    ),
    updated(
        "involvement_team_in_authority",
        Involvement,
        lambda: elsewhere(making.involvement()),
        team_id=OTHER_TEAM,
    ),
    updated(
        "involvement_team_in_authority",
        Team,
        lambda: elsewhere(making.involvement()).team,
        **MOVED,
    ),
    updated(
        "involvement_team_in_authority",
        Child,
        lambda: elsewhere(making.involvement()).child,
        authority_id=OTHER_AUTHORITY,
    ),
    updated("child_postcode_form", Child, making.child, postcode="'pe27 5bn'"),
    updated("child_family_in_authority", Child, in_family, family_id=OTHER_FAMILY),
    updated(
        "child_family_in_authority",
        Family,
        lambda: in_family().family,
        authority_id=OTHER_AUTHORITY,
    ),
    updated("family_name_present", Family, making.family, name="''"),
    again(
        "family_authority_is_root",
        Family,
        lambda: elsewhere(making.family()),
        authority_id=OTHER_TEAM,
    ),
    updated(
        "family_authority_is_root", Team, lambda: elsewhere(making.family().authority), **AS_SERVICE
    ),
    updated("restriction_reason_known", Restriction, making.restriction, reason="'secret'"),
    again("restriction_member_once", RestrictionMember, making.restriction_member),
    updated("interest_dates_plausible", DeclaredInterest, making.interest, since="'infinity'"),
    updated("interest_until_after_since", DeclaredInterest, making.interest, until="since"),
    updated("interest_in_one_thing", DeclaredInterest, making.interest, postcode="'PE27 5BN'"),
    updated("interest_in_one_thing", DeclaredInterest, making.interest, child_id="NULL"),
    updated(
        "interest_postcode_form",
        DeclaredInterest,
        lambda: making.interest(postcode="PE27 5BN"),
        postcode="'PE275BN'",
    ),
    updated("search_append_only", Search, making.search, typed="'somebody else'"),
    updated("queued_dates_plausible", QueuedReferral, making.queued_referral, born_on="'infinity'"),
    updated("queued_source_known", QueuedReferral, making.queued_referral, source="'ZZ'"),
    updated("queued_need_known", QueuedReferral, making.queued_referral, primary_need="''"),
    updated("queued_outcome_known", QueuedReferral, settled, outcome="'maybe'"),
    updated("queued_settled_whole", QueuedReferral, making.queued_referral, outcome="'open'"),
    updated("queued_settled_whole", QueuedReferral, settled, settled_at="NULL"),
    updated(
        "queued_team_in_authority",
        QueuedReferral,
        lambda: elsewhere(making.queued_referral()),
        team_id=OTHER_TEAM,
    ),
    updated(
        "queued_team_in_authority",
        Team,
        lambda: elsewhere(making.queued_referral()).team,
        **MOVED,
    ),
    updated(
        "queued_team_in_authority",
        Child,
        lambda: elsewhere(making.queued_referral()).child,
        authority_id=OTHER_AUTHORITY,
    ),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)


def test_a_referral_may_come_on_the_day_the_case_was_closed():
    first = making.referral(closed_on=making.START, closure_reason="RC7")
    making.referral(child=first.child, received_on=first.closed_on)
    making.referral(child=first.child, received_on=first.closed_on, no_further_action=True)


def test_two_cases_of_one_day_may_both_be_closed_on_it():
    case = making.referral(closed_on=making.START, closure_reason="RC7")
    making.referral(child=case.child, closed_on=making.START, closure_reason="RC7")


def test_a_referral_without_further_action_may_come_on_the_day_a_case_is_opened():
    nothing = making.referral(no_further_action=True)
    making.referral(child=nothing.child)


def test_a_child_may_be_referred_without_further_action_several_times_a_day():
    nothing = making.referral(no_further_action=True)
    making.referral(child=nothing.child, no_further_action=True)


def test_a_form_says_that_a_case_is_open_though_it_does_not_show_the_key():
    case = making.referral()
    later = case.received_on + datetime.timedelta(days=1)
    contact = Referral(child=case.child, received_on=later, no_further_action=True, source="6")
    with pytest.raises(ValidationError, match="Record a contact on that case"):
        contact.full_clean(exclude=["id"])
    Referral(child=case.child, received_on=case.received_on, no_further_action=True).full_clean(
        exclude=["id", "source"]
    )


def test_a_form_lets_a_second_referral_of_the_day_pass_without_further_action():
    nothing = making.referral(no_further_action=True)
    Referral(
        child=nothing.child, received_on=nothing.received_on, no_further_action=True, source="6"
    ).full_clean(exclude=["id"])


def test_forty_weeks_before_birth_is_not_more_than_forty_weeks():
    born = making.START + datetime.timedelta(days=280)
    making.referral(child=making.child(born_on=born))


def test_cases_from_a_return_may_overlap_where_they_are_flagged():
    case = making.referral(entered_here=False)
    making.referral(child=case.child, entered_here=False, overlaps=True)


def test_what_a_return_says_of_an_assessment_is_history():
    case = making.referral(entered_here=False, no_further_action=True)
    making.assessment(referral=case, started_on=case.received_on - datetime.timedelta(days=9))


def test_a_form_says_what_the_database_would_have_refused():
    case = making.referral(closed_on=making.Date(2019, 6, 1), closure_reason="RC8")
    late = Assessment(referral=case, started_on=making.Date(2019, 6, 2))
    with pytest.raises(ValidationError) as error:
        late.full_clean()
    assert error.value.messages == ["An assessment cannot go on after the case was closed."]
