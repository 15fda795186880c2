"""Who does the work: workers with their contracts, and the posts that stand empty."""

import datetime
from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q

from config import facts
from config.crossing import Across
from config.history import keeps_history
from config.settling import Settled

from ..access import WITH_SEND, Guarded
from ..choices import (
    Absence,
    AccountRole,
    Contract,
    Destination,
    Origin,
    ReasonForLeaving,
    Role,
    TeamKind,
)
from .places import Team, is_authority

ANSWER_FOR_STAFF = (
    AccountRole.TEAM_MANAGER,
    AccountRole.SERVICE_MANAGER,
    AccountRole.WORKFORCE_OFFICER,
)
KNOW_COLLEAGUES = (*WITH_SEND, AccountRole.WORKFORCE_OFFICER)


@keeps_history
class Worker(models.Model):
    """A person who works for children's services, whether or not they have an account."""

    authority = models.ForeignKey(
        Team, models.PROTECT, related_name="workers", limit_choices_to={"kind": TeamKind.AUTHORITY}
    )
    reference = models.CharField(max_length=40, blank=True, help_text="The authority's own number.")
    registration_number = models.CharField(
        max_length=12,
        blank=True,
        help_text="Social Work England: two letters and ten digits, for example SW1234567890.",
    )
    registered = models.BooleanField(
        "qualified social worker",
        default=True,
        help_text="Registered with Social Work England, and so counted in the workforce figures.",
    )
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)

    objects = Guarded.at(
        "authority", *KNOW_COLLEAGUES, AccountRole.ADMINISTRATOR, whole_authority=True
    )

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        constraints = [
            facts.plausible("worker_dates_plausible", "born_on"),
            is_authority("worker_authority_is_root"),
            Settled(
                name="worker_authority_settled",
                field="authority",
                violation_error_message=(
                    "A worker stays with the authority. Enter one who moves there anew."
                ),
            ),
            models.CheckConstraint(
                name="worker_registration_number_form",
                condition=Q(registration_number="")
                | Q(registration_number__regex=r"^[A-Z]{2}[0-9]{10}$"),
                violation_error_message=(
                    "Enter the registration number as two letters and ten digits,"
                    " for example SW1234567890."
                ),
            ),
            models.UniqueConstraint(
                name="worker_registration_number_once",
                fields=["authority", "registration_number"],
                condition=~Q(registration_number=""),
                violation_error_message="Another worker has this registration number.",
            ),
            models.UniqueConstraint(
                name="worker_reference_once",
                fields=["authority", "reference"],
                condition=~Q(reference=""),
                violation_error_message="Another worker has this reference.",
            ),
        ]

    def __str__(self) -> str:
        name = f"{self.first_name} {self.last_name}".strip()
        return name or self.registration_number or self.reference or f"Worker {self.pk}"

    @property
    def leaves_on(self) -> datetime.date | None:
        """The leaving date of somebody who does not start again; none if they stay."""
        days = list(self.employments.values_list("left_on", flat=True))
        return None if None in days else max(days, default=None)

    @property
    def posts(self) -> models.QuerySet:
        """The teams and hours that they had and have."""
        return Assignment.objects.filter(employment__worker=self).order_by("-started_on")


class Employments(Guarded):
    """Employments, shown to those who answer for one of their teams, or for the whole authority."""

    roles = ANSWER_FOR_STAFF

    def seen_as(self, user, roles: Iterable[AccountRole]) -> "Employments":
        """Those with hours in a place of the account's, and all of an authority that is."""
        found = super().seen_as(user, roles)
        if found.query.is_empty():
            return found
        places = sorted(user.reach.places(*roles))
        here = Assignment.objects.filter(employment=OuterRef("pk"), team__in=places)
        return found.filter(Q(worker__authority__in=places) | Exists(here))


