"""Recalculation: from the records to the stored sums and spreads, whole, set-based, repeatable.

A pass holds the lock of its family and authority, deletes the outbox rows that it can see, and only
then computes, in one statement: a change that commits later finds its own outbox row still there.
"""

import datetime
from collections.abc import Iterator, Sequence

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone

from workforce.choices import TeamKind
from workforce.models import Team

from . import registry
from .base import Measure, Records
from .distributions import HOME, NOTHING, of_children, of_values, with_earlier
from .expressions import NEVER
from .models import Distribution, Outbox, Run, Shown, Standing, Tally
from .periods import month_of
from .queries import BEGINNING, SUMS, added_up, as_at_day, counted, rows_of_months
from .side_by_side import side_by_side

# What is kept of each month: the table, its column for the team or place, and what a cell is.
KEPT = {
    "sums": (Tally._meta.db_table, "team_id", SUMS),
    "spread": (Distribution._meta.db_table, "place_id", ("points", "numerators", "denominators")),
}

# What is stored of a family from a month on, which the index of its cells finds.
STORED = "stored.authority_id = %s AND stored.indicator = ANY(%s) AND stored.month >= %s"


def drain(*, today: datetime.date, authority: Team | None = None) -> int:
    """Take in all that waits and bring every family up to today; returns the cells changed."""
    _forget_authorities_that_are_gone()
    return sum(
        recalculate(family, authority_id, today=today)
        for family, authority_id in waiting(today=today, authority=authority)
    )


def answer_asked(*, today: datetime.date) -> None:
    """Compute anew, every month, what was asked for on a page: the runs that are not finished."""
    asked = Run.objects.filter(kind=Run.Kind.FULL, finished_at=None).order_by("pk")
    for key in asked.values_list("pk", flat=True):
        with transaction.atomic():
            run = asked.select_for_update(skip_locked=True, of=["self"]).filter(pk=key).first()
            if run:
                recalculate(run.family, run.authority_id, today=today, in_full=True, run=run)


def waiting(*, today: datetime.date, authority: Team | None = None) -> list[tuple[str, int]]:
    """The families and authorities with changes to take in, or not yet as at today."""
    there_are = Team.objects.filter(kind=TeamKind.AUTHORITY)
    authorities = [authority.pk] if authority else list(there_are.values_list("pk", flat=True))
    changed = set(Outbox.objects.values_list("family", "authority_id").distinct())
    fresh = set(Standing.objects.filter(as_at=today).values_list("family", "authority_id"))
    return [
        (family, authority_id)
        for authority_id in authorities
        for family in registry.families()
        if (family, authority_id) in changed or (family, authority_id) not in fresh
    ]


def recalculate(
    family: str,
    authority_id: int,
    *,
    today: datetime.date,
    in_full: bool = False,
    kind: str = Run.Kind.CHANGE,
    run: Run | None = None,
) -> int:
    """Bring a family's monthly sums of an authority up to date; returns how many cells changed.

    Months before the earliest day that a change touches stand, unless they were last calculated as
    at another day: then, and ``in_full``, every month is computed anew. What was done is written
    down in the ``run`` that asked for it, or else in a new one.
    """
    run = run or Run(kind=kind, family=family, authority_id=authority_id)
    run.started_at = timezone.now()
    with as_at_day(today):
        _lock(family, authority_id)
        since, event_at = _take(family, authority_id)
        standing = Standing.objects.filter(family=family, authority=authority_id).first()
        if standing is None or standing.as_at != today:
            in_full = True
        if in_full:
            since = BEGINNING
        if since is None:
            return 0
        since = month_of(since)
        cells = _store(family, authority_id, since=since, today=today)
        now = timezone.now()
        Standing.objects.update_or_create(
            family=family,
            authority_id=authority_id,
            defaults={"as_at": today, "calculated_at": now}
            | ({"event_at": event_at} if event_at else {}),
        )
        run.since, run.as_at, run.cells, run.finished_at = since, today, cells, now
        run.save()
    return cells


def verify(family: str, authority_id: int) -> list[dict]:
    """The cells whose stored sums are not what the records give as at the day they were stored.

    Each is ``{indicator, team, month, stored, recomputed}``, the last two as lists of numerator,
    denominator and undecided; of a distribution, the first two are its counts at its points.
    Changes that still wait in the outbox are not drift: drain first.
    """
    with transaction.atomic():
        _lock(family, authority_id)
        standing = Standing.objects.filter(family=family, authority=authority_id).first()
        if standing is None:
            return []
        with as_at_day(standing.as_at), connection.cursor() as cursor:
            ctes, params = _different(family, authority_id, as_at=standing.as_at)
            cursor.execute(
                f"""
                WITH RECURSIVE {ctes}
                SELECT indicator, team_id AS team, month, {_told("stored_")}, {_told("")}
                FROM different_sums
                UNION ALL
                SELECT indicator, place_id, month, {_drawn("stored_")}, {_drawn("")}
                FROM different_spread
                ORDER BY indicator, month, team
                """,
                params,
            )
            return [
                {
                    "indicator": indicator,
                    "team": team,
                    "month": month.isoformat(),
                    "stored": stored,
                    "recomputed": recomputed,
                }
                for indicator, team, month, stored, recomputed in cursor.fetchall()
            ]


