"""The register of indicators and of the case sets that they are asked of."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .base import CaseSet, Indicator, Question

CASE_SETS: list["CaseSet"] = []
INDICATORS: dict[str, "Indicator"] = {}


class UnknownIndicator(LookupError):
    """No indicator has that name; the message lists those that there are."""


def register(declared):
    """Class decorator: takes a case set with its questions, or a ratio, into the register."""
    made = declared()
    for indicator in made.indicators():
        if indicator.name in INDICATORS:
            raise ValueError(f"There are two indicators called {indicator.name}.")
        INDICATORS[indicator.name] = indicator
    if made.is_case_set:
        CASE_SETS.append(made)
    return declared


def indicator(name: str) -> "Indicator":
    """The indicator of that name.

    Raises ``UnknownIndicator`` with the names that there are.
    """
    try:
        return INDICATORS[name]
    except KeyError:
        names = ", ".join(found.name for found in listed())
        raise UnknownIndicator(f"There is no indicator {name!r}. There are: {names}.") from None


def listed() -> list["Indicator"]:
    """The indicators that people see, in the order of their definitions."""
    return [found for found in INDICATORS.values() if found.listed]


def families() -> list[str]:
    """The families that figures are recalculated by, in the order of their definitions."""
    return list(dict.fromkeys(cases.family for cases in CASE_SETS))


def case_sets(family: str) -> list["CaseSet"]:
    """The case sets of a family."""
    return [cases for cases in CASE_SETS if cases.family == family]


def summed(cases: "CaseSet") -> list["Question"]:
    """The questions of a case set whose answers add up, and so are kept as monthly sums."""
    return [question for question in cases.questions if question.measure.adds_up]


def spread(cases: "CaseSet") -> list["Question"]:
    """The questions of a case set whose answers do not add up, and so are kept as distributions."""
    if cases.at_end:
        return []
    return [question for question in cases.questions if not question.measure.adds_up]
