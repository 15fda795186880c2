from pathlib import Path

from django.db import migrations

from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"
UNDO = """
    DELETE FROM referrals_tie WHERE source = 'ehcp_tied';
    DROP TRIGGER ehcp_tied_insert ON referrals_involvement;
    DROP TRIGGER ehcp_tied_update ON referrals_involvement;
    DROP TRIGGER ehcp_tied_delete ON referrals_involvement;
    DROP TRIGGER ehcp_tied_insert ON ehcp_request;
    DROP TRIGGER ehcp_tied_update ON ehcp_request;
    DROP TRIGGER ehcp_tied_delete ON ehcp_request;
    DROP VIEW ehcp_tied;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ehcp", "0003_open_stretch"),
        ("referrals", "0005_who_may_see"),
    ]
    operations = [from_file(SQL / "ties.sql", undo=UNDO)]
