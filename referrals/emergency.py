"""Emergency access: taking it, ending it and reviewing it, and who is told.

It is for whoever must open a child's records now and has no other reason to see them. It opens
nothing that the account's role does not see, no restricted record unless the account is on its
list, and no record in which the account has declared an interest.
"""

import datetime
from collections.abc import Iterable

import pghistory
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from config import facts
from config.privacy import LookNotRecorded
from config.workdays import LONDON, london_day
from workforce.choices import AccountRole
from workforce.models import Appointment, Notice, Team, User
from workforce.notices import tell

from .choices import How
from .models import Child, EmergencyAccess, Look
from .models.access import Tie, of_interest
from .models.emergency import MANAGERS, REVIEWERS
from .search import findable_by

REVIEWED_WITHIN = datetime.timedelta(days=7)
REMINDED_AT = datetime.timedelta(hours=8)


def barred_by_interest(user: User, children: Iterable[int]) -> QuerySet:
    """Those of the children in whom the account has declared an interest."""
    return Child.objects.filter(pk__in=set(children)).filter(pk__in=of_interest(user.reach))


def take(*, child: Child, by: User, reason_class: str, reason: str, page: str) -> EmergencyAccess:
    """An hour with a child's records, from now on; one that is in force already goes on.

    The access, the look and the notices to the child's managers are stored together or not at all.
    Raises ``ValidationError`` with a sentence for people where it cannot be, and
    ``LookNotRecorded`` where the look cannot be written down.
    """
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        if not findable_by(by).filter(pk=child.pk).exists():
            raise ValidationError("These records cannot be opened in an emergency.")
        if known := EmergencyAccess.objects.in_force().filter(user=by, child=child).first():
            return known
        access = EmergencyAccess(
            child=child, user=by, reason_class=reason_class, reason=" ".join(reason.split())
        )
        access.full_clean()
        access.save()
        access.refresh_from_db()
        try:
            Look.objects.create(user=by, child=child, how=How.EMERGENCY, page=page)
        except Error as error:
            raise LookNotRecorded from error
        until = access.until.astimezone(LONDON)
        tell(
            responsible_for(child, but=by),
            f"Account {by.pk} took emergency access to case {child.reference} until"
            f" {until:%H:%M}: {access.get_reason_class_display().lower()}.",
            reverse("referrals:emergency-access-detail", args=[access.pk]),
        )
    return access


def end(*, access: EmergencyAccess, by: User) -> bool:
    """End an emergency access before its time; whether there was still something to end.

    From the next request on it opens nothing. Who took it is told where somebody else ends it.
    """
    with pghistory.context(user=by.pk), transaction.atomic():
        mine = EmergencyAccess.objects.in_force().filter(pk=access.pk)
        ended = mine.update(ended_at=Now(), ended_by=by)
        if ended and by != access.user:
            tell(
                [access.user],
                f"Your emergency access to case {access.child.reference} was ended by somebody.",
                reverse("referrals:emergency-access-detail", args=[access.pk]),
            )
    return bool(ended)


def review(*, access: EmergencyAccess, by: User, note: str) -> None:
    """What somebody else found when they looked at an emergency access; written once.

    Raises ``ValidationError`` with a sentence for people where it cannot be.
    """
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        found = EmergencyAccess.objects.select_for_update().get(pk=access.pk)
        if not EmergencyAccess.objects.to_be_reviewed_by(by).filter(pk=found.pk).exists():
            raise ValidationError("This has been reviewed already, or you may not review it.")
        EmergencyAccess.objects.filter(pk=found.pk).update(
            reviewed_at=Now(), reviewed_by=by, review_note=" ".join(note.split())
        )


def responsible_for(child: Child, *, but: User) -> list[User]:
    """The child's managers, besides one account: who is told when others open the records.

    They manage a team that needs to know of the child, or a place above it, and may see the child
    themselves. Where there are none, the authority's auditors are told, but for those who have
    declared an interest in the child.
    """
    ties = Team.objects.filter(pk__in=Tie.objects.filter(child=child).values("team"))
    above = {place for tie in ties for place in (tie.pk, tie.parent_id)} | {child.authority_id}
    managers = holders(MANAGERS, Q(place__in=above)).exclude(pk=but.pk)
    found = [
        user for user in managers if Child.objects.visible_to(user).filter(pk=child.pk).exists()
    ]
    return found or [
        user
        for user in auditors(child.authority_id).exclude(pk=but.pk)
        if not barred_by_interest(user, [child.pk]).exists()
    ]


def auditors(authority: int) -> QuerySet:
    """The authority's auditors."""
    return holders([AccountRole.AUDITOR], within(authority))


def within(authority: int) -> Q:
    """The places of an authority, itself included."""
    return Q(place=authority) | Q(place__authority=authority)


def holders(roles: Iterable[AccountRole], where: Q) -> QuerySet:
    """The accounts that hold one of the roles today, for one of those places."""
    today = london_day(timezone.now())
    held = Appointment.objects.in_force(today).filter(where, role__in=list(roles))
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def remind_reviewers(now: datetime.datetime) -> None:
    """Tell reviewers once a week, from Monday at eight, of what was taken before that week.

    Asked for again, or by two schedules at once, they are told once.
    """
    today = now.astimezone(LONDON).date()
    monday = today - datetime.timedelta(days=today.weekday())
    begins = datetime.datetime.combine(monday, datetime.time(), LONDON)
    if now < begins + REMINDED_AT:
        return
    page = reverse("referrals:emergency-access-list")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('emergency access reviews'))")
        waiting = EmergencyAccess.objects.filter(reviewed_at=None, granted_at__lt=begins)
        for authority in waiting.values_list("child__authority", flat=True).distinct().order_by():
            for user in holders(REVIEWERS, within(authority)):
                told = Notice.objects.filter(to=user, url=page, created_at__gte=begins)
                mine = EmergencyAccess.objects.to_be_reviewed_by(user)
                mine = mine.filter(granted_at__lt=begins)
                if (count := mine.count()) and not told.exists():
                    late = mine.filter(granted_at__lte=now - REVIEWED_WITHIN).count()
                    tell(
                        [user],
                        f"Emergency accesses to review: {count}, overdue: {late}.",
                        page,
                    )


def banner(request: HttpRequest) -> dict:
    """The emergency access by which a page is shown, asked only of pages that show a child."""
    children = getattr(request, "children_shown", None)

    def found() -> EmergencyAccess | None:
        mine = EmergencyAccess.objects.in_force().filter(user=request.user.pk)
        return mine.filter(child__in=children).select_related("child").first()

    return {"emergency_access": SimpleLazyObject(found) if children else None}
