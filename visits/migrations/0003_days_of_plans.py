from pathlib import Path

from django.db import migrations, models

from config.sql import replaced

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("visits", "0002_views")]
    operations = [
        replaced(
            SQL / "0002_spells_and_stints.sql",
            "visits_planstint, visits_visitdue, visits_visitspell",
            by=SQL / "0003_days_of_plans.sql",
            which="visits_planday, visits_visitdue, visits_visitspell",
        ),
        migrations.DeleteModel("PlanStint"),
        migrations.CreateModel(
            name="PlanDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("anchor_on", models.DateField()),
                ("expected", models.BooleanField()),
                ("recent", models.BooleanField()),
            ],
            options={"db_table": "visits_planday", "managed": False},
        ),
    ]
