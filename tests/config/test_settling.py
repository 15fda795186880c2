"""What a record keeps from the moment it is added: held by the database, and said by forms."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from config.settling import Settled
from referrals.models import Child
from tests import making

pytestmark = pytest.mark.django_db

FACT = next(c for c in Child._meta.constraints if c.name == "child_authority_settled")


def triggers() -> int:
    """How many triggers of the fact the database has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgname = %s", [FACT.trigger])
        return cursor.fetchone()[0]


def test_a_migration_takes_the_fact_back_and_makes_it_again():
    with connection.schema_editor() as editor:
        editor.remove_constraint(Child, FACT)
    assert triggers() == 0
    with connection.schema_editor() as editor:
        editor.add_constraint(Child, FACT)
    assert triggers() == 1


def test_a_migration_can_write_the_fact_down():
    path, args, kwargs = FACT.deconstruct()
    assert path == "config.settling.Settled"
    assert Settled(*args, **kwargs) == FACT
    assert Settled(**kwargs | {"field": "reference"}) != FACT


def test_a_form_says_that_a_child_stays_with_its_authority():
    child = making.child()
    child.full_clean()
    child.authority = making.authority()
    with pytest.raises(ValidationError, match="stays with its authority"):
        child.full_clean()
    child.full_clean(exclude=["authority"])


def test_a_new_record_may_belong_to_any_authority():
    Child(authority=making.authority(), reference="C1").full_clean()


def test_other_values_may_change_beside_an_authority_that_is_written_again():
    child = making.child()
    child.first_name = "Ada"
    child.save()
    Child.objects.filter(pk=child.pk).update(authority=child.authority)
    child.refresh_from_db()
    assert child.first_name == "Ada"
