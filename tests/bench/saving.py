"""One saved visit until the new figure, with a real worker: run as a process on one database.

``python -m tests.bench.saving N`` prints, as JSON, the seconds of each of N saves with the worker,
and of as many where the recalculation follows in the same process.
"""

import json
import os
import subprocess
import sys
import time

import django


def main(saves: int) -> None:
    """Save visits of the latest open plans, and watch their figure."""
    from django.conf import settings
    from django.utils import timezone

    from config import doorbell
    from config.workdays import london_day
    from indicators import calculate
    from indicators.models import Heartbeat
    from visits.actions import Met, record_visits
    from visits.models import ProtectionPlan
    from workforce.choices import AccountRole
    from workforce.models import Appointment, Team, User

    today = london_day(timezone.now())
    by, _ = User.objects.get_or_create(username="bench")
    for whole in Team.objects.filter(parent=None):
        Appointment.objects.get_or_create(
            user=by, role=AccountRole.SERVICE_MANAGER, place=whole, since=today
        )
    plans = list(
        ProtectionPlan.objects.filter(ended_on=None, started_on__lt=today).order_by("-pk")[
            : 2 * saves
        ]
    )

    def save(plan: ProtectionPlan) -> None:
        record_visits(
            met=[Met(plan, "seen", seen_alone=True)],
            visited_on=today,
            purpose="statutory",
            place="home",
            worker=None,
            by=by,
            today=today,
        )
        doorbell.ring()  # as the middleware does after a request

    calculate.drain(today=today)
    alone = []
    for plan in plans[:saves]:
        started = time.perf_counter()
        save(plan)
        calculate.drain(today=today)
        _recorded(today)
        alone.append(time.perf_counter() - started)
    Heartbeat.objects.filter(name="worker").delete()
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "error"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not Heartbeat.objects.filter(name="worker").exists():
            time.sleep(0.1)
        working = [_until_shown(lambda plan=plan: save(plan), today) for plan in plans[saves:]]
    finally:
        worker.terminate()
        worker.wait(30)
    print(json.dumps({"alone": alone, "working": working}))


def _recorded(today) -> int:
    """The figure that every one of these saves moves: visits of this month recorded in time."""
    from indicators import registry
    from indicators.figures import figure
    from indicators.periods import Period

    indicator = registry.indicator("cp_recorded_2_days")
    return int(figure(indicator, Period.containing("month", today), as_at=today).denominator)


def _until_shown(save, today) -> float:
    before, started = _recorded(today), time.perf_counter()
    save()
    while _recorded(today) == before:
        time.sleep(0.01)
    return time.perf_counter() - started


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(int(sys.argv[1]))
