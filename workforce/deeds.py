"""What an account did, as the history of all records tells it."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Count, Min
from pghistory.models import Context, Event

from config.history import LABELS


@dataclass(frozen=True)
class Deed:
    """Records of one kind that an account changed with one request."""

    at: datetime.datetime
    what: str
    kind: str
    count: int
    key: int | None
    where: str


def deeds(account: int, *, first: int, count: int) -> list[Deed]:
    """What an account did, by request, the latest first; of records no more than kind and key."""
    mine = Context.objects.filter(metadata__user=account).order_by("-created_at", "-id")
    contexts = {context.pk: context for context in mine[first : first + count]}
    found = []
    for model in apps.get_models():
        if not issubclass(model, Event) or model._meta.abstract or not contexts:
            continue
        rows = model.objects.filter(pgh_context__in=contexts).values("pgh_context", "pgh_label")
        for row in rows.annotate(count=Count("pk"), key=Min("pgh_obj_id")).order_by():
            context = contexts[row["pgh_context"]]
            found.append(
                Deed(
                    at=context.created_at,
                    what=LABELS[row["pgh_label"]],
                    kind=str(model.pgh_tracked_model._meta.verbose_name),
                    count=row["count"],
                    key=row["key"] if row["count"] == 1 else None,
                    where=context.metadata.get("url", ""),
                )
            )
    return sorted(found, key=lambda deed: (deed.at, deed.kind), reverse=True)
