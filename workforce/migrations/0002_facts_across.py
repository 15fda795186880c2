from django.db import migrations, models

import config.crossing


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0001_records"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="assignment",
            constraint=config.crossing.Across(
                holds="here.started_on >= employment.started_on AND here.started_on < employment.left_on AND here.ended_on <= employment.left_on",
                name="assignment_within_employment",
                violation_error_message="A team and hours begin while the worker is in post, and end no later.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=config.crossing.Across(
                holds="COALESCE(team.authority_id, team.id) = employment__worker.authority_id",
                name="assignment_team_in_authority",
                violation_error_message="Choose a team of the worker's own authority.",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=config.crossing.Across(
                holds="parent.kind = 'authority' OR (here.kind = 'team' AND parent.kind = 'service')",
                name="team_below_parent",
                violation_error_message="A service belongs to an authority, and a team to a service or an authority.",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=config.crossing.Across(
                holds="here.authority_id = COALESCE(parent.authority_id, parent.id)",
                name="team_in_authority_of_parent",
                violation_error_message="Choose the authority that the parent belongs to.",
            ),
        ),
        migrations.AddConstraint(
            model_name="worker",
            constraint=config.crossing.Across(
                holds="authority.kind = 'authority'",
                name="worker_authority_is_root",
                violation_error_message="Choose an authority, not one of its services or teams.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="team",
            name="team_code_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "authority"), models.Q(("code", ""), _negated=True)),
                fields=("code",),
                name="team_code_once",
                violation_error_message="Another authority has this number.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="vacancy",
            name="vacancy_reference_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("team", "reference"),
                name="vacancy_reference_once",
                violation_error_message="Another vacancy of this team has this reference.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="worker",
            name="worker_registration_number_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("registration_number", ""), _negated=True),
                fields=("authority", "registration_number"),
                name="worker_registration_number_once",
                violation_error_message="Another worker has this registration number.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="worker",
            name="worker_reference_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("authority", "reference"),
                name="worker_reference_once",
                violation_error_message="Another worker has this reference.",
            ),
        ),
    ]
