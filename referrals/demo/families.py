"""Brothers and sisters of the demonstration, and children whose records few may see."""

from collections import defaultdict
from itertools import count

from config.demonstration import Scene, save
from referrals.choices import RestrictionReason
from referrals.models import Child, DeclaredInterest, Family, Restriction, RestrictionMember
from workforce.models import Team, User

FAMILIES = 60
RESTRICTED = (RestrictionReason.STAFF, RestrictionReason.ADOPTION)
ON_EVERY_LIST = ("service.manager",)


def tie_families(authority: Team, children: list[Child]) -> None:
    """Tie children of one surname, born within ten years of each other, to families.

    The children are not stored yet. No postcode begins with Q.
    """
    by_name = defaultdict(list)
    for child in children:
        if child.born_on:
            by_name[child.last_name].append(child)
    number, families = count(1), []
    for name, some in by_name.items():
        for trio in zip(*[iter(some)] * 3, strict=False):
            years = [child.born_on.year for child in trio]
            if max(years) - min(years) <= 10 and len(families) < FAMILIES:
                families.append((Family(authority=authority, name=f"{name} family"), trio))
    save(family for family, _ in families)
    for family, trio in families:
        house = next(number)
        for child in trio:
            child.family = family
            child.address, child.postcode = f"{house} High Street", f"QX{house % 9 + 1} 1AB"


def restrict(scene: Scene, held: list[Child]) -> None:
    """Restrict some of the children that a team holds, and bar a colleague from a relative's.

    ``held`` are children of one team in the order of their keys.
    """
    members = list(User.objects.filter(username__in=ON_EVERY_LIST))
    for child, reason in zip(held, RESTRICTED, strict=False):
        restriction = Restriction.objects.create(child=child, reason=reason)
        for member in members:
            RestrictionMember.objects.create(restriction=restriction, user=member)
    DeclaredInterest.objects.create(
        user=User.objects.get(username="caseworker"),
        child=held[len(RESTRICTED)],
        since=scene.yesterday,
    )
