from django.db import migrations, models

import config.crossing


class Migration(migrations.Migration):
    dependencies = [
        ("ehcp", "0002_open_spell"),
        ("referrals", "0003_facts_across"),
        ("workforce", "0002_facts_across"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="decision",
            constraint=config.crossing.Across(
                holds="request.historical OR here.decided_on >= request.received_on",
                name="decision_after_request",
                violation_error_message="A decision cannot be made before the request was received.",
            ),
        ),
        migrations.AddConstraint(
            model_name="permittedexception",
            constraint=config.crossing.Across(
                holds="request.historical OR here.noted_on >= request.received_on",
                name="exception_after_request",
                violation_error_message="An exception cannot be noted before the request was received.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=config.crossing.Across(
                holds="request.historical OR here.issued_on >= request.received_on",
                name="plan_after_request",
                violation_error_message="A plan cannot be issued before the request was received.",
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=config.crossing.Across(
                holds="COALESCE(team.authority_id, team.id) = child.authority_id",
                name="request_team_in_authority",
                violation_error_message="Choose a team of the child's own authority.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="permittedexception",
            name="exception_ground_once",
            constraint=models.UniqueConstraint(
                fields=("request", "ground"),
                name="exception_ground_once",
                violation_error_message="This ground is already recorded for the request.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="request",
            name="request_reference_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("child", "reference"),
                name="request_reference_once",
                violation_error_message="Another request for this child has this reference.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="timelimit",
            name="time_limit_once",
            constraint=models.UniqueConstraint(
                fields=("step", "valid_from"),
                name="time_limit_once",
                violation_error_message="This step already has a time limit from that day.",
            ),
        ),
    ]
