"""Events of workers and posts: offered when they can be, refused when they cannot be true."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from tests import making
from workforce import staffing
from workforce.models import Assignment, Employment, Vacancy, Worker

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
BEFORE = TODAY - 10 * ONE_DAY


@pytest.fixture
def authority():
    return making.authority(name="Testshire")


@pytest.fixture
def east(authority):
    return making.team(authority, name="East")


@pytest.fixture
def west(authority):
    return making.team(authority, name="West")


@pytest.fixture
def ann(authority, east) -> Worker:
    worker = making.worker(authority=authority, first_name="Ann", last_name="Lee")
    making.assignment(employment=making.employment(worker=worker), team=east)
    return worker


@pytest.fixture(autouse=True)
def officer(client, authority):
    account = making.holder("workforce_officer", authority)
    client.force_login(account)
    return account


def log(client, page, record=None, **entered):
    address = reverse(f"workforce:{page}", args=[record.pk] if record else [])
    return client.post(address, entered, follow=True)


def on(name: str, day: datetime.date) -> dict:
    """A day as the three boxes of another date have it."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {name: "another"} | {f"{name}_{part}": value for part, value in parts.items()}


def offered(client, record) -> list[str]:
    kind = record._meta.model_name
    page = client.get(reverse(f"workforce:{kind}-detail", args=[record.pk]))
    return [label for label, _ in page.context["actions"]]


POST = {"role": "5", "fte": "0.6"}
START = {"contract": "employee", "started_on": "today", "origin": "1", **POST}
PERSON = {"first_name": "Bo", "last_name": "Ray", "registered": "yes"}


def test_somebody_new_starts_and_is_invited_by_an_administrator(client, east):
    known = {"registration_number": "sw 1234567890", "reference": "77"}
    page = log(client, "start-worker", team=east.pk, **START, **PERSON, **known)
    bo = Worker.objects.get()
    assert page.redirect_chain == [(reverse("workforce:worker-detail", args=[bo.pk]), 302)]
    assert "Bo Ray started on" in page.text
    assert "0.6 FTE in East, case holder." in page.text
    assert "An administrator invites them to sign in" in page.text
    assert bo.registration_number == "SW1234567890"
    post = Assignment.objects.get()
    assert (post.employment.worker, post.started_on, str(post.fte)) == (bo, TODAY, "0.600000")


def test_a_start_may_lie_ahead(client, east):
    then = TODAY + 30 * ONE_DAY
    entered = START | on("started_on", then)
    page = log(client, "start-worker", team=east.pk, **entered, **PERSON)
    assert "Bo Ray starts on" in page.text
    assert Employment.objects.get().started_on == then


def test_another_team_and_other_hours_from_a_day_on_are_no_leaving(client, ann, east, west):
    job = ann.employments.get()
    form = client.get(reverse("workforce:change-post", args=[job.pk])).context["form"]
    assert (form["team"].value(), form["role"].value(), form["fte"].value()) == (east.pk, "5", "1")
    page = log(client, "change-post", job, team=west.pk, started_on="yesterday", **POST)
    assert "0.6 FTE in West, case holder. They hold no cases." in page.text
    told = ann.posts.values_list("team__name", "started_on", "ended_on")
    assert list(told) == [
        ("West", TODAY - ONE_DAY, None),
        ("East", making.START, TODAY - ONE_DAY),
    ]
    assert ann.employments.get().left_on is None


def test_a_change_logged_twice_for_a_day_is_the_last(client, ann, east, west):
    job = ann.employments.get()
    for team in (west, east):
        log(client, "change-post", job, team=team.pk, started_on="today", **POST)
    told = ann.posts.values_list("team__name", "started_on", "ended_on")
    assert list(told) == [("East", TODAY, None), ("East", making.START, TODAY)]
    page = log(client, "change-post", job, team=east.pk, started_on="today", **POST)
    assert "These are the team, the role and the hours already." in page.text


def test_whoever_moves_is_told_of_the_cases_that_stay(client, ann, east, west):
    child = making.child(authority=east.authority)
    making.involvement(child=child, team=east, worker=ann)
    page = log(client, "change-post", ann.employments.get(), team=west.pk, **POST | TODAYS)
    assert "Their case stays with the team before" in page.text


TODAYS = {"started_on": "today"}
LEFT = {"left_on": "today", "reason_for_leaving": "1", "destination": ""}


