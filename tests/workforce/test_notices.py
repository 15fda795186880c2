"""Notices: written with what they tell of, mailed once, and read by nobody else."""

import smtplib
import time
from contextlib import closing

import pytest
from django.core import mail
from django.db import connection, transaction
from django.urls import reverse

from tests import making
from tests.working import Worker, queues, wait_until
from workforce import notices
from workforce.models import Notice, User
from workforce.tasks import mail_notices

pytestmark = pytest.mark.django_db

TEXT = "Emergency access to C1 was taken."


@pytest.fixture
def manager() -> User:
    return making.account("manager")


@pytest.fixture
def signed_in(client, manager):
    client.force_login(manager)
    return client


def refusing(error: Exception, *, only: str = ""):
    """A mail server that refuses messages, or those to one address."""

    def send(message, **_):
        if only in message.to[0]:
            raise error
        mail.outbox.append(message)

    return send


def test_an_account_is_told_once_and_a_worker_asked_to_mail_it(
    manager, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as asked, transaction.atomic():
        notices.tell([manager, User.objects.get(pk=manager.pk)], TEXT, "/children/1/")
        notices.tell([making.account("auditor")], TEXT, "/children/1/")
    assert manager.notices.count() == 1
    assert len(asked) == 1


def test_what_is_taken_back_tells_nobody(manager):
    with transaction.atomic():
        notices.tell([manager], TEXT, "/children/1/")
        transaction.set_rollback(True)
    mail_notices()
    assert not Notice.objects.exists()
    assert mail.outbox == []


def test_a_mail_holds_the_text_and_a_link_and_is_sent_once(manager, settings):
    settings.SITE_ADDRESS = "https://reckoner.example"
    notices.tell([manager], TEXT, "/children/1/")
    mail_notices()
    mail_notices()
    (sent,) = mail.outbox
    assert sent.to == ["manager@testshire.example"]
    assert sent.subject == f"Reckoner: {TEXT}"
    assert "https://reckoner.example/children/1/" in sent.body
    assert sent.extra_headers["Message-ID"].endswith("@reckoner.example>")


def test_a_mail_that_could_not_be_sent_is_sent_by_the_next_sweep(manager, monkeypatch):
    notices.tell([manager], TEXT, "/")
    with monkeypatch.context() as patch:
        patch.setattr(notices.EmailMessage, "send", refusing(ConnectionRefusedError()))
        assert notices.mail_waiting() == 0
    assert notices.mail_waiting() == 1


def test_a_crash_right_after_sending_sends_it_twice_as_one_message(manager, monkeypatch):
    def crash() -> None:
        raise SystemError("killed")

    notices.tell([manager], TEXT, "/")
    with monkeypatch.context() as patch:
        patch.setattr(notices, "Now", crash)
        with pytest.raises(SystemError):
            notices.mail_waiting()
    assert notices.mail_waiting() == 1
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_an_address_that_is_refused_keeps_nobody_else_waiting(manager, monkeypatch):
    other = making.account("other")
    notices.tell([manager, other], TEXT, "/")
    gone = smtplib.SMTPRecipientsRefused({})
    monkeypatch.setattr(notices.EmailMessage, "send", refusing(gone, only="manager@"))
    assert notices.mail_waiting() == 1
    assert [message.to for message in mail.outbox] == [["other@testshire.example"]]
    assert Notice.objects.get(mailed_at=None).to == manager


def test_a_text_of_two_lines_is_one_subject(manager):
    notices.tell([manager], "Case\nBcc: all@elsewhere.example", "/")
    assert notices.mail_waiting() == 1
    assert mail.outbox[0].recipients() == [manager.email]


@pytest.mark.parametrize("values", [{"is_active": False}, {"email": ""}], ids=str)
def test_nothing_is_mailed_to_a_leaver_or_to_nowhere(values):
    notices.tell([making.account("leaver", **values)], TEXT, "/")
    assert notices.mail_waiting() == 0
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.xdist_group("worker")
def test_a_notice_is_mailed_within_a_minute_by_a_real_worker(manager):
    with queues():
        worker = Worker()
        try:
            begun = time.monotonic()
            with transaction.atomic():
                notices.tell([manager], TEXT, "/")
            wait_until(
                Notice.objects.filter(mailed_at__isnull=False).exists, seconds=60, what="The mail"
            )
            assert time.monotonic() - begun < 60
        finally:
            worker.stop()


@pytest.mark.django_db(transaction=True)
def test_a_notice_that_another_worker_is_mailing_is_left_to_it(manager):
    notices.tell([manager], TEXT, "/")
    with closing(connection.copy()) as other, other.cursor() as cursor:
        other.set_autocommit(False)
        cursor.execute("SELECT id FROM workforce_notice FOR UPDATE")
        assert notices.mail_waiting() == 0
        other.rollback()
    assert notices.mail_waiting() == 1


def test_beat_sweeps_what_no_message_brought(settings):
    swept = {entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert swept[mail_notices.name] <= 30


def test_the_header_counts_what_is_unread_and_the_page_lists_it(signed_in, manager):
    notices.tell([manager], TEXT, "/teams/")
    notices.tell([making.account("other")], "Not for the manager", "/teams/")
    page = signed_in.get(reverse("workforce:notices")).content.decode()
    assert '1<span class="govuk-visually-hidden"> unread</span>' in page
    assert TEXT in page
    assert "Not for the manager" not in page


def test_a_notice_is_marked_as_read_by_its_reader_alone(signed_in, manager):
    (mine,) = notices.tell([manager], TEXT, "/")
    (other,) = notices.tell([making.account("other")], TEXT, "/")
    for notice, status in ((mine, 302), (other, 404)):
        assert (
            signed_in.post(reverse("workforce:notice-read", args=[notice.pk])).status_code == status
        )
    assert signed_in.get(reverse("workforce:notice-read", args=[mine.pk])).status_code == 405
    assert list(Notice.objects.unread()) == [other]


def test_all_are_marked_as_read_except_what_came_meanwhile(signed_in, manager):
    first, shown = (notices.tell([manager], TEXT, "/")[0] for _ in range(2))
    (later,) = notices.tell([manager], TEXT, "/")
    signed_in.post(reverse("workforce:notices-read-up-to", args=[shown.pk]))
    assert list(Notice.objects.unread()) == [later]
    read = Notice.objects.get(pk=first.pk)
    signed_in.post(reverse("workforce:notice-read", args=[first.pk]))
    first.refresh_from_db()
    assert first.read_at == read.read_at
