"""Attempts to store with raw SQL what cannot be true, one at least for each constraint."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from config.facts import sentence

OTHER_AUTHORITY = "(SELECT id FROM workforce_team WHERE name = 'Elsewhere')"
OTHER_TEAM = "(SELECT id FROM workforce_team WHERE name = 'Team elsewhere')"


@dataclass(frozen=True)
class Refused:
    """A true record, and the columns that a statement would make untrue: the constraint's name."""

    name: str
    model: type[models.Model]
    made: Callable[[], models.Model]
    columns: dict[str, str]
    insert: bool = False

    def __str__(self) -> str:
        return f"{self.name}-{self.model.__name__}"

    def statement(self) -> str:
        record = self.made()
        assert type(record) is self.model
        table = self.model._meta.db_table
        if not self.insert:
            changes = ", ".join(f'"{column}" = {value}' for column, value in self.columns.items())
            return f"UPDATE {table} SET {changes} WHERE id = {record.pk}"
        stored = [
            field.column
            for field in self.model._meta.concrete_fields
            if not field.primary_key and not field.generated
        ]
        values = ", ".join(self.columns.get(column, f'"{column}"') for column in stored)
        names = ", ".join(f'"{column}"' for column in stored)
        return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = {record.pk}"


def updated(name: str, model, made, /, **columns: str) -> Refused:
    """A record that is changed."""
    return Refused(name, model, made, columns)


def again(name: str, model, made, /, **columns: str) -> Refused:
    """A second record like the first."""
    return Refused(name, model, made, columns, insert=True)


def is_refused(refused: Refused) -> None:
    """The statement is refused by the constraint named, and the refusal put in words."""
    statement = refused.statement()
    with (
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert error.value.__cause__.diag.constraint_name == refused.name
    constraint = next(
        constraint
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.name == refused.name
    )
    assert sentence(error.value) == constraint.get_violation_error_message()
