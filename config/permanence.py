"""Records that are kept: what was written stays, and stays as it was written."""

from typing import ClassVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BaseConstraint

AT = {"rows": "UPDATE OR DELETE", "table": "TRUNCATE"}


class Kept(BaseConstraint):
    """The database refuses to take away what a table holds, whoever asks, and says why.

    The triggers have no switch that a program could turn; only who may alter the table can.
    """

    each: ClassVar[dict[str, str]] = {"rows": "STATEMENT", "table": "STATEMENT"}

    def __eq__(self, other) -> bool:
        return isinstance(other, Kept) and self.deconstruct() == other.deconstruct()

    __hash__ = None

    def allowed(self, model, quote) -> str:
        """The statements that let a change through; none, unless a subclass says otherwise."""
        return ""

    def create_sql(self, model, schema_editor) -> str:
        """The SQL of the triggers: one before rows change, one before the table is emptied."""
        quote, quote_value = schema_editor.quote_name, schema_editor.quote_value
        message = quote_value(self.get_violation_error_message())
        made = f"""
            CREATE OR REPLACE FUNCTION {quote(self.name)}()
            RETURNS trigger LANGUAGE plpgsql AS $refusal$
            BEGIN
                {self.allowed(model, quote)}
                RAISE EXCEPTION USING MESSAGE = {message}, ERRCODE = 'check_violation',
                    CONSTRAINT = {quote_value(self.name)},
                    TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
            END $refusal$;
            """
        for what, refused in AT.items():
            made += f"""
            CREATE TRIGGER {quote(f"{self.name}_{what}")} BEFORE {refused}
                ON {quote(model._meta.db_table)} FOR EACH {self.each[what]}
                EXECUTE FUNCTION {quote(self.name)}();
            """
        return made

    def remove_sql(self, model, schema_editor) -> str:
        """The SQL that takes the triggers away."""
        quote = schema_editor.quote_name
        return (
            "".join(
                f"DROP TRIGGER {quote(f'{self.name}_{what}')} ON {quote(model._meta.db_table)};"
                for what in AT
            )
            + f"DROP FUNCTION {quote(self.name)}();"
        )

    def constraint_sql(self, model, schema_editor) -> None:
        """Nothing inside CREATE TABLE: the triggers follow once the table is there."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS) -> None:
        """What is added is never refused; a change is, by the database."""


class AppendOnly(Kept):
    """Nothing in the table is changed either: it is only ever added to."""


class WrittenOnce(Kept):
    """Nothing in the table is changed but the columns named, each of which is filled in once."""

    each: ClassVar[dict[str, str]] = {"rows": "ROW", "table": "STATEMENT"}

    def __init__(self, *, name: str, later: tuple[str, ...], **violation_error) -> None:
        super().__init__(name=name, **violation_error)
        self.later = tuple(later)

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"later": self.later}

    def allowed(self, model, quote) -> str:
        columns = [model._meta.get_field(name).column for name in self.later]
        others = "- ARRAY[" + ", ".join(f"'{column}'" for column in columns) + "]"
        filled_in = " AND ".join(
            f"(COALESCE(OLD.{quote(column)}::text, '') = ''"
            f" OR NEW.{quote(column)} IS NOT DISTINCT FROM OLD.{quote(column)})"
            for column in columns
        )
        return f"""
                IF TG_OP = 'UPDATE' THEN
                    IF to_jsonb(NEW) {others} = to_jsonb(OLD) {others} AND {filled_in} THEN
                        RETURN NEW;
                    END IF;
                END IF;
        """
