"""The child, how each child came to us, and who has worked with them since."""

from .access import DeclaredInterest, Family, Restriction, RestrictionMember, Tie
from .casework import Assessment, CaseHolding, Holding, Involvement, Referral
from .children import Child
from .corrections import Correction, StruckOut
from .emergency import EmergencyAccess
from .looks import Look
from .merges import ChildMerge
from .search import QueuedReferral, Search

__all__ = [
    "Assessment",
    "CaseHolding",
    "Child",
    "ChildMerge",
    "Correction",
    "DeclaredInterest",
    "EmergencyAccess",
    "Family",
    "Holding",
    "Involvement",
    "Look",
    "QueuedReferral",
    "Referral",
    "Restriction",
    "RestrictionMember",
    "Search",
    "StruckOut",
    "Tie",
]
