"""What lists of children and referrals can be narrowed by."""

import django_filters

from config.filters import ChoiceFilter, OpenFilter, SearchFilter, TeamFilter

from .choices import PrimaryNeed, Sex, Source
from .models import Child, QueuedReferral, Referral


class ChildFilter(django_filters.FilterSet):
    search = SearchFilter("first_name", "last_name", "reference", label="Name or reference")
    sex = ChoiceFilter(choices=Sex.choices, label="Sex")

    class Meta:
        model = Child
        fields = ()


class ReferralFilter(django_filters.FilterSet):
    search = SearchFilter(
        "child__first_name",
        "child__last_name",
        "child__reference",
        label="Child’s name or reference",
    )
    source = ChoiceFilter(choices=Source.choices, label="Source")
    primary_need = ChoiceFilter(choices=PrimaryNeed.choices, label="Primary need")
    team = TeamFilter()
    state = OpenFilter("closed_on", label="State", open="Not closed", ended="Closed")

    class Meta:
        model = Referral
        fields = ()


class QueuedReferralFilter(django_filters.FilterSet):
    state = OpenFilter("settled_at", label="State", open="Waiting", ended="Settled")

    class Meta:
        model = QueuedReferral
        fields = ()
