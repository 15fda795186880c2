"""Who worked for the demonstration authority from when until when, in which team and for how long.

The staffing table gives the sums; the people who make them up are made here, none stored yet.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from random import Random

from config.demonstration import BOYS, GIRLS, RECORDS_BEGIN, SURNAMES, Scene, quarters
from config.workdays import days_after
from workforce.choices import Contract, Destination, Origin, ReasonForLeaving, Role
from workforce.models import Team, Worker

from .places import ASSESSMENT, CHILDREN_IN_CARE, EHC_ASSESSMENTS, EHC_REVIEWS, SHARES

IN_POST_AT_FIRST = Decimal("61.1")

# Full-time equivalents of qualified social workers: the leavers and starters of each quarter, the
# agency workers and the vacancies at its end. The last four rows go on for ever.
STAFFING = """
    quarter to  voluntary  other  starters  agency  vacant
    2015-06-30        2.0    0.0       2.4    10.0     9.0
    2015-09-30        2.5    0.0       2.0    11.0    10.0
    2015-12-31        2.0    0.5       2.5    11.6    10.0
    2016-03-31        3.0    0.0       3.0    12.0    11.0
    2016-06-30        2.0    0.0       2.6    12.5    11.0
    2016-09-30        3.0    0.0       2.5    13.0    12.0
    2016-12-31        2.4    0.0       2.0    14.0    12.0
    2017-03-31        2.0    0.0       2.0    14.6    13.0
    2017-06-30        2.0    0.0       2.0    15.0    13.0
    2017-09-30        4.0    0.0       0.0    16.0    14.0
    2017-12-31        2.0    0.0       2.0    18.2    15.0
    2018-03-31        3.0    1.0       2.5    20.4    16.0
    2018-06-30        4.0    0.0       3.0    22.6    17.0
    2018-09-30        6.0    1.0       6.5    24.7    18.0
    2018-12-31        4.0    0.0       7.0    30.5    20.0
    2019-03-31        0.0    0.0       4.2    32.4    21.0
    2019-06-30        1.0    0.0       1.2    32.0    21.6
    2019-09-30        0.0    0.0       6.1    35.8    22.0
    2019-12-31        1.8    0.0       4.0    33.0    22.0
    2020-03-31        2.0    0.0       5.0    30.0    23.0
    2020-06-30        1.0    0.0       3.0    27.0    23.0
    2020-09-30        1.0    1.0       5.0    24.1    23.6
    2020-12-31        3.0    0.6       6.3    22.0    22.0
    2021-03-31        4.0    0.0       6.0    19.0    20.0
    2021-06-30        3.0    1.0       5.0    17.0    18.0
    2021-09-30        3.0    0.0       7.0    15.0    17.0
    2021-12-31        4.0    0.0       4.0    18.0    19.0
    2022-03-31        3.6    0.6       3.4    21.0    20.0
    2022-06-30        3.0    0.0       3.0    25.0    22.0
    2022-09-30        4.0    0.0       4.0    27.6    23.0
    2022-12-31        3.0    0.0       5.0    26.0    22.0
    2023-03-31        3.0    0.0       4.4    24.0    20.0
    2023-06-30        2.4    0.6       4.0    23.0    19.0
    2023-09-30        3.0    0.0       5.0    21.6    18.0
    2023-12-31        3.3    0.0       6.0    20.0    17.0
    2024-03-31        3.0    0.0       5.4    19.0    15.0
    2024-06-30        2.5    0.5       5.0    17.0    14.0
    2024-09-30        3.0    0.0       6.0    16.6    12.6
    2024-12-31        2.8    0.0       5.4    17.0    11.0
    2025-03-31        2.0    1.0       5.0    17.6    10.0
    2025-06-30        2.0    0.0       5.0    18.0     8.0
    2025-09-30        3.0    0.0       5.0    19.0     7.0
    2025-12-31        3.0    0.0       3.0    18.6     7.6
    2026-03-31        2.4    0.6       3.0    18.0     8.0
    2026-06-30        2.0    0.0       3.0    17.4     8.0
    2026-09-30        3.0    0.0       2.6    17.0     8.6
