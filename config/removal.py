"""Records taken out of their tables with all that hangs on them, and put back as they were."""

import json
from collections import Counter
from typing import Any

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model

Rows = list[dict[str, Any]]  # each with its "model", and its "row" by the names of the columns


def hanging_on(record: Model) -> dict[str, int]:
    """How many records of which kind would go with a record, by what they are called."""
    found = Counter({model: len(some) for model, some in _collected(record).data.items()})
    found.subtract([type(record)])
    return {
        str(model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural): count
        for model, count in found.items()
        if count
    }


def take_out(record: Model) -> Rows:
    """The row of a record, and after it those of what hangs on it: so they can be put back.

    They are no longer in their tables. Raises ``ValidationError`` where records that are kept point
    at one of them.
    """
    collector = _collected(record)
    if collector.protected:
        kinds = {str(each._meta.verbose_name_plural) for each in collector.protected}
        raise ValidationError(f"This is needed by other records: {', '.join(sorted(kinds))}.")
    rows = [
        {"model": model._meta.label_lower, "row": row}
        for model in collector.data
        for row in _rows(model, [found.pk for found in collector.data[model]])
    ]
    record.delete()
    return rows


def put_back(rows: Rows) -> None:
    """Stores rows again that were taken out, each under the key that it had.

    Raises ``IntegrityError`` where something else is true by now.
    """
    for record in records(rows):
        record.save_base(raw=True, force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def records(rows: Rows) -> list[Model]:
    """The records as they were when they were taken out."""
    return [_as_it_was(apps.get_model(each["model"]), each["row"]) for each in rows]


def _as_it_was(model: type[Model], row: dict[str, Any]) -> Model:
    known = (field for field in _stored(model) if field.column in row)
    return model(**{field.attname: field.to_python(row[field.column]) for field in known})


def _collected(record: Model) -> NestedObjects:
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=record)
    collector.collect([record])
    return collector


def _rows(model: type[Model], keys: list) -> list[dict[str, Any]]:
    """The stored rows with these keys, to the last digit of each moment."""
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    kept = ", ".join(f"'{field.column}', kept.{quote(field.column)}" for field in _stored(model))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT jsonb_build_object({kept}) FROM {table} kept"
            f" WHERE kept.{key} = ANY(%s) ORDER BY kept.{key}",
            [keys],
        )
        return [json.loads(row) for (row,) in cursor.fetchall()]


def _stored(model: type[Model]) -> list[Field]:
    """The columns that are stored, and not worked out by the database."""
    return [field for field in model._meta.concrete_fields if not field.generated]
