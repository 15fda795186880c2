"""Signing in through the council's directory, against a provider that answers over HTTP."""

import http.client
import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests import making
from tests.workforce.provider import Provider, key
from workforce.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings):
    with Provider() as made:
        settings.SOCIALACCOUNT_PROVIDERS = made.settings()
        yield made


def invited(role="auditor", **values) -> User:
    told = {"directory_id": "someone", "demonstration": False} | values
    return making.holder(role, making.authority(), **told)


def ask(client: Client, next="/account/") -> str:
    """Where the browser is sent back to from the directory."""
    page = client.get(reverse("sign-in"), {"next": next}).content.decode()
    assert "Sign in with your council account" in page
    sent = client.post(reverse("openid_connect_login", args=["directory"]), {"next": next})
    assert sent.status_code == 302, sent.content
    address = urlsplit(sent["Location"])
    server = http.client.HTTPConnection(address.netloc)
    server.request("GET", f"{address.path}?{address.query}")
    back = server.getresponse().getheader("Location")
    server.close()
    return back.removeprefix("http://testserver")


def is_in(client: Client) -> bool:
    return client.get(reverse("workforce:session")).status_code == 200


def test_an_invited_account_signs_in(client, provider):
    user = invited("caseworker")
    answer = client.get(ask(client))
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert client.get("/account/").context["user"] == user


def test_nobody_is_made_an_account(client, provider):
    provider.claims |= {"email": "ann@testshire.example", "preferred_username": "ann"}
    making.account("ann", email="ann@testshire.example")
    answer = client.get(ask(client))
    assert answer.status_code == 403
    assert "nobody has invited you" in answer.content.decode()
    assert not is_in(client)
    assert User.objects.count() == 1


@pytest.mark.parametrize("values", [{"is_active": False}], ids=["ended"])
def test_an_account_that_has_ended_stays_out(client, provider, values):
    invited(**values)
    answer = client.get(ask(client))
    assert answer["Location"] == reverse("account_inactive")
    assert "has ended" in client.get(answer["Location"]).content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another service"},
        {"iss": "https://another.directory.example"},
        {"exp": int(time.time()) - 60},
    ],
    ids=["for another service", "from another directory", "out of date"],
)
def test_what_the_directory_says_must_be_meant_for_us_and_now(client, provider, wrong):
    invited("caseworker")
    provider.wrong = wrong
    assert client.get(ask(client)).status_code == 401
    assert not is_in(client)


def test_another_signature_is_refused(client, provider):
    invited("caseworker")
    provider.signing_key = key()
    assert client.get(ask(client)).status_code == 401
    assert not is_in(client)


def test_an_answer_that_was_not_asked_for_is_refused(client, provider):
    invited("caseworker")
    back = ask(client)
    victim = Client()
    assert victim.get(back).status_code == 401
    assert not is_in(victim)
    assert client.get(back).status_code == 302
    client.post(reverse("sign-out"))
    assert client.get(back).status_code == 401


def test_whoever_stops_at_the_directory_is_told_so(client, provider):
    provider.cancelled = True
    answer = client.get(ask(client))
    assert answer["Location"] == reverse("socialaccount_login_cancelled")
    assert "You stopped signing in" in client.get(answer["Location"]).content.decode()


def test_a_second_step_at_the_directory_counts(client, provider):
    invited("auditor")
    provider.claims["amr"] = ["pwd", "mfa"]
    client.get(ask(client))
    assert client.get("/account/").status_code == 200


def test_without_it_ours_must_be_set_up(client, provider):
    invited("auditor")
    provider.claims["amr"] = ["pwd"]
    client.get(ask(client))
    assert client.get("/account/")["Location"].startswith(reverse("mfa_activate_totp"))


def test_without_it_ours_is_asked_for(client, provider):
    user = invited("auditor")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    assert client.get(ask(client))["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_the_directorys_second_step_counts_for_that_account_only(client, provider):
    user = invited("auditor")
    provider.claims["amr"] = ["mfa"]
    session = client.session
    session["second_step_by_directory"] = making.account().pk
    session.save()
    provider.claims["amr"] = ["pwd"]
    client.get(ask(client))
    assert user.pk
    assert client.get("/account/")["Location"].startswith(reverse("mfa_activate_totp"))


def test_signing_in_leads_nowhere_else(client, provider):
    invited("caseworker")
    assert client.get(ask(client, next="https://evil.example/"))["Location"] == "/"


def test_without_a_directory_there_is_no_such_page(client):
    assert "council account" not in client.get(reverse("sign-in")).content.decode()
    assert client.post(reverse("openid_connect_login", args=["directory"])).status_code == 404
    assert client.get(reverse("openid_connect_callback", args=["directory"])).status_code == 404
