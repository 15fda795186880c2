"""The child, how each child came to us, and who has worked with them since."""

from .casework import Assessment, CaseHolding, Holding, Involvement, Referral
from .children import Child
from .looks import Look

__all__ = ["Assessment", "CaseHolding", "Child", "Holding", "Involvement", "Look", "Referral"]
