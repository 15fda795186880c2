from pathlib import Path

from django.db import migrations

from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"
UNDO = """
    DELETE FROM referrals_tie WHERE source = 'visits_tied';
    DROP TRIGGER visits_tied_insert ON referrals_involvement;
    DROP TRIGGER visits_tied_update ON referrals_involvement;
    DROP TRIGGER visits_tied_delete ON referrals_involvement;
    DROP TRIGGER visits_tied_insert ON visits_protectionplan;
    DROP TRIGGER visits_tied_update ON visits_protectionplan;
    DROP TRIGGER visits_tied_delete ON visits_protectionplan;
    DROP VIEW visits_tied;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0004_visit_recorded_on"),
        ("referrals", "0005_who_may_see"),
    ]
    operations = [from_file(SQL / "ties.sql", undo=UNDO)]
