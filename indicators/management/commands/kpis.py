"""The command that prints figures: for people as a table, for programs as JSON or CSV."""

import csv
import datetime
import json

from django.core.management.base import CommandError
from django.utils import timezone

from config.management.base import RecordsCommand
from config.workdays import london_day
from indicators import calculate, registry
from indicators.caselist import CaseRow, cases
from indicators.figures import Figure, figures
from indicators.periods import Kind, Period
from workforce.choices import TeamKind
from workforce.models import Team

COLUMNS = (
    "indicator",
    "period",
    "start",
    "end",
    "team",
    "numerator",
    "denominator",
    "undecided",
    "value",
    "calculated_at",
)
CASE_COLUMNS = ("indicator", "part", "record", "on", "team", "amount", "counts", "reason")


class Command(RecordsCommand):
    help = "Print indicators for a period, recalculated first where changes wait."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "indicator", nargs="*", help="Names of indicators; all if none is named."
        )
        parser.add_argument("--period", choices=[kind.value for kind in Kind], default=Kind.MONTH)
        parser.add_argument(
            "--ending", help="The period's last day, YYYY-MM-DD; today if not given."
        )
        parser.add_argument(
            "--authority", help="The authority's code or name; all of them if none."
        )
        parser.add_argument(
            "--team", nargs="+", default=[], help="Names or numbers of teams or services; or 'all'."
        )
        parser.add_argument("--cases", action="store_true", help="The cases behind the figures.")
        parser.add_argument("--format", choices=["table", "json", "csv"], default="table")

    def handle(self, *, indicator, period, ending, authority, team, cases, format, **options):
        today = london_day(timezone.now())
        try:
            chosen = [registry.indicator(name) for name in indicator] or registry.listed()
        except registry.UnknownIndicator as error:
            raise CommandError(str(error)) from None
        end = self.day(ending) if ending else today
        whole = self.authority(authority) if authority else None
        teams = self.teams(team, whole)
        calculate.drain(today=today, authority=whole)
        wanted = [
            (found, Period.ending(period, end, year_starts=found.year_starts)) for found in chosen
        ]
        if cases:
            rows = [
                self.case_row(found, case)
                for found, stretch in wanted
                for place in teams or [None]
                for case in _cases(found, stretch, today, whole, place)
            ]
            self.write(rows, CASE_COLUMNS, format)
            return
        rows = [
            self.figure_row(made, teams)
            for found, stretch in wanted
            for made in figures([found], [stretch], as_at=today, authority=whole, teams=teams)
        ]
        self.write(rows, COLUMNS, format)

    def day(self, text: str) -> datetime.date:
        """The day that was typed."""
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise CommandError(
                f"--ending {text!r} is not a date. Type it as YYYY-MM-DD, for example 2019-06-30."
            ) from None

    def authority(self, text: str) -> Team:
        """The authority of that code or name."""
        found = Team.objects.filter(kind=TeamKind.AUTHORITY)
        match = found.filter(code=text) | found.filter(name__iexact=text)
        if not match:
            names = ", ".join(f"{team.code} ({team.name})" for team in found) or "none yet"
            raise CommandError(f"There is no authority {text!r}. There are: {names}.")
        return match[0]

    def teams(self, names: list[str], authority: Team | None) -> list[Team]:
        """The teams of those names or numbers."""
        places = Team.objects.order_by("kind", "name")
        if authority:
            places = places.filter(authority=authority) | places.filter(pk=authority.pk)
        if names == ["all"]:
            return list(places.exclude(kind=TeamKind.AUTHORITY))
        found = []
        for name in names:
            match = places.filter(pk=name) if name.isdigit() else places.filter(name__iexact=name)
            if not match:
                there_are = ", ".join(places.values_list("name", flat=True)) or "none yet"
                raise CommandError(f"There is no team {name!r}. There are: {there_are}.")
            found.append(match[0])
        return found

    def figure_row(self, figure: Figure, teams: list[Team]) -> dict:
        """A figure as a flat row."""
        names = {team.pk: team.name for team in teams}
        return {
            "indicator": figure.indicator.name,
            "period": figure.period.kind.value,
            "start": figure.period.start.isoformat(),
            "end": figure.period.end.isoformat(),
            "team": names.get(figure.team_id),
            "numerator": _number(figure.numerator),
            "denominator": _number(figure.denominator),
            "undecided": _number(figure.undecided),
            "value": None if figure.rounded is None else float(figure.rounded),
            "calculated_at": figure.calculated_at and figure.calculated_at.isoformat(),
        }

    def case_row(self, indicator, case: CaseRow) -> dict:
        """A case as a flat row: numbers of records, no names."""
        return {
            "indicator": indicator.name,
            "part": case.part,
            "record": f"{case.question.name}/{case.record_id}",
            "on": case.on_day.isoformat(),
            "team": self.names[case.team_id],
            "amount": _number(case.amount),
            "counts": case.counts,
            "reason": case.reason,
        }

    @property
    def names(self) -> dict[int, str]:
        """The names of all teams by number."""
        if not hasattr(self, "_names"):
            self._names = dict(Team.objects.values_list("pk", "name"))
        return self._names

    def write(self, rows: list[dict], columns: tuple[str, ...], form: str) -> None:
        """Print the rows in the form asked for."""
        if form == "json":
            self.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False))
        elif form == "csv":
            writer = csv.DictWriter(self.stdout, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        else:
            texts = [columns, *(tuple(_cell(row[name]) for name in columns) for row in rows)]
            widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
            for text in texts:
                line = "  ".join(
                    cell.ljust(width) for cell, width in zip(text, widths, strict=True)
                )
                self.stdout.write(line.rstrip())


def _cases(indicator, period, today, authority, team) -> list[CaseRow]:
    return cases(indicator, period, as_at=today, authority=authority, team=team)


def _number(value):
    """An integer where it is one, for programs that compare; else a decimal number."""
    return int(value) if value == value.to_integral_value() else float(round(value, 6))


def _cell(value) -> str:
    return "" if value is None else str(value)
