"""The records as they were known at a moment, in the place of those of today.

What is written down later changes what is known of an earlier day. Within :func:`as_known` every
case set, list and figure reads the records as their history has them at a moment: tables that last
as long as the transaction stand before those of the same name, and so do the views made of them.
"""

import datetime
from contextlib import contextmanager

from django.db import connection, models, transaction
from psycopg import sql

from config.history import events_of
from ehcp.models import Decision, PermittedException, Plan, Request, TimeLimit
from referrals.models import Child, Involvement, Referral
from visits.models import ProtectionPlan, Visit, VisitStandard
from workforce.models import (
    Assignment,
    BankHoliday,
    CalendarDay,
    Employment,
    Team,
    Vacancy,
    Worker,
)
from workforce.working_calendar import NUMBERED

from .models import Standing

# The records that figures are made from, each with what it belongs to, whose own stand before it.
RECORDS: dict[type[models.Model], str] = {
    Worker: "authority",
    Employment: "worker",
    Assignment: "employment",
    Vacancy: "team",
    Child: "authority",
    Referral: "child",
    Involvement: "child",
    ProtectionPlan: "child",
    Visit: "plan",
    VisitStandard: "authority",
    Request: "child",
    Decision: "request",
    Plan: "request",
    PermittedException: "request",
}
EVERY = sql.SQL("TRUE")
TABLES = (Team, *RECORDS, TimeLimit, BankHoliday, CalendarDay)

VIEWS = """
    WITH RECURSIVE made_of AS (
        SELECT oid, 0 AS depth FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)
        UNION
        SELECT view.oid, made_of.depth + 1
        FROM made_of
        JOIN pg_depend ON refclassid = 'pg_class'::regclass AND refobjid = made_of.oid
            AND classid = 'pg_rewrite'::regclass
        JOIN pg_rewrite ON pg_rewrite.oid = objid
        JOIN pg_class view ON view.oid = ev_class AND view.relkind = 'v' AND view.oid <> refobjid
    )
    SELECT relname, pg_get_viewdef(view.oid)
    FROM made_of JOIN pg_class view USING (oid)
    WHERE relkind = 'v'
    GROUP BY view.oid, relname
    ORDER BY max(depth), relname
"""


@contextmanager
def as_known(moment: datetime.datetime | None, authority: Team | None = None):
    """Records of an authority, or of all, as known at a moment; of now, where there is none.

    Nothing that is stored of figures is read meanwhile: each is counted from its cases. What is
    written meanwhile is not kept.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(VIEWS, [[model._meta.db_table for model in TABLES]])
            views = cursor.fetchall() if moment else []
            cursor.execute("SET LOCAL search_path TO pg_temp, public")
            _copy(
                cursor, Standing, sql.SQL("SELECT * FROM public.{} LIMIT 0").format(_of(Standing))
            )
            if moment:
                _recall(cursor, moment, authority.pk if authority else None)
            for name, definition in views:
                view = sql.SQL("CREATE TEMP VIEW {} AS {}")
                _run(cursor, view.format(sql.Identifier(name), sql.SQL(definition)))
        yield
        transaction.set_rollback(True)


def _recall(cursor, moment: datetime.datetime, authority_id: int | None) -> None:
    """Make the tables of what was known."""
    _copy(cursor, Team, _versions(Team, moment, since_ever="pgh_obj_id"))
    for model, owner in RECORDS.items():
        field = model._meta.get_field(owner)
        kept = EVERY
        if field.related_model is not Team:
            kept = sql.SQL("{} IN (SELECT id FROM {})").format(
                sql.Identifier(field.column), _of(field.related_model)
            )
        elif authority_id is not None:
            kept = sql.SQL(
                "{} IN (SELECT id FROM {} WHERE COALESCE(authority_id, id) = {})"
            ).format(sql.Identifier(field.column), _of(Team), sql.Literal(authority_id))
        _copy(cursor, model, _versions(model, moment, kept=kept), by=owner)
    for model in (TimeLimit, BankHoliday):
        _copy(cursor, model, _versions(model, moment, since_ever="TRUE"))
    other_holidays = sql.SQL(
        "(TABLE {0} EXCEPT TABLE public.{0}) UNION ALL (TABLE public.{0} EXCEPT TABLE {0})"
    ).format(_of(BankHoliday))
    _run(cursor, other_holidays)
    if cursor.rowcount:
        numbered = "SELECT day, count::int AS number, working FROM ({}) counted"
        _copy(cursor, CalendarDay, sql.SQL(numbered).format(sql.SQL(NUMBERED)))


def _versions(
    model: type[models.Model],
    moment: datetime.datetime,
    *,
    kept: sql.Composable = EVERY,
    since_ever: str = "",
) -> sql.Composed:
    """The SQL of the latest version of each record at a moment, but of those deleted by then.

    What history leaves out is nothing. ``since_ever`` groups the rows whose first versions are
    taken to have been known before: a place of the tree, the limits and bank holidays that every
    authority starts with.
    """
    events = events_of(model)
    names = {field.name for field in events._meta.concrete_fields}
    columns = [
        sql.Identifier(field.column)
        if field.name in names
        else sql.SQL("NULL::{} AS {}").format(
            sql.SQL(field.db_type(connection)), sql.Identifier(field.column)
        )
        for field in model._meta.concrete_fields
    ]
    known = sql.SQL("pgh_created_at <= {}").format(sql.Literal(moment))
    source = sql.SQL("public.{}").format(_of(events))
    if since_ever:
        source = sql.SQL(
            "(SELECT *, min(pgh_created_at) OVER (PARTITION BY {}) AS first_at FROM {}) dated"
        ).format(sql.SQL(since_ever), source)
        known = sql.SQL("({} OR pgh_created_at = first_at)").format(known)
    return sql.SQL(
        "SELECT {} FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM {} WHERE {}"
        " ORDER BY pgh_obj_id, pgh_id DESC) version WHERE pgh_label <> 'delete' AND {}"
    ).format(sql.SQL(", ").join(columns), source, known, kept)


def _copy(cursor, model: type[models.Model], rows: sql.Composable, by: str = "") -> None:
    """Put rows in the place of a model's table, found by their key and by what they belong to."""
    table = _of(model)
    key = sql.Identifier(model._meta.pk.column)
    statements = [
        sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS {}").format(table, rows),
        sql.SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(table, key),
    ]
    led = [index.fields for index in model._meta.indexes if by and index.fields[:1] == [by]]
    for names in led or ([[by]] if by else []):
        columns = [sql.Identifier(model._meta.get_field(name).column) for name in names]
        statements.append(
            sql.SQL("CREATE INDEX ON {} ({})").format(table, sql.SQL(", ").join(columns))
        )
    statements.append(sql.SQL("ANALYZE {}").format(table))
    _run(cursor, sql.SQL("; ").join(statements))


def _run(cursor, statement: sql.Composable) -> None:
    """Have a statement done that is complete as it stands, per cents included."""
    cursor.execute(statement.as_string(cursor.cursor).replace("%", "%%"), ())


def _of(model: type[models.Model]) -> sql.Identifier:
    return sql.Identifier(model._meta.db_table)
