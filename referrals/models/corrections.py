"""What was entered in error: records that were struck out, and corrections that are proposed."""

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from config import facts
from config.history import keeps_history
from workforce.choices import AccountRole
from workforce.models import User

from ..access import OfChild, Roles
from ..choices import InError, Settlement
from ..crossing import follows_merges
from .children import Child


def kinds_by_roles() -> dict[Roles, list[str]]:
    """The kinds of records that are corrected and struck out, by the roles that see them.

    Each can say of itself whether it ``is_over``.
    """
    found: dict[Roles, list[str]] = {}
    for model in apps.get_models():
        if hasattr(model, "is_over") and not model._meta.proxy:
            roles = model._default_manager.all().roles
            found.setdefault(roles, []).append(model._meta.label_lower)
    return found


def called(kind: str) -> str:
    """What a record of a kind is called."""
    return str(apps.get_model(kind)._meta.verbose_name)


class OfAnyKind(OfChild):
    """What is about a record of a child, whatever its ``kind``."""

    def visible_to(self, user) -> "OfAnyKind":
        """What is about records of a kind and of a child that the account sees."""
        seen = Q(pk__in=())
        for roles, kinds in kinds_by_roles().items():
            children = Child.objects.all().seen_as(user, roles)
            if not children.query.is_empty():
                seen |= Q(kind__in=kinds, child__in=children.values("pk"))
        return self.filter(seen)


class StrikingOuts(OfAnyKind):
    """Records that were struck out, shown to those who saw them before."""

    def out(self) -> "StrikingOuts":
        """Those that were not put back."""
        return self.filter(put_back_at=None)


@keeps_history(leave_out=("rows",))
class StruckOut(models.Model):
    """A record that was entered in error, with all that hung on it.

    It is no longer in its table, and so on no page and in no figure. It can be put back as it was,
    as long as nothing else has become true meanwhile.
    """

    child = models.ForeignKey(
        Child, models.DO_NOTHING, related_name="struck_out", db_constraint=False
    )
    kind = models.CharField(max_length=60)
    key = models.BigIntegerField()
    what = models.CharField("record", max_length=300)
    rows = models.JSONField()
    reason = models.CharField(max_length=11, choices=InError.choices)
    note = models.CharField(max_length=300, blank=True)
    struck_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name="struck out by"
    )
    struck_at = models.DateTimeField("struck out", db_default=Now())
    put_back_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    put_back_at = models.DateTimeField("put back", null=True, blank=True)

    objects = StrikingOuts.by("child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["-struck_at"]
        triggers = [follows_merges()]
        verbose_name = "struck-out record"
        constraints = [
            facts.one_of("struck_out_reason_known", "reason", InError),
            models.CheckConstraint(
                name="struck_out_other_says_why",
                condition=~Q(reason=InError.OTHER) | ~Q(note=""),
                violation_error_message="Say what is wrong with the record.",
            ),
            models.CheckConstraint(
                name="struck_out_put_back_whole",
                condition=Q(put_back_by=None, put_back_at=None)
                | Q(put_back_by__isnull=False, put_back_at__isnull=False),
                violation_error_message="Say both who put the record back and when, or neither.",
            ),
            models.UniqueConstraint(
                name="struck_out_once",
                fields=["kind", "key"],
                condition=Q(put_back_at=None),
                violation_error_message="This record is struck out already.",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def record(self) -> models.Model | None:
        """The record, where it is back in its table."""
        return apps.get_model(self.kind)._base_manager.filter(pk=self.key).first()

    @property
    def called(self) -> str:
        """What a record of this kind is called."""
        return called(self.kind)

    @property
    def why(self) -> str:
        """Why it was struck out, in words."""
        return ": ".join(filter(None, [self.get_reason_display(), self.note]))


class Corrections(OfAnyKind):
    """Corrections that were proposed, shown to those who see the record."""

    def waiting(self) -> "Corrections":
        """Those that no manager has settled."""
        return self.filter(outcome="")


@keeps_history(leave_out=("values",))
class Correction(models.Model):
    """A change to a record that is over, proposed by an account and settled by a manager.

    ``values`` are the fields that are to be other; where there are none, the record is to be struck
    out for the ``reason``.
    """

    child = models.ForeignKey(
        Child, models.DO_NOTHING, related_name="corrections", db_constraint=False
    )
    kind = models.CharField(max_length=60)
    key = models.BigIntegerField()
    values = models.JSONField(default=dict)
    reason = models.CharField(max_length=11, choices=InError.choices, blank=True)
    why = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("proposed", db_default=Now())
    outcome = models.CharField(max_length=8, choices=Settlement.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField("settled", null=True, blank=True)

    objects = Corrections.by("child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["-proposed_at"]
        triggers = [follows_merges()]
        constraints = [
            facts.one_of("correction_reason_known", "reason", InError, blank=True),
            facts.one_of("correction_outcome_known", "outcome", Settlement, blank=True),
            models.CheckConstraint(
                name="correction_says_why",
                condition=~Q(why="") | (~Q(reason="") & ~Q(reason=InError.OTHER)),
                violation_error_message="Say why the record is to be corrected.",
            ),
            models.CheckConstraint(
                name="correction_settled_whole",
                condition=Q(outcome="", settled_by=None, settled_at=None)
                | (~Q(outcome="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                violation_error_message="Say what became of the proposal, who said so and when.",
            ),
            models.UniqueConstraint(
                name="correction_one_waiting",
                fields=["kind", "key"],
                condition=Q(outcome=""),
                violation_error_message=(
                    "A correction of this record waits for a manager already."
                ),
            ),
        ]

    def __str__(self) -> str:
        what = "Strike out" if self.reason else "Correct"
        return f"{what} {called(self.kind)} {self.key}"

    @property
    def record(self) -> models.Model | None:
        """The record as it is now; none where it is struck out."""
        return apps.get_model(self.kind)._base_manager.filter(pk=self.key).first()
