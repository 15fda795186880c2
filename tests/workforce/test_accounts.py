"""What administrators do to accounts, what they cannot do alone, and who confirms access."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import making
from workforce import actions
from workforce.models import AccessReview, Appointment, KeptForm, Notice, SecondStepReset, User

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
PASSWORD = "correct horse battery"


@pytest.fixture
def authority():
    return making.authority(name="Testshire")


@pytest.fixture
def team(authority):
    return making.team(authority, name="East")


@pytest.fixture
def administrator(authority) -> User:
    return making.holder("administrator", authority, username="first.administrator")


@pytest.fixture
def another(authority) -> User:
    return making.holder("administrator", authority, username="second.administrator")


@pytest.fixture
def auditor(authority) -> User:
    return making.holder("auditor", authority)


@pytest.fixture
def ann(team) -> User:
    return making.holder("caseworker", team, username="ann.lee", password=PASSWORD)


@pytest.fixture
def signed_in(client, administrator) -> Client:
    client.force_login(administrator)
    return client


def invitation(team, **values) -> dict[str, str]:
    return {
        "first_name": "Bo",
        "last_name": "Ray",
        "username": "bo.ray",
        "email": "bo.ray@testshire.example",
        "directory_id": "",
        "worker": "",
        "role": "caseworker",
        "place": str(team.pk),
        "since_day": str(TODAY.day),
        "since_month": str(TODAY.month),
        "since_year": str(TODAY.year),
    } | values


def link() -> str:
    return re.search(r"https?://[^/]+(/welcome/\S+)", mail.outbox[-1].body)[1]


def test_an_invited_person_sets_a_password_by_a_link_that_works_once(signed_in, team):
    assert signed_in.get(reverse("workforce:invite")).status_code == 200
    answer = signed_in.post(reverse("workforce:invite"), invitation(team))
    made = User.objects.get(username="bo.ray")
    assert answer["Location"] == reverse("workforce:account-detail", args=[made.pk])
    assert not made.has_usable_password()
    assert str(made.appointments.get()) == "Caseworker, East"
    assert mail.outbox[-1].to == ["bo.ray@testshire.example"]
    invited, first = Client(), link()
    page = invited.get(first, follow=True)
    assert "Choose a password" in page.content.decode()
    typed = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    weak = invited.post(page.request["PATH_INFO"], dict.fromkeys(typed, "short"))
    assert "There is a problem" in weak.content.decode()
    assert invited.post(page.request["PATH_INFO"], typed)["Location"] == reverse("sign-in")
    let_in = invited.post(reverse("sign-in"), {"login": "bo.ray", "password": PASSWORD})
    assert let_in.status_code == 302
    again = Client().get(first, follow=True)
    assert "does not work any more" in again.content.decode()


def test_someone_of_the_directory_is_told_to_sign_in_there(signed_in, team, settings):
    settings.OIDC_SERVER = "https://login.testshire.example"
    signed_in.post(reverse("workforce:invite"), invitation(team, directory_id="a-b-c"))
    assert "council account" in mail.outbox[-1].body
    assert "/welcome/" not in mail.outbox[-1].body
    assert User.objects.get(username="bo.ray").directory_id == "a-b-c"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"username": "ann.lee"}, "already exists"),
        ({"username": "bo ray"}, "Enter a valid username"),
        ({"email": ""}, "Enter an e-mail address"),
        ({"role": "director"}, "Select a valid choice"),
        ({"place": ""}, "Choose a place"),
        ({"since_day": "", "since_month": "", "since_year": ""}, "Enter the first day"),
    ],
    ids=str,
)
def test_an_invitation_that_cannot_be_is_explained_and_not_sent(signed_in, team, ann, values, said):
    answer = signed_in.post(reverse("workforce:invite"), invitation(team) | values)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert mail.outbox == []
    assert not User.objects.filter(username="bo.ray").exists()


def test_nobody_is_appointed_in_another_authority(signed_in):
    elsewhere = making.team(name="Elsewhere")
    answer = signed_in.post(reverse("workforce:invite"), invitation(elsewhere))
    assert "Select a valid choice" in answer.content.decode()
    stranger = making.holder("caseworker", elsewhere)
    assert signed_in.get(reverse("workforce:account-detail", args=[stranger.pk])).status_code == 404


def test_an_administrator_gives_themselves_nothing(signed_in, administrator, team):
    page = reverse("workforce:give-role", args=[administrator.pk])
    answer = signed_in.post(page, invitation(team))
    assert "Nobody gives themselves a role" in answer.content.decode()
    with pytest.raises(ValidationError):
        actions.appoint(
            user=administrator,
            role="caseworker",
            place=team,
            since=TODAY,
            until=None,
            by=administrator,
        )
    assert administrator.appointments.count() == 1


def test_the_admin_gives_no_roles_accounts_or_passwords(signed_in, administrator, ann, team):
    User.objects.filter(pk=administrator.pk).update(is_staff=True)
    held = administrator.appointments.get()
    assert signed_in.get(f"/admin/workforce/appointment/{held.pk}/change/").status_code == 200
    typed = {"role": "caseworker", "place": team.pk, "user": administrator.pk}
    for page in (
        "appointment/add/",
        f"appointment/{held.pk}/change/",
        f"appointment/{held.pk}/delete/",
        "user/add/",
        f"user/{ann.pk}/password/",
    ):
        assert signed_in.post(f"/admin/workforce/{page}", typed).status_code == 403, page
    held.refresh_from_db()
    assert held.role == "administrator"


def test_the_admin_lets_nobody_change_their_own_account(signed_in, administrator):
    User.objects.filter(pk=administrator.pk).update(is_staff=True)
    page = reverse("admin:workforce_user_change", args=[administrator.pk])
    colleague = making.worker(authority=administrator.appointments.get().place)
    entered = {"username": administrator.username, "worker": colleague.pk, "is_active": "on"}
    assert signed_in.get(page).status_code == 200
    assert signed_in.post(page, entered).status_code == 403
    administrator.refresh_from_db()
    assert administrator.worker is None


def test_where_an_account_gets_its_links_is_not_changed_unseen(
    signed_in, administrator, ann, auditor
):
    User.objects.filter(pk=administrator.pk).update(is_staff=True)
    page = reverse("admin:workforce_user_change", args=[ann.pk])
    entered = {"username": ann.username, "email": "else@example.org", "is_active": "on"}
    assert signed_in.post(page, entered).status_code == 302
    (told,) = Notice.objects.filter(to=auditor)
    assert "email address" in told.text
    assert "else@example.org" not in told.text


@pytest.mark.parametrize("role", ["team_manager", "service_manager", "administrator"])
def test_the_admin_gives_nobody_cover_past_the_rules_of_the_team(client, authority, team, role):
    user = making.holder(role, team, is_staff=True)
    client.force_login(user)
    absent = making.worker(authority=authority)
    entered = {"by": user.pk, "worker": absent.pk, "since": TODAY, "until": TODAY + timedelta(9)}
    page = reverse("admin:workforce_cover_add")
    assert client.post(page, entered).status_code == 403
    assert not user.covers.exists()


def test_roles_given_and_ended_are_told_to_the_auditors(signed_in, ann, team, auditor):
    page = reverse("workforce:give-role", args=[ann.pk])
    assert signed_in.post(page, invitation(team, role="team_manager")).status_code == 302
    assert ann.appointments.count() == 2
    told = Notice.objects.get(to=auditor)
    assert f"Account {ann.pk} has the role Team manager, East" in told.text
    assert told.url == reverse("workforce:account-detail", args=[ann.pk])
    given = ann.appointments.get(role="team_manager")
    signed_in.post(reverse("workforce:end-role", args=[ann.pk, given.pk]))
    given.refresh_from_db()
    assert given.until == TODAY
    assert Notice.objects.filter(to=auditor).count() == 2
    assert not ann.reach.holds("team_manager")


def test_an_ended_account_is_out_at_once(signed_in, ann):
    hers = Client()
    hers.post(reverse("sign-in"), {"login": "ann.lee", "password": PASSWORD})
    making.kept_form(user=ann)
    assert hers.get(reverse("workforce:session")).status_code == 200
    signed_in.post(reverse("workforce:end-account", args=[ann.pk]))
    assert hers.get(reverse("workforce:session")).status_code == 401
    assert not ann.appointments.in_force(TODAY).exists()
    assert not KeptForm.objects.exists()


def test_nobody_ends_their_own_account(signed_in, administrator):
    signed_in.post(reverse("workforce:end-account", args=[administrator.pk]))
    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_new_link_is_sent_and_told(signed_in, ann, auditor):
    signed_in.post(reverse("workforce:send-link", args=[ann.pk]))
    assert "/welcome/" in link()
    assert "was sent a link" in Notice.objects.get(to=auditor).text


def test_the_first_administrator_is_made_by_a_command(client, capsys):
    with pytest.raises(CommandError, match="none yet"):
        call_command("administrator", "eve", "eve@testshire.example")
    call_command("administrator", "eve", "eve@testshire.example", authority="Testshire")
    made = User.objects.get(username="eve")
    assert str(made.appointments.get()) == "Administrator, Testshire"
    page = re.search(r"https?://[^/]+(/welcome/\S+)", capsys.readouterr().out)[1]
    assert "Choose a password" in client.get(page, follow=True).content.decode()
    call_command("administrator", "ida", "ida@testshire.example")
    with pytest.raises(CommandError, match="already exists"):
        call_command("administrator", "eve", "eve@testshire.example")
    with pytest.raises(CommandError, match="Testshire"):
        call_command("administrator", "una", "una@testshire.example", authority="Elsewhere")


# The second step, set anew by two


@pytest.fixture
def app(ann) -> Authenticator:
    return Authenticator.objects.create(user=ann, type="totp", data={"secret": "x"})


def ask(client, ann) -> SecondStepReset:
    page = reverse("workforce:ask-second-step-reset", args=[ann.pk])
    client.post(page, {"reason": "Called back on 0118 496 0000; phone lost."})
    return SecondStepReset.objects.get()


def confirm(user, reset):
    client = Client()
    client.force_login(user)
    name = "workforce:confirm-second-step-reset"
    return client.post(reverse(name, args=[reset.account_id, reset.pk]))


def test_one_asks_and_another_confirms(signed_in, ann, app, another):
    reset = ask(signed_in, ann)
    assert Authenticator.objects.filter(user=ann).exists()
    assert Notice.objects.filter(to=another).exists()
    confirm(another, reset)
    assert not Authenticator.objects.filter(user=ann).exists()
    reset.refresh_from_db()
    assert reset.confirmed_by == another
    assert Notice.objects.filter(to=ann, text__contains="second step").exists()


def test_whoever_asked_cannot_confirm(signed_in, ann, app, administrator):
    confirm(administrator, ask(signed_in, ann))
    assert Authenticator.objects.filter(user=ann).exists()


def test_it_is_not_for_oneself(another, administrator, client):
    Authenticator.objects.create(user=another, type="totp", data={"secret": "x"})
    client.force_login(another)
    page = reverse("workforce:ask-second-step-reset", args=[another.pk])
    assert "neither can be" in client.post(page, {"reason": "Mine"}).content.decode()
    reset = actions.ask_second_step_reset(user=another, reason="Hers", by=administrator)
    with pytest.raises(ValidationError, match="neither can be"):
        actions.confirm_second_step_reset(reset=reset, by=another)


def test_it_is_confirmed_within_a_day_and_once(signed_in, ann, app, another):
    reset = ask(signed_in, ann)
    SecondStepReset.objects.update(asked_at=timezone.now() - timedelta(hours=24, seconds=1))
    confirm(another, reset)
    assert Authenticator.objects.filter(user=ann).exists()
    SecondStepReset.objects.update(asked_at=timezone.now())
    confirm(another, reset)
    with pytest.raises(ValidationError, match="confirmed already"):
        actions.confirm_second_step_reset(reset=reset, by=another)


# What an account did


def test_everything_an_account_changed_is_listed_without_names(signed_in, ann, administrator):
    signed_in.post(reverse("workforce:end-account", args=[ann.pk]))
    page = reverse("workforce:account-deeds", args=[administrator.pk])
    shown = signed_in.get(page).content.decode()
    assert f"User {ann.pk}" in shown
    assert f"/accounts/{ann.pk}/end/" in shown
    assert "ann.lee" not in shown
    nothing = signed_in.get(reverse("workforce:account-deeds", args=[ann.pk]))
    assert "Nothing." in nothing.content.decode()
    assert signed_in.get(page, {"page": "x"}).status_code == 200


# Who may look after accounts


@pytest.mark.parametrize("role", ["caseworker", "team_manager", "analyst", "publisher"])
def test_others_see_no_accounts(client, authority, role, ann):
    client.force_login(making.holder(role, authority))
    assert client.get(reverse("workforce:account-list")).status_code == 403
    assert client.get(reverse("workforce:account-detail", args=[ann.pk])).status_code == 403


def test_an_auditor_reads_and_changes_nothing(client, auditor, ann, team):
    client.force_login(auditor)
    page = client.get(reverse("workforce:account-detail", args=[ann.pk])).content.decode()
    assert "End the account" not in page
    assert client.post(reverse("workforce:end-account", args=[ann.pk])).status_code == 403
    assert client.post(reverse("workforce:invite"), invitation(team)).status_code == 403


def test_accounts_are_listed_and_narrowed(signed_in, ann, auditor, administrator):
    shown = signed_in.get(reverse("workforce:account-list")).content.decode()
    for told in ("ann.lee", "Caseworker, East", "first.administrator"):
        assert told in shown
    narrowed = signed_in.get(reverse("workforce:account-list"), {"role": "caseworker"})
    assert [row.record for row in narrowed.context["table"].rows] == [ann]
    assert signed_in.get(reverse("workforce:account-list"), {"state": "False"}).status_code == 200


# Who has access, confirmed each quarter


def test_a_manager_confirms_who_has_access_once_a_quarter(client, team, ann, authority):
    manager = making.holder("team_manager", team)
    client.force_login(manager)
    page = reverse("workforce:access-detail", args=[team.pk])
    assert "ann.lee" in client.get(page).content.decode()
    client.post(page)
    review = AccessReview.objects.get()
    assert (review.place, review.confirmed_by) == (team, manager)
    assert any("ann.lee" in line for line in review.listed)
    client.post(page)
    assert AccessReview.objects.count() == 1
    listed = client.get(reverse("workforce:access-list"))
    assert [row["place"] for row in listed.context["rows"]] == [team]
    assert "Confirmed by" in listed.content.decode()


def test_it_is_to_be_confirmed_again_the_next_quarter(client, team):
    manager = making.holder("team_manager", team)
    making.access_review(place=team, quarter_from=date(2019, 4, 1), confirmed_by=manager)
    client.force_login(manager)
    assert "To be confirmed" in client.get(reverse("workforce:access-list")).content.decode()


def test_an_auditor_sees_it_and_cannot_confirm(client, auditor, team):
    client.force_login(auditor)
    page = reverse("workforce:access-detail", args=[team.pk])
    assert client.get(page).status_code == 200
    assert client.post(page).status_code == 403


def test_a_manager_answers_for_their_own_places_only(client, team, authority):
    client.force_login(making.holder("team_manager", team))
    other = making.team(authority)
    assert client.get(reverse("workforce:access-detail", args=[other.pk])).status_code == 404


def test_a_role_that_ended_is_not_listed(client, team, ann):
    Appointment.objects.filter(user=ann).update(until=TODAY)
    client.force_login(making.holder("team_manager", team))
    shown = client.get(reverse("workforce:access-detail", args=[team.pk])).content.decode()
    assert "ann.lee" not in shown
