"""Reports to committees: what people write in them, and which indicators they highlight."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from config import facts
from config.history import keeps_history
from config.tables import day
from workforce.access import Guarded
from workforce.choices import AccountRole, TeamKind
from workforce.models import Team, User, is_authority

from ..choices import Funding, ReportState
from ..periods import Kind, Period

AUTHORS = (AccountRole.ANALYST, AccountRole.PUBLISHER)


@keeps_history
class Report(models.Model):
    """A report to a committee on the position as at a day: what people write, not the figures."""

    may_lie_ahead = ("meets_on",)

    authority = models.ForeignKey(
        Team, models.CASCADE, related_name="reports", limit_choices_to={"kind": TeamKind.AUTHORITY}
    )
    title = models.CharField(max_length=200)
    committee = models.CharField(
        "for consideration by", max_length=200, help_text="The committee that it goes to."
    )
    meets_on = models.DateField("day of the meeting")
    period = models.CharField(max_length=14, choices=[(kind.value, kind.label) for kind in Kind])
    ending = models.DateField("last day of the period")
    as_at = models.DateField("as at", help_text="The day as at which the information stands.")
    agenda_item = models.CharField("agenda item number", max_length=20, blank=True)
    ward = models.CharField(max_length=200, blank=True, default="(All Wards)")
    lead_officer = models.CharField(max_length=200, blank=True)
    outcome = models.TextField("outcome or benefits to the community", blank=True)
    recommendation = models.TextField(blank=True)
    summary = models.TextField("summary of report", blank=True)
    background = models.TextField(blank=True)
    financial = models.TextField("financial implications of the recommendation", blank=True)
    other_financial = models.TextField("other financial information", blank=True)
    cross_council = models.TextField("cross-council implications", blank=True)
    background_papers = models.TextField(
        "list of background papers", blank=True, help_text="One on each line."
    )
    contact_name = models.CharField(max_length=100, blank=True)
    contact_service = models.CharField(max_length=100, blank=True)
    contact_telephone = models.CharField(max_length=40, blank=True)
    contact_email = models.EmailField("contact e-mail", blank=True)
    state = models.CharField(
        max_length=9, choices=ReportState.choices, default=ReportState.WRITING, editable=False
    )
    begun_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = Guarded.at("authority", *AUTHORS, whole_authority=True)

    class Meta:
        ordering = ["-meets_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="report_titled",
                condition=~Q(title="") & ~Q(committee=""),
                violation_error_message="Say what the report is called, and who considers it.",
            ),
            models.CheckConstraint(
                name="report_period_known",
                condition=Q(period__in=[kind.value for kind in Kind]),
                violation_error_message="Choose a kind of period from the list.",
            ),
            facts.one_of("report_state_known", "state", ReportState),
            facts.plausible("report_dates_plausible", "meets_on", "ending", "as_at"),
            facts.in_order(
                "report_as_at_after_period",
                "ending",
                "as_at",
                "The information stands as at a day on which the period is over.",
                same_day=True,
            ),
            is_authority("report_authority_is_root"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def considered_by(self) -> str:
        """Which committee it goes to, and when."""
        return f"{self.committee} on {day(self.meets_on)}"

    def clean(self) -> None:
        """Refuses a day on which no period of the kind ends."""
        if self.period not in list(Kind) or self.ending is None:
            return
        whole = Period.containing(self.period, self.ending)
        if whole.end != self.ending:
            kind = whole.kind.label.lower()
            raise ValidationError(
                {"ending": f"This is within a period ({kind}) that ends on {day(whole.end)}."}
            )


@keeps_history
class Highlight(models.Model):
    """An indicator that a report may highlight, and what is said about it in three parts.

    ``because`` is why it is suggested. Whether it is in the report is not decided at first.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="highlights")
    indicator = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()
    because = models.CharField("why it is suggested", max_length=300, blank=True)
    accepted = models.BooleanField("in the report", null=True)
    trend = models.TextField(blank=True)
    background = models.TextField(blank=True)
    action = models.TextField(blank=True)

    objects = Guarded.at("report__authority", *AUTHORS, whole_authority=True)

    class Meta:
        ordering = ["report", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="highlight_once",
                fields=["report", "indicator"],
                violation_error_message="The report has a section on this indicator already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} in {self.report}"


@keeps_history
class Cost(models.Model):
    """What the recommendation of a report costs or saves in the current year, or in a later one."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="costs")
    years_on = models.PositiveSmallIntegerField("years after the current one")
    amount = models.CharField("how much it will cost or save", max_length=100, blank=True)
    is_funded = models.CharField(
        "whether there is sufficient funding, or else the shortfall", max_length=100, blank=True
    )
    budget = models.CharField(
        "revenue or capital", max_length=7, choices=Funding.choices, blank=True
    )

    objects = Guarded.at("report__authority", *AUTHORS, whole_authority=True)

    class Meta:
        ordering = ["report", "years_on"]
        constraints = [
            models.UniqueConstraint(
                name="cost_once",
                fields=["report", "years_on"],
                violation_error_message="The report says already what it costs in that year.",
            ),
            facts.between("cost_year_in_range", "years_on", 0, 2),
            facts.one_of("cost_budget_known", "budget", Funding, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.report}, {self.years_on} years on: {self.amount}"
