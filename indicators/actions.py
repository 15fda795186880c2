"""What is said about figures, as the one action that writes it."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from config import facts, history
from workforce.access import confirm_visible
from workforce.choices import AccountRole
from workforce.models import Team, User

from .base import Indicator
from .models import Commentary
from .periods import Period

COMMENTATORS = (
    AccountRole.ANALYST,
    AccountRole.PUBLISHER,
    AccountRole.TEAM_MANAGER,
    AccountRole.SERVICE_MANAGER,
)
CHANGED_MEANWHILE = (
    "Somebody changed this while you were writing. Their text stands above the form. Take over from"
    " it what you need, and save again."
)


def comment(
    *,
    indicator: Indicator,
    period: Period,
    place: Team,
    trend: str,
    background: str,
    action: str,
    version: int,
    by: User,
) -> Commentary:
    """What is said about a figure, in the place of what was said before.

    ``version`` is that of the text which the account had before it, 0 where there was none. Raises
    ``ValidationError`` where somebody has written something else since, or where nothing is said.
    """
    about = {
        "place": place,
        "indicator": indicator.name,
        "period": period.kind,
        "ending": period.end,
    }
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        said = Commentary.objects.select_for_update().filter(**about).first()
        if said and history.version(said) != version:
            raise ValidationError(CHANGED_MEANWHILE)
        said = said or Commentary(**about)
        said.trend, said.background, said.action = trend, background, action
        said.written_by, said.written_at = by, timezone.now()
        said.full_clean()
        said.save()
        confirm_visible(said, by)
    return said
