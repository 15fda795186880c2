"""Code sets of the children in need census (CIN), as the DfE's guide lists them."""

from django.db import models


class Sex(models.TextChoices):
    """CIN ``Sex`` from 2024 (M, F, U); before that ``GenderCurrent`` (1, 2, 0 and 9)."""

    MALE = "M", "Male"
    FEMALE = "F", "Female"
    UNKNOWN = "U", "Not known or not yet recorded"


class UpnUnknown(models.TextChoices):
    """CIN ``UPNunknown``: why a child has no unique pupil number."""

    TOO_YOUNG = "UN1", "Not yet of school age"
    OUTSIDE_SCHOOL = "UN2", "Never attended a maintained school in England"
    EDUCATED_OUTSIDE = "UN3", "Educated outside England"
    NEWLY_HERE = "UN4", "Newly known to children's services"
    CANNOT_BE_FOUND = "UN5", "Sources collating records could not find one"
    UNBORN = "UN6", "Not yet born"
    TRANSFERRED = "UN7", "Referred by another authority"
    NO_PERSON = "UN8", "Parent, expecting a child"
    NOT_COLLECTED = "UN9", "Not yet collected"
    TEN = "UN10", "Other"


class Ethnicity(models.TextChoices):
    """The DfE's common ethnicity codes."""

    WHITE_BRITISH = "WBRI", "White British"
    WHITE_IRISH = "WIRI", "White Irish"
    IRISH_TRAVELLER = "WIRT", "Traveller of Irish heritage"
    WHITE_OTHER = "WOTH", "Any other White background"
    GYPSY_ROMA = "WROM", "Gypsy or Roma"
    WHITE_BLACK_CARIBBEAN = "MWBC", "White and Black Caribbean"
    WHITE_BLACK_AFRICAN = "MWBA", "White and Black African"
    WHITE_ASIAN = "MWAS", "White and Asian"
    MIXED_OTHER = "MOTH", "Any other mixed background"
    INDIAN = "AIND", "Indian"
    PAKISTANI = "APKN", "Pakistani"
    BANGLADESHI = "ABAN", "Bangladeshi"
    ASIAN_OTHER = "AOTH", "Any other Asian background"
    BLACK_CARIBBEAN = "BCRB", "Black Caribbean"
    BLACK_AFRICAN = "BAFR", "Black African"
    BLACK_OTHER = "BOTH", "Any other Black background"
    CHINESE = "CHNE", "Chinese"
    OTHER = "OOTH", "Any other ethnic group"
    REFUSED = "REFU", "Refused"
    NOT_OBTAINED = "NOBT", "Information not yet obtained"


class Disability(models.TextChoices):
    """CIN ``Disability``."""

    NONE = "NONE", "None"
    MOBILITY = "MOB", "Mobility"
    HAND_FUNCTION = "HAND", "Hand function"
    PERSONAL_CARE = "PC", "Personal care"
    INCONTINENCE = "INC", "Incontinence"
    COMMUNICATION = "COMM", "Communication"
    LEARNING = "LD", "Learning"
    HEARING = "HEAR", "Hearing"
    VISION = "VIS", "Vision"
    BEHAVIOUR = "BEH", "Behaviour"
    CONSCIOUSNESS = "CON", "Consciousness"
    AUTISM = "AUT", "Autism or Asperger syndrome"
    OTHER = "DDA", "Other disability under the Equality Act"


class Source(models.TextChoices):
    """CIN ``ReferralSource``: who made the referral."""

    FAMILY = "1A", "Family member, relative or carer"
    ACQUAINTANCE = "1B", "Acquaintance"
    SELF = "1C", "Self"
    INDIVIDUAL = "1D", "Other individual"
    SCHOOL = "2A", "School"
    EDUCATION = "2B", "Education services"
    GP = "3A", "GP"
    HEALTH_VISITOR = "3B", "Health visitor"
    SCHOOL_NURSE = "3C", "School nurse"
    PRIMARY_HEALTH = "3D", "Other primary health services"
    EMERGENCY = "3E", "A&E"
    HEALTH = "3F", "Other health services"
    HOUSING = "4", "Housing"
    SOCIAL_CARE = "5A", "Social care of this authority"
    INTERNAL = "5B", "Other department of this authority"
    EXTERNAL = "5C", "Another authority"
    EARLY_HELP = "5D", "Early help"
    POLICE = "6", "Police"
    LEGAL = "7", "Other legal agency"
    OTHER = "8", "Other"
    ANONYMOUS = "9", "Anonymous"
    UNKNOWN = "10", "Unknown"


