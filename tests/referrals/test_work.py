"""What falls due for whom, on a desk of one or of a team; and who is given what."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from referrals.actions import reassign
from referrals.choices import Part
from referrals.models import Child, Involvement, Look
from referrals.work import desk_of, desk_of_team, ungiven
from tests import making
from tests.visits.test_visit_due import as_at
from workforce.models import Cover
from workforce.work import clocks

pytestmark = pytest.mark.django_db

Date = datetime.date
TODAY = london_day(timezone.now())
QUERIES = 11  # of the page of one's own work


@pytest.fixture
def shire() -> dict:
    """A team with a manager, a worker who has an account, and a colleague."""
    authority = making.authority()
    east = making.team(authority, name="East")
    ann, ben = (
        making.worker(authority=authority, first_name=name, last_name="Lee")
        for name in ("Ann", "Ben")
    )
    for worker in (ann, ben):
        making.assignment(employment=making.employment(worker=worker), team=east)
    return {
        "authority": authority,
        "east": east,
        "ann": ann,
        "ben": ben,
        "caseworker": making.holder("caseworker", east, worker=ann),
        "manager": making.holder("team_manager", east),
    }


@pytest.fixture
def child(shire):
    """A child of Ann's."""
    return of(shire, "ann")


def of(shire: dict, worker: str | None, **values):
    """A child who was given to a worker, or to the team alone."""
    made = making.child(authority=shire["authority"], **values)
    making.involvement(child=made, team=shire["east"], worker=shire.get(worker))
    return made


def mine(shire: dict, today: Date) -> list[tuple[str, str, str]]:
    """What is due on the caseworker's desk: what, when, and by which rule."""
    user = shire["caseworker"]
    found = clocks(desk_of(user, user.reach.workers, today))
    return [(clock.what, clock.due_on.isoformat(), clock.rule) for clock in found]


def test_a_referral_is_to_be_decided_on_by_the_next_working_day(shire, child):
    making.referral(child=child, received_on=Date(2019, 4, 18))
    rule = "1 working day after the referral of 18 April 2019"
    assert mine(shire, Date(2019, 4, 18)) == [("Decide on the referral", "2019-04-23", rule)]


@pytest.mark.parametrize(
    "settled",
    [
        {"decided_on": Date(2019, 4, 19)},
        {"no_further_action": True},
        {"decision_collected": False},
        {"closed_on": Date(2019, 4, 20), "closure_reason": "RC7"},
    ],
)
def test_a_referral_that_asks_for_no_decision_has_no_clock(shire, child, settled):
    making.referral(child=child, received_on=Date(2019, 4, 18), **settled)
    assert mine(shire, Date(2019, 4, 29)) == []


def test_an_assessment_is_due_45_working_days_after_the_referral_not_after_its_own_start(
    shire, child
):
    referral = making.referral(
        child=child, received_on=Date(2019, 4, 1), decided_on=Date(2019, 4, 1)
    )
    assessment = making.assessment(referral=referral, started_on=Date(2019, 4, 10))
    rule = "45 working days after the referral of 1 April 2019"
    due = [("Complete the assessment", "2019-06-07", rule)]
    assert mine(shire, Date(2019, 4, 12)) == due
    assessment.completed_on = Date(2019, 4, 12)
    assessment.save()
    assert mine(shire, Date(2019, 4, 12)) == []


def test_a_visit_is_due_ten_working_days_after_the_last_over_easter(shire, child):
    plan = making.protection_plan(child=child)
    as_at(Date(2019, 4, 12))
    rule = "10 working days after the plan started on 1 April 2019"
    what = "Visit under the child protection plan"
    assert mine(shire, Date(2019, 4, 12)) == [(what, "2019-04-15", rule)]
    making.visit(plan=plan, visited_on=Date(2019, 4, 10))
    rule = "10 working days after the visit of 10 April 2019"
    assert mine(shire, Date(2019, 4, 12)) == [(what, "2019-04-26", rule)]


