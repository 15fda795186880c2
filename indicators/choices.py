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
