"""Children, as a CIN census and the extracts about persons tell of them."""

from collections.abc import Iterator

from django.db.models import QuerySet

from config.imports import Batch, Row

from ..choices import Disability, Ethnicity, Sex, UpnUnknown
from ..models import Child
from ..rules import UPN

OLD_SEX = {"1": "M", "2": "F", "0": "U", "9": "U"}
GENDER = {"01": "M", "02": "F", "00": "U", "09": "U"} | OLD_SEX
ETHNICITY = {"cnhe": "CHNE"}  # as the SSD's own guidance spells it
STAND_INS = ("ULN ", "SEN2 ")  # how references begin that only an SEN2 return gave
LONGEST_IDENTIFIER = 20

CHARACTERISTICS = ("born_on", "expected_on", "died_on", "sex", "ethnicity")


def child_of_census(row: Row, authority) -> Child:
    """CIN ``Child``: its identifiers and characteristics."""
    told, more = row.part("ChildIdentifiers"), row.part("ChildCharacteristics")
    reference = told.needed("LAchildID", most=60, rule="8500")
    if len(reference) > LONGEST_IDENTIFIER:
        told.warn(f"It is longer than {LONGEST_IDENTIFIER} characters.", "LAchildID", reference)
    child = Child(
        authority=authority,
        reference=reference,
        upn=upn(told, "UPN"),
        upn_unknown=told.code("UPNunknown", UpnUnknown),
        born_on=told.known_day("PersonBirthDate", rule="8520"),
        expected_on=told.known_day("ExpectedPersonBirthDate", future=True),
        died_on=told.known_day("PersonDeathDate", rule="8545Q"),
        sex=sex(told),
        ethnicity=more.code("Ethnicity", Ethnicity, rule="4220", missing="4220")
        or Ethnicity.NOT_OBTAINED,
        disabilities=disabilities(more),
    )
    if bool(child.born_on) == bool(child.expected_on):
        told.warn("Give either the date of birth or the expected one.", rule="8525")
    check_death(told, child)
    return child


def child_of_extract(row: Row, authority) -> Child:
    """SSD ``ssd_person``."""
    child = Child(
        authority=authority,
        reference=row.needed("pers_person_id", most=60),
        upn_unknown=row.code("pers_upn_unknown", UpnUnknown),
        born_on=row.known_day("pers_dob"),
        expected_on=row.known_day("pers_expected_dob", future=True),
        died_on=row.known_day("pers_death_date"),
        sex=row.code("pers_sex", Sex, also=OLD_SEX)
        or row.code("pers_gender", Sex, also=GENDER)
        or Sex.UNKNOWN,
        ethnicity=row.code("pers_ethnicity", Ethnicity, also=ETHNICITY) or Ethnicity.NOT_OBTAINED,
    )
    check_death(row, child)
    return child


def upn(row: Row, tag: str) -> str:
    """A unique pupil number of the right form: a letter, eleven digits, a digit or letter."""
    value = row.text(tag).upper()
    if value and not UPN.fullmatch(value):
        row.warn("This is not a UPN: left out.", tag, value)
        return ""
    return value


def sex(row: Row) -> str:
    """``Sex`` (M, F, U), before 2024 ``GenderCurrent`` (1, 2, 0, 9). Each is read in either."""
    for tag, codes in (("Sex", Sex.values), ("GenderCurrent", OLD_SEX)):
        if value := row.text(tag):
            if value not in codes:
                row.warn(f"The codes of {tag} are {', '.join(codes)}.", tag, value)
            return row.code(tag, Sex, also=OLD_SEX) or Sex.UNKNOWN
    row.warn("There is neither Sex nor GenderCurrent.", rule="4180")
    return Sex.UNKNOWN


def disabilities(row: Row) -> list[str]:
    """The disabilities told of, each once, in the order of the list."""
    part = row.part("Disabilities")
    codes = [code.upper() for code in part.texts("Disability")]
    told = set(codes)
    if len(told) < len(codes):
        part.warn("One is told of twice.", "Disability", ", ".join(codes), rule="8794")
    if len(told) > 1 and Disability.NONE in told:
        part.warn("None and others are both told of.", "Disability", ", ".join(codes), "8790")
    for code in sorted(told - set(Disability.values)):
        part.warn("This is not in the list of codes: left out.", "Disability", code, rule="8540")
    return [code for code in Disability.values if code in told]


def check_death(row: Row, child: Child) -> None:
    """A death before the birth cannot be stored, and is left out."""
    if child.died_on and child.born_on and child.died_on < child.born_on:
        row.warn(
            f"Before the birth on {child.born_on}: left out.", "death", str(child.died_on), "8535Q"
        )
        child.died_on = None


