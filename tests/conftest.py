"""Fixtures for everyone: a browser, and pages that look as they do in service."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config import frontend
from tests.databases import connected_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from workforce.models import User

pytest_plugins = ["tests.demonstration", "tests.serving"]

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def missing(reason: str) -> None:
    """Skip for want of something that the machine lacks; in CI, where nothing may lack, fail."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def migrated(django_db_blocker) -> str:
    """The name of a database with its tables, made once; the others are copied from it.

    It is named by what made it, so that a server kept between runs need not make it again.
    """
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for made_by in ("*/migrations/*.py", "*/sql/*.sql"):
        for path in sorted(settings.BASE_DIR.glob(made_by)):
            digest.update(path.read_bytes())
    name = f"migrated_{digest.hexdigest()[:16]}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as server:
        server.execute("SELECT pg_advisory_lock(1)")
        server.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if not server.rowcount:
            server.execute("DROP DATABASE IF EXISTS migrating")
            server.execute("CREATE DATABASE migrating")
            with connected_to("migrating"):
                call_command("migrate", verbosity=0)
            server.execute(f"ALTER DATABASE migrating RENAME TO {name}")
    return name


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, migrated) -> None:
    """The database of this process is such a copy."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> None:
    """The run's database, whose tables are emptied after each test that commits."""
    type(connection.ops).sql_flush = staticmethod(emptying)


def emptying(style, tables: list[str], **_) -> list[str]:
    """The SQL that empties tables. Few of the many have rows; TRUNCATE takes as long for each.

    Nor does it ask what is kept for ever, of which a table cannot be rid in any other way.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in tables)
        )
        filled = [name for (name,) in cursor.fetchall()]
    return [
        *(f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in filled),
        *(f"DELETE FROM {name}" for name in filled),
        "SET CONSTRAINTS ALL IMMEDIATE",
        *(f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in filled),
    ]


@pytest.fixture
def officer(db) -> "Iterator[User]":
    """An account that may see all that there is: it has every role in every authority made."""
    from django.db.models.signals import post_save

    from tests import making
    from workforce.choices import AccountRole
    from workforce.models import Team

    roles = [role for role in AccountRole if role != AccountRole.EMERGENCY_DUTY]
    account = making.account("officer", first_name="Ada", is_staff=True, demonstration=True)

    def appoint(instance: Team, created: bool, **_) -> None:
        if created and instance.kind == "authority":
            for role in roles:
                making.appointment(user=account, role=role, place=instance)

    post_save.connect(appoint, sender=Team, weak=False)
    for authority in Team.objects.filter(kind="authority"):
        appoint(authority, created=True)
    yield account
    post_save.disconnect(appoint, sender=Team)


@pytest.fixture
def admin_user(officer: "User") -> "User":
    """Whom Django's admin is tried with: roles decide there, and being a superuser is nothing."""
    from tests import making

    making.authority()
    return officer


@pytest.fixture(scope="session")
def front_end() -> None:
    """The GOV.UK and MOJ packages among the static files, prepared once for the whole run."""
    with (settings.VAR_DIR / "frontend.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            frontend.prepare()
        except frontend.CannotPrepare as error:
            missing(f"The front-end packages cannot be fetched: {error}")


@pytest.fixture(scope="session")
def chromium(front_end: None) -> "Iterator[Browser]":
    """The machine's Chromium, driven by Playwright."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        missing("There is no Chromium on this machine.")
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread, where tests use the database as well.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
            browser = playwright.chromium.launch(executable_path=path, args=flags)
            yield browser
            browser.close()


@pytest.fixture
def browser_page(chromium: "Browser") -> "Iterator[Page]":
    """An empty page; a script that fails, or that the security policy refuses, fails the test."""
    problems: list[str] = []
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id=settings.TIME_ZONE
    )
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: (
            problems.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    context.close()
    assert problems == []
