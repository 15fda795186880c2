"""What decides who may see a child: family ties, restrictions, interests, and whose child it is."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from config import facts
from config.history import keeps_history
from workforce.access import Dated, Guarded, Reach
from workforce.choices import AccountRole, TeamKind
from workforce.models import Team, User, is_authority

from ..access import BARS, TIES, OfChild, Roles, teams
from ..choices import RestrictionReason
from ..crossing import follows_merges
from .casework import Involvement
from .children import Child


class Families(OfChild):
    """Families, each shown to those who may see one of its children."""

    def seen_as(self, user, roles: Roles) -> "Families":
        """The families of the children that the account may see, and those without a child yet."""
        known = Child.objects.seen_as(user, roles).exclude(family=None).values("family")
        within = Guarded.seen_as(self, user, roles)
        if within.query.is_empty():
            return within
        authorities = sorted(user.reach.authorities(*roles))
        alone = ~Exists(Child.objects.filter(family=OuterRef("pk")))
        return within.filter(Q(pk__in=known) | alone, authority__in=authorities)

    def children_of(self, keys: Iterable[int]) -> set[int]:
        """The children of the families."""
        return set(Child.objects.filter(family__in=set(keys)).values_list("pk", flat=True))


@keeps_history
class Family(models.Model):
    """Children who are brothers and sisters, or live as such."""

    authority = models.ForeignKey(
        Team, models.PROTECT, related_name="families", limit_choices_to={"kind": TeamKind.AUTHORITY}
    )
    name = models.CharField(max_length=100, help_text="How the family is called by those it knows.")

    objects = Families.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "families"
        constraints = [
            models.CheckConstraint(
                name="family_name_present",
                condition=~Q(name=""),
                violation_error_message="Enter the family's name.",
            ),
            is_authority("family_authority_is_root"),
        ]

    def __str__(self) -> str:
        return self.name


@keeps_history
class Restriction(models.Model):
    """A child whose records are shown only to the accounts on a list."""

    child = models.OneToOneField(Child, models.CASCADE, related_name="restriction")
    reason = models.CharField(max_length=10, choices=RestrictionReason.choices)

    objects = OfChild.by("child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["child"]
        triggers = [follows_merges()]
        constraints = [facts.one_of("restriction_reason_known", "reason", RestrictionReason)]

    def __str__(self) -> str:
        return f"Restriction of {self.child}: {self.get_reason_display().lower()}"


@keeps_history
class RestrictionMember(models.Model):
    """An account on the list of those who may see a restricted child's records."""

    restriction = models.ForeignKey(Restriction, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        User, models.CASCADE, related_name="restrictions", verbose_name="account"
    )

    objects = OfChild.by("restriction__child", AccountRole.SEND_OFFICER)

    class Meta:
        ordering = ["restriction", "user"]
        constraints = [
            models.UniqueConstraint(
                name="restriction_member_once",
                fields=["restriction", "user"],
                violation_error_message="This account is on the list already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} may see {self.restriction.child}"


class Interests(Dated):
    """Declared interests, shown to the managers of those who declared them."""

    roles = (AccountRole.TEAM_MANAGER, AccountRole.SERVICE_MANAGER)

    def visible_to(self, user) -> "Interests":
        """Those of other accounts of the authority, where the child or family may be seen."""
        found = super().visible_to(user)
        if found.query.is_empty():
            return found
        return found.filter(
            Q(child=None) | Q(child__in=Child.objects.visible_to(user)),
            Q(family=None) | Q(family__in=Family.objects.visible_to(user)),
            user__in=User.objects.visible_to(user),
        ).exclude(user=user)

    def looked_at(self, request, keys: Iterable[int], how: str) -> None:
        """Keeps who looks at the children whom the interests name."""
        named = DeclaredInterest.objects.filter(pk__in=keys).exclude(child=None)
        Child.objects.looked_at(request, named.values_list("child", flat=True), how)


@keeps_history
class DeclaredInterest(models.Model):
    """An account's tie to a child, a family or an address: it opens none of their records.

    An account that is, or is related to, the child declares the child; a family stands for all its
    children, an address for whoever lives there. An address without its first lines stands for
    everyone at the postcode.
    """

    may_lie_ahead = ("since", "until")

    user = models.ForeignKey(User, models.CASCADE, related_name="interests", verbose_name="account")
    child = models.ForeignKey(
        Child, models.CASCADE, null=True, blank=True, related_name="interests"
    )
    family = models.ForeignKey(
        Family, models.CASCADE, null=True, blank=True, related_name="interests"
    )
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    since = models.DateField("from")
    until = models.DateField(
        null=True, blank=True, help_text="The first day on which the interest is over."
    )

    objects = Interests.as_manager()

    class Meta:
        ordering = ["user", "-since"]
        triggers = [follows_merges()]
        constraints = [
            facts.plausible("interest_dates_plausible", "since", "until"),
            facts.in_order(
                "interest_until_after_since",
                "since",
                "until",
                "The interest must end after the day it begins.",
                same_day=False,
            ),
            models.CheckConstraint(
                name="interest_in_one_thing",
                condition=Q(child__isnull=False, family=None, address="", postcode="")
                | Q(child=None, family__isnull=False, address="", postcode="")
                | (Q(child=None, family=None) & ~Q(postcode="")),
                violation_error_message=(
                    "Choose a child, or a family, or enter a postcode with or without an address."
                ),
            ),
            facts.postcode("interest_postcode_form"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.child or self.family or self.address or self.postcode}"


class Tie(models.Model):
    """A team that needs to know of a child: worked out by the database, never edited.

    It works with the child or, where nobody does any more, did so last; or a record of the child is
    the team's own, and nobody was given to the child since it came. ``source`` is the view that
    says so. Triggers keep the ties in step with the records.
    """

    pk = models.CompositePrimaryKey("team", "child", "source")
    team = models.ForeignKey(
        Team, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    child = models.ForeignKey(Child, models.DO_NOTHING, related_name="ties", db_constraint=False)
    source = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"{self.team_id} needs to know of {self.child_id}"


def worked_with(reach: Reach, roles: Roles) -> QuerySet:
    """Children that the account's worker, or one it stands in for, works with today."""
    working = Q(ended_on=None) | Q(ended_on__gt=reach.today)
    theirs = Involvement.objects.filter(working, worker__in=reach.workers)
    return theirs.filter(child__authority__in=sorted(reach.authorities(*roles))).values("child")


def of_team(reach: Reach, roles: Roles) -> QuerySet:
    """Children that the account's teams need to know of."""
    return Tie.objects.filter(team__in=teams(reach, roles)).values("child")


TIES += [worked_with, of_team]


def restricted(reach: Reach) -> QuerySet:
    """Restricted children on whose list the account is not."""
    member = RestrictionMember.objects.filter(restriction=OuterRef("pk"), user=reach.user_id)
    return Restriction.objects.filter(~Exists(member)).values("child")


def relatives(reach: Reach) -> QuerySet:
    """The child that the account has declared an interest in."""
    mine = DeclaredInterest.objects.in_force(reach.today).filter(user=reach.user_id)
    return mine.exclude(child=None).values("child")


def of_family(reach: Reach) -> QuerySet:
    """The children of a family that the account has declared an interest in."""
    mine = DeclaredInterest.objects.in_force(reach.today).filter(user=reach.user_id)
    return Child.objects.filter(family__in=mine.exclude(family=None).values("family")).values("pk")


def of_address(reach: Reach) -> QuerySet:
    """The children who live where the account has declared an interest.

    They are found by the postcodes, so that nobody reads all children to learn that there are none.
    """
    mine = DeclaredInterest.objects.in_force(reach.today).filter(user=reach.user_id)
    there = mine.filter(Q(address="") | Q(address__iexact=OuterRef("address")))
    postcodes = mine.exclude(postcode="").values("postcode")
    return Child.objects.filter(
        ~Q(postcode=""),
        Exists(there.filter(postcode=OuterRef("postcode"))),
        postcode__in=postcodes,
    ).values("pk")


INTERESTS = [relatives, of_family, of_address]
BARS += [restricted, *INTERESTS]


def of_interest(reach: Reach) -> QuerySet:
    """The children in whom the account has declared an interest, in one way or another."""
    first, *rest = (interest(reach).order_by() for interest in INTERESTS)
    return first.union(*rest)
