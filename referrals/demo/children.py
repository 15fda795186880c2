"""Children of the demonstration authority: made up, none of them a real child."""

import datetime
from random import Random

from config.demonstration import BOYS, GIRLS, SURNAMES, Scene
from config.workdays import months_before
from referrals.choices import Disability, Ethnicity, Sex, UpnUnknown
from referrals.models import Child
from workforce.models import Team

ETHNICITIES = {
    Ethnicity.WHITE_BRITISH: 62,
    Ethnicity.WHITE_OTHER: 7,
    Ethnicity.PAKISTANI: 5,
    Ethnicity.INDIAN: 4,
    Ethnicity.ASIAN_OTHER: 3,
    Ethnicity.BLACK_AFRICAN: 4,
    Ethnicity.BLACK_CARIBBEAN: 1,
    Ethnicity.WHITE_BLACK_CARIBBEAN: 3,
    Ethnicity.WHITE_ASIAN: 2,
    Ethnicity.MIXED_OTHER: 3,
    Ethnicity.OTHER: 2,
    Ethnicity.NOT_OBTAINED: 3,
    Ethnicity.REFUSED: 1,
}

DISABILITIES = (
    Disability.AUTISM,
    Disability.LEARNING,
    Disability.COMMUNICATION,
    Disability.MOBILITY,
    Disability.BEHAVIOUR,
    Disability.HEARING,
    Disability.VISION,
    Disability.PERSONAL_CARE,
)


class Register:
    """Makes children, each with a case reference of its own."""

    def __init__(self, scene: Scene, authority: Team) -> None:
        self.scene, self.authority, self.count = scene, authority, 0

    def enter(self, dice: Random, born_on: datetime.date, *, disabled: bool = False) -> Child:
        """A new child, who may not be born yet on the day the demonstration is loaded."""
        self.count += 1
        unborn = born_on > self.scene.today
        girl = dice.random() < 0.49
        too_young = born_on > months_before(self.scene.today, 12 * 5)
        upn_unknown = UpnUnknown.UNBORN if unborn else UpnUnknown.TOO_YOUNG if too_young else ""
        return Child(
            authority=self.authority,
            reference=f"C{100_000 + self.count}",
            first_name="" if unborn else dice.choice(GIRLS if girl else BOYS),
            last_name=dice.choice(SURNAMES),
            born_on=None if unborn else born_on,
            expected_on=born_on if unborn else None,
            sex=Sex.UNKNOWN if unborn else Sex.FEMALE if girl else Sex.MALE,
            ethnicity=dice.choices(list(ETHNICITIES), list(ETHNICITIES.values()))[0],
            disabilities=dice.sample(DISABILITIES, dice.randint(1, 2)) if disabled else [],
            upn_unknown=upn_unknown,
        )
