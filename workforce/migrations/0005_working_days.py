from pathlib import Path

from django.db import migrations

from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("workforce", "0004_post_stretch")]
    operations = [from_file(SQL / "working_days.sql", undo="DROP VIEW workforce_workingdays;")]