@keeps_history
class Employment(models.Model):
    """A worker's time with the authority, from the first day in post to the day they left.

    A new contract or a change of hours is a new assignment of the same employment, not leaving.
    """

    may_lie_ahead = ("started_on", "left_on")

    worker = models.ForeignKey(Worker, models.CASCADE, related_name="employments")
    contract = models.CharField(max_length=10, choices=Contract.choices, default=Contract.EMPLOYEE)
    started_on = models.DateField()
    origin = models.CharField(max_length=2, choices=Origin.choices, blank=True)
    left_on = models.DateField(
        null=True, blank=True, help_text="In post up to the day before; a leaver on this day."
    )
    reason_for_leaving = models.CharField(
        max_length=2, choices=ReasonForLeaving.choices, blank=True
    )
    destination = models.CharField(max_length=2, choices=Destination.choices, blank=True)
    absence = models.CharField(max_length=3, choices=Absence.choices, blank=True)
    entered_here = models.BooleanField(default=True, editable=False)

    objects = Employments.as_manager()

    class Meta:
        ordering = ["-started_on"]
        constraints = [
            facts.plausible("employment_dates_plausible", "started_on", "left_on"),
            facts.in_order(
                "employment_left_after_started",
                "started_on",
                "left_on",
                "The leaving date must be after the start date.",
                same_day=False,
            ),
            facts.both_or_neither(
                "employment_left_and_why",
                "left_on",
                "reason_for_leaving",
                "Enter both the leaving date and the reason for leaving, or neither.",
            ),
            facts.one_of("employment_contract_known", "contract", Contract),
            facts.one_of(
                "employment_reason_known", "reason_for_leaving", ReasonForLeaving, blank=True
            ),
            facts.one_of("employment_origin_known", "origin", Origin, blank=True),
            facts.one_of("employment_destination_known", "destination", Destination, blank=True),
            facts.one_of("employment_absence_known", "absence", Absence, blank=True),
            facts.no_overlap(
                "employment_one_at_a_time",
                "worker",
                since="started_on",
                until="left_on",
                message="This worker is already in post on those days. End that employment first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}, {self.get_contract_display().lower()} from {self.started_on}"


@keeps_history
class Assignment(models.Model):
    """The team, role and hours of an employment between two days."""

    may_lie_ahead = ("started_on", "ended_on")

    employment = models.ForeignKey(Employment, models.CASCADE, related_name="assignments")
    team = models.ForeignKey(Team, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=1, choices=Role.choices, blank=True)
    fte = models.DecimalField(
        "full-time equivalent", max_digits=8, decimal_places=6, help_text="1 is full time."
    )
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = Guarded.at("team", *ANSWER_FOR_STAFF)

    class Meta:
        ordering = ["started_on"]
        constraints = [
            facts.plausible("assignment_dates_plausible", "started_on", "ended_on"),
            facts.in_order(
                "assignment_ended_after_started",
                "started_on",
                "ended_on",
                "The end date must be after the start date.",
                same_day=False,
            ),
            facts.between("assignment_fte_in_range", "fte", 0, 2),
            facts.one_of("assignment_role_known", "role", Role, blank=True),
            facts.no_overlap(
                "assignment_one_at_a_time",
                "employment",
                since="started_on",
                until="ended_on",
                message="This worker already has a team and hours on those days.",
            ),
            Across(
                name="assignment_within_employment",
                holds=(
                    "here.started_on >= employment.started_on"
                    " AND here.started_on < employment.left_on"
                    " AND here.ended_on <= employment.left_on"
                ),
                violation_error_message=(
                    "A team and hours begin while the worker is in post, and end no later."
                ),
            ),
            Across(
                name="assignment_team_in_authority",
                holds=("COALESCE(team.authority_id, team.id) = employment__worker.authority_id"),
                violation_error_message="Choose a team of the worker's own authority.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employment.worker}, {self.fte.normalize():f} FTE in {self.team}"


@keeps_history
class Vacancy(models.Model):
    """A post, or the part of one, that stands empty between two days."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="vacancies")
    fte = models.DecimalField("full-time equivalent", max_digits=10, decimal_places=6)
    role = models.CharField(max_length=1, choices=Role.choices, blank=True)
    opened_on = models.DateField()
    filled_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=40, blank=True)

    objects = Guarded.at("team", *ANSWER_FOR_STAFF)

    class Meta:
        ordering = ["-opened_on"]
        verbose_name_plural = "vacancies"
        constraints = [
            facts.plausible("vacancy_dates_plausible", "opened_on", "filled_on"),
            facts.in_order(
                "vacancy_filled_after_opened",
                "opened_on",
                "filled_on",
                "The day the vacancy was filled must be after the day it opened.",
                same_day=False,
            ),
            facts.between("vacancy_fte_in_range", "fte", 0, 1000),
            facts.one_of("vacancy_role_known", "role", Role, blank=True),
            models.UniqueConstraint(
                name="vacancy_reference_once",
                fields=["team", "reference"],
                condition=~Q(reference=""),
                violation_error_message="Another vacancy of this team has this reference.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fte.normalize():f} FTE in {self.team} since {self.opened_on}"


class PostStretch(models.Model):
    """A stretch of an employment with the same team and hours (a database view).

    Where neither is recorded the worker is in post all the same, with no team and no hours.
    """

    employment = models.ForeignKey(Employment, models.DO_NOTHING, related_name="stretches")
    team = models.ForeignKey(Team, models.DO_NOTHING, null=True, related_name="+")
    fte = models.DecimalField(max_digits=8, decimal_places=6)
    since = models.DateField()
    until = models.DateField()

    class Meta:
        managed = False
        db_table = "workforce_poststretch"

    def __str__(self) -> str:
        return f"{self.fte.normalize():f} FTE since {self.since}"