"""

# SEND casework officers in post at the end of a quarter; the last figure goes on for ever. They
# are not social workers. From early 2018 to mid 2019 the service had less than half its officers.
OFFICERS = {
    "2015-06-30": "9.0",
    "2018-03-31": "4.0",
    "2018-09-30": "3.6",
    "2019-03-31": "4.0",
    "2019-06-30": "7.0",
    "2019-09-30": "10.0",
    "2020-09-30": "12.0",
    "2022-09-30": "14.0",
    "2024-09-30": "16.0",
}


@dataclass
class Posting:
    """A stretch of a person's time in one team, role and number of hours (in tenths of an FTE)."""

    worker: Worker | None
    team: str
    role: str
    tenths: int
    since: datetime.date
    until: datetime.date | None = None


@dataclass
class Stay:
    """A person's time with the authority, made of postings that follow one another."""

    worker: Worker
    contract: str
    origin: str
    postings: list[Posting]
    reason: str = ""
    destination: str = ""

    @property
    def now(self) -> Posting:
        """The last posting, which is the present one of a person in post."""
        return self.postings[-1]

    @property
    def since(self) -> datetime.date:
        """The first day in post."""
        return self.postings[0].since

    def change(self, day: datetime.date, **changed) -> None:
        """From a day on, another team or other hours."""
        before = self.now
        before.until = day
        kept = {"team": before.team, "role": before.role, "tenths": before.tenths}
        self.postings.append(Posting(self.worker, **(kept | changed), since=day))

    def leave(self, day: datetime.date, reason: str, destination: str = "") -> None:
        """The last day in post was the day before."""
        self.now.until, self.reason, self.destination = day, reason, destination


class People:
    """Makes workers, none of them with the number of another."""

    def __init__(self, scene: Scene, authority: Team) -> None:
        self.dice, self.authority, self.count = scene.dice("workers"), authority, 0

    def one(self, joined_on: datetime.date, *, registered: bool = True) -> Worker:
        """A new person, of working age on the day they join."""
        self.count += 1
        dice = self.dice
        return Worker(
            authority=self.authority,
            reference=f"W{self.count:05}",
            registration_number=f"SW{4_000_000_000 + self.count * 7919:010}" if registered else "",
            registered=registered,
            first_name=dice.choice(GIRLS if dice.random() < 0.8 else BOYS),
            last_name=dice.choice(SURNAMES),
            born_on=days_after(joined_on, -dice.randint(24 * 365, 56 * 365)),
        )


@dataclass(frozen=True)
class _Quarter:
    """One row of the staffing table, in tenths of an FTE."""

    first: datetime.date
    last: datetime.date
    voluntary: int
    other: int
    starters: int
    agency: int
    vacant: int


def _tenths(fte: str | Decimal) -> int:
    return int(Decimal(fte) * 10)


def _staffing(scene: Scene) -> Iterator[_Quarter]:
    """The rows of the staffing table, up to the quarter of today."""
    rows = [line.split() for line in STAFFING.strip().splitlines()[1:]]
    for position, (first, last) in enumerate(quarters(RECORDS_BEGIN, scene.today)):
        beyond = max(0, position - len(rows) + 4) // 4 * 4
        _, *figures = rows[position - beyond]
        yield _Quarter(first, last, *map(_tenths, figures))


def _parts(dice: Random, total: int) -> Iterator[int]:
    """Tenths of an FTE, dealt out to people: most of them full time."""
    while total:
        fitting = [part for part in (10, 10, 10, 10, 8, 6, 5) if part == total or part <= total - 5]
        part = dice.choice(fitting) if fitting else total
        yield part
        total -= part


def _chosen(dice: Random, stays: list[Stay], total: int) -> list[Stay]:
    """Some of the people, whose hours make up exactly that many tenths."""
    found: dict[int, list[Stay]] = {0: []}
    for stay in dice.sample(stays, len(stays)):
        for amount, chosen in list(found.items()):
            found.setdefault(amount + stay.now.tenths, [*chosen, stay])
        if total in found:
            return found[total]
    raise ValueError(f"No leavers make up {total / 10} FTE.")


