"""The code sets of what is set beside figures."""

from django.db import models


class TargetKind(models.TextChoices):
    """Who sets a target."""

    NATIONAL = "national", "National"
    LOCAL = "local", "Local"


class AreaKind(models.TextChoices):
    """What kind of area published figures are of, from the largest to the smallest."""

    NATIONAL = "national", "Country"
    REGION = "region", "Region"
    NEIGHBOURS = "neighbours", "Statistical neighbours"
    AUTHORITY = "authority", "Authority"


class Marker(models.TextChoices):
    """Why the DfE publishes no number. None of them means 0, which is published as 0."""

    CONFIDENTIAL = "c", "Suppressed to protect confidential information"
    UNAVAILABLE = "x", "Not available"
    NOT_APPLICABLE = "z", "Not applicable"
    UNRELIABLE = "u", "Too unreliable to publish"
    LOW = "low", "Rounds to nothing, but is not nothing"


class ReportState(models.TextChoices):
    """How far a report to a committee has come."""

    WRITING = "writing", "Being written"
    PUBLISHED = "published", "Published"


class Funding(models.TextChoices):
    """Which budget a cost is met from, or a saving made in."""

    REVENUE = "revenue", "Revenue"
    CAPITAL = "capital", "Capital"
    BOTH = "both", "Revenue and capital"


class Profile(models.TextChoices):
    """Which figures disclosure control hides before they leave the service."""

    INTERNAL = "internal", "Internal: exact, not for publication"
    COUNCIL = "council", "Council: small numbers of the authority hidden"
    DFE = "dfe", "As the DfE publishes: small numbers hidden everywhere"


class PaperFormat(models.TextChoices):
    """A format that a report to a committee is written in."""

    HTML = "html", "Web page"
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    SHEETS = "xlsx", "Excel, every table"
