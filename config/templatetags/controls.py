"""Form controls with the classes that GOV.UK's styles look for."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

CLASSES = {
    "select": "govuk-select",
    "nullbooleanselect": "govuk-select",
    "textarea": "govuk-textarea",
    "checkbox": "govuk-checkboxes__input",
}


@register.filter
def as_control(field: BoundField) -> SafeString:
    """The field's control, styled as GOV.UK's of its kind; the admin keeps Django's own."""
    name = CLASSES.get(field.widget_type, "govuk-input")
    if field.errors:
        name += f" {name}--error"
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{name} {own}".strip()})


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the control that a message about the field leads to: of radios, the first."""
    return field.id_for_label or f"{field.auto_id}_0"
