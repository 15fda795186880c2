from pathlib import Path

from django.db import migrations, models

from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("workforce", "0003_calendar_follows_bank_holidays")]
    operations = [
        from_file(SQL / "post_stretch.sql", undo="DROP VIEW workforce_poststretch"),
        migrations.CreateModel(
            name="PostStretch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fte", models.DecimalField(decimal_places=6, max_digits=8)),
                ("since", models.DateField()),
                ("until", models.DateField()),
            ],
            options={"db_table": "workforce_poststretch", "managed": False},
        ),
    ]
