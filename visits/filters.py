"""What lists of child protection plans and visits can be narrowed by."""

import django_filters

from config.filters import ChoiceFilter, OpenFilter, SearchFilter, TeamFilter

from .choices import Category, Outcome, Purpose
from .models import ProtectionPlan, Visit


class ProtectionPlanFilter(django_filters.FilterSet):
    search = SearchFilter(
        "child__first_name",
        "child__last_name",
        "child__reference",
        label="Child’s name or reference",
    )
    latest_category = ChoiceFilter(choices=Category.choices, label="Latest category")
    team = TeamFilter()
    state = OpenFilter("ended_on", label="State", open="Open", ended="Ended")

    class Meta:
        model = ProtectionPlan
        fields = ()


class VisitFilter(django_filters.FilterSet):
    search = SearchFilter(
        "plan__child__first_name",
        "plan__child__last_name",
        "plan__child__reference",
        label="Child’s name or reference",
    )
    outcome = ChoiceFilter(choices=Outcome.choices, label="Outcome")
    purpose = ChoiceFilter(choices=Purpose.choices, label="Purpose")

    class Meta:
        model = Visit
        fields = ()
