"""Records that are only ever added: what was written stays, and stays as it was written."""

from django.db import DEFAULT_DB_ALIAS
from django.db.models import BaseConstraint

AT = {"rows": "UPDATE OR DELETE", "table": "TRUNCATE"}


class AppendOnly(BaseConstraint):
    """The database refuses to change or take away what a table holds, whoever asks, and says why.

    The triggers have no switch that a program could turn; only who may alter the table can.
    """

    def __eq__(self, other) -> bool:
        return isinstance(other, AppendOnly) and self.deconstruct() == other.deconstruct()

    __hash__ = None

    def create_sql(self, model, schema_editor) -> str:
        """The SQL that makes the triggers: one before each row, one before the table is emptied."""
        quote, quote_value = schema_editor.quote_name, schema_editor.quote_value
        message = quote_value(self.get_violation_error_message())
        made = f"""
            CREATE FUNCTION {quote(self.name)}() RETURNS trigger LANGUAGE plpgsql AS $refusal$
            BEGIN
                RAISE EXCEPTION USING MESSAGE = {message}, ERRCODE = 'check_violation',
                    CONSTRAINT = {quote_value(self.name)},
                    TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
            END $refusal$;
            """
        for what, refused in AT.items():
            made += f"""
            CREATE TRIGGER {quote(f"{self.name}_{what}")} BEFORE {refused}
                ON {quote(model._meta.db_table)} FOR EACH STATEMENT
                EXECUTE FUNCTION {quote(self.name)}();
            """
        return made

    def remove_sql(self, model, schema_editor) -> str:
        """The SQL that takes the triggers away."""
        quote = schema_editor.quote_name
        return "".join(
            f"DROP TRIGGER {quote(f'{self.name}_{what}')} ON {quote(model._meta.db_table)};"
            for what in AT
        ) + f"DROP FUNCTION {quote(self.name)}();"

    def constraint_sql(self, model, schema_editor) -> None:
        """Nothing inside CREATE TABLE: the triggers follow once the table is there."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS) -> None:
        """What is added is never refused; a change is, by the database."""
