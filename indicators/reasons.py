"""Why cases count, as codes that can be summed, and what else cases are told apart by."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast

from .expressions import YearsAfter

if TYPE_CHECKING:
    from .base import Indicator, Question


@dataclass(frozen=True)
class Reason:
    """A reason that a case may have: its code, the words for it, and what is true of the case."""

    code: str
    words: str
    when: Q


# The reasons of a question that gives no others: its answers.
ANSWERS = {
    True: ("yes", "Counts"),
    False: ("no", "Does not count"),
    None: ("unknown", "Not yet known"),
}


def each_of(
    choices, column: str, words: str = "{}", *, leave_out: Iterable = ()
) -> tuple[Reason, ...]:
    """A reason for each code of a code set that a column may hold."""
    return tuple(
        Reason(f"{column}_{choice.value}", words.format(choice.label), Q(**{column: choice}))
        for choice in choices
        if choice not in leave_out
    )


def up_to(column: str, words: str, *days: int, least: int = 1) -> tuple[Reason, ...]:
    """A reason for each band of days, of which the last has no end: 1 to 28 days, 29 or more."""
    found = []
    for most in days:
        band = words.format(f"{least} to {most} days")
        found.append(Reason(f"{column}_{most}", band, Q(**{f"{column}__lte": most})))
        least = most + 1
    return (*found, Reason(f"{column}_more", words.format(f"{least} days or more"), Q()))


def code_of(question: "Question") -> Case | Value:
    """The expression that gives the code of a case's reason: the first that is true of it."""
    if not question.reasons:
        return Value("", output_field=CharField())
    every_other = [reason.code for reason in question.reasons if not reason.when]
    return Case(
        *(When(each.when, then=Value(each.code)) for each in question.reasons if each.when),
        default=Value(every_other[0] if every_other else ""),
        output_field=CharField(),
    )


def reason_code(code: str, counts: bool | None) -> str:
    """The code of a case's reason, which is that of its answer where no other was given."""
    return code or ANSWERS[counts][0]


def words_for(indicator: "Indicator") -> dict[str, str]:
    """The words for the code of each reason that cases behind an indicator may have."""
    found = dict(ANSWERS.values())
    for question in indicator.questions():
        found |= {reason.code: reason.words for reason in question.reasons}
    return found


@dataclass(frozen=True)
class Breakdown:
    """What cases of a case set are told apart by: a name in addresses, a title, and the value."""

    name: str
    title: str
    value: Any
    words: tuple[tuple[str, str], ...] = ()


def by_code(name: str, title: str, column: str, choices) -> Breakdown:
    """Cases told apart by a column that holds a code."""
    return Breakdown(name, title, F(column), tuple((each.value, each.label) for each in choices))


def by_worker(path: str = "holder__worker_id") -> Breakdown:
    """Cases told apart by the worker who held them on the day."""
    return Breakdown("worker", "Worker", Cast(F(path), CharField()))


AGES = (
    ("unborn", "Not yet born", 0),
    ("0", "Under 1", 1),
    ("1", "1 to 4", 5),
    ("5", "5 to 9", 10),
    ("10", "10 to 15", 16),
    ("16", "16 and over", None),
)


def by_age(born_on: str, day: str = "on_day") -> Breakdown:
    """Cases told apart by the child's age on the day, in the DfE's bands."""
    whens = [
        When(Q(**{f"{day}__lt": YearsAfter(F(born_on), years=years)}), then=Value(code))
        for code, _, years in AGES
        if years is not None
    ]
    value = Case(
        When(Q(**{f"{born_on}__isnull": True}), then=Value("")),
        *whens,
        default=Value(AGES[-1][0]),
        output_field=CharField(),
    )
    return Breakdown("age", "Age", value, tuple((code, words) for code, words, _ in AGES))
