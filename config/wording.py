"""What stands in a field, in words."""

import datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Field
from django.utils.timezone import localtime

from config.tables import day


def in_words(field: Field, value: Any) -> str:
    """A value of a field as people write it; empty where nothing is recorded."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(field, ArrayField):
        words = dict(field.base_field.flatchoices)
        return ", ".join(words.get(part, part) for part in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        return f"{day(localtime(value))}, {localtime(value):%H:%M}"
    if isinstance(value, datetime.date):
        return day(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(dict(field.flatchoices).get(value, value))
