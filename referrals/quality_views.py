"""Data quality: what may be wrong with a team's records, for its managers."""

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone
from django.views.generic import TemplateView

from config.views import PAGE
from config.workdays import london_day

from .quality import CHECKS, Check, Flaw, Records
from .work_views import OfTeam


class TeamQuality(OfTeam, TemplateView):
    """The checks of a team's records with what each has found; of one of them, the records."""

    template_name = "referrals/team_quality.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asked = {check.key: check for check in CHECKS}.get(self.request.GET.get("check", ""))
        records = Records(self.team, self.request.user, london_day(timezone.now()))
        shown = self.of_one(asked, records) if asked else self.summary(records)
        return super().get_context_data(team=self.team, back=self.back(), **shown, **context)

    def summary(self, records: Records) -> dict[str, Any]:
        """How many records each check has found, in the way in which they may be wrong."""
        counts = [(check, check.found(records).count()) for check in CHECKS]
        return {
            "flaws": [
                (flaw.label, [pair for pair in counts if pair[1] and pair[0].flaw == flaw])
                for flaw in Flaw
            ],
            "total": sum(count for _, count in counts),
            "checks": len(CHECKS),
        }

    def of_one(self, check: Check, records: Records) -> dict[str, Any]:
        """A page of what one check has found."""
        found = check.found(records)
        related = [found.child] if found.child != "pk" else []
        ordered = found.select_related(*related).order_by(
            *([f"-{check.on}"] if check.on else []), "pk"
        )
        page = Paginator(ordered, PAGE).get_page(self.request.GET.get("page"))
        return {
            "check": check,
            "page": page,
            "wrong": check.told(page.object_list, self.request.user),
        }
