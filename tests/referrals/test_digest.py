"""The digest: each worker is told in the morning what falls due, once, and without a name."""

import datetime

import pytest
from django.core import mail

from config.workdays import LONDON
from referrals.digest import send_digests
from tests import making
from workforce.models import Notice
from workforce.tasks import mail_notices

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 23, 7, tzinfo=LONDON)  # a Monday
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """It is that Monday for accounts as well."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def caseworker():
    authority = making.authority()
    team = making.team(authority)
    worker = making.worker(authority=authority)
    account = making.holder("caseworker", team, worker=worker)
    account.place, account.authority = team, authority
    return account


def referred(caseworker, days: int, **values) -> str:
    """A child of the worker's, referred so many days ago; the reference."""
    child = making.child(authority=caseworker.authority, last_name="Unmistakable", **values)
    making.involvement(child=child, team=caseworker.place, worker=caseworker.worker)
    making.referral(child=child, received_on=TODAY - datetime.timedelta(days=days))
    return child.reference


def test_what_is_overdue_due_today_and_due_soon_is_counted_and_named_by_reference(caseworker):
    late, now, soon = (referred(caseworker, days) for days in (10, 3, 0))
    assert send_digests(NOW) == 1
    mail_notices()
    [message] = mail.outbox
    said = "1 overdue, 1 due today, 1 due in 5 working days"
    assert f"Your work today: {said}. {late}, {now}, {soon}." in message.body
    assert message.to == [caseworker.email]
    assert "/my-work/" in message.body
    assert "Unmistakable" not in message.subject + message.body


def test_each_account_is_told_once_a_day(caseworker):
    referred(caseworker, 10)
    Notice.objects.update(created_at=NOW)
    assert send_digests(NOW) == 1
    Notice.objects.update(created_at=NOW)
    assert send_digests(NOW) == 0


@pytest.mark.parametrize("day", [datetime.date(2026, 11, 22), datetime.date(2026, 12, 25)])
def test_there_is_none_on_days_that_are_not_worked(caseworker, day):
    referred(caseworker, 10)
    assert send_digests(NOW.replace(year=day.year, month=day.month, day=day.day)) == 0


def test_whoever_has_nothing_due_soon_is_not_told(caseworker):
    assert send_digests(NOW) == 0


def test_of_many_children_as_many_are_named_as_there_is_room_for(caseworker):
    for number in range(12):
        referred(caseworker, 10 + number, reference=f"{number:060}")
    assert send_digests(NOW) == 1
    [notice] = Notice.objects.all()
    assert notice.text.endswith(" and 10 more.")
    assert len(notice.text) <= 300


def test_an_account_that_has_ended_is_not_told(caseworker):
    referred(caseworker, 10)
    caseworker.is_active = False
    caseworker.save()
    assert send_digests(NOW) == 0
