"""What may be wrong with a team's records: checks, each with the screen that puts it right.

``CHECKS`` are what is looked for; an app on a higher floor appends its own. Every one reads
records of children whom the account sees, so that nobody learns of one that they may not know of.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, TextChoices
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from config.admission import opens
from config.navigation import address, page_name
from config.tables import day
from config.workdays import ONE_DAY, months_before
from workforce.choices import TeamKind
from workforce.models import Team, User
from workforce.work import page

from .access import Roles
from .choices import Ethnicity, Part, Sex
from .models import Assessment, Child, Involvement, Referral, Tie
from .work import open_on

SCHOOL_AGE = (5, 16)
OVERDUE_BIRTH = 14 * ONE_DAY


class Flaw(TextChoices):
    """In what way records may be wrong."""

    MISSING = "missing", "Missing"
    CONTRADICTORY = "contradictory", "Contradictory"
    OVERLAPPING = "overlapping", "Overlapping"
    UNMATCHED = "unmatched", "Unmatched after an import"


@dataclass(frozen=True)
class Records:
    """The records of a team's children on a day, of those whom an account sees.

    The children are found once for all kinds of records that the same of its roles see.
    """

    team: Team
    user: User
    today: datetime.date
    children: dict[Roles, list[int]] = field(default_factory=dict)

    def among(self, found: QuerySet) -> QuerySet:
        """Those of some records that are the team's."""
        roles = tuple(role for role in found.roles if self.user.reach.holds(role))
        if roles not in self.children:
            ties = Tie.objects.filter(team=self.team)
            seen = Child.objects.seen_as(self.user, roles).filter(pk__in=ties.values("child"))
            self.children[roles] = list(seen.order_by("pk").values_list("pk", flat=True))
        return found.of_children(self.children[roles])


@dataclass(frozen=True, kw_only=True)
class Check:
    """Something that may be wrong with records of one kind, and what to do about it.

    ``find`` gives the records that have it on a day, of those that an account may see. ``mend``
    names the page that puts it right and what the link to it says; it is asked for with ``of``, a
    field of the record. Without one the record itself is corrected. ``on`` is the record's day.
    """

    key: str
    flaw: Flaw
    title: str
    advice: str
    find: Callable[[User, datetime.date], QuerySet]
    mend: tuple[str, str] = ("", "Correct it")
    of: str = "pk"
    on: str = ""

    def found(self, records: Records) -> QuerySet:
        """The records that have it."""
        return records.among(self.find(records.user, records.today))

    def told(self, records: Iterable[Model], user: User) -> list["Wrong"]:
        """What is said of some of them."""
        return [self._of(record, user) for record in records]

    def _of(self, record: Model, user: User) -> "Wrong":
        kind = capfirst(str(record._meta.verbose_name))
        since = getattr(record, self.on) if self.on else None
        name, label = self.mend
        url = page(user, name, getattr(record, self.of)) if name else ""
        return Wrong(
            child=child_of(record),
            what=f"{kind} of {day(since)}" if since else "",
            url=url or correction(record, user),
            label=label if url else "Correct it",
        )


@dataclass(frozen=True)
class Wrong:
    """A record that a check has found: whose it is, which one, and where it is put right."""

    child: Child
    what: str
    url: str
    label: str


CHECKS: list[Check] = []


def child_of(record: Model) -> Child:
    """The child whose record it is."""
    path = type(record).objects.all().child
    for step in path.split("__") if path != "pk" else []:
        record = getattr(record, step)
    return record


