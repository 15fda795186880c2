"""Changes to records that are later undone, so that the figures are then what they were."""

import datetime
from collections.abc import Callable
from decimal import Decimal

from django.db import Error, models, transaction

from ehcp.models import Decision, PermittedException, Request
from ehcp.models import Plan as EhcPlan
from referrals.models import Child, Involvement, Referral
from visits.models import ProtectionPlan, Visit, VisitStandard
from workforce.models import Assignment, Employment, Team, Vacancy, Worker

from .choices import Choices

REMOVED = [
    Visit,
    Referral,
    Involvement,
    Decision,
    EhcPlan,
    PermittedException,
    Assignment,
    Vacancy,
    VisitStandard,
]
SOME_MOMENT = datetime.datetime(2019, 4, 1, 12, tzinfo=datetime.UTC)
ALTERED = [*REMOVED, Child, ProtectionPlan, Request, Employment, Worker]

Undo = Callable[[], object]


def edit(choices: Choices) -> Undo | None:
    """Take away or alter some record of the database; nothing where it would not be true then."""
    removing = choices.chance(5)
    model = choices.one_of(REMOVED if removing else ALTERED)
    rows = list(model.objects.order_by("pk"))
    if not rows:
        return None
    row = choices.one_of(rows)
    return _removed(row) if removing else _altered(choices, row)


def _removed(row: models.Model) -> Undo:
    key = row.pk
    row.delete()

    def put_back() -> None:
        row.pk = key
        row.save(force_insert=True)

    return put_back


def _altered(choices: Choices, row: models.Model) -> Undo | None:
    """Move or empty one of the record's days, turn a fact round, change the team or the hours."""
    changeable = [
        field
        for field in row._meta.concrete_fields
        if isinstance(field, models.DateField | models.BooleanField | models.DecimalField)
        or field.name == "team"
    ]
    field = choices.one_of([field for field in changeable if not field.generated])
    before = getattr(row, field.attname)
    try:
        with transaction.atomic():
            _save(row, field, _another(choices, row, field, before))
    except Error:
        setattr(row, field.attname, before)
        return None
    return lambda: _save(row, field, before)


def _another(choices: Choices, row: models.Model, field: models.Field, value):
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DecimalField):
        return Decimal("0.25")
    if value is not None and field.null and choices.chance(3):
        return None
    if field.name == "team":
        root = row.team.root_id if row.team else None
        return choices.one_of(
            [value, *Team.objects.filter(authority=root).values_list("pk", flat=True)]
        )
    if value is None:
        return SOME_MOMENT if isinstance(field, models.DateTimeField) else SOME_MOMENT.date()
    return value + datetime.timedelta(days=choices.one_of([1, -1, 30, -30, 400, -400]))


def _save(row: models.Model, field: models.Field, value) -> None:
    setattr(row, field.attname, value)
    row.save(update_fields=[field.name])
