"""What figures are compared with: targets, and what is published of other areas."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from config import facts
from config.history import keeps_history
from workforce.access import EVERYONE, Guarded
from workforce.choices import TeamKind
from workforce.models import Team, is_authority

from .. import registry
from ..choices import AreaKind, Marker, TargetKind


@keeps_history
class Target(models.Model):
    """What an indicator is to reach in an authority, from a day on, until another takes its place.

    It is judged by the last day of a period. Without a value, there is none from that day on.
    """

    may_lie_ahead = ("valid_from",)

    authority = models.ForeignKey(
        Team, models.CASCADE, related_name="targets", limit_choices_to={"kind": TeamKind.AUTHORITY}
    )
    indicator = models.CharField(max_length=60)
    kind = models.CharField("type", max_length=8, choices=TargetKind.choices)
    valid_from = models.DateField(help_text="The first day of the first period that it is for.")
    value = models.DecimalField(
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="In the indicator’s unit. Leave it empty where there is no target any more.",
    )
    source = models.CharField(
        max_length=200, help_text="Where it is set down, for example a plan or a regulation."
    )

    objects = Guarded.at("authority", *EVERYONE, whole_authority=True)

    class Meta:
        ordering = ["authority", "indicator", "kind", "valid_from"]
        constraints = [
            facts.one_of("target_kind_known", "kind", TargetKind),
            facts.plausible("target_dates_plausible", "valid_from"),
            facts.between("target_value_in_range", "value", 0, 1_000_000),
            models.UniqueConstraint(
                name="target_once",
                fields=["authority", "indicator", "kind", "valid_from"],
                violation_error_message="There is a target of this type from that day already.",
            ),
            is_authority("target_authority_is_root"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} target for {self.indicator} from {self.valid_from}"

    def clean(self) -> None:
        """Refuses what no figure could be judged by."""
        refuse_unfit(self.indicator, self.value)


@keeps_history
class Promise(models.Model):
    """What was said that an indicator of an authority would reach by a day, and where it was said.

    It is scored by the figure of the period in which its day lies, once that is over.
    """

    may_lie_ahead = ("due_on",)

    authority = models.ForeignKey(
        Team, models.CASCADE, related_name="promises", limit_choices_to={"kind": TeamKind.AUTHORITY}
    )
    indicator = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=9, decimal_places=2)
    due_on = models.DateField("by when", help_text="The last day of the period that it is for.")
    said_on = models.DateField("when it was said")
    source = models.CharField(
        "where it was said", max_length=200, help_text="For example a committee’s minutes."
    )

    objects = Guarded.at("authority", *EVERYONE, whole_authority=True)

    class Meta:
        ordering = ["authority", "indicator", "due_on", "said_on"]
        constraints = [
            facts.plausible("promise_dates_plausible", "due_on", "said_on"),
            facts.in_order(
                "promise_days_in_order",
                "said_on",
                "due_on",
                "It is promised for a day before it was said.",
                same_day=True,
            ),
            facts.between("promise_value_in_range", "value", 0, 1_000_000),
            models.UniqueConstraint(
                name="promise_once",
                fields=["authority", "indicator", "due_on", "said_on"],
                violation_error_message="This promise is recorded already.",
            ),
            is_authority("promise_authority_is_root"),
        ]

    def __str__(self) -> str:
        return f"{self.value} promised for {self.indicator} by {self.due_on}"

    def clean(self) -> None:
        """Refuses what no figure could be scored by."""
        refuse_unfit(self.indicator, self.value)


def refuse_unfit(indicator: str, value: Decimal | None) -> None:
    """Refuses an indicator or a value that no figure could be judged by.

    Raises ``ValidationError``.
    """
    found = registry.INDICATORS.get(indicator)
    if found is None or not found.listed:
        raise ValidationError({"indicator": "Choose an indicator from the list."})
    if found.grows:
        raise ValidationError(
            {"indicator": "This count grows with its period. Set a target for a rate."}
        )
    if found.unit == "%" and value is not None and value > 100:
        raise ValidationError({"value": "Enter a percentage between 0 and 100."})


@keeps_history
class Area(models.Model):
    """An area that figures are published of: England, a region, an authority, or neighbours."""

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=AreaKind.choices)
    code = models.CharField(
        max_length=50, blank=True, help_text="As the Office for National Statistics gives it."
    )
    members = models.ManyToManyField(
        "self",
        through="Neighbour",
        symmetrical=False,
        related_name="+",
        help_text="Of statistical neighbours, the authorities that they are.",
    )

    objects = Guarded.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            facts.one_of("area_kind_known", "kind", AreaKind),
            models.UniqueConstraint(
                name="area_code_once",
                fields=["code"],
                condition=~Q(code=""),
                violation_error_message="Another area has this code.",
            ),
            models.UniqueConstraint(
                name="area_name_once",
                fields=["kind", "name", "code"],
                violation_error_message="There is an area of this kind and name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@keeps_history
class Neighbour(models.Model):
    """An authority that belongs to a set of statistical neighbours."""

    neighbours = models.ForeignKey(
        Area,
        models.CASCADE,
        related_name="neighbour_set",
        limit_choices_to={"kind": AreaKind.NEIGHBOURS},
    )
    area = models.ForeignKey(
        Area, models.CASCADE, related_name="+", limit_choices_to={"kind": AreaKind.AUTHORITY}
    )

    objects = Guarded.as_manager()

    class Meta:
        ordering = ["neighbours", "area"]
        constraints = [
            models.UniqueConstraint(
                name="neighbour_once",
                fields=["neighbours", "area"],
                violation_error_message="This authority is in the set already.",
            ),
            models.CheckConstraint(
                name="neighbour_of_others",
                condition=~Q(neighbours=F("area")),
                violation_error_message="A set of neighbours is not one of them.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} in {self.neighbours}"


@keeps_history
class ComparedWith(models.Model):
    """An area that an authority is compared with, from a day on.

    Another of the same kind takes its place: a new set of neighbours that of the old.
    """

    may_lie_ahead = ("valid_from",)

    authority = models.ForeignKey(
        Team, models.CASCADE, related_name="+", limit_choices_to={"kind": TeamKind.AUTHORITY}
    )
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    valid_from = models.DateField()

    objects = Guarded.at("authority", *EVERYONE, whole_authority=True)

    class Meta:
        verbose_name = "area compared with"
        verbose_name_plural = "areas compared with"
        ordering = ["authority", "valid_from"]
        constraints = [
            facts.plausible("compared_with_dates_plausible", "valid_from"),
            models.UniqueConstraint(
                name="compared_with_once",
                fields=["authority", "area", "valid_from"],
                violation_error_message="The authority is compared with this area already.",
            ),
            is_authority("compared_with_authority_is_root"),
        ]

    def __str__(self) -> str:
        return f"{self.authority} with {self.area} from {self.valid_from}"


@keeps_history
class Comparator(models.Model):
    """A published figure of an area: its value or its marker, and the day it was published.

    When a later release restates it, it gets another row. The counts beside it may be rounded: the
    value is the published one, never worked out from them.
    """

    indicator = models.CharField(max_length=60)
    area = models.ForeignKey(Area, models.PROTECT, related_name="comparators")
    first_on = models.DateField("first day")
    last_on = models.DateField(
        "last day", help_text="Of what is counted on one day, the same as the first."
    )
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    marker = models.CharField(max_length=3, choices=Marker.choices, blank=True)
    numerator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    published_on = models.DateField()
    source = models.CharField(max_length=200)

    objects = Guarded.as_manager()

    class Meta:
        ordering = ["indicator", "area", "-last_on", "-published_on"]
        constraints = [
            models.UniqueConstraint(
                name="comparator_once",
                fields=["indicator", "area", "last_on", "first_on", "published_on"],
                violation_error_message="This figure was published on that day already.",
            ),
            facts.plausible("comparator_dates_plausible", "first_on", "last_on", "published_on"),
            facts.in_order(
                "comparator_days_in_order",
                "first_on",
                "last_on",
                "The last day comes before the first.",
                same_day=True,
            ),
            facts.in_order(
                "comparator_published_afterwards",
                "last_on",
                "published_on",
                "A figure is published after its last day.",
                same_day=False,
            ),
            facts.one_of("comparator_marker_known", "marker", Marker, blank=True),
            models.CheckConstraint(
                name="comparator_value_or_marker",
                condition=Q(value=None) & ~Q(marker="") | Q(value__isnull=False, marker=""),
                violation_error_message="Enter either a value or the marker that stands for it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} of {self.area}, {self.last_on}, published {self.published_on}"
