"""What is done about records that are wrong, each as one action that is the only writer.

What was and what is, who changed it, when and why, are in the record's history. After a case, a
plan or a request has ended, a manager of the child answers for what is changed.
"""

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from config import facts, removal
from workforce.access import confirm_visible
from workforce.models import User

from .models import Child, StruckOut

LONGEST = StruckOut._meta.get_field("what").max_length


def child_of(record: Model) -> int:
    """The key of the child whom a record is of."""
    [child] = type(record)._default_manager.all().children_of([record.pk])
    return child


def may_change(record: Model, user: User) -> bool:
    """Whether the account may change a record by itself: once it is over, only its managers may."""
    managed = type(record)._default_manager.all().managed_by(user)
    return not record.is_over or managed.filter(pk=record.pk).exists()


def strike_out(*, record: Model, reason: str, note: str, by: User) -> StruckOut:
    """A record that was entered in error, taken out of its table with all that hangs on it.

    Raises ``ValidationError`` where other records need it, or a manager has to do it.
    """
    child, kind = child_of(record), type(record)
    struck = StruckOut(
        child_id=child,
        kind=kind._meta.label_lower,
        key=record.pk,
        what=str(record)[:LONGEST],
        reason=reason,
        note=" ".join(note.split()),
        struck_by=by,
    )
    with (
        pghistory.context(user=by.pk, what="Struck out", why=struck.why),
        facts.readable(),
        transaction.atomic(),
    ):
        Child.objects.select_for_update(no_key=True).get(pk=child)
        record = kind._base_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
        if record is None:
            raise ValidationError("Somebody else has struck out this record already.")
        _confirm_may_change(record, by)
        struck.rows = removal.take_out(record)
        struck.full_clean(exclude=["child"])
        struck.save()
        confirm_visible(struck, by)
    return struck


def put_back(*, struck: StruckOut, by: User) -> StruckOut:
    """A record that was struck out and is there again, as it was.

    Raises ``ValidationError`` where something else has become true meanwhile.
    """
    with (
        pghistory.context(user=by.pk, what="Put back"),
        facts.readable(),
        transaction.atomic(),
    ):
        Child.objects.select_for_update(no_key=True).get(pk=struck.child_id)
        struck = StruckOut.objects.select_for_update(of=("self",)).get(pk=struck.pk)
        if struck.put_back_at:
            raise ValidationError(f"{struck.put_back_by} has put this record back already.")
        removal.put_back(struck.rows)
        record = struck.record
        _confirm_may_change(record, by)
        struck.put_back_by, struck.put_back_at = by, timezone.now()
        struck.save(update_fields=["put_back_by", "put_back_at"])
        confirm_visible(record, by)
    return struck


def _confirm_may_change(record: Model, by: User) -> None:
    if not may_change(record, by):
        raise ValidationError(
            "This has ended, so that a manager answers for what is changed in it."
            " Ask a manager of the child's team."
        )
