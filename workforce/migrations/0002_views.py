from pathlib import Path

from django.db import migrations

from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("workforce", "0001_records")]
    operations = [
        from_file(SQL / "working_days.sql", undo="DROP VIEW workforce_workingdays"),
        from_file(SQL / "post_stretch.sql", undo="DROP VIEW workforce_poststretch"),
    ]
