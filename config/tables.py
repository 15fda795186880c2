"""What every table of records shares: GOV.UK's look, sorting, dates as people write them."""

import datetime
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from config.navigation import address

NUMERIC = {
    "th": {"class": "govuk-table__header govuk-table__header--numeric"},
    "td": {"class": "govuk-table__cell govuk-table__cell--numeric"},
}
ON_ONE_LINE = {"td": {"class": "govuk-table__cell reckoner-one-line"}}


def link(url: str, text: Any) -> SafeString | str:
    """A link in GOV.UK's style; the text alone where there is nowhere to go."""
    return format_html('<a class="govuk-link" href="{}">{}</a>', url, text) if url else str(text)


def day(value: datetime.date) -> str:
    """A date as people write it: 30 June 2019."""
    return f"{value.day} {value:%B %Y}"


class DayColumn(tables.Column):
    """A date, on one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(attrs=ON_ONE_LINE, **options)

    def render(self, value: datetime.date) -> str:
        return day(value)

    def value(self, value: datetime.date) -> datetime.date:
        return value


class MomentColumn(tables.Column):
    """A moment by London's clocks, to the second."""

    def __init__(self, **options: Any) -> None:
        super().__init__(attrs=ON_ONE_LINE, **options)

    def render(self, value: datetime.datetime) -> str:
        return f"{day(localtime(value))}, {localtime(value):%H:%M:%S}"

    def value(self, value: datetime.datetime) -> str:
        return f"{localtime(value):%Y-%m-%d %H:%M:%S}"


class NumberColumn(tables.Column):
    """A quantity, without zeros that say nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(attrs=NUMERIC, **options)

    def render(self, value: Any) -> str:
        return f"{value.normalize():f}" if hasattr(value, "normalize") else f"{value:,}"

    def value(self, value: Any) -> Any:
        return value


class YesNoColumn(tables.Column):
    """A fact that is so, is not so, or is not known."""

    def render(self, value: bool) -> str:
        return "Yes" if value else "No"


class PageColumn(tables.Column):
    """A value of the record that leads to the record's page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(attrs=ON_ONE_LINE, **options)

    def render(self, value: Any, record: Model) -> str:
        text = day(value) if isinstance(value, datetime.date) else value
        return link(address(type(record), record.pk), text)

    def value(self, value: Any) -> Any:
        return value


class NameColumn(PageColumn):
    """What the record is called, which leads to its page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(empty_values=(), **options)

    def render(self, record: Model) -> str:
        return link(address(type(record), record.pk), record)

    def value(self, record: Model) -> str:
        return str(record)


class RecordColumn(tables.Column):
    """A record that this one belongs to, as a link to its page."""

    def render(self, value: Model) -> str:
        return link(address(type(value), value.pk), value)


class Pages(Paginator):
    """The pages of a list of records, which is counted no further than anybody turns its pages.

    To count all records of a large authority costs more than to show a page of them.
    """

    most = 10_000

    @property
    def count(self) -> int:
        """How many records are listed."""
        return min(self._found, self.most)

    @property
    def is_more(self) -> bool:
        """Whether there are more records than are listed."""
        return self._found > self.most

    @cached_property
    def _found(self) -> int:
        records = self.object_list.data.data
        return records.order_by()[: self.most + 1].count()


class RecordTable(tables.Table):
    """A table of records; ``related`` names the records it shows beside them."""

    related: tuple[str, ...] = ()

    def _sort(self, order_by: Any) -> None:
        """Sort, and keep what is alike in one order, so that no page repeats or misses a record."""
        tables.Table.order_by.fset(self, order_by)
        if isinstance(found := self.data.data, QuerySet):
            self.data.data = found.order_by(*found.query.order_by, "pk")

    order_by = property(tables.Table.order_by.fget, _sort)

    @property
    def prefixed_per_page_field(self) -> None:
        """Nothing in an address says how many rows a page has."""
        return None

    class Meta:
        template_name = "tables/table.html"
        attrs = {
            "class": "govuk-table reckoner-table",
            "th": {"class": "govuk-table__header"},
            "td": {"class": "govuk-table__cell"},
        }
        empty_text = "There are none."