def _thinnest(stays: list[Stay]) -> str:
    """The team that is shortest of people for its share."""
    held = dict.fromkeys(SHARES, 0)
    for stay in stays:
        held[stay.now.team] += stay.now.tenths
    return min(held, key=lambda team: held[team] / SHARES[team])


def employees(scene: Scene, people: People) -> list[Stay]:
    """The authority's own social workers, quarter by quarter as the staffing table says."""
    dice, calendar = scene.dice("employees"), scene.calendar
    in_post = _first_employees(dice, people)
    everyone, managers = list(in_post), {id(stay) for stay in in_post if _manages(stay)}
    for row in _staffing(scene):
        _swap_hours_and_teams(dice, in_post, managers, calendar.on_or_after(row.first))
        settled = [stay for stay in in_post if id(stay) not in managers]
        leaving = _chosen(dice, settled, row.voluntary)
        others = _chosen(dice, [stay for stay in settled if stay not in leaving], row.other)
        second_day = days_after(calendar.on_or_after(row.first), 1)
        for stay in leaving + others:
            day = calendar.one(dice, second_day, row.last)
            stay.leave(day, *_reason(dice, voluntary=stay in leaving))
            in_post.remove(stay)
        for part in _parts(dice, row.starters):
            day = calendar.one(dice, row.first, row.last)
            role = dice.choices(
                (Role.CASE_HOLDER, Role.SENIOR_PRACTITIONER, Role.WITHOUT_CASES), (80, 15, 5)
            )[0]
            worker = people.one(day)
            posting = Posting(worker, _thinnest(in_post), role, part, day)
            stay = Stay(worker, Contract.EMPLOYEE, _origin(dice), [posting])
            in_post.append(stay)
            everyone.append(stay)
    return everyone


def _first_employees(dice: Random, people: People) -> list[Stay]:
    """Those in post when the records begin, among them a manager for each team."""
    stays: list[Stay] = []
    ranks = [Role.FIRST_LINE_MANAGER] * len(SHARES) + [Role.MIDDLE_MANAGER] * 2
    total = _tenths(IN_POST_AT_FIRST) - 10 * len(ranks)
    teams = [*SHARES, ASSESSMENT, CHILDREN_IN_CARE]
    places = [*zip(teams, ranks, [10] * len(ranks), strict=True)]
    for team, role, part in chain(places, ((None, None, part) for part in _parts(dice, total))):
        since = days_after(RECORDS_BEGIN, -dice.randint(60, 12 * 365))
        worker = people.one(since)
        posting = Posting(worker, team or _thinnest(stays), role or _case_role(dice), part, since)
        stays.append(Stay(worker, Contract.EMPLOYEE, _origin(dice), [posting]))
    return stays


def _manages(stay: Stay) -> bool:
    return stay.now.role in (Role.FIRST_LINE_MANAGER, Role.MIDDLE_MANAGER)


def _case_role(dice: Random) -> str:
    return Role.SENIOR_PRACTITIONER if dice.random() < 0.2 else Role.CASE_HOLDER


def _swap_hours_and_teams(
    dice: Random, in_post: list[Stay], managers: set[int], day: datetime.date
) -> None:
    """On one day two people swap their hours, and one moves team: neither is leaving."""
    settled = [
        stay for stay in in_post if id(stay) not in managers and (day - stay.now.since).days > 180
    ]
    one, other, mover = dice.sample(settled, 3)
    if one.now.tenths != other.now.tenths:
        one_had, other_had = one.now.tenths, other.now.tenths
        one.change(day, tenths=other_had)
        other.change(day, tenths=one_had)
    team = _thinnest(in_post)
    if team != mover.now.team:
        mover.change(day, team=team)