def test_a_child_long_unseen_is_one_overdue_clock_since_the_first_missed_day(shire, child):
    making.protection_plan(child=child)
    today = Date(2019, 6, 3)
    as_at(today)
    [clock] = clocks(desk_of(shire["caseworker"], [shire["ann"].pk], today))
    assert clock.due_on == Date(2019, 4, 15)
    assert clock.left_in_words == "Overdue by 31 working days"
    assert clock.rule.endswith("; 4 visits missed since then")


@pytest.mark.parametrize(
    ("standard", "plan", "due_on", "rule"),
    [
        ({"interval": 14, "unit": "days"}, {}, "2019-04-15", "14 calendar days"),
        ({"first_interval": 1}, {}, "2019-04-02", "1 working day"),
        ({}, {"visit_interval": 5}, "2019-04-08", "5 working days"),
        ({"valid_from": Date(2019, 5, 1), "interval": 15}, {}, "2019-04-24", "15 working days"),
    ],
)
def test_the_rule_that_is_said_is_the_rule_by_which_the_visit_is_due(
    shire, child, standard, plan, due_on, rule
):
    making.visit_standard(authority=shire["authority"], **standard)
    making.protection_plan(child=child, **plan)
    as_at(Date(2019, 4, 1))
    [(_, due, said)] = mine(shire, Date(2019, 4, 1))
    assert (due, said) == (due_on, f"{rule} after the plan started on 1 April 2019")


def test_a_plan_that_has_ended_asks_for_no_visit(shire, child):
    making.protection_plan(child=child, ended_on=Date(2019, 5, 1))
    assert mine(shire, Date(2019, 5, 1)) == []


def test_what_is_overdue_comes_first_and_then_what_is_due_soonest(shire):
    for day in (Date(2019, 4, 11), Date(2019, 4, 8), Date(2019, 4, 10)):
        making.referral(child=of(shire, "ann"), received_on=day)
    assert [due for _, due, _ in mine(shire, Date(2019, 4, 11))] == [
        "2019-04-09",
        "2019-04-11",
        "2019-04-12",
    ]


def test_a_colleagues_work_is_not_mine_unless_i_cover_for_them(shire):
    making.referral(child=of(shire, "ben"), received_on=TODAY)
    user = shire["caseworker"]
    assert mine(shire, TODAY) == []
    making.cover(worker=shire["ben"], by=user, since=TODAY, until=TODAY + ONE_DAY)
    del user.reach
    assert [what for what, _, _ in mine(shire, TODAY)] == ["Decide on the referral"]


def test_a_child_that_i_may_not_see_is_not_on_my_desk(shire, child):
    making.referral(child=child, received_on=TODAY)
    assert len(mine(shire, TODAY)) == 1
    making.restriction(child=child)
    assert mine(shire, TODAY) == []


def test_what_came_to_a_team_and_was_given_to_nobody_is_on_the_teams_desk(shire):
    alone = making.referral(
        child=making.child(authority=shire["authority"]), team=shire["east"], received_on=TODAY
    )
    waiting = of(shire, None)
    making.referral(child=waiting, team=shire["east"], received_on=TODAY)
    given = of(shire, "ben")
    making.referral(child=given, team=shire["east"], received_on=TODAY)
    desk = desk_of_team(shire["manager"], shire["east"], TODAY)
    found = {clock.case.child: clock.case.worker for clock in clocks(desk)}
    assert found == {alone.child_id: None, waiting.pk: None, given.pk: shire["ben"]}
    assert {case.child for case in ungiven(desk)} == {alone.child_id}


