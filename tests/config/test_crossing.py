"""Facts across tables: made and unmade by migrations, asked by forms, held against every writer."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from config.crossing import Across
from referrals.models import Assessment, Referral
from tests import making
from visits.models import Visit
from workforce.models import Assignment, Team

pytestmark = pytest.mark.django_db

WITHIN_PLAN = next(c for c in Visit._meta.constraints if c.name == "visit_within_plan")


def triggers(name: str) -> set[str]:
    """The triggers of a fact that the database has."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
            " WHERE tgname LIKE %s AND proname = tgname",
            [f"{name}%"],
        )
        return {row[0] for row in cursor.fetchall()}


def test_a_migration_takes_a_fact_back_whole_and_makes_it_again():
    assert triggers("visit_within_plan") == {"visit_within_plan", "visit_within_plan_by_plan"}
    with connection.schema_editor() as editor:
        editor.remove_constraint(Visit, WITHIN_PLAN)
    assert triggers("visit_within_plan") == set()
    with connection.schema_editor() as editor:
        editor.add_constraint(Visit, WITHIN_PLAN)
    assert triggers("visit_within_plan") == {"visit_within_plan", "visit_within_plan_by_plan"}


@isolate_apps()
def test_a_table_is_created_with_its_facts():
    class Trial(models.Model):
        team = models.ForeignKey(Team, models.CASCADE)

        class Meta:
            app_label = "trial"
            constraints = [
                Across(name="trial_fact", holds="team.kind = 'team'", violation_error_message="No")
            ]

        def __str__(self) -> str:
            return str(self.team)

    with connection.schema_editor() as editor:
        editor.create_model(Trial)
    authority = making.authority()
    with pytest.raises(IntegrityError, match="No"), transaction.atomic():
        Trial.objects.create(team=authority)
    assert triggers("trial_fact") == {"trial_fact", "trial_fact_by_team"}


def test_a_migration_can_write_a_fact_down():
    path, args, kwargs = WITHIN_PLAN.deconstruct()
    assert path == "config.crossing.Across"
    assert Across(*args, **kwargs) == WITHIN_PLAN
    assert Across(**kwargs | {"holds": "TRUE"}) != WITHIN_PLAN


def test_a_path_of_foreign_keys_is_followed_step_by_step():
    fact = next(c for c in Assignment._meta.constraints if c.name == "assignment_team_in_authority")
    assert list(fact.pointers(Assignment)) == ["employment", "employment__worker", "team"]
    assert triggers("assignment_team_in_authority") == {
        "assignment_team_in_authority",
        "assignment_team_in_authority_by_employment",
        "assignment_team_in_authority_by_employment__worker",
        "assignment_team_in_authority_by_team",
    }


def test_what_is_not_known_counts_as_true():
    plan = making.protection_plan()
    Visit(plan=plan, visited_on=making.Date(2100, 1, 1)).full_clean()
    child = making.child(born_on=None)
    making.referral(child=child, received_on=making.Date(1990, 1, 1))


def test_a_fact_is_not_asked_while_a_part_of_it_could_not_be_read():
    late = Assessment(referral=making.referral(), started_on=making.Date(1999, 1, 1))
    with pytest.raises(ValidationError):
        late.full_clean()
    late.full_clean(exclude=["started_on"])


def test_a_deferred_fact_is_asked_before_the_transaction_ends():
    case = making.referral()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS referral_near_birth DEFERRED")
        Referral.objects.filter(pk=case.pk).update(received_on=making.Date(1999, 1, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        Referral.objects.filter(pk=case.pk).update(received_on=case.received_on)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
