"""The indicators, by the service that answers for them. To import a module registers its indicators."""

from . import ehcp, referrals, visits, workforce

__all__ = ["ehcp", "referrals", "visits", "workforce"]
