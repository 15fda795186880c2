"""The demonstration authority for tests: loaded once by a process, in a database of its own."""

import os
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from config.workdays import london_day
from tests.databases import connected_to


def see_everything() -> None:
    """An account that sees the whole demonstration authority, restricted children excepted."""
    from tests import making
    from workforce.models import Team

    authority = Team.objects.get(kind="authority")
    reader = making.holder("service_manager", authority, username="reader")
    making.appointment(user=reader, role="workforce_officer", place=authority)


@pytest.fixture(scope="session")
def demonstration_database(django_db_blocker, migrated) -> Iterator[str]:
    """The name of a database with the demonstration authority in it, and its figures."""
    from indicators import calculate

    name = f"demonstration_{os.getpid()}"
    with django_db_blocker.unblock():
        with connection._nodb_cursor() as server:
            server.execute(f"CREATE DATABASE {name} TEMPLATE {migrated}")
        with connected_to(name):
            call_command("demo", verbosity=0)
            calculate.drain(today=london_day(timezone.now()))
            see_everything()
    yield name
    with django_db_blocker.unblock(), connection._nodb_cursor() as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def demonstration(demonstration_database, django_db_blocker):
    """The demonstration authority; what a test changes is rolled back.

    It takes the place of pytest-django's ``db``, which leads to the empty database. Tests that use
    it are marked ``xdist_group("demonstration")``, so that it is loaded in one process only.
    """
    from workforce.models import Team

    with django_db_blocker.unblock(), connected_to(demonstration_database), transaction.atomic():
        yield Team.objects.get(kind="authority")
        transaction.set_rollback(True)
