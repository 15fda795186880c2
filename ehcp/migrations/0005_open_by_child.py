from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
BEFORE = [SQL / "open_spell.sql", SQL / "0003_open_stretch.sql"]


class Migration(migrations.Migration):
    dependencies = [("ehcp", "0004_ties")]
    operations = [
        migrations.RunSQL(
            (SQL / "0005_open_by_child.sql").read_text(encoding="utf-8"),
            "DROP VIEW ehcp_openstretch, ehcp_openspell;"
            + "".join(path.read_text(encoding="utf-8") for path in BEFORE),
        ),
    ]
