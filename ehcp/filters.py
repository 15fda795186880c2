"""What a list of EHC requests can be narrowed by."""

import django_filters

from config.filters import ChoiceFilter, OpenFilter, SearchFilter, TeamFilter

from .choices import SenType
from .models import Request


class RequestFilter(django_filters.FilterSet):
    search = SearchFilter(
        "child__first_name",
        "child__last_name",
        "child__reference",
        label="Child’s name or reference",
    )
    sen_type = ChoiceFilter(choices=SenType.choices, label="Primary type of need")
    team = TeamFilter()
    plan = OpenFilter("plan__issued_on", label="Plan", open="Not issued", ended="Issued")

    class Meta:
        model = Request
        fields = ()
