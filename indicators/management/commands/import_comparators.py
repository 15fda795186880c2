"""The command that takes in published statistics, to be set beside the authority's own figures."""

import datetime
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from config.imports.reading import CannotRead
from config.management.base import RecordsCommand
from indicators.comparators import OUTCOMES, Outcome, take


class Command(RecordsCommand):
    """`manage.py import_comparators FILE…`: each file comes in whole, or not at all."""

    help = (
        "Take in statistics that the Department for Education publishes as CSV."
        " Exit 0 when every file was taken in, 1 when one was refused as a whole."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--published",
            type=datetime.date.fromisoformat,
            metavar="DAY",
            help="the day of publication, YYYY-MM-DD, where the file does not say it",
        )
        parser.add_argument(
            "--source", default="", help="what the publication is called; the file's name if none"
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="INDICATOR=COLUMN",
            help="the column of an indicator's value, where a release names it in another way",
        )

    def handle(
        self,
        *args: Any,
        files: list[Path],
        published: datetime.date | None,
        source: str,
        column: list[str],
        **options: Any,
    ) -> None:
        if wrong := [pair for pair in column if "=" not in pair]:
            raise CommandError(f"Write --column INDICATOR=COLUMN, not {wrong[0]!r}.")
        columns = dict(pair.split("=", 1) for pair in column)
        refused = False
        for path in files:
            try:
                self._tell(take(path, published_on=published, source=source, columns=columns))
            except CannotRead as error:
                refused = True
                self.stdout.write(self.style.ERROR(f"{path.name} is refused as a whole: {error}"))
        if refused:
            sys.exit(1)

    def _tell(self, outcome: Outcome) -> None:
        counts = ", ".join(f"{outcome.counts[name]:,} {name}" for name in OUTCOMES)
        self.stdout.write(f"{outcome.file}: {counts}; {outcome.markers:,} without a number.")
        for line in outcome.refused:
            self.stdout.write(f"REFUSED  {line}")
