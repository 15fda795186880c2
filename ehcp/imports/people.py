"""The persons of an SEN2 return, and which children they are."""

import hashlib
from collections.abc import Container

from django.db.models import F

from config.imports import Batch, Row
from referrals.choices import Ethnicity, UpnUnknown
from referrals.imports.children import but_merged, known_children, sex, upn
from referrals.models import Child

LEARNER_NUMBER = 10  # digits
PERSON = ("first_name", "last_name", "born_on", "sex", "ethnicity", "upn", "upn_unknown")


def person(row: Row, batch: Batch) -> Child:
    """SEN2 ``Person``."""
    return Child(
        authority=batch.authority,
        first_name=row.text("Forename", most=100),
        last_name=row.text("Surname", most=100),
        born_on=row.known_day("PersonBirthDate"),
        sex=sex(row),
        ethnicity=row.code("Ethnicity", Ethnicity) or Ethnicity.NOT_OBTAINED,
        upn=upn(row, "UPN"),
        upn_unknown=row.code("UPNunknown", UpnUnknown),
    )


def reference_of(row: Row, child: Child) -> str:
    """What tells a person from others, as SEN2 has no identifier of the authority's own.

    The UPN, else the unique learner number, else name and date of birth together.
    """
    learner = row.text("UniqueLearnerNumber")
    if learner and not (learner.isascii() and learner.isdigit() and len(learner) == LEARNER_NUMBER):
        row.warn("This is not a unique learner number: left out.", "UniqueLearnerNumber", learner)
        learner = ""
    if child.upn:
        return child.upn
    if learner:
        return f"ULN {learner}"
    if not (child.last_name and child.born_on):
        row.refuse("Without UPN, learner number or name and birth nobody can be told from others.")
    name = f"{child.last_name} {child.first_name}".casefold()
    return f"SEN2 {child.born_on} {hashlib.sha256(name.encode()).hexdigest()[:16]}"


class People:
    """The children of an authority that the persons of a batch may be.

    Found by UPN, then by the reference an earlier return gave them, then by name and date of
    birth, where exactly one child has them.
    """

    def __init__(self, batch: Batch, persons: list[Child]) -> None:
        here = Child.objects.filter(authority=batch.authority)
        self.by_reference = {
            child.reference: child
            for child in known_children(batch, [child.reference for child in persons])
        }
        pupils = here.filter(upn__in={child.upn for child in persons} - {""})
        standing_last = F("merged_into").asc(nulls_last=True)
        self.by_upn = {child.upn: child for child in pupils.order_by(standing_last)}
        self.by_name: dict[tuple, list[Child]] = {}
        births = {child.born_on for child in persons} - {None}
        for child in here.filter(merged_into=None, born_on__in=births):
            if child.last_name:
                self.by_name.setdefault(_name(child), []).append(child)

    def find(self, told: Child, taken: Container[int]) -> Child | None:
        """The child that a person is. By name alone, none that another person of the batch is."""
        same_name = self.by_name.get(_name(told), [])
        return (
            self.by_upn.get(told.upn)
            or self.by_reference.get(told.reference)
            or next(
                (
                    child
                    for child in same_name
                    if len(same_name) == 1 and child.pk not in taken and not _differ(child, told)
                ),
                None,
            )
        )


def _name(child: Child) -> tuple:
    return child.born_on, child.last_name.casefold(), child.first_name.casefold()


def _differ(one: Child, other: Child) -> bool:
    """Two UPNs are two children."""
    return bool(one.upn and other.upn and one.upn != other.upn)


def census_people(batch: Batch) -> None:
    """The persons of an SEN2 return, then their requests."""

    def make(row: Row) -> Child:
        child = person(row, batch)
        child.reference = reference_of(row, child)
        return child

    told = list(batch.read("child", batch.rows, make))
    people = People(batch, [child for _, child in told])
    known = {}
    for row, child in told:
        if found := people.find(child, known):
            child.reference = found.reference
            known[found.pk] = found
        elif not child.upn:
            row.warn(
                "Without a UPN nobody can say whether this child is known already from a CIN"
                " census, which tells no names: entered as another child.",
                value=child.reference,
            )
    children = batch.merge(
        "child", Child, known.values(), by=[("reference",)], fields=PERSON, kept=PERSON
    )
    for row, child in but_merged(batch, told):
        children.put(row, child)
    children.write()
