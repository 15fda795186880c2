"""What this app takes from returns: the authority itself, workers and the posts that are empty."""

import datetime
import re
from collections.abc import Collection

from django.db.models import QuerySet

from config.imports import Batch, CannotRead, Part, Row
from config.workdays import ONE_DAY

from .choices import Absence, Contract, Destination, Origin, ReasonForLeaving, Role, TeamKind
from .models import Assignment, Employment, Team, Vacancy, Worker

REGISTRATION = re.compile(r"[A-Z]{2}[0-9]{10}")
LEA = re.compile(r"[0-9]{3}")
CENSUS = "CSWW "
EMPLOYMENT = (
    "contract",
    "started_on",
    "origin",
    "left_on",
    "reason_for_leaving",
    "destination",
    "absence",
)


def authority_of(*, code: str, lea: str) -> Team:
    """The authority that a return is from: the one it names, the one asked for, or the only one.

    One that is named by its number and not known yet is made.
    """
    if code and lea and code != lea:
        raise CannotRead(
            f"The return is from authority {lea}, and --authority says {code}. Leave one of them."
        )
    number = lea or code
    authorities = Team.objects.filter(kind=TeamKind.AUTHORITY)
    if number:
        if known := authorities.filter(code=number).first():
            return known
        if not LEA.fullmatch(number):
            raise CannotRead(f"“{number}” is not the number of an authority, which has 3 digits.")
        return Team.objects.create(kind=TeamKind.AUTHORITY, code=number, name=f"Authority {number}")
    found = list(authorities[:2])
    if len(found) != 1:
        raise CannotRead(
            "The file names no authority, and there is "
            + ("more than one" if found else "none yet")
            + ". Say whose it is with --authority and its three-digit number."
        )
    return found[0]


# The census


def worker_of_census(row: Row, authority: Team) -> Worker:
    """CSWW ``CSWWWorker``: who it is. Without a day of starting nothing true can be said of one."""
    number = registration(row, "SWENo")
    if not number:
        row.refuse("Without a registration number nobody can be told from others.", "SWENo")
    row.began("RoleStartDate")
    return Worker(
        authority=authority,
        registration_number=number,
        registered=True,
        born_on=row.known_day("PersonBirthDate"),
    )


def employment_of_census(row: Row) -> Employment:
    """CSWW ``CSWWWorker``: the time in post."""
    started = row.began("RoleStartDate")
    agency = row.flag("AgencyWorker")
    if agency is None:
        row.refuse("There is no AgencyWorker: employed or not is not said.", "AgencyWorker")
    reason = row.code("ReasonLeave", ReasonForLeaving)
    destination = row.code("LeaverDestination", Destination)
    left = row.ended("RoleEndDate", started, same_day=False)
    if left and not reason:
        row.warn("Left without a reason: taken as 9, not known.", "ReasonLeave")
        reason = ReasonForLeaving.NOT_KNOWN
    return Employment(
        worker=row.record,
        contract=Contract.AGENCY if agency else Contract.EMPLOYEE,
        started_on=started,
        origin=row.code("StartOrigin", Origin),
        left_on=left,
        reason_for_leaving=reason if left else "",
        destination=destination if left else "",
        absence=row.code("ReasonAbsence", Absence) if row.flag("Absat30Sept") else "",
        entered_here=False,
    )


def hours(row: Row, *, left: bool):
    """The full-time equivalent. For one who left the return gives 0, and ``FTE30`` what it was."""
    fte = row.number("FTE", most=2)
    before = row.number("FTE30", most=2)
    if left and not fte and before:
        row.warn("Left, and so without hours: those of FTE30 are taken.", "FTE30", str(before))
        fte = before
    elif fte is None:
        row.warn("There are no hours: taken as 0.", "FTE")
    return round(fte or 0, 6)


def registration(row: Row, tag: str) -> str:
    """A registration number in capitals: two letters and ten digits."""
    number = row.text(tag).upper()
    if number and not REGISTRATION.fullmatch(number):
        row.refuse("This is not a registration number.", tag, number)
    return number


def take_workers(batch: Batch) -> None:
    """The workers of a workforce census, with their time in post and their hours."""
    told = list(
        batch.read("worker", batch.rows, lambda row: worker_of_census(row, batch.authority))
    )
    store_workers(batch, told, by=[("registration_number",)], fields=["born_on"])
    employed = list(
        batch.read("employment", [row for row, _ in told if row.record], employment_of_census)
    )
    store_employments(batch, employed)
    store_hours(batch, [(row, row.record) for row, _ in employed if row.record])


