"""Who has worked with a child, as an extract tells: at most one allocated worker on a day."""

from collections.abc import Iterator

from django.db.models import Q

from config.facts import LATEST
from config.imports import Batch, Row
from workforce.models import Team, Worker

from ..choices import Part
from ..models import Child, Involvement
from .children import child_named, children_named

# The schema names no codes of roles. These are the words of the two systems it was made for.
ROLES = {
    "allocated case worker": Part.SOCIAL_WORKER,
    "allocated social worker": Part.SOCIAL_WORKER,
    "allocated worker": Part.SOCIAL_WORKER,
    "case worker": Part.SOCIAL_WORKER,
    "social worker": Part.SOCIAL_WORKER,
    "send casework officer": Part.SEND_OFFICER,
    "sen case officer": Part.SEND_OFFICER,
    "conference chair": Part.REVIEWING_OFFICER,
    "independent reviewing officer": Part.REVIEWING_OFFICER,
    "iro": Part.REVIEWING_OFFICER,
}
HOLDERS = (Part.SOCIAL_WORKER, Part.SEND_OFFICER)


class Staff:
    """The authority's places and workers that the rows of an extract may name."""

    def __init__(self, batch: Batch) -> None:
        self.authority = batch.authority
        self.departments = batch.links.get("ssd_department", {})
        self.places: dict[str, Team | None] = {}
        for place in Team.objects.filter(authority=batch.authority).order_by("pk"):
            for name in {place.name.casefold(), place.code.casefold()} - {""}:
                self.places[name] = None if name in self.places else place
        named = {name for row in batch.rows for name in row.texts("invo_professional_id")}
        self.workers = {
            worker.reference: worker
            for worker in Worker.objects.filter(authority=batch.authority, reference__in=named)
        }

    def place(self, row: Row) -> Team:
        """The team, by its code or its name, where one place only has that; else the authority."""
        told = row.text("invo_professional_team")
        names = (told, self.departments.get(told, ""))
        found = next(filter(None, (self.places.get(name.casefold()) for name in names)), None)
        if found is None:
            row.warn(
                "No team is known by that, or more than one: taken as the authority's own."
                if told
                else "It is not said which team's it is: taken as the authority's own.",
                "invo_professional_team",
                told,
            )
        return found or self.authority

    def worker(self, row: Row) -> Worker | None:
        """The worker, whom ``ssd_professionals`` tells of."""
        told = row.text("invo_professional_id")
        if told and told not in self.workers:
            row.warn(
                "No worker is known by this identifier: left out. Import ssd_professionals first.",
                "invo_professional_id",
                told,
            )
        return self.workers.get(told)


def part_of(row: Row) -> Part:
    """The part that a role stands for. A role that is not known does not hold the case."""
    told = row.text("invo_professional_role_id")
    part = ROLES.get(told.casefold())
    if part is None:
        row.warn(
            "It is not known that this role holds the case: taken as other.",
            "invo_professional_role_id",
            told,
        )
    return part or Part.OTHER


def involvement_of_extract(row: Row, children: dict[str, Child], staff: Staff) -> Involvement:
    """SSD ``ssd_involvements``."""
    child = child_named(row, "invo_person_id", children)
    started = row.began("invo_involvement_start_date")
    return Involvement(
        child=child,
        reference=row.needed("invo_involvements_id", most=60),
        part=part_of(row),
        team=staff.place(row),
        worker=staff.worker(row),
        started_on=started,
        ended_on=row.ended("invo_involvement_end_date", started, same_day=False),
        entered_here=False,
    )


def extract_involvements(batch: Batch) -> None:
    """The involvements of an SSD extract."""
    children, staff = children_named(batch, "invo_person_id"), Staff(batch)
    told = list(
        batch.read(
            "involvement", batch.rows, lambda row: involvement_of_extract(row, children, staff)
        )
    )
    involvements = batch.merge(
        "involvement",
        Involvement,
        Involvement.objects.filter(
            Q(child__in={each.child_id for _, each in told})
            | Q(
                child__authority=batch.authority,
                reference__in={each.reference for _, each in told},
            )
        ),
        by=[("child_id", "reference"), ("reference",), ("child_id", "worker_id", "started_on")],
        fields=["child_id", "reference", "part", "team_id", "worker_id", "started_on", "ended_on"],
    )
    for row, involvement in told:
        involvements.put(row, involvement)
    rows = {id(row.record): row for row, _ in told}
    for earlier, later, what in one_holder_a_day(involvements.all()):
        if row := rows.get(id(earlier)) or rows.get(id(later)):
            row.warn(what)
    involvements.write()


def one_holder_a_day(
    involvements: list[Involvement],
) -> Iterator[tuple[Involvement, Involvement, str]]:
    """Let the one who began last hold the case, and give each pair that had to be told apart.

    What was entered here stays as it is.
    """
    held: dict[tuple, list[Involvement]] = {}
    for each in involvements:
        if each.part in HOLDERS:
            held.setdefault((each.child_id, each.part), []).append(each)
    for holders in held.values():
        here = [each for each in holders if each.entered_here]
        before = None
        for each in sorted(holders, key=lambda each: each.started_on):
            if each.entered_here:
                continue
            if other := next((one for one in here if share_a_day(one, each)), None):
                each.part = Part.OTHER
                yield each, other, "Somebody entered here held the case then: taken as other."
                continue
            if before and share_a_day(before, each):
                if before.started_on == each.started_on:
                    before.part = Part.OTHER
                    yield before, each, "Two began to hold the case that day: one taken as other."
                else:
                    before.ended_on = each.started_on
                    yield (
                        before,
                        each,
                        f"Another began to hold the case on {each.started_on}: it ends then.",
                    )
            before = each


def share_a_day(one: Involvement, other: Involvement) -> bool:
    """Whether both last on some day; neither does on the day it ends."""
    return one.started_on < (other.ended_on or LATEST) and other.started_on < (
        one.ended_on or LATEST
    )
