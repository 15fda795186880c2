"""Code sets of child protection: the CIN census, and how a visit went."""

from django.db import models


class Category(models.TextChoices):
    """CIN ``InitialCategoryOfAbuse`` and ``LatestCategoryOfAbuse``."""

    NEGLECT = "NEG", "Neglect"
    PHYSICAL = "PHY", "Physical abuse"
    SEXUAL = "SAB", "Sexual abuse"
    EMOTIONAL = "EMO", "Emotional abuse"
    MULTIPLE = "MUL", "Multiple categories"


class Purpose(models.TextChoices):
    """What the visit was for. A visit from a return may not say."""

    STATUTORY = "statutory", "Statutory visit"
    CORE_GROUP = "core_group", "Core group"
    OTHER = "other", "Other contact"


class Place(models.TextChoices):
    """Where the child was, or was to be, seen."""

    HOME = "home", "At home"
    SCHOOL = "school", "At school or nursery"
    ELSEWHERE = "elsewhere", "Elsewhere"


class Outcome(models.TextChoices):
    """How it went. Everything is recorded; only some of it is a qualifying visit."""

    SEEN = "seen", "Child seen, face to face"
    MOTHER_SEEN = "mother_seen", "Mother seen, child not yet born"
    VIRTUAL = "virtual", "Seen by video or telephone"
    ATTEMPTED = "attempted", "Attempted: nobody in, or child not there"
    REFUSED = "refused", "Refused"


class LateReason(models.TextChoices):
    """Why a child was seen only after the day on which the visit was due."""

    NOT_HOME = "not_home", "Nobody was at home"
    REFUSED = "refused", "The family refused the visit"
    AWAY = "away", "The child was away"
    WORKER_ABSENT = "worker_absent", "The worker was absent"
    UNALLOCATED = "unallocated", "Nobody was allocated to the child"
    OTHER = "other", "Another reason"
    NOT_GIVEN = "not_given", "Not given"


class Unit(models.TextChoices):
    """What the interval between two visits is counted in."""

    WORKING_DAYS = "working", "working days"
    DAYS = "days", "calendar days"
