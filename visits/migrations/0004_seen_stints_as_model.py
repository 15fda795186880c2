from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0003_facts_across"),
    ]

    operations = [
        migrations.CreateModel(
            name="SeenStint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("anchor_on", models.DateField()),
                ("recent", models.BooleanField()),
                ("began_on", models.DateField()),
                ("ended_on", models.DateField()),
            ],
            options={
                "db_table": "visits_seenstint",
                "managed": False,
            },
        ),
    ]
