"""Which passwords are too easily guessed, long as they may be."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator

FEWEST_CHARACTERS = 5


class NotCommonAtHeart(CommonPasswordValidator):
    """Refuses common passwords, made longer too: by figures at the end, or by saying them twice."""

    def validate(self, password: str, user=None) -> None:
        typed = password.lower().strip()
        heart = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", typed)
        said_twice = re.fullmatch(r"(.+?)\1+", heart)
        for guess in {typed, heart, said_twice[1] if said_twice else typed}:
            super().validate(guess, user)
        if len(set(typed)) < FEWEST_CHARACTERS:
            super().validate("password", user)

    def get_help_text(self) -> str:
        return "It must not be a common password, nor one with figures added or said twice."
