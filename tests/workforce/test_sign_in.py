"""Signing in: what lets someone in, what does not, and how often they may be wrong."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from axes.models import AccessAttempt
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import get_hasher
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests import making
from workforce.models import User
from workforce.sign_in import attempts
from workforce.sign_in.second_step import must_have

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
REFUSED, LOCKED, LET_IN = 200, 429, 302


@pytest.fixture
def ann(db) -> User:
    return making.account("ann", password=PASSWORD)


def sign_in(client: Client, username="ann", password=PASSWORD, next="", **headers):
    typed = {"login": username, "password": password, "next": next}
    return client.post(reverse("sign-in"), typed, **headers)


def obliged(role="auditor", **values) -> User:
    """An account that must have a second step."""
    told = {"password": PASSWORD, "demonstration": False} | values
    return making.holder(role, making.authority(), **told)


def set_up(client: Client, user: User) -> tuple[str, list[str]]:
    """Set up the second step of whoever is signed in: the secret, and the recovery codes."""
    page = reverse("mfa_activate_totp")
    secret = client.get(page).context["form"].secret
    assert client.post(page, {"code": code(secret)}).status_code == 302
    shown = client.get(reverse("mfa_view_recovery_codes"))
    forget_last_code(user)
    return secret, shown.context["unused_codes"]


def code(secret: str, late: float = 0) -> str:
    """What a phone shows whose clock is so many seconds late."""
    counter = int(time.time() - late) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def forget_last_code(user: User) -> None:
    """As if the code had been entered long ago."""
    app = Authenticator.objects.get(user=user, type="totp")
    app.data["last_counter"] = 0
    app.save()


def is_in(client: Client) -> bool:
    return client.get(reverse("workforce:session")).status_code == 200


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "195708234611",
        "q1w2e3r4t5y6",
        "passwordpassword",
        "Liverpool2026!",
        "ababababababab",
    ],
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        password_validation.validate_password(password)


def test_passwords_are_stored_by_argon2(settings):
    from config import settings as ours

    settings.PASSWORD_HASHERS = ours.PASSWORD_HASHERS
    assert get_hasher().algorithm == "argon2"


def test_a_username_and_its_password_let_in(client, ann):
    answer = sign_in(client, next="/account/")
    assert (answer.status_code, answer["Location"]) == (LET_IN, "/account/")
    assert is_in(client)


def test_the_session_is_another_one_after_signing_in(client, ann):
    client.get(reverse("sign-in"))
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(client)
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_in(thief)


def test_a_cookie_is_worth_nothing_after_signing_out(client, ann):
    sign_in(client)
    cookie = client.cookies["sessionid"].value
    client.post(reverse("sign-out"))
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert not is_in(thief)


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"],
)
def test_signing_in_leads_nowhere_else(client, ann, elsewhere):
    assert sign_in(client, next=elsewhere)["Location"] == "/"
    assert client.get(reverse("sign-in"), {"next": elsewhere})["Location"] == "/"
    assert client.post(reverse("sign-out"), {"next": elsewhere})["Location"] == reverse("sign-in")


def test_another_host_name_is_refused(client):
    assert client.get(reverse("sign-in"), headers={"host": "evil.example"}).status_code == 400


def test_a_form_without_its_token_is_refused(ann):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403
    client.force_login(ann)
    for name in ("sign-out", "mfa_activate_totp", "workforce:session-stay"):
        assert client.post(reverse(name)).status_code == 403


def test_the_admin_has_no_door_of_its_own(client, ann):
    answer = client.get("/admin/login/?next=/admin/")
    assert answer["Location"] == f"{reverse('sign-in')}?next=/admin/"
    client.force_login(ann)
    assert client.get("/admin/login/").status_code == 403


def test_nobody_signs_up(client):
    for address in ("/sign-up/", "/signup/", "/accounts/signup/", "/account/signup/"):
        assert client.get(address).status_code in (302, 404)
    assert not any("signup" in name for name in reversible_names())


def reversible_names() -> set[str]:
    from django.urls import get_resolver

    return {name for name in get_resolver().reverse_dict if isinstance(name, str)}


# Guessed passwords


def test_the_eleventh_wrong_password_is_not_tried(client, ann):
    answers = [sign_in(client, password=f"wrong {n}").status_code for n in range(10)]
    assert answers == [REFUSED] * 9 + [LOCKED]
    assert sign_in(client).status_code == LOCKED
    assert "Too many attempts" in sign_in(client).content.decode()


def test_nothing_that_was_typed_besides_is_kept_of_an_attempt(client, ann):
    for _ in range(2):
        sign_in(client, password="wrong", next="/children/77/")
    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.failures_since_start) == ("ann", 2)
    assert attempt.post_data == attempt.get_data == ""


def test_an_outsider_does_not_lock_a_colleague_out(client, ann):
    for n in range(12):
        sign_in(client, password=f"wrong {n}", REMOTE_ADDR="203.0.113.9")
    assert sign_in(client, REMOTE_ADDR="203.0.113.9").status_code == LOCKED
    assert sign_in(Client(), REMOTE_ADDR="198.51.100.7").status_code == LET_IN


def test_the_rest_is_over_after_a_quarter_of_an_hour(client, ann):
    for n in range(10):
        sign_in(client, password=f"wrong {n}")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in(client).status_code == LET_IN


def test_one_password_for_500_accounts_is_stopped_after_twenty(client, ann):
    for n in range(20):
        assert sign_in(client, username=f"someone{n}").status_code == REFUSED
    for n in range(20, 500):
        assert sign_in(client, username=f"someone{n}").status_code == LOCKED
    assert sign_in(client).status_code == LOCKED


def test_many_addresses_together_are_stopped_too(client, ann):
    for n in range(attempts.ACCOUNTS_FROM_ANYWHERE):
        address = f"203.0.113.{n}"
        assert sign_in(client, username=f"someone{n}", REMOTE_ADDR=address).status_code == REFUSED
    assert sign_in(client, REMOTE_ADDR="203.0.113.200").status_code == LOCKED


def test_a_colleague_signs_in_with_their_own_browser_meanwhile(client, ann):
    sign_in(client)
    client.post(reverse("sign-out"))
    attacker = Client()
    for n in range(30):
        sign_in(attacker, username=f"someone{n}")
    assert sign_in(attacker).status_code == LOCKED
    assert sign_in(client).status_code == LET_IN
    assert "ann" not in client.cookies[attempts.KNOWN_BROWSER].value


def test_a_made_up_known_browser_counts_for_nothing(client, ann):
    for n in range(20):
        sign_in(client, username=f"someone{n}")
    client.cookies[attempts.KNOWN_BROWSER] = f"{ann.pk}:1tX:forged"
    assert sign_in(client).status_code == LOCKED


def test_a_forged_address_is_believed_behind_the_proxy_only(settings):
    request = RequestFactory().get(
        "/", headers={"X-Forwarded-For": "1.2.3.4, 198.51.100.7"}, REMOTE_ADDR="10.0.0.1"
    )
    settings.BEHIND_PROXY = False
    assert attempts.address_of(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert attempts.address_of(request) == "198.51.100.7"


def test_changing_the_forged_address_does_not_help(client, ann):
    for n in range(10):
        sign_in(client, password=f"wrong {n}", headers={"X-Forwarded-For": f"203.0.113.{n}"})
    forged = {"X-Forwarded-For": "203.0.113.99"}
    assert sign_in(client, headers=forged).status_code == LOCKED


# The second step


@pytest.mark.parametrize("role", ["administrator", "publisher", "auditor"])
def test_some_roles_reach_nothing_before_the_second_step_is_set_up(client, role):
    user = obliged(role)
    sign_in(client, user.username)
    for address in ("/", reverse("mfa_index"), "/teams/", "/admin/", "/live/?team=1"):
        answer = client.get(address)
        assert answer["Location"].startswith(reverse("mfa_activate_totp")), address
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    set_up(client, user)
    assert client.get(reverse("mfa_index")).status_code == 200


@pytest.mark.parametrize("role", ["caseworker", "team_manager", "analyst", "emergency_duty"])
def test_other_roles_may_do_without(client, role):
    sign_in(client, obliged(role).username)
    assert client.get(reverse("mfa_index")).status_code == 200


def test_a_role_given_today_obliges_from_the_next_request(client, ann):
    sign_in(client)
    assert client.get(reverse("mfa_index")).status_code == 200
    making.appointment(user=ann, role="publisher")
    assert client.get(reverse("mfa_index")).status_code == 302


def test_the_demonstration_is_exempt_and_says_so(client):
    user = obliged(demonstration=True)
    assert not must_have(user)
    sign_in(client, user.username)
    assert "a demonstration account needs none" in client.get(reverse("mfa_index")).content.decode()


def test_the_password_alone_does_not_let_in_once_there_is_a_second_step(client):
    user = obliged()
    sign_in(client, user.username)
    secret, _ = set_up(client, user)
    other = Client()
    assert sign_in(other, user.username)["Location"] == reverse("mfa_authenticate")
    assert not is_in(other)
    page = other.get(reverse("mfa_authenticate"))
    assert "six digits" in page.content.decode()
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == REFUSED
    assert not is_in(other)
    assert other.post(reverse("mfa_authenticate"), {"code": code(secret)}).status_code == LET_IN
    assert is_in(other)


@pytest.fixture
def earlier() -> Client:
    """A browser in which somebody signs in by the password alone, before there is a code."""
    return Client()


def test_a_session_begun_by_the_password_alone_is_over_once_there_is_a_second_step(client, earlier):
    user = obliged()
    for browser in (client, earlier):
        sign_in(browser, user.username)
    set_up(client, user)
    assert client.get(reverse("mfa_index")).status_code == 200
    answer = earlier.get(reverse("mfa_index"))
    assert answer["Location"] == f"{reverse('sign-in')}?ended=code&next=%2Faccount%2F"
    assert not is_in(earlier)
    assert "your account asks for a code now" in earlier.get(answer["Location"]).text


def test_so_is_one_of_an_account_that_is_given_a_role_which_asks_for_it(client, earlier, ann):
    for browser in (client, earlier):
        sign_in(browser)
    set_up(client, ann)
    assert earlier.get(reverse("mfa_index")).status_code == 200
    making.appointment(user=ann, role="publisher")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert earlier.get(reverse("mfa_index")).status_code == 302
    assert not is_in(earlier)


def test_a_session_that_has_shown_a_code_since_goes_on(client, earlier, ann):
    for browser in (client, earlier):
        sign_in(browser)
    secret, _ = set_up(client, ann)
    earlier.post(reverse("mfa_reauthenticate"), {"code": code(secret)})
    making.appointment(user=ann, role="publisher")
    assert earlier.get(reverse("mfa_index")).status_code == 200


def test_what_was_typed_in_a_session_that_a_code_ends_is_kept(client, earlier):
    plan = making.protection_plan()
    team = making.team(plan.child.authority)
    making.involvement(child=plan.child, team=team)
    user = obliged("caseworker")
    making.appointment(user=user, role="caseworker", place=team)
    for browser in (client, earlier):
        sign_in(browser, user.username)
    set_up(client, user)
    making.appointment(user=user, role="administrator", place=team.authority)
    page = reverse("visits:record-visit", args=[plan.pk])
    assert earlier.post(page, {"place": "home"}).status_code == 302
    assert user.kept_forms.get().path == page


def test_a_code_is_good_once(client):
    user = obliged()
    sign_in(client, user.username)
    secret, _ = set_up(client, user)
    shown = code(secret)
    answers = []
    for _ in range(2):
        other = Client()
        sign_in(other, user.username)
        answers.append(other.post(reverse("mfa_authenticate"), {"code": shown}).status_code)
    assert answers == [LET_IN, REFUSED]
    third = Client()
    sign_in(third, user.username)
    older = code(secret, late=60)
    assert third.post(reverse("mfa_authenticate"), {"code": older}).status_code == REFUSED


def test_the_code_that_set_it_up_is_used_up(client):
    user = obliged()
    sign_in(client, user.username)
    page = reverse("mfa_activate_totp")
    shown = code(client.get(page).context["form"].secret)
    client.post(page, {"code": shown})
    other = Client()
    sign_in(other, user.username)
    assert other.post(reverse("mfa_authenticate"), {"code": shown}).status_code == REFUSED


@pytest.mark.parametrize(
    ("late", "answer"), [(90, LET_IN), (-90, LET_IN), (150, REFUSED), (-150, REFUSED)]
)
def test_a_phones_clock_may_be_ninety_seconds_wrong(client, late, answer):
    user = obliged()
    sign_in(client, user.username)
    secret, _ = set_up(client, user)
    other = Client()
    sign_in(other, user.username)
    told = other.post(reverse("mfa_authenticate"), {"code": code(secret, late)})
    assert told.status_code == answer


def test_a_recovery_code_is_good_once(client):
    user = obliged()
    sign_in(client, user.username)
    _, (first, *_) = set_up(client, user)
    answers = []
    for _ in range(2):
        other = Client()
        sign_in(other, user.username)
        answers.append(other.post(reverse("mfa_authenticate"), {"code": first}).status_code)
    assert answers == [LET_IN, REFUSED]


def test_codes_are_not_guessed(client):
    user = obliged()
    sign_in(client, user.username)
    secret, _ = set_up(client, user)
    other = Client()
    sign_in(other, user.username)
    for n in range(5):
        other.post(reverse("mfa_authenticate"), {"code": f"00000{n}"})
    answer = other.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert "too many wrong codes" in answer.content.decode()


def test_secrets_are_not_readable_in_the_database(client):
    user = obliged()
    sign_in(client, user.username)
    secret, _ = set_up(client, user)
    stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored
    assert decrypt(stored) == secret


def test_whoever_must_have_it_cannot_remove_it(client):
    user = obliged()
    sign_in(client, user.username)
    set_up(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    assert "you cannot remove it" in answer.content.decode()


def test_codes_are_shown_after_showing_again_who_one_is(client, ann):
    sign_in(client)
    set_up(client, ann)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    answer = client.get(reverse("mfa_generate_recovery_codes"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize(
    ("page", "field"),
    [("account_reauthenticate", "password"), ("account_change_password", "oldpassword")],
)
def test_a_password_is_not_guessed_in_a_session_that_was_left_open(client, ann, page, field):
    sign_in(client)
    new = dict.fromkeys(("password1", "password2"), "four words and 2 numbers")

    def tried(password: str) -> int:
        return client.post(reverse(page), new | {field: password}).status_code

    answers = [tried(f"wrong {number}") for number in range(11)]
    assert (answers[0], answers[-1], tried(PASSWORD)) == (200, 429, 429)


# Accounts that have ended


def test_a_disabled_account_is_out_at_its_next_request(client, ann):
    sign_in(client)
    User.objects.update(is_active=False)
    assert not is_in(client)
    assert sign_in(Client()).status_code == REFUSED


def test_a_leaver_is_out_on_the_day_of_leaving(client, ann):
    employment = making.employment()
    ann.worker = employment.worker
    ann.save()
    sign_in(client)
    assert is_in(client)
    employment.left_on = timezone.localdate() + timedelta(days=1)
    employment.reason_for_leaving = "1"
    employment.save()
    assert is_in(client)
    employment.left_on = timezone.localdate()
    employment.save()
    assert not is_in(client)
    assert sign_in(Client()).status_code == REFUSED


def test_whoever_comes_back_is_let_in_again(client, ann):
    left = {"left_on": making.START + timedelta(days=9), "reason_for_leaving": "1"}
    employment = making.employment(**left)
    making.employment(worker=employment.worker, started_on=making.START + timedelta(days=20))
    ann.worker = employment.worker
    ann.save()
    assert sign_in(client).status_code == LET_IN


def test_a_changed_password_signs_out_everywhere_else(client, ann):
    sign_in(client)
    other = Client()
    sign_in(other)
    new = "another good long one"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), typed).status_code == 302
    assert is_in(client)
    assert not is_in(other)


@pytest.mark.parametrize("name", ["sign-in", "sign-out", "mfa_index", "account_change_password"])
def test_pages_of_signing_in_need_no_inline_script_or_style(client, ann, name):
    client.force_login(ann)
    page = client.get(reverse(name), follow=True).content.decode()
    assert not re.search(r"<script(?![^>]* src=)|<style| style=| on[a-z]+=", page)
