"""Section 2 of the definitions: referrals and repeat referrals."""

from .cases import Case, team_of_child
from .days import working_days_after, year_before
from .records import History, Referral


def case(history: History, referral: Referral, counts: bool | None) -> Case:
    return Case(
        team=team_of_child(
            history, referral.child, "social_worker", referral.received_on, referral.team
        ),
        counts=counts,
        on_day=referral.received_on,
        child=referral.child,
    )


def received(history: History) -> list[Case]:
    return [case(history, referral, True) for referral in history.referrals]


def without_further_action(history: History) -> list[Case]:
    return [case(history, referral, referral.no_further_action) for referral in history.referrals]


def repeats(history: History) -> list[Case]:
    found = []
    for referral in history.referrals:
        since = year_before(referral.received_on)
        repeat = False
        for other in history.referrals:
            if other.child == referral.child and since <= other.received_on < referral.received_on:
                repeat = True
        found.append(case(history, referral, repeat))
    return found


def decided_in_a_day(history: History) -> list[Case]:
    found = []
    for referral in history.referrals:
        if not referral.decision_collected or referral.received_on > history.as_at:
            continue
        last_day = working_days_after(referral.received_on, 1)
        if referral.decided_on is not None:
            counts = referral.decided_on <= last_day
        elif history.as_at <= last_day:
            counts = None
        else:
            counts = False
        found.append(case(history, referral, counts))
    return found
