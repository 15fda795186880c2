from pathlib import Path

from django.db import migrations, models

from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0004_seen_stints_as_model"),
        ("workforce", "0005_working_days"),
    ]
    operations = [
        migrations.RunSQL(
            "DROP VIEW visits_seenstint, visits_visitdue, visits_visitspell;",
            (SQL / "visit_due_views.sql").read_text(encoding="utf-8"),
        ),
        migrations.DeleteModel(name="SeenStint"),
        migrations.DeleteModel(name="VisitSpell"),
        migrations.CreateModel(
            name="PlanHistory",
            fields=[
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=models.DO_NOTHING,
                        primary_key=True,
                        related_name="history",
                        serialize=False,
                        to="visits.protectionplan",
                    ),
                ),
                ("born_on", models.DateField(null=True)),
            ],
            options={"db_table": "visits_planhistory", "managed": False},
        ),
        migrations.CreateModel(
            name="PlanStint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=6)),
                ("recent", models.BooleanField(null=True)),
                ("anchor_on", models.DateField()),
                ("since", models.DateField()),
                ("until", models.DateField()),
            ],
            options={"db_table": "visits_planstint", "managed": False},
        ),
        from_file(
            SQL / "visit_due_by_plan.sql",
            undo="DROP VIEW visits_planstint, visits_visitdue, visits_visitspell, visits_planhistory;",
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(
                fields=["plan", "visited_on"],
                condition=models.Q(qualifies=True),
                name="visit_plan_qualifying",
            ),
        ),
    ]
