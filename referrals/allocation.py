"""Giving children to a worker: who may be given which, and that the worker is told."""

import textwrap
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.urls import reverse

from config.navigation import address
from config.tables import day
from workforce.access import Reach
from workforce.models import User, Worker
from workforce.notices import tell

from .access import barred
from .models import Child

NAMED = 200  # letters of references in a notice


def confirm_may_have(worker: Worker, children: Iterable[int], *, field: str) -> None:
    """Refuse to give children to a worker who leaves, or to whom their records are closed.

    A worker without an account is on nobody's list. Waits for whoever just logs that the worker
    leaves. Raises ``ValidationError`` about the field.
    """
    worker = Worker.objects.select_for_update(no_key=True).get(pk=worker.pk)
    if gone := worker.leaves_on:
        said = f"The leaving date of {worker} is {day(gone)}. Choose someone else."
        raise ValidationError({field: said})
    account = _account(worker)
    closed = barred(account.reach if account else Reach())
    found = Child.objects.filter(pk__in=set(children)).filter(pk__in=closed)
    if references := list(found.order_by("reference").values_list("reference", flat=True)):
        cases, are = ("Case", "is") if len(references) == 1 else ("Cases", "are")
        said = (
            f"{cases} {', '.join(references)} {are} closed to {worker}. Choose someone else."
            " A restricted case is given to those on its list: ask who keeps it to add them first."
        )
        raise ValidationError({field: said})


def tell_worker(worker: Worker, children: Iterable[int], *, by: User) -> None:
    """Tell a worker which cases they were given, by reference; nobody is told of their own doing.

    Written in the transaction of whoever calls.
    """
    account = _account(worker)
    given = dict(Child.objects.filter(pk__in=set(children)).values_list("pk", "reference"))
    if not given or account is None or account == by:
        return
    named = textwrap.shorten(", ".join(sorted(given.values())), NAMED, placeholder=" and others")
    if len(given) == 1:
        tell([account], f"You were given case {named}.", address(Child, *given))
    else:
        said = f"You were given {len(given)} cases: {named}."
        tell([account], said, reverse("referrals:my-work"))


def _account(worker: Worker) -> User | None:
    return User.objects.filter(worker=worker, is_active=True).first()
