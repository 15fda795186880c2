"""Recalculation: from the records to the stored sums and spreads, whole, set-based, repeatable.

A pass holds the lock of its family and authority, deletes the outbox rows that it can see, and only
then computes, in one statement: a change that commits later finds its own outbox row still there.
"""

import datetime
from collections.abc import Iterator

from django.db import connection, transaction
from django.utils import timezone

from workforce.choices import TeamKind
from workforce.models import Team

from . import registry
from .base import Records
from .distributions import HOME, NOTHING, distributed
from .expressions import NEVER
from .models import Outbox, Run, Standing
from .periods import month_of
from .queries import BEGINNING, as_at_day, monthly, rows


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
            fresh, params = _fresh(family, authority_id, as_at=standing.as_at)
            cursor.execute(
                f"""
                WITH RECURSIVE {fresh},
                sums AS (
                    SELECT * FROM indicators_tally
                    WHERE authority_id = %s AND indicator = ANY(%s)
                ),
                spread AS (
                    SELECT *, place_id AS place FROM indicators_distribution
                    WHERE authority_id = %s AND indicator = ANY(%s)
                )
                SELECT indicator, team_id AS team, month, {_told("sums")}, {_told("fresh_sums")}
                FROM sums FULL JOIN fresh_sums USING (indicator, team_id, month)
                WHERE (sums.numerator, sums.denominator, sums.undecided) IS DISTINCT FROM
                    (fresh_sums.numerator, fresh_sums.denominator, fresh_sums.undecided)
                UNION ALL
                SELECT indicator, place, month, {_drawn("spread")}, {_drawn("fresh_spread")}
                FROM spread FULL JOIN fresh_spread USING (indicator, place, month)
                WHERE (spread.points, spread.numerators, spread.denominators) IS DISTINCT FROM
                    (fresh_spread.points, fresh_spread.numerators, fresh_spread.denominators)
                ORDER BY indicator, month, team
                """,
                [*params, *[authority_id, _names(family)] * 2],
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


def _told(sums: str) -> str:
    """The SQL of sums as texts without needless noughts; of nothing where there are none."""
    return (
        f"CASE WHEN {sums}.numerator IS NOT NULL THEN ARRAY["
        + ", ".join(
            f"trim_scale({sums}.{part})::text" for part in ("numerator", "denominator", "undecided")
        )
        + "] END"
    )


def _drawn(spread: str) -> str:
    """The SQL of a distribution as texts; of nothing where there is none."""
    return (
        f"CASE WHEN {spread}.points IS NOT NULL THEN ARRAY["
        + ", ".join(
            f"{spread}.{part}::text || ' at ' || {spread}.points::text"
            for part in ("numerators", "denominators")
        )
        + ", '0'] END"
    )


def overnight(*, today: datetime.date) -> Iterator[tuple[str, int, int, list[dict]]]:
    """The night's work, a family of an authority at a time: verify, then recalculate in full.

    Yields ``(family, authority_id, cells changed, drift)``. Changes that wait are taken in first,
    as at the day the figures were stored, so that only a real difference is reported as drift.
    """
    authorities = Team.objects.filter(kind=TeamKind.AUTHORITY).order_by("pk")
    for authority_id in authorities.values_list("pk", flat=True):
        for family in registry.families():
            started_at = timezone.now()
            with transaction.atomic():
                _lock(family, authority_id)
                standing = Standing.objects.filter(family=family, authority=authority_id).first()
                if standing:
                    recalculate(family, authority_id, today=standing.as_at)
                drift = verify(family, authority_id)
                cells = recalculate(
                    family, authority_id, today=today, in_full=True, kind=Run.Kind.FULL
                )
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
            yield family, authority_id, cells, drift


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
    family: str, authority_id: int, *, as_at: datetime.date, since: datetime.date = BEGINNING
) -> tuple[str, list]:
    """The SQL of the CTEs ``fresh_sums`` and ``fresh_spread``, for WITH RECURSIVE.

    They are the monthly sums of a family in an authority, without the cells that are nothing, and
    its distributions. They are right from ``since`` on: whoever has no case from then on is left
    out. A case set that gives both is read once.
    """
    ctes, given = [HOME], [authority_id]
    sums, params = [], []
    spreads = [NOTHING]
    for number, case_set in enumerate(registry.case_sets(family)):
        summed, spread = registry.summed(case_set), registry.spread(case_set)
        records = Records(case_set, as_at=as_at, authority_id=authority_id)
        if since > BEGINNING:
            records = records.between(since, NEVER)
        found = f"found_{number}" if spread else ""
        if spread:
            sql, more = rows(case_set, records, [*summed, *spread])
            ctes.append(f"{found} AS MATERIALIZED ({sql})")
            given += more
        sql, more = monthly(case_set, records, summed, since=since, found=found)
        sums.append(f"({sql})")
        params += more
        for place, question in enumerate(spread, start=len(summed)):
            parts, sql = distributed(question, place, found)
            ctes += parts
            spreads.append(sql)
    ctes += [
        f"""
        fresh_sums AS MATERIALIZED (
            SELECT * FROM ({" UNION ALL ".join(sums)}) cell
            WHERE month >= %s AND (numerator <> 0 OR denominator <> 0 OR undecided <> 0)
        )
        """,
        f"""
        fresh_spread AS MATERIALIZED (
            SELECT * FROM ({" UNION ALL ".join(spreads)}) cell WHERE month >= %s
        )
        """,
    ]
    return ",".join(ctes), [*given, *params, since, since]


