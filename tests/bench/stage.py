"""Where the benchmark plays: one embedded cluster, with a database for each size of authority."""

import contextlib
import datetime
import os
import time
from collections.abc import Callable, Iterator

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from config.embedded import owning

from .authorities import Size, generate


@contextlib.contextmanager
def playing() -> Iterator[None]:
    """The cluster, with the tables made once; databases of sizes are copies of them."""
    with owning(settings.EMBEDDED):
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()
        try:
            yield
        finally:
            connections.close_all()


@contextlib.contextmanager
def ruling(database: str = "postgres") -> Iterator[psycopg.Connection]:
    """A connection of the role that rules the server, which may let triggers rest."""
    admin = f"{settings.EMBEDDED.admin} dbname={database}"
    with psycopg.connect(admin, autocommit=True) as session:
        yield session


def make(name: str, fill: Callable[[psycopg.Connection], None]) -> float:
    """A database of that name, filled where there is none yet; returns the seconds it took."""
    started = time.perf_counter()
    with ruling() as session:
        if session.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
            return 0.0
        template = settings.EMBEDDED.name
        session.execute(f'CREATE DATABASE "{name}" OWNER {template} TEMPLATE {template}')
    try:
        with ruling(name) as session:
            fill(session)
    except BaseException:
        drop(name)
        raise
    return time.perf_counter() - started


def drop(name: str) -> None:
    """No database of that name any more."""
    with ruling() as session:
        session.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def name_of(size: Size, today: datetime.date) -> str:
    """The name of the database that holds a size's records up to a day."""
    return f"{size.name}-{today}".lower()


def make_size(size: Size, today: datetime.date) -> float:
    """The database of a size, generated where there is none yet; returns the seconds it took."""
    return make(name_of(size, today), lambda session: generate(session, size, today))


def use(name: str) -> None:
    """From here on, Django's connection is to the database of that name."""
    connections.close_all()
    connection.settings_dict["NAME"] = name


def url(name: str) -> str:
    """The address of a database as DATABASE_URL takes it."""
    cluster = settings.EMBEDDED
    folder = str(cluster.socket_dir).replace("/", "%2F")
    return f"postgres://{cluster.name}@{folder}:{cluster.port}/{name}"


def environment(name: str) -> dict[str, str]:
    """The environment of a process of ours that works on the database of that name."""
    return os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": url(name)}


def seconds(work: Callable[[], object]) -> float:
    """How long the work took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def best(*works: Callable[[], object], times: int) -> list[float]:
    """The shortest time of each piece of work, done in turns so that noise meets all alike."""
    rounds = [[seconds(work) for work in works] for _ in range(times)]
    return [min(column) for column in zip(*rounds, strict=True)]


def p95(times: list[float]) -> float:
    """The time that 19 of 20 do not exceed."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]
