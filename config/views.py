"""What every page of records shares: a list is four declarative lines, a record's page is data."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import DetailView
from django_filters.views import FilterView
from django_tables2 import RequestConfig, SingleTableMixin

from config import history
from config.admission import opens
from config.navigation import address, page_name
from config.privacy import keep_words, kept_words
from config.tables import Pages, RecordTable, link
from config.wording import in_words

PAGE = 25
WAYS = {"print", "search", "figure", "emergency"}  # of coming to a page, besides a link on another


class RecordList(SingleTableMixin, FilterView):
    """All records of a model that the account may see: filtered, sorted, in pages."""

    template_name = "records/list.html"
    context_object_name = "records"
    table_pagination = {"per_page": PAGE, "paginator_class": Pages}
    words = ""

    def get_queryset(self) -> QuerySet:
        found = self.model.objects.visible_to(self.request.user)
        return found.select_related(*self.table_class.related)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.copy()
        if key := asked.pop("search", [""])[-1]:
            words = kept_words(request, key)
            if words is None:
                return redirect(f"{request.path}?{asked.urlencode()}")
            self.words = words
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Narrows the list, and keeps the words that are searched for out of its address."""
        asked = request.POST.copy()
        asked.pop("csrfmiddlewaretoken", None)
        if words := asked.pop("search", [""])[-1].strip():
            asked["search"] = keep_words(request, words)
        return redirect(f"{request.path}?{asked.urlencode()}")

    def get_filterset_kwargs(self, filterset_class: type) -> dict[str, Any]:
        told = super().get_filterset_kwargs(filterset_class)
        if self.words:
            told["data"] = told["data"].copy()
            told["data"]["search"] = self.words
        return told

    def get_table(self, **options: Any) -> RecordTable:
        table = super().get_table(**options)
        table.label = self.title
        return table

    @property
    def title(self) -> str:
        """The heading of the page."""
        return capfirst(str(self.model._meta.verbose_name_plural))


@dataclass(frozen=True)
class Panel:
    """Records that belong to another, shown on its page: their heading, table and relation to it.

    ``leave_out`` names columns that would say the same in every row. ``add`` is the name of the
    page on which one is added, and what the button to it says. What is about the record rather than
    of it stands ``aside``: last, not in print, and only where the account may see any of it.
    """

    title: str
    table: type[RecordTable]
    relation: str
    leave_out: tuple[str, ...] = ()
    add: tuple[str, str] | None = None
    aside: bool = False


@dataclass(frozen=True)
class Section:
    """A part of a record's page that is no table of records: its heading and its template.

    ``fill`` is told the page, and gives what the template shows; nothing where the page goes
    without. ``style`` names the sheet that the template needs.
    """

    title: str
    template: str
    fill: Callable[["RecordPage"], dict[str, Any] | None]
    style: str = ""
    aside: bool = False


def changed(page: "RecordPage") -> dict[str, Any] | None:
    """How the record of a page came to be as it is, the latest change first."""
    found = history.changes(page.model, page.object.pk, reader=page.request.user)
    return {"changes": found} if found else None


CHANGES = Section("History of changes", "records/changes.html", changed, aside=True)


class OnRecord:
    """A page about one record: who looks is written down before anything of it is shown.

    Where another record stands for the one that the address names, it is about that one.

    Every view of a single record is one, a form that is about it too. It works with ``record``; an
    account that may not see it is told that there is none.
    """

    model: type[Model]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.record.pk != kwargs["pk"] and request.method in ("GET", "HEAD"):
            now = reverse(request.resolver_match.view_name, kwargs=kwargs | {"pk": self.record.pk})
            asked = request.META["QUERY_STRING"]
            return redirect(f"{now}?{asked}" if asked else now)
        self.model.objects.looked_at(request, self.shown(), how_looked(request))
        return super().dispatch(request, *args, **kwargs)

    def shown(self) -> list[int]:
        """The keys of the records that the page shows something of, of the same kind."""
        return [self.record.pk]

    def get_queryset(self) -> QuerySet:
        return self.model.objects.visible_to(self.request.user)

    @cached_property
    def record(self) -> Model:
        """The record that the address names, or the one that stands for it now."""
        key, records = self.kwargs["pk"], self.get_queryset()
        while key is not None:
            if found := records.filter(pk=key).first():
                return found
            key = self.model.objects.successor(key)
        raise Http404


def how_looked(request: HttpRequest) -> str:
    """In what way the page is looked at, as its address says; where it does not, as a page."""
    asked = request.GET.get("how", "")
    return asked if asked in WAYS else "page"


