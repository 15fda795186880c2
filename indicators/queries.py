"""From case sets to sums: the one place where cases are filtered, counted and put into periods.

A case set's queryset is compiled and wrapped, so that days, teams and answers are looked at outside
its windows: a window has to see a subject's whole history.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Value

from config.workdays import ONE_DAY

from .base import CaseSet, Measure, Position, Question, Records, Stock
from .expressions import true_or_false
from .periods import month_ends_between, month_of, months_between, months_later

AGGREGATES = {
    Measure.RATE: (
        "sum(weight) FILTER (WHERE counts)",
        "sum(weight) FILTER (WHERE counts IS NOT NULL)",
    ),
    Measure.COUNT: ("sum(weight)", "sum(weight)"),
    Measure.DISTINCT: ("count(DISTINCT subject) FILTER (WHERE counts)", "count(DISTINCT subject)"),
    Measure.MEDIAN: ("count(*)", "count(*)"),
    Measure.NINETIETH: ("count(*)", "count(*)"),
}
BEGINNING = datetime.date(1900, 1, 1)
SUMS = ("numerator", "denominator", "undecided")
FRACTION = {Measure.MEDIAN: 0.5, Measure.NINETIETH: 0.9}


@dataclass(frozen=True)
class Sums:
    """What a figure is made from: exact sums, and the value itself where it is not a quotient."""

    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    undecided: Decimal = Decimal(0)
    point: Decimal | None = None


@contextmanager
def as_at_day(day: datetime.date, case_set: CaseSet | None = None):
    """A transaction in which the database takes ``day`` for today when it says what falls due.

    None is needed for a case set whose records do not ask which day it is.
    """
    if case_set and not case_set.asks_the_day:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('reckoner.as_at', %s, TRUE)", [day.isoformat()])
        yield


def rows(
    case_set: CaseSet,
    records: Records,
    questions: Sequence[Question],
    columns: Iterable[str] = (),
    told: Mapping[str, Any] | None = None,
) -> tuple[str, tuple]:
    """The SQL of a case set and its parameters: one row per case.

    Columns: subject, held_by, the days of its kind, those asked for, and for the n-th question
    ``among_n``, ``counts_n`` and ``weight_n``. ``told`` are expressions for further columns, over
    those that the case set explains its cases with.
    """
    answers = {}
    for number, question in enumerate(questions):
        answers[f"among_{number}"] = (
            Value(True) if question.among is None else true_or_false(question.among)
        )
        answers[f"counts_{number}"] = _answer(question)
        answers[f"weight_{number}"] = question.amount
    found = case_set.cases(records)
    if told:
        found = case_set.explained(found)
    found = found.annotate(**answers, **(told or {}))
    if records.on_days is not None:
        found = found.filter(on_day__in=records.on_days)
    names = dict.fromkeys(("subject", "held_by", *case_set.days, *columns, *answers, *(told or {})))
    sql, params = found.values(*names).query.sql_with_params()
    if case_set.at_end or case_set.looks_ahead:
        return sql, params
    return f"SELECT * FROM ({sql}) known WHERE on_day <= %s", (*params, records.as_at)


def _answer(question: Question):
    if question.counts is None:
        return Value(True)
    if hasattr(question.counts, "conditional") and hasattr(question.counts, "negate"):
        return true_or_false(question.counts)
    return question.counts


def monthly(
    case_set: CaseSet,
    records: Records,
    questions: Sequence[Question],
    *,
    since: datetime.date = BEGINNING,
) -> tuple[str, tuple]:
    """The SQL of a case set's sums: indicator, team_id, month and the three sums.

    They are there for the months from ``since`` on, and may be for earlier ones.
    """
    source, params = rows_of_months(case_set, records, questions, since=since)
    by_month = counted(case_set, source, questions, as_at=records.as_at)
    return added_up(case_set, by_month, questions, as_at=records.as_at), params


def rows_of_months(
    case_set: CaseSet, records: Records, questions: Sequence[Question], *, since: datetime.date
) -> tuple[str, tuple]:
    """The rows that the months from ``since`` on are counted from: of a position, at their ends."""
    if isinstance(case_set, Position):
        first = max(since, case_set.begins(records) or records.as_at)
        records = records.on(month_ends_between(first, records.as_at))
    return rows(case_set, records, questions)


def counted(
    case_set: CaseSet,
    source: str,
    questions: Sequence[Question],
    valued: Sequence[int] = (),
    *,
    as_at: datetime.date,
) -> str:
    """The SQL of a case set's rows by team and month: the three sums of each question.

    Of a stock, by the month of the day they begin, and of that they have ended by; what begins and
    is over within a month shows at no month's end. The numbers of questions in ``valued`` tell the
    rows apart by their weight as well, with the number of ``cases`` of each. ``OFFSET 0`` keeps a
    column from being worked out again for each sum that it goes into.
    """
    if isinstance(case_set, Stock):
        months = ("first_month", "last_month")
        dated = f"""
            SELECT *, {_month("since")} AS first_month,
                CASE WHEN until <= DATE '{as_at}' THEN {_month("until")} END AS last_month
            FROM ({source}) found
            WHERE since < until AND since <= DATE '{as_at}' OFFSET 0
        """
        kept = "WHERE last_month IS NULL OR first_month < last_month"
    else:
        months = ("month",)
        dated = f"SELECT *, {_month('on_day')} AS month FROM ({source}) found OFFSET 0"
        kept = ""
    values = [f"CASE WHEN among_{n} THEN weight_{n}::float8 END AS value_{n}" for n in valued]
    cases = ["count(*) AS cases"] if valued else []
    sums = (
        f"sum(weight_{n}) FILTER (WHERE among_{n} AND counts_{n}{answer}) AS {part}_{n}"
        for n in range(len(questions))
        for part, answer in zip(SUMS, ("", " IS NOT NULL", " IS NULL"), strict=True)
    )
    keys = range(1, 2 + len(months) + len(values))
    return f"""
        SELECT {", ".join(("held_by", *months, *values, *cases, *sums))}
        FROM ({dated}) dated {kept}
        GROUP BY {", ".join(map(str, keys))}
    """


def added_up(
    case_set: CaseSet, by_month: str, questions: Sequence[Question], *, as_at: datetime.date
) -> str:
    """The SQL of a case set's sums, from what :func:`counted` gives: a row for each question.

    A stock's are what is added the day its rows begin and taken away when they have ended, added
    up month by month.
    """
    in_stretches = isinstance(case_set, Stock)
    sign, changes = "", ""
    if in_stretches:
        sign = "sign * "
        changes = """
            CROSS JOIN LATERAL (VALUES (1, first_month), (-1, last_month)) AS change (sign, month)
            WHERE month IS NOT NULL
        """
    sums = ", ".join(
        f"sum({sign}{part}_{n}) AS {part}_{n}" for n in range(len(questions)) for part in SUMS
    )
    apart = ", ".join(
        f"('{question.name}', {', '.join(f'{part}_{n}' for part in SUMS)})"
        for n, question in enumerate(questions)
    )
    found = f"""
        SELECT name AS indicator, held_by AS team_id, month,
            {", ".join(f"COALESCE({part}, 0)::numeric AS {part}" for part in SUMS)}
        FROM (
            SELECT held_by, month, {sums} FROM ({by_month}) counted {changes}
            GROUP BY held_by, month
        ) added
        CROSS JOIN LATERAL (VALUES {apart}) AS apart (name, {", ".join(SUMS)})
    """
    return _running(found, as_at) if in_stretches else found


def _month(day: str) -> str:
    """The first day of a day's month; by way of a timestamp, because a time zone takes time."""
    return f"date_trunc('month', {day}::timestamp)::date"


