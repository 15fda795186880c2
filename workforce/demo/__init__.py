"""The demonstration authority's places, people and posts."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from config.chronicle import ALWAYS, Chronicle
from config.demonstration import Scene, save
from workforce.choices import Role, TeamKind
from workforce.models import Assignment, BankHoliday, Employment, Team, Vacancy, Worker

from .accounts import SIGN_INS, accounts
from .places import AUTHORITY, CODE, SERVICES
from .staffing import People, Posting, Stay, agency, employees, officers, vacancies

__all__ = ["SIGN_INS", "Staff", "load"]

HOLDS_CASES = (Role.SENIOR_PRACTITIONER, Role.CASE_HOLDER, "")

HISTORY = (
    Chronicle(BankHoliday, ALWAYS),
    Chronicle(Team, ALWAYS),
    Chronicle(Employment, "started_on", {"left_on": ["reason_for_leaving", "destination"]}),
    Chronicle(Assignment, "started_on", {"ended_on": []}),
    Chronicle(Vacancy, "opened_on", {"filled_on": []}),
    Chronicle(Worker),
)


@dataclass
class Staff:
    """Everyone who ever worked here, by team; the other apps find in it who could hold a case."""

    authority: Team
    teams: dict[str, Team]
    postings: dict[str, list[Posting]] = field(default_factory=dict)


def load(scene: Scene) -> Staff:
    """Store the tree, the workers with their contracts, and the vacancies."""
    authority, teams = _tree()
    people = People(scene, authority)
    stays = list(chain(employees(scene, people), agency(scene, people), officers(scene, people)))
    _store(scene, stays, teams)
    _store_vacancies(scene, teams)
    staff = Staff(authority, teams)
    for stay in stays:
        for posting in stay.postings:
            if posting.role in HOLDS_CASES and posting.since <= scene.today:
                staff.postings.setdefault(posting.team, []).append(posting)
    for postings in staff.postings.values():
        postings.sort(key=lambda posting: (posting.since, posting.worker.pk))
    accounts(scene, teams | {AUTHORITY: authority}, stays)
    return staff


def _tree() -> tuple[Team, dict[str, Team]]:
    """The authority, and every service and team by name."""
    authority = Team.objects.create(name=AUTHORITY, kind=TeamKind.AUTHORITY, code=CODE)
    places = {}
    for service, teams in SERVICES.items():
        parent = places[service] = Team.objects.create(
            name=service, kind=TeamKind.SERVICE, parent=authority, authority=authority
        )
        for team in teams:
            places[team] = Team.objects.create(
                name=team, kind=TeamKind.TEAM, parent=parent, authority=authority
            )
    return authority, places


def _store(scene: Scene, stays: list[Stay], teams: dict[str, Team]) -> None:
    """Store what has happened by today of the stays."""
    begun = [stay for stay in stays if stay.since <= scene.today]
    save(stay.worker for stay in begun)
    employments = save(
        Employment(
            worker=stay.worker,
            contract=stay.contract,
            started_on=stay.since,
            origin=stay.origin,
            left_on=scene.past(stay.now.until),
            reason_for_leaving=stay.reason if scene.past(stay.now.until) else "",
            destination=stay.destination if scene.past(stay.now.until) else "",
        )
        for stay in begun
    )
    save(
        Assignment(
            employment=employment,
            team=teams[posting.team],
            role=posting.role,
            fte=Decimal(posting.tenths) / 10,
            started_on=posting.since,
            ended_on=scene.past(posting.until),
        )
        for stay, employment in zip(begun, employments, strict=True)
        for posting in stay.postings
        if posting.since <= scene.today
    )


def _store_vacancies(scene: Scene, teams: dict[str, Team]) -> None:
    """Store the posts that stand empty: nobody's posting, for as long as nobody is found."""
    save(
        Vacancy(
            team=teams[posting.team],
            fte=Decimal(posting.tenths) / 10,
            role=posting.role,
            opened_on=posting.since,
            filled_on=scene.past(posting.until),
            reference=f"V{number:04}",
        )
        for number, posting in enumerate(vacancies(scene), start=1)
        if posting.since <= scene.today
    )
