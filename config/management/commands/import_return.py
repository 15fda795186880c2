"""Take in statutory returns and extracts, and say what became of every row."""

import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from config import doorbell
from config.imports.report import OUTCOMES, Report
from config.imports.running import Importer
from config.management.base import RecordsCommand, look_at_tables_anew
from config.workdays import london_day


class Command(RecordsCommand):
    """`manage.py import_return FILE…`: each file comes in whole, or not at all."""

    help = (
        "Take in CIN census, SEN2 and social work workforce returns (XML) and SSD extracts (CSV)."
        " Exit 0 when every file was taken in, 1 when one was refused as a whole."
    )
    requires_system_checks: list[str] = []  # those are about pages

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--authority",
            default="",
            metavar="CODE",
            help="three-digit number of the authority, for files that name none",
        )
        parser.add_argument("--dry-run", action="store_true", help="do everything, keep nothing")
        parser.add_argument("--format", choices=("table", "json"), default="table")

    def handle(
        self, *args: Any, files: list[Path], authority: str, dry_run: bool, **options: Any
    ) -> None:
        importer = Importer(today=london_day(timezone.now()), authority=authority.strip())
        if dry_run:
            with transaction.atomic():
                reports = self._take(importer, files)
                transaction.set_rollback(True)
        else:
            reports = self._take(importer, files)
            if any(report.wrote for report in reports):
                look_at_tables_anew()  # a first import finds tables known to be empty
                doorbell.ring()
        print_them = self._print_json if options["format"] == "json" else self._print_table
        try:
            print_them(reports, dry_run=dry_run)
        except BrokenPipeError:  # whoever reads has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        finally:
            for report in reports:
                report.close()
        if any(report.refusal for report in reports):
            sys.exit(1)

    def _take(self, importer: Importer, files: list[Path]) -> list[Report]:
        reports = []
        for path in importer.in_order(files):
            reports.append(importer.take(path, lambda rows, path=path: self._progress(path, rows)))
            self._progress(path, None)
        return reports

    def _progress(self, path: Path, rows: int | None) -> None:
        """How far a long file has been read, for whoever sits at a terminal; None takes it away."""
        if self.stderr.isatty():
            told = "" if rows is None else f"{path.name}: {rows:,} read"
            self.stderr.write(f"\r\033[K{told}", self.style.NOTICE, ending="")
            self.stderr.flush()

    def _print_table(self, reports: list[Report], *, dry_run: bool) -> None:
        for report in reports:
            self.stdout.write(self.style.MIGRATE_HEADING(report.file))
            if report.refusal:
                self.stdout.write(self.style.ERROR(f"Refused as a whole: {report.refusal}\n"))
                continue
            told = report.return_
            self.stdout.write(
                f"{told['return']} {told['year']}".strip()
                + f" of {told['authority']}, as at {told['reference_date']}\n"
            )
            self.stdout.write(_columns("", *OUTCOMES))
            for kind, counts in report.counts.items():
                self.stdout.write(_columns(kind, *(counts[outcome] or "" for outcome in OUTCOMES)))
            for issue in report.issues():
                self.stdout.write(_sentence(issue))
            self.stdout.write("")
        if dry_run:
            self.stdout.write("This was a dry run: nothing was kept.")

    def _print_json(self, reports: list[Report], *, dry_run: bool) -> None:
        self.stdout.write(f'{{"dry_run": {json.dumps(dry_run)}, "files": [', ending="")
        for number, report in enumerate(reports):
            self.stdout.write("," * (number > 0), ending="")
            for piece in _json(report):
                self.stdout.write(piece, ending="")
        self.stdout.write("]}")


def _columns(kind: str, *values: Any) -> str:
    return f"{kind:<32}" + "".join(f"{value!s:>11}" for value in values)


def _sentence(issue: dict) -> str:
    """A refusal or a warning as one line of text."""
    what = " ".join(filter(None, (issue["field"], f"“{issue['value']}”" if issue["value"] else "")))
    where = " ".join(filter(None, (issue["kind"], issue["identifier"])))
    rule = f" (rule {issue['rule']})" if issue["rule"] else ""
    verb = "REFUSED" if issue["refused"] else "warning"
    return f"{verb}  {issue['place']}, {where}: {what}{': ' if what else ''}{issue['reason']}{rule}"


def _json(report: Report) -> Iterator[str]:
    """The report as JSON, in pieces: there may be a million refusals in it."""
    head = {"file": report.file, "refused": report.refusal or None} | report.return_
    head["total"] = _counts(report.total)
    head["kinds"] = {kind: _counts(counts) for kind, counts in report.counts.items()}
    yield json.dumps(head)[:-1]
    for name, refused in (("refusals", True), ("warnings", False)):
        yield f', "{name}": ['
        comma = ""
        for issue in report.issues():
            if issue.pop("refused") == refused:
                yield comma + json.dumps(issue)
                comma = ", "
        yield "]"
    yield "}"


def _counts(counts) -> dict[str, int]:
    return {outcome.replace(" ", "_"): counts[outcome] for outcome in OUTCOMES}
