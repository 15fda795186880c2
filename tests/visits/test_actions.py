"""Recording a visit: the one writer, which says in a sentence what cannot be true."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from config.history import changes
from indicators.models import Outbox
from tests import making
from visits.actions import record_visit
from visits.models import Visit
from workforce.models import User

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2019, 6, 30)


@pytest.fixture
def by(officer) -> User:
    return officer


def recorded(plan, by, **told) -> Visit:
    usual = {
        "visited_on": datetime.date(2019, 4, 10),
        "outcome": "seen",
        "purpose": "statutory",
        "place": "home",
        "seen_alone": True,
        "worker": None,
    }
    return record_visit(plan=plan, by=by, today=TODAY, **usual | told)


def test_a_visit_is_recorded_with_who_wrote_it_and_when(by):
    visit = recorded(making.protection_plan(), by)
    visit.refresh_from_db()
    assert visit.qualifies
    assert visit.recorded_at is not None
    (change,) = changes(Visit, visit.pk, reader=by)
    assert (change.what, change.who) == ("Added", "officer")


def test_the_figures_hear_of_it(by):
    plan = making.protection_plan()
    Outbox.objects.all().delete()
    recorded(plan, by)
    assert set(Outbox.objects.values_list("family", flat=True)) == {"visits"}


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"visited_on": datetime.date(2019, 7, 1)}, "This date is in the future"),
        ({"visited_on": datetime.date(2019, 3, 31)}, "between the start and the end of its plan"),
        ({"outcome": "attempted"}, "A child who was not seen was not seen alone"),
        ({"outcome": "abducted"}, "not a valid choice"),
    ],
    ids=str,
)
def test_what_cannot_be_true_is_refused_with_a_sentence(by, told, sentence):
    with pytest.raises(ValidationError, match=sentence):
        recorded(making.protection_plan(), by, **told)
    assert not Visit.objects.exists()
