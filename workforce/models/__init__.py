"""Who does the work: accounts, the tree of teams, workers with their contracts, and vacancies."""

from .accounts import User
from .appointments import Appointment, Cover
from .days import BankHoliday, CalendarDay
from .notices import Notice
from .people import Assignment, Employment, PostStretch, Vacancy, Worker
from .places import Team, is_authority
from .sign_in import AccessReview, KeptForm, SecondStepReset
from .submissions import Submission

__all__ = [
    "AccessReview",
    "Appointment",
    "Assignment",
    "BankHoliday",
    "CalendarDay",
    "Cover",
    "Employment",
    "KeptForm",
    "Notice",
    "PostStretch",
    "SecondStepReset",
    "Submission",
    "Team",
    "User",
    "Vacancy",
    "Worker",
    "is_authority",
]
