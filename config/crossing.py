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

    def _from(self, rows: dict[str, str], pointers: dict[str, Pointer], quote) -> str:
        """The FROM and WHERE that bring rows together; a row that is given already is left out."""
        tables = ", ".join(f"{table} {name}" for name, table in rows.items())
        joins = " AND ".join(
            f"{name}.id = {pointer.by}.{quote(pointer.column)}"
            for name, pointer in pointers.items()
        )
        return f"FROM {tables} WHERE {joins}"

    def _triggers(self, model: type[Model], quote) -> dict[str, tuple[str, str, str]]:
        """For each trigger: its table, the change that fires it, and the body that looks."""
        pointers = self.pointers(model)
        rows = {name: quote(pointer.table) for name, pointer in pointers.items()}
        own = quote(model._meta.db_table)
        triggers = {
            self.name: (
                own,
                f"INSERT OR UPDATE OF {', '.join(map(quote, self.columns(HERE, pointers)))}",
                f"DECLARE {HERE} ALIAS FOR NEW; holds boolean; BEGIN"
                f" SELECT {self.holds} INTO holds {self._from(rows, pointers, quote)} FOR SHARE;",
            )
        }
        for name in pointers:
            others = {HERE: own} | {other: rows[other] for other in rows if other != name}
            triggers[f"{self.name}_by_{name}"] = (
                rows[name],
                f"UPDATE OF {', '.join(map(quote, self.columns(name, pointers)))}",
                f"DECLARE {name} ALIAS FOR NEW; holds boolean; BEGIN holds := NOT EXISTS ("
                f"SELECT {self._from(others, pointers, quote)} AND NOT ({self.holds}));",
            )
        return triggers

    def create_sql(self, model, schema_editor) -> str:
        quote, quote_value = schema_editor.quote_name, schema_editor.quote_value
        message = quote_value(self.get_violation_error_message())
        return "".join(
            f"""
            CREATE FUNCTION {quote(name)}() RETURNS trigger LANGUAGE plpgsql AS $fact$
            {body}
                IF NOT holds THEN
                    RAISE EXCEPTION USING MESSAGE = {message}, ERRCODE = 'check_violation',
                        CONSTRAINT = {quote_value(self.name)},
                        TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
                END IF;
                RETURN NULL;
            END $fact$;
            CREATE CONSTRAINT TRIGGER {quote(name)} AFTER {change} ON {table}
                DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION {quote(name)}();
            """
            for name, (table, change, body) in self._triggers(model, quote).items()
        )

    def remove_sql(self, model, schema_editor) -> str:
        quote = schema_editor.quote_name
        return "".join(
            f"DROP TRIGGER {quote(name)} ON {table}; DROP FUNCTION {quote(name)}();"
            for name, (table, _, _) in self._triggers(model, quote).items()
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
        rows = {HERE: f"(SELECT {values})"}
        rows |= {name: quote(pointer.table) for name, pointer in pointers.items()}
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self.holds} {self._from(rows, pointers, quote)}",
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