def _store(family: str, authority_id: int, *, since: datetime.date, today: datetime.date) -> int:
    """Write the months from ``since`` on, and what is shown from now on, in one statement."""
    fresh, params = _fresh(family, authority_id, as_at=today, since=since)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE {fresh},
            gone AS (
                DELETE FROM indicators_tally tally
                WHERE authority_id = %s AND indicator = ANY(%s) AND month >= %s
                    AND NOT EXISTS (
                        SELECT FROM fresh_sums fresh
                        WHERE (fresh.indicator, fresh.team_id, fresh.month)
                            = (tally.indicator, tally.team_id, tally.month)
                    )
                RETURNING indicator, team_id, month
            ),
            changed AS (
                INSERT INTO indicators_tally AS tally (
                    authority_id, indicator, team_id, month, numerator, denominator, undecided
                )
                SELECT %s, indicator, team_id, month, numerator, denominator, undecided
                FROM fresh_sums
                ON CONFLICT (authority_id, indicator, team_id, month) DO UPDATE SET
                    numerator = excluded.numerator,
                    denominator = excluded.denominator,
                    undecided = excluded.undecided
                WHERE (tally.numerator, tally.denominator, tally.undecided)
                    IS DISTINCT FROM (excluded.numerator, excluded.denominator, excluded.undecided)
                RETURNING indicator, team_id, month, numerator, denominator, undecided
            ),
            shown AS (
                INSERT INTO indicators_shown (
                    authority_id, indicator, team_id, month,
                    numerator, denominator, undecided, shown_at
                )
                SELECT %s, cell.*, clock_timestamp()
                FROM (
                    SELECT * FROM changed
                    UNION ALL
                    SELECT indicator, team_id, month, 0, 0, 0 FROM gone
                ) cell
                RETURNING 1
            ),
            flat AS (
                DELETE FROM indicators_distribution spread
                WHERE authority_id = %s AND indicator = ANY(%s) AND month >= %s
                    AND NOT EXISTS (
                        SELECT FROM fresh_spread fresh
                        WHERE (fresh.indicator, fresh.place, fresh.month)
                            = (spread.indicator, spread.place_id, spread.month)
                    )
                RETURNING 1
            ),
            reshaped AS (
                INSERT INTO indicators_distribution AS spread (
                    authority_id, indicator, place_id, month, points, numerators, denominators
                )
                SELECT %s, indicator, place, month, points, numerators, denominators
                FROM fresh_spread
                ON CONFLICT (authority_id, indicator, place_id, month) DO UPDATE SET
                    points = excluded.points,
                    numerators = excluded.numerators,
                    denominators = excluded.denominators
                WHERE (spread.points, spread.numerators, spread.denominators) IS DISTINCT FROM
                    (excluded.points, excluded.numerators, excluded.denominators)
                RETURNING 1
            )
            SELECT (SELECT count(*) FROM shown) + (SELECT count(*) FROM flat)
                + (SELECT count(*) FROM reshaped)
            """,
            [
                *params,
                *(authority_id, _names(family), since),
                *(authority_id, authority_id),
                *(authority_id, _names(family), since),
                authority_id,
            ],
        )
        return cursor.fetchone()[0]
