"""What pages cost at the largest authority: server time, and how often they ask the database."""

import datetime
from collections.abc import Iterator

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators import registry
from indicators.caselist import cases
from indicators.periods import Period, month_of
from referrals.models import Involvement
from tests import making
from visits.models import ProtectionPlan
from workforce.choices import AccountRole, TeamKind
from workforce.models import Team, User, Worker

from . import stage
from .authorities import Size
from .measures import Line, ms, recalculate

TIMES = 20
LISTS = (
    "referrals:child-list",
    "referrals:referral-list",
    "ehcp:request-list",
    "visits:protectionplan-list",
    "visits:visit-list",
    "workforce:worker-list",
)


def pages(size: Size, today: datetime.date) -> Iterator[Line]:
    """Every kind of page, several times; and the cases behind every number."""
    stage.use(stage.name_of(size, today))
    recalculate(today)
    authority = Team.objects.filter(kind=TeamKind.AUTHORITY).earliest("pk")
    team = Team.objects.filter(kind=TeamKind.TEAM).earliest("pk")
    manager = _signed_in("reader", AccountRole.SERVICE_MANAGER, authority)
    yield from _figures(manager, size)
    yield from _records(manager, _of_a_worker(team), authority, team, size)
    yield from _behind_numbers(authority, team, size, today)


def _figures(client: Client, size: Size) -> Iterator[Line]:
    """Every indicator's page, and the overview."""
    every, first, queries = [], {}, 0
    for indicator in registry.listed():
        address = reverse("indicators:indicator", args=[indicator.name])
        first[indicator], *more = (
            stage.seconds(lambda address=address: _opened(client, address)) for _ in range(4)
        )
        every += more
        queries = max(queries, _queries(client, address))
    slow = max(first, key=first.get)
    told = f"first reader after a recalculation at worst {ms(first[slow])} ({slow.name})"
    yield _line("indicator page", size, every, queries, "≤ 50 ms, ≤ 10 queries", told)
    address = reverse("indicators:overview")
    yield _page("overview page", size, client, [address] * TIMES, "≤ 100 ms, ≤ 12 queries")


def _records(
    manager: Client, worker: Client, authority: Team, team: Team, size: Size
) -> Iterator[Line]:
    """Lists, a search, a child's page, and the desks of a worker and of a team."""
    on_plans = ProtectionPlan.objects.filter(ended_on=None, child__authority=authority)
    children = on_plans.order_by("pk").values_list("child", "child__reference")[: 2 * TIMES]
    files = [reverse("referrals:child-detail", args=[child]) for child, _ in children]
    yield _page("a child's page, of children on a plan", size, manager, files)
    looked_for = [_search(manager, reference) for _, reference in children[:TIMES]]
    yield _page("a search", size, manager, looked_for)
    for name in LISTS:
        yield _page(f"list: {name}", size, manager, [reverse(name)] * TIMES)
    yield _page("My work", size, worker, [reverse("referrals:my-work")] * TIMES)
    for label, name in (("Team work", "team-desk"), ("data quality", "team-quality")):
        address = reverse(f"referrals:{name}", args=[team.pk])
        yield _page(label, size, manager, [address] * TIMES)


def _behind_numbers(
    authority: Team, team: Team, size: Size, today: datetime.date
) -> Iterator[Line]:
    """The first cases behind each number of a team and month."""
    month = Period.ending("month", month_of(today) - datetime.timedelta(days=1))
    behind = {}
    for indicator in registry.listed():

        def look(indicator=indicator):
            return cases(indicator, month, as_at=today, authority=authority, team=team)[:50]

        look()
        (behind[indicator],) = stage.best(look, times=3)
    slow = max(behind, key=behind.get)
    yield Line(
        "the cases behind a number of a team and month, p95",
        size.name,
        ms(stage.p95(list(behind.values()))),
        f"slowest {slow.name} {ms(behind[slow])}",
        "",
        "≤ 50 ms",
    )


def _page(
    what: str, size: Size, client: Client, addresses: list[str], reach: str = "≤ 300 ms"
) -> Line:
    """A line of the pages at some addresses, each asked for once; the first has been before."""
    queries = _queries(client, addresses[0])
    took = [stage.seconds(lambda url=url: _opened(client, url)) for url in addresses]
    return _line(what, size, took, queries, reach)


def _line(
    what: str, size: Size, took: list[float], queries: int, reach: str, told: str = ""
) -> Line:
    against = "; ".join(filter(None, [f"{queries} queries at most", told]))
    return Line(f"{what}, p95", size.name, ms(stage.p95(took)), against, "", reach)


def _signed_in(username: str, role: AccountRole, place: Team, **of) -> Client:
    """A browser signed in with an account of that role; where there is none, it is made."""
    user, is_new = User.objects.get_or_create(username=username, defaults={"team": place, **of})
    if is_new:
        making.appointment(user=user, role=role, place=place)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def _of_a_worker(team: Team) -> Client:
    """A browser signed in by the worker of a team who has the most cases open."""
    open_now = Involvement.objects.filter(
        team=team, ended_on=None, worker__employments__left_on=None
    ).exclude(worker=None)
    most = open_now.values("worker").annotate(cases=Count("pk")).order_by("-cases", "worker")
    worker = Worker.objects.get(pk=most[0]["worker"])
    return _signed_in("caseworker", AccountRole.CASEWORKER, team, worker=worker)


def _search(client: Client, typed: str) -> str:
    """The address of what a search finds."""
    return client.post(reverse("referrals:find-child"), {"typed": typed}).headers["Location"]


def _opened(client: Client, address: str) -> None:
    """A page asked for, which has to be there."""
    status = client.get(address).status_code
    if status != 200:
        raise RuntimeError(f"{address} answered {status}.")


def _queries(client: Client, address: str) -> int:
    """How often a page asks the database, when the session need not be written down."""
    found = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            _opened(client, address)
        found.append(len(asked))
    return min(found)
