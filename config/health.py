"""The health page: whether everything that the service needs is there, as JSON for monitors."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from config.admission import admits_anyone
from config.celery import app

# Both write their heartbeat every 10 to 20 seconds; a busy machine may miss a few.
SILENT_AFTER = timedelta(seconds=90)
BROKER_LIMIT = 1.0

logger = logging.getLogger(__name__)


@never_cache
@require_safe
@admits_anyone
def health(request: HttpRequest) -> JsonResponse:
    """The parts of the service, each with whether it is well; 503 when one of them is not."""
    parts = {"broker": {"ok": broker_answers()}} | look_into_database(timezone.now())
    well = all(part.get("ok", True) for part in parts.values())
    return JsonResponse({"ok": well} | parts, status=200 if well else 503)


def broker_answers() -> bool:
    """Whether a message could be sent now."""
    try:
        with app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=BROKER_LIMIT)
    except OperationalError as error:
        logger.warning("The broker does not answer: %s", error)
        return False
    return True


def look_into_database(now: datetime) -> dict[str, dict[str, Any]]:
    """The database, and what it says of worker, beat, the last overnight run and the outbox."""
    try:
        beats = dict(_model("Heartbeat").objects.values_list("name", "at"))
        runs = _model("Run").objects.filter(kind="overnight", finished_at__isnull=False)
        finished = runs.order_by("-finished_at").values_list("finished_at", flat=True).first()
        waiting = _model("Outbox").objects.count()
    except DatabaseError as error:
        logger.warning("The database does not answer: %s", error)
        connection.close()
        return {"database": {"ok": False}}
    return {
        "database": {"ok": True},
        "worker": _alive(beats.get("worker"), now),
        "beat": _alive(beats.get("beat"), now),
        "overnight": {"age_seconds": _age(finished, now)},
        "outbox": {"length": waiting},
    }


def _model(name: str) -> Any:
    return apps.get_model("indicators", name)


def _alive(at: datetime | None, now: datetime) -> dict[str, Any]:
    return {"ok": at is not None and now - at < SILENT_AFTER, "age_seconds": _age(at, now)}


def _age(at: datetime | None, now: datetime) -> int | None:
    return None if at is None else round((now - at).total_seconds())
