from pathlib import Path

from django.db import migrations

from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("ehcp", "0001_records")]
    operations = [
        from_file(SQL / "open_spell.sql", undo="DROP VIEW ehcp_openspell"),
    ]
