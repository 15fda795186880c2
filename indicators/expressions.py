"""The few expressions that definitions are written with, beyond Django's own."""

import datetime

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from referrals.choices import Part
from referrals.models import Involvement
from workforce.working_calendar import FIRST

NEVER = datetime.date(9999, 12, 31)


def true_or_false(condition: Q) -> Case:
    """A yes or a no, where a comparison with nothing is a no."""
    return Case(When(condition, then=Value(True)), default=Value(False))


def yes_no_unknown(*, yes: Q, no: Q) -> Case:
    """A yes, a no, or not yet known: for a case whose clock is still running."""
    return Case(
        When(yes, then=Value(True)),
        When(no, then=Value(False)),
        default=Value(None, output_field=BooleanField(null=True)),
    )


class MonthsBefore(Func):
    """The same day so many months earlier; 29 February maps to 28 February."""

    template = "(%(expressions)s - INTERVAL '%(months)s months')::date"
    output_field = DateField()

    def __init__(self, day, *, months: int):
        super().__init__(day, months=months)


def year_before(day: str) -> MonthsBefore:
    """*12 months before* a day."""
    return MonthsBefore(day, months=12)


class YearsAfter(Func):
    """A birthday: the same day so many years later."""

    template = "(%(expressions)s + INTERVAL '%(years)s years')::date"
    output_field = DateField()

    def __init__(self, day, *, years: int):
        super().__init__(day, years=years)


class WorkingDayAfter(Func):
    """The n-th working day after a day, looked up in the calendar's days and their numbers.

    The two arrays are read once a statement, so that a row costs two look-ups and no join.
    """

    template = (
        "(SELECT days FROM workforce_workingdays)[(SELECT numbers FROM workforce_workingdays)"
        f"[%(expressions)s - DATE '{FIRST}' + 1] + %(days)s]"
    )
    output_field = DateField()

    def __init__(self, day, *, days: int):
        super().__init__(day, days=days)


class EarlierDay(Func):
    """The latest day before this row's own on which the same subject has a row.

    Rows of one day are one group, so that they do not hide an earlier day from each other.
    """

    arity = 2
    contains_over_clause = True
    output_field = DateField()

    def __init__(self, day: str, *, within: str):
        super().__init__(F(day), F(within))

    def as_sql(self, compiler, connection, **extra):
        day, within = self.get_source_expressions()
        day_sql, day_params = compiler.compile(day)
        within_sql, within_params = compiler.compile(within)
        sql = (
            f"max({day_sql}) OVER (PARTITION BY {within_sql} ORDER BY {day_sql}"
            " GROUPS BETWEEN 1 PRECEDING AND 1 PRECEDING)"
        )
        return sql, (*day_params, *within_params, *day_params)


def days_after(day: str, days) -> ExpressionWrapper:
    """The day so many calendar days after a day; ``days`` is a number or an expression."""
    number = days if hasattr(days, "resolve_expression") else Value(days)
    return ExpressionWrapper(F(day) + number, output_field=DateField())


def days_between(first: str, last: str) -> Func:
    """How many days lie between two days: whole numbers, not an interval."""
    return Func(
        F(last),
        F(first),
        template="(%(expressions)s)",
        arg_joiner=" - ",
        output_field=IntegerField(),
    )


def no_later_than(*days) -> Coalesce | Least:
    """The earliest of the days that there are; far away, where there is none."""
    present = [Coalesce(_day(day), Value(NEVER), output_field=DateField()) for day in days]
    return Least(*present) if len(present) > 1 else present[0]


def no_earlier_than(*days) -> F | Greatest:
    """The latest of the days that there are."""
    present = [_day(day) for day in days]
    return Greatest(*present, output_field=DateField()) if len(present) > 1 else present[0]


def _day(day):
    return F(day) if isinstance(day, str) else day


def holder_on(day: str, *, child: str, part: Part) -> FilteredRelation:
    """The involvement that held a child on the day of each row: at most one, by constraint."""
    path = f"{child}__involvements"
    return FilteredRelation(
        path,
        condition=Q(**{f"{path}__part": part, f"{path}__started_on__lte": F(day)})
        & (Q(**{f"{path}__ended_on__isnull": True}) | Q(**{f"{path}__ended_on__gt": F(day)})),
    )


def holders_between(
    since: str, until: str, *, child: str, part: Part, children: list[int] | None
) -> FilteredRelation:
    """The stretches of a child's holding that meet the days of each row, of some children or all.

    The children are named once more, because the join alone would not narrow what is held.
    """
    path = f"{child}__holdings"
    meets = {f"{path}__part": part, f"{path}__since__lt": F(until), f"{path}__until__gt": F(since)}
    if children is not None:
        meets[f"{path}__child__in"] = children
    return FilteredRelation(path, condition=Q(**meets))


class TeamOn(Func):
    """The team that held the child of a plan on a day; ``history`` leads to the plan's history."""

    template = "COALESCE((%(by)s)[width_bucket(%(day)s, %(since)s)], %(own)s)"

    def __init__(self, day: str, history: str):
        super().__init__(
            F(day),
            *(F(f"{history}__{name}") for name in ("held_since", "held_by", "own_team_id")),
            output_field=BigIntegerField(),
        )

    def as_sql(self, compiler, connection, **extra):
        parts = [compiler.compile(expression) for expression in self.get_source_expressions()]
        (day, _), (since, _), (by, _), (own, _) = parts
        params = [value for part in (parts[2], parts[0], parts[1], parts[3]) for value in part[1]]
        return self.template % {"day": day, "since": since, "by": by, "own": own}, params


def may_be_held(teams: list[int] | None, first: datetime.date, last: datetime.date) -> Q:
    """The child of a record may have been held by one of the teams on one of the days."""
    if teams is None:
        return Q()
    held = held_between(teams, first, last, part=Part.SOCIAL_WORKER)
    return Q(team__in=teams) | Q(team=None) | Q(Exists(held.filter(child=OuterRef("child_id"))))


def held_between(
    teams: list[int], first: datetime.date, last: datetime.date, *, part: Part
) -> QuerySet:
    """The involvements by which teams held children on any of the days, its first and last too."""
    return Involvement.objects.order_by().filter(
        Q(ended_on=None) | Q(ended_on__gte=first), part=part, team__in=teams, started_on__lte=last
    )


def team_or(own: str | None, child: str) -> Coalesce:
    """The team of the row's ``holder``; else the record's own team; else the authority itself."""
    teams = ["holder__team_id", *([own] if own else []), f"{child}__authority_id"]
    return Coalesce(*(F(team) for team in teams))
