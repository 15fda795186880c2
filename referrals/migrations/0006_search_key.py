from pathlib import Path

import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0005_who_may_see"),
        ("workforce", "0005_appointments"),
    ]

    operations = [
        from_file(
            SQL / "search_key.sql",
            undo="DROP FUNCTION referrals_trigrams, referrals_search_key, referrals_folded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="child",
            name="update_update",
        ),
        migrations.AddField(
            model_name="child",
            name="search_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func("first_name", "last_name", function="referrals_search_key"),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            model_name="child",
            index=models.Index(
                condition=models.Q(("upn", ""), _negated=True), fields=["upn"], name="child_upn"
            ),
        ),
        migrations.AddIndex(
            model_name="child",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func("search_key", function="referrals_trigrams"), name="child_trigrams"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="child",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."born_on" IS DISTINCT FROM (NEW."born_on") OR OLD."died_on" IS DISTINCT FROM (NEW."died_on") OR OLD."disabilities" IS DISTINCT FROM (NEW."disabilities") OR OLD."ethnicity" IS DISTINCT FROM (NEW."ethnicity") OR OLD."expected_on" IS DISTINCT FROM (NEW."expected_on") OR OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."upn" IS DISTINCT FROM (NEW."upn") OR OLD."upn_unknown" IS DISTINCT FROM (NEW."upn_unknown"))',
                    func='INSERT INTO "referrals_childevent" ("address", "authority_id", "born_on", "died_on", "disabilities", "ethnicity", "expected_on", "family_id", "first_name", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "reference", "sex", "upn", "upn_unknown") VALUES (NEW."address", NEW."authority_id", NEW."born_on", NEW."died_on", NEW."disabilities", NEW."ethnicity", NEW."expected_on", NEW."family_id", NEW."first_name", NEW."id", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."reference", NEW."sex", NEW."upn", NEW."upn_unknown"); RETURN NULL;',
                    hash="7c78247dd92d56684b16c83258d5899afc19ead9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_98acc",
                    table="referrals_child",
                    when="AFTER",
                ),
            ),
        ),
    ]
