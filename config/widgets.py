"""The date inputs of GOV.UK: three boxes, the first of which also takes a whole date, pasted.

What happens is mostly written down on the day or the day after, so that those two have a button.
"""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

AGO = {"today": 0, "yesterday": 1}  # days
ANOTHER = "another"
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


class RecentDay(Day):
    """A day entered as today, as yesterday, or in three boxes as another."""

    template_name = "forms/recent_day.html"

    def value_from_datadict(self, data, files, name: str) -> str:
        chosen = data.get(name, "")
        if chosen != ANOTHER:
            return chosen if chosen in AGO else ""
        return super().value_from_datadict(data, files, name) or ANOTHER

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return name not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_today" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        entered = "" if value in (*AGO, ANOTHER) else value
        context = super().get_context(name, entered, attrs)
        chosen = value if value in AGO else ANOTHER if value else ""
        context["choices"] = [
            {"value": choice, "label": label, "chosen": chosen == choice}
            for choice, label in (
                *((ago, ago.capitalize()) for ago in AGO),
                (ANOTHER, "Another date"),
            )
        ]
        return context


class RecentDayField(DayField):
    """A day that has come, by a word or by its date. Its form says which day ``today`` is.

    Where what happens then may be planned, the day may lie ``ahead``.
    """

    widget = RecentDay
    today: datetime.date

    def __init__(self, *, ahead: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.ahead = ahead

    def to_python(self, value: Any) -> datetime.date | None:
        if value == ANOTHER:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if value in AGO:
            return self.today - datetime.timedelta(days=AGO[value])
        day = super().to_python(value)
        if day and day > self.today and not self.ahead:
            raise ValidationError("This date is in the future. Enter the day it happened.")
        return day


def recent_day(label: str, missing: str, **options: Any) -> RecentDayField:
    """The day of an event; ``missing`` is said where none was chosen."""
    return RecentDayField(
        label=label,
        error_messages={
            "required": missing,
            "invalid": "Enter a real date, for example 30 6 2019",
        },
        **options,
    )


def ask_after(question: forms.Field, last: datetime.date, *, of: str, today: datetime.date) -> None:
    """Show a question only where the day entered as ``of`` is after ``last``, or no script runs."""
    question.asked = {"after": last.isoformat(), "of": of, "today": today.isoformat()}
