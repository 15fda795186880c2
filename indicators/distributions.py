"""Distributions: how a month's cases are spread, for the figures that do not add up.

Medians of months do not make the median of a quarter, nor the children of two teams those of their
service, because a child may be one of both. Their distributions add up all the same: how many cases
have each value; and of the children of a month, how many were last counted how many months before.
A child counts in a period in the first of its months, so that those last counted in the period
itself are left out, whatever the period is.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.db import connection

from .base import Question
from .queries import FRACTION, Home, Span, Sums

LONGEST = 12  # months: no period is longer, and what was last counted earlier is as good as never

NOTHING = """
    SELECT NULL::text AS indicator, NULL::bigint AS place_id, NULL::date AS month,
        NULL::float8[] AS points, NULL::int[] AS numerators, NULL::int[] AS denominators
    WHERE FALSE
"""
# Every team of an authority with each place that its cases are part of: itself, and those above.
HOME = """
    home (place, team_id) AS (
        SELECT id, id FROM workforce_team WHERE %s IN (id, authority_id)
        UNION ALL
        SELECT above.parent_id, home.team_id
        FROM home JOIN workforce_team above ON above.id = home.place
        WHERE above.parent_id IS NOT NULL
    )
"""


def with_earlier(cases: str) -> str:
    """The SQL of cases with the number of each among its subject's, and the day of the one before.

    For the distributions of children: the days of a subject come in order as they are read.
    """
    return f"""
        SELECT *, row_number() OVER days AS number, lag(on_day) OVER days AS before_on
        FROM ({cases}) found
        WINDOW days AS (PARTITION BY subject ORDER BY on_day)
    """


def of_values(question: Question, number: int, counted: str) -> str:
    """The SQL of a question's distributions, of every place and month: how many have each value.

    ``counted`` is a CTE that holds what its case set is counted to, with the values of the question
    as those of the ``number``-th. The CTE ``home`` says which teams are part of which place.
    """
    return _distributed(
        question,
        f"""
        SELECT place, month, point, sum(cases) AS numerator, sum(cases) AS denominator
        FROM (
            SELECT held_by, month, value_{number} AS point, sum(cases) AS cases
            FROM {counted}
            WHERE value_{number} IS NOT NULL
            GROUP BY 1, 2, 3
        ) counted
        JOIN home ON home.team_id = held_by
        GROUP BY place, month, point
        """,
    )


def of_children(question: Question, number: int, cases: str) -> str:
    """The SQL of a question's distributions: children by the months since last counted in a place.

    ``cases`` is a CTE that holds what :func:`with_earlier` gives of its case set, in which the
    question is the ``number``-th. All are taken for never counted before, and then those moved that
    were: few have an earlier case within the year, and to look for one behind every case, in each
    of its places, is dear.
    """
    month, before = (
        f"date_trunc('month', {case}.on_day::timestamp)" for case in ("later", "earlier")
    )
    within = f"{month} - INTERVAL '{LONGEST - 1} months'"
    return _distributed(
        question,
        f"""
        SELECT place, month, point, sum(numerator) AS numerator, sum(denominator) AS denominator
        FROM (
            SELECT place, month, {LONGEST} AS point, numerator, denominator
            FROM (
                SELECT held_by, {month}::date AS month,
                    count(*) FILTER (WHERE counts_{number}) AS numerator, count(*) AS denominator
                FROM {cases} later
                WHERE among_{number}
                GROUP BY 1, 2
            ) counted
            JOIN home ON home.team_id = held_by
            UNION ALL
            SELECT place, month, point, numerator, denominator
            FROM (
                SELECT home.place, month, min(ago) AS ago,
                    CASE WHEN counts THEN min(ago) FILTER (WHERE earlier_counts) END AS counted_ago
                FROM (
                    SELECT later.subject, later.number, {month}::date AS month,
                        later.held_by, later.counts_{number} AS counts,
                        earlier.held_by AS earlier_by, earlier.counts_{number} AS earlier_counts,
                        {_months(month)} - {_months(before)} AS ago
                    FROM {cases} later
                    JOIN {cases} earlier ON earlier.subject = later.subject
                        AND earlier.number < later.number
                        AND earlier.among_{number} AND earlier.on_day >= {within}
                    WHERE later.among_{number} AND later.before_on >= {within}
                ) repeat
                JOIN home ON home.team_id = held_by
                JOIN home earlier ON earlier.team_id = earlier_by AND earlier.place = home.place
                GROUP BY home.place, subject, number, month, counts
            ) repeat
            CROSS JOIN LATERAL (
                VALUES ({LONGEST}, 0, -1), (ago, 0, 1),
                    ({LONGEST}, CASE WHEN counted_ago IS NOT NULL THEN -1 END, 0),
                    (counted_ago, 1, 0)
            ) AS moved (point, numerator, denominator)
            WHERE point > 0 AND numerator IS NOT NULL
        ) child
        GROUP BY place, month, point
        """,
    )


def _distributed(question: Question, points: str) -> str:
    return f"""
        SELECT '{question.name}' AS indicator, place AS place_id, month,
            array_agg(point::float8 ORDER BY point) AS points,
            array_agg(numerator::int ORDER BY point) AS numerators,
            array_agg(denominator::int ORDER BY point) AS denominators
        FROM ({points}) spread
        WHERE numerator <> 0 OR denominator <> 0
        GROUP BY place, month
    """


def from_distributions(
    wanted: Sequence[Span], places: Sequence[Home], *, authorities: list[int]
) -> dict[tuple[int, int], Sums]:
    """The sums of stored distributions by key and place.

    A median or percentile lies between two cases where their number says so, as the database's
    ``percentile_cont`` has it.
    """
    sql = f"""
        SELECT key, place, sum(numerator), sum(denominator),
            min(point) FILTER (WHERE upto > floor(rank)) + (rank - floor(rank)) * (
                min(point) FILTER (WHERE upto > ceil(rank))
                - min(point) FILTER (WHERE upto > floor(rank))
            )
        FROM (
            SELECT *, sum(denominator) OVER (PARTITION BY key, place ORDER BY point) AS upto,
                fraction * (sum(denominator) OVER (PARTITION BY key, place) - 1) AS rank
            FROM (
                SELECT key, place, fraction, point,
                    sum(numerator) AS numerator, sum(denominator)::float8 AS denominator
                FROM (
                    SELECT span.key, home.place, fraction, points, numerators, denominators,
                        {_months("spread.month")} - {_months("span.first")} AS into_span
                    FROM indicators_distribution spread
                    JOIN unnest(%s::int[], %s::int[], %s::text[], %s::date[], %s::date[],
                        %s::float8[]) AS span (key, chart, indicator, first, last, fraction)
                        ON spread.indicator = span.indicator
                        AND spread.month BETWEEN span.first AND span.last
                    JOIN unnest(%s::int[], %s::bigint[], %s::bigint[])
                        AS home (chart, place, part)
                        ON home.chart = span.chart AND home.part = spread.place_id
                    WHERE spread.indicator = ANY(%s) AND spread.month BETWEEN %s AND %s
                        AND spread.authority_id = ANY(%s)
                ) month
                CROSS JOIN LATERAL unnest(points, numerators, denominators)
                    AS bar (point, numerator, denominator)
                WHERE fraction IS NOT NULL OR point > into_span
                GROUP BY key, place, fraction, point
            ) added
        ) ranked
        GROUP BY key, place, rank
    """
    names = [span.question.name for span in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [
                [span.key for span in wanted],
                [span.chart for span in wanted],
                names,
                [span.first for span in wanted],
                [span.last for span in wanted],
                [FRACTION.get(span.question.measure) for span in wanted],
                *([getattr(home, part) for home in places] for part in ("chart", "place", "part")),
                sorted(set(names)),
                min(span.first for span in wanted),
                max(span.last for span in wanted),
                authorities,
            ],
        )
        return {
            (key, place): Sums(
                numerator, Decimal(denominator), Decimal(0), None if at is None else Decimal(at)
            )
            for key, place, numerator, denominator, at in cursor.fetchall()
        }


def _months(day: str) -> str:
    """A month as a number, so that two of them can be subtracted."""
    return f"(date_part('year', {day}) * 12 + date_part('month', {day}))"
