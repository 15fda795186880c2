"""The rules of disclosure control: which figures a profile hides, and from which day on."""

import datetime
from dataclasses import dataclass

from ..choices import Profile


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What a profile hides from a day on.

    Counts of 1 to ``few`` persons are hidden, and what would give them away; nothing where it is 0.
    No case and every case of a denominator are shown from ``whole_from`` on. A reader shall not be
    able to tell a hidden count to fewer than ``choices`` whole numbers, where that can be had.
    """

    profile: Profile
    since: datetime.date
    marking: str = ""
    few: int = 5
    whole_from: int = 10
    choices: int = 4
    staff_exact: bool = False
    of_authority_only: bool = False

    @property
    def hides(self) -> bool:
        """Whether it hides anything."""
        return self.few > 0


RULES = (
    Rules(
        profile=Profile.INTERNAL,
        since=datetime.date(2015, 4, 1),
        marking="Not for publication",
        few=0,
    ),
    Rules(
        profile=Profile.COUNCIL,
        since=datetime.date(2015, 4, 1),
        staff_exact=True,
        of_authority_only=True,
    ),
    Rules(profile=Profile.DFE, since=datetime.date(2015, 4, 1)),
)


def rules(profile: str, day: datetime.date) -> Rules:
    """The rules of a profile that are in force on a day; before the first, those."""
    known = sorted((one for one in RULES if one.profile == profile), key=lambda one: one.since)
    return [known[0], *(one for one in known if one.since <= day)][-1]
