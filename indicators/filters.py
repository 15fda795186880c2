"""The filter beside the cases behind a figure."""

import django_filters
from django import forms

from config.filters import ChoiceFilter
from workforce.models import Team

from .caselist import CaseRow
from .listing import ANSWERS, Hidden, Listed

CHOICES = {"yes": True, "no": False, "unknown": None}


class Cases(list):
    """Cases from the engine, where a filter looks for a queryset."""

    model = Listed


class CaseFilter(django_filters.FilterSet):
    """Narrows a list of cases, which comes from the engine and not from one table."""

    answer = ChoiceFilter(
        label="Counts", choices=[(key, ANSWERS[value]) for key, value in CHOICES.items()]
    )
    text = django_filters.CharFilter(label="Case reference")
    here = django_filters.BooleanFilter(
        label="Only cases with no team recorded", widget=forms.CheckboxInput
    )

    def __init__(self, data, cases: list[Listed], hidden: list[Hidden], *, place: Team) -> None:
        super().__init__(data, Cases(cases))
        self.place, self.kept_back = place, hidden

    @property
    def qs(self) -> list[Listed]:
        """The cases that pass every filter filled in."""
        asked = self.form.cleaned_data if self.is_valid() else {}
        return [case for case in self.queryset if self._passes(case, asked)]

    @property
    def hidden(self) -> int:
        """How many cases that the reader may not open pass; nobody searches them by reference."""
        asked = self.form.cleaned_data if self.is_valid() else {}
        return sum(self._counts_so(case.row, asked) for case in self.kept_back)

    def _passes(self, case: Listed, asked: dict) -> bool:
        words = asked.get("text", "").strip().casefold()
        return words in case.reference.casefold() and self._counts_so(case.row, asked)

    def _counts_so(self, row: CaseRow, asked: dict) -> bool:
        return (not asked.get("answer") or row.counts is CHOICES[asked["answer"]]) and (
            not asked.get("here") or row.team_id == self.place.pk
        )