def _running(changes: str, as_at: datetime.date) -> str:
    """The running sums of monthly changes, in every month from the first to the as-at day's.

    A sum holds until the month of the next change, so that quiet months do not vanish.
    """
    return f"""
        SELECT indicator, team_id,
            generate_series(month, next_month - INTERVAL '1 month', '1 month')::date AS month,
            numerator, denominator, undecided
        FROM (
            SELECT indicator, team_id, month::timestamp AS month,
                lead(month::timestamp, 1, TIMESTAMP '{months_later(month_of(as_at), 1)}')
                    OVER so_far AS next_month,
                sum(numerator) OVER so_far AS numerator,
                sum(denominator) OVER so_far AS denominator,
                sum(undecided) OVER so_far AS undecided
            FROM ({changes}) change
            WINDOW so_far AS (PARTITION BY indicator, team_id ORDER BY month)
        ) running
    """


@dataclass(frozen=True)
class Window:
    """The days that a question's sum is wanted for, both included, under a key of the caller's."""

    key: int
    question: Question
    first: datetime.date
    last: datetime.date


def from_cases(
    windows: Sequence[Window],
    places: Sequence[tuple[int, int]],
    *,
    as_at: datetime.date,
    authority_id: int | None,
) -> dict[tuple[int, int], Sums]:
    """The sums of questions, straight from their cases, by window key and place.

    The questions are of one case set and one measure, and are answered in one scan, before the
    windows are looked at: of what adds up, the cases alike are one row by then. ``places`` pairs
    each place wanted with every team whose cases are its own. For a stock, a window is one day.
    Call within :func:`as_at_day`.
    """
    questions = list(dict.fromkeys(window.question for window in windows))
    measure, case_set = questions[0].measure, questions[0].case_set
    first, last = min(each.first for each in windows), max(each.last for each in windows)
    records = Records(case_set, as_at=as_at, authority_id=authority_id).between(first, last)
    if isinstance(case_set, Position):
        records = records.on(window.last for window in windows)
    source, params = rows(case_set, records, questions)
    answers = ", ".join(
        f"({n}, found.among_{n}, found.counts_{n}, found.weight_{n})" for n in range(len(questions))
    )
    alike = ["question", "held_by", *_stretches(case_set, windows), "counts"]
    case = (
        f"{', '.join(alike)}, NULL AS subject, sum(weight) AS weight"
        if measure.adds_up
        else f"{', '.join(alike)}, subject, weight"
    )
    once = f"GROUP BY {', '.join(map(str, range(1, len(alike) + 1)))}" if measure.adds_up else ""
    if isinstance(case_set, Stock):
        in_window, within = "since <= span.last AND until > span.last", ""
    else:
        in_window = "on_day BETWEEN span.first AND span.last"
        within = f"AND on_day BETWEEN '{first}' AND '{last}'"
    above, below = AGGREGATES[measure]
    point = (
        f"percentile_cont({FRACTION[measure]}) WITHIN GROUP (ORDER BY weight)"
        if measure in FRACTION
        else "NULL"
    )
    sql = f"""
        SELECT key, place, COALESCE({above}, 0), COALESCE({below}, 0),
            COALESCE(sum(weight) FILTER (WHERE counts IS NULL), 0), {point}
        FROM (
            SELECT span.key, home.place, alike.subject, alike.counts, alike.weight
            FROM (
                WITH alike AS MATERIALIZED (
                    SELECT {case}
                    FROM ({source}) found
                    CROSS JOIN LATERAL (VALUES {answers})
                        AS answer (question, among, counts, weight)
                    WHERE among {within}
                    {once}
                )
                SELECT * FROM alike
            ) alike
            JOIN unnest(%s::int[], %s::int[], %s::date[], %s::date[])
                AS span (key, question, first, last)
                ON span.question = alike.question AND {in_window}
            JOIN unnest(%s::bigint[], %s::bigint[]) AS home (place, team_id)
                ON home.team_id = alike.held_by
        ) counted
        GROUP BY key, place
    """
    params = [
        *params,
        [window.key for window in windows],
        [questions.index(window.question) for window in windows],
        [window.first for window in windows],
        [window.last for window in windows],
        [place for place, _ in places],
        [team for _, team in places],
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return {
            (key, place): Sums(
                Decimal(numerator),
                Decimal(denominator),
                Decimal(undecided),
                None if value is None else Decimal(value),
            )
            for key, place, numerator, denominator, undecided, value in cursor.fetchall()
        }


def _stretches(case_set: CaseSet, windows: Sequence[Window]) -> list[str]:
    """The days of cases, each as the day on which the stretch between two edges of windows began.

    What a window takes in of a stretch is all of it or nothing.
    """
    edges = {window.first for window in windows} | {window.last + ONE_DAY for window in windows}
    told = f"'{{-infinity,{','.join(map(str, sorted(edges)))}}}'::date[]"
    return [f"({told})[width_bucket({day}, {told})] AS {day}" for day in case_set.days]


@dataclass(frozen=True)
class Span:
    """The months, both included, that a question's stored sums are wanted of, for one chart."""

    key: int
    chart: int
    question: Question
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True)
class Home:
    """A place on a chart, and one of the teams or places whose stored sums make up its own."""

    chart: int
    place: int
    part: int


