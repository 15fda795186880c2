"""What the cases behind a figure, and reports to committees, can be narrowed by."""

from functools import cached_property

import django_filters
from django import forms
from django.db.models import QuerySet

from config.filters import ChoiceFilter, SearchFilter
from workforce.models import Team

from .caselist import ABOVE, BELOW, BOTH, CaseRow
from .choices import ReportState
from .listing import ANSWERS, Hidden, Listed
from .models import Publication, Report
from .why import Dimension

CHOICES = {"yes": True, "no": False, "unknown": None}
PARTS = {"above": ABOVE, "below": BELOW}


class Cases(list):
    """Cases from the engine, where a filter looks for a queryset."""

    model = Listed


class CaseFilter(django_filters.FilterSet):
    """Narrows a list of cases, which comes from the engine and not from one table."""

    answer = ChoiceFilter(
        label="Counts", choices=[(key, ANSWERS[value]) for key, value in CHOICES.items()]
    )
    part = ChoiceFilter(
        label="Part", choices=[("above", "Above the line"), ("below", "Below the line")]
    )
    text = django_filters.CharFilter(label="Case reference")
    here = django_filters.BooleanFilter(
        label="Only cases with no team recorded", widget=forms.CheckboxInput
    )

    def __init__(
        self,
        data,
        cases: list[Listed],
        hidden: list[Hidden],
        *,
        place: Team,
        dimensions: list[Dimension] = (),
    ) -> None:
        super().__init__(data, Cases(cases))
        self.place, self.kept_back, self.dimensions = place, hidden, dimensions
        rows = [case.row for case in (*cases, *hidden)]
        for each in dimensions:
            self.filters[each.name] = ChoiceFilter(label=each.title, choices=each.choices(rows))
        if not any(row.part != BOTH for row in rows):
            del self.filters["part"]

    @cached_property
    def asked(self) -> dict:
        """What is filled in; nothing where it cannot be."""
        return self.form.cleaned_data if self.is_valid() else {}

    @property
    def qs(self) -> list[Listed]:
        """The cases that pass every filter filled in."""
        return [case for case in self.queryset if self._passes(case)]

    @property
    def left(self) -> list[Hidden]:
        """The cases that the reader may not open and that pass; nobody searches by reference."""
        return [case for case in self.kept_back if self._counts_so(case.row)]

    @property
    def hidden(self) -> int:
        """How many those are."""
        return len(self.left)

    def _passes(self, case: Listed) -> bool:
        words = self.asked.get("text", "").strip().casefold()
        return words in case.reference.casefold() and self._counts_so(case.row)

    def _counts_so(self, row: CaseRow) -> bool:
        asked = self.asked
        return (
            (not asked.get("answer") or row.counts is CHOICES[asked["answer"]])
            and (not asked.get("part") or row.part == PARTS[asked["part"]])
            and (not asked.get("here") or row.team_id == self.place.pk)
            and all(
                not asked.get(each.name) or each.code(row) == asked[each.name]
                for each in self.dimensions
            )
        )


class ReportFilter(django_filters.FilterSet):
    search = SearchFilter("title", "committee", label="Title or committee")
    state = ChoiceFilter(choices=ReportState.choices, label="State")

    class Meta:
        model = Report
        fields = ()


class PublicationFilter(django_filters.FilterSet):
    search = SearchFilter("title", "note", label="Title or note")
    state = ChoiceFilter(
        choices=[("yes", "Published"), ("no", "Not published")], label="State", method="in_state"
    )

    class Meta:
        model = Publication
        fields = ()

    def in_state(self, found: QuerySet, name: str, value: str) -> QuerySet:
        """Those that are published, or those that are not."""
        return found.filter(published_at__isnull=value == "no")