def _reason(dice: Random, *, voluntary: bool) -> tuple[str, str]:
    """Why a social worker left, and where they went."""
    if not voluntary:
        reasons = (ReasonForLeaving.OTHER, ReasonForLeaving.DISMISSED, ReasonForLeaving.NOT_KNOWN)
        return dice.choice(reasons), Destination.NOT_KNOWN
    reason = dice.choices(
        (ReasonForLeaving.RESIGNATION, ReasonForLeaving.RETIRED, ReasonForLeaving.MOVED_ROLE),
        (84, 10, 6),
    )[0]
    went = {
        ReasonForLeaving.RETIRED: (Destination.NOT_SOCIAL_CARE,),
        ReasonForLeaving.MOVED_ROLE: (Destination.OTHER_SOCIAL_CARE,),
    }.get(
        reason,
        (
            Destination.OTHER_AUTHORITY,
            Destination.OTHER_AUTHORITY,
            Destination.AGENCY,
            Destination.OTHER_SOCIAL_WORK,
            Destination.NOT_KNOWN,
        ),
    )
    return reason, dice.choice(went)


def _origin(dice: Random) -> str:
    return dice.choices(
        (
            Origin.NEWLY_QUALIFIED,
            Origin.OTHER_AUTHORITY,
            Origin.AGENCY,
            Origin.OUTSIDE_ENGLAND,
            Origin.OTHER_SOCIAL_WORK,
        ),
        (35, 35, 15, 8, 7),
    )[0]


def _walk(
    dice: Random,
    scene: Scene,
    levels: dict[datetime.date, int],
    churn: float,
    begin: Callable[[int, datetime.date], Posting],
) -> Iterator[Posting]:
    """Postings that come and go so that their sum at each quarter's end is the level asked for.

    ``churn`` is the share of them that end in a quarter, whatever the level does.
    """
    running: list[Posting] = []
    for first, last in quarters(RECORDS_BEGIN, scene.today):
        ending = dice.sample(running, round(churn * len(running)))
        staying = [posting for posting in running if posting not in ending]
        while sum(posting.tenths for posting in staying) > levels[last]:
            ending.append(staying.pop(dice.randrange(len(staying))))
        for posting in ending:
            posting.until = scene.calendar.one(dice, days_after(first, 1), last)
        missing = levels[last] - sum(posting.tenths for posting in staying)
        new = [begin(part, scene.calendar.one(dice, first, last)) for part in _parts(dice, missing)]
        yield from new
        running = staying + new


def agency(scene: Scene, people: People) -> Iterator[Stay]:
    """Agency social workers: more of them come and go than of the authority's own."""
    dice = scene.dice("agency")
    teams, shares = list(SHARES), list(SHARES.values())

    def begin(part: int, day: datetime.date) -> Posting:
        team = dice.choices(teams, shares)[0]
        return Posting(people.one(day), team, Role.CASE_HOLDER, part, day)

    levels = {row.last: row.agency for row in _staffing(scene)}
    postings = list(_walk(dice, scene, levels, 0.15, begin))
    for posting in postings:
        reason = ReasonForLeaving.OTHER if posting.until else ""
        yield Stay(posting.worker, Contract.AGENCY, "", [posting], reason)


def officers(scene: Scene, people: People) -> Iterator[Stay]:
    """SEND casework officers, who are not registered social workers."""
    dice = scene.dice("officers")

    def begin(part: int, day: datetime.date) -> Posting:
        team = dice.choice((EHC_ASSESSMENTS, EHC_REVIEWS))
        return Posting(people.one(day, registered=False), team, "", part, day)

    known = {datetime.date.fromisoformat(day): _tenths(fte) for day, fte in OFFICERS.items()}
    levels, level = {}, 0
    for _, last in quarters(RECORDS_BEGIN, scene.today):
        level = levels[last] = known.get(last, level)
    for posting in list(_walk(dice, scene, levels, 0.06, begin)):
        reason = ReasonForLeaving.RESIGNATION if posting.until else ""
        yield Stay(posting.worker, Contract.EMPLOYEE, "", [posting], reason)


def vacancies(scene: Scene) -> list[Posting]:
    """The posts that stand empty: nobody's postings, for as long as nobody is found."""
    dice = scene.dice("vacancies")
    teams, shares = list(SHARES), list(SHARES.values())

    def begin(part: int, day: datetime.date) -> Posting:
        return Posting(None, dice.choices(teams, shares)[0], Role.CASE_HOLDER, part, day)

    levels = {row.last: row.vacant for row in _staffing(scene)}
    return list(_walk(dice, scene, levels, 0.25, begin))