def from_tallies(
    wanted: Sequence[Span], places: Sequence[Home], *, authorities: list[int]
) -> dict[tuple[int, int], Sums]:
    """The sums of stored months by key and place: first of each month, then of what is wanted.

    A place's teams are looked up together, a month at a time, and added up as they are read.
    """
    sql = """
        SELECT span.key, month.place,
            sum(month.numerator), sum(month.denominator), sum(month.undecided)
        FROM (
            WITH month AS MATERIALIZED (
                SELECT asked.chart, home.place, asked.indicator, asked.month, added.*
                FROM unnest(%s::int[], %s::text[], %s::date[]) AS asked (chart, indicator, month)
                JOIN unnest(%s::int[], %s::bigint[], %s::text[]) AS home (chart, place, teams)
                    ON home.chart = asked.chart
                CROSS JOIN LATERAL (
                    SELECT sum(numerator) AS numerator, sum(denominator) AS denominator,
                        sum(undecided) AS undecided
                    FROM indicators_tally tally
                    WHERE tally.authority_id = ANY(%s) AND tally.indicator = asked.indicator
                        AND tally.month = asked.month AND tally.team_id = ANY(home.teams::bigint[])
                ) added
                WHERE added.numerator IS NOT NULL
            )
            SELECT * FROM month
        ) month
        JOIN unnest(%s::int[], %s::int[], %s::text[], %s::date[], %s::date[])
            AS span (key, chart, indicator, first, last)
            ON span.chart = month.chart AND span.indicator = month.indicator
            AND month.month BETWEEN span.first AND span.last
        GROUP BY span.key, month.place
    """
    asked = {
        (span.chart, span.question.name, month)
        for span in wanted
        for month in months_between(span.first, span.last)
    }
    homes = defaultdict(list)
    for home in places:
        homes[home.chart, home.place].append(home.part)
    with connection.cursor() as cursor:
        cursor.execute(
            sql,
            [
                *(list(column) for column in zip(*asked, strict=True)),
                *(list(column) for column in zip(*homes, strict=True)),
                [f"{{{','.join(map(str, teams))}}}" for teams in homes.values()],
                authorities,
                [span.key for span in wanted],
                [span.chart for span in wanted],
                [span.question.name for span in wanted],
                [span.first for span in wanted],
                [span.last for span in wanted],
            ],
        )
        return {(key, place): Sums(*sums) for key, place, *sums in cursor.fetchall()}