def test_a_leaver_is_in_post_up_to_the_day_before(client, ann):
    page = log(client, "leave", ann.employments.get(), **LEFT)
    assert "Ann Lee left on" in page.text
    assert "log that a vacancy opened" in page.text
    job = ann.employments.get()
    assert (job.left_on, job.reason_for_leaving) == (TODAY, "1")
    assert ann.posts.get().ended_on == TODAY
    assert offered(client, ann) == ["Started again"]


@pytest.mark.parametrize("days", [-5, 0, 30])
def test_nobody_leaves_before_their_cases_are_given_on(client, ann, east, west, days):
    child = making.child(authority=east.authority, reference="R77")
    case = making.involvement(child=child, team=east, worker=ann)
    secret = making.child(authority=east.authority, reference="R88")
    making.restriction(child=secret)
    hidden = making.involvement(child=secret, team=east, worker=ann)
    job = ann.employments.get()
    form = client.get(reverse("workforce:leave", args=[job.pk]))
    assert "Ann Lee still has 2 cases." in form.text
    leaves = LEFT | on("left_on", TODAY + days * ONE_DAY)
    page = log(client, "leave", job, **leaves)
    said = " ".join(page.context["form"].non_field_errors())
    assert said.startswith("Ann Lee still has 2 cases. Ask their manager")
    for told in (form.text, page.text):
        assert "restricted" not in told
        assert not {"R77", "R88"} & set(re.findall(r"R\d+", told))
    assert ann.employments.get().left_on is None
    for each in (case, hidden):
        each.ended_on = TODAY
        each.save()
    assert log(client, "leave", job, **leaves).redirect_chain


def test_nobody_leaves_in_the_admin_either(client, ann, east, officer):
    making.involvement(child=making.child(authority=east.authority), team=east, worker=ann)
    officer.is_staff = True
    officer.save()
    job = ann.employments.get()
    page = reverse("admin:workforce_employment_change", args=[job.pk])
    entered = {
        "worker": ann.pk,
        "contract": "employee",
        "started_on": job.started_on.isoformat(),
        "left_on": TODAY.isoformat(),
        "reason_for_leaving": "1",
        "assignments-TOTAL_FORMS": 0,
        "assignments-INITIAL_FORMS": 0,
    }
    assert "still has 1 case" in client.post(page, entered).text
    assert ann.employments.get().left_on is None


def test_whoever_left_starts_again_and_is_the_same_worker(client, ann, west):
    job = ann.employments.get()
    log(client, "leave", job, **LEFT | on("left_on", BEFORE))
    assert offered(client, ann) == ["Started again"]
    log(client, "start-again", ann, team=west.pk, **START)
    assert ann.employments.count() == 2
    assert offered(client, ann) == ["Changed hours or team", "Left"]


def test_an_agency_worker_who_becomes_an_employee_is_both_one_after_the_other(client, ann, west):
    ann.employments.update(contract="agency")
    assert offered(client, ann) == ["Changed hours or team", "Left", "Became an employee"]
    log(client, "start-again", ann, team=west.pk, **START)
    told = ann.employments.values_list("contract", "started_on", "left_on")
    assert list(told) == [("employee", TODAY, None), ("agency", making.START, TODAY)]


def test_nobody_is_in_post_twice(client, ann, west):
    page = log(client, "start-again", ann, team=west.pk, **START)
    assert "This worker is already in post" in str(page.context["form"].errors["started_on"])


def test_a_vacancy_opens_and_is_filled(client, east):
    page = log(client, "open-vacancy", team=east.pk, **POST, **on("opened_on", BEFORE))
    vacancy = Vacancy.objects.get()
    assert page.redirect_chain == [(reverse("workforce:vacancy-detail", args=[vacancy.pk]), 302)]
    assert "0.6 FTE in East stand empty since" in page.text
    assert offered(client, vacancy) == ["Filled"]
    page = log(client, "fill-vacancy", vacancy, filled_on="today")
    assert "The vacancy was filled on" in page.text
    assert Vacancy.objects.get().filled_on == TODAY
    assert offered(client, vacancy) == []
    assert "was filled on" in log(client, "fill-vacancy", vacancy, filled_on="today").text


