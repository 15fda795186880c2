"""What lists of children and referrals can be narrowed by."""

import django_filters
from django.db.models import Q, QuerySet

from config.filters import ChoiceFilter, DayFilter, OpenFilter, SearchFilter, TeamFilter
from workforce.choices import AccountRole
from workforce.models import User

from .choices import How, InError, PrimaryNeed, Sex, Source
from .models import Child, Correction, Look, QueuedReferral, Referral, Search, StruckOut
from .models.looks import children_called
from .tables import called


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


class AccountFilter(django_filters.ModelChoiceFilter):
    """An account that has, or had, a role in the authorities that the reader audits."""

    def get_queryset(self, request) -> QuerySet:
        audited = request.user.reach.authorities(AccountRole.AUDITOR)
        here = Q(appointments__place__in=audited) | Q(appointments__place__authority__in=audited)
        return User.objects.filter(here).distinct().order_by("last_name", "first_name", "username")

    @property
    def field(self):
        found = super().field
        found.label_from_instance = called
        return found


class LookFilter(django_filters.FilterSet):
    """Whose looks: those at one child, by one account, or by the one at the other."""

    reference = django_filters.CharFilter(method="of_reference", label="Case reference")
    user = AccountFilter(label="Account", empty_label="Any account")
    since = DayFilter("at", label="From")
    until = DayFilter("at", last=True, label="To")
    how = ChoiceFilter(choices=How.choices, label="How")

    class Meta:
        model = Look
        fields = ()

    def filter_queryset(self, found: QuerySet) -> QuerySet:
        asked = self.form.cleaned_data
        if not (asked.get("reference") or asked.get("user")):
            return found.none()
        return super().filter_queryset(found)

    def of_reference(self, found: QuerySet, name: str, value: str) -> QuerySet:
        """The looks at the children that are called so, or were."""
        audited = self.request.user.reach.authorities(AccountRole.AUDITOR)
        return found.filter(child__in=children_called(value, audited))


class QueuedReferralFilter(django_filters.FilterSet):
    state = OpenFilter("settled_at", label="State", open="Waiting", ended="Settled")

    class Meta:
        model = QueuedReferral
        fields = ()


class SearchLogFilter(django_filters.FilterSet):
    """Whose searches, and when."""

    user = AccountFilter(label="Account", empty_label="Any account")
    since = DayFilter("at", label="From")
    until = DayFilter("at", last=True, label="To")

    class Meta:
        model = Search
        fields = ()


class CorrectionFilter(django_filters.FilterSet):
    state = OpenFilter("settled_at", label="State", open="Waiting", ended="Settled")

    class Meta:
        model = Correction
        fields = ()


class StruckOutFilter(django_filters.FilterSet):
    reason = ChoiceFilter(choices=InError.choices, label="What is wrong")
    state = OpenFilter("put_back_at", label="State", open="Struck out", ended="Put back")

    class Meta:
        model = StruckOut
        fields = ()
