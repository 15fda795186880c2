"""The command that writes the demonstration's committee report of September 2019 to files."""

from pathlib import Path

from django.core.management.base import CommandError

from config.management.base import RecordsCommand
from indicators.demo.report import paper
from indicators.reporting.outputs import FORMATS
from workforce.choices import TeamKind
from workforce.demo.places import AUTHORITY
from workforce.models import Team


class Command(RecordsCommand):
    help = "Write the demonstration authority's report of September 2019, as each kind of file."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--out", type=Path, required=True, help="The folder for the files.")

    def handle(self, *, out: Path, **options) -> None:
        authority = Team.objects.filter(kind=TeamKind.AUTHORITY, name=AUTHORITY).first()
        if authority is None:
            raise CommandError("The demonstration is not loaded. Run manage.py demo first.")
        made = paper(authority)
        out.mkdir(parents=True, exist_ok=True)
        for ending, kind in FORMATS.items():
            path = out / f"report-2019-09.{ending}"
            path.write_bytes(kind.render(made))
            self.stdout.write(f"{kind.title}: {path}")
