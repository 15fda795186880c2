from django.db import migrations, models

import config.crossing


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0003_facts_across"),
        ("visits", "0002_visit_due"),
        ("workforce", "0002_facts_across"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=config.crossing.Across(
                holds="COALESCE(team.authority_id, team.id) = child.authority_id",
                name="protection_team_in_authority",
                violation_error_message="Choose a team of the child's own authority.",
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionplan",
            constraint=config.crossing.Across(
                holds="NOT here.entered_here OR here.started_on >= child.born_on - 280",
                name="protection_near_birth",
                violation_error_message="A plan cannot start more than 40 weeks before the date of birth.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=config.crossing.Across(
                holds="here.visited_on >= plan.started_on AND here.visited_on <= plan.ended_on",
                name="visit_within_plan",
                violation_error_message="A visit must lie between the start and the end of its plan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitstandard",
            constraint=config.crossing.Across(
                holds="authority.kind = 'authority'",
                name="visit_standard_authority_is_root",
                violation_error_message="Choose an authority, not one of its services or teams.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="protectionplan",
            name="protection_reference_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("child", "reference"),
                name="protection_reference_once",
                violation_error_message="Another plan of this child has this reference.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="visit",
            name="visit_reference_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("plan", "reference"),
                name="visit_reference_once",
                violation_error_message="Another visit under this plan has this reference.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="visitstandard",
            name="visit_standard_once",
            constraint=models.UniqueConstraint(
                fields=("authority", "valid_from"),
                name="visit_standard_once",
                violation_error_message="The authority already has a standard from that day.",
            ),
        ),
    ]
