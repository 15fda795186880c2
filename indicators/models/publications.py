"""Reports as they were published: signed by two people, and never changed again."""

from django.db import models
from django.db.models import F, Func, Max, Q, Value
from django.db.models.functions import Now

from config import facts
from config.history import keeps_history
from config.permanence import AppendOnly, WrittenOnce
from workforce.access import Guarded
from workforce.choices import AccountRole
from workforce.models import Team, User

from ..choices import PaperFormat, Profile
from .reports import AUTHORS, Report

APPROVERS = (AccountRole.PUBLISHER,)
READERS = (*AUTHORS, AccountRole.TEAM_MANAGER, AccountRole.SERVICE_MANAGER)
STAYS = "What was signed and published stays as it is. Publish a new version with a note."


class Publications(Guarded):
    """Signed copies of reports: for those who write them, and who manage what they tell of."""

    def published(self) -> "Publications":
        """Those that everybody may read."""
        return self.exclude(published_at=None)

    def latest(self) -> "Publications":
        """Of each report the version that was published last."""
        versions = self.model.objects.filter(report=models.OuterRef("report")).order_by()
        last = versions.values("report").annotate(last=Max("version")).values("last")
        return self.published().filter(version=models.Subquery(last))


@keeps_history
class Publication(models.Model):
    """A report as its author signed it: its figures, their cases and its files, all frozen.

    Once somebody else approves it, it is published, and has a version. ``digest`` is that of what
    people had written: a copy of a text that has been changed since can be approved no more. One
    that nobody approves is kept all the same: somebody has signed it, and what was turned down can
    be looked up. Its cases, as those of any copy, are named to those alone who may see the child.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="publications")
    title = models.CharField(max_length=200)
    considered_by = models.CharField(
        "for consideration by", max_length=250, blank=True, help_text="The committee, and its day."
    )
    profile = models.CharField(
        "disclosure control", max_length=20, choices=Profile.choices, default=Profile.COUNCIL
    )
    note = models.CharField(
        max_length=500, blank=True, help_text="What is otherwise than in the version before."
    )
    digest = models.CharField(max_length=64)
    as_at = models.DateField(help_text="The day as at which its figures stand.")
    known_at = models.DateTimeField(help_text="The moment of which its figures are known.")
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(db_default=Now())
    version = models.PositiveSmallIntegerField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = Publications.at("report__authority", *READERS, whole_authority=True)

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="publication_version_once",
                fields=["report", "version"],
                violation_error_message="There is a publication of this version already.",
            ),
            models.CheckConstraint(
                name="publication_by_two_people",
                condition=Q(approved_by=None) | ~Q(approved_by=F("signed_by")),
                violation_error_message="The author and the approver are two people.",
            ),
            models.CheckConstraint(
                name="publication_in_full",
                condition=Q(version=None, approved_by=None, published_at=None)
                | Q(version__gte=1, approved_by__isnull=False, published_at__isnull=False),
                violation_error_message="What is published has a version and an approver.",
            ),
            models.CheckConstraint(
                name="publication_note_on_correction",
                condition=Q(version=None) | Q(version=1) | ~Q(note=""),
                violation_error_message="Say what is otherwise than in the version before.",
            ),
            facts.one_of("publication_profile_known", "profile", Profile),
            models.CheckConstraint(
                name="publication_not_internal",
                condition=~Q(profile=Profile.INTERNAL),
                violation_error_message="Exact figures are not for publication.",
            ),
            facts.plausible("publication_dates_plausible", "as_at"),
            facts.in_order(
                "publication_after_signed",
                "signed_at",
                "published_at",
                "A report is published after it is signed.",
                same_day=True,
            ),
            WrittenOnce(
                name="publication_kept_as_it_is",
                later=("version", "approved_by", "published_at"),
                violation_error_message=STAYS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}" if self.version else self.title

    @property
    def is_published(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None


def kept(name: str) -> AppendOnly:
    """The fact that what belongs to a publication is only ever added to."""
    return AppendOnly(name=name, violation_error_message=STAYS)


class PublishedFigure(models.Model):
    """A figure that a publication quotes: exact, with the texts that stand for it in the paper.

    ``shown`` has the text of each of its numbers that is in the paper at all, a hidden one's
    marker among them.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    place = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    first_on = models.DateField("first day")
    last_on = models.DateField("last day")
    as_at = models.DateField()
    numerator = models.DecimalField(max_digits=16, decimal_places=6)
    denominator = models.DecimalField(max_digits=16, decimal_places=6)
    undecided = models.DecimalField(max_digits=16, decimal_places=6)
    value = models.DecimalField(max_digits=24, decimal_places=10, null=True)
    unit = models.CharField(max_length=30, blank=True)
    counts_persons = models.BooleanField()
    shown = models.JSONField()

    class Meta:
        ordering = ["publication", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="published_figure_once",
                fields=["publication", "indicator", "place", "first_on", "last_on", "as_at"],
            ),
            kept("published_figure_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.place_id}, {self.first_on} to {self.last_on}"


class PublishedCase(models.Model):
    """A case behind a published figure, as it was judged then: its reference, verdict and reason.

    Whose it is may change or go: the keys lead to records as they were known, and join nothing.
    """

    figure = models.ForeignKey(PublishedFigure, models.PROTECT, related_name="cases")
    question = models.CharField(max_length=60)
    subject = models.BigIntegerField()
    record = models.BigIntegerField()
    reference = models.CharField(max_length=60, blank=True)
    on_day = models.DateField()
    team = models.BigIntegerField()
    part = models.CharField(max_length=11)
    counts = models.BooleanField(null=True)
    amount = models.DecimalField(max_digits=16, decimal_places=6)
    reason_code = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["figure", "on_day", "pk"]
        constraints = [kept("published_case_append_only")]

    def __str__(self) -> str:
        return f"{self.reference} on {self.on_day}"


class PublishedIndicator(models.Model):
    """An indicator of a publication as it was defined then, and what was set beside it."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="indicators")
    indicator = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    what = models.TextField()
    source = models.TextField(blank=True)
    better = models.CharField(max_length=60)
    standards = models.JSONField(help_text="What it is judged by, each with its first day.")
    statements = models.JSONField(help_text="The SQL of its cases.")
    comparators = models.JSONField(help_text="Targets and published figures set beside it.")

    class Meta:
        ordering = ["publication", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="published_indicator_once", fields=["publication", "indicator"]
            ),
            kept("published_indicator_append_only"),
        ]

    def __str__(self) -> str:
        return self.title


class PublishedFile(models.Model):
    """A file of a publication, with the checksum by which it can be told to be the same."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=PaperFormat.choices)
    content = models.BinaryField()
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        ordering = ["publication", "format"]
        constraints = [
            models.UniqueConstraint(name="published_file_once", fields=["publication", "format"]),
            facts.one_of("published_file_format_known", "format", PaperFormat),
            models.CheckConstraint(
                name="published_file_has_its_checksum",
                condition=Q(
                    sha256=Func(
                        Func(F("content"), function="sha256"),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
                violation_error_message="The checksum is not that of the file.",
            ),
            kept("published_file_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id}: {self.get_format_display()}"
