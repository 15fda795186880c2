"""EHC requests of two records of one child that are both open: they may be one, entered twice."""

from django.db.models import Q

from config.facts import LATEST
from referrals.clashes import KINDS, Kind

from .models import Request


def one_request(request: Request) -> str:
    """A request as it is told from another."""
    return f"{request.get_sen_type_display() or 'no type of need'}, {request.team or 'no team'}"


KINDS.append(
    Kind(
        model=Request,
        what="open EHC request",
        since="received_on",
        until="withdrawn_on",
        where=Q(open_spells__ended_on__gt=LATEST),
        ending={"withdrawn": True},
        called=one_request,
    )
)
