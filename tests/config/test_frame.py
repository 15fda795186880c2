"""The doorbell, the task queue, the health page and the front-end packages."""

import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from celery import Celery
from django.apps import apps
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone
from kombu import Connection
from pgmq.base import PGMQConfig

from config import broker, doorbell, frontend
from config.celery import app, say_ready, write_heartbeat


def test_many_rings_of_one_transaction_are_one_message(
    django_capture_on_commit_callbacks: Callable, db: None
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        doorbell.ring()
        with transaction.atomic():
            doorbell.ring()
    assert len(callbacks) == 1


def test_what_is_rolled_back_does_not_ring(
    django_capture_on_commit_callbacks: Callable, db: None
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        with transaction.atomic():
            doorbell.ring()
            transaction.set_rollback(True)
        assert connection.run_on_commit == []
        doorbell.ring()
    assert len(callbacks) == 1


@pytest.mark.django_db(transaction=True)
def test_a_save_does_not_wait_for_a_broker_that_is_down(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CELERY_BROKER_URL")  # Celery prefers it to what it is told
    nobody = Celery("nobody", broker="amqp://127.0.0.1:9//", set_as_current=False)
    for name in ("broker_connection_timeout", "task_publish_retry_policy"):
        nobody.conf[name] = app.conf[name]
    monkeypatch.setattr(doorbell, "app", nobody)
    started = time.monotonic()
    with transaction.atomic():
        doorbell.ring()
    assert time.monotonic() - started < 1
    assert "broker cannot be reached" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_queue_in_the_database_is_installed_once_and_carries_a_message() -> None:
    broker.install()
    broker.install()
    address = broker.connection_string(connection.settings_dict)
    options = {"conn_string": address, "init_extension": False, "pool_timeout": 5}
    try:
        with Connection("pgmq://localhost", transport_options=options) as queue_server:
            queue = queue_server.SimpleQueue("tried")
            queue.put({"family": "visits"})
            message = queue.get(timeout=5)
            message.ack()
            queue.close()
        assert message.payload == {"family": "visits"}
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA pgmq CASCADE")


def test_awkward_passwords_and_tls_reach_the_queue_whole() -> None:
    database = dict(HOST="db", PORT=5432, NAME="n", USER="u", PASSWORD=r"a b'c\d")
    database["OPTIONS"] = {"sslmode": "verify-full", "connect_timeout": 3}
    given = PGMQConfig(conn_string=broker.connection_string(database)).dsn
    assert psycopg.conninfo.conninfo_to_dict(given) == dict(
        host="db", port="5432", dbname="n", user="u", password=r"a b'c\d", sslmode="verify-full"
    )


@pytest.mark.django_db
def test_health_is_well_when_worker_and_beat_are_heard_of(client: Client) -> None:
    assert client.get("/health/").status_code == 503
    say_ready()
    write_heartbeat("beat")
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert {name: part.get("ok") for name, part in answer.json().items() if name != "ok"} == {
        "broker": True,
        "database": True,
        "worker": True,
        "beat": True,
        "overnight": None,
        "outbox": None,
    }


@pytest.mark.django_db
def test_health_tells_of_a_worker_that_has_fallen_silent(client: Client) -> None:
    long_ago = timezone.now() - timedelta(minutes=10)
    apps.get_model("indicators", "Heartbeat").objects.create(name="worker", at=long_ago)
    answer = client.get("/health/")
    assert answer.status_code == 503
    told = answer.json()["worker"]
    assert not told["ok"]
    assert 600 <= told["age_seconds"] < 660


@pytest.mark.django_db
def test_health_answers_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("no such host")

    monkeypatch.setattr("config.health._model", refuse)
    monkeypatch.setattr("config.health.connection.close", lambda: None)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "broker": {"ok": True}, "database": {"ok": False}}


def test_the_packages_are_prepared_once_and_without_what_is_govuks_alone(front_end: None) -> None:
    assert frontend.available()
    folder = frontend.settings.FRONTEND_DIR
    before = folder.stat().st_ino
    frontend.prepare()
    assert folder.stat().st_ino == before
    styles = "".join(path.read_text() for path in folder.rglob("*.css"))
    assert ".govuk-button" in styles
    assert ".moj-filter" in styles
    for unwanted in ("GDS Transport", "crest.svg", "url(/", "sourceMappingURL"):
        assert unwanted not in styles
    assert not any("crown" in path.name for path in folder.rglob("*"))


def test_without_the_packages_pages_are_styled_plainly(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FRONTEND_DIR = tmp_path / "frontend"
    settings.FRONTEND_DIR.mkdir()

    def no_network(*args: object, **kwargs: object) -> None:
        raise subprocess.CalledProcessError(1, ["npm"], stderr="npm error network unreachable\n")

    monkeypatch.setattr(frontend.processes, "run", no_network)
    with pytest.raises(frontend.CannotPrepare, match="network unreachable"):
        frontend.prepare()
    assert not frontend.available()
    assert list(settings.FRONTEND_DIR.iterdir()) == []


def test_collected_files_have_hashed_names(settings: Any, tmp_path: Path, front_end: None) -> None:
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", verbosity=0, interactive=False)
    storage = frontend.StaticStorage()
    storage.location = str(tmp_path)
    name = storage.url("moj/moj-frontend.min.css").removeprefix("/static/")
    assert name != "moj/moj-frontend.min.css"
    assert (tmp_path / name).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("browser")
def test_a_browser_shows_a_page_within_the_security_policy(
    browser_page: Any, live_server: Any
) -> None:
    answer = browser_page.goto(f"{live_server.url}/admin/login/")
    assert answer.status == 200
    assert browser_page.get_by_label("Password").is_visible()


@pytest.mark.django_db
@pytest.mark.parametrize(("cause", "status"), [(OperationalError, 503), (DatabaseError, 400)])
def test_a_session_that_cannot_be_stored_tells_an_absent_database_from_one_that_was_ended(
    client: Client, monkeypatch: pytest.MonkeyPatch, officer, cause: type, status: int
) -> None:
    client.force_login(officer)

    def refuse(session: SessionStore, must_create: bool = False) -> None:
        try:
            raise cause
        except cause as error:
            raise UpdateError from error

    monkeypatch.setattr(SessionStore, "save", refuse)
    assert client.get("/").status_code == status
