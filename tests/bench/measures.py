"""The lines of the table: what each piece of work costs beside what it is measured against."""

import datetime
import json
import math
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings
from django.db import connection, transaction

from indicators import calculate, registry
from indicators.base import Records
from indicators.models import Distribution, Shown, Standing, Tally
from indicators.queries import as_at_day, monthly
from workforce.choices import TeamKind
from workforce.models import Team

from . import census, rivals, stage
from .authorities import SIZES, Size

HEAVY = ("re_referrals", "cp_visits_in_time")
LOOP_EVERY = 20
ALONE = Size("alone", 1, 55_000, 114_000, 25)


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    size: str
    measured: str
    against: str
    ratio: str
    reach: str


def ms(seconds: float) -> str:
    """A time as people read it."""
    return f"{seconds * 1000:,.0f} ms" if seconds < 10 else f"{seconds:,.1f} s"


def quotient(name: str, size: str, mine: float, other: tuple[str, float], reach: str) -> Line:
    """A line of one time divided by another."""
    label, seconds = other
    return Line(name, size, ms(mine), f"{label} {ms(seconds)}", f"{mine / seconds:.3g}", reach)


def recalculate(today: datetime.date, authority_id: int | None = None) -> None:
    """Every family, in full, with every cell written."""
    roots = Team.objects.filter(kind=TeamKind.AUTHORITY)
    chosen = [authority_id] if authority_id else list(roots.values_list("pk", flat=True))
    pairs = [(family, root) for root in chosen for family in registry.families()]
    for _ in calculate.anew(pairs, today=today):
        pass


def empty() -> None:
    """No figures, so that the next recalculation writes every one."""
    tables = ", ".join(model._meta.db_table for model in (Tally, Distribution, Shown, Standing))
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables}")


def heavy(today: datetime.date) -> None:
    """The monthly sums of the two heavy case sets, straight from the records."""
    roots = Team.objects.filter(kind=TeamKind.AUTHORITY).values_list("pk", flat=True)
    for root in roots:
        for name in HEAVY:
            case_set = registry.indicator(name).case_set
            records = Records(case_set, as_at=today, authority_id=root)
            with as_at_day(today), connection.cursor() as cursor:
                cursor.execute(*monthly(case_set, records, registry.summed(case_set)))
                cursor.fetchall()


def passes(sizes: list[Size], today: datetime.date, times: int) -> Iterator[Line]:
    """The full pass beside one scan of the tables and beside polars, and how it grows."""
    written = {}
    for size in sizes:
        stage.use(stage.name_of(size, today))
        full, scan = math.inf, math.inf
        for _ in range(times if size.name != "XL" else 1):
            scan = min(scan, stage.seconds(rivals.floor))
            empty()
            full = min(full, stage.seconds(lambda: recalculate(today)))
        written[size.name] = full
        yield quotient("full recalculation, written", size.name, full, ("scan", scan), "≤ 20 at L")
        rows = rivals.taken_out()
        mine, out, other = stage.best(
            lambda: heavy(today),
            rivals.taken_out,
            lambda rows=rows: rivals.with_polars(rows, today),
            times=times if size.name != "XL" else 1,
        )
        rival = (f"rows out {ms(out)} + polars {ms(other)} =", out + other)
        yield quotient("referrals and visits due", size.name, mine, rival, "≤ 1 at L")
        if size.name == "S":
            loop = stage.seconds(lambda: rivals.with_a_loop(today, LOOP_EVERY)) * LOOP_EVERY
            yield quotient("the same", "S", mine, ("ORM loop", loop), "≤ 0.005")
    for small, large in pairwise(sizes):
        growth = math.log(written[large.name] / written[small.name])
        exponent = growth / math.log(large.rows / small.rows)
        yield Line(
            "growth, exponent in rows",
            f"{small.name} → {large.name}",
            ms(written[large.name]),
            ms(written[small.name]),
            f"{exponent:.2f}",
            "≤ 1.1",
        )


def one_of_many(today: datetime.date) -> Iterator[Line]:
    """One authority of all England beside as large a one in a database of its own."""
    stage.make_size(ALONE, today)
    took = {}
    for size in (ALONE, SIZES["XL"]):
        stage.use(stage.name_of(size, today))
        root = Team.objects.filter(kind=TeamKind.AUTHORITY).earliest("pk").pk
        recalculate(today, root)
        (took[size.name],) = stage.best(lambda root=root: recalculate(today, root), times=3)
    yield quotient("one authority of many", "XL", took["XL"], ("alone", took["alone"]), "≤ 1.5")


def saves(size: Size, today: datetime.date, count: int = 20) -> Iterator[Line]:
    """One saved visit until the new figure is read."""
    name = stage.name_of(size, today)
    stage.use(name)
    recalculate(today)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.saving", str(count)],
        cwd=settings.BASE_DIR,
        env=stage.environment(name),
        check=True,
        capture_output=True,
    )
    took = json.loads(done.stdout.splitlines()[-1])
    yield Line(
        "save of a visit → new figure, with the worker, p95",
        size.name,
        ms(stage.p95(took["working"])),
        f"without Celery {ms(stage.p95(took['alone']))}",
        "",
        "≤ 2 s",
    )


INSERT = """
    INSERT INTO visits_visit (plan_id, reference, visited_on, purpose, place, outcome, recorded_at)
    SELECT id, '', started_on + 1, 'statutory', 'home', 'seen', now()
    FROM visits_protectionplan, generate_series(1, 40) ORDER BY id LIMIT 100000
"""


def inserts(size: Size, today: datetime.date) -> Iterator[Line]:
    """100,000 visits, with their history and the outbox; taken back afterwards."""
    stage.use(stage.name_of(size, today))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        took = stage.seconds(lambda: cursor.execute(INSERT))
        transaction.set_rollback(True)
    yield Line("100,000 inserts with history and outbox", size.name, ms(took), "", "", "≤ 5 s")


def imports() -> Iterator[Line]:
    """A census of 10,000 children, and whether a quarter of it needs as much memory."""
    _, little = census.take_in(2_500)
    took, much = census.take_in(10_000)
    yield Line(
        "importing a census of 10,000 children",
        "",
        ms(took),
        f"{much:.0f} MB; 2,500 children {little:.0f} MB",
        f"{much / little:.2f}",
        "≤ 60 s, flat",
    )
