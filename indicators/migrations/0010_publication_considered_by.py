"""A publication says itself which committee it was for, as it was signed."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0009_publications"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="publication",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="publication",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="publication",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="publication",
            name="considered_by",
            field=models.CharField(
                blank=True,
                help_text="The committee, and its day.",
                max_length=250,
                verbose_name="for consideration by",
            ),
        ),
        migrations.AddField(
            model_name="publicationevent",
            name="considered_by",
            field=models.CharField(
                blank=True,
                help_text="The committee, and its day.",
                max_length=250,
                verbose_name="for consideration by",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "indicators_publicationevent" ("approved_by_id", "as_at", "considered_by", "digest", "id", "known_at", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile", "published_at", "report_id", "signed_at", "signed_by_id", "title", "version") VALUES (NEW."approved_by_id", NEW."as_at", NEW."considered_by", NEW."digest", NEW."id", NEW."known_at", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."profile", NEW."published_at", NEW."report_id", NEW."signed_at", NEW."signed_by_id", NEW."title", NEW."version"); RETURN NULL;',
                    hash="17e475d37831927ccada8185791860865b5d9b9c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5f12d",
                    table="indicators_publication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "indicators_publicationevent" ("approved_by_id", "as_at", "considered_by", "digest", "id", "known_at", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile", "published_at", "report_id", "signed_at", "signed_by_id", "title", "version") VALUES (NEW."approved_by_id", NEW."as_at", NEW."considered_by", NEW."digest", NEW."id", NEW."known_at", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."profile", NEW."published_at", NEW."report_id", NEW."signed_at", NEW."signed_by_id", NEW."title", NEW."version"); RETURN NULL;',
                    hash="d66d71a1024a31eb4f37817b4b2e7c31ac1b996c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_4369f",
                    table="indicators_publication",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="publication",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "indicators_publicationevent" ("approved_by_id", "as_at", "considered_by", "digest", "id", "known_at", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "profile", "published_at", "report_id", "signed_at", "signed_by_id", "title", "version") VALUES (OLD."approved_by_id", OLD."as_at", OLD."considered_by", OLD."digest", OLD."id", OLD."known_at", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."profile", OLD."published_at", OLD."report_id", OLD."signed_at", OLD."signed_by_id", OLD."title", OLD."version"); RETURN NULL;',
                    hash="ef865af760fe25ebff65a7376311e6a458223d3a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_ec6fc",
                    table="indicators_publication",
                    when="AFTER",
                ),
            ),
        ),
    ]
