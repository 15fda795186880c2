"""What lists of teams, workers and vacancies can be narrowed by."""

import django_filters

from config.filters import ChoiceFilter, OpenFilter, SearchFilter, TeamFilter

from .choices import AccountRole, TeamKind
from .models import Team, User, Vacancy, Worker


class TeamListFilter(django_filters.FilterSet):
    search = SearchFilter("name", label="Name")
    kind = ChoiceFilter(choices=TeamKind.choices, label="Kind")

    class Meta:
        model = Team
        fields = ()


class AccountFilter(django_filters.FilterSet):
    search = SearchFilter("username", "first_name", "last_name", "email", label="Name")
    role = ChoiceFilter(
        field_name="appointments__role", choices=AccountRole.choices, label="Role", distinct=True
    )
    state = ChoiceFilter(
        field_name="is_active", choices=[(True, "In use"), (False, "Ended")], label="State"
    )

    class Meta:
        model = User
        fields = ()


class WorkerFilter(django_filters.FilterSet):
    search = SearchFilter(
        "first_name", "last_name", "reference", "registration_number", label="Name or reference"
    )
    registered = ChoiceFilter(
        choices=[(True, "Yes"), (False, "No")], label="Qualified social worker"
    )

    class Meta:
        model = Worker
        fields = ()


class VacancyFilter(django_filters.FilterSet):
    team = TeamFilter()
    state = OpenFilter("filled_on", label="State", open="Vacant", ended="Filled")

    class Meta:
        model = Vacancy
        fields = ()
