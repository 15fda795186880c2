"""The demonstration's accounts: one for each role, and a colleague's cover."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from config.demonstration import RECORDS_BEGIN, Scene
from config.workdays import ONE_DAY
from workforce.choices import AccountRole, Role
from workforce.models import Appointment, Cover, Team, User, Worker

from .places import ASSESSMENT, AUTHORITY, EHC_ASSESSMENTS, FAMILY_SAFEGUARDING, SERVICES
from .staffing import Stay

PASSWORD = "demonstration-only"
COVER = datetime.timedelta(days=14)

EAST = FAMILY_SAFEGUARDING[1]
SERVICE = next(iter(SERVICES))


@dataclass(frozen=True)
class Person:
    """An account: its role, for which place, and whose team and post it takes its name from."""

    username: str
    role: AccountRole
    told: str
    place: str = AUTHORITY
    team: str = ""
    posts: tuple[str, ...] = ()
    uses_admin: bool = True


PEOPLE = (
    Person(
        "caseworker",
        AccountRole.CASEWORKER,
        f"Social worker, {EAST}",
        EAST,
        EAST,
        (Role.CASE_HOLDER,),
    ),
    Person(
        "team.manager",
        AccountRole.TEAM_MANAGER,
        f"Team manager, {EAST}",
        EAST,
        EAST,
        (Role.FIRST_LINE_MANAGER,),
    ),
    Person(
        "service.manager",
        AccountRole.SERVICE_MANAGER,
        f"Service manager, {SERVICE}",
        SERVICE,
        ASSESSMENT,
        (Role.MIDDLE_MANAGER,),
    ),
    Person(
        "send.officer",
        AccountRole.SEND_OFFICER,
        f"SEND casework officer, {EHC_ASSESSMENTS}",
        EHC_ASSESSMENTS,
        EHC_ASSESSMENTS,
        ("",),
    ),
    Person("workforce.officer", AccountRole.WORKFORCE_OFFICER, "Workforce officer"),
    Person("analyst", AccountRole.ANALYST, "Performance analyst"),
    Person("publisher", AccountRole.PUBLISHER, "Publisher", uses_admin=False),
    Person("auditor", AccountRole.AUDITOR, "Information governance auditor", uses_admin=False),
    Person("emergency.duty", AccountRole.EMERGENCY_DUTY, "Emergency duty worker"),
    Person("administrator", AccountRole.ADMINISTRATOR, "System administrator"),
)

SIGN_INS = [(person.username, PASSWORD, person.told) for person in PEOPLE]


def accounts(scene: Scene, places: dict[str, Team], stays: list[Stay]) -> None:
    """Store the accounts, each of someone who is in post today where its role has a post."""
    password = make_password(PASSWORD)
    for person in PEOPLE:
        worker = _someone(scene, stays, person.team, person.posts) if person.team else None
        account = User.objects.create(
            username=person.username,
            password=password,
            first_name=worker.first_name if worker else person.told.split()[0],
            last_name=worker.last_name if worker else person.told.split()[-1].capitalize(),
            worker=worker,
            team=places[person.place],
            demonstration=True,
            is_staff=person.uses_admin,
        )
        Appointment.objects.create(
            user=account, role=person.role, place=places[person.place], since=RECORDS_BEGIN
        )
    Cover.objects.create(
        by=User.objects.get(username="caseworker"),
        worker=_someone(scene, stays, FAMILY_SAFEGUARDING[0], (Role.CASE_HOLDER,)),
        since=scene.yesterday,
        until=scene.yesterday + COVER,
    )


def _someone(scene: Scene, stays: list[Stay], team: str, posts: tuple[str, ...]) -> Worker:
    """Whoever has been longest in that team, in one of the posts."""
    postings = [posting for stay in stays for posting in stay.postings]
    here = [
        posting
        for posting in postings
        if posting.team == team and posting.role in posts and posting.since <= scene.today
        if posting.until is None or posting.until > scene.today + ONE_DAY
    ]
    return min(here, key=lambda posting: posting.since).worker