def census_children(batch: Batch) -> None:
    """The children of a CIN census, then what happened to them."""
    told = list(batch.read("child", batch.rows, lambda row: child_of_census(row, batch.authority)))
    here = Child.objects.filter(authority=batch.authority)
    name_known_pupils(here, [child for _, child in told])
    children = batch.merge(
        "child",
        Child,
        here.filter(reference__in=[child.reference for _, child in told]),
        by=[("reference",)],
        fields=[*CHARACTERISTICS, "disabilities", "upn", "upn_unknown"],
        kept=["upn"],
    )
    for row, child in but_merged(batch, told):
        children.put(row, child)
    children.write()


def but_merged(batch: Batch, told: list[tuple[Row, Child]]) -> Iterator[tuple[Row, Child]]:
    """The rows but those of records that were merged: these tell of the child that stays.

    What identifies that child was decided on when they were merged.
    """
    known = known_children(batch, [child.reference for _, child in told])
    merged = {child.reference: child.pk for child in known if child.merged_into_id}
    for row, child in told:
        if child.reference not in merged:
            yield row, child
            continue
        row.record = Child.objects.standing_for(merged[child.reference])
        row.warn(f"This record was merged into {row.record.reference}: taken as that child's.")
        batch.leave(row, known=True)


def name_known_pupils(here: QuerySet[Child], told: list[Child]) -> None:
    """Give pupils whom only an SEN2 return told of, by a stand-in, the case reference they have."""
    taken = set(
        here.filter(reference__in=[child.reference for child in told]).values_list(
            "reference", flat=True
        )
    )
    pupils = {
        child.upn: child
        for child in here.filter(merged_into=None, upn__in={child.upn for child in told} - {""})
        if child.reference == child.upn or child.reference.startswith(STAND_INS)
    }
    for child in told:
        if child.upn in pupils and child.reference not in taken:
            pupil = pupils.pop(child.upn)
            pupil.reference = child.reference
            pupil.save(update_fields=["reference"])


def extract_children(batch: Batch) -> None:
    """The children of an SSD extract."""
    told = list(batch.read("child", batch.rows, lambda row: child_of_extract(row, batch.authority)))
    children = batch.merge(
        "child",
        Child,
        known_children(batch, [child.reference for _, child in told]),
        by=[("reference",)],
        fields=[*CHARACTERISTICS, "upn_unknown"],
    )
    for row, child in but_merged(batch, told):
        children.put(row, child)
    children.write()


def known_children(batch: Batch, references) -> list[Child]:
    """The authority's children with these case references."""
    return list(Child.objects.filter(authority=batch.authority, reference__in=references))


def children_named(batch: Batch, column: str) -> dict[str, Child]:
    """The children that the rows of an extract name in a column, by case reference.

    The reference of a record that was merged names the child that stays.
    """
    named = {reference for row in batch.rows for reference in row.texts(column)}
    return {
        child.reference: Child.objects.standing_for(child.pk) if child.merged_into_id else child
        for child in known_children(batch, named)
    }


def child_named(row: Row, column: str, children: dict[str, Child]) -> Child:
    """The child that a row of an extract names, which must be known already."""
    reference = row.needed(column, most=60)
    return children.get(reference) or row.refuse(
        "No child is known by this identifier. Import ssd_person first.", column, reference
    )


def extract_pupils(batch: Batch) -> None:
    """SSD ``ssd_send``: which person a row of the SEND tables is about, and the person's UPN."""
    children = children_named(batch, "send_person_id")

    def pupil(row: Row) -> Child:
        child = child_named(row, "send_person_id", children)
        batch.link("ssd_send", row.needed("send_table_id", most=60), child.reference)
        return Child(reference=child.reference, upn=upn(row, "send_upn"))

    merge_details(batch, children, batch.read("pupil", batch.rows, pupil), "pupil", "upn")


def extract_disabilities(batch: Batch) -> None:
    """SSD ``ssd_disability``: one row for each disability of a person."""
    children = children_named(batch, "disa_person_id")

    def disability(row: Row) -> Child:
        child = child_named(row, "disa_person_id", children)
        code = row.code("disa_disability_code", Disability)
        known = set(child.disabilities) | {code}
        return Child(
            reference=child.reference,
            disabilities=[code for code in Disability.values if code in known],
        )

    for row, told in batch.read("disability", batch.rows, disability):
        merge_details(batch, children, [(row, told)], "disability", "disabilities")


def merge_details(batch: Batch, children: dict[str, Child], told, kind: str, field: str) -> None:
    """What further extracts tell of children that are known; a blank erases nothing."""
    merge = batch.merge(
        kind, Child, children.values(), by=[("reference",)], fields=[field], kept=[field]
    )
    for row, child in told:
        merge.put(row, child)
    merge.write()