class PrimaryNeed(models.TextChoices):
    """CIN ``PrimaryNeedCode``: the main reason why the child needs services."""

    ABUSE = "N1", "Abuse or neglect"
    DISABILITY = "N2", "Child's disability or illness"
    PARENT = "N3", "Parental disability or illness"
    ACUTE_STRESS = "N4", "Family in acute stress"
    DYSFUNCTION = "N5", "Family dysfunction"
    BEHAVIOUR = "N6", "Socially unacceptable behaviour"
    LOW_INCOME = "N7", "Low income"
    ABSENT = "N8", "Absent parenting"
    NOT_CIN = "N9", "Cases other than children in need"
    NOT_STATED = "N0", "Not stated"


class Closure(models.TextChoices):
    """CIN ``ReasonForClosure``."""

    ADOPTED = "RC1", "Adopted"
    DIED = "RC2", "Died"
    ARRANGEMENTS = "RC3", "Child arrangements order"
    GUARDIANSHIP = "RC4", "Special guardianship order"
    TRANSFERRED = "RC5", "Transferred to services of another authority"
    ADULT = "RC6", "Transferred to adult social care services"
    NO_LONGER_IN_NEED = "RC7", "Services ceased for any other reason"
    AFTER_ASSESSMENT = "RC8", "Closed after assessment, no further action"
    EARLY_HELP = "RC9", "Closed after assessment, referred to early help"


class Part(models.TextChoices):
    """In what role a worker and team are involved with a child. The first two hold the case."""

    SOCIAL_WORKER = "social_worker", "Allocated social worker"
    SEND_OFFICER = "send_officer", "SEND casework officer"
    REVIEWING_OFFICER = "reviewing_officer", "Conference chair or reviewing officer"
    OTHER = "other", "Other"


class How(models.TextChoices):
    """In what way somebody looked at a child's record."""

    PAGE = "page", "Page"
    PRINT = "print", "Print"
    SEARCH = "search", "Search hit opened"
    EXPORT = "export", "Exported row"
    FIGURE = "figure", "Case behind a figure"
    ADMIN = "admin", "Admin"
    API = "api", "API"
    EMERGENCY = "emergency", "Emergency access"
    REFUSED = "refused", "Asked for and refused"


class QueueOutcome(models.TextChoices):
    """Which child a referral in the queue turned out to be of."""

    SAME = "same", "The child on record: the referral is recorded"
    OPEN = "open", "The child on record, whose case is open: it was a contact, not a referral"
    OTHER = "other", "Another child, who is now on record with the referral"


class MergeState(models.TextChoices):
    """What became of a merge of two records of one child."""

    PROPOSED = "proposed", "Proposed"
    DONE = "done", "Merged"
    REFUSED = "refused", "Refused"
    UNDONE = "undone", "Undone"


class RestrictionReason(models.TextChoices):
    """Why a child's records are shown only to the accounts on a list."""

    STAFF = "staff", "A child of someone who works here"
    ADOPTION = "adoption", "Adoption"
    COURT = "court", "Ordered by a court"
    OTHER = "other", "Another reason"


class EmergencyReason(models.TextChoices):
    """Why an account opens a child's records in an emergency."""

    HARM = "harm", "Immediate risk of harm"
    REQUEST = "request", "Court or police request today"
    NOT_REACHABLE = "not_reachable", "Allocated worker not reachable"
    RECORDS_CHECK = "records_check", "Records check for a new referral"
    OTHER = "other", "Other"


class InError(models.TextChoices):
    """Why a record should never have been made."""

    WRONG_CHILD = "wrong_child", "It is about another child"
    TWICE = "twice", "It was entered twice"
    NEVER = "never", "It did not happen"
    OTHER = "other", "Another reason"


class Settlement(models.TextChoices):
    """What a manager says of a correction that somebody proposed."""

    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
