"""The demonstration's role switcher in a template."""

from django import template

from ..demo import SIGN_INS

register = template.Library()


@register.inclusion_tag("workforce/role_switcher.html", takes_context=True)
def role_switcher(context: template.Context) -> dict:
    """The demonstration's accounts to choose from, with the one that is signed in."""
    here = context["user"].username
    people = [(username, told, username == here) for username, _, told in SIGN_INS]
    return {"people": people, "csrf_token": context.get("csrf_token")}
