"""What is done about referrals, each as one action that is the only writer."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields

import pghistory
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.utils import timezone

from config import facts
from config.navigation import address
from config.privacy import LookNotRecorded
from workforce.access import confirm_visible
from workforce.models import Team, User, Worker
from workforce.notices import tell
from workforce.work import Case, posts_of

from .allocation import confirm_may_have, tell_worker
from .choices import QueueOutcome, UpnUnknown
from .emergency import responsible_for
from .models import Child, Involvement, QueuedReferral, Referral, Search
from .search import hidden_from, same
from .work import open_on


@dataclass(frozen=True)
class Person:
    """A child as somebody describes it who makes a referral."""

    first_name: str = ""
    last_name: str = ""
    born_on: datetime.date | None = None
    expected_on: datetime.date | None = None
    upn: str = ""

    @property
    def name(self) -> str:
        """Both names, as a search takes them."""
        return f"{self.first_name} {self.last_name}"

    @classmethod
    def described_by(cls, record: Child | QueuedReferral) -> "Person":
        """The child whom a record, or a referral in the queue, describes."""
        return cls(**{field.name: getattr(record, field.name) for field in fields(cls)})


def record_search(*, typed: str, authority: int, by: User) -> Search:
    """A search written down before anything is found; where it cannot be, nothing may be shown."""
    try:
        return Search.objects.create(user=by, authority_id=authority, typed=typed)
    except Error as error:
        raise LookNotRecorded from error


def take_referral(
    *,
    child: Child | None = None,
    person: Person | None = None,
    team: Team,
    received_on: datetime.date,
    source: str,
    primary_need: str,
    by: User,
    today: datetime.date,
) -> Referral | QueuedReferral:
    """A referral, taken for a child on record or for a person who is not on record yet.

    A person who may be a child that the account must not know of waits in the queue of those who
    may; whatever is refused, is refused alike, so that whoever took it cannot tell from the answer.
    Whoever looks for the person afterwards finds nobody, until a holder says that it is another
    child: for that to tell nothing, every referral of somebody new would have to be kept back.
    Raises ``ValidationError`` with a sentence for people where the referral cannot be true.
    """
    if received_on > today:
        raise ValidationError({"received_on": "This date is in the future."})
    told = {"received_on": received_on, "source": source, "primary_need": primary_need}
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        if child is not None:
            return _stored(Referral(child=child, team=team, **told))
        hidden = same(hidden_from(by).filter(authority=team.root_id), person).first()
        with transaction.atomic():
            referral = _of_new_child(person, team, told)
            transaction.set_rollback(hidden is not None)
        return referral if hidden is None else _queued(hidden, person, team, told, by)


def enter_child(*, person: Person, team: Team, by: User) -> Child:
    """A child who was not on record, and now is, with the team that enters it.

    Where it may be one that the account must not know of, those responsible for that one are told.
    """
    hidden = same(hidden_from(by).filter(authority=team.root_id), person).first()
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        child = _new_child(person, team)
        if hidden:
            text = f"The child entered as case {child.reference} may be this one. Compare the two."
            tell(responsible_for(hidden, but=by), text, address(Child, hidden.pk))
    return child


def settle_queued(*, queued: QueuedReferral, outcome: str, by: User) -> QueuedReferral:
    """A referral out of the queue: the child on record's, or of another child, or a contact only.

    Raises ``ValidationError`` where somebody else has settled it, or the case is open already.
    """
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        queued = QueuedReferral.objects.select_for_update(of=["self"]).get(pk=queued.pk)
        if queued.outcome:
            raise ValidationError(f"{queued.settled_by} has dealt with this referral already.")
        told = {
            "received_on": queued.received_on,
            "source": queued.source,
            "primary_need": queued.primary_need,
        }
        if outcome == QueueOutcome.SAME:
            queued.referral = _stored(Referral(child=queued.child, team=queued.team, **told))
        elif outcome == QueueOutcome.OTHER:
            queued.referral = _of_new_child(Person.described_by(queued), queued.team, told)
        queued.outcome, queued.settled_by, queued.settled_at = outcome, by, timezone.now()
        queued.full_clean()
        queued.save()
    return queued


def reassign(
    *, cases: Iterable[Case], to: Worker, by: User, today: datetime.date
) -> list[Involvement]:
    """Cases given to a worker: on the day, whoever had each ceases to and the worker begins.

    All of them or none. Each stays what it was: a social worker's, or a SEND casework officer's.
    The worker is told. Raises ``ValidationError`` where they are not in post, may not see a child,
    or a case cannot be given.
    """
    cases = list(cases)
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        post = posts_of(today).filter(employment__worker=to).select_related("team").first()
        if post is None:
            raise ValidationError({"to": f"{to} is not in post today. Choose someone who is."})
        confirm_may_have(to, [case.child for case in cases], field="to")
        given = [_given(case, to, post.team, by, today) for case in cases]
        new = [case.child for case in cases if case.worker != to]
        tell_worker(to, new, by=by)
        return given


def _given(case: Case, to: Worker, team: Team, by: User, today: datetime.date) -> Involvement:
    held = Involvement.objects.filter(*open_on(today), child=case.child, part=case.part)
    current = held.visible_to(by).select_for_update(of=["self"]).first()
    if current and current.worker_id == to.pk:
        return current
    if current and current.started_on == today:
        current.worker, current.team = to, team
        current.full_clean()
        current.save(update_fields=["worker", "team"])
        confirm_visible(current, by)
        return current
    until = None
    if current:
        until, current.ended_on = current.ended_on, today
        current.save(update_fields=["ended_on"])
    told = {"child_id": case.child, "part": case.part, "team": team, "worker": to}
    given = _stored(Involvement(**told, started_on=today, ended_on=until))
    confirm_visible(given, by)
    return given


def _of_new_child(person: Person, team: Team, told: dict) -> Referral:
    """A referral of a child who was not on record, and now is."""
    return _stored(Referral(child=_new_child(person, team), team=team, **told))


def _new_child(person: Person, team: Team) -> Child:
    key = _next_key(team)
    unborn = person.born_on is None and person.expected_on is not None
    child = Child(
        pk=key,
        authority_id=team.root_id,
        reference=reference_of(key),
        upn_unknown=UpnUnknown.UNBORN if unborn else "",
        **vars(person),
    )
    return _stored(child)


def reference_of(key: int) -> str:
    """The case reference that is given to a child: nobody chooses one."""
    return f"R{key:07}"


def _next_key(team: Team) -> int:
    """A key for a child, whose reference no record has that came in a return."""
    known = Child.objects.filter(authority=team.root_id)
    key = 0
    while not key or known.filter(reference=reference_of(key)).exists():
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence('referrals_child', 'id'))")
            (key,) = cursor.fetchone()
    return key


def _queued(hidden: Child, person: Person, team: Team, told: dict, by: User) -> QueuedReferral:
    queued = _stored(QueuedReferral(child=hidden, team=team, taken_by=by, **vars(person), **told))
    tell(
        queued.holders(),
        f"Referral {queued.pk} waits for you to say which child it is of.",
        address(QueuedReferral, queued.pk),
    )
    return queued


def _stored(record):
    record.full_clean()
    record.save(force_insert=True)
    return record
