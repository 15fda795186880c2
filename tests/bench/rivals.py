"""What the engine is measured against: one scan of the tables, polars, and the obvious loop.

Polars and the loop do the work of the two heavy case sets, referrals and visits due, with missed
visits, dated standards and the team of the day; polars' sums must be the engine's own.
"""

import datetime
import io

import polars as pl
from django.db import connection
from django.db.models import Q
from django.db.models.functions import Mod

from config.workdays import year_before
from referrals.models import Involvement, Referral
from visits.models import ProtectionPlan, VisitStandard
from workforce.models import CalendarDay

FLOOR = [
    "SELECT count(*), sum(plan_id), max(visited_on), max(recorded_at), bool_or(qualifies),"
    " bool_or(seen_alone) FROM visits_visit",
    "SELECT count(*), sum(child_id), sum(team_id), max(received_on), max(decided_on),"
    " bool_or(no_further_action) FROM referrals_referral",
    "SELECT count(*), sum(child_id), sum(team_id), sum(worker_id), max(part), max(started_on),"
    " max(ended_on) FROM referrals_involvement",
    "SELECT count(*), sum(authority_id), max(born_on) FROM referrals_child",
    "SELECT count(*), sum(child_id), sum(team_id), max(started_on), max(ended_on),"
    " max(visit_interval) FROM visits_protectionplan",
    "SELECT count(*), sum(child_id), sum(team_id), max(received_on) FROM ehcp_request",
    "SELECT count(*), sum(request_id), max(stage), max(basis), max(decided_on) FROM ehcp_decision",
    "SELECT count(*), sum(request_id), max(issued_on) FROM ehcp_plan",
    "SELECT count(*), sum(employment_id), sum(fte), max(started_on) FROM workforce_assignment",
]
OUT = {
    "referral": "SELECT child_id, team_id, received_on AS day, no_further_action, decided_on,"
    " decision_collected FROM referrals_referral",
    "holder": "SELECT child_id, team_id AS held_by, started_on, ended_on FROM referrals_involvement"
    " WHERE part = 'social_worker' ORDER BY child_id, started_on",
    "child": "SELECT id AS child_id, authority_id FROM referrals_child",
    "plan": "SELECT id AS plan_id, child_id, team_id, started_on, ended_on, visit_interval"
    " FROM visits_protectionplan",
    "visit": "SELECT plan_id, visited_on AS anchor_on FROM visits_visit WHERE qualifies",
    "standard": "SELECT authority_id, valid_from, interval FROM visits_visitstandard"
    " ORDER BY valid_from",
    "calendar": "SELECT day, number, working FROM workforce_calendarday ORDER BY day",
}


def floor() -> None:
    """One scan of the record tables."""
    with connection.cursor() as cursor:
        for sql in FLOOR:
            cursor.execute(sql)
            cursor.fetchall()


def taken_out() -> dict[str, pl.DataFrame]:
    """The rows that polars needs, taken out of the database."""
    frames = {}
    with connection.cursor() as cursor:
        for name, sql in OUT.items():
            with cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv, HEADER)") as rows:
                text = b"".join(rows)
            frames[name] = pl.read_csv(io.BytesIO(text), try_parse_dates=True)
    return frames


def with_polars(rows: dict[str, pl.DataFrame], today: datetime.date) -> tuple[int, int, int]:
    """The monthly sums of both case sets by polars; returns repeats, visits in time, visits due."""
    repeats = _referrals(rows, today)
    due = _visits_due(rows, today)
    return int(repeats["repeats"].sum()), int(due["met"].sum()), int(due["decided"].sum())


