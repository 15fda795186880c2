"""What is done to accounts, each as one action that is the only writer.

No administrator gives themselves anything: roles come from another, a second step is set anew by
two. Every role given or taken, every link sent and every account ended is told to the auditors.
"""

import datetime

import pghistory
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from config import facts
from config.workdays import london_day

from .choices import AccountRole
from .models import (
    AccessReview,
    Appointment,
    Cover,
    KeptForm,
    SecondStepReset,
    Team,
    User,
    Worker,
)
from .notices import tell
from .staffing import confirm_given_on
from .work import MANAGE, stand_ins, workers_of


def invite(
    *,
    username: str,
    first_name: str,
    last_name: str,
    email: str,
    directory_id: str | None,
    worker: Worker | None,
    role: AccountRole,
    place: Team,
    since: datetime.date,
    until: datetime.date | None,
    by: User,
) -> User:
    """A new account with its first role, and the e-mail that says how to sign in.

    Raises ``ValidationError`` with a sentence for people where it cannot be made.
    """
    user = User(
        username=username,
        first_name=first_name,
        last_name=last_name,
        email=email,
        directory_id=directory_id or None,
        worker=worker,
        team=place,
        is_staff=role == AccountRole.ADMINISTRATOR,
    )
    user.set_unusable_password()
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        user.full_clean(exclude=["password"])
        user.save()
        appoint(user=user, role=role, place=place, since=since, until=until, by=by)
        send_link(user=user, by=by)
    return user


@transaction.atomic
def make_administrator(*, username: str, email: str, place: Team) -> User:
    """The first administrator of an authority, made by whoever installs the service."""
    user = User(username=username, email=email, team=place, is_staff=True)
    user.set_unusable_password()
    with facts.readable():
        user.full_clean(exclude=["password"])
        user.save()
        today = london_day(timezone.now())
        user.appointments.create(role=AccountRole.ADMINISTRATOR, place=place, since=today)
    return user


