"""Logging an event: sent twice, it is done once; what is refused can be sent again."""

import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests import making
from workforce.events import Done, once
from workforce.models import Submission, Team, User


@pytest.fixture
def user(db) -> User:
    return User.objects.create(username="someone")


def test_the_answer_of_a_form_that_is_sent_again_is_the_first(user):
    key, done = uuid.uuid4(), []

    def act() -> Done:
        done.append(making.authority())
        return Done("It is recorded.", "/teams/")

    answers = [once(key, by=user, act=act) for _ in range(3)]
    assert answers == [Done("It is recorded.", "/teams/")] * 3
    assert len(done) == 1


def test_what_was_refused_is_not_done_and_can_be_sent_again_with_the_same_key(user):
    key, answers = uuid.uuid4(), iter([ValidationError("Not on that day."), None])

    def act() -> Done:
        made = making.authority(name="Half written")
        if refused := next(answers):
            raise refused
        return Done("It is recorded.", f"/teams/{made.pk}/")

    with pytest.raises(ValidationError):
        once(key, by=user, act=act)
    assert not Team.objects.filter(name="Half written").exists()
    assert not Submission.objects.exists()
    assert once(key, by=user, act=act).said == "It is recorded."
    assert Team.objects.filter(name="Half written").count() == 1


def test_the_key_of_a_form_that_another_account_has_sent_does_and_tells_nothing(user):
    key, deeds = uuid.uuid4(), []

    def act() -> Done:
        deeds.append("done")
        return Done("Said to one", "/there/")

    once(key, by=user, act=act)
    with pytest.raises(ValidationError, match="Another account has sent this form"):
        once(key, by=making.account(), act=act)
    assert deeds == ["done"]


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_sent_at_once_the_second_waits_and_gets_the_answer_of_the_first():
    user, key = User.objects.create(username="someone"), uuid.uuid4()
    began, answers = threading.Event(), []

    def act() -> Done:
        began.set()
        made = making.authority(name="Twice")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        return Done("It is recorded.", f"/teams/{made.pk}/")

    def send() -> None:
        answers.append(once(key, by=user, act=act))
        connection.close()

    first, second = threading.Thread(target=send), threading.Thread(target=send)
    first.start()
    began.wait(5)
    second.start()
    first.join(5)
    second.join(5)
    assert len(answers) == 2
    assert len(set(answers)) == 1
    assert Team.objects.filter(name="Twice").count() == 1
