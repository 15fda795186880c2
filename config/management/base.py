"""What our own commands share."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config.apps import check_version


class RecordsCommand(BaseCommand):
    """A command that works with the records, and so on tables that are up to date.

    The embedded database is brought up to date at once, an empty one in a few seconds. A server of
    the council's own is left alone: there, whoever runs it decides when to migrate.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        if problems := check_version(databases=[connection.alias]):
            raise CommandError(" ".join(f"{each.msg} {each.hint}" for each in problems))
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            if settings.EMBEDDED is None:
                raise CommandError("The database is not up to date. Run manage.py migrate first.")
            self.stderr.write("Bringing the database up to date …")
            call_command("migrate", verbosity=0, interactive=False)
        return super().execute(*args, **options)


def look_at_tables_anew() -> None:
    """Have the database's planner look at our tables, after much has been written to them."""
    tables = map(connection.ops.quote_name, connection.introspection.django_table_names())
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(sorted(tables))}")
