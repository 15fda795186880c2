"""The default task queue: PGMQ's tables and functions, in the same database as the records."""

from importlib.resources import files
from typing import Any

from django.db import connections
from psycopg.conninfo import make_conninfo


def connection_string(database: dict[str, Any]) -> str:
    """What the `pgmq://` transport needs to find the database that Django's settings describe.

    Every value is quoted twice: pgmq takes the string apart and puts it together again bare.
    """
    parts = {
        "host": database["HOST"],
        "port": database["PORT"],
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database.get("PASSWORD"),
    }
    return make_conninfo(
        **{key: make_conninfo(host=str(value))[5:] for key, value in parts.items() if value}
    )


def options(database: dict[str, Any]) -> dict[str, Any]:
    """The `pgmq://` transport's options: woken by NOTIFY, and a save waits for it at most a second."""
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
