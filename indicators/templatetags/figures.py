"""Figures and periods in the words of a page."""

import datetime
import re

from django import template

from config.tables import day
from indicators import registry, wording
from indicators.glossary import glossed

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")

register = template.Library()

register.filter("day", day)
register.filter("made_of", wording.made_of)
register.filter("unit", wording.unit)
register.filter("quantity", wording.quantity)
register.filter("short_name", wording.name)
register.filter("span", wording.span)
register.filter("glossed", glossed)


@register.filter
def readable(cell: str) -> str:
    """A cell of a worked example as people read it: an indicator's title, a day in words."""
    if cell in registry.INDICATORS:
        return registry.INDICATORS[cell].title
    return day(datetime.date.fromisoformat(cell)) if ISO_DAY.fullmatch(cell) else cell