@pytest.mark.parametrize(
    ("entered", "field", "sentence"),
    [
        ({"fte": "2.5"}, "fte", "no more than 2"),
        ({"fte": "0"}, "fte", "above 0"),
        ({"fte": "most"}, "fte", "Enter a number"),
        ({"role": ""}, "role", "Choose a role"),
        ({"last_name": ""}, "last_name", "Enter a last name"),
        ({"started_on": "soon"}, "started_on", "Choose the day"),
        ({"registration_number": "SW1"}, None, "two letters and ten digits"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_beside_the_field(client, east, entered, field, sentence):
    page = log(client, "start-worker", **{"team": east.pk} | START | PERSON | entered)
    errors = page.context["form"].errors
    assert sentence in str(errors[field] if field else page.context["form"].non_field_errors())
    assert not Worker.objects.exists()


def test_a_form_sent_twice_is_done_once(client, east):
    key = "00000000-0000-4000-8000-000000000000"
    pages = [log(client, "start-worker", key=key, team=east.pk, **START, **PERSON) for _ in "12"]
    assert [len(page.redirect_chain) for page in pages] == [1, 1]
    assert Worker.objects.count() == 1


def test_where_events_are_logged_from_those_about_staff_are_offered_to_whom_they_are_for(
    client, east
):
    page = client.get(reverse("referrals:log"))
    assert "Workers and posts" in page.context["groups"]
    client.force_login(making.holder("team_manager", east))
    assert client.get(reverse("referrals:log")).context["groups"] == {}


class TestOfAnotherPlace:
    @pytest.fixture
    def of_west(self, client, west, east):
        """Keeps the staff records of one team, and manages the other."""
        account = making.holder("workforce_officer", west)
        making.appointment(user=account, role="team_manager", place=east)
        client.force_login(account)
        return account

    def test_staff_records_are_kept_by_those_of_the_place(self, client, of_west, ann, east, west):
        vacancy = making.vacancy(team=east)
        assert offered(client, ann) == offered(client, vacancy) == []
        job = ann.employments.get()
        assert log(client, "leave", job, **LEFT).status_code == 404
        assert log(client, "fill-vacancy", vacancy, filled_on="today").status_code == 404
        page = log(client, "start-worker", team=east.pk, **START, **PERSON)
        assert "team" in page.context["form"].errors

    def test_no_action_goes_round_that(self, of_west, ann, east):
        post = {"team": east, "role": "5", "fte": 1}
        with pytest.raises(ValidationError, match="do not keep the staff records"):
            staffing.open_vacancy(opened_on=TODAY, reference="", **post, by=of_west)

    def test_nor_does_the_admin(self, client, of_west, ann, east, west):
        of_west.is_staff = True
        of_west.save()
        theirs = making.assignment(
            employment=making.employment(worker=making.worker(authority=east.authority)), team=west
        )
        for post, status in ((ann.posts.get(), 403), (theirs, 302)):
            page = reverse("admin:workforce_assignment_delete", args=[post.pk])
            assert client.post(page, {"post": "yes"}).status_code == status
        assert list(Assignment.objects.all()) == list(ann.posts)
        page = reverse("admin:workforce_assignment_changelist")
        chosen = {"action": "delete_selected", "_selected_action": ann.posts.get().pk}
        assert client.post(page, chosen | {"post": "yes"}).status_code == 403
        assert ann.posts.exists()
        page = reverse("admin:workforce_assignment_change", args=[ann.posts.get().pk])
        assert client.post(page, {"fte": "0.5"}).status_code == 403

    def test_nor_what_stands_beside_a_worker_in_the_admin(self, client, of_west, ann):
        of_west.is_staff = True
        of_west.save()
        job = ann.employments.get()
        page = reverse("admin:workforce_worker_change", args=[ann.pk])
        entered = {
            "authority": ann.authority_id,
            "last_name": "Lee",
            "employments-TOTAL_FORMS": 1,
            "employments-INITIAL_FORMS": 1,
            "employments-0-id": job.pk,
            "employments-0-worker": ann.pk,
            "employments-0-contract": "agency",
            "employments-0-started_on": job.started_on.isoformat(),
        }
        [beside] = client.get(page).context["inline_admin_formsets"]
        assert beside.formset.initial_form_count() == 0
        for change in ({}, {"employments-0-DELETE": "on"}):
            client.post(page, entered | change)
            assert ann.employments.get().contract == "employee"