def _told(which: str) -> str:
    """The SQL of sums as texts without needless noughts; of nothing where there are none."""
    return (
        f"CASE WHEN {which}numerator IS NOT NULL THEN ARRAY["
        + ", ".join(f"trim_scale({which}{part})::text" for part in SUMS)
        + "] END"
    )


def _drawn(which: str) -> str:
    """The SQL of a distribution as texts; of nothing where there is none."""
    return (
        f"CASE WHEN {which}points IS NOT NULL THEN ARRAY["
        + ", ".join(
            f"{which}{part}::text || ' at ' || {which}points::text"
            for part in ("numerators", "denominators")
        )
        + ", '0'] END"
    )


def anew(
    chosen: Sequence[tuple[str, int]], *, today: datetime.date
) -> Iterator[tuple[str, int, int]]:
    """Families of authorities computed in full, several at a time: each with its cells changed."""

    def compute(each: tuple[str, int]) -> tuple[str, int, int]:
        return *each, recalculate(*each, today=today, in_full=True, kind=Run.Kind.FULL)

    yield from side_by_side(compute, _longest_first(chosen))


def overnight(*, today: datetime.date) -> Iterator[tuple[str, int, int, list[dict]]]:
    """The night's work, families of authorities several at a time: verify, then compute in full.

    Yields ``(family, authority_id, cells changed, drift)``. Changes that wait are taken in first,
    as at the day the figures were stored, so that only a real difference is reported as drift.
    """

    def verify_and_compute(each: tuple[str, int]) -> tuple[str, int, int, list[dict]]:
        family, authority_id = each
        started_at = timezone.now()
        with transaction.atomic():
            _lock(family, authority_id)
            standing = Standing.objects.filter(family=family, authority=authority_id).first()
            if standing:
                recalculate(family, authority_id, today=standing.as_at)
            drift = verify(family, authority_id)
            cells = recalculate(family, authority_id, today=today, in_full=True, kind=Run.Kind.FULL)
            if drift:
                Run.objects.create(
                    kind=Run.Kind.VERIFY,
                    family=family,
                    authority_id=authority_id,
                    as_at=standing.as_at,
                    started_at=started_at,
                    finished_at=timezone.now(),
                    cells=len(drift),
                    drift=drift,
                )
        return family, authority_id, cells, drift

    authorities = Team.objects.filter(kind=TeamKind.AUTHORITY).order_by("pk")
    chosen = [
        (family, authority_id)
        for authority_id in authorities.values_list("pk", flat=True)
        for family in registry.families()
    ]
    yield from side_by_side(verify_and_compute, _longest_first(chosen))


def _longest_first(chosen: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The same in the order of how long each took at most, so that none is begun too late."""
    took = {
        (family, authority_id): longest
        for family, authority_id, longest in Run.objects.filter(kind=Run.Kind.FULL)
        .values_list("family", "authority")
        .annotate(longest=Max(F("finished_at") - F("started_at")))
    }
    return sorted(chosen, key=lambda each: took.get(each) or datetime.timedelta(), reverse=True)


def _forget_authorities_that_are_gone() -> None:
    there_are = Team.objects.filter(kind=TeamKind.AUTHORITY)
    Outbox.objects.exclude(authority__in=there_are.values("pk")).delete()


def _lock(family: str, authority_id: int) -> None:
    """Hold the family's figures of the authority until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [f"figures/{family}", authority_id]
        )


def _take(
    family: str, authority_id: int
) -> tuple[datetime.date, datetime.datetime] | tuple[None, None]:
    """Delete the changes that wait and can be seen.

    Returns the earliest day that they touch, and when the latest of them was made.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH taken AS (
                DELETE FROM indicators_outbox
                WHERE family = %s AND authority_id = %s RETURNING since, at
            )
            SELECT min(since), max(at) FROM taken
            """,
            [family, authority_id],
        )
        return cursor.fetchone()


def _names(family: str) -> list[str]:
    return [
        question.name
        for case_set in registry.case_sets(family)
        for question in (*registry.summed(case_set), *registry.spread(case_set))
    ]