def store_employments(batch: Batch, told: list[tuple[Row, Employment]]) -> None:
    """Match by worker and first day; one whose first day is corrected, by the days it shares."""
    known = list(Employment.objects.filter(worker__in={each.worker_id for _, each in told}))
    named = {(each.worker_id, each.started_on) for _, each in told}
    corrected: dict[int, int] = {}
    moves: list[tuple[int, datetime.date, datetime.date]] = []
    for _, employment in told:
        for other in known:
            unnamed = (other.worker_id, other.started_on) not in named
            if unnamed and not other.entered_here and share_days(other, employment):
                corrected[id(other)] = corrected[id(employment)] = other.pk
                moves.append((other.pk, other.started_on, employment.started_on))
    employments = batch.merge(
        "employment",
        Employment,
        known,
        by=[("worker_id", "started_on"), lambda employment: corrected.get(id(employment))],
        fields=EMPLOYMENT,
    )
    for row, employment in told:
        employments.put(row, employment)
    move_hours([move for move in moves if move[2] > move[1]])
    employments.write()
    move_hours([move for move in moves if move[2] < move[1]])


def move_hours(moves: list[tuple[int, datetime.date, datetime.date]]) -> None:
    """The first hours of an employment begin with it, also where its first day is corrected."""
    for employment, was, becomes in moves:
        Assignment.objects.filter(employment=employment, started_on=was).update(started_on=becomes)


def share_days(one: Employment, other: Employment) -> bool:
    """Whether two employments are the same worker's, and overlap."""
    return (
        one.worker_id == other.worker_id
        and (one.left_on is None or one.left_on > other.started_on)
        and (other.left_on is None or other.left_on > one.started_on)
    )


def store_hours(batch: Batch, employed: list[tuple[Row, Employment]]) -> None:
    """The hours on the census day, or on the last day in post: then known already, mostly.

    Where a team is known by now, the hours are the team's to say.
    """
    employments = dict(employed)
    known = Assignment.objects.filter(employment__in=[each.pk for _, each in employed])
    placed = set(known.exclude(team=batch.authority).values_list("employment_id", flat=True))
    merge = batch.merge(
        "assignment",
        Assignment,
        known.filter(team=batch.authority),
        by=[("employment_id", "started_on")],
        fields=["role", "fte", "started_on", "ended_on"],
    )
    stretches: dict[int, list[Assignment]] = {}
    for assignment in merge.known:
        stretches.setdefault(assignment.employment_id, []).append(assignment)
    other_days = {vacancy.opened_on for vacancy in census_vacancies(batch.authority)}
    other_days.discard(batch.reference_date)

    def assignments(row: Row) -> list[Assignment]:
        employment, day = employments[row], batch.reference_date
        if employment.pk in placed:
            return []
        known = stretches.get(employment.pk, [])
        left = employment.left_on is not None
        if left and known and not row.number("FTE", most=2):
            return []
        told = Assignment(
            employment=employment,
            team=batch.authority,
            role=row.code("OrgRole", Role),
            fte=hours(row, left=left),
            started_on=employment.started_on,
        )
        return dated(
            told, known, min(day, employment.left_on - ONE_DAY) if left else day, other_days
        )

    for row, told in batch.read("assignment", list(employments), assignments):
        if not told:
            batch.leave(row, known=employments[row].pk not in placed)
        for assignment in told:
            merge.put(row, assignment)
    merge.write()


def dated(
    told: Assignment, stretches: list[Assignment], day: datetime.date, other_days: Collection
) -> list[Assignment]:
    """Hours and role as a census tells them of a day, among what other censuses told of theirs.

    Between two censuses that differ, the hours change on the day of the later one.
    """
    here = next((each for each in stretches if holds(each, day)), None)
    if here is None:
        return [] if stretches else [told]
    told.started_on, told.ended_on = here.started_on, here.ended_on
    if (told.fte, told.role) == (here.fte, here.role):
        return [told]
    parts = [told]
    before = any(here.started_on <= other < day for other in other_days)
    after = min((other for other in other_days if other > day and holds(here, other)), default=None)
    if after:
        told.ended_on = after
        parts.append(copied(here, started_on=after, ended_on=here.ended_on))
    if before:
        told.started_on = day
        parts.append(copied(here, started_on=here.started_on, ended_on=day))
    return parts


def holds(assignment: Assignment, day: datetime.date) -> bool:
    """Whether an assignment holds on a day."""
    return assignment.started_on <= day and (
        assignment.ended_on is None or assignment.ended_on > day
    )


def copied(assignment: Assignment, **days: datetime.date | None) -> Assignment:
    """The same team, role and hours on other days."""
    return Assignment(
        employment=assignment.employment,
        team=assignment.team,
        role=assignment.role,
        fte=assignment.fte,
        **days,
    )


