"""What is done about records that are wrong, each as one action that is the only writer.

What was and what is, who changed it, when and why, are in the record's history. After a case, a
plan or a request has ended, a manager of the child answers for what is changed: others propose it.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from config import facts, removal
from config.history import version
from config.navigation import address
from workforce.access import confirm_visible
from workforce.models import User
from workforce.notices import tell

from .choices import Settlement
from .emergency import responsible_for
from .models import Child, Correction, StruckOut

LONGEST = StruckOut._meta.get_field("what").max_length
OVERTAKEN = "Somebody else changed this record while you had it open. Compare, and save again."


def child_of(record: Model) -> int:
    """The key of the child whom a record is of."""
    [child] = type(record)._default_manager.all().children_of([record.pk])
    return child


def may_change(record: Model, user: User) -> bool:
    """Whether the account may change a record by itself: once it is over, only its managers may."""
    managed = type(record)._default_manager.all().managed_by(user)
    return not record.is_over or managed.filter(pk=record.pk).exists()


def correct(
    *,
    record: Model,
    values: dict[str, Any],
    why: str,
    based_on: int,
    by: User,
    today: datetime.date,
) -> Model:
    """A record in which what was wrong is right, with the reason in its history.

    ``based_on`` is the version that whoever corrects it has seen. Raises ``ValidationError`` where
    that is not the latest, where nothing changes, and where the new values cannot be true.
    """
    with _one_at_a_time(record, by, what="Corrected", why=" ".join(why.split())) as stored:
        _confirm_may_change(stored, by)
        if version(stored) != based_on:
            raise ValidationError(OVERTAKEN)
        return _changed(stored, values, by, today)


def strike_out(*, record: Model, reason: str, note: str, by: User) -> StruckOut:
    """A record that was entered in error, taken out of its table with all that hangs on it.

    Raises ``ValidationError`` where other records need it, or a manager has to do it.
    """
    struck = StruckOut(
        child_id=child_of(record),
        kind=record._meta.label_lower,
        key=record.pk,
        what=str(record)[:LONGEST],
        reason=reason,
        note=" ".join(note.split()),
        struck_by=by,
    )
    with _one_at_a_time(record, by, what="Struck out", why=struck.why) as stored:
        _confirm_may_change(stored, by)
        struck.rows = removal.take_out(stored)
        struck.full_clean(exclude=["child"])
        struck.save()
        confirm_visible(struck, by)
    return struck


def put_back(*, struck: StruckOut, by: User) -> StruckOut:
    """A record that was struck out and is there again, as it was.

    Raises ``ValidationError`` where something else has become true meanwhile.
    """
    with _one_at_a_time(struck, by, what="Put back") as struck:
        if struck.put_back_at:
            raise ValidationError(f"{struck.put_back_by} has put this record back already.")
        removal.put_back(struck.rows)
        record = struck.record
        _confirm_may_change(record, by)
        struck.put_back_by, struck.put_back_at = by, timezone.now()
        struck.save(update_fields=["put_back_by", "put_back_at"])
        confirm_visible(record, by)
    return struck


def propose(
    *,
    record: Model,
    by: User,
    values: dict[str, Any] | None = None,
    reason: str = "",
    why: str = "",
) -> Correction:
    """What an account would change in a record that is over; the child's managers are told.

    Raises ``ValidationError`` where it would change nothing, or another proposal waits.
    """
    with _one_at_a_time(record, by) as stored:
        proposed = Correction(
            child_id=child_of(stored),
            kind=stored._meta.label_lower,
            key=stored.pk,
            values=_in_json(_different(stored, values or {})),
            reason=reason,
            why=" ".join(why.split()),
            proposed_by=by,
        )
        if not (proposed.values or reason):
            raise ValidationError(NOTHING)
        proposed.full_clean(exclude=["child", "values"])
        proposed.save()
        child = Child.objects.get(pk=proposed.child_id)
        tell(
            responsible_for(child, but=by),
            f"Account {by.pk} proposes a correction in case {child.reference}.",
            address(Correction, proposed.pk),
        )
    return proposed


def settle(
    *, proposed: Correction, outcome: str, note: str, by: User, today: datetime.date
) -> Correction:
    """A proposal that a manager has approved, and so done, or refused; who proposed it is told.

    Raises ``ValidationError`` where it is settled, cannot be true any more, or is nobody else's.
    """
    with _one_at_a_time(proposed, by) as proposed:
        if proposed.outcome:
            raise ValidationError(f"{proposed.settled_by} has settled this already.")
        if proposed.proposed_by_id == by.pk:
            raise ValidationError("Somebody else settles what you have proposed.")
        if outcome == Settlement.APPROVED:
            _do(proposed, by, today)
        proposed.outcome, proposed.note = outcome, " ".join(note.split())
        proposed.settled_by, proposed.settled_at = by, timezone.now()
        proposed.full_clean(exclude=["child", "values"])
        proposed.save()
        said = proposed.get_outcome_display().lower()
        tell(
            [proposed.proposed_by],
            f"Your correction {proposed.pk} was {said}.",
            address(Correction, proposed.pk),
        )
    return proposed


NOTHING = "Nothing is different. Change what is wrong, or go back."


def proposed_state(proposed: Correction, record: Model) -> Model:
    """The record as it would be."""
    state = copy(record)
    for name, value in proposed.values.items():
        field = record._meta.get_field(name)
        setattr(state, field.attname, field.to_python(value))
    return state


def _do(proposed: Correction, by: User, today: datetime.date) -> None:
    record = proposed.record
    if record is None:
        raise ValidationError("This record is struck out, so that nothing in it can be corrected.")
    why = f"{proposed.why} (proposed by {proposed.proposed_by})".strip()
    if proposed.reason:
        strike_out(record=record, reason=proposed.reason, note=why, by=by)
    else:
        state = proposed_state(proposed, record)
        values = {
            name: getattr(state, record._meta.get_field(name).attname) for name in proposed.values
        }
        seen = version(record)
        correct(record=record, values=values, why=why, based_on=seen, by=by, today=today)


@contextmanager
def _one_at_a_time(record: Model, by: User, **told: str) -> Iterator[Model]:
    """A record as it is stored, while nobody else writes about the child; ``told`` is kept."""
    with (
        pghistory.context(user=by.pk, **told),
        facts.readable(),
        transaction.atomic(),
    ):
        kind = type(record)
        Child.objects.select_for_update(no_key=True).get(pk=child_of(record))
        stored = kind._base_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
        if stored is None:
            raise ValidationError("Somebody else has struck out this record already.")
        yield stored


def _changed(stored: Model, values: dict[str, Any], by: User, today: datetime.date) -> Model:
    different = _different(stored, values)
    if not different:
        raise ValidationError(NOTHING)
    ahead = getattr(stored, "may_lie_ahead", ())
    for name, value in different.items():
        if isinstance(value, datetime.date) and value > today and name not in ahead:
            raise ValidationError({name: "This date is in the future."})
        setattr(stored, stored._meta.get_field(name).attname, value)
    stored.full_clean()
    stored.save()
    confirm_visible(stored, by)
    return stored


def _different(stored: Model, values: dict[str, Any]) -> dict[str, Any]:
    """Those of the values that the record does not have; of another record its key."""
    keys = {name: getattr(value, "pk", value) for name, value in values.items()}
    return {
        name: value
        for name, value in keys.items()
        if value != getattr(stored, stored._meta.get_field(name).attname)
    }


def _in_json(values: dict[str, Any]) -> dict[str, Any]:
    """The values as JSON keeps them."""
    encoder = DjangoJSONEncoder()
    return {
        name: value
        if isinstance(value, (bool, int, str, list, type(None)))
        else encoder.default(value)
        for name, value in values.items()
    }


def _confirm_may_change(record: Model, by: User) -> None:
    if not may_change(record, by):
        raise ValidationError(
            "This has ended, so that a manager answers for what is changed in it."
            " Ask a manager of the child's team."
        )
