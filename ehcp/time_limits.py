"""The time limits of the SEND Regulations 2014, which every authority starts with."""

import datetime

from django.db import connection
from django.db.models import F, Func, IntegerField

from .choices import Step

IN_FORCE = datetime.date(2014, 9, 1)
STATUTORY = {Step.DECISION: 42, Step.NO_PLAN: 112, Step.ISSUE: 140}


class Limit(Func):
    """The days that a step of a request may take, by the limit in force on the day of receipt.

    Before the first limit the earliest counts; where there is none, the statutory one. The limits
    are read once a statement.
    """

    template = (
        "COALESCE((ARRAY("
        "SELECT days FROM ehcp_timelimit WHERE step = '%(step)s' ORDER BY valid_from"
        "))[GREATEST(1, width_bucket(%(expressions)s, ARRAY("
        "SELECT valid_from FROM ehcp_timelimit WHERE step = '%(step)s' ORDER BY valid_from"
        ")))], %(statutory)s)"
    )
    output_field = IntegerField()

    def __init__(self, received_on: str, *, step: Step):
        super().__init__(F(received_on), step=step, statutory=STATUTORY[step])


def load_after_migrate(sender, using, plan=(), **kwargs) -> None:
    """Load the statutory limits into an empty table, once it is there."""
    from .models import TimeLimit

    tables = connection.introspection.table_names()
    if TimeLimit._meta.db_table not in tables or TimeLimit.objects.exists():
        return
    TimeLimit.objects.bulk_create(
        TimeLimit(step=step, days=days, valid_from=IN_FORCE) for step, days in STATUTORY.items()
    )
