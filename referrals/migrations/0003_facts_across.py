from django.db import migrations, models

import config.crossing


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0002_holding"),
        ("workforce", "0002_facts_across"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="assessment",
            constraint=config.crossing.Across(
                holds="NOT referral.entered_here OR here.started_on >= referral.received_on",
                name="assessment_after_referral",
                violation_error_message="An assessment cannot start before the referral was received.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=config.crossing.Across(
                holds="NOT referral.entered_here OR GREATEST(here.started_on, here.completed_on) <= referral.closed_on",
                name="assessment_before_closure",
                violation_error_message="An assessment cannot go on after the case was closed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=config.crossing.Across(
                holds="NOT referral.entered_here OR NOT referral.no_further_action",
                name="assessment_needs_action",
                violation_error_message="No further action was taken on this referral, so that nothing was assessed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="child",
            constraint=config.crossing.Across(
                holds="authority.kind = 'authority'",
                name="child_authority_is_root",
                violation_error_message="Choose an authority, not one of its services or teams.",
            ),
        ),
        migrations.AddConstraint(
            model_name="involvement",
            constraint=config.crossing.Across(
                holds="COALESCE(team.authority_id, team.id) = child.authority_id",
                name="involvement_team_in_authority",
                violation_error_message="Choose a team of the child's own authority.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=config.crossing.Across(
                holds="COALESCE(team.authority_id, team.id) = child.authority_id",
                name="referral_team_in_authority",
                violation_error_message="Choose a team of the child's own authority.",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=config.crossing.Across(
                holds="NOT here.entered_here OR here.received_on >= child.born_on - 280",
                name="referral_near_birth",
                violation_error_message="A child cannot be referred more than 40 weeks before the date of birth.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="child",
            name="child_reference_once",
            constraint=models.UniqueConstraint(
                fields=("authority", "reference"),
                name="child_reference_once",
                violation_error_message="Another child has this case reference.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="referral",
            name="referral_reference_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("child", "reference"),
                name="referral_reference_once",
                violation_error_message="Another referral of this child has this reference.",
            ),
        ),
    ]
