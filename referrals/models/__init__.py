"""The child, how each child came to us, and who has worked with them since."""

from .casework import Assessment, CaseHolding, Holding, Involvement, Referral
from .children import Child

__all__ = ["Assessment", "CaseHolding", "Child", "Holding", "Involvement", "Referral"]