def _held(cases: pl.DataFrame, rows: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The cases with the team of their day, and its month."""
    found = cases.sort("day").join_asof(
        rows["holder"].sort("started_on"),
        left_on="day",
        right_on="started_on",
        by="child_id",
        check_sortedness=False,
    )
    holds = pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("day"))
    return found.join(rows["child"], on="child_id").with_columns(
        team=pl.coalesce(pl.when(holds).then("held_by"), "team_id", "authority_id"),
        month=pl.col("day").dt.truncate("1mo"),
    )


def _calendar(rows: dict[str, pl.DataFrame]) -> tuple[pl.Series, pl.Series]:
    """Numbers by day since 1970, and working days by number."""
    calendar = rows["calendar"]
    working = calendar.filter(pl.col("working").cast(pl.String).str.starts_with("t"))["day"]
    return calendar["number"], working


def _later(
    day: pl.Series, steps: pl.Series | int, numbers: pl.Series, working: pl.Series
) -> pl.Series:
    """The working days that come so many steps after days."""
    return working.gather(numbers.gather(day.to_physical()) + steps - 1)


def _referrals(rows: dict[str, pl.DataFrame], today: datetime.date) -> pl.DataFrame:
    numbers, working = _calendar(rows)
    days = rows["referral"].select("child_id", "day").unique().sort("child_id", "day")
    days = days.with_columns(earlier=pl.col("day").shift(1).over("child_id"))
    found = _held(rows["referral"].join(days, on=["child_id", "day"]), rows)
    by = _later(found["day"], 1, numbers, working)
    decided = pl.col("decided_on") <= pl.col("by")
    return (
        found.with_columns(by=by)
        .group_by("team", "month")
        .agg(
            received=pl.len(),
            repeats=(pl.col("earlier") >= pl.col("day").dt.offset_by("-1y")).sum(),
            nothing=pl.col("no_further_action").cast(pl.String).str.starts_with("t").sum(),
            decided=decided.sum(),
            late=((pl.col("decided_on") > pl.col("by")) | (pl.col("by") < today)).sum(),
        )
    )


def _visits_due(rows: dict[str, pl.DataFrame], today: datetime.date) -> pl.DataFrame:
    numbers, working = _calendar(rows)
    plans = rows["plan"].join(rows["child"], on="child_id")
    starts = plans.select("plan_id", anchor_on="started_on")
    spells = pl.concat([starts, rows["visit"]]).unique().sort("plan_id", "anchor_on")
    spells = spells.with_columns(next_on=pl.col("anchor_on").shift(-1).over("plan_id"))
    chain = spells.join(plans, on="plan_id").with_columns(counted_from=pl.col("anchor_on"))
    earliest = rows["standard"].group_by("authority_id").agg(pl.col("interval").first())
    found, first = [], True
    while len(chain):
        standard = chain.sort("counted_from").join_asof(
            rows["standard"],
            left_on="counted_from",
            right_on="valid_from",
            by="authority_id",
            check_sortedness=False,
        )
        standard = standard.join(earliest, on="authority_id", suffix="_earliest")
        step = standard.select(
            pl.min_horizontal("visit_interval", pl.coalesce("interval", "interval_earliest")).alias(
                "step"
            )
        )["step"]
        due = standard.with_columns(day=_later(standard["counted_from"], step, numbers, working))
        due = due.filter(pl.col("ended_on").is_null() | (pl.col("day") <= pl.col("ended_on")))
        if not first:
            due = due.filter(pl.col("next_on").is_null() | (pl.col("day") < pl.col("next_on")))
        due = due.with_columns(met=(pl.col("next_on") <= pl.col("day")).fill_null(False))
        found.append(due.select("plan_id", "child_id", "team_id", "day", "met"))
        chain = due.filter(
            ~pl.col("met")
            & (pl.col("day") < today)
            & (pl.col("next_on").is_null() | (pl.col("day") < pl.col("next_on")))
        )
        chain = chain.with_columns(counted_from=pl.col("day")).select(
            *plans.columns, "anchor_on", "next_on", "counted_from"
        )
        first = False
    due = pl.concat(found).filter((pl.col("day") <= today) | ~pl.col("met"))
    return (
        _held(due, rows)
        .group_by("team", "month")
        .agg(met=pl.col("met").sum(), decided=(pl.col("met") | (pl.col("day") < today)).sum())
    )


def with_a_loop(today: datetime.date, every: int) -> tuple[int, int]:
    """Repeats, and visits in time, of every n-th child and plan: questions asked per record."""
    repeats = met = 0
    for referral in Referral.objects.annotate(rest=Mod("child_id", every)).filter(rest=0):
        repeats += referral.child.referrals.filter(
            received_on__gte=year_before(referral.received_on),
            received_on__lt=referral.received_on,
        ).exists()
        _team_of(referral.child_id, referral.received_on)
    numbers = dict(CalendarDay.objects.values_list("day", "number"))
    working = dict(CalendarDay.objects.filter(working=True).values_list("number", "day"))
    for plan in ProtectionPlan.objects.annotate(rest=Mod("id", every)).filter(rest=0):
        met += _visits_in_time(plan, today, numbers, working)
    return repeats, met


def _visits_in_time(
    plan: ProtectionPlan, today: datetime.date, numbers: dict, working: dict
) -> int:
    standards = VisitStandard.objects.filter(authority=plan.child.authority_id)
    anchor = counted_from = plan.started_on
    met, missed = 0, False
    while True:
        in_force = standards.filter(valid_from__lte=counted_from).order_by("-valid_from").first()
        interval = (in_force or standards.order_by("valid_from").first()).interval
        due = working[numbers[counted_from] + min(interval, plan.visit_interval or interval)]
        visit = (
            plan.visits.filter(qualifies=True, visited_on__gt=anchor).order_by("visited_on").first()
        )
        came = visit is not None and visit.visited_on <= due
        if came and missed:
            anchor, missed = visit.visited_on, False
            counted_from = anchor
            continue
        if due > min(today, plan.ended_on or today):
            return met
        _team_of(plan.child_id, due)
        met += came
        missed = not came
        if came:
            anchor = visit.visited_on
        counted_from = anchor if came else due


def _team_of(child_id: int, day: datetime.date) -> int | None:
    held = Involvement.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day),
        child=child_id,
        part="social_worker",
        started_on__lte=day,
    ).first()
    return held and held.team_id
