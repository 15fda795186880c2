"""Code sets of the SEN2 person-level collection and of the SEND Regulations 2014."""

from django.db import models


class Stage(models.TextChoices):
    """What a decision on a request was about."""

    ASSESS = "assess", "Whether to assess"
    PLAN = "plan", "Whether to make a plan"


class Basis(models.TextChoices):
    """How a decision came about: the authority's own first decision, or one that changed it."""

    ORIGINAL = "original", "The authority's original decision"
    MEDIATION = "mediation", "Changed after mediation"
    TRIBUNAL = "tribunal", "Ordered by the Tribunal"


class Ground(models.TextChoices):
    """Regulation 10(4) of SI 2014/1530: why the time limits need not be met.

    SEN2 keeps one flag (``Week20``); we keep which ground, and derive the flag.
    """

    SCHOOL = "a", "School closed for 4 weeks or more"
    EARLY_YEARS = "b", "Early-years provider closed for 4 weeks or more"
    PERSONAL = "c", "Exceptional personal circumstances"
    ABSENT = "d", "Absent from the area for 4 weeks or more"
    NOT_STATED = "?", "An exception applies, ground not stated (from a return)"


class SenType(models.TextChoices):
    """SEN2 ``SENtype``: the type of special educational need."""

    SPLD = "SPLD", "Specific learning difficulty"
    MLD = "MLD", "Moderate learning difficulty"
    SLD = "SLD", "Severe learning difficulty"
    PMLD = "PMLD", "Profound and multiple learning difficulty"
    SEMH = "SEMH", "Social, emotional and mental health"
    SLCN = "SLCN", "Speech, language and communication needs"
    HI = "HI", "Hearing impairment"
    VI = "VI", "Vision impairment"
    MSI = "MSI", "Multi-sensory impairment"
    PD = "PD", "Physical disability"
    ASD = "ASD", "Autistic spectrum disorder"
    DS = "DS", "Down syndrome"
    OTH = "OTH", "Other difficulty or disability"


class CeaseReason(models.TextChoices):
    """SEN2 ``CeaseReason``: why a plan ceased."""

    MAXIMUM_AGE = "1", "Reached the maximum age"
    NEEDS_MET = "2", "Needs met without a plan"
    HIGHER_EDUCATION = "3", "Moved to higher education"
    EMPLOYMENT = "4", "Found paid employment"
    TRANSFERRED = "5", "Transferred to another authority"
    NO_ENGAGEMENT = "6", "No longer wishes to engage in education or training"
    MOVED = "7", "Moved outside England"
    DIED = "8", "Died"
    OTHER = "9", "Other"


class Step(models.TextChoices):
    """The steps that the regulations set a time limit for, counted from receipt."""

    DECISION = "decision", "Say whether there will be an assessment (reg 5)"
    NO_PLAN = "no_plan", "Say that no plan will be made (reg 10)"
    ISSUE = "issue", "Issue the final plan (reg 13)"


class Deed(models.TextChoices):
    """What is to be done about a request, by a day.

    The decision of each ``Stage`` has the stage's own code.
    """

    ASSESS = "assess", "Decide whether to assess"
    TELL = "tell", "Tell the family that there will be an assessment"
    PLAN = "plan", "Decide whether to make a plan"
    DRAFT = "draft", "Send the draft plan"
    ISSUE = "issue", "Issue the final plan"


class LateReason(models.TextChoices):
    """Why something was done about a request only after the day on which it was due."""

    PSYCHOLOGY = "psychology", "Advice was late: educational psychology"
    HEALTH = "health", "Advice was late: health"
    CARE = "care", "Advice was late: care"
    SCHOOL = "school", "Advice was late: school"
    FAMILY = "family", "The family asked for more time"
    PANEL = "panel", "The panel met too late"
    DISPUTE = "dispute", "There was a dispute"
    NO_OFFICER = "no_officer", "Nobody was allocated to the request"
    OTHER = "other", "Another reason"
    NOT_GIVEN = "not_given", "Not given"
