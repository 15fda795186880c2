"""The view log as an auditor reads it: who looked at a child, and what an account looked at."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django_filters.views import FilterView
from django_tables2 import LazyPaginator, SingleTableMixin

from config.exports import download
from config.views import PAGE
from workforce.choices import AccountRole

from .filters import LookFilter
from .models import Look
from .models.looks import references
from .tables import LookTable

MOST = 100_000  # rows of a file


class LookList(SingleTableMixin, FilterView):
    """Looks at a child, or by an account, the latest first.

    Nothing counts them: there may be millions. Children are called by their case references, since
    who audits the log does not see the cases.
    """

    model = Look
    table_class = LookTable
    filterset_class = LookFilter
    template_name = "referrals/look_list.html"
    table_pagination = {"per_page": 2 * PAGE, "paginator_class": LazyPaginator}

    too_many = 0

    def get_queryset(self) -> QuerySet:
        return Look.objects.select_related("user") if self.request.GET else Look.objects.none()

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(too_many=self.too_many, **context)

    def get_table(self, **options: Any) -> LookTable:
        table = super().get_table(**options)
        table.label = "Looks"
        table.references = self.called(row.record for row in table.page.object_list)
        return table

    def called(self, looks: Any) -> dict[int, str]:
        """The case references of the children that were looked at."""
        audited = self.request.user.reach.authorities(AccountRole.AUDITOR)
        return references({look.child_id for look in looks}, audited)


class LookFile(LookList):
    """The same looks as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = self.get_filterset(self.filterset_class)
        looks = list(found.qs[: MOST + 1]) if found.is_valid() else []
        self.too_many = MOST if len(looks) > MOST else 0
        if not looks or self.too_many:
            return super().get(request, *args, **kwargs)
        table = self.table_class(looks)
        table.references = self.called(looks)
        asked = found.form.cleaned_data
        about = asked["reference"] or asked["user"].username
        return download(table.as_values(), name=f"looks {about}", format="csv")