def census_vacancies(authority: Team) -> QuerySet[Vacancy]:
    """The vacancies that censuses told of: one for each census day that is known."""
    return Vacancy.objects.filter(team=authority, reference__startswith=CENSUS)


def take_vacancies(batch: Batch) -> None:
    """CSWW ``LALevelVacancies``: the posts that were empty on the census day, as one vacancy."""
    known = list(census_vacancies(batch.authority))
    day = batch.reference_date

    def vacancy(row: Row) -> Vacancy:
        fte = row.number("NumberOfVacancies", most=1000)
        if fte is None:
            row.refuse("There is no NumberOfVacancies.", "NumberOfVacancies")
        later = [each.opened_on for each in known if each.opened_on > day]
        return Vacancy(
            team=batch.authority,
            fte=round(fte, 6),
            opened_on=day,
            filled_on=min(later, default=None),
            reference=f"{CENSUS}{day.year}",
        )

    vacancies = batch.merge(
        "vacancy",
        Vacancy,
        known,
        by=[("reference",)],
        fields=["fte", "opened_on", "filled_on"],
    )
    for row, told in batch.read("vacancy", batch.rows, vacancy):
        vacancies.put(row, told)
        for earlier in known:
            if earlier.opened_on < day and (earlier.filled_on is None or earlier.filled_on > day):
                earlier.filled_on = day
    vacancies.write()


# The extract


def take_departments(batch: Batch) -> None:
    """SSD ``ssd_department``: what the teams are called that later extracts name by identifier.

    The tree of places is the service's own to say: no place is made or changed.
    """

    def name(row: Row) -> tuple[str, str]:
        return row.needed("dept_team_id", most=60), row.needed("dept_team_name", most=100)

    for row, (identifier, called) in batch.read("department", batch.rows, name):
        batch.link("ssd_department", identifier, called)
        batch.leave(row)


def professional(row: Row, authority: Team) -> Worker:
    """SSD ``ssd_professionals``: who works with children. It does not say from when."""
    number = registration(row, "prof_social_worker_registration_no")
    last, _, first = row.text("prof_professional_name", most=100).partition(",")
    if not first:
        first, _, last = last.rpartition(" ")
    return Worker(
        authority=authority,
        reference=row.needed("prof_professional_id", most=40),
        registration_number=number,
        registered=bool(number),
        first_name=first.strip(),
        last_name=last.strip(),
    )


def take_professionals(batch: Batch) -> None:
    """The professionals of an SSD extract."""
    told = batch.read("worker", batch.rows, lambda row: professional(row, batch.authority))
    store_workers(
        batch,
        list(told),
        by=[("reference",), ("registration_number",)],
        fields=["reference", "registration_number", "registered", "first_name", "last_name"],
        kept=["registration_number"],
    )


def store_workers(batch: Batch, told: list, **how) -> None:
    """Bring the authority's workers up to date."""
    numbers = {worker.registration_number for _, worker in told} - {""}
    references = {worker.reference for _, worker in told} - {""}
    here = Worker.objects.filter(authority=batch.authority)
    known = here.filter(registration_number__in=numbers) | here.filter(reference__in=references)
    workers = batch.merge("worker", Worker, known, **how)
    for row, told_of in told:
        worker = workers.put(row, told_of)
        worker.registered = bool(worker.registration_number)
    workers.write()


PARTS = [
    Part("CSWW", "Message/LALevelVacancies", "NumberOfVacancies", take_vacancies),
    Part("CSWW", "Message/CSWWWorker", "SWENo", take_workers),
    Part("SSD", "ssd_department", "dept_team_id", take_departments),
    Part("SSD", "ssd_professionals", "prof_professional_id", take_professionals),
]

NOT_KEPT = {
    "CSWW": {
        "NoAgencyFTE",
        "NoAgencyHeadcount",
        "GenderCurrent",
        "Sex",
        "Ethnicity",
        "QualInst",
        "QualLevel",
        "StepUpGrad",
        "Cases30",
        "WorkingDaysLost",
        "ContractWeeks",
        "FrontlineGrad",
        "FTE",
        "FTE30",
        "OrgRole",
        "ReasonAbsence",
        "CFKSSstatus",
    },
    "SSD": {
        "prof_staff_id",
        "prof_professional_job_title",
        "prof_professional_caseload",
        "prof_professional_department",
        "prof_full_time_equivalency",
        "prof_agency_worker_flag",
        "dept_team_parent_id",
        "dept_team_parent_name",
    },
}
