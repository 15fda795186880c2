import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import config.crossing
import config.permanence


class Migration(migrations.Migration):
    replaces = [
        ("indicators", "0001_figures"),
        ("indicators", "0002_settled"),
        ("indicators", "0003_distributions"),
        ("indicators", "0004_by_month"),
        ("indicators", "0005_set_beside_figures"),
        ("indicators", "0006_annotations"),
        ("indicators", "0007_last_event"),
        ("indicators", "0008_reports"),
        ("indicators", "0009_publications"),
        ("indicators", "0010_publication_considered_by"),
        ("indicators", "0011_promises"),
    ]

    initial = True

    dependencies = [
        ("ehcp", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("referrals", "0001_initial"),
        ("visits", "0001_initial"),
        ("workforce", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="WatchedTeam",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("workforce.team",),
        ),
        migrations.CreateModel(
            name="WatchedChild",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("referrals.child",),
        ),
        migrations.CreateModel(
            name="WatchedReferral",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("referrals.referral",),
        ),
        migrations.CreateModel(
            name="WatchedInvolvement",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("referrals.involvement",),
        ),
        migrations.CreateModel(
            name="WatchedRequest",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("ehcp.request",),
        ),
        migrations.CreateModel(
            name="WatchedDecision",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("ehcp.decision",),
        ),
        migrations.CreateModel(
            name="WatchedPlan",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("ehcp.plan",),
        ),
        migrations.CreateModel(
            name="WatchedPermittedException",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("ehcp.permittedexception",),
        ),
        migrations.CreateModel(
            name="WatchedTimeLimit",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("ehcp.timelimit",),
        ),
        migrations.CreateModel(
            name="WatchedProtectionPlan",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("visits.protectionplan",),
        ),
        migrations.CreateModel(
            name="WatchedVisit",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("visits.visit",),
        ),
        migrations.CreateModel(
            name="WatchedVisitStandard",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("visits.visitstandard",),
        ),
        migrations.CreateModel(
            name="WatchedWorker",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("workforce.worker",),
        ),
        migrations.CreateModel(
            name="WatchedEmployment",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("workforce.employment",),
        ),
        migrations.CreateModel(
            name="WatchedAssignment",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("workforce.assignment",),
        ),
        migrations.CreateModel(
            name="WatchedVacancy",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("workforce.vacancy",),
        ),
        migrations.CreateModel(
            name="WatchedBankHoliday",
            fields=[],
            options={
                "proxy": True,
            },
            bases=("workforce.bankholiday",),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedteam",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM (SELECT id, authority_id, parent_id FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT COALESCE(changed.authority_id, changed.id) AS authority_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'ehcp', 'visits', 'workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="b1faeccf3bf72b86274165d2dc9f230c62e6fc13",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_2c9a8",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="workforce_team",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedteam",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM ((SELECT id, authority_id, parent_id FROM old_rows EXCEPT ALL SELECT id, authority_id, parent_id FROM new_rows) UNION ALL (SELECT id, authority_id, parent_id FROM new_rows EXCEPT ALL SELECT id, authority_id, parent_id FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT COALESCE(changed.authority_id, changed.id) AS authority_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'ehcp', 'visits', 'workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="ba39b6f77c3f0c2c7dcc02b52b02767e4e6fb564",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_d9f15",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="workforce_team",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedchild",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM (SELECT id, authority_id, born_on FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT changed.authority_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'ehcp', 'visits', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="b925a4b6e15988f037ffb068741e1a9e0c045f30",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_9a308",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="referrals_child",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedchild",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM ((SELECT id, authority_id, born_on FROM old_rows EXCEPT ALL SELECT id, authority_id, born_on FROM new_rows) UNION ALL (SELECT id, authority_id, born_on FROM new_rows EXCEPT ALL SELECT id, authority_id, born_on FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT changed.authority_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'ehcp', 'visits', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="5955ab9eba3328870edb13a1ae9af6c15526c94f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_aafe0",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="referrals_child",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedreferral",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.received_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals']) AS family;\n            RETURN NULL;\n        ",
                    hash="c9bbc1a1ff77c27578e98d1b87fc1781e202dd7a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_03802",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="referrals_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedreferral",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.received_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals']) AS family;\n            RETURN NULL;\n        ",
                    hash="703092285f761da31c9c9dc1be859b6ffb1d640c",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_48dd3",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="referrals_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedreferral",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.received_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals']) AS family;\n            RETURN NULL;\n        ",
                    hash="ffac3b1c282fbf731fc3a693b04765d1ec31c27e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_98f4a",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="referrals_referral",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedinvolvement",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.started_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'ehcp', 'visits', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="829458037fa9d31f5477c278f03a897eae191237",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_0f7a6",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="referrals_involvement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedinvolvement",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.started_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'ehcp', 'visits', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="728c0458791e05f1ccebb57f5c900a6a3133fa76",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_171d5",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="referrals_involvement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedinvolvement",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.started_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'ehcp', 'visits', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="7ac0f03f9453f1a0467c9d57b73ea62cfaa9aa54",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_64599",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="referrals_involvement",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.received_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="a10c6a9b6a5f44c61ea07b218a64034215d9cb9d",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_18885",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="ehcp_request",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.received_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="832d60c6e79bede8932523b2b77711cc554167b9",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_836d5",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="ehcp_request",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.received_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="e49da152b020063112ca6a4cd5e78f0bf436ec17",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_1c368",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="ehcp_request",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watcheddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.received_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id, request.received_on FROM ehcp_request request JOIN referrals_child child ON child.id = request.child_id WHERE request.id = changed.request_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="3574775b73f644b6e982a77a852a427421d07f98",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_80ccc",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="ehcp_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watcheddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.received_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id, request.received_on FROM ehcp_request request JOIN referrals_child child ON child.id = request.child_id WHERE request.id = changed.request_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="81beb7ee681573cb04f10ad2f10cb5df9b32f076",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_2decf",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="ehcp_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watcheddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.received_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id, request.received_on FROM ehcp_request request JOIN referrals_child child ON child.id = request.child_id WHERE request.id = changed.request_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="2d72f98d788821cbf7c0489d21c6b1f53e23e747",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_a3694",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="ehcp_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedplan",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.received_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id, request.received_on FROM ehcp_request request JOIN referrals_child child ON child.id = request.child_id WHERE request.id = changed.request_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="4373eebad9f5a6f1f262deb0c938d3419a68c8d8",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_13a1a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="ehcp_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedplan",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.received_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id, request.received_on FROM ehcp_request request JOIN referrals_child child ON child.id = request.child_id WHERE request.id = changed.request_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="2e2f5283b4689c70875b801824b72ade5cdcb6f8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_7542c",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="ehcp_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedplan",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.received_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id, request.received_on FROM ehcp_request request JOIN referrals_child child ON child.id = request.child_id WHERE request.id = changed.request_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="189f192afec9ddbca0e4ad6762d586130e74a081",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_b0200",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="ehcp_plan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedpermittedexception",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.received_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id, request.received_on FROM ehcp_request request JOIN referrals_child child ON child.id = request.child_id WHERE request.id = changed.request_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="4f98a7bd0f0151423a09ece0f0747da35a3bff24",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_111af",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="ehcp_permittedexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedpermittedexception",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.received_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id, request.received_on FROM ehcp_request request JOIN referrals_child child ON child.id = request.child_id WHERE request.id = changed.request_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="ba4d6d6efc7d0c7e9cb9d5355eb550dbe6e61a5b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_f80b5",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="ehcp_permittedexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedpermittedexception",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.received_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id, request.received_on FROM ehcp_request request JOIN referrals_child child ON child.id = request.child_id WHERE request.id = changed.request_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="f6913334882bcf4c278341a1e734759430eb47db",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_8fe57",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="ehcp_permittedexception",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedtimelimit",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT team.id AS authority_id FROM workforce_team team WHERE team.kind = 'authority' OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="b59d8684359745be24db08585fdbce05d5d80933",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_5c696",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="ehcp_timelimit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedtimelimit",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT team.id AS authority_id FROM workforce_team team WHERE team.kind = 'authority' OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="7155559ef7806cb3eb0b0f47d93699cd28b386b4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_20273",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="ehcp_timelimit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedtimelimit",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT team.id AS authority_id FROM workforce_team team WHERE team.kind = 'authority' OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['ehcp']) AS family;\n            RETURN NULL;\n        ",
                    hash="1de7decb5dceb039338c22694826340a7d38aa4c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_ea1f6",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="ehcp_timelimit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedprotectionplan",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.started_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="8044dca517e76b8c0d32b0b9a19da1b58252d84f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_97cad",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="visits_protectionplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedprotectionplan",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.started_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="66f46799e3e3ff42180a3fb0b18829f20252f275",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_d0b0a",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="visits_protectionplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedprotectionplan",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.started_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM referrals_child child WHERE child.id = changed.child_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="10b146904110137173906e677151eb1213e9550f",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_3f728",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="visits_protectionplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedvisit",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.visited_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM visits_protectionplan plan JOIN referrals_child child ON child.id = plan.child_id WHERE plan.id = changed.plan_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="4d629088921aa3d57f83a185453ab7589e6f3749",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_1a0cf",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="visits_visit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedvisit",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.visited_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM visits_protectionplan plan JOIN referrals_child child ON child.id = plan.child_id WHERE plan.id = changed.plan_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="b58240fc6c50259359bce90e416e8f3efa0711d1",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_dca2e",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="visits_visit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedvisit",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.visited_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT child.authority_id FROM visits_protectionplan plan JOIN referrals_child child ON child.id = plan.child_id WHERE plan.id = changed.plan_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="b731c487b74b91fb8d55a27f1a155ec8eb9158eb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_e0eaf",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="visits_visit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedvisitstandard",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT changed.authority_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="ff320c0810529396b7b5e75dcb6261abe1a9fcbf",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_cda1a",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="visits_visitstandard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedvisitstandard",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT changed.authority_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="b59d76f504d4bb7617b3d9e73151038eb7d1328e",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_1d7f3",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="visits_visitstandard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedvisitstandard",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT changed.authority_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="f88da1844914da3924afe0adbcc7ab8c4a31fe98",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_149a0",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="visits_visitstandard",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedworker",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM (SELECT id, authority_id, registered FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT changed.authority_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="eebaea0aa20ec5cbf652d6f2842df89c237d6828",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_92ac8",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="workforce_worker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedworker",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM ((SELECT id, authority_id, registered FROM old_rows EXCEPT ALL SELECT id, authority_id, registered FROM new_rows) UNION ALL (SELECT id, authority_id, registered FROM new_rows EXCEPT ALL SELECT id, authority_id, registered FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT changed.authority_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="a890d11d6a5bde8cda56530301e2e47bad74bf6e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_7cc27",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="workforce_worker",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedemployment",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.started_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT worker.authority_id FROM workforce_worker worker WHERE worker.id = changed.worker_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="e301cee1967ff44fb2d796e80dc6f34dce66230f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_db0d0",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="workforce_employment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedemployment",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.started_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT worker.authority_id FROM workforce_worker worker WHERE worker.id = changed.worker_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="eac996f91e02f437c84ee039474f2e3ff695057d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_524c3",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="workforce_employment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedemployment",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.started_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT worker.authority_id FROM workforce_worker worker WHERE worker.id = changed.worker_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="b0a4c53823e12d27c975fef3dd7b95c06d729e7b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_c2466",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="workforce_employment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.started_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT worker.authority_id, employment.started_on FROM workforce_employment employment JOIN workforce_worker worker ON worker.id = employment.worker_id WHERE employment.id = changed.employment_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="0fe43cc3c9bb91cab35be6eb843f575a00ce5be2",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_9df14",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="workforce_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.started_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT worker.authority_id, employment.started_on FROM workforce_employment employment JOIN workforce_worker worker ON worker.id = employment.worker_id WHERE employment.id = changed.employment_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="9f723515ab67f05987f0ea33cc1fdd98094e576f",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_46850",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="workforce_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedassignment",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(home.started_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT worker.authority_id, employment.started_on FROM workforce_employment employment JOIN workforce_worker worker ON worker.id = employment.worker_id WHERE employment.id = changed.employment_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce', 'caseload']) AS family;\n            RETURN NULL;\n        ",
                    hash="30486e24121aa239e91bdb9a09f9aba6adbbaa9b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_c95b4",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="workforce_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedvacancy",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.opened_on) AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT COALESCE(team.authority_id, team.id) AS authority_id FROM workforce_team team WHERE team.id = changed.team_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce']) AS family;\n            RETURN NULL;\n        ",
                    hash="4dfaa7d240526a726060ce29a94ce0119940d7c7",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_2df3d",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="workforce_vacancy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedvacancy",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.opened_on) AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT COALESCE(team.authority_id, team.id) AS authority_id FROM workforce_team team WHERE team.id = changed.team_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce']) AS family;\n            RETURN NULL;\n        ",
                    hash="cb51d741d83446a5c88959d9a215b83d09e2d069",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_51a53",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="workforce_vacancy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedvacancy",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(changed.opened_on) AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT COALESCE(team.authority_id, team.id) AS authority_id FROM workforce_team team WHERE team.id = changed.team_id OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['workforce']) AS family;\n            RETURN NULL;\n        ",
                    hash="99fbe489d141d92ca8bee33b5d06d576131f3a40",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_b4d9d",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="workforce_vacancy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedbankholiday",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM (SELECT * FROM new_rows) changed\n                CROSS JOIN LATERAL (SELECT team.id AS authority_id FROM workforce_team team WHERE team.kind = 'authority' OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="97fec3e755a56faaa2ba4b2cfa711eb8832279bb",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_outbox_insert_d1ac7",
                    referencing="REFERENCING NEW TABLE AS new_rows ",
                    table="workforce_bankholiday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedbankholiday",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM (SELECT * FROM old_rows) changed\n                CROSS JOIN LATERAL (SELECT team.id AS authority_id FROM workforce_team team WHERE team.kind = 'authority' OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="5c9abe2ebbff366e00905f0ec7ad68e02e2ffc81",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_outbox_delete_b16ce",
                    referencing="REFERENCING OLD TABLE AS old_rows ",
                    table="workforce_bankholiday",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedbankholiday",
            trigger=pgtrigger.compiler.Trigger(
                name="outbox_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            INSERT INTO indicators_outbox (family, authority_id, since, at)\n            SELECT family, touched.authority_id, touched.since, clock_timestamp()\n            FROM (\n                SELECT home.authority_id, min(DATE '1900-01-01') AS since\n                FROM ((SELECT * FROM old_rows EXCEPT ALL SELECT * FROM new_rows) UNION ALL (SELECT * FROM new_rows EXCEPT ALL SELECT * FROM old_rows)) changed\n                CROSS JOIN LATERAL (SELECT team.id AS authority_id FROM workforce_team team WHERE team.kind = 'authority' OFFSET 0) home\n                GROUP BY home.authority_id\n            ) touched\n            CROSS JOIN unnest(ARRAY['referrals', 'visits']) AS family;\n            RETURN NULL;\n        ",
                    hash="6e332cffea0ccb59108e57d399d3fd2c5c4d263e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_outbox_update_e3170",
                    referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                    table="workforce_bankholiday",
                    when="AFTER",
                ),
            ),
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="annotations",
                        to="workforce.team",
                    ),
                ),
                (
                    "indicator",
                    models.CharField(
                        blank=True, help_text="Leave it empty for every indicator.", max_length=60
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="day")),
                ("words", models.CharField(max_length=120, verbose_name="what happened")),
                (
                    "new_baseline",
                    models.BooleanField(
                        default=False, help_text="Limits are worked out anew from this day on."
                    ),
                ),
                (
                    "why",
                    models.CharField(blank=True, max_length=300, verbose_name="why a new baseline"),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "noted_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "ordering": ["happened_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("happened_on__isnull", True),
                            models.Q(
                                ("happened_on__gte", datetime.date(1900, 1, 1)),
                                ("happened_on__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="annotation_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("noted_at__isnull", True),
                            models.Q(
                                (
                                    "noted_at__gte",
                                    datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                ),
                                (
                                    "noted_at__lt",
                                    datetime.datetime(2200, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="annotation_moment_plausible",
                        violation_error_message="Enter a real date and time, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="annotation_says_something",
                        violation_error_message="Say what happened.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("new_baseline", True), models.Q(("why", ""), _negated=True)),
                            models.Q(("new_baseline", False), ("why", "")),
                            _connector="OR",
                        ),
                        name="annotation_baseline_and_why",
                        violation_error_message="Say why a new baseline begins, and say it only where one does.",
                    ),
                    models.UniqueConstraint(
                        fields=("place", "indicator", "happened_on", "words"),
                        name="annotation_once",
                        violation_error_message="This is noted for that day already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_annotationevent" ("happened_on", "id", "indicator", "new_baseline", "noted_at", "noted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "why", "words") VALUES (NEW."happened_on", NEW."id", NEW."indicator", NEW."new_baseline", NEW."noted_at", NEW."noted_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."why", NEW."words"); RETURN NULL;',
                            hash="a68b4c9e3627e6524aa4d5c478d13cffdb28652e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_45742",
                            table="indicators_annotation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_annotationevent" ("happened_on", "id", "indicator", "new_baseline", "noted_at", "noted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "why", "words") VALUES (NEW."happened_on", NEW."id", NEW."indicator", NEW."new_baseline", NEW."noted_at", NEW."noted_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."why", NEW."words"); RETURN NULL;',
                            hash="e8e00aab3e16d708e6b1db3340f6714a96a44a8f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e896a",
                            table="indicators_annotation",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_annotationevent" ("happened_on", "id", "indicator", "new_baseline", "noted_at", "noted_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "why", "words") VALUES (OLD."happened_on", OLD."id", OLD."indicator", OLD."new_baseline", OLD."noted_at", OLD."noted_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."why", OLD."words"); RETURN NULL;',
                            hash="5b6c710a43a37f5f31b99b14f6c6b9d823f91051",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8182b",
                            table="indicators_annotation",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnotationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.annotation",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "indicator",
                    models.CharField(
                        blank=True, help_text="Leave it empty for every indicator.", max_length=60
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="day")),
                ("words", models.CharField(max_length=120, verbose_name="what happened")),
                (
                    "new_baseline",
                    models.BooleanField(
                        default=False, help_text="Limits are worked out anew from this day on."
                    ),
                ),
                (
                    "why",
                    models.CharField(blank=True, max_length=300, verbose_name="why a new baseline"),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "noted_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Commentary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commentaries",
                        to="workforce.team",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("financial-year", "Financial year"),
                            ("calendar-year", "Calendar year"),
                            ("year-to-date", "Year to date"),
                            ("rolling-12", "Rolling 12 months"),
                        ],
                        max_length=14,
                    ),
                ),
                ("ending", models.DateField(help_text="The last day of the period.")),
                ("trend", models.TextField(blank=True, max_length=4000)),
                ("background", models.TextField(blank=True, max_length=4000)),
                ("action", models.TextField(blank=True, max_length=4000)),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "commentaries",
                "ordering": ["-ending", "indicator", "place"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "indicator", "period", "ending"),
                        name="commentary_once",
                        violation_error_message="There is a commentary on this figure already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "period__in",
                                [
                                    "month",
                                    "quarter",
                                    "financial-year",
                                    "calendar-year",
                                    "year-to-date",
                                    "rolling-12",
                                ],
                            )
                        ),
                        name="commentary_period_known",
                        violation_error_message="Choose a kind of period from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ending__isnull", True),
                            models.Q(
                                ("ending__gte", datetime.date(1900, 1, 1)),
                                ("ending__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="commentary_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("written_at__isnull", True),
                            models.Q(
                                (
                                    "written_at__gte",
                                    datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                ),
                                (
                                    "written_at__lt",
                                    datetime.datetime(2200, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="commentary_moment_plausible",
                        violation_error_message="Enter a real date and time, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("action", ""), ("background", ""), ("trend", ""), _negated=True
                        ),
                        name="commentary_says_something",
                        violation_error_message="Write something in at least one of the three parts.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_commentaryevent" ("action", "background", "ending", "id", "indicator", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "trend", "written_at", "written_by_id") VALUES (NEW."action", NEW."background", NEW."ending", NEW."id", NEW."indicator", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."trend", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="a26cd5d14806b95942f9310812003ccecf09e1fc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_35c52",
                            table="indicators_commentary",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_commentaryevent" ("action", "background", "ending", "id", "indicator", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "trend", "written_at", "written_by_id") VALUES (NEW."action", NEW."background", NEW."ending", NEW."id", NEW."indicator", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."trend", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="2d5c8caed8801d3f9a4545cfaa0effed96535e87",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a596e",
                            table="indicators_commentary",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_commentaryevent" ("action", "background", "ending", "id", "indicator", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "trend", "written_at", "written_by_id") VALUES (OLD."action", OLD."background", OLD."ending", OLD."id", OLD."indicator", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."trend", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                            hash="7ad0b0ba580ae577e039a400059acf9a8532d1e3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_cf2c1",
                            table="indicators_commentary",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommentaryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.commentary",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("financial-year", "Financial year"),
                            ("calendar-year", "Calendar year"),
                            ("year-to-date", "Year to date"),
                            ("rolling-12", "Rolling 12 months"),
                        ],
                        max_length=14,
                    ),
                ),
                ("ending", models.DateField(help_text="The last day of the period.")),
                ("trend", models.TextField(blank=True, max_length=4000)),
                ("background", models.TextField(blank=True, max_length=4000)),
                ("action", models.TextField(blank=True, max_length=4000)),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="workforce.team",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("national", "National"), ("local", "Local")],
                        max_length=8,
                        verbose_name="type",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(help_text="The first day of the first period that it is for."),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In the indicator’s unit. Leave it empty where there is no target any more.",
                        max_digits=9,
                        null=True,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Where it is set down, for example a plan or a regulation.",
                        max_length=200,
                    ),
                ),
            ],
            options={
                "ordering": ["authority", "indicator", "kind", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["national", "local"])),
                        name="target_kind_known",
                        violation_error_message="Choose a kind from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            models.Q(
                                ("valid_from__gte", datetime.date(1900, 1, 1)),
                                ("valid_from__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="target_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True),
                            models.Q(("value__gte", 0), ("value__lte", 1000000)),
                            _connector="OR",
                        ),
                        name="target_value_in_range",
                        violation_error_message="Enter a value between 0 and 1000000.",
                    ),
                    models.UniqueConstraint(
                        fields=("authority", "indicator", "kind", "valid_from"),
                        name="target_once",
                        violation_error_message="There is a target of this type from that day already.",
                    ),
                    config.crossing.Across(
                        holds="authority.kind = 'authority'",
                        name="target_authority_is_root",
                        violation_error_message="Choose an authority, not one of its services or teams.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_targetevent" ("authority_id", "id", "indicator", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "value") VALUES (NEW."authority_id", NEW."id", NEW."indicator", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."valid_from", NEW."value"); RETURN NULL;',
                            hash="076e17d5f8a68fb899123c3585e581f1563564f8",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_621f2",
                            table="indicators_target",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_targetevent" ("authority_id", "id", "indicator", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "value") VALUES (NEW."authority_id", NEW."id", NEW."indicator", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."valid_from", NEW."value"); RETURN NULL;',
                            hash="5b62295d688169867d60a6aa35b13520f4bef382",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_38da2",
                            table="indicators_target",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_targetevent" ("authority_id", "id", "indicator", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "valid_from", "value") VALUES (OLD."authority_id", OLD."id", OLD."indicator", OLD."kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source", OLD."valid_from", OLD."value"); RETURN NULL;',
                            hash="fe145785d15d163738dc87630c2974392c547ea3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fa56b",
                            table="indicators_target",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.target",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("national", "National"), ("local", "Local")],
                        max_length=8,
                        verbose_name="type",
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(help_text="The first day of the first period that it is for."),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In the indicator’s unit. Leave it empty where there is no target any more.",
                        max_digits=9,
                        null=True,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Where it is set down, for example a plan or a regulation.",
                        max_length=200,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promises",
                        to="workforce.team",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                ("value", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "due_on",
                    models.DateField(
                        help_text="The last day of the period that it is for.",
                        verbose_name="by when",
                    ),
                ),
                ("said_on", models.DateField(verbose_name="when it was said")),
                (
                    "source",
                    models.CharField(
                        help_text="For example a committee’s minutes.",
                        max_length=200,
                        verbose_name="where it was said",
                    ),
                ),
            ],
            options={
                "ordering": ["authority", "indicator", "due_on", "said_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("due_on__isnull", True),
                                models.Q(
                                    ("due_on__gte", datetime.date(1900, 1, 1)),
                                    ("due_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("said_on__isnull", True),
                                models.Q(
                                    ("said_on__gte", datetime.date(1900, 1, 1)),
                                    ("said_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="promise_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True),
                            ("due_on__gte", models.F("said_on")),
                            _connector="OR",
                        ),
                        name="promise_days_in_order",
                        violation_error_message="It is promised for a day before it was said.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("value__isnull", True),
                            models.Q(("value__gte", 0), ("value__lte", 1000000)),
                            _connector="OR",
                        ),
                        name="promise_value_in_range",
                        violation_error_message="Enter a value between 0 and 1000000.",
                    ),
                    models.UniqueConstraint(
                        fields=("authority", "indicator", "due_on", "said_on"),
                        name="promise_once",
                        violation_error_message="This promise is recorded already.",
                    ),
                    config.crossing.Across(
                        holds="authority.kind = 'authority'",
                        name="promise_authority_is_root",
                        violation_error_message="Choose an authority, not one of its services or teams.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_promiseevent" ("authority_id", "due_on", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_on", "source", "value") VALUES (NEW."authority_id", NEW."due_on", NEW."id", NEW."indicator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."said_on", NEW."source", NEW."value"); RETURN NULL;',
                            hash="808fd7c9f42267f1c093bf034824e151109989d6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a2198",
                            table="indicators_promise",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_promiseevent" ("authority_id", "due_on", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_on", "source", "value") VALUES (NEW."authority_id", NEW."due_on", NEW."id", NEW."indicator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."said_on", NEW."source", NEW."value"); RETURN NULL;',
                            hash="349cb8cc6f733f99085c8235506f20d1de6cc3e1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c25d7",
                            table="indicators_promise",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_promiseevent" ("authority_id", "due_on", "id", "indicator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_on", "source", "value") VALUES (OLD."authority_id", OLD."due_on", OLD."id", OLD."indicator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."said_on", OLD."source", OLD."value"); RETURN NULL;',
                            hash="1d75a2db4635a43a3d7337262a5771206a8c1104",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_83e10",
                            table="indicators_promise",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PromiseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.promise",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                ("value", models.DecimalField(decimal_places=2, max_digits=9)),
                (
                    "due_on",
                    models.DateField(
                        help_text="The last day of the period that it is for.",
                        verbose_name="by when",
                    ),
                ),
                ("said_on", models.DateField(verbose_name="when it was said")),
                (
                    "source",
                    models.CharField(
                        help_text="For example a committee’s minutes.",
                        max_length=200,
                        verbose_name="where it was said",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("national", "Country"),
                            ("region", "Region"),
                            ("neighbours", "Statistical neighbours"),
                            ("authority", "Authority"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="As the Office for National Statistics gives it.",
                        max_length=50,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["national", "region", "neighbours", "authority"])
                        ),
                        name="area_kind_known",
                        violation_error_message="Choose a kind from the list.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="area_code_once",
                        violation_error_message="Another area has this code.",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "name", "code"),
                        name="area_name_once",
                        violation_error_message="There is an area of this kind and name already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_areaevent" ("code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="6344ee9dc3806b52c7586442749e2d3dd54fe8bd",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_054cf",
                            table="indicators_area",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_areaevent" ("code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="39947d036d24bb687b8491541eab9f58641bc561",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_526b4",
                            table="indicators_area",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_areaevent" ("code", "id", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="3c9c42810fa953231b375fc9ad4a1eea249df15c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5deaa",
                            table="indicators_area",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AreaEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.area",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("national", "Country"),
                            ("region", "Region"),
                            ("neighbours", "Statistical neighbours"),
                            ("authority", "Authority"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="As the Office for National Statistics gives it.",
                        max_length=50,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Neighbour",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "neighbours",
                    models.ForeignKey(
                        limit_choices_to={"kind": "neighbours"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="neighbour_set",
                        to="indicators.area",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="indicators.area",
                    ),
                ),
            ],
            options={
                "ordering": ["neighbours", "area"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("neighbours", "area"),
                        name="neighbour_once",
                        violation_error_message="This authority is in the set already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("neighbours", models.F("area")), _negated=True),
                        name="neighbour_of_others",
                        violation_error_message="A set of neighbours is not one of them.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_neighbourevent" ("area_id", "id", "neighbours_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."area_id", NEW."id", NEW."neighbours_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="b75546eb87aa614a953a4c03f3e0c9ff8e2e3104",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_de9d8",
                            table="indicators_neighbour",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_neighbourevent" ("area_id", "id", "neighbours_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."area_id", NEW."id", NEW."neighbours_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="c03e55d6276f0e32e9df578c7bdb833fdceff751",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_157c6",
                            table="indicators_neighbour",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_neighbourevent" ("area_id", "id", "neighbours_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."area_id", OLD."id", OLD."neighbours_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="2bbef29cabbb15d03e13a5d106eb631620df5c96",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ba2f9",
                            table="indicators_neighbour",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="area",
            name="members",
            field=models.ManyToManyField(
                help_text="Of statistical neighbours, the authorities that they are.",
                related_name="+",
                through="indicators.Neighbour",
                to="indicators.area",
            ),
        ),
        migrations.CreateModel(
            name="NeighbourEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.neighbour",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "neighbours",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "neighbours"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.area",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.area",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ComparedWith",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="indicators.area",
                    ),
                ),
                ("valid_from", models.DateField()),
            ],
            options={
                "verbose_name": "area compared with",
                "verbose_name_plural": "areas compared with",
                "ordering": ["authority", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            models.Q(
                                ("valid_from__gte", datetime.date(1900, 1, 1)),
                                ("valid_from__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="compared_with_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.UniqueConstraint(
                        fields=("authority", "area", "valid_from"),
                        name="compared_with_once",
                        violation_error_message="The authority is compared with this area already.",
                    ),
                    config.crossing.Across(
                        holds="authority.kind = 'authority'",
                        name="compared_with_authority_is_root",
                        violation_error_message="Choose an authority, not one of its services or teams.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_comparedwithevent" ("area_id", "authority_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from") VALUES (NEW."area_id", NEW."authority_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."valid_from"); RETURN NULL;',
                            hash="8bde1163c2b08d42747b58fa7b380681a745fe87",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_44c52",
                            table="indicators_comparedwith",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_comparedwithevent" ("area_id", "authority_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from") VALUES (NEW."area_id", NEW."authority_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."valid_from"); RETURN NULL;',
                            hash="3c30ae7d55aecab837dce1232559be25ae71ee7f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_745d6",
                            table="indicators_comparedwith",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_comparedwithevent" ("area_id", "authority_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "valid_from") VALUES (OLD."area_id", OLD."authority_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."valid_from"); RETURN NULL;',
                            hash="da31c9e941622c8301d89433c2ed61e1b187db09",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fa719",
                            table="indicators_comparedwith",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparedWithEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.comparedwith",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.area",
                    ),
                ),
                ("valid_from", models.DateField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Comparator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparators",
                        to="indicators.area",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first day")),
                (
                    "last_on",
                    models.DateField(
                        help_text="Of what is counted on one day, the same as the first.",
                        verbose_name="last day",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                (
                    "marker",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("c", "Suppressed to protect confidential information"),
                            ("x", "Not available"),
                            ("z", "Not applicable"),
                            ("u", "Too unreliable to publish"),
                            ("low", "Rounds to nothing, but is not nothing"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                (
                    "denominator",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                ("published_on", models.DateField()),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ["indicator", "area", "-last_on", "-published_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "area", "last_on", "first_on", "published_on"),
                        name="comparator_once",
                        violation_error_message="This figure was published on that day already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("first_on__isnull", True),
                                models.Q(
                                    ("first_on__gte", datetime.date(1900, 1, 1)),
                                    ("first_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("last_on__isnull", True),
                                models.Q(
                                    ("last_on__gte", datetime.date(1900, 1, 1)),
                                    ("last_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("published_on__isnull", True),
                                models.Q(
                                    ("published_on__gte", datetime.date(1900, 1, 1)),
                                    ("published_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="comparator_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_on__isnull", True),
                            ("last_on__gte", models.F("first_on")),
                            _connector="OR",
                        ),
                        name="comparator_days_in_order",
                        violation_error_message="The last day comes before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_on__isnull", True),
                            ("published_on__gt", models.F("last_on")),
                            _connector="OR",
                        ),
                        name="comparator_published_afterwards",
                        violation_error_message="A figure is published after its last day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("marker__in", ["c", "x", "z", "u", "low", ""])),
                        name="comparator_marker_known",
                        violation_error_message="Choose a marker from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value", None), models.Q(("marker", ""), _negated=True)),
                            models.Q(("marker", ""), ("value__isnull", False)),
                            _connector="OR",
                        ),
                        name="comparator_value_or_marker",
                        violation_error_message="Enter either a value or the marker that stands for it.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_comparatorevent" ("area_id", "denominator", "first_on", "id", "indicator", "last_on", "marker", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "source", "value") VALUES (NEW."area_id", NEW."denominator", NEW."first_on", NEW."id", NEW."indicator", NEW."last_on", NEW."marker", NEW."numerator", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."published_on", NEW."source", NEW."value"); RETURN NULL;',
                            hash="7fbe585bdb79c7325510b8446b4c6ff6a7e8074d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5e94e",
                            table="indicators_comparator",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_comparatorevent" ("area_id", "denominator", "first_on", "id", "indicator", "last_on", "marker", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "source", "value") VALUES (NEW."area_id", NEW."denominator", NEW."first_on", NEW."id", NEW."indicator", NEW."last_on", NEW."marker", NEW."numerator", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."published_on", NEW."source", NEW."value"); RETURN NULL;',
                            hash="f42eb65e3cb7f556d5f6c126f1a68e9ebc1b17c6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_51354",
                            table="indicators_comparator",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_comparatorevent" ("area_id", "denominator", "first_on", "id", "indicator", "last_on", "marker", "numerator", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "published_on", "source", "value") VALUES (OLD."area_id", OLD."denominator", OLD."first_on", OLD."id", OLD."indicator", OLD."last_on", OLD."marker", OLD."numerator", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."published_on", OLD."source", OLD."value"); RETURN NULL;',
                            hash="09016f9f148ef852d48d19f34b5be285886d73d8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4501e",
                            table="indicators_comparator",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComparatorEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.comparator",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                ("indicator", models.CharField(max_length=60)),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.area",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first day")),
                (
                    "last_on",
                    models.DateField(
                        help_text="Of what is counted on one day, the same as the first.",
                        verbose_name="last day",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                (
                    "marker",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("c", "Suppressed to protect confidential information"),
                            ("x", "Not available"),
                            ("z", "Not applicable"),
                            ("u", "Too unreliable to publish"),
                            ("low", "Rounds to nothing, but is not nothing"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "numerator",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                (
                    "denominator",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True),
                ),
                ("published_on", models.DateField()),
                ("source", models.CharField(max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="workforce.team",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "committee",
                    models.CharField(
                        help_text="The committee that it goes to.",
                        max_length=200,
                        verbose_name="for consideration by",
                    ),
                ),
                ("meets_on", models.DateField(verbose_name="day of the meeting")),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("financial-year", "Financial year"),
                            ("calendar-year", "Calendar year"),
                            ("year-to-date", "Year to date"),
                            ("rolling-12", "Rolling 12 months"),
                        ],
                        max_length=14,
                    ),
                ),
                ("ending", models.DateField(verbose_name="last day of the period")),
                (
                    "as_at",
                    models.DateField(
                        help_text="The day as at which the information stands.",
                        verbose_name="as at",
                    ),
                ),
                (
                    "agenda_item",
                    models.CharField(blank=True, max_length=20, verbose_name="agenda item number"),
                ),
                ("ward", models.CharField(blank=True, default="(All Wards)", max_length=200)),
                ("lead_officer", models.CharField(blank=True, max_length=200)),
                (
                    "outcome",
                    models.TextField(
                        blank=True, verbose_name="outcome or benefits to the community"
                    ),
                ),
                ("recommendation", models.TextField(blank=True)),
                ("summary", models.TextField(blank=True, verbose_name="summary of report")),
                ("background", models.TextField(blank=True)),
                (
                    "financial",
                    models.TextField(
                        blank=True, verbose_name="financial implications of the recommendation"
                    ),
                ),
                (
                    "other_financial",
                    models.TextField(blank=True, verbose_name="other financial information"),
                ),
                (
                    "cross_council",
                    models.TextField(blank=True, verbose_name="cross-council implications"),
                ),
                (
                    "background_papers",
                    models.TextField(
                        blank=True,
                        help_text="One on each line.",
                        verbose_name="list of background papers",
                    ),
                ),
                ("contact_name", models.CharField(blank=True, max_length=100)),
                ("contact_service", models.CharField(blank=True, max_length=100)),
                ("contact_telephone", models.CharField(blank=True, max_length=40)),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="contact e-mail"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("writing", "Being written"), ("published", "Published")],
                        default="writing",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-meets_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("committee", ""), _negated=True),
                        ),
                        name="report_titled",
                        violation_error_message="Say what the report is called, and who considers it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "period__in",
                                [
                                    "month",
                                    "quarter",
                                    "financial-year",
                                    "calendar-year",
                                    "year-to-date",
                                    "rolling-12",
                                ],
                            )
                        ),
                        name="report_period_known",
                        violation_error_message="Choose a kind of period from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["writing", "published"])),
                        name="report_state_known",
                        violation_error_message="Choose a state from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("meets_on__isnull", True),
                                models.Q(
                                    ("meets_on__gte", datetime.date(1900, 1, 1)),
                                    ("meets_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ending__isnull", True),
                                models.Q(
                                    ("ending__gte", datetime.date(1900, 1, 1)),
                                    ("ending__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("as_at__isnull", True),
                                models.Q(
                                    ("as_at__gte", datetime.date(1900, 1, 1)),
                                    ("as_at__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="report_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("as_at__isnull", True),
                            ("as_at__gte", models.F("ending")),
                            _connector="OR",
                        ),
                        name="report_as_at_after_period",
                        violation_error_message="The information stands as at a day on which the period is over.",
                    ),
                    config.crossing.Across(
                        holds="authority.kind = 'authority'",
                        name="report_authority_is_root",
                        violation_error_message="Choose an authority, not one of its services or teams.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_reportevent" ("agenda_item", "as_at", "authority_id", "background", "background_papers", "begun_by_id", "committee", "contact_email", "contact_name", "contact_service", "contact_telephone", "cross_council", "ending", "financial", "id", "lead_officer", "meets_on", "other_financial", "outcome", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation", "state", "summary", "title", "ward") VALUES (NEW."agenda_item", NEW."as_at", NEW."authority_id", NEW."background", NEW."background_papers", NEW."begun_by_id", NEW."committee", NEW."contact_email", NEW."contact_name", NEW."contact_service", NEW."contact_telephone", NEW."cross_council", NEW."ending", NEW."financial", NEW."id", NEW."lead_officer", NEW."meets_on", NEW."other_financial", NEW."outcome", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recommendation", NEW."state", NEW."summary", NEW."title", NEW."ward"); RETURN NULL;',
                            hash="4237fd173f402613f52e426c2c81c5ea86d17822",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9a410",
                            table="indicators_report",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_reportevent" ("agenda_item", "as_at", "authority_id", "background", "background_papers", "begun_by_id", "committee", "contact_email", "contact_name", "contact_service", "contact_telephone", "cross_council", "ending", "financial", "id", "lead_officer", "meets_on", "other_financial", "outcome", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation", "state", "summary", "title", "ward") VALUES (NEW."agenda_item", NEW."as_at", NEW."authority_id", NEW."background", NEW."background_papers", NEW."begun_by_id", NEW."committee", NEW."contact_email", NEW."contact_name", NEW."contact_service", NEW."contact_telephone", NEW."cross_council", NEW."ending", NEW."financial", NEW."id", NEW."lead_officer", NEW."meets_on", NEW."other_financial", NEW."outcome", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recommendation", NEW."state", NEW."summary", NEW."title", NEW."ward"); RETURN NULL;',
                            hash="b3ef851d4dee3f5785a68c8cd2de3ef62dc6395d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_088ce",
                            table="indicators_report",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_reportevent" ("agenda_item", "as_at", "authority_id", "background", "background_papers", "begun_by_id", "committee", "contact_email", "contact_name", "contact_service", "contact_telephone", "cross_council", "ending", "financial", "id", "lead_officer", "meets_on", "other_financial", "outcome", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recommendation", "state", "summary", "title", "ward") VALUES (OLD."agenda_item", OLD."as_at", OLD."authority_id", OLD."background", OLD."background_papers", OLD."begun_by_id", OLD."committee", OLD."contact_email", OLD."contact_name", OLD."contact_service", OLD."contact_telephone", OLD."cross_council", OLD."ending", OLD."financial", OLD."id", OLD."lead_officer", OLD."meets_on", OLD."other_financial", OLD."outcome", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."recommendation", OLD."state", OLD."summary", OLD."title", OLD."ward"); RETURN NULL;',
                            hash="9d4845e485623411697884dfee66eb5d55e419dc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_409fa",
                            table="indicators_report",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.report",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "authority"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "committee",
                    models.CharField(
                        help_text="The committee that it goes to.",
                        max_length=200,
                        verbose_name="for consideration by",
                    ),
                ),
                ("meets_on", models.DateField(verbose_name="day of the meeting")),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("financial-year", "Financial year"),
                            ("calendar-year", "Calendar year"),
                            ("year-to-date", "Year to date"),
                            ("rolling-12", "Rolling 12 months"),
                        ],
                        max_length=14,
                    ),
                ),
                ("ending", models.DateField(verbose_name="last day of the period")),
                (
                    "as_at",
                    models.DateField(
                        help_text="The day as at which the information stands.",
                        verbose_name="as at",
                    ),
                ),
                (
                    "agenda_item",
                    models.CharField(blank=True, max_length=20, verbose_name="agenda item number"),
                ),
                ("ward", models.CharField(blank=True, default="(All Wards)", max_length=200)),
                ("lead_officer", models.CharField(blank=True, max_length=200)),
                (
                    "outcome",
                    models.TextField(
                        blank=True, verbose_name="outcome or benefits to the community"
                    ),
                ),
                ("recommendation", models.TextField(blank=True)),
                ("summary", models.TextField(blank=True, verbose_name="summary of report")),
                ("background", models.TextField(blank=True)),
                (
                    "financial",
                    models.TextField(
                        blank=True, verbose_name="financial implications of the recommendation"
                    ),
                ),
                (
                    "other_financial",
                    models.TextField(blank=True, verbose_name="other financial information"),
                ),
                (
                    "cross_council",
                    models.TextField(blank=True, verbose_name="cross-council implications"),
                ),
                (
                    "background_papers",
                    models.TextField(
                        blank=True,
                        help_text="One on each line.",
                        verbose_name="list of background papers",
                    ),
                ),
                ("contact_name", models.CharField(blank=True, max_length=100)),
                ("contact_service", models.CharField(blank=True, max_length=100)),
                ("contact_telephone", models.CharField(blank=True, max_length=40)),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="contact e-mail"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("writing", "Being written"), ("published", "Published")],
                        default="writing",
                        editable=False,
                        max_length=9,
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Highlight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="highlights",
                        to="indicators.report",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is suggested"
                    ),
                ),
                ("accepted", models.BooleanField(null=True, verbose_name="in the report")),
                ("trend", models.TextField(blank=True)),
                ("background", models.TextField(blank=True)),
                ("action", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["report", "order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "indicator"),
                        name="highlight_once",
                        violation_error_message="The report has a section on this indicator already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_highlightevent" ("accepted", "action", "background", "because", "id", "indicator", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "trend") VALUES (NEW."accepted", NEW."action", NEW."background", NEW."because", NEW."id", NEW."indicator", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_id", NEW."trend"); RETURN NULL;',
                            hash="7cb8168445858711688e517bdd7254b4c0de2215",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3151d",
                            table="indicators_highlight",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_highlightevent" ("accepted", "action", "background", "because", "id", "indicator", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "trend") VALUES (NEW."accepted", NEW."action", NEW."background", NEW."because", NEW."id", NEW."indicator", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_id", NEW."trend"); RETURN NULL;',
                            hash="560821d13efe676836b3e0c56e8b2a1d8b54eb50",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d99ef",
                            table="indicators_highlight",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_highlightevent" ("accepted", "action", "background", "because", "id", "indicator", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "trend") VALUES (OLD."accepted", OLD."action", OLD."background", OLD."because", OLD."id", OLD."indicator", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_id", OLD."trend"); RETURN NULL;',
                            hash="043098853ced739d66195657d363af7a555bf311",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d498b",
                            table="indicators_highlight",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HighlightEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.highlight",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.report",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                ("order", models.PositiveSmallIntegerField()),
                (
                    "because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is suggested"
                    ),
                ),
                ("accepted", models.BooleanField(null=True, verbose_name="in the report")),
                ("trend", models.TextField(blank=True)),
                ("background", models.TextField(blank=True)),
                ("action", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="indicators.report",
                    ),
                ),
                (
                    "years_on",
                    models.PositiveSmallIntegerField(verbose_name="years after the current one"),
                ),
                (
                    "amount",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="how much it will cost or save"
                    ),
                ),
                (
                    "is_funded",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        verbose_name="whether there is sufficient funding, or else the shortfall",
                    ),
                ),
                (
                    "budget",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("revenue", "Revenue"),
                            ("capital", "Capital"),
                            ("both", "Revenue and capital"),
                        ],
                        max_length=7,
                        verbose_name="revenue or capital",
                    ),
                ),
            ],
            options={
                "ordering": ["report", "years_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "years_on"),
                        name="cost_once",
                        violation_error_message="The report says already what it costs in that year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("years_on__isnull", True),
                            models.Q(("years_on__gte", 0), ("years_on__lte", 2)),
                            _connector="OR",
                        ),
                        name="cost_year_in_range",
                        violation_error_message="Enter a years on between 0 and 2.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("budget__in", ["revenue", "capital", "both", ""])),
                        name="cost_budget_known",
                        violation_error_message="Choose a budget from the list.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_costevent" ("amount", "budget", "id", "is_funded", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "years_on") VALUES (NEW."amount", NEW."budget", NEW."id", NEW."is_funded", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_id", NEW."years_on"); RETURN NULL;',
                            hash="0fb6d5a6935f61152b2f6957eaaa3d7b288e2673",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cf1bd",
                            table="indicators_cost",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "indicators_costevent" ("amount", "budget", "id", "is_funded", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "years_on") VALUES (NEW."amount", NEW."budget", NEW."id", NEW."is_funded", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_id", NEW."years_on"); RETURN NULL;',
                            hash="622ba408eafd5dfac0d0df9e1d700b3bc2ab2705",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_73448",
                            table="indicators_cost",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "indicators_costevent" ("amount", "budget", "id", "is_funded", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "years_on") VALUES (OLD."amount", OLD."budget", OLD."id", OLD."is_funded", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_id", OLD."years_on"); RETURN NULL;',
                            hash="73659973b1c7e9650d36afb8b769099748a2046a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b00d1",
                            table="indicators_cost",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.cost",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.report",
                    ),
                ),
                (
                    "years_on",
                    models.PositiveSmallIntegerField(verbose_name="years after the current one"),
                ),
                (
                    "amount",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="how much it will cost or save"
                    ),
                ),
                (
                    "is_funded",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        verbose_name="whether there is sufficient funding, or else the shortfall",
                    ),
                ),
                (
                    "budget",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("revenue", "Revenue"),
                            ("capital", "Capital"),
                            ("both", "Revenue and capital"),
                        ],
                        max_length=7,
                        verbose_name="revenue or capital",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="indicators.report",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "considered_by",
                    models.CharField(
                        blank=True,
                        help_text="The committee, and its day.",
                        max_length=250,
                        verbose_name="for consideration by",
                    ),
                ),
                (
                    "profile",
                    models.CharField(
                        choices=[
                            ("internal", "Internal: exact, not for publication"),
                            ("council", "Council: small numbers of the authority hidden"),
                            ("dfe", "As the DfE publishes: small numbers hidden everywhere"),
                        ],
                        default="council",
                        max_length=20,
                        verbose_name="disclosure control",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="What is otherwise than in the version before.",
                        max_length=500,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("as_at", models.DateField(help_text="The day as at which its figures stand.")),
                (
                    "known_at",
                    models.DateTimeField(help_text="The moment of which its figures are known."),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("version", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-signed_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "version"),
                        name="publication_version_once",
                        violation_error_message="There is a publication of this version already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("signed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="publication_by_two_people",
                        violation_error_message="The author and the approver are two people.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_by", None), ("published_at", None), ("version", None)
                            ),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("published_at__isnull", False),
                                ("version__gte", 1),
                            ),
                            _connector="OR",
                        ),
                        name="publication_in_full",
                        violation_error_message="What is published has a version and an approver.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version", None),
                            ("version", 1),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="publication_note_on_correction",
                        violation_error_message="Say what is otherwise than in the version before.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("profile__in", ["internal", "council", "dfe"])),
                        name="publication_profile_known",
                        violation_error_message="Choose a profile from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("profile", "internal"), _negated=True),
                        name="publication_not_internal",
                        violation_error_message="Exact figures are not for publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("as_at__isnull", True),
                            models.Q(
                                ("as_at__gte", datetime.date(1900, 1, 1)),
                                ("as_at__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="publication_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            ("published_at__gte", models.F("signed_at")),
                            _connector="OR",
                        ),
                        name="publication_after_signed",
                        violation_error_message="A report is published after it is signed.",
                    ),
                    config.permanence.WrittenOnce(
                        later=("version", "approved_by", "published_at"),
                        name="publication_kept_as_it_is",
                        violation_error_message="What was signed and published stays as it is. Publish a new version with a note.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="indicators.publication",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                ("id", models.BigIntegerField()),
                (
                    "report",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="indicators.report",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "considered_by",
                    models.CharField(
                        blank=True,
                        help_text="The committee, and its day.",
                        max_length=250,
                        verbose_name="for consideration by",
                    ),
                ),
                (
                    "profile",
                    models.CharField(
                        choices=[
                            ("internal", "Internal: exact, not for publication"),
                            ("council", "Council: small numbers of the authority hidden"),
                            ("dfe", "As the DfE publishes: small numbers hidden everywhere"),
                        ],
                        default="council",
                        max_length=20,
                        verbose_name="disclosure control",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="What is otherwise than in the version before.",
                        max_length=500,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("as_at", models.DateField(help_text="The day as at which its figures stand.")),
                (
                    "known_at",
                    models.DateTimeField(help_text="The moment of which its figures are known."),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("version", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="indicators.publication",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("as_at", models.DateField()),
                ("numerator", models.DecimalField(decimal_places=6, max_digits=16)),
                ("denominator", models.DecimalField(decimal_places=6, max_digits=16)),
                ("undecided", models.DecimalField(decimal_places=6, max_digits=16)),
                ("value", models.DecimalField(decimal_places=10, max_digits=24, null=True)),
                ("unit", models.CharField(blank=True, max_length=30)),
                ("counts_persons", models.BooleanField()),
                ("shown", models.JSONField()),
            ],
            options={
                "ordering": ["publication", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "publication",
                            "indicator",
                            "place",
                            "first_on",
                            "last_on",
                            "as_at",
                        ),
                        name="published_figure_once",
                    ),
                    config.permanence.AppendOnly(
                        name="published_figure_append_only",
                        violation_error_message="What was signed and published stays as it is. Publish a new version with a note.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="indicators.publishedfigure",
                    ),
                ),
                ("question", models.CharField(max_length=60)),
                ("subject", models.BigIntegerField()),
                ("record", models.BigIntegerField()),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("on_day", models.DateField()),
                ("team", models.BigIntegerField()),
                ("part", models.CharField(max_length=11)),
                ("counts", models.BooleanField(null=True)),
                ("amount", models.DecimalField(decimal_places=6, max_digits=16)),
                ("reason_code", models.CharField(blank=True, max_length=60)),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["figure", "on_day", "pk"],
                "constraints": [
                    config.permanence.AppendOnly(
                        name="published_case_append_only",
                        violation_error_message="What was signed and published stays as it is. Publish a new version with a note.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedIndicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="indicators.publication",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("what", models.TextField()),
                ("source", models.TextField(blank=True)),
                ("better", models.CharField(max_length=60)),
                (
                    "standards",
                    models.JSONField(help_text="What it is judged by, each with its first day."),
                ),
                ("statements", models.JSONField(help_text="The SQL of its cases.")),
                (
                    "comparators",
                    models.JSONField(help_text="Targets and published figures set beside it."),
                ),
            ],
            options={
                "ordering": ["publication", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "indicator"), name="published_indicator_once"
                    ),
                    config.permanence.AppendOnly(
                        name="published_indicator_append_only",
                        violation_error_message="What was signed and published stays as it is. Publish a new version with a note.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="indicators.publication",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("html", "Web page"),
                            ("pdf", "PDF"),
                            ("docx", "Word"),
                            ("xlsx", "Excel, every table"),
                        ],
                        max_length=4,
                    ),
                ),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
            ],
            options={
                "ordering": ["publication", "format"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "format"), name="published_file_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["html", "pdf", "docx", "xlsx"])),
                        name="published_file_format_known",
                        violation_error_message="Choose a format from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sha256",
                                models.Func(
                                    models.Func(models.F("content"), function="sha256"),
                                    models.Value("hex"),
                                    function="encode",
                                    output_field=models.CharField(),
                                ),
                            )
                        ),
                        name="published_file_has_its_checksum",
                        violation_error_message="The checksum is not that of the file.",
                    ),
                    config.permanence.AppendOnly(
                        name="published_file_append_only",
                        violation_error_message="What was signed and published stays as it is. Publish a new version with a note.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("numerator", models.DecimalField(decimal_places=6, max_digits=16)),
                ("denominator", models.DecimalField(decimal_places=6, max_digits=16)),
                ("undecided", models.DecimalField(decimal_places=6, max_digits=16)),
            ],
            options={
                "verbose_name_plural": "tallies",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "indicator", "month", "team"), name="tally_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Shown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                ("numerator", models.DecimalField(decimal_places=6, max_digits=16)),
                ("denominator", models.DecimalField(decimal_places=6, max_digits=16)),
                ("undecided", models.DecimalField(decimal_places=6, max_digits=16)),
                ("shown_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "shown",
                "indexes": [
                    models.Index(
                        fields=["authority", "indicator", "month", "team", "shown_at"],
                        name="shown_cell",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Distribution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("indicator", models.CharField(max_length=60)),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("month", models.DateField(help_text="Its first day.")),
                (
                    "points",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(),
                        help_text="The values that cases have, from the least; or of children, the months since they were last counted in the place: 12 stands for 12 or more, and for never.",
                        size=None,
                    ),
                ),
                (
                    "numerators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="How many count, at each point.",
                        size=None,
                    ),
                ),
                (
                    "denominators",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(),
                        help_text="How many there are, at each.",
                        size=None,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "indicator", "month", "place"),
                        name="distribution_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("denominators__len", models.F("points__len")),
                            ("numerators__len", models.F("points__len")),
                        ),
                        name="distribution_counts_at_each_point",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("family", models.CharField(max_length=20)),
                (
                    "authority",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("since", models.DateField(help_text="The earliest day that the change touches.")),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "outbox",
                "indexes": [models.Index(fields=["family", "authority"], name="outbox_waiting")],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("family", models.CharField(max_length=20)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("as_at", models.DateField()),
                ("calculated_at", models.DateTimeField()),
                ("event_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("family", "authority"), name="standing_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("change", "After a change"),
                            ("full", "In full"),
                            ("verify", "Verification"),
                            ("overnight", "Overnight"),
                        ],
                        max_length=10,
                    ),
                ),
                ("family", models.CharField(blank=True, max_length=20)),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("as_at", models.DateField()),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cells",
                    models.PositiveIntegerField(
                        default=0, help_text="Cells that changed, or that drifted."
                    ),
                ),
                ("drift", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["-started_at"],
                "indexes": [models.Index(fields=["kind", "-finished_at"], name="run_latest")],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20, unique=True)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
