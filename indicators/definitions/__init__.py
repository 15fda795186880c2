"""The indicators, by the service that answers for them. Importing a module registers its own."""

from . import ehcp, referrals, visits, workforce

__all__ = ["ehcp", "referrals", "visits", "workforce"]
