"""Facts that the database enforces, each written once and used by every record app.

Each function returns one constraint for a model's ``Meta.constraints``. The message is what a
person reads when a form, an import or the admin tries to store something that cannot be true.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError
from django.db.models import BigIntegerField, Case, Deferrable, F, Func, Q, Value, When
from django.db.models.constraints import CheckConstraint
from django.db.models.functions import Coalesce, Greatest, Least
from psycopg.errors import UniqueViolation

EARLIEST = datetime.date(1900, 1, 1)
LATEST = datetime.date(2200, 1, 1)


def plausible(name: str, *fields: str) -> CheckConstraint:
    """The dates lie between 1900 and 2200, which also refuses ``infinity`` and years BC."""
    condition = Q()
    for field in fields:
        within = Q(**{f"{field}__gte": EARLIEST, f"{field}__lt": LATEST})
        condition &= Q(**{f"{field}__isnull": True}) | within
    return CheckConstraint(
        condition=condition,
        name=name,
        violation_error_message="Enter a real date, between the years 1900 and 2199.",
    )


def plausible_moment(name: str, field: str) -> CheckConstraint:
    """The moment is empty or lies between 1900 and 2200, which also refuses ``infinity``."""
    first, last = (
        datetime.datetime.combine(day, datetime.time(), datetime.UTC) for day in (EARLIEST, LATEST)
    )
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True})
        | Q(**{f"{field}__gte": first, f"{field}__lt": last}),
        name=name,
        violation_error_message="Enter a real date and time, between the years 1900 and 2199.",
    )


def in_order(name: str, first: str, then: str, message: str, *, same_day: bool) -> CheckConstraint:
    """``then`` is empty, or comes after ``first``; on the same day only where that can be."""
    lookup = "gte" if same_day else "gt"
    return CheckConstraint(
        condition=Q(**{f"{then}__isnull": True}) | Q(**{f"{then}__{lookup}": F(first)}),
        name=name,
        violation_error_message=message,
    )


def both_or_neither(name: str, day: str, code: str, message: str) -> CheckConstraint:
    """A date and the code that explains it are both there, or neither is."""
    return CheckConstraint(
        condition=Q(**{f"{day}__isnull": True, code: ""})
        | (Q(**{f"{day}__isnull": False}) & ~Q(**{code: ""})),
        name=name,
        violation_error_message=message,
    )


def one_of(name: str, field: str, codes, *, blank: bool = False) -> CheckConstraint:
    """The value is in its code set (the ``TextChoices`` given), or empty where that is allowed."""
    allowed = list(codes.values) + ([""] if blank else [])
    return CheckConstraint(
        condition=Q(**{f"{field}__in": allowed}),
        name=name,
        violation_error_message=f"Choose a {field.replace('_', ' ')} from the list.",
    )


def between(name: str, field: str, least, most) -> CheckConstraint:
    """The quantity is empty or lies between ``least`` and ``most``, both included."""
    return CheckConstraint(
        condition=Q(**{f"{field}__isnull": True})
        | Q(**{f"{field}__gte": least, f"{field}__lte": most}),
        name=name,
        violation_error_message=(f"Enter a {field.replace('_', ' ')} between {least} and {most}."),
    )


def _only(key) -> Func:
    """The one-element range of an integer key: stands for ``=`` where btree_gist is not there."""
    return Func(key, key, Value("[]"), function="int8range")


class Apart(ExclusionConstraint):
    """An exclusion constraint that knows rows by their key; a form asks it without showing that."""

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS) -> None:
        shown = exclude and set(exclude) - {model._meta.pk.name}
        super().validate(model, instance, exclude=shown, using=using)


class HalfDay(Func):
    """A day as an even number, so that the odd numbers lie between two days."""

    template = "((%(expressions)s - DATE '1900-01-01') * 2)"
    output_field = BigIntegerField()


def no_overlap(
    name: str,
    *keys: str,
    since: str,
    until: str,
    message: str,
    where: Q | None = None,
    moments: Q | None = None,
) -> ExclusionConstraint:
    """Episodes with the same keys do not overlap; one may begin on the day another ends.

    An episode occupies the half-days strictly between its first and its last day; one that ends on
    the day it began occupies that day itself. So a zero-length episode inside a longer one is
    refused, where a half-open range would be empty and slip in.

    Where there are ``moments``, episodes that never last, these and the zero-length ones keep out
    of longer episodes, but many may share a day: each has a place of its own beside the others, and
    a longer episode takes every place.
    """
    last = Coalesce(F(until), Value(LATEST))
    if moments is not None:
        last = Case(When(moments, then=F(since)), default=last)
    begins, ends = HalfDay(F(since)), HalfDay(last)
    occupied = Func(
        Least(begins + 1, ends), Greatest(ends - 1, begins), Value("[]"), function="int8range"
    )
    ranges = [_only(F(key)) for key in keys] + [occupied]
    if moments is not None:
        own_place = When(moments | Q(**{until: F(since)}), then=Coalesce(F("id"), 0))
        every_place = Value(None, BigIntegerField())
        ranges.append(_only(Case(own_place, default=every_place)))
    return (ExclusionConstraint if moments is None else Apart)(
        name=name,
        expressions=[(each, RangeOperators.OVERLAPS) for each in ranges],
        condition=where,
        deferrable=Deferrable.IMMEDIATE,
        violation_error_message=message,
    )


def postcode(name: str) -> CheckConstraint:
    """The postcode is empty or written as Royal Mail writes it, so that equal ones are equal."""
    return CheckConstraint(
        condition=Q(postcode="") | Q(postcode__regex=r"^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$"),
        name=name,
        violation_error_message="Enter the postcode in capitals with its space: PE27 5BN.",
    )


def sentence(error: IntegrityError) -> str:
    """What a person reads when the database has refused something: the constraint's own message."""
    broken = getattr(error.__cause__, "diag", None)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if broken and constraint.name == broken.constraint_name:
                return constraint.get_violation_error_message()
    if isinstance(error.__cause__, UniqueViolation):
        return "This is already recorded."
    return "This contradicts another record, which may have been changed a moment ago."


@contextmanager
def readable() -> Iterator[None]:
    """Turns a refusal by the database into a ValidationError, however many were racing for it."""
    try:
        yield
    except IntegrityError as error:
        raise ValidationError(sentence(error), code="refused") from error
