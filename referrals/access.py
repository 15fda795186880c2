"""Who may see the records of a child: a reason to, and nothing that speaks against it.

``TIES`` are the reasons for which an account needs to know of a child; ``BARS`` is what keeps even
an account that has one from the child's records. Each is a set of children, found by the database.
"""

from collections.abc import Callable, Iterable

from django.apps import apps
from django.db.models import BigAutoField, Lookup, Manager, Q, QuerySet

from config.history import events_of
from workforce.access import CASEWORK, Guarded, Reach
from workforce.choices import AccountRole
from workforce.work import MANAGE

from .looks import record_looks

Roles = tuple[AccountRole, ...]

# Each gives the keys of children, as a queryset of one column.
TIES: list[Callable[[Reach, Roles], QuerySet]] = []
BARS: list[Callable[[Reach], QuerySet]] = []


@BigAutoField.register_lookup
class Among(Lookup):
    """Whether a key is one of many: they are sent as one text, and thousands cost little."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        key, params = self.process_lhs(compiler, connection)
        keys = ",".join(map(str, self.rhs))
        return f"{key} = ANY(%s::bigint[])", [*params, f"{{{keys}}}"]


class OfChild(Guarded):
    """Records of a child: shown to those who need to know of the child, by a role that sees them.

    ``child`` is the path from the record to the child.
    """

    roles = CASEWORK
    child = "pk"

    @classmethod
    def by(cls, child: str, *also: AccountRole) -> Manager:
        """A manager of records that lead to a child; ``also`` are roles beside the caseworkers'."""
        told = {"child": child, "roles": (*cls.roles, *also)}
        return type(cls.__name__, (cls,), told).as_manager()

    def visible_to(self, user) -> "OfChild":
        """The records of the children that the account has a reason to see, unless it is barred."""
        return self.seen_as(user, self.roles)

    def seen_as(self, user, roles: Roles) -> "OfChild":
        """What the account sees of these records where some of its roles alone are asked."""
        if not user.is_active or not user.reach.holds(*roles):
            return self.none()
        reach = user.reach
        known = Q(**{f"{self.child}__in": reach.once(tied, tuple(roles))})
        return self.filter(known | self._of_whole(reach, roles)).not_barred(reach)

    def managed_by(self, user) -> "OfChild":
        """The records of children with whom a place works that the account manages."""
        reach = user.reach
        ties = apps.get_model("referrals", "Tie").objects.filter(team__in=teams(reach, MANAGE))
        theirs = Q(**{f"{self.child}__in": ties.values("child")})
        return self.visible_to(user).filter(theirs | self._of_whole(reach, MANAGE))

    def _of_whole(self, reach: Reach, roles: Roles) -> Q:
        """Whether the child's authority is one that the account sees as a whole."""
        authority = "authority" if self.child == "pk" else f"{self.child}__authority"
        return Q(**{f"{authority}__in": whole_authorities(reach, roles)})

    def not_barred(self, reach: Reach) -> "OfChild":
        """Without the records of children that are closed to the account, whatever its reasons."""
        return self.exclude(**{f"{self.child}__in": reach.once(barred)})

    def of_children(self, keys: Iterable[int]) -> "OfChild":
        """The records of some children."""
        key = "pk" if self.child == "pk" else f"{self.child}__pk"
        return self.filter(**{f"{key}__among": keys})

    def outlived(self, key, user) -> bool:
        """Whether the account sees the child that a record which is gone belonged to."""
        child = apps.get_model("referrals", "Child")
        return child.objects.visible_to(user).filter(pk__in=self.children_of([key])).exists()

    def successor(self, key) -> int | None:
        """The record that was kept where a merge of two children took this one away."""
        merges = apps.get_model("referrals", "ChildMerge").objects
        return merges.kept_for(self.model, key)

    def looked_at(self, request, keys: Iterable[int], how: str) -> None:
        """Keeps who looks at the children whose records these are; committed on return.

        Raises ``LookNotRecorded``; then nothing of the records may be shown.
        """
        request.children_shown = children = self.children_of(keys)
        record_looks(user=request.user, children=children, how=how, page=request.path)

    def children_of(self, keys: Iterable[int]) -> set[int]:
        """Whose the records are, or were: of a record that is gone, its history says."""
        keys = set(keys)
        if self.child == "pk":
            return keys
        known = dict(self.model.objects.filter(pk__in=keys).values_list("pk", self.child))
        gone = events_of(self.model).objects.filter(pgh_obj_id__in=keys - known.keys())
        step = self.model._meta.get_field(self.child.partition("__")[0])
        above = set(gone.values_list(step.attname, flat=True)) if keys - known.keys() else set()
        return {*known.values(), *step.related_model.objects.children_of(above)}


def tied(reach: Reach, roles: Roles) -> QuerySet:
    """The children that the account has a reason to see."""
    first, *rest = (tie(reach, roles) for tie in TIES)
    return first.union(*rest)


def barred(reach: Reach) -> QuerySet:
    """The children that are closed to the account, whatever its reasons."""
    first, *rest = (bar(reach) for bar in BARS)
    return first.union(*rest)


def whole_authorities(reach: Reach, roles: Roles) -> set[int]:
    """The authorities that the account sees as a whole: managed at the top, or on emergency duty.

    The emergency duty worker answers for all children, out of hours and at no other time.
    """
    places = _offices(reach, roles)
    found = {place for place in places if reach.roots[place] == place}
    if reach.out_of_hours and AccountRole.EMERGENCY_DUTY in roles:
        found |= reach.authorities(AccountRole.EMERGENCY_DUTY)
    return found


def teams(reach: Reach, roles: Roles) -> list[int]:
    """The places whose children the account sees, but for those of authorities seen as a whole."""
    whole = whole_authorities(reach, roles)
    return sorted(place for place in _offices(reach, roles) if reach.roots[place] not in whole)


def _offices(reach: Reach, roles: Roles) -> set[int]:
    return reach.places(*(role for role in roles if role != AccountRole.EMERGENCY_DUTY))
