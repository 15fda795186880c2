"""Logging an event: one page, one form, one action; sent twice, it is done once."""

import datetime
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView

from config import facts
from config.admission import confirm_visible, opens
from config.navigation import WORK_LISTS, address
from config.views import OnRecord
from config.workdays import london_day

from .models import Submission, User
from .sessions import KEY, OffersKept

SENT_BY_ANOTHER = (
    "Another account has sent this form. Open the page again from the beginning to send your own."
)


@dataclass(frozen=True)
class Offer:
    """An event that can be logged now: what it is called, where, and under which heading."""

    label: str
    url: str
    group: str


@dataclass(frozen=True)
class Done:
    """What an event's page says once it is logged, and where it leads."""

    said: str
    leads_to: str


def once(key: uuid.UUID, *, by: User, act: Callable[[], Done]) -> Done:
    """The answer to a form: of what it does now, or of what it did when it was sent before.

    Of two that are sent at once the second waits for the first. Raises what ``act`` raises, and
    then nothing is stored; and ``ValidationError`` for a form that another account has sent.
    """
    try:
        with transaction.atomic():
            with transaction.atomic():
                submission = Submission.objects.create(pk=key, user=by)
            done = act()
            submission.said, submission.leads_to = done.said, done.leads_to
            submission.save(update_fields=["said", "leads_to"])
            return done
    except IntegrityError:
        before = answered(key, by=by)
        if before is None and Submission.objects.filter(pk=key).exists():
            raise ValidationError(SENT_BY_ANOTHER) from None
        if before is None:
            raise
        return before


def answered(key: uuid.UUID, *, by: User) -> Done | None:
    """The answer to a form that was sent before."""
    before = Submission.objects.filter(pk=key, user=by).first()
    return Done(before.said, before.leads_to) if before else None


def tidy(now: datetime.datetime) -> None:
    """Forget forms that nobody will send again."""
    from .models.submissions import KEPT_FOR

    Submission.objects.filter(sent_at__lt=now - KEPT_FOR).delete()


# Events about staff that an account can log now; each page of one adds what it offers.
OFFERS: list[Callable[[User], Iterable[Offer]]] = []


def by_group(offers: Iterable[Offer], user: User) -> dict[str, list[Offer]]:
    """The events whose pages let the account in, under their headings."""
    found: dict[str, list[Offer]] = {}
    for offer in offers:
        if opens(user, offer.url):
            found.setdefault(offer.group, []).append(offer)
    return found


class Logging(OffersKept, FormView):
    """A page on which an event is logged.

    A subclass names its form, says in ``act`` what is done with it, by an action, and what is due
    next. The form is told the account (``user``) and the day (``today``).
    """

    template_name = "events/log.html"
    title: str
    button = "Save"

    def act(self, form: BaseForm) -> Done:
        """Do what the form says; raises ``ValidationError`` where it cannot be true."""
        raise NotImplementedError

    @property
    def today(self) -> datetime.date:
        """The day it is in London."""
        return london_day(timezone.now())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "today": self.today}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.title,
            button=self.button,
            key=self.key,
            **context,
        )

    @cached_property
    def key(self) -> uuid.UUID:
        """What the form carries whenever it is sent, also after its text was kept for a while."""
        if self.request.method == "POST":
            carried = self.request.POST.get(KEY, "")
        else:
            carried = self.kept.typed.get(KEY, [""])[0] if self.kept else ""
        try:
            return uuid.UUID(carried)
        except ValueError:
            return uuid.uuid4()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answer; to a form sent again the one it got, though it may not be true any more."""
        before = answered(self.key, by=request.user)
        return self.answer(before) if before else super().post(request, *args, **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            done = once(self.key, by=self.request.user, act=lambda: self.act(form))
        except ValidationError as refused:
            explain(form, refused)
            return self.form_invalid(form)
        return self.answer(done)

    @property
    def work_list(self) -> str:
        """The list of work that one came from, as ``then`` says, to go on with the next."""
        page = WORK_LISTS.get(self.request.GET.get("then", ""))
        return reverse(page) if page else ""

    def answer(self, done: Done) -> HttpResponse:
        """The page that the event leads to, or the list one came from; it says what was done."""
        self.forget()
        messages.success(self.request, self.saying(done))
        return redirect(self.work_list or done.leads_to)

    def saying(self, done: Done) -> str:
        """What the page it leads to says of it."""
        return done.said


class LogEvent(OnRecord, Logging):
    """A page on which an event of one record is logged; the form is told the ``record``."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"record": self.record}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(
            record=self.record, about=self.about(), back=self.work_list or self.back(), **context
        )

    def about(self) -> str:
        """Whom or what the event is about, above the heading."""
        return str(self.record)

    def back(self) -> str:
        """The page that one came from, and goes back to."""
        return address(self.model, self.record.pk)


def explain(form: BaseForm, refused: ValidationError) -> None:
    """Say on a form why what it says cannot be true: beside the field, where it has the field."""
    told = refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
    for field, sentences in told.items():
        beside = field if field in form.fields and field != NON_FIELD_ERRORS else None
        for sentence in sentences:
            form.add_error(beside, sentence)


def stored(record: Model, blamed: str = NON_FIELD_ERRORS, by: User | None = None) -> Model:
    """A record as it is stored; what is refused is said beside the field that is to blame.

    Where an account is named, it is refused as well where that could not see it afterwards.
    """
    try:
        with facts.readable():
            record.full_clean()
            record.save()
    except ValidationError as refused:
        told = refused.message_dict if hasattr(refused, "error_dict") else {}
        beside = told.pop(NON_FIELD_ERRORS, [] if told else refused.messages)
        raise ValidationError(told | ({blamed: beside} if beside else {})) from refused
    if by:
        confirm_visible(record, by)
    return record
