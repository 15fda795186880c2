"""Two records of one child made one: proposed by whoever sees it, done by a manager of both.

What was the duplicate's becomes the survivor's. The duplicate's record stays, empty, and leads
there: its address, a form that was opened on it, and a return that names it. Whoever was kept from
one of the two is kept from what is left.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

import pghistory
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from config import facts
from config.navigation import address
from workforce.access import confirm_visible
from workforce.models import User
from workforce.notices import tell

from .choices import Disability, Ethnicity, MergeState, Sex
from .clashes import FOLLOWED, MINE, Clash, clashes, hanging_on
from .crossing import FOLLOW_MERGES
from .emergency import responsible_for
from .ledger import Ledger, undo
from .models import Child, ChildMerge, DeclaredInterest, Restriction

# What identifies a child, by what is asked: the survivor's stays, where it has any and nobody
# chose the other's.
IDENTITY = {
    "name": ("first_name", "last_name"),
    "birth": ("born_on", "expected_on"),
    "death": ("died_on",),
    "sex": ("sex",),
    "ethnicity": ("ethnicity",),
    "upn": ("upn", "upn_unknown"),
    "family": ("family",),
    "address": ("address", "postcode"),
}
UNKNOWN = ("", None, Sex.UNKNOWN, Ethnicity.NOT_OBTAINED)


def told(child: Child, what: str) -> list:
    """What a record says of what identifies the child; nothing where it says nothing."""
    values = [getattr(child, name) for name in IDENTITY[what]]
    return [] if all(value in UNKNOWN for value in values) else values


def differing(survivor: Child, duplicate: Child) -> list[str]:
    """What both records say, each something else: somebody has to say which is right."""
    return [
        what
        for what in IDENTITY
        if told(survivor, what)
        and told(duplicate, what)
        and told(survivor, what) != told(duplicate, what)
    ]


def propose(*, survivor: Child, duplicate: Child, note: str, by: User) -> ChildMerge:
    """A merge that somebody asks for. The managers who can do it are told.

    Raises ``ValidationError`` where nobody manages both, or it was asked for already.
    """
    with _of_two(survivor, duplicate, by=by, what="Merge proposed") as (survivor, duplicate):
        managers = [
            user for user in responsible_for(survivor, but=by) if manages(user, survivor, duplicate)
        ]
        if not managers:
            raise ValidationError(
                "No manager works with both, so that nobody could merge them."
                " Speak to the service manager."
            )
        if before := proposed(survivor, duplicate):
            raise ValidationError(f"{before.proposed_by} has proposed this already.")
        merge = ChildMerge(survivor=survivor, duplicate=duplicate, note=note, proposed_by=by)
        merge.full_clean()
        merge.save()
        tell(
            managers,
            f"It is proposed to merge case {duplicate.reference} into {survivor.reference}.",
            reverse("referrals:childmerge-detail", args=[merge.pk]),
        )
    return merge


def merge_children(
    *,
    survivor: Child,
    duplicate: Child,
    note: str,
    taken: Collection[str],
    ways_out: Mapping[str, str],
    by: User,
) -> ChildMerge:
    """Two records of one child, made one by a manager of both.

    ``taken`` names what is taken from the duplicate where both say something else; ``ways_out`` has
    the answer to every clash, by its key. Raises ``ValidationError``, by that key where a clash is
    to blame.
    """
    with _of_two(survivor, duplicate, by=by, what="Merged") as (survivor, duplicate):
        confirm_manages(by, survivor, duplicate)
        merge = proposed(survivor, duplicate) or ChildMerge(proposed_by=by)
        merge.survivor, merge.duplicate, merge.note = survivor, duplicate, note
        ledger = Ledger(by)
        _settle(survivor, duplicate, dict(ways_out), ledger)
        near = {*_near(survivor), *_near(duplicate)}
        _identify(survivor, duplicate, taken, ledger)
        _keep_interests(survivor, near, ledger)
        _keep_restriction(survivor, duplicate, ledger)
        for model in following():
            _move(model, survivor, duplicate, ledger)
        Child.objects.filter(pk=duplicate.pk).update(merged_into=survivor)
        merge.state, merge.changes = MergeState.DONE, ledger.entries
        merge.decided_by, merge.decided_at = by, timezone.now()
        merge.full_clean()
        merge.save()
        confirm_visible(survivor, by)
        tell(
            _concerned(merge, by),
            f"Case {duplicate.reference} was merged into case {survivor.reference}.",
            address(Child, survivor.pk),
        )
    return merge


def refuse(*, merge: ChildMerge, answer: str, by: User) -> ChildMerge:
    """A merge that a manager of both refuses; whoever proposed it is told."""
    pair = merge.survivor, merge.duplicate
    with _of_two(*pair, by=by, what="Merge refused") as (survivor, duplicate):
        confirm_manages(by, survivor, duplicate)
        merge = ChildMerge.objects.select_for_update(of=["self"]).get(pk=merge.pk)
        if merge.state != MergeState.PROPOSED:
            raise ValidationError(f"{merge.decided_by} has decided on this already.")
        merge.state, merge.answer = MergeState.REFUSED, answer
        merge.decided_by, merge.decided_at = by, timezone.now()
        merge.full_clean()
        merge.save()
        tell(
            _who_see(survivor, duplicate, of={merge.proposed_by}),
            f"Cases {survivor.reference} and {duplicate.reference} are not merged.",
            address(ChildMerge, merge.pk),
        )
    return merge


def unmerge(*, merge: ChildMerge, answer: str, by: User) -> int:
    """Two records again, as before a merge; how much was changed since, and stays as it is.

    What was logged since the merge stays with the survivor. Raises ``ValidationError`` where the
    survivor was merged in turn, or where the two could not be both any more.
    """
    pair = merge.survivor, merge.duplicate
    with (
        pghistory.context(user=by.pk, what="Unmerged", why=answer),
        facts.readable(),
        transaction.atomic(),
    ):
        _locked(*pair)
        merge = ChildMerge.objects.select_for_update(of=["self"]).get(pk=merge.pk)
        if merge.state != MergeState.DONE:
            raise ValidationError("This merge is not in force any more.")
        confirm_manages(by, merge.survivor)
        Child.objects.filter(pk=merge.duplicate_id).update(merged_into=None)
        left = undo(merge.changes, by)
        merge.state, merge.answer = MergeState.UNDONE, answer
        merge.undone_by, merge.undone_at = by, timezone.now()
        merge.full_clean()
        merge.save()
        for child in pair:
            confirm_visible(child, by)
        tell(
            _who_see(*pair, of={merge.proposed_by, merge.decided_by} - {by}),
            f"The merge of cases {merge.survivor.reference} and {merge.duplicate.reference}"
            " was undone.",
            address(ChildMerge, merge.pk),
        )
    return left


def manages(user: User, *children: Child) -> bool:
    """Whether the account is a manager of all of these children."""
    managed = Child.objects.managed_by(user).filter(pk__in=[child.pk for child in children])
    return managed.count() == len(children)


def confirm_manages(user: User, *children: Child) -> None:
    """Raise ``ValidationError`` where the account is not a manager of these children."""
    if not manages(user, *children):
        raise ValidationError("A manager of both records has to do this.")


def following() -> list[type[Model]]:
    """The kinds of records that follow their child when it is merged."""
    return [
        model
        for model in apps.get_models()
        if not model._meta.proxy
        and any(each.name == FOLLOW_MERGES for each in getattr(model._meta, "triggers", ()))
    ]


@contextmanager
def _of_two(
    survivor: Child, duplicate: Child, *, by: User, what: str
) -> Iterator[tuple[Child, Child]]:
    """What one account does about two records of a child, for which everything else waits."""
    with pghistory.context(user=by.pk, what=what), facts.readable(), transaction.atomic():
        found = _locked(survivor, duplicate)
        survivor, duplicate = found[survivor.pk], found[duplicate.pk]
        if survivor.merged_into_id or duplicate.merged_into_id:
            raise ValidationError("One of the two was merged meanwhile. Look for the child again.")
        if survivor.authority_id != duplicate.authority_id:
            raise ValidationError("The two are records of different authorities.")
        yield survivor, duplicate


def _locked(*children: Child) -> dict[int, Child]:
    found = Child.objects.filter(pk__in=[child.pk for child in children]).order_by("pk")
    return {child.pk: child for child in found.select_for_update(of=["self"])}


def proposed(survivor: Child, duplicate: Child) -> ChildMerge | None:
    """What was proposed about the two, whichever was to stay."""
    either = Q(survivor=survivor, duplicate=duplicate) | Q(survivor=duplicate, duplicate=survivor)
    return ChildMerge.objects.filter(either, state=MergeState.PROPOSED).first()


def _settle(survivor: Child, duplicate: Child, ways_out: dict[str, str], ledger: Ledger) -> None:
    """Find a way out of every clash, until there is none."""
    while found := clashes(survivor, duplicate):
        clash = found[0]
        way = ways_out.pop(clash.key, "")
        if way not in dict(clash.ways_out):
            raise ValidationError({clash.key: f"Choose how it was with the {clash.kind.what}"})
        try:
            with facts.readable(), transaction.atomic():
                _go(clash, way, ledger)
        except ValidationError as refused:
            raise ValidationError({clash.key: refused.messages}) from refused


def _go(clash: Clash, way: str, ledger: Ledger) -> None:
    kind = clash.kind
    if way == FOLLOWED:
        earlier, later = clash.in_order
        values = {} if getattr(earlier, kind.until) else kind.ending
        ledger.change(earlier, **{kind.until: getattr(later, kind.since)}, **values)
        return
    kept, other = clash.mine, clash.theirs
    if way != MINE:
        kept, other = other, kept
    if kind.beside:
        ledger.change(other, **kind.beside)
        return
    for record, field in list(hanging_on(other)):
        taken = field.one_to_one and type(record)._base_manager.filter(**{field.name: kept})
        ledger.change(record, **{field.attname: None if taken else kept.pk})
    ledger.strike_out(other, kept=kept)


def _identify(survivor: Child, duplicate: Child, taken: Collection[str], ledger: Ledger) -> None:
    """What identifies the child, from either record."""
    values = {}
    for what, names in IDENTITY.items():
        if told(duplicate, what) and (what in taken or not told(survivor, what)):
            for name in names:
                field = Child._meta.get_field(name)
                values[field.attname] = getattr(duplicate, field.attname)
    known = {*survivor.disabilities, *duplicate.disabilities}
    if known - {Disability.NONE}:
        known.discard(Disability.NONE)
    values["disabilities"] = [code for code in Disability.values if code in known]
    ledger.change(survivor, **values)


def _near(child: Child) -> QuerySet:
    """The interests by which accounts are kept from a child for its family or address."""
    near = Q(pk__in=())
    if child.family_id:
        near |= Q(family=child.family_id)
    if child.postcode:
        there = Q(address="") | Q(address__iexact=child.address)
        near |= Q(postcode=child.postcode) & there
    return DeclaredInterest.objects.filter(near)


def _keep_interests(survivor: Child, near: Iterable[DeclaredInterest], ledger: Ledger) -> None:
    """Keep from the child whoever was kept from one of the two, by family or address."""
    still = set(_near(survivor))
    for each in near:
        if each not in still:
            ledger.make(
                DeclaredInterest(
                    user_id=each.user_id, child=survivor, since=each.since, until=each.until
                )
            )


def _keep_restriction(survivor: Child, duplicate: Child, ledger: Ledger) -> None:
    """Keep from a restricted child whoever was not on the lists of both records."""
    mine, theirs = (
        Restriction.objects.filter(child=child).first() for child in (survivor, duplicate)
    )
    if not (mine and theirs):
        return
    on_both = theirs.members.values("user")
    for member in mine.members.exclude(user__in=on_both):
        ledger.remove(member)
    for record in [*theirs.members.all(), theirs]:
        ledger.remove(record)


def _move(model: type[Model], survivor: Child, duplicate: Child, ledger: Ledger) -> None:
    """The duplicate's records of a kind, as the survivor's; one of two like references goes."""
    records = model._base_manager.filter(child=duplicate).order_by("pk")
    numbered = any(field.name == "reference" for field in model._meta.fields)
    taken = set()
    if numbered:
        mine = model._base_manager.filter(child=survivor).exclude(reference="")
        taken = set(mine.values_list("reference", flat=True))
    for record in records:
        again = {"reference": ""} if numbered and record.reference in taken else {}
        ledger.change(record, child_id=survivor.pk, **again)


def _concerned(merge: ChildMerge, by: User) -> list[User]:
    """Who works with the child, and who proposed the merge, of those who see the child."""
    working = merge.survivor.involvements.filter(ended_on=None).values("worker")
    accounts = User.objects.filter(Q(worker__in=working) | Q(pk=merge.proposed_by_id))
    others = accounts.filter(is_active=True).exclude(pk=by.pk)
    return _who_see(merge.survivor, of=others)


def _who_see(*children: Child, of: Iterable[User]) -> list[User]:
    """Those of some accounts that see all of these children, now as well."""
    asked = Child.objects.filter(pk__in=[child.pk for child in children])
    return [user for user in of if asked.visible_to(user).count() == len(children)]
