"""Facts that every record of a child shares with the child, each written once."""

from config.crossing import Across


def team_in_authority(name: str) -> Across:
    """The record's team belongs to the authority that knows the child."""
    return Across(
        name=name,
        holds="COALESCE(team.authority_id, team.id) = child.authority_id",
        violation_error_message="Choose a team of the child's own authority.",
    )


def near_birth(name: str, day: str, message: str) -> Across:
    """What is entered here begins no more than 40 weeks before the child's date of birth."""
    return Across(
        name=name,
        holds=f"NOT here.entered_here OR here.{day} >= child.born_on - 280",
        violation_error_message=message,
    )
