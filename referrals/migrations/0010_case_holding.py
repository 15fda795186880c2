from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0009_emergency_access")]
    operations = [
        migrations.RunSQL(
            (SQL / "0010_case_holding.sql").read_text(encoding="utf-8"),
            (SQL / "holding.sql")
            .read_text(encoding="utf-8")
            .replace("CREATE", "CREATE OR REPLACE"),
        ),
    ]
