"""What browsers are told with every answer, and what stays out of the addresses of pages."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from config import privacy
from config.problems import failed
from indicators.views.published import MINUTES, OpenPage
from referrals.access import OfChild
from referrals.choices import Sex
from tests import making
from tests.config.test_pages import arguments, patterns
from workforce.models import Team

pytestmark = pytest.mark.django_db

TOLD = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NOWHERE = ("default-src", "frame-ancestors", "base-uri")
COLLEAGUES = {"user", "worker", "team", "taken_by"}


def of_admin() -> list[str]:
    """The pages of Django's admin, with a list, an entry and a history for each kind of record."""
    found = [reverse("admin:index"), reverse("admin:jsi18n"), "/admin/no/such/page/"]
    for model in admin.site._registry:
        kind = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{kind}_changelist"))
        found += [reverse(f"{kind}_{page}", args=[1]) for page in ("change", "history", "delete")]
        found.append(reverse(f"{kind}_add"))
    return found


def is_open(answer) -> bool:
    """Whether the answer is a page that everybody may read."""
    page = getattr(answer.wsgi_request.resolver_match, "func", None)
    is_shown = answer.status_code == 200 and answer.wsgi_request.method == "GET"
    return is_shown and issubclass(getattr(page, "view_class", object), OpenPage)


def untold(answer) -> list[str]:
    """What the answer ought to tell browsers, and does not.

    What everybody may read is kept by caches, and nothing else.
    """
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in answer.get("Content-Security-Policy", "").split(";")
    )
    kept = MINUTES if is_open(answer) else "no-store"
    script, style, connect = (policy.get(f"{of}-src") for of in ("script", "style", "connect"))
    return [
        *(name for name, value in TOLD.items() if answer.get(name) != value),
        *(["Cache-Control"] if kept not in answer.get("Cache-Control", "") else []),
        *(["camera"] if "camera=()" not in answer.get("Permissions-Policy", "") else []),
        *(of for of in NOWHERE if policy.get(of) != "'none'"),
        *([] if script == style == connect == "'self'" else ["'self'"]),
        *(["unsafe"] if "unsafe" in answer.get("Content-Security-Policy", "") else []),
    ]


@pytest.fixture
def signed_in(officer, client) -> Client:
    making.authority(name="Testshire")
    client.force_login(officer)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("method", ["get", "post", "put", "options"])
def test_every_page_says_what_browsers_must_refuse(signed_in, method):
    asked = {name: reverse(name, kwargs=arguments(pattern)) for name, pattern in patterns()}
    found = {name: untold(getattr(signed_in, method)(address)) for name, address in asked.items()}
    assert {name: missing for name, missing in found.items() if missing} == {}


def test_the_admin_and_what_is_not_there_say_it_too(signed_in):
    for address in (*of_admin(), "/no/such/page/"):
        assert untold(signed_in.get(address)) == [], address


def test_so_does_what_is_answered_to_strangers(client):
    for address in ("/", reverse("sign-in"), reverse("admin:index"), "/no/such/page/"):
        assert untold(client.get(address)) == [], address


def test_so_does_what_is_answered_to_errors(signed_in, monkeypatch):
    def fails(*_):
        raise RuntimeError

    address = reverse("referrals:child-list")
    assert untold(signed_in.get(address, headers={"host": "elsewhere.example"})) == []
    assert untold(Client(enforce_csrf_checks=True).post(reverse("sign-in"))) == []
    monkeypatch.setattr("config.views.RecordList.get", fails)
    answer = signed_in.get(address)
    assert answer.status_code == 500
    assert untold(answer) == []


@pytest.mark.parametrize("address", ["/", "/children/", "/sign-in/", "/admin/", "/no/such/page/"])
def test_no_page_has_script_or_style_of_its_own(signed_in, address):
    text = signed_in.get(address, follow=True).text
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick=" not in text
    assert text.count("<script") == text.count("<script src=") + text.count(
        '<script type="module" src='
    ) + text.count('<script id="')


def test_in_service_browsers_come_back_by_https_alone():
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "answer = Client().get('/health/', secure=True, HTTP_HOST='reckoner.example')\n"
        "print(answer['Strict-Transport-Security'])\n"
        "from django.conf import settings\n"
        "print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE,"
        " settings.SECURE_SSL_REDIRECT)\n"
    )
    env = os.environ | {
        "SECRET_KEY": "in service " * 6,
        "ALLOWED_HOSTS": "reckoner.example",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    said = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=env, capture_output=True, text=True
    ).stdout.splitlines()
    assert said == ["max-age=31536000; includeSubDomains; preload", "True True True"]


class TestWordsSearchedFor:
    @pytest.fixture(autouse=True)
    def bo(self, signed_in):
        authority = Team.objects.get()
        making.child(authority=authority, first_name="Bo", last_name="Ray")
        making.child(authority=authority, first_name="Al", last_name="Oak")

    def test_they_are_in_no_address(self, signed_in):
        answer = signed_in.post("/children/", {"search": "Bo Ray", "sex": Sex.UNKNOWN}, follow=True)
        [(address, _)] = answer.redirect_chain
        assert "Bo" not in address
        assert f"sex={Sex.UNKNOWN}" in address
        assert answer.context["table"].paginator.count == 1
        assert 'value="Bo Ray"' in answer.text
        again = signed_in.get(address + "&sort=name")
        assert again.context["table"].paginator.count == 1
        for link in again.text.split('href="')[1:]:
            assert "Bo" not in link.partition('"')[0]

    def test_somebody_else_cannot_use_them(self, signed_in, officer):
        address = signed_in.post("/children/", {"search": "Bo"})["Location"]
        other = Client()
        other.force_login(officer)
        assert other.get(address)["Location"] == "/children/?"

    @pytest.mark.parametrize("key", ["Bo", "x\x00", "a" * 5000])
    def test_words_that_are_typed_into_an_address_are_taken_out_of_it(self, signed_in, key):
        assert signed_in.get("/children/", {"search": key})["Location"] == "/children/?"

    def test_a_session_keeps_the_latest_few(self, signed_in):
        for at in range(privacy.MANY + 5):
            signed_in.post("/children/", {"search": f"word{at}"})
        kept = signed_in.session[privacy.SEARCHED]
        assert next(iter(kept.values())) == "word5"
        assert len(kept) == privacy.MANY


@pytest.mark.parametrize(
    "model",
    [model for model in admin.site._registry if isinstance(model._default_manager.all(), OfChild)],
    ids=lambda model: model._meta.label,
)
def test_the_admin_searches_children_by_reference_alone(model):
    """What is typed there stands in the address; names are searched for on pages that post them."""
    listed = admin.site._registry[model]
    for field in listed.search_fields:
        assert field.endswith("reference") or field.partition("__")[0] in COLLEAGUES, field
    assert listed.date_hierarchy not in ("born_on", "expected_on", "died_on")
    assert "born_on" not in listed.list_filter


def test_a_database_that_is_away_is_said_to_be(rf):
    for error, status in ((OperationalError("gone"), 503), (RuntimeError(), 500)):
        try:
            raise error
        except Exception:
            answer = failed(rf.get("/"))
        assert answer.status_code == status
        assert answer.has_header("Retry-After") is (status == 503)
