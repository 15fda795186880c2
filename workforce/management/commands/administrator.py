"""Make the first administrator, who then invites everyone else."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from config.management.base import RecordsCommand
from workforce import actions
from workforce.choices import TeamKind
from workforce.models import Team


class Command(RecordsCommand):
    """`manage.py administrator`: an account with the role, and the link to set its password.

    It is for the first one: whoever may run commands here could do anything anyway.
    """

    help = "Make an administrator of an authority and print the link that sets the password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("email")
        parser.add_argument(
            "--authority", help="its name; made where there is none of that name, and none at all"
        )

    def handle(
        self, *args: Any, username: str, email: str, authority: str | None, **options: Any
    ) -> None:
        place = self._place(authority)
        try:
            user = actions.make_administrator(username=username, email=email, place=place)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"{user.username} administers {place}. The link works once:")
        self.stdout.write(actions.link(user))

    def _place(self, name: str | None) -> Team:
        authorities = Team.objects.filter(kind=TeamKind.AUTHORITY)
        found = authorities.filter(name=name) if name else authorities
        if len(found) == 1:
            return found[0]
        if name and not authorities.exists():
            return Team.objects.create(name=name, kind=TeamKind.AUTHORITY)
        known = ", ".join(str(place) for place in authorities) or "none yet"
        raise CommandError(f"Say which with --authority. There are: {known}.")
