"""The primary navigation in a template."""

from django import template

from config.navigation import sections

register = template.Library()


@register.inclusion_tag("navigation.html", takes_context=True)
def navigation(context: template.Context) -> dict:
    """The sections of the site, with the one that the page belongs to marked."""
    return {"sections": sections(context["request"])}
