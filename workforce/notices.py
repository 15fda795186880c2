"""Telling people: what happened goes to a page of theirs at once, and by e-mail within a minute."""

import logging
from collections.abc import Iterable
from email.errors import MessageError
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from config import doorbell

from .models import Notice, User

TASK = "workforce.tasks.mail_notices"
OF_THIS_ONE = (SMTPRecipientsRefused, SMTPDataError, MessageError, ValueError)

logger = logging.getLogger(__name__)


def tell(users: Iterable[User], text: str, url: str) -> list[Notice]:
    """Notices to some accounts, written in the transaction of whoever calls.

    The text names what it is about by reference only: it is sent by e-mail. Where the transaction
    is taken back, so are they; once it is committed, a worker is asked to mail them.
    """
    text = " ".join(text.split())
    told = {user.pk: Notice(to=user, text=text, url=url) for user in users}
    notices = Notice.objects.bulk_create(told.values())
    if notices:
        doorbell.ring(TASK)
    return notices


def context(request: HttpRequest) -> dict:
    """How many notices the reader has not read yet, as its account came with the request."""
    return {"unread_notices": SimpleLazyObject(lambda: request.user.unread_notices)}


def mail_waiting() -> int:
    """Send the e-mails of notices that are not mailed yet; return how many were sent.

    Each is marked in a transaction of its own right after it is sent, so that a crash between the
    two sends it twice and none is lost. Both times it is one message to the reader's program. What
    cannot be sent waits for the next sweep, and does not keep the others waiting.
    """
    sent = 0
    server = get_connection()
    for key in Notice.objects.to_be_mailed().order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            mine = Notice.objects.to_be_mailed().select_for_update(of=["self"], skip_locked=True)
            notice = mine.select_related("to").filter(pk=key).first()
            if notice is None:
                continue
            try:
                _message(notice, server).send()
            except OF_THIS_ONE as error:
                logger.warning("Notice %s cannot be mailed: %s", key, type(error).__name__)
                continue
            except OSError as error:
                logger.warning("No mail can be sent now: %s", type(error).__name__)
                break
            Notice.objects.filter(pk=key).update(mailed_at=Now())
            sent += 1
    return sent


def _message(notice: Notice, server) -> EmailMessage:
    host = urlsplit(settings.SITE_ADDRESS).hostname
    return EmailMessage(
        subject=f"Reckoner: {notice.text}",
        body=render_to_string(
            "workforce/notice.txt",
            {"notice": notice, "address": settings.SITE_ADDRESS + notice.url},
        ),
        to=[notice.to.email],
        headers={"Message-ID": f"<notice-{notice.pk}@{host}>"},
        connection=server,
    )
