"""What is entered about a report to a committee."""

import datetime
from typing import Any

from django import forms
from django.db.models import DateField, Field, TextField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from config.widgets import DayField
from workforce.event_forms import EventForm
from workforce.models import Team, User

from . import registry, wording
from .models import Report
from .models.reports import AUTHORS
from .reporting.writing import Passage

LABELS = {
    "report.meets_on": "When does the committee meet?",
    "report.period": "Which kind of period are the figures of?",
    "report.ending": "Which day does that period end on?",
    "report.as_at": "As at which day does the information stand?",
    "cost.amount": "How much will it cost, or save?",
    "cost.is_funded": "Is there sufficient funding? If not, the shortfall",
    "cost.budget": "Revenue or capital?",
    "highlight.trend": "Trend: what has happened?",
    "highlight.background": "Background to the issue",
    "highlight.action": "Action being taken",
}
LONG = {"attrs": {"rows": 6}}


def _field(of: Field, **options: Any) -> forms.Field:
    """The form's field for one of a report's: days in three boxes, texts in a large one."""
    label = LABELS.get(f"{of.model._meta.model_name}.{of.name}")
    options |= {"label": label or str(of.verbose_name).capitalize()}
    if isinstance(of, DateField):
        return DayField(label=options["label"], required=not of.blank)
    if isinstance(of, TextField):
        options["widget"] = forms.Textarea(**LONG)
    return of.formfield(**options)


class OfReport(forms.ModelForm):
    """Something of a report; what is entered is checked as a whole by the action that stores it."""

    today: datetime.date

    def clean_as_at(self) -> datetime.date:
        """The day as at, which has come."""
        as_at = self.cleaned_data["as_at"]
        if as_at > self.today:
            raise forms.ValidationError("This date is in the future. Enter a day that has come.")
        return as_at

    def _post_clean(self) -> None:
        """Nothing: the record that the page shows stays as it is stored."""


class ReportForm(OfReport):
    """What has to be known before a report is begun."""

    class Meta:
        model = Report
        fields = ("authority", "title", "committee", "meets_on", "period", "ending", "as_at")
        formfield_callback = _field

    def __init__(self, *args, user: User, today: datetime.date, **options) -> None:
        super().__init__(*args, **options)
        self.today = today
        places = Team.objects.filter(pk__in=user.reach.authorities(*AUTHORS))
        self.fields["authority"].queryset = places
        if len(places) == 1:
            self.fields["authority"].initial = places[0]
            self.fields["authority"].widget = forms.HiddenInput()

    def report(self) -> Report:
        """The report as it was entered, not yet stored."""
        return Report(**self.cleaned_data)


class HighlightsForm(EventForm):
    """Which indicators a report highlights: those suggested first, each with the reason."""

    def __init__(self, *, record: Report, **options) -> None:
        super().__init__(record=record, **options)
        known = {each.indicator: each for each in record.highlights.all()}
        first = sorted(
            (each for each in known.values() if each.because or each.accepted),
            key=lambda each: each.order,
        )
        named = {each.indicator for each in first}
        others = [one for one in registry.listed() if one.name not in named]
        suggested = [
            (each.indicator, _with_reason(registry.indicator(each.indicator).title, each.because))
            for each in first
        ]
        self.fields["chosen"] = forms.MultipleChoiceField(
            label="Suggested, or chosen before",
            choices=suggested,
            initial=[each.indicator for each in first if each.accepted],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["others"] = forms.MultipleChoiceField(
            label="Other indicators",
            choices=[(one.name, f"{one.title} ({wording.service(one).lower()})") for one in others],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )


def _with_reason(title: str, because: str) -> SafeString:
    """An indicator, and why it is suggested."""
    why = because or "Chosen without being suggested."
    return format_html("<strong>{}</strong><br>{}", title, why)


def passage_form(passage: Passage, *, today: datetime.date, data: Any = None) -> OfReport:
    """The form of one passage, whose controls have names of their own on the page."""
    made = forms.modelform_factory(
        type(passage.record), OfReport, fields=passage.fields, formfield_callback=_field
    )
    made.today = today
    return made(data, instance=passage.record, auto_id=f"{passage.name}-%s")
