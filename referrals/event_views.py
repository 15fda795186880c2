"""Pages on which an event is logged: whose it is, which one it is, and one page for each."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from config.views import OnRecord
from config.workdays import london_day
from workforce.access import WITH_SEND
from workforce.events import OFFERS, by_group
from workforce.models.people import KNOW_COLLEAGUES

from .events import offers
from .forms import FindChildForm
from .models import Child
from .rules import age_in_words
from .search import known_to

LOGGERS = KNOW_COLLEAGUES


class Log(TemplateView):
    """Where an event is logged from: a child is looked for, or an event about staff chosen."""

    template_name = "referrals/log.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            form=FindChildForm() if user.reach.holds(*WITH_SEND) else None,
            groups=by_group((offer for each in OFFERS for offer in each(user)), user),
            **context,
        )


class LogForChild(OnRecord, TemplateView):
    """What can be logged for a child now."""

    model = Child
    template_name = "referrals/log_for_child.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        child, today = self.record, london_day(timezone.now())
        return super().get_context_data(
            child=child,
            age=age_in_words(child.born_on, child.expected_on, child.died_on or today),
            known_to=known_to([child.pk], today).get(child.pk, ""),
            groups=offers(child, self.request.user),
            **context,
        )
