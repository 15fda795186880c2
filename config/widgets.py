"""The date input of GOV.UK: three boxes, the first of which also takes a whole date, pasted."""

import datetime
import re
from typing import Any

from django import forms

PARTS = (("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4))


class Day(forms.DateInput):
    """A day entered in three boxes."""

    template_name = "forms/day.html"
    use_fieldset = True

    def value_from_datadict(self, data, files, name: str) -> str:
        first, *others = [data.get(f"{name}_{part}", "").strip() for part, _, _ in PARTS]
        pasted = re.findall(r"\w+", first)
        if len(pasted) == 3 and not any(others):
            first, *others = pasted if len(pasted[2]) > 2 else reversed(pasted)
        return "/".join([first, *others]).strip("/")

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part, _, _ in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if isinstance(value, datetime.date):
            entered = [str(value.day), str(value.month), str(value.year)]
        else:
            entered = [*str(value or "").split("/"), "", "", ""][:3]
        context["refused"] = "aria-invalid" in context["widget"]["attrs"]
        context["parts"] = [
            {"name": f"{name}_{part}", "label": label, "width": width, "value": typed}
            for (part, label, width), typed in zip(PARTS, entered, strict=True)
        ]
        return context


class DayField(forms.DateField):
    """A day as people type it: 30/6/2019, 30 June 2019, or 2019-06-30 pasted."""

    widget = Day
    input_formats = ("%d/%m/%Y", "%d/%B/%Y", "%d/%b/%Y")
