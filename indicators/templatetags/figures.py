"""Figures and periods in the words of a page."""

from django import template

from config.tables import day
from indicators import wording

register = template.Library()

register.filter("day", day)
register.filter("made_of", wording.made_of)
register.filter("unit", wording.unit)
register.filter("quantity", wording.quantity)
register.filter("short_name", wording.name)
register.filter("span", wording.span)
