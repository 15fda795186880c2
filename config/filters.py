"""What every filter of records shares: words searched for, and choices that may be left open."""

import datetime
import functools
import operator

import django_filters
from django.db.models import Q, QuerySet

from config.widgets import DayField
from config.workdays import ONE_DAY, midnight


class SearchFilter(django_filters.CharFilter):
    """Words, each of which is to be found in one of several fields."""

    def __init__(self, *fields: str, label: str) -> None:
        self.fields = fields
        super().__init__(label=label)

    def filter(self, found: QuerySet, value: str) -> QuerySet:
        for word in (value or "").split():
            matches = [Q(**{f"{field}__icontains": word}) for field in self.fields]
            found = found.filter(functools.reduce(operator.or_, matches))
        return found


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of several choices, or any."""

    def __init__(self, **options) -> None:
        super().__init__(**{"empty_label": "All"} | options)


class TeamFilter(django_filters.ModelChoiceFilter):
    """A team, of those that the account may see."""

    def __init__(self, **options) -> None:
        super().__init__(**{"label": "Team", "empty_label": "All"} | options)

    def get_queryset(self, request) -> QuerySet:
        teams = self.model._meta.get_field(self.field_name).related_model.objects
        return teams.visible_to(request.user)


class DayFilter(django_filters.Filter):
    """The days from one on, or until another, both included, of something that has a moment."""

    field_class = DayField

    def __init__(self, moment: str, *, last: bool = False, label: str) -> None:
        self.last = last
        super().__init__(field_name=moment, lookup_expr="lt" if last else "gte", label=label)

    def filter(self, found: QuerySet, value: datetime.date | None) -> QuerySet:
        if value is None:
            return found
        return super().filter(found, midnight(value + ONE_DAY if self.last else value))


class OpenFilter(ChoiceFilter):
    """Whether something still lasts: its last day is empty."""

    def __init__(self, ended_on: str, *, label: str, open: str, ended: str) -> None:
        choices = [("open", open), ("ended", ended)]
        super().__init__(field_name=ended_on, label=label, choices=choices)

    def filter(self, found: QuerySet, value: str) -> QuerySet:
        if not value:
            return found
        return found.filter(**{f"{self.field_name}__isnull": value == "open"})
