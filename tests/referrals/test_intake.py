"""Intake: looking for a child, taking a referral, and the queue of those whom few may know of."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from config.history import changes
from config.workdays import london_day
from referrals.actions import Person, reference_of, settle_queued, take_referral
from referrals.models import Child, Look, QueuedReferral, Referral, Search
from referrals.search import Hit, alike, found
from tests import making
from workforce.models import Notice, Team, User

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
LONG_AGO = TODAY - datetime.timedelta(days=4000)
FIND = reverse("referrals:find-child")
TAKE = reverse("referrals:referral-take")


@pytest.fixture
def authority() -> Team:
    return making.authority(name="Testshire")


@pytest.fixture
def east(authority) -> Team:
    return making.team(authority, name="East")


@pytest.fixture
def west(authority) -> Team:
    return making.team(authority, name="West")


@pytest.fixture
def intake(east) -> User:
    """A caseworker of East."""
    return making.holder("caseworker", east)


@pytest.fixture
def anna(authority, west) -> Child:
    """A child whom West works with."""
    child = making.child(
        authority=authority,
        reference="C-100",
        first_name="Anna",
        last_name="Katz",
        born_on=TODAY.replace(day=1) - datetime.timedelta(days=365 * 7 + 20),
        upn="A123456789012",
    )
    making.involvement(child=child, team=west)
    return child


@pytest.fixture
def restricted(authority) -> Child:
    """A child whom only those on a list may know of."""
    child = making.child(
        authority=authority,
        reference="C-200",
        first_name="Zoë",
        last_name="O’Hara",
        born_on=datetime.date(2018, 3, 4),
        upn="B123456789012",
    )
    making.restriction(child=child)
    return child


@pytest.fixture
def on_list(restricted, west) -> User:
    """An account on the list of the restricted child."""
    made = making.holder("team_manager", west)
    making.restriction_member(restriction=restricted.restriction, user=made)
    return made


def looked_for(client, user, typed: str) -> str:
    """The page that the account gets when it looks for somebody."""
    client.force_login(user)
    answer = client.post(FIND, {"typed": typed}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def content(page: str) -> str:
    """What a page says, without what differs each time it is sent."""
    main = page.partition("<main")[2].partition("</main>")[0]
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", main)


def shown(page: str) -> list[str]:
    return re.findall(r'id="hit-\d+"><bdi>(.*?)</bdi>', page)


def told(person: dict | None = None, **changes) -> dict:
    """What is sent from the form of a new child."""
    usual = {
        "first_name": "Zoe",
        "last_name": "OHara",
        "birth": "born",
        "birth_on_day": "4",
        "birth_on_month": "3",
        "birth_on_year": "2018",
        "upn": "",
        "received_on": "today",
        "source": "2A",
        "primary_need": "N1",
    }
    return usual | (person or {}) | changes


def hits_of(user: User, typed: str) -> list[Hit]:
    user = User.objects.get(pk=user.pk)
    return found(user, typed, today=TODAY)[0]


# Finding


def test_a_hit_says_name_age_and_team_and_nothing_more(client, intake, anna):
    page = looked_for(client, intake, "katz")
    assert shown(page) == ["Anna Katz"]
    assert "7 years, known to West" in page
    main = page.partition("<main")[2]
    for secret in ["C-100", "A123456789012", str(anna.born_on.year), anna.born_on.strftime("%B")]:
        assert secret not in main
    assert f"{reverse('referrals:child-detail', args=[anna.pk])}?" not in page


def test_no_name_is_in_an_address(client, intake, anna):
    client.force_login(intake)
    answer = client.post(FIND, {"typed": "Anna Katz"}, follow=True)
    for address, status in answer.redirect_chain:
        assert "katz" not in address.lower()
        assert status == 302
    for address in re.findall(r'(?:href|action)="(.*?)"', answer.content.decode()):
        assert "katz" not in address.lower()


def test_the_title_of_the_page_stays_in_the_browsers_history_and_names_nobody(client, intake, anna):
    title = re.search(r"<title>(.*?)</title>", looked_for(client, intake, "katz"), re.S)[1]
    assert "katz" not in title.lower()


def test_what_was_typed_is_logged_with_who_and_when(client, intake, anna):
    looked_for(client, intake, " Katz ")
    search = Search.objects.get()
    assert (search.user, search.typed, search.authority) == (intake, "Katz", anna.authority)
    assert timezone.now() - search.at < datetime.timedelta(minutes=1)
    assert "Katz" not in str(search)


def test_where_a_search_cannot_be_logged_nothing_is_shown(client, intake, anna, monkeypatch):
    def broken(**values):
        raise OperationalError("disk full")

    monkeypatch.setattr(Search.objects, "create", broken)
    client.force_login(intake)
    answer = client.post(FIND, {"typed": "katz"})
    assert answer.status_code == 503
    assert "Katz" not in answer.content.decode()


def test_a_search_can_be_gone_back_to_for_an_hour_by_its_own_account(client, intake, west, anna):
    looked_for(client, intake, "katz")
    page = reverse("referrals:find-result", args=[Search.objects.get().pk])
    assert shown(client.get(page).content.decode()) == ["Anna Katz"]
    assert Search.objects.count() == 1
    client.force_login(making.holder("caseworker", west))
    assert client.get(page).status_code == 404
    old = making.search(
        user=intake, authority=anna.authority, at=timezone.now() - datetime.timedelta(hours=2)
    )
    client.force_login(intake)
    old = reverse("referrals:find-result", args=[old.pk])
    assert client.get(old, follow=True).redirect_chain == [(FIND, 302)]


@pytest.mark.parametrize(
    ("typed", "first", "last", "upn"),
    [
        ("Mary Ann Smith", "Mary Ann", "Smith", ""),
        ("Smith, Mary Ann", "Mary Ann", "Smith", ""),
        ("smith", "", "smith", ""),
        (" a1234 56789012 ", "", "", "A123456789012"),
        ("C-100", "", "", ""),
    ],
)
def test_whoever_was_looked_for_need_not_be_typed_again(client, intake, typed, first, last, upn):
    assert shown(looked_for(client, intake, typed)) == []
    search = Search.objects.get()
    page = f"{TAKE}?after={search.pk}"
    form = client.get(page).context["form"]
    assert [form[name].value() or "" for name in ("first_name", "last_name", "upn")] == [
        first,
        last,
        upn,
    ]


def test_what_others_looked_for_or_was_long_ago_is_in_no_form(client, intake, west, authority):
    theirs = making.search(user=making.holder("caseworker", west), authority=authority)
    hours = datetime.timedelta(hours=2)
    old = making.search(user=intake, authority=authority, at=timezone.now() - hours)
    client.force_login(intake)
    for after in (theirs.pk, old.pk, 2**63, "x", "-1"):
        form = client.get(TAKE, {"after": after}).context["form"]
        assert form["last_name"].value() is None


def test_a_hit_that_the_reader_may_open_leads_to_the_record_and_that_is_a_search_hit(
    client, west, anna
):
    page = looked_for(client, making.holder("caseworker", west), "katz")
    link = f"{reverse('referrals:child-detail', args=[anna.pk])}?how=search"
    assert link in page
    assert client.get(link).status_code == 200
    assert Look.objects.filter(child=anna).values_list("how", flat=True)[0] == "search"


def test_the_closest_come_first_and_no_more_than_twenty(client, intake, authority):
    for number in range(25):
        making.child(authority=authority, first_name="Bo", last_name=f"Leeson{number:02}")
    making.child(authority=authority, first_name="Di", last_name="Leeso")
    page = looked_for(client, intake, "leeso")
    assert len(shown(page)) == 20
    assert shown(page)[0] == "Di Leeso"
    assert "There are more" in page


def test_children_of_another_authority_are_not_found(intake, anna):
    making.child(first_name="Anna", last_name="Katz")
    assert [hit.pk for hit in hits_of(intake, "katz")] == [anna.pk]


@pytest.mark.parametrize("typed", ["C-100", "c-100", "A123456789012", "a1234 56789012"])
def test_a_child_is_found_by_reference_and_by_pupil_number(intake, anna, typed):
    assert [hit.pk for hit in hits_of(intake, typed)] == [anna.pk]


@pytest.mark.parametrize(
    ("born_on", "expected_on", "age"),
    [
        (TODAY - datetime.timedelta(days=100), None, "Under 1 year"),
        (TODAY - datetime.timedelta(days=500), None, "1 year"),
        (TODAY - datetime.timedelta(days=3700), None, "10 years"),
        (None, TODAY + datetime.timedelta(days=60), "Not born yet"),
        (None, None, "Age not known"),
    ],
)
def test_age_in_words(intake, authority, born_on, expected_on, age):
    making.child(authority=authority, last_name="Katz", born_on=born_on, expected_on=expected_on)
    assert [hit.age for hit in hits_of(intake, "katz")] == [age]


def test_a_closed_case_was_known_to_the_team_that_had_it(intake, authority, east, west):
    child = making.child(authority=authority, last_name="Katz")
    assert hits_of(intake, "katz")[0].known_to == "known to no team"
    making.referral(
        child=child, team=east, closed_on=LONG_AGO, closure_reason="RC7", received_on=LONG_AGO
    )
    assert hits_of(intake, "katz")[0].known_to == "was known to East"
    making.involvement(
        child=child, team=west, started_on=LONG_AGO, ended_on=TODAY - datetime.timedelta(days=9)
    )
    assert hits_of(intake, "katz")[0].known_to == "was known to West"
    making.referral(child=child, team=east, received_on=TODAY)
    assert hits_of(intake, "katz")[0].known_to == "known to East"


@pytest.mark.parametrize("typed", ["", "a", "  ", "%", "-"])
def test_too_little_is_said_to_be_too_little_and_not_logged(client, intake, typed):
    assert "There is a problem" in looked_for(client, intake, typed)
    assert not Search.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        "Anna\x00Katz",
        "x" * 101,
        "x" * 1_000_000,
        "\u202eanna\u202c katz",
        "an\u200bna ka\ufefftz",
        "<script>alert(1)</script>",
        "{{ settings.SECRET_KEY }}{% debug %}",
        "'; DROP TABLE referrals_child; --",
        "😀😀 katz",
        "a" * 40 + " " + "b" * 40,
        "an an an an an an an an an an",
        "((((",
        "[^ ]*+?{3}",
        "\\",
        "ﷺ" * 100,
        "é́́́" * 20,
    ],
    ids=range(16),
)
def test_hostile_text_is_refused_or_shown_safely(client, intake, anna, typed):
    client.force_login(intake)
    answer = client.post(FIND, {"typed": typed}, follow=True)
    assert answer.status_code in {200, 400}
    assert "<script>alert" not in answer.content.decode()


def test_more_than_the_server_takes_is_a_bad_request(client, intake):
    client.force_login(intake)
    assert client.post(FIND, {"typed": "x" * 3_000_000}).status_code == 400


def test_a_name_that_turns_the_line_round_is_kept_in_its_place(client, intake, authority):
    making.child(authority=authority, first_name="\u202egro", last_name="Katz<b>")
    page = looked_for(client, intake, "katz")
    assert shown(page) == ["\u202egro Katz&lt;b&gt;"]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("caseworker", 200),
        ("team_manager", 200),
        ("service_manager", 200),
        ("send_officer", 200),
        ("emergency_duty", 200),
        ("workforce_officer", 403),
        ("analyst", 403),
        ("publisher", 403),
        ("auditor", 403),
        ("administrator", 403),
    ],
)
def test_who_may_search(client, east, role, status):
    client.force_login(making.holder(role, east))
    assert client.get(FIND).status_code == status


@pytest.mark.parametrize(("out_of_hours", "hits"), [(True, 1), (False, 0)])
def test_the_duty_worker_finds_children_out_of_hours_only(
    client, east, anna, monkeypatch, out_of_hours, hits
):
    monkeypatch.setattr("workforce.access.out_of_hours", lambda *_, **__: out_of_hours)
    page = looked_for(client, making.holder("emergency_duty", east), "katz")
    assert len(shown(page)) == hits


# What stays hidden


def test_a_restricted_child_is_found_by_those_on_its_list_alone(
    client, intake, restricted, on_list
):
    for typed in ["ohara", "zoe", "C-200", "B123456789012"]:
        assert not hits_of(intake, typed)
        assert [hit.pk for hit in hits_of(on_list, typed)] == [restricted.pk]


def test_a_page_looks_the_same_with_a_restricted_child_and_without(
    client, intake, authority, restricted
):
    making.child(authority=authority, first_name="Al", last_name="O'Hara", born_on=LONG_AGO)
    before = content(looked_for(client, intake, "ohara"))
    Child.objects.filter(pk=restricted.pk).delete()
    page = reverse("referrals:find-result", args=[Search.objects.get().pk])
    assert content(client.get(page).content.decode()) == before


def test_a_full_page_stays_full_where_restricted_children_match_too(client, intake, authority):
    children = [
        making.child(authority=authority, first_name="Bo", last_name=f"Lee{number:02}")
        for number in range(30)
    ]
    for child in children[:8]:
        making.restriction(child=child)
    page = looked_for(client, intake, "lee")
    assert len(shown(page)) == 20
    for child in children[8:10]:
        making.restriction(child=child)
    page = looked_for(client, intake, "lee")
    assert len(shown(page)) == 20
    assert "There are more" not in page


def test_nobody_finds_those_in_whom_they_declared_an_interest(intake, anna):
    assert hits_of(intake, "katz")
    making.interest(user=intake, child=anna)
    assert not hits_of(intake, "katz")
    assert not hits_of(intake, "C-100")


@pytest.mark.parametrize("hidden", ["restricted", "near", "elsewhere"])
def test_no_referral_is_taken_from_the_page_of_a_hidden_child(client, intake, anna, hidden):
    if hidden == "restricted":
        making.restriction(child=anna)
    elif hidden == "near":
        making.interest(user=intake, child=anna)
    else:
        anna = making.child()
    client.force_login(intake)
    page = reverse("referrals:referral-of", args=[anna.pk])
    assert client.get(page).status_code == client.post(page, told()).status_code == 404


# Taking a referral


def test_a_referral_of_a_child_who_was_found(client, intake, west, anna):
    client.force_login(intake)
    page = reverse("referrals:referral-of", args=[anna.pk])
    assert "Anna Katz" in client.get(page).content.decode()
    answer = client.post(
        page,
        {"received_on": "yesterday", "source": "6", "primary_need": "N1", "team": west.pk},
        follow=True,
    )
    assert "The referral is recorded. It goes to West." in answer.content.decode()
    referral = Referral.objects.get()
    assert referral.child == anna
    assert referral.received_on == TODAY - datetime.timedelta(days=1)
    assert referral.team == west
    (change,) = changes(Referral, referral.pk, reader=intake)
    assert change.who == intake.username


def test_while_a_case_is_open_the_form_says_so(client, intake, west, anna):
    making.referral(child=anna, received_on=TODAY - datetime.timedelta(days=30))
    client.force_login(intake)
    answer = client.post(
        reverse("referrals:referral-of", args=[anna.pk]),
        {"received_on": "today", "source": "6", "primary_need": "N1", "team": west.pk},
    )
    assert "This child has an open case on that day." in answer.content.decode()
    assert Referral.objects.count() == 1


def test_a_child_who_is_new_to_us(client, intake, east):
    client.force_login(intake)
    answer = client.post(TAKE, told(team=east.pk), follow=True)
    assert answer.redirect_chain == [(FIND, 302)]
    child = Child.objects.get()
    assert (str(child), child.born_on) == ("Zoe OHara", datetime.date(2018, 3, 4))
    assert child.authority == east.authority
    assert child.reference
    referral = child.referrals.get()
    assert (referral.team, referral.received_on, referral.source) == (east, TODAY, "2A")
    assert Child.objects.visible_to(User.objects.get(pk=intake.pk)).get() == child


def test_a_reference_that_came_in_a_return_is_given_to_nobody_else(intake, east, restricted):
    taken = reference_of(take(intake, east, last_name="Body").child_id + 1)
    Child.objects.filter(pk=restricted.pk).update(reference=taken)
    assert take(intake, east, last_name="Bodies").child.reference > taken


def test_a_child_who_is_not_born_yet(client, intake, east):
    due = TODAY + datetime.timedelta(days=60)
    client.force_login(intake)
    client.post(
        TAKE,
        told(
            first_name="",
            last_name="",
            birth="expected",
            birth_on_day=f"{due:%d/%m/%Y}",
            birth_on_month="",
            birth_on_year="",
            team=east.pk,
        ),
    )
    child = Child.objects.get()
    assert (child.expected_on, child.born_on, child.upn_unknown) == (due, None, "UN6")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first_name": "", "last_name": ""}, "Enter a first or last name"),
        ({"birth": ""}, "Choose whether the child is born"),
        (
            {"birth_on_day": "", "birth_on_month": "", "birth_on_year": ""},
            "Enter the date of birth",
        ),
        ({"birth_on_day": "31", "birth_on_month": "2"}, "Enter a real date"),
        ({"birth_on_year": "2199"}, "This date is in the future"),
        ({"birth": "expected"}, "can be expected"),
        ({"upn": "X1"}, "Enter a UPN"),
        ({"received_on": ""}, "Choose the day the referral was received"),
        ({"received_on": "another"}, "Enter a real date"),
        ({"received_on": "tomorrow"}, "Choose the day the referral was received"),
        (
            {"received_on": "another", "received_on_day": "1/1/2199"},
            "This date is in the future",
        ),
        (
            {"received_on": "another", "received_on_day": "1/1/2015"},
            "more than 40 weeks before the date of birth",
        ),
        ({"source": ""}, "Choose who made the referral"),
        ({"source": "ZZ"}, "not one of the available choices"),
        ({"primary_need": ""}, "Choose the main reason"),
        ({"team": ""}, "Choose the team"),
        ({"team": "999999"}, "not one of the available choices"),
        ({"first_name": "x" * 101}, "at most 100 characters"),
        ({"first_name": "x\x00y"}, "Null characters are not allowed"),
    ],
    ids=str,
)
@pytest.mark.parametrize("restricts", [False, True], ids=["new", "hidden"])
def test_what_is_wrong_is_said_whoever_the_child_may_be(
    client, intake, east, restricted, change, sentence, restricts
):
    if not restricts:
        restricted.delete()
    client.force_login(intake)
    answer = client.post(TAKE, told(**{"team": east.pk} | change))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert sentence in page
    assert not Referral.objects.exists()
    assert not QueuedReferral.objects.exists()


def test_children_on_record_who_may_be_the_same_are_shown_first(client, intake, east, anna):
    client.force_login(intake)
    typed = told(
        first_name="Ana",
        last_name="Katz",
        birth_on_day=anna.born_on.day,
        birth_on_month=anna.born_on.month,
        birth_on_year=anna.born_on.year,
        team=east.pk,
    )
    page = client.post(TAKE, typed).content.decode()
    assert "Is it one of these children" in page
    assert "Anna Katz, 7 years, known to West" in page
    assert 'value="Ana"' in page
    assert not Referral.objects.exists()
    client.post(TAKE, typed | {"same": str(anna.pk)})
    assert Referral.objects.get().child == anna
    client.post(TAKE, typed | {"same": "none"})
    assert Child.objects.count() == 2


@pytest.mark.parametrize("hidden", [False, True])
def test_a_double_click_records_one_referral(client, intake, east, restricted, hidden):
    if not hidden:
        restricted.delete()
    client.force_login(intake)
    key = client.get(TAKE).context["key"]
    for _ in range(2):
        answer = client.post(TAKE, told(team=east.pk, key=key), follow=True)
        assert "The referral is recorded" in answer.content.decode()
    assert (Referral.objects.count(), QueuedReferral.objects.count()) == (1 - hidden, 1 * hidden)


def test_the_own_team_is_chosen_already(client, intake, east):
    client.force_login(intake)
    assert f'<option value="{east.pk}" selected>East' in client.get(TAKE).content.decode()


def test_only_those_shown_can_be_chosen(client, intake, east, anna, restricted):
    client.force_login(intake)
    typed = told(first_name="Anna", last_name="Katz", birth="unknown", team=east.pk)
    elsewhere = making.child()
    for key in [restricted.pk, elsewhere.pk, anna.pk + 10**6, "x", "", "9" * 30]:
        assert "Choose which child" in client.post(TAKE, typed | {"same": key}).content.decode()
    assert not Referral.objects.exists()
    asked = Look.objects.values_list("user", "how", "child")
    assert set(asked) == {(intake.pk, "refused", each.pk) for each in (restricted, elsewhere)}


def test_the_same_referral_twice_asks_about_the_child_it_made(client, intake, east):
    client.force_login(intake)
    client.post(TAKE, told(team=east.pk))
    assert "Is it one of these children" in client.post(TAKE, told(team=east.pk)).content.decode()
    assert Referral.objects.count() == 1


def test_a_name_alike_of_another_age_is_no_duplicate(intake, authority):
    making.child(authority=authority, first_name="Zoe", last_name="OHara", born_on=LONG_AGO)
    person = Person(first_name="Zoe", last_name="OHara", born_on=datetime.date(2022, 1, 1))
    assert not alike(User.objects.get(pk=intake.pk), person, today=TODAY)


# The queue


def take(by: User, team: Team, **changes) -> Referral | QueuedReferral:
    person = {
        "first_name": "Zoe",
        "last_name": "O'Harra",
        "born_on": datetime.date(2018, 3, 4),
    } | changes
    return take_referral(
        person=Person(**person),
        team=team,
        received_on=TODAY,
        source="6",
        primary_need="N1",
        by=User.objects.get(pk=by.pk),
        today=TODAY,
    )


@pytest.mark.parametrize(
    "person",
    [
        {},
        {"first_name": "ZOË", "last_name": "O’Hara"},
        {"first_name": "O'Hara", "last_name": "Zoe"},
        {"first_name": "Zo"},
        {"first_name": "Any", "last_name": "Body", "born_on": None, "upn": "B123456789012"},
    ],
    ids=str,
)
def test_a_referral_that_may_be_of_a_restricted_child_queues(intake, east, restricted, person):
    queued = take(intake, east, **person)
    assert isinstance(queued, QueuedReferral)
    assert (queued.child, queued.taken_by) == (restricted, intake)
    assert not Referral.objects.exists()
    assert Child.objects.count() == 1


@pytest.mark.parametrize(
    "person",
    [{"born_on": datetime.date(2018, 3, 5)}, {"first_name": "Bob"}, {"last_name": "Oharraa"}],
    ids=str,
)
def test_another_child_is_not_taken_for_the_restricted_one(intake, east, restricted, person):
    assert isinstance(take(intake, east, **person), Referral)


def test_whoever_takes_it_gets_the_very_same_answer(client, intake, east, restricted):
    client.force_login(intake)

    def answer() -> str:
        text = client.post(TAKE, told(team=east.pk), follow=True).content.decode()
        return content(text)

    queued = answer()
    assert QueuedReferral.objects.count() == 1
    QueuedReferral.objects.all().delete()
    restricted.delete()
    assert answer() == queued
    assert Referral.objects.count() == 1


def test_a_referral_of_a_relative_queues_for_the_managers_of_the_service(
    client, intake, east, authority, anna
):
    manager = making.holder("service_manager", authority)
    making.interest(user=intake, child=anna)
    queued = take(intake, east, first_name="Anna", last_name="Katz", born_on=anna.born_on)
    assert queued.child == anna
    assert queued.holders() == [manager]


def test_those_on_the_list_are_told_by_reference(intake, east, authority, restricted, on_list):
    manager = making.holder("service_manager", authority)
    queued = take(intake, east)
    notice = Notice.objects.get()
    assert (notice.to, notice.url) == (
        on_list,
        reverse("referrals:queuedreferral-detail", args=[queued.pk]),
    )
    assert "hara" not in notice.text.lower()
    assert queued.holders() == [on_list]
    assert not QueuedReferral.objects.visible_to(User.objects.get(pk=manager.pk)).exists()


def test_where_nobody_is_on_the_list_a_manager_of_the_service_answers(
    intake, east, authority, restricted
):
    manager = making.holder("service_manager", authority)
    making.holder("service_manager", making.authority())
    assert take(intake, east).holders() == [manager]


def test_the_queue_is_shown_to_those_on_the_list_alone(client, intake, east, on_list):
    queued = take(intake, east)
    page = reverse("referrals:queuedreferral-detail", args=[queued.pk])
    for user, status in [(intake, 404), (on_list, 200)]:
        client.force_login(user)
        listed = client.get(reverse("referrals:queuedreferral-list")).content.decode()
        assert (page in listed) is (status == 200)
        assert client.get(page).status_code == status
    assert "Referrals that wait for you: 1" in client.get(FIND).content.decode()
    told = Look.objects.filter(child=queued.child).values_list("user", "how")
    assert set(told) == {(intake.pk, "refused"), (on_list.pk, "page")}


def settled(client, user: User, queued: QueuedReferral, outcome: str) -> str:
    client.force_login(user)
    page = reverse("referrals:queuedreferral-detail", args=[queued.pk])
    answer = client.post(page, {"outcome": outcome}, follow=True)
    queued.refresh_from_db()
    return answer.content.decode()


def test_the_child_on_record_gets_the_referral(client, intake, east, on_list, restricted):
    queued = take(intake, east)
    assert "is settled" in settled(client, on_list, queued, "same")
    assert queued.referral == restricted.referrals.get()
    assert (queued.referral.received_on, queued.settled_by) == (TODAY, on_list)


def test_another_child_is_put_on_record(client, intake, east, on_list, restricted):
    queued = take(intake, east)
    settled(client, on_list, queued, "other")
    child = queued.referral.child
    assert child != restricted
    assert (child.first_name, child.last_name, child.born_on.year) == ("Zoe", "O'Harra", 2018)
    assert not hasattr(child, "restriction")


def test_where_the_case_is_open_it_was_a_contact(client, intake, east, on_list, restricted):
    making.referral(child=restricted, received_on=TODAY - datetime.timedelta(days=9))
    queued = take(intake, east)
    assert "open case" in settled(client, on_list, queued, "same")
    assert queued.outcome == ""
    settled(client, on_list, queued, "open")
    assert queued.outcome == "open"
    assert queued.referral is None


def test_what_is_settled_is_not_settled_again(client, intake, east, on_list, restricted):
    queued = take(intake, east)
    settled(client, on_list, queued, "same")
    assert "has dealt with this referral" in settled(client, on_list, queued, "other")
    with pytest.raises(ValidationError, match="has dealt with"):
        settle_queued(queued=queued, outcome="other", by=on_list)
    assert Child.objects.count() == 1


# The log


def test_auditors_read_the_searches_of_their_authority_and_nobody_else(client, intake, authority):
    making.search(user=intake, authority=authority, typed="anna katz")
    making.search(typed="of another council")
    page = reverse("referrals:search-list")
    client.force_login(making.holder("auditor", authority))
    shown_here = client.get(page).content.decode()
    assert "anna katz" in shown_here
    assert "of another council" not in shown_here
    client.force_login(intake)
    assert client.get(page).status_code == 403


def test_what_a_search_asks_of_the_database_does_not_grow_with_what_it_finds(
    client, intake, anna, east, django_assert_max_num_queries
):
    for number in range(12):
        child = making.child(authority=anna.authority, first_name="Bo", last_name=f"Katz{number}")
        making.involvement(child=child, team=east)
    looked_for(client, intake, "katz")
    page = reverse("referrals:find-result", args=[Search.objects.get().pk])
    with django_assert_max_num_queries(12):
        assert len(shown(client.get(page).content.decode())) == 13
