"""Facts that need more than one table, enforced by the database like any other constraint.

A fact is written once, as SQL. The database holds it against every writer with constraint triggers,
on the record's own table and on each table it looks at; forms and ``full_clean`` ask the same SQL
before they save, so that a person reads the sentence.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BaseConstraint, Model

HERE = "here"
LOOKED_AT = re.compile(r"\b([a-z_]+)\.([a-z_]+)\b")


@dataclass(frozen=True)
class Pointer:
    """A row that the record points at: its table, and the foreign key that leads to it."""

    table: str
    by: str
    column: str


class Across(BaseConstraint):
    """A fact about a record and the records that its foreign keys lead to.

    In ``holds``, ``here`` is the record and every other name a foreign key, or a path of them:
    ``here.visited_on >= plan.started_on``, ``employment__worker.authority_id``. As in a CHECK,
    unknown counts as true. The rows pointed at are locked against change until the end of the
    transaction, so that two sessions cannot each store one half of what is false together.
    ``SET CONSTRAINTS … DEFERRED`` puts the question off to the commit.
    """

    def __init__(self, *, name: str, holds: str, **violation_error) -> None:
        super().__init__(name=name, **violation_error)
        self.holds = holds

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"holds": self.holds}

    def __eq__(self, other) -> bool:
        return isinstance(other, Across) and self.deconstruct() == other.deconstruct()

    __hash__ = None

    def pointers(self, model: type[Model]) -> dict[str, Pointer]:
        """The rows besides the record that the fact looks at, by their name in ``holds``."""
        found: dict[str, Pointer] = {}
        for path in sorted({name for name, _ in LOOKED_AT.findall(self.holds)} - {HERE}):
            by, at = HERE, model
            for step in path.split("__"):
                name = step if by == HERE else f"{by}__{step}"
                column = at._meta.get_field(step).column
                at = at._meta.get_field(step).related_model
                found[name] = Pointer(at._meta.db_table, by, column)
                by = name
        return found

    def columns(self, name: str, pointers: dict[str, Pointer]) -> list[str]:
        """The columns of one of the rows that decide the fact; no other change matters."""
        looked_at = {column for alias, column in LOOKED_AT.findall(self.holds) if alias == name}
        return sorted(looked_at | {by.column for by in pointers.values() if by.by == name})

    def _rows(self, model: type[Model], quote) -> dict[str, str]:
        """The tables of the record and of the rows it points at, by the row's name."""
        rows = {HERE: quote(model._meta.db_table)}
        return rows | {name: quote(at.table) for name, at in self.pointers(model).items()}

    def _joins(self, model: type[Model], quote) -> str:
        """What brings those rows together."""
        return " AND ".join(
            f"{name}.id = {at.by}.{quote(at.column)}" for name, at in self.pointers(model).items()
        )

    def _triggers(self, rows: dict[str, str]) -> dict[str, str]:
        """The trigger that watches each of those rows."""
        return {name: self.name if name == HERE else f"{self.name}_by_{name}" for name in rows}

    def _question(self, name: str, rows: dict[str, str], joins: str, *, stored: bool) -> str:
        """Whether the fact holds around one row, as a change has left it or as it is stored now."""
        tables = ", ".join(f"{rows[row]} {row}" for row in rows if stored or row != name)
        found = f"FROM {tables} WHERE {joins}"
        if stored:
            found += f" AND {name}.id = NEW.id"
        if name == HERE:
            asked = f"SELECT {self.holds} INTO holds {found}"
            asked += "" if stored else " FOR SHARE"
        else:
            asked = f"holds := NOT EXISTS (SELECT {found} AND NOT ({self.holds}))"
        return asked if stored else re.sub(rf"\b{name}\.", "NEW.", asked)

    def create_sql(self, model, schema_editor) -> str:
        """The SQL that makes the triggers.

        A change is judged as it was made, which takes nothing but keys. Only where that fails the
        row is read again: a question put off to the commit may be about a step on the way.
        """
        quote, quote_value = schema_editor.quote_name, schema_editor.quote_value
        pointers = self.pointers(model)
        rows, joins = self._rows(model, quote), self._joins(model, quote)
        message = quote_value(self.get_violation_error_message())
        return "".join(
            f"""
            CREATE OR REPLACE FUNCTION {quote(trigger)}()
            RETURNS trigger LANGUAGE plpgsql AS $fact$
            DECLARE
                holds boolean;
            BEGIN
                {self._question(name, rows, joins, stored=False)};
                IF NOT holds THEN
                    {self._question(name, rows, joins, stored=True)};
                END IF;
                IF NOT holds THEN
                    RAISE EXCEPTION USING MESSAGE = {message}, ERRCODE = 'check_violation',
                        CONSTRAINT = {quote_value(self.name)},
                        TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
                END IF;
                RETURN NULL;
            END $fact$;
            CREATE CONSTRAINT TRIGGER {quote(trigger)}
                AFTER {"INSERT OR " if name == HERE else ""}UPDATE
                OF {", ".join(map(quote, self.columns(name, pointers)))} ON {rows[name]}
                DEFERRABLE INITIALLY IMMEDIATE
                FOR EACH ROW EXECUTE FUNCTION {quote(trigger)}();
            """
            for name, trigger in self._triggers(rows).items()
        )

    def remove_sql(self, model, schema_editor) -> str:
        quote = schema_editor.quote_name
        rows = self._rows(model, quote)
        return "".join(
            f"DROP TRIGGER {quote(trigger)} ON {rows[name]}; DROP FUNCTION {quote(trigger)}();"
            for name, trigger in self._triggers(rows).items()
        )

    def constraint_sql(self, model, schema_editor) -> None:
        """Nothing inside CREATE TABLE: the triggers follow once every table is there."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS) -> None:
        """Raise ValidationError where the values about to be saved would break the fact."""
        connection, pointers = connections[using], self.pointers(model)
        quote, decisive = connection.ops.quote_name, self.columns(HERE, pointers)
        fields = [field for field in model._meta.concrete_fields if field.column in decisive]
        if exclude and any(field.name in exclude for field in fields):
            return
        values = ", ".join(
            f"%s::{field.db_type(connection)} AS {quote(field.column)}" for field in fields
        )
        rows = self._rows(model, quote) | {HERE: f"(SELECT {values})"}
        tables = ", ".join(f"{table} {name}" for name, table in rows.items())
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self.holds} FROM {tables} WHERE {self._joins(model, quote)}",
                [
                    field.get_db_prep_save(getattr(instance, field.attname), connection)
                    for field in fields
                ],
            )
            answer = cursor.fetchone()
        if answer and answer[0] is False:
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )
