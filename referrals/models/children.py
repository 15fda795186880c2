"""The child, known to one authority."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from config import facts
from config.crossing import Across
from config.history import keeps_history
from config.settling import Settled
from workforce.choices import AccountRole, TeamKind
from workforce.models import Team, is_authority

from ..access import OfChild, Roles
from ..choices import Disability, Ethnicity, Sex, UpnUnknown


class Children(OfChild):
    """Children, each once: a record that was merged into another stands for nobody any more."""

    def seen_as(self, user, roles: Roles) -> "Children":
        return super().seen_as(user, roles).filter(merged_into=None)

    def successor(self, key) -> int | None:
        """The record into which that of a child was merged."""
        return self.filter(pk=key).values_list("merged_into", flat=True).first()

    def standing_for(self, key: int) -> "Child":
        """The record of a child that stands: its own, or the one into which it was merged."""
        while survivor := self.successor(key):
            key = survivor
        return self.get(pk=key)


# What identified a record stays as it was, for as long as it is merged.
MERGED_STAYS = pgtrigger.Trigger(
    name="merged_stays",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__merged_into__isnull=False, new__merged_into__isnull=False),
    func="RAISE EXCEPTION 'This record was merged into another.' USING ERRCODE = '23514';",
)


@keeps_history(leave_out=["search_key"])
class Child(models.Model):
    """A child known to one authority. An unborn child keeps its record when born.

    ``search_key`` is worked out by the database: the names as searches compare them. A record that
    was merged into another keeps what identified it, and has no records of its own any more.
    """

    may_lie_ahead = ("expected_on",)

    authority = models.ForeignKey(
        Team,
        models.PROTECT,
        related_name="known_children",
        limit_choices_to={"kind": TeamKind.AUTHORITY},
    )
    reference = models.CharField(
        "case reference", max_length=60, help_text="The authority's own identifier for the child."
    )
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    expected_on = models.DateField("expected date of birth", null=True, blank=True)
    died_on = models.DateField("date of death", null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    ethnicity = models.CharField(
        max_length=4, choices=Ethnicity.choices, default=Ethnicity.NOT_OBTAINED
    )
    disabilities = ArrayField(
        models.CharField(max_length=4, choices=Disability.choices), default=list, blank=True
    )
    upn = models.CharField("unique pupil number (UPN)", max_length=13, blank=True)
    upn_unknown = models.CharField(
        "why there is no UPN", max_length=4, choices=UpnUnknown.choices, blank=True
    )
    family = models.ForeignKey(
        "Family", models.SET_NULL, null=True, blank=True, related_name="children"
    )
    address = models.CharField(max_length=200, blank=True, default="", db_default="")
    postcode = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        help_text="With its space, for example PE27 5BN.",
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="duplicates",
        db_index=False,
    )

    search_key = models.GeneratedField(
        expression=Func("first_name", "last_name", function="referrals_search_key"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = Children.by("pk", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        verbose_name_plural = "children"
        triggers = [MERGED_STAYS]
        indexes = [
            models.Index(fields=["last_name", "first_name", "id"], name="child_by_name"),
            models.Index(fields=["postcode"], name="child_postcode", condition=~Q(postcode="")),
            models.Index(fields=["upn"], name="child_upn", condition=~Q(upn="")),
            models.Index(
                fields=["merged_into"],
                name="child_merged",
                condition=Q(merged_into__isnull=False),
            ),
            GinIndex(Func("search_key", function="referrals_trigrams"), name="child_trigrams"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="child_reference_once",
                fields=["authority", "reference"],
                violation_error_message="Another child has this case reference.",
            ),
            models.CheckConstraint(
                name="child_reference_present",
                condition=~Q(reference=""),
                violation_error_message="Enter the child's case reference.",
            ),
            facts.plausible("child_dates_plausible", "born_on", "expected_on", "died_on"),
            facts.in_order(
                "child_died_after_born",
                "born_on",
                "died_on",
                "The date of death cannot be before the date of birth.",
                same_day=True,
            ),
            facts.one_of("child_sex_known", "sex", Sex),
            facts.one_of("child_ethnicity_known", "ethnicity", Ethnicity),
            facts.one_of("child_upn_unknown_known", "upn_unknown", UpnUnknown, blank=True),
            models.CheckConstraint(
                name="child_disabilities_known",
                condition=Q(disabilities__contained_by=Disability.values),
                violation_error_message="Choose disabilities from the list.",
            ),
            is_authority("child_authority_is_root"),
            Settled(
                name="child_authority_settled",
                field="authority",
                violation_error_message=(
                    "A child's record stays with its authority. Another authority has its own."
                ),
            ),
            facts.postcode("child_postcode_form"),
            Across(
                name="child_family_in_authority",
                holds="family.authority_id = here.authority_id",
                violation_error_message="Choose a family of the child's own authority.",
            ),
            Across(
                name="child_merged_in_authority",
                holds="merged_into.authority_id = here.authority_id",
                violation_error_message="A child is merged with one of the same authority.",
            ),
            models.CheckConstraint(
                name="child_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                violation_error_message="Choose another record of the child.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.reference

    @property
    def every_look(self) -> models.QuerySet:
        """The looks at this record, and at those that were merged into it."""
        records = [self.pk, *self.duplicates.values_list("pk", flat=True)]
        return self.looks.model._default_manager.filter(child__in=records)

    @property
    def is_over(self) -> bool:
        """A child's own record stays open, whatever happens to the child."""
        return False
