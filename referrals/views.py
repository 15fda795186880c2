"""Pages of children and referrals."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from config.tables import day
from config.views import CHANGES, Panel, RecordList, RecordPage
from config.workdays import london_day
from workforce.views import WorkerPage

from .case_file import CaseFile, Happening
from .filters import ChildFilter, ReferralFilter
from .models import Assessment, Child, Involvement, Referral
from .tables import (
    AssessmentTable,
    ChildTable,
    InvolvementTable,
    LookTable,
    ReferralTable,
    StruckOutTable,
)

LATEST = 25  # of what happened to a child, before all of it is asked for


class ChildList(RecordList):
    model = Child
    table_class = ChildTable
    filterset_class = ChildFilter


class ChildPage(RecordPage):
    """A child's case file: who the child is, who works with it, what is due and what happened."""

    model = Child
    template_name = "referrals/child.html"
    facts = (
        "sex",
        "ethnicity",
        "disabilities",
        "upn",
        "upn_unknown",
        "address",
        "postcode",
    )
    related = ("family",)
    panels = [
        CHANGES,
        Panel("Struck out", StruckOutTable, "struck_out", leave_out=("child",), aside=True),
        Panel("Who has looked", LookTable, "every_look", leave_out=("child",), aside=True),
    ]

    @cached_property
    def file(self) -> CaseFile:
        """The child with its records, as the account may see them today."""
        return CaseFile(self.object, self.request.user, london_day(timezone.now()))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        happenings = self.file.happenings()
        return super().get_context_data(
            log=reverse("referrals:child-log", args=[self.object.pk]),
            file=self.file,
            flags=self.file.flags(),
            clocks=self.file.due(),
            family=self.file.family(),
            timeline=self.timeline(happenings),
            **context,
        )

    def timeline(self, happenings: list[Happening]) -> dict[str, Any]:
        """What happened, of the chapter that is asked for; the latest, unless all of it is."""
        chapters = {each.key: each.chapter for each in happenings}
        asked = self.request.GET.get("about", "")
        about = asked if asked in chapters else ""
        found = [each for each in happenings if about in ("", each.key)]
        whole = self.printed or self.request.GET.get("timeline") == "all"
        return {
            "about": about,
            "chapters": sorted(chapters.items(), key=lambda chapter: chapter[1]),
            "shown": found if whole else found[:LATEST],
            "count": len(found),
        }


class ReferralList(RecordList):
    model = Referral
    table_class = ReferralTable
    filterset_class = ReferralFilter


class ReferralPage(RecordPage):
    model = Referral
    facts = (
        "child",
        "reference",
        "received_on",
        "source",
        "primary_need",
        "no_further_action",
        "decided_on",
        "closed_on",
        "closure_reason",
        "team",
    )
    panels = [Panel("Assessments", AssessmentTable, "assessments"), CHANGES]

    def heading(self) -> tuple[str, str]:
        return f"Referral received {day(self.object.received_on)}", str(self.object.child)


class AssessmentPage(RecordPage):
    model = Assessment
    facts = ("referral", "started_on", "completed_on", "reference")
    related = ("referral__child",)
    belongs_to = "referral"
    panels = [CHANGES]

    def heading(self) -> tuple[str, str]:
        started = day(self.object.started_on)
        return f"Assessment started {started}", str(self.object.referral.child)


class InvolvementPage(RecordPage):
    model = Involvement
    facts = ("child", "part", "worker", "team", "started_on", "ended_on", "reference")
    belongs_to = "child"
    panels = [CHANGES]

    def heading(self) -> tuple[str, str]:
        part = self.object.get_part_display()
        return f"{part} since {day(self.object.started_on)}", str(self.object.child)


WorkerPage.panels.append(Panel("Children", InvolvementTable, "involvements", leave_out=("worker",)))
