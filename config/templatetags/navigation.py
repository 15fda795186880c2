"""The primary navigation in a template, and the way to log an event from every page."""

from django import template
from django.urls import reverse

from config.admission import opens
from config.navigation import LOG, LOG_KEY, NO_SHORTCUT, sections

register = template.Library()


@register.inclusion_tag("navigation.html", takes_context=True)
def navigation(context: template.Context) -> dict:
    """The sections of the site, with the one that the page belongs to marked."""
    return {"sections": sections(context["request"])}


@register.inclusion_tag("log_button.html", takes_context=True)
def log_button(context: template.Context) -> dict:
    """The link to the page that an event is logged from, where it lets the account in."""
    request, url = context["request"], reverse(LOG)
    return {
        "url": url if opens(request.user, url) else "",
        "key": "" if request.COOKIES.get(NO_SHORTCUT) else LOG_KEY,
    }