def _fresh(
    family: str, authority_id: int, *, as_at: datetime.date, since: datetime.date
) -> tuple[list[str], list]:
    """The SQL of the CTEs that end with ``fresh_sums`` and ``fresh_spread``, for WITH RECURSIVE.

    They are the monthly sums of a family in an authority, without the cells that are nothing, and
    its distributions. They are right from ``since`` on: whoever has no case from then on is left
    out. A case set that gives both is read once, and its sums are added up from what its cases are
    counted to for their spread.
    """
    ctes, given = [HOME], [authority_id]
    sums, params = [], []
    spreads = [NOTHING]

    def keep(name: str, sql: str, more: Sequence) -> tuple[str, tuple]:
        ctes.append(f"{name} AS MATERIALIZED ({sql})")
        given.extend(more)
        return f"TABLE {name}", ()

    for number, case_set in enumerate(registry.case_sets(family)):
        summed, spread = registry.summed(case_set), registry.spread(case_set)
        records = Records(case_set, as_at=as_at, authority_id=authority_id)
        if since > BEGINNING:
            records = records.between(since, NEVER)
        asked = [*summed, *spread]
        sql, more = rows_of_months(case_set, records, asked, since=since)
        spread = [(place, question) for place, question in enumerate(asked) if question in spread]
        children = [each for each in spread if each[1].measure is Measure.DISTINCT]
        valued = [each for each in spread if each not in children]
        if children:
            sql, more = keep(f"cases_{number}", with_earlier(sql), more)
            spreads += [of_children(each, place, f"cases_{number}") for place, each in children]
        sql = counted(case_set, sql, summed, [place for place, _ in valued], as_at=as_at)
        if valued:
            sql, more = keep(f"counted_{number}", sql, more)
            spreads += [of_values(each, place, f"counted_{number}") for place, each in valued]
        sums.append(f"({added_up(case_set, sql, summed, as_at=as_at)})")
        params += more
    sums, spreads = " UNION ALL ".join(sums), " UNION ALL ".join(spreads)
    ctes += [
        f"""
        fresh_sums AS (
            SELECT * FROM ({sums}) cell
            WHERE month >= %s AND (numerator <> 0 OR denominator <> 0 OR undecided <> 0)
        )
        """,
        f"fresh_spread AS (SELECT * FROM ({spreads}) cell WHERE month >= %s)",
    ]
    return ctes, [*given, *params, since, since]


def _different(
    family: str, authority_id: int, *, as_at: datetime.date, since: datetime.date = BEGINNING
) -> tuple[str, list]:
    """The SQL of the CTEs ``different_sums`` and ``different_spread``, for WITH RECURSIVE.

    They are the cells of the months from ``since`` on whose stored values are not what the records
    give: both, with the key of what is stored; nothing on the side where there is no such cell.
    """
    ctes, params = _fresh(family, authority_id, as_at=as_at, since=since)
    for kind, (table, place, parts) in KEPT.items():
        stored, fresh = (
            ", ".join(f"{side}.{part}" for part in parts) for side in ("stored", "fresh")
        )
        both = ", ".join(f"stored.{part} AS stored_{part}, fresh.{part}" for part in parts)
        ctes.append(
            f"""
            different_{kind} AS MATERIALIZED (
                SELECT id, indicator, {place}, month, {both}
                FROM (SELECT * FROM {table} stored WHERE {STORED}) stored
                FULL JOIN fresh_{kind} fresh USING (indicator, {place}, month)
                WHERE ({stored}) IS DISTINCT FROM ({fresh})
            )
            """
        )
        params += [authority_id, _names(family), since]
    return ",".join(ctes), params


def _store(family: str, authority_id: int, *, since: datetime.date, today: datetime.date) -> int:
    """Write the months from ``since`` on, and what is shown from now on, in one statement."""
    ctes, params = _different(family, authority_id, as_at=today, since=since)
    stored = [authority_id, _names(family), since]
    for kind, (table, place, parts) in KEPT.items():
        columns = ", ".join(("indicator", place, "month", *parts))
        ctes += f""",
            gone_{kind} AS (
                DELETE FROM {table} stored USING different_{kind} fresh
                WHERE {STORED} AND stored.id = fresh.id AND fresh.{parts[0]} IS NULL
            ),
            changed_{kind} AS (
                UPDATE {table} stored SET {", ".join(f"{part} = fresh.{part}" for part in parts)}
                FROM different_{kind} fresh
                WHERE {STORED} AND stored.id = fresh.id AND fresh.{parts[0]} IS NOT NULL
            ),
            new_{kind} AS (
                INSERT INTO {table} (authority_id, {columns})
                SELECT %s, {columns} FROM different_{kind} WHERE id IS NULL
            )
        """
        params += [*stored, *stored, authority_id]
    columns = ", ".join(SUMS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE {ctes},
            shown AS (
                INSERT INTO {Shown._meta.db_table}
                    (authority_id, indicator, team_id, month, {columns}, shown_at)
                SELECT %s, indicator, team_id, month,
                    {", ".join(f"COALESCE({part}, 0)" for part in SUMS)}, clock_timestamp()
                FROM different_sums
            )
            SELECT (SELECT count(*) FROM different_sums)
                + (SELECT count(*) FROM different_spread)
            """,
            [*params, authority_id],
        )
        return cursor.fetchone()[0]
