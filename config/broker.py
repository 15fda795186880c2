"""The default task queue: PGMQ's tables and functions, in the same database as the records."""

from importlib.resources import files
from typing import Any

from django.db import connections
from psycopg.conninfo import make_conninfo


def connection_string(database: dict[str, Any]) -> str:
    """What the `pgmq://` transport needs to find the database that Django's settings describe.

    pgmq takes the string apart, keeps five of its parts and puts them together again bare. So
    every value is quoted twice, and what is said of TLS travels with the database's name.
    """
    given = database.get("OPTIONS", {})
    tls = {key: value for key, value in given.items() if key.startswith("ssl")}
    parts = {
        "host": database["HOST"],
        "port": database["PORT"],
        "user": database["USER"],
        "password": database.get("PASSWORD"),
    }
    return make_conninfo(
        dbname=make_conninfo(dbname=database["NAME"], **tls).removeprefix("dbname="),
        **{
            key: make_conninfo(host=str(value)).removeprefix("host=")
            for key, value in parts.items()
            if value
        },
    )


def options(database: dict[str, Any]) -> dict[str, Any]:
    """The `pgmq://` transport's options: NOTIFY wakes it; a save waits for it a second at most."""
    return {
        "conn_string": connection_string(database),
        "init_extension": False,
        "use_notify": True,
        "notify_throttle_interval_ms": 0,
        "wait_time_seconds": 0,
        "polling_interval": 0.05,
        "pool_size": 2,
        "pool_timeout": 0.45,
    }


def install(using: str = "default") -> None:
    """Install PGMQ where it is not installed: its SQL is not made to be run twice.

    Its grants to `pg_monitor` are left out, since a role that merely owns a database may not make
    them.
    """
    script = files("pgmq").joinpath("sql", "pgmq.sql").read_text(encoding="utf-8")
    lines = [line for line in script.splitlines() if "TO pg_monitor" not in line]
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('pgmq.meta') IS NULL")
        if cursor.fetchone()[0]:
            cursor.connection.execute("\n".join(lines))
