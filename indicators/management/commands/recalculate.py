"""The command that recalculates figures, or verifies the stored ones against the records."""

from django.core.management.base import CommandError
from django.utils import timezone

from config.management.base import RecordsCommand
from config.workdays import london_day
from indicators import calculate, registry
from indicators.models import Standing
from workforce.choices import TeamKind
from workforce.models import Team


class Command(RecordsCommand):
    help = "Recalculate figures in full; or, with --verify, list stored figures that differ."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "family", nargs="*", help=f"Of {', '.join(registry.families())}; all if none is named."
        )
        parser.add_argument(
            "--verify", action="store_true", help="Compare only; exit 1 where figures differ."
        )

    def handle(self, *, family, verify, verbosity, **options) -> None:
        unknown = set(family) - set(registry.families())
        if unknown:
            raise CommandError(
                f"There is no family {', '.join(sorted(unknown))}. "
                f"There are: {', '.join(registry.families())}."
            )
        authorities = Team.objects.filter(kind=TeamKind.AUTHORITY).order_by("pk")
        chosen = [
            (name, authority) for authority in authorities for name in family or registry.families()
        ]
        if verify:
            self.verify(chosen)
            return
        names = {authority.pk: authority for authority in authorities}
        keys = [(name, authority.pk) for name, authority in chosen]
        for name, key, cells in calculate.anew(keys, today=london_day(timezone.now())):
            if verbosity:
                self.stdout.write(f"{names[key]}, {name}: cells changed: {cells}")

    def verify(self, chosen) -> None:
        """List the cells that differ, and fail where there are any.

        What still waits is taken in first, as at the day of the figures: it is no difference.
        """
        for standing in Standing.objects.filter(family__in={name for name, _ in chosen}):
            calculate.recalculate(standing.family, standing.authority_id, today=standing.as_at)
        drift = [
            (authority, cell)
            for name, authority in chosen
            for cell in calculate.verify(name, authority.pk)
        ]
        teams = dict(Team.objects.values_list("pk", "name"))
        for authority, cell in drift:
            self.stdout.write(
                f"{authority}, {cell['indicator']}, {teams.get(cell['team'], cell['team'])}, "
                f"{cell['month'][:7]}: stored {_sums(cell['stored'])}, "
                f"recomputed {_sums(cell['recomputed'])}"
            )
        if drift:
            raise CommandError(f"Cells that differ: {len(drift)}.", returncode=1)
        self.stdout.write("Every stored figure is what the records give.")


def _sums(values: list[str] | None) -> str:
    if values is None:
        return "nothing"
    numerator, denominator, undecided = values
    return f"{numerator}/{denominator}, {undecided} undecided"
