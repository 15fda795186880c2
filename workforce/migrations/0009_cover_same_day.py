from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0008_submissions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="cover",
            name="cover_until_after_since",
        ),
        migrations.AddConstraint(
            model_name="cover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="cover_until_after_since",
                violation_error_message="The cover cannot end before the day it begins.",
            ),
        ),
    ]
