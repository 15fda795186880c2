"""Facts that every record of a child shares with the child, each written once."""

import pgtrigger

from config.crossing import Across

FOLLOW_MERGES = "follow_merges"


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


def follows_merges() -> pgtrigger.Trigger:
    """What is stored for a child whose record was merged belongs to the record that stays.

    A form may have been opened before the merge, and be sent during it: whoever stores a record
    waits for the child's row, and only then reads where it leads.
    """
    return pgtrigger.Trigger(
        name=FOLLOW_MERGES,
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("child_id"),
        declare=[("survivor", "bigint")],
        func="""
            LOOP
                SELECT merged_into_id INTO survivor FROM referrals_child
                WHERE id = NEW.child_id FOR NO KEY UPDATE;
                EXIT WHEN survivor IS NULL;
                NEW.child_id := survivor;
            END LOOP;
            RETURN NEW;
        """,
    )
