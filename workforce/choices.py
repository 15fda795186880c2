"""Code sets of the children's social work workforce census (CSWW), as in the DfE's guide."""

from django.db import models


class TeamKind(models.TextChoices):
    """The levels of the tree: an authority has services, a service has teams."""

    AUTHORITY = "authority", "Authority"
    SERVICE = "service", "Service"
    TEAM = "team", "Team"


class Contract(models.TextChoices):
    """Who pays the worker. Agency: not paid directly by the authority (CSWW ``AgencyWorker``)."""

    EMPLOYEE = "employee", "Employed by the authority"
    AGENCY = "agency", "Agency worker"


class Role(models.TextChoices):
    """CSWW ``OrgRole``: the role in the organisation."""

    SENIOR_MANAGER = "1", "Senior manager"
    MIDDLE_MANAGER = "2", "Middle manager"
    FIRST_LINE_MANAGER = "3", "First line manager"
    SENIOR_PRACTITIONER = "4", "Senior practitioner"
    CASE_HOLDER = "5", "Case holder"
    WITHOUT_CASES = "6", "Qualified without cases"


class ReasonForLeaving(models.TextChoices):
    """CSWW ``ReasonLeave``: why a social worker left."""

    RESIGNATION = "1", "Resignation"
    VOLUNTARY_REDUNDANCY = "2", "Voluntary redundancy"
    COMPULSORY_REDUNDANCY = "3", "Compulsory redundancy"
    DISMISSED = "4", "Dismissed"
    RETIRED = "5", "Retired"
    DIED = "6", "Died"
    MOVED_ROLE = "7", "Moved to a non-child-and-family role within the authority"
    OTHER = "8", "Other"
    NOT_KNOWN = "9", "Not known"
    NOT_COLLECTED = "10", "Not yet collected"


VOLUNTARY = (
    ReasonForLeaving.RESIGNATION,
    ReasonForLeaving.RETIRED,
    ReasonForLeaving.MOVED_ROLE,
)


class Origin(models.TextChoices):
    """CSWW ``StartOrigin``: where a starter came from."""

    NEWLY_QUALIFIED = "1", "Newly qualified social worker"
    OTHER_AUTHORITY = "2", "Social worker, other authority in England"
    OUTSIDE_ENGLAND = "3", "Social worker outside England"
    AGENCY = "4", "Agency social worker"
    OTHER_SOCIAL_WORK = "5", "Other social worker role, not in an authority"
    OTHER_SOCIAL_CARE = "6", "Other social care role"
    NOT_SOCIAL_CARE = "7", "Not social care, or no employment"
    OTHER = "8", "Other"
    NOT_KNOWN = "9", "Not known"
    NOT_COLLECTED = "10", "Not yet collected"


class Destination(models.TextChoices):
    """CSWW ``LeaverDestination``: where a leaver went."""

    OTHER_AUTHORITY = "1", "Social worker, other authority in England"
    OUTSIDE_ENGLAND = "2", "Social worker outside England"
    AGENCY = "3", "Agency social worker"
    OTHER_SOCIAL_WORK = "4", "Other social worker role"
    OTHER_SOCIAL_CARE = "5", "Other social care role"
    NOT_SOCIAL_CARE = "6", "Not social care, or no employment"
    OTHER = "7", "Other"
    NOT_KNOWN = "8", "Not known"
    NOT_COLLECTED = "9", "Not yet collected"


class Absence(models.TextChoices):
    """CSWW ``ReasonAbsence``: why a worker was absent on 30 September."""

    MATERNITY = "MAT", "Maternity, paternity or adoption leave"
    OTHER = "OTH", "Other paid authorised absence"
    PUBLIC_DUTY = "PUB", "Public duty"
    SICKNESS = "SIC", "Sickness"
    TRAINING = "TRN", "Training"
    UNAUTHORISED = "UNA", "Unauthorised absence"
    UNPAID = "UNP", "Unpaid authorised absence"


class AccountRole(models.TextChoices):
    """What an account does in the service. A role is held for a place in the tree, with dates."""

    CASEWORKER = "caseworker", "Caseworker"
    TEAM_MANAGER = "team_manager", "Team manager"
    SERVICE_MANAGER = "service_manager", "Service manager"
    SEND_OFFICER = "send_officer", "SEND casework officer"
    WORKFORCE_OFFICER = "workforce_officer", "Workforce officer"
    ANALYST = "analyst", "Performance analyst"
    PUBLISHER = "publisher", "Publisher"
    AUDITOR = "auditor", "Information governance auditor"
    EMERGENCY_DUTY = "emergency_duty", "Emergency duty worker"
    ADMINISTRATOR = "administrator", "Administrator"
