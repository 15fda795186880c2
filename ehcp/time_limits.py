"""The time limits of the SEND Regulations 2014, which every authority starts with."""

import datetime

from django.db import connection

from .choices import Step

IN_FORCE = datetime.date(2014, 9, 1)
STATUTORY = {Step.DECISION: 42, Step.NO_PLAN: 112, Step.ISSUE: 140}


def load_after_migrate(sender, using, plan=(), **kwargs) -> None:
    """Load the statutory limits into an empty table, once it is there."""
    from .models import TimeLimit

    tables = connection.introspection.table_names()
    if TimeLimit._meta.db_table not in tables or TimeLimit.objects.exists():
        return
    TimeLimit.objects.bulk_create(
        TimeLimit(step=step, days=days, valid_from=IN_FORCE) for step, days in STATUTORY.items()
    )
