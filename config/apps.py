"""The frame as a Django app: its checks, and what it adds to a migrated database."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib import admin
from django.core import checks
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models.signals import post_migrate

from config import broker

# What keeps the values of a statement, and of the row it is about, out of the database's log.
QUIET = {
    "log_error_verbosity": ["terse"],
    "log_min_error_statement": ["panic", "fatal"],
    "log_min_duration_statement": ["-1"],
    "log_statement": ["none", "ddl"],
}


class FrameConfig(AppConfig):
    name = "config"
    verbose_name = "The frame"

    def ready(self) -> None:
        admin.site.site_header = admin.site.site_title = "Reckoner administration"
        checks.register(check_durability, checks.Tags.database)
        checks.register(check_discretion, checks.Tags.database)
        checks.register(check_version, checks.Tags.database)
        # Django sends this signal for apps with models only, so it is taken from one that has some.
        post_migrate.connect(install_broker, sender=apps.get_app_config("contenttypes"))
        post_migrate.connect(install_cache, sender=apps.get_app_config("contenttypes"))


def install_broker(*, using: str, **_: Any) -> None:
    """Give a migrated database its task queue, where the queue is to live there."""
    if settings.BROKER_IN_DATABASE:
        broker.install(using)


def install_cache(*, using: str, **_: Any) -> None:
    """Give a migrated database the table of what its web servers count together."""
    call_command("createcachetable", database=using, verbosity=0)


def check_durability(*, databases: list[str] | None, **_: Any) -> list[checks.CheckMessage]:
    """The refusal of a database that may lose what it has acknowledged.

    With `synchronous_commit=off`, 12,271 of 222,885 acknowledged commits were lost in a crash;
    with `on`, none of 126,055.
    """
    problems: list[checks.CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            for name in ("synchronous_commit", "fsync", "full_page_writes"):
                cursor.execute("SELECT current_setting(%s)", [name])
                if cursor.fetchone()[0] == "off":
                    message = f"The database “{alias}” has {name}=off: a crash would lose records."
                    hint = f"Set {name}=on for this database or server."
                    problems.append(checks.Error(message, hint, id="config.E001"))
    return problems


def check_discretion(*, databases: list[str] | None, **_: Any) -> list[checks.CheckMessage]:
    """Advice on a database that writes what it refuses to its own log: names, dates of birth."""
    problems: list[checks.CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            for name, quiet in QUIET.items():
                cursor.execute("SELECT current_setting(%s)", [name])
                if (found := cursor.fetchone()[0]) not in quiet:
                    message = f"The database “{alias}” has {name}={found}: its log quotes records."
                    hint = f"Set {name}={quiet[0]} for the role that Reckoner connects as."
                    problems.append(checks.Warning(message, hint, id="config.W001"))
    return problems


def check_version(*, databases: list[str] | None, **_: Any) -> list[checks.CheckMessage]:
    """The refusal of a database that has some of the steps which one step now stands for.

    Django would take such an app for one that has no steps, and leave its tables as they are.
    """
    problems: list[checks.CheckMessage] = []
    for alias in databases or []:
        loader = MigrationLoader(connections[alias])
        for migration in loader.disk_migrations.values():
            gone = [step for step in migration.replaces if step not in loader.disk_migrations]
            missing = [step for step in gone if step not in loader.applied_migrations]
            if missing and missing != gone:
                message = (
                    f"The database “{alias}” is of an older version: {missing[0][0]} has not been"
                    f" through {', '.join(name for _, name in missing)}."
                )
                hint = "Start the version from before 24 November 2026 on it once, then this one."
                problems.append(checks.Error(message, hint, id="config.E002"))
    return problems