class RecordPage(OnRecord, DetailView):
    """One record: what is known of it, and the records that belong to it.

    ``facts`` names the fields of the summary; ``belongs_to`` the one that leads to the record above
    it, of kinds that have no list. ``actions`` are the pages on which the record is acted upon, by
    name, each with what its button says; those that its kind has are shown. ``panels`` is a list of
    its own for each page; an app on a higher floor adds its panels to it.
    """

    template_name = "records/detail.html"
    context_object_name = "record"
    facts: ClassVar[tuple[str, ...]]
    related: ClassVar[tuple[str, ...]] = ()
    belongs_to: ClassVar[str] = ""
    actions: ClassVar[tuple[tuple[str, str], ...]] = (
        ("correct", "Correct"),
        ("strike-out", "Strike out"),
    )
    panels: ClassVar[list[Panel | Section]]

    def get_queryset(self) -> QuerySet:
        shown = [name for name in self.facts if self.model._meta.get_field(name).is_relation]
        return super().get_queryset().select_related(*shown, *self.related)

    def get_object(self) -> Model:
        return self.record

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        caption, title = self.heading()
        return super().get_context_data(
            caption=caption,
            title=title,
            tab=self.tab(),
            crumbs=self.crumbs,
            summary=[(label, value) for label, value in self.summary() if value],
            actions=[] if self.printed else self.offered(),
            panels=[made for panel in self.ordered() if (made := self.made(panel))],
            printed=self.printed,
            **context,
        )

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        """The pages above this one."""
        if self.belongs_to:
            above = getattr(self.object, self.belongs_to)
            title = capfirst(str(above._meta.verbose_name))
            return [(title, address(type(above), above.pk))]
        title = capfirst(str(self.model._meta.verbose_name_plural))
        return [(title, reverse(page_name(self.model, "list")))]

    def tab(self) -> str:
        """What the browser calls the page, and keeps in its history: by reference, not by name."""
        caption, title = self.heading()
        return f"{caption} {getattr(self.object, 'reference', title)}".strip()

    def heading(self) -> tuple[str, str]:
        """What kind of record this is, and what it is called."""
        return capfirst(str(self.model._meta.verbose_name)), str(self.object)

    def summary(self) -> list[tuple[str, str]]:
        """The facts about the record, each with its label."""
        return [fact(self.object, name) for name in self.facts]

    def offered(self) -> list[tuple[str, str]]:
        """The actions that the account may take: what each is called, and where."""
        found = [(label, address(self.model, self.object.pk, page)) for page, label in self.actions]
        return [(label, url) for label, url in found if url and opens(self.request.user, url)]

    @property
    def printed(self) -> bool:
        """Whether the record is shown as it is printed: whole, and kept as printed in the log."""
        return how_looked(self.request) == "print"

    def ordered(self) -> list[Panel | Section]:
        """The panels in the order of the page."""
        found = sorted(self.panels, key=lambda panel: panel.aside)
        return [panel for panel in found if not (panel.aside and self.printed)]

    def made(self, panel: Panel | Section) -> dict[str, Any] | None:
        """A panel or a section as the template shows it; none where the page goes without."""
        if isinstance(panel, Panel):
            found = self.panel(panel)
        elif found := panel.fill(self):
            found |= {"title": panel.title, "template": panel.template, "style": panel.style}
        return found and found | {"aside": panel.aside}

    def panel(self, panel: Panel) -> dict[str, Any] | None:
        """A panel with its rows, of those that the account may see; none where it goes without."""
        found = getattr(self.object, panel.relation).all()
        if not found.is_for(self.request.user):
            return None
        found = found.visible_to(self.request.user).select_related(*panel.table.related)
        prefix = f"{panel.relation.replace('_', '-')}-"
        table = panel.table(found, prefix=prefix, exclude=panel.leave_out)
        table.label = panel.title
        RequestConfig(
            self.request, paginate=False if self.printed else {"per_page": PAGE}
        ).configure(table)
        if panel.aside and not len(table.rows):
            return None
        page, label = panel.add or ("", "")
        add = reverse(page, args=[self.object.pk]) if page else ""
        if add and not opens(self.request.user, add):
            add = ""
        return {"title": panel.title, "table": table, "add": add, "add_label": label}


def fact(record: Model, name: str) -> tuple[str, str]:
    """The label of a field, and its value in words; empty where nothing is recorded."""
    field, value = record._meta.get_field(name), getattr(record, name)
    if isinstance(value, Model):
        value = link(address(type(value), value.pk), value)
    else:
        value = in_words(field, value)
    return capfirst(str(field.verbose_name)), value
