from pathlib import Path

from django.db import migrations

from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_records"), ("workforce", "0002_views")]
    operations = [
        from_file(
            SQL / "visit_due.sql",
            undo="DROP VIEW visits_planhistory; DROP FUNCTION visits_due_across; DROP FUNCTION visits_as_at;"
            " DROP VIEW visits_standardspan;",
        ),
        from_file(
            SQL / "0002_spells_and_stints.sql",
            undo="DROP VIEW visits_planstint, visits_visitdue, visits_visitspell",
        ),
    ]