def link(user: User) -> str:
    """The address at which someone sets a password: it works once, and for three days."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    page = reverse("welcome", args=[key, default_token_generator.make_token(user)])
    return settings.SITE_ADDRESS + page


def send_link(*, user: User, by: User) -> None:
    """The e-mail that says how to sign in, with the link that sets a password."""
    told = {
        "user": user,
        "by_directory": bool(settings.OIDC_SERVER and user.directory_id),
        "address": settings.SITE_ADDRESS,
        "link": link(user),
    }
    text = render_to_string("workforce/accounts/invitation.txt", told)
    _told(by, user, "was sent a link to set a password")
    send_mail("Your account in Reckoner", text, None, [user.email])


def appoint(
    *,
    user: User,
    role: AccountRole,
    place: Team,
    since: datetime.date,
    until: datetime.date | None,
    by: User,
) -> Appointment:
    """A role for a place, given by an administrator of it to someone else."""
    if user == by:
        raise ValidationError("Nobody gives themselves a role. Ask another administrator.")
    if place.pk not in by.reach.places(AccountRole.ADMINISTRATOR):
        raise ValidationError({"place": "You do not administer this place."})
    appointment = Appointment(user=user, role=role, place=place, since=since, until=until)
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        appointment.full_clean()
        appointment.save()
        _told(by, user, f"has the role {appointment}")
    return appointment


def end_appointment(*, appointment: Appointment, today: datetime.date, by: User) -> None:
    """A role that is not held any more from today on; one that lies ahead never is."""
    with pghistory.context(user=by.pk), transaction.atomic():
        appointment.until = max(today, appointment.since)
        appointment.save(update_fields=["until"])
        _told(by, appointment.user, f"no longer has the role {appointment}")


def end_account(*, user: User, today: datetime.date, by: User) -> None:
    """An account that may not be used any more: its sessions end with their next request.

    Its worker's cases are given to others first. Raises ``ValidationError`` with their references.
    """
    if user == by:
        raise ValidationError("Nobody ends their own account. Ask another administrator.")
    if user.worker:
        confirm_given_on(user.worker, today)
    with pghistory.context(user=by.pk), transaction.atomic():
        for appointment in user.appointments.in_force(today):
            end_appointment(appointment=appointment, today=today, by=by)
        user.is_active = False
        user.save(update_fields=["is_active"])
        KeptForm.objects.filter(user=user).delete()
        _told(by, user, "has ended")


def tell_of_change(*, user: User, fields: list[str], by: User) -> None:
    """What the auditors are told of an account whose details an administrator has changed."""
    if fields:
        _told(by, user, f"was changed ({', '.join(fields)})")


def ask_second_step_reset(*, user: User, reason: str, by: User) -> SecondStepReset:
    """A request that another administrator confirms, with how the person was recognised."""
    reset = SecondStepReset(account=user, reason=reason, asked_by=by)
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        if SecondStepReset.objects.waiting(timezone.now()).filter(account=user).exists():
            raise ValidationError("Someone has asked for this already, and it can be confirmed.")
        reset.full_clean()
        reset.save()
        _told(by, user, "is to have its second step set anew", administrators=True)
    return reset


def confirm_second_step_reset(*, reset: SecondStepReset, by: User) -> None:
    """The second administrator's word: the account's app and codes are gone, to be set up anew."""
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        waiting = SecondStepReset.objects.waiting(timezone.now()).select_for_update()
        reset = waiting.filter(pk=reset.pk).first()
        if reset is None:
            raise ValidationError("This was confirmed already, or was asked more than a day ago.")
        reset.confirmed_by, reset.confirmed_at = by, timezone.now()
        reset.full_clean()
        reset.save()
        Authenticator.objects.filter(user=reset.account).delete()
        _told(by, reset.account, "had its second step set anew")
        tell([reset.account], "Your second step was set anew.", reverse("mfa_index"))


def confirm_access(
    *, place: Team, quarter_from: datetime.date, listed: list[str], by: User
) -> AccessReview:
    """A manager's or administrator's word that who has access to a place this quarter is right."""
    review = AccessReview(place=place, quarter_from=quarter_from, listed=listed, confirmed_by=by)
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        review.full_clean()
        review.save()
    return review


def cover_absence(
    *,
    worker: Worker,
    account: User,
    since: datetime.date,
    until: datetime.date,
    by: User,
) -> Cover:
    """An account that stands in for an absent worker of a place that ``by`` manages."""
    today, places = by.reach.today, by.reach.places(*MANAGE)
    if not workers_of(places, today).filter(pk=worker.pk).exists():
        raise ValidationError({"worker": "Choose a worker of a team that you manage."})
    if account.worker_id == worker.pk:
        raise ValidationError({"account": "Nobody covers for themselves. Choose someone else."})
    if not stand_ins(places, today).filter(pk=account.pk).exists():
        raise ValidationError({"account": "Choose an account of a place that you manage."})
    cover = Cover(worker=worker, by=account, since=since, until=until)
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        cover.full_clean()
        cover.save()
    return cover


def end_cover(*, cover: Cover, today: datetime.date, by: User) -> None:
    """A cover that is over from today on; one that lies ahead never begins."""
    if not workers_of(by.reach.places(*MANAGE), today).filter(pk=cover.worker_id).exists():
        raise ValidationError("Only a manager of the worker's team ends a cover.")
    with pghistory.context(user=by.pk), facts.readable(), transaction.atomic():
        cover.until = max(today, cover.since)
        cover.save(update_fields=["until"])


def _told(by: User, user: User, what: str, *, administrators: bool = False) -> None:
    """Tell the auditors what an administrator did to an account; the other administrators too."""
    roles = [AccountRole.AUDITOR, *([AccountRole.ADMINISTRATOR] if administrators else [])]
    within = by.reach.authorities(AccountRole.ADMINISTRATOR)
    readers = User.objects.filter(
        is_active=True,
        appointments__in=Appointment.objects.in_force(by.reach.today).filter(role__in=roles),
        appointments__place__in=[place for place, root in by.reach.roots.items() if root in within],
    )
    page = reverse("workforce:account-detail", args=[user.pk])
    tell(
        readers.exclude(pk=by.pk).distinct(),
        f"Account {user.pk} {what}; done by account {by.pk}.",
        page,
    )
