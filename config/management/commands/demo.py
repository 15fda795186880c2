"""Load the demonstration authority into an empty database."""

import datetime
import time
from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from config import chronicle, doorbell
from config.demonstration import Scene
from config.management.base import RecordsCommand, look_at_tables_anew
from config.workdays import london_day


class Command(RecordsCommand):
    """`manage.py demo`: made-up people, whose records give the figures of a real council."""

    help = "Load the demonstration authority into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            default=None,
            help="the day up to which the records run; today, unless said otherwise",
        )

    def handle(self, *args: Any, today: datetime.date | None, **options: Any) -> None:
        if apps.get_model("workforce", "Team").objects.exists():
            raise CommandError(
                "There are teams in this database already. "
                "The demonstration authority is loaded into an empty one only."
            )
        self.verbosity = options["verbosity"]
        self._load(Scene(today or london_day(timezone.now())))
        doorbell.ring()

    def _load(self, scene: Scene) -> None:
        """Each app makes its own part, from the ground floor up; then comes their history.

        All of it or nothing: a load that is interrupted can be started again.
        """
        workforce, referrals, visits, ehcp, indicators = (
            import_module(f"{app}.demo")
            for app in ("workforce", "referrals", "visits", "ehcp", "indicators")
        )
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            staff = self._step("Teams and workers", workforce.load, scene)
            protected = visits.protected_children(scene)
            known = self._step("Children and referrals", referrals.load, scene, staff, protected)
            self._step("Protection plans and visits", visits.load, scene, known, protected)
            self._step("EHC requests and plans", ehcp.load, scene, known)
            history = [*ehcp.HISTORY, *visits.HISTORY, *referrals.HISTORY, *workforce.HISTORY]
            self._step("When all this became known", chronicle.write, history, known.mistakes)
            self._step("Targets and comparators", indicators.load, scene, staff.authority)
        self._step("Statistics of the tables", look_at_tables_anew)
        publish = import_module("indicators.demo.report").publish
        self._step("The report of September 2019", publish, scene, staff.authority)

    def _step(self, name: str, make: Callable, *given: Any) -> Any:
        started = time.monotonic()
        made = make(*given)
        if self.verbosity:
            self.stdout.write(f"{name}: {time.monotonic() - started:.1f} s")
            self.stdout.flush()
        return made
