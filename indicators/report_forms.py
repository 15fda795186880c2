"""What is entered about a report to a committee."""

import datetime
from typing import Any

from django import forms
from django.db.models import DateField, Field, TextField

from config.widgets import DayField
from workforce.event_forms import EventForm
from workforce.models import Team, User

from . import registry, wording
from .models import Report
from .models.reports import AUTHORS
from .reporting.writing import Passage

LABELS = {
    "meets_on": "When does the committee meet?",
    "period": "Which kind of period are the figures of?",
    "ending": "Which day does that period end on?",
    "as_at": "As at which day does the information stand?",
    "amount": "How much will it cost, or save?",
    "is_funded": "Is there sufficient funding? If not, the shortfall",
    "budget": "Revenue or capital?",
    "trend": "Trend: what has happened?",
    "background": "Background to the issue",
    "action": "Action being taken",
}
LONG = {"attrs": {"rows": 6}}


def _field(of: Field, **options: Any) -> forms.Field:
    """The form's field for one of a report's: days in three boxes, texts in a large one."""
    options |= {"label": LABELS.get(of.name) or str(of.verbose_name).capitalize()}
    if isinstance(of, DateField):
        options.pop("widget", None)
        return DayField(**options, required=not of.blank, help_text=of.help_text)
    if isinstance(of, TextField):
        options["widget"] = forms.Textarea(**LONG)
    return of.formfield(**options)


class ReportForm(forms.ModelForm):
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

    def clean_as_at(self) -> datetime.date:
        """The day as at, which has come."""
        as_at = self.cleaned_data["as_at"]
        if as_at > self.today:
            raise forms.ValidationError("This date is in the future. Enter a day that has come.")
        return as_at

    def _post_clean(self) -> None:
        """Fills in the report; the action checks it as a whole."""
        self.instance = forms.models.construct_instance(self, self.instance, self._meta.fields)


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
            (each.indicator, f"{registry.indicator(each.indicator).title}. {each.because}".strip())
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


def passage_form(passage: Passage, data: Any = None) -> forms.ModelForm:
    """The form of one passage, whose controls have names of their own on the page."""
    made = forms.modelform_factory(
        type(passage.record), PassageForm, fields=passage.fields, formfield_callback=_field
    )
    return made(data, instance=passage.record, auto_id=f"{passage.name}-%s")


class PassageForm(forms.ModelForm):
    """What is written in one passage; the action checks it."""

    def _post_clean(self) -> None:
        """Nothing: the record that the page shows stays as it is stored."""
