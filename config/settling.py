"""Facts about a change: what a record keeps from the moment that it is added."""

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models import BaseConstraint, Model


class Settled(BaseConstraint):
    """A field that keeps the value its record was added with, whoever would change it."""

    def __init__(self, *, name: str, field: str, **violation_error) -> None:
        super().__init__(name=name, **violation_error)
        self.field = field

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"field": self.field}

    def __eq__(self, other) -> bool:
        return isinstance(other, Settled) and self.deconstruct() == other.deconstruct()

    __hash__ = None

    @property
    def trigger(self) -> str:
        """Triggers fire in the order of their names: this one last, for other facts say more."""
        return f"z_{self.name}"

    def create_sql(self, model: type[Model], schema_editor) -> str:
        """The SQL that makes the trigger."""
        quote, quote_value = schema_editor.quote_name, schema_editor.quote_value
        column = quote(model._meta.get_field(self.field).column)
        return f"""
            CREATE OR REPLACE FUNCTION {quote(self.name)}()
            RETURNS trigger LANGUAGE plpgsql AS $fact$
            BEGIN
                RAISE EXCEPTION USING MESSAGE = {quote_value(self.get_violation_error_message())},
                    ERRCODE = 'check_violation', CONSTRAINT = {quote_value(self.name)},
                    TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
            END $fact$;
            CREATE TRIGGER {quote(self.trigger)} AFTER UPDATE OF {column}
                ON {quote(model._meta.db_table)} FOR EACH ROW
                WHEN (OLD.{column} IS DISTINCT FROM NEW.{column})
                EXECUTE FUNCTION {quote(self.name)}();
            """

    def remove_sql(self, model: type[Model], schema_editor) -> str:
        quote = schema_editor.quote_name
        return (
            f"DROP TRIGGER {quote(self.trigger)} ON {quote(model._meta.db_table)};"
            f"DROP FUNCTION {quote(self.name)}();"
        )

    def constraint_sql(self, model: type[Model], schema_editor) -> None:
        """Nothing inside CREATE TABLE: the trigger follows once the table is there."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS) -> None:
        """Raise ValidationError where the value about to be saved is another than the stored."""
        field = model._meta.get_field(self.field)
        if instance._state.adding or self.field in (exclude or ()):
            return
        stored = model._base_manager.using(using).filter(pk=instance.pk)
        for value in stored.values_list(field.attname, flat=True):
            if value != getattr(instance, field.attname):
                raise ValidationError(
                    self.get_violation_error_message(), code=self.violation_error_code
                )