def correction(record: Model, user: User) -> str:
    """Where a record is corrected: its page for that, else the admin's, else its own page."""
    if found := page(user, page_name(type(record), "correct"), record.pk):
        return found
    told = record._meta
    try:
        in_admin = reverse(f"admin:{told.app_label}_{told.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        in_admin = ""
    return in_admin if in_admin and opens(user, in_admin) else address(type(record), record.pk)


OPEN = Q(closed_on=None, no_further_action=False)


def cases(**more) -> QuerySet:
    """Open cases."""
    return Referral.objects.filter(OPEN, **more)


def children_with_a_case() -> QuerySet:
    """Children whose case is open."""
    return Child.objects.filter(Exists(cases(child=OuterRef("pk"))))


def born_before(today: datetime.date, years: int) -> datetime.date:
    """The day on or before which those were born who have completed so many years."""
    return months_before(today, 12 * years)


def without_worker(records: QuerySet, part: Part, today: datetime.date) -> QuerySet:
    """Those of the records whose child no worker holds in that part."""
    given = Involvement.objects.filter(*open_on(today), part=part, child=OuterRef("child"))
    return records.filter(~Exists(given.exclude(worker=None)))


def alike(user: User, *fields: str) -> QuerySet:
    """Children of whom another that the account may see has the same in some fields."""
    others = Child.objects.visible_to(user).exclude(pk=OuterRef("pk"))
    same = {name: OuterRef(name) for name in ("authority", *fields)}
    return Child.objects.filter(Exists(others.filter(**same)))


def of_school_age(user: User, today: datetime.date) -> QuerySet:
    """Children of school age with an open case, no pupil number and no reason why not."""
    from_age, to_age = SCHOOL_AGE
    return children_with_a_case().filter(
        upn="",
        upn_unknown="",
        born_on__lte=born_before(today, from_age),
        born_on__gt=born_before(today, to_age),
    )


CHECKS += [
    Check(
        key="child-no-birth",
        flaw=Flaw.MISSING,
        title="Children without a date of birth",
        advice="Enter the date of birth or, of an unborn child, the expected one.",
        find=lambda user, today: Child.objects.filter(born_on=None, expected_on=None),
    ),
    Check(
        key="child-birth-overdue",
        flaw=Flaw.MISSING,
        title="Births that were expected two weeks ago or more and are not recorded",
        advice="Log the birth. If the child was not born, correct the record.",
        find=lambda user, today: Child.objects.filter(
            born_on=None, died_on=None, expected_on__lte=today - OVERDUE_BIRTH
        ),
        mend=("referrals:child-born", "Log the birth"),
    ),
    Check(
        key="child-no-sex",
        flaw=Flaw.MISSING,
        title="Children with an open case whose sex is not recorded",
        advice="Enter the sex, unless the child is not born yet.",
        find=lambda user, today: children_with_a_case().filter(
            sex=Sex.UNKNOWN, born_on__isnull=False
        ),
    ),
    Check(
        key="child-no-ethnicity",
        flaw=Flaw.MISSING,
        title="Children with an open case whose ethnicity was not obtained",
        advice="Ask the family. If they do not want to say, record that.",
        find=lambda user, today: children_with_a_case().filter(
            ethnicity=Ethnicity.NOT_OBTAINED, born_on__isnull=False
        ),
    ),
    Check(
        key="child-no-upn",
        flaw=Flaw.MISSING,
        title="Children of school age with an open case and no pupil number",
        advice="Enter the unique pupil number, or why there is none.",
        find=of_school_age,
    ),
    Check(
        key="referral-no-source",
        flaw=Flaw.MISSING,
        title="Referrals that do not say who made them",
        advice="Enter who made the referral.",
        find=lambda user, today: Referral.objects.filter(source=""),
        on="received_on",
    ),
    Check(
        key="referral-no-need",
        flaw=Flaw.MISSING,
        title="Referrals without a primary need",
        advice="Enter the main reason why the child needs services.",
        find=lambda user, today: Referral.objects.filter(primary_need="", no_further_action=False),
        on="received_on",
    ),
    Check(
        key="referral-closed-undecided",
        flaw=Flaw.MISSING,
        title="Closed cases of which no decision is recorded",
        advice="Log when the referral was decided on.",
        find=lambda user, today: Referral.objects.filter(
            decided_on=None, decision_collected=True, closed_on__isnull=False
        ),
        mend=("referrals:decide", "Log the decision"),
        on="received_on",
    ),
    Check(
        key="case-no-worker",
        flaw=Flaw.MISSING,
        title="Open cases without a social worker",
        advice="Give the case to a worker: nobody has it on their list of what is due.",
        find=lambda user, today: without_worker(
            cases(received_on__lt=today), Part.SOCIAL_WORKER, today
        ),
        mend=("referrals:allocate", "Allocate a worker"),
        of="child_id",
        on="received_on",
    ),
    Check(
        key="case-of-the-dead",
        flaw=Flaw.CONTRADICTORY,
        title="Open cases of children who have died",
        advice="Close the case.",
        find=lambda user, today: cases(child__died_on__isnull=False),
        mend=("referrals:close-case", "Close the case"),
        on="received_on",
    ),
    Check(
        key="case-of-an-adult",
        flaw=Flaw.CONTRADICTORY,
        title="Open cases of people who are 18 or older",
        advice="Close the case or, if the date of birth is wrong, correct the child’s record.",
        find=lambda user, today: cases(child__born_on__lte=born_before(today, 18)),
        mend=("referrals:close-case", "Close the case"),
        on="received_on",
    ),
    Check(
        key="allocated-no-case",
        flaw=Flaw.CONTRADICTORY,
        title="Allocated social workers where no case is open",
        advice="End the allocation. If there is work with the child, log the referral.",
        find=lambda user, today: Involvement.objects.filter(
            *open_on(today),
            ~Exists(cases(child=OuterRef("child"))),
            part=Part.SOCIAL_WORKER,
        ),
        mend=("referrals:end-allocation", "End the allocation"),
        on="started_on",
    ),
    Check(
        key="assessment-after-closure",
        flaw=Flaw.CONTRADICTORY,
        title="Assessments that go on though the case is closed",
        advice="Log when the assessment was completed.",
        find=lambda user, today: Assessment.objects.filter(
            completed_on=None, referral__closed_on__isnull=False
        ),
        mend=("referrals:complete-assessment", "Log the completion"),
        on="started_on",
    ),
    Check(
        key="referral-died-before",
        flaw=Flaw.CONTRADICTORY,
        title="Referrals received after the child died",
        advice="Correct the date of the referral or of the death.",
        find=lambda user, today: Referral.objects.filter(child__died_on__lt=F("received_on")),
        on="received_on",
    ),
    Check(
        key="referral-overlaps",
        flaw=Flaw.OVERLAPPING,
        title="Referrals from a return that overlap another case of the child",
        advice="Find out which of them is right, and correct the dates of the other.",
        find=lambda user, today: Referral.objects.filter(overlaps=True),
        on="received_on",
    ),
    Check(
        key="child-twice",
        flaw=Flaw.OVERLAPPING,
        title="Children with the name and the date of birth of another",
        advice="Compare the records. If they are of one child, merge them.",
        find=lambda user, today: alike(user, "search_key", "born_on").exclude(
            first_name="", last_name=""
        ),
        mend=("referrals:child-duplicates", "Compare and merge"),
    ),
    Check(
        key="child-number-twice",
        flaw=Flaw.OVERLAPPING,
        title="Children with the pupil number of another",
        advice="Compare the records. If they are of one child, merge them.",
        find=lambda user, today: alike(user, "upn").exclude(upn=""),
        mend=("referrals:child-duplicates", "Compare and merge"),
    ),
    Check(
        key="involvement-no-worker",
        flaw=Flaw.UNMATCHED,
        title="Allocations from a return that name no known worker",
        advice="Enter the worker, if the child’s history is to say who it was.",
        find=lambda user, today: Involvement.objects.filter(
            entered_here=False, worker=None, part__in=[Part.SOCIAL_WORKER, Part.SEND_OFFICER]
        ),
        on="started_on",
    ),
    Check(
        key="involvement-no-team",
        flaw=Flaw.UNMATCHED,
        title="Allocations from a return that name no known team",
        advice="Enter the team that worked with the child.",
        find=lambda user, today: Involvement.objects.filter(
            entered_here=False, team__kind=TeamKind.AUTHORITY
        ),
        on="started_on",
    ),
    Check(
        key="involvement-no-part",
        flaw=Flaw.UNMATCHED,
        title="Allocations from a return whose role is not known",
        advice="Enter in what role the worker works with the child. Until then they hold no case.",
        find=lambda user, today: Involvement.objects.filter(
            *open_on(today), entered_here=False, part=Part.OTHER
        ),
        on="started_on",
    ),
    Check(
        key="referral-no-team",
        flaw=Flaw.UNMATCHED,
        title="Referrals from a return that name no team",
        advice="Enter the team that the referral came to.",
        find=lambda user, today: Referral.objects.filter(entered_here=False, team=None),
        on="received_on",
    ),
]