def test_my_work_asks_the_database_as_often_for_many_children_as_for_one(
    shire, child, client, django_assert_num_queries
):
    client.force_login(shire["caseworker"])
    making.protection_plan(child=child)
    client.get(reverse("referrals:my-work"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("referrals:my-work"))
    for _ in range(5):
        another = of(shire, "ann")
        making.protection_plan(child=another)
    with django_assert_num_queries(QUERIES):
        page = client.get(reverse("referrals:my-work"))
    assert page.text.count("clocks__item") == 6


def test_a_printed_list_is_kept_in_the_log_of_each_child_on_it(shire, child, client):
    making.protection_plan(child=child)
    idle = of(shire, "ann")
    client.force_login(shire["caseworker"])
    client.get(reverse("referrals:my-work"))
    assert not Look.objects.exists()
    client.get(reverse("referrals:my-work"), {"how": "print"})
    assert list(Look.objects.values_list("child", "how")) == [(child.pk, "print")]
    client.force_login(shire["manager"])
    client.get(reverse("referrals:team-desk", args=[shire["east"].pk]), {"how": "print"})
    printed = Look.objects.filter(user=shire["manager"]).values_list("child", flat=True)
    assert set(printed) == {child.pk, idle.pk}


def test_an_empty_desk_says_what_to_do(shire, client):
    client.force_login(shire["caseworker"])
    page = client.get(reverse("referrals:my-work"))
    assert "Nothing is due." in page.text
    assert reverse("referrals:find-child") in page.text


def cases(shire: dict, *children):
    """The cases of some children, as the team's page has them."""
    desk = desk_of_team(shire["manager"], shire["east"], TODAY)
    wanted = {child.pk for child in children}
    return [case for case in (*desk.cases, *ungiven(desk)) if case.child in wanted]


def give(shire: dict, *children, to: str = "ben") -> list[Involvement]:
    return reassign(cases=cases(shire, *children), to=shire[to], by=shire["manager"], today=TODAY)


def test_a_case_that_is_given_on_ends_for_one_and_begins_for_the_other_on_the_day(shire, child):
    give(shire, child)
    told = Involvement.objects.order_by("started_on")
    assert list(told.values_list("worker", "started_on", "ended_on")) == [
        (shire["ann"].pk, making.START, TODAY),
        (shire["ben"].pk, TODAY, None),
    ]


def test_a_case_given_twice_on_a_day_is_with_the_last_and_was_with_nobody_between(shire, child):
    give(shire, child)
    give(shire, child, to="ann")
    give(shire, child, to="ann")
    told = Involvement.objects.order_by("started_on")
    assert list(told.values_list("worker", "started_on", "ended_on")) == [
        (shire["ann"].pk, making.START, TODAY),
        (shire["ann"].pk, TODAY, None),
    ]


def test_a_referral_that_was_given_to_nobody_is_given(shire):
    child = making.child(authority=shire["authority"])
    making.referral(child=child, team=shire["east"])
    [given] = give(shire, child)
    assert (given.child, given.worker, given.part) == (child, shire["ben"], Part.SOCIAL_WORKER)


def test_of_cases_that_cannot_all_be_given_none_is(shire, child):
    chosen = cases(shire, child, of(shire, "ann"))
    later = TODAY - 5 * ONE_DAY
    Involvement.objects.filter(child=chosen[1].child).update(ended_on=later)
    following = {"team": shire["east"], "started_on": TODAY + ONE_DAY}
    making.involvement(child=Child.objects.get(pk=chosen[1].child), **following)
    with pytest.raises(ValidationError, match="already has an allocated social worker"):
        reassign(cases=chosen, to=shire["ben"], by=shire["manager"], today=TODAY)
    assert not Involvement.objects.filter(worker=shire["ben"]).exists()


def test_a_case_is_given_to_nobody_who_has_left(shire, child):
    shire["ben"].employments.update(left_on=TODAY, reason_for_leaving="1")
    with pytest.raises(ValidationError, match="not in post today"):
        give(shire, child)


def test_the_worker_is_told_by_reference_which_cases_are_new_to_them(shire, child):
    ben = making.holder("caseworker", shire["east"], worker=shire["ben"])
    give(shire, child)
    notice = ben.notices.get()
    assert notice.text == f"You were given case {child.reference}."
    assert notice.url == reverse("referrals:child-detail", args=[child.pk])
    give(shire, child, of(shire, "ann"), of(shire, "ann"))
    assert ben.notices.count() == 2
    assert ben.notices.first().text.startswith("You were given 2 cases: C")
    assert child.reference not in ben.notices.first().text
    give(shire, child)
    assert ben.notices.count() == 2


def test_so_many_cases_that_a_notice_cannot_name_them_are_counted(shire):
    ben = making.holder("caseworker", shire["east"], worker=shire["ben"])
    give(shire, *(of(shire, "ann", reference=f"{at:040}") for at in range(9)))
    text = ben.notices.get().text
    assert text.startswith("You were given 9 cases: 0")
    assert text.endswith(" and others.")


@pytest.mark.parametrize("why", ["restricted", "related", "without an account"])
def test_no_case_is_given_to_whom_it_is_closed(shire, child, client, why):
    another = of(shire, "ann")
    if why != "without an account":
        ben = making.holder("caseworker", shire["east"], worker=shire["ben"])
    if why == "related":
        making.interest(user=ben, child=child)
    else:
        restriction = making.restriction(child=child)
        making.restriction_member(restriction=restriction, user=shire["manager"])
    sentence = f"Case {child.reference} is closed to Ben Lee. Choose someone else."
    with pytest.raises(ValidationError, match=sentence):
        give(shire, child, another)
    assert not Involvement.objects.filter(worker=shire["ben"]).exists()
    client.force_login(shire["manager"])
    allocated = {"worker": shire["ben"].pk, "part": "social_worker", "started_on": "today"}
    page = client.post(reverse("referrals:allocate", args=[child.pk]), allocated)
    assert sentence in str(page.context["form"].errors["worker"])
    if why == "restricted":
        making.restriction_member(restriction=restriction, user=ben)
        give(shire, child, another)
        assert Involvement.objects.filter(worker=shire["ben"]).count() == 2


def test_whoever_is_allocated_a_child_is_told_unless_they_did_it_themselves(shire, child, client):
    ben = making.holder("caseworker", shire["east"], worker=shire["ben"])
    allocated = {"part": "social_worker", "started_on": "today"}
    client.force_login(shire["caseworker"])
    page = reverse("referrals:allocate", args=[child.pk])
    client.post(page, allocated | {"worker": shire["ben"].pk})
    assert ben.notices.get().text == f"You were given case {child.reference}."
    other = making.child(authority=shire["authority"])
    making.involvement(child=other, team=shire["east"])
    page = reverse("referrals:allocate", args=[other.pk])
    client.post(page, allocated | {"worker": shire["ann"].pk})
    assert Involvement.objects.filter(child=other, worker=shire["ann"]).exists()
    assert not shire["caseworker"].notices.exists()


def test_no_case_is_given_to_whoever_is_about_to_leave(shire, child, client):
    shire["ben"].employments.update(left_on=TODAY + ONE_DAY, reason_for_leaving="1")
    with pytest.raises(ValidationError, match="The leaving date of Ben Lee is"):
        give(shire, child)
    client.force_login(shire["manager"])
    allocated = {"worker": shire["ben"].pk, "part": "social_worker", "started_on": "today"}
    page = client.post(reverse("referrals:allocate", args=[child.pk]), allocated)
    assert "The leaving date of Ben Lee is" in str(page.context["form"].errors["worker"])
    making.employment(worker=shire["ben"], started_on=TODAY + ONE_DAY)
    assert len(give(shire, child)) == 1


def test_cases_are_ticked_given_once_however_often_it_is_sent_and_the_page_says_so(
    shire, child, client
):
    client.force_login(shire["manager"])
    desk = client.get(reverse("referrals:team-desk", args=[shire["east"].pk]))
    assert f"social_worker-{child.pk}" in desk.text
    url = reverse("referrals:team-reassign", args=[shire["east"].pk])
    url += f"?case=social_worker-{child.pk}"
    key = client.get(url).context["key"]
    sent = {"key": key, "cases": [f"social_worker-{child.pk}"], "to": shire["ben"].pk}
    for _ in range(2):
        page = client.post(url, sent, follow=True)
        assert "1 child is with Ben Lee from today." in page.text
    assert Involvement.objects.filter(child=child).count() == 2


def test_a_child_of_another_team_is_no_choice(shire, client):
    elsewhere = making.child(authority=shire["authority"])
    making.involvement(child=elsewhere, team=making.team(shire["authority"]))
    client.force_login(shire["manager"])
    url = reverse("referrals:team-reassign", args=[shire["east"].pk])
    key = f"social_worker-{elsewhere.pk}"
    page = client.get(f"{url}?case={key}", follow=True)
    assert "Tick the children first" in page.text
    page = client.post(url, {"cases": key, "to": shire["ben"].pk})
    assert "This child is not with the team any more" in page.text
    looks = Look.objects.values_list("user", "child", "how")
    assert list(looks) == [(shire["manager"].pk, elsewhere.pk, "refused")] * 2


def test_a_manager_of_another_team_finds_no_such_team(shire, client):
    client.force_login(making.holder("team_manager", making.team(shire["authority"])))
    for name in ("team-desk", "team-reassign", "team-cover"):
        url = reverse(f"referrals:{name}", args=[shire["east"].pk])
        assert client.get(url).status_code == 404


def test_an_absence_is_covered_on_its_days_and_the_cover_can_end_before(shire, client):
    client.force_login(shire["manager"])
    url = reverse("referrals:team-cover", args=[shire["east"].pk])
    entered = {
        "worker": shire["ben"].pk,
        "account": shire["caseworker"].pk,
        **dict(zip(("since_day", "since_month", "since_year"), _parts(TODAY), strict=True)),
        **dict(zip(("last_day", "last_month", "last_year"), _parts(TODAY + ONE_DAY), strict=True)),
    }
    page = client.post(url, entered, follow=True)
    cover = Cover.objects.get()
    assert (cover.since, cover.until) == (TODAY, TODAY + 2 * ONE_DAY)
    assert "covers for Ben Lee" in page.text
    end = reverse("referrals:team-uncover", args=[shire["east"].pk, cover.pk])
    client.post(end)
    assert not Cover.objects.in_force(TODAY).exists()


def _parts(day: Date) -> tuple[int, int, int]:
    return day.day, day.month, day.year


def test_nobody_covers_for_themselves(shire, client):
    client.force_login(shire["manager"])
    url = reverse("referrals:team-cover", args=[shire["east"].pk])
    entered = {
        "worker": shire["ann"].pk,
        "account": shire["caseworker"].pk,
        **dict(zip(("since_day", "since_month", "since_year"), _parts(TODAY), strict=True)),
        **dict(zip(("last_day", "last_month", "last_year"), _parts(TODAY), strict=True)),
    }
    page = client.post(url, entered)
    assert page.context["form"].errors["account"] == [
        "Nobody covers for themselves. Choose someone else."
    ]


def test_an_account_does_not_end_while_its_worker_has_cases(shire, child, client):
    client.force_login(making.holder("administrator", shire["authority"], is_staff=True))
    url = reverse("workforce:end-account", args=[shire["caseworker"].pk])
    page = client.post(url, follow=True)
    assert "Ann Lee still has 1 case. Ask their manager" in page.text
    assert f"{child.reference}." not in page.text
    shire["caseworker"].refresh_from_db()
    assert shire["caseworker"].is_active
    give(shire, child)
    client.post(url)
    shire["caseworker"].refresh_from_db()
    assert not shire["caseworker"].is_active


def test_a_referral_from_before_the_calendar_begins_has_no_clock(shire, child):
    old = making.referral(child=child, received_on=Date(1968, 5, 1), entered_here=False)
    making.assessment(referral=old)
    assert mine(shire, TODAY) == []


@pytest.mark.parametrize(("who", "where"), [("caseworker", "my-work"), ("manager", None)])
def test_whoever_holds_cases_begins_with_them(shire, client, who, where):
    shire[who].set_password("correct horse battery")
    shire[who].save()
    entered = {"login": shire[who].username, "password": "correct horse battery"}
    page = client.post(reverse("sign-in"), entered | {"next": "/"})
    assert page["Location"] == (reverse(f"referrals:{where}") if where else "/")
