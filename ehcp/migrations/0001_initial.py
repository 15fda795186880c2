import datetime
from pathlib import Path

import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import config.crossing
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
    replaces = [
        ("ehcp", "0001_records"),
        ("ehcp", "0002_views"),
        ("ehcp", "0003_open_stretch"),
        ("ehcp", "0004_ties"),
        ("ehcp", "0005_open_by_child"),
        ("ehcp", "0006_drafts_and_why_late"),
        ("ehcp", "0007_merges"),
        ("ehcp", "0008_lists"),
    ]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("referrals", "0001_initial"),
        ("workforce", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ehc_requests",
                        to="referrals.child",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ehc_requests",
                        to="workforce.team",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                (
                    "received_on",
                    models.DateField(
                        help_text="Or the day the authority became responsible for the child."
                    ),
                ),
                (
                    "sen_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SPLD", "Specific learning difficulty"),
                            ("MLD", "Moderate learning difficulty"),
                            ("SLD", "Severe learning difficulty"),
                            ("PMLD", "Profound and multiple learning difficulty"),
                            ("SEMH", "Social, emotional and mental health"),
                            ("SLCN", "Speech, language and communication needs"),
                            ("HI", "Hearing impairment"),
                            ("VI", "Vision impairment"),
                            ("MSI", "Multi-sensory impairment"),
                            ("PD", "Physical disability"),
                            ("ASD", "Autistic spectrum disorder"),
                            ("DS", "Down syndrome"),
                            ("OTH", "Other difficulty or disability"),
                        ],
                        max_length=4,
                        verbose_name="primary type of need",
                    ),
                ),
                (
                    "withdrawn",
                    models.BooleanField(
                        default=False, help_text="Withdrawn, or ceased before a decision."
                    ),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                (
                    "historical",
                    models.BooleanField(
                        default=False,
                        help_text="Decided elsewhere: the plan moved in from another authority.",
                    ),
                ),
            ],
            options={
                "verbose_name": "EHC request",
                "ordering": ["-received_on"],
                "indexes": [
                    models.Index(fields=["child", "received_on"], name="request_child_received"),
                    models.Index(fields=["-received_on", "id"], name="request_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("received_on__isnull", True),
                                models.Q(
                                    ("received_on__gte", datetime.date(1900, 1, 1)),
                                    ("received_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("withdrawn_on__isnull", True),
                                models.Q(
                                    ("withdrawn_on__gte", datetime.date(1900, 1, 1)),
                                    ("withdrawn_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="request_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            ("withdrawn_on__gte", models.F("received_on")),
                            _connector="OR",
                        ),
                        name="request_withdrawn_after_received",
                        violation_error_message="The request cannot be withdrawn before it was received.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on", None), ("withdrawn", True), _connector="OR"
                        ),
                        name="request_withdrawn_if_dated",
                        violation_error_message="Tick withdrawn, or remove the date of withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "sen_type__in",
                                [
                                    "SPLD",
                                    "MLD",
                                    "SLD",
                                    "PMLD",
                                    "SEMH",
                                    "SLCN",
                                    "HI",
                                    "VI",
                                    "MSI",
                                    "PD",
                                    "ASD",
                                    "DS",
                                    "OTH",
                                    "",
                                ],
                            )
                        ),
                        name="request_sen_type_known",
                        violation_error_message="Choose a sen type from the list.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("child", "reference"),
                        name="request_reference_once",
                        violation_error_message="Another request for this child has this reference.",
                    ),
                    config.crossing.Across(
                        holds="COALESCE(team.authority_id, team.id) = child.authority_id",
                        name="request_team_in_authority",
                        violation_error_message="Choose a team of the child's own authority.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_merges",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE survivor bigint;",
                            func="\n            LOOP\n                SELECT merged_into_id INTO survivor FROM referrals_child\n                WHERE id = NEW.child_id FOR NO KEY UPDATE;\n                EXIT WHEN survivor IS NULL;\n                NEW.child_id := survivor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="ca382e0921476216ed779c8f7cf26b4cad0a1d92",
                            operation='INSERT OR UPDATE OF "child_id"',
                            pgid="pgtrigger_follow_merges_37baa",
                            table="ehcp_request",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_requestevent" ("child_id", "historical", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "reference", "sen_type", "team_id", "withdrawn", "withdrawn_on") VALUES (NEW."child_id", NEW."historical", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_on", NEW."reference", NEW."sen_type", NEW."team_id", NEW."withdrawn", NEW."withdrawn_on"); RETURN NULL;',
                            hash="2c26fe035a7cfadd40863842fda2c0f15ee5095b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_561de",
                            table="ehcp_request",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "ehcp_requestevent" ("child_id", "historical", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "reference", "sen_type", "team_id", "withdrawn", "withdrawn_on") VALUES (NEW."child_id", NEW."historical", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_on", NEW."reference", NEW."sen_type", NEW."team_id", NEW."withdrawn", NEW."withdrawn_on"); RETURN NULL;',
                            hash="d1acb1e2e75291827c820be320719e12be05b2cd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5442f",
                            table="ehcp_request",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_requestevent" ("child_id", "historical", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "reference", "sen_type", "team_id", "withdrawn", "withdrawn_on") VALUES (OLD."child_id", OLD."historical", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."received_on", OLD."reference", OLD."sen_type", OLD."team_id", OLD."withdrawn", OLD."withdrawn_on"); RETURN NULL;',
                            hash="891918f17d0fb574786b1ed7a6b987619dd26134",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fd818",
                            table="ehcp_request",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestEvent",
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
                        to="ehcp.request",
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
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.child",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                (
                    "received_on",
                    models.DateField(
                        help_text="Or the day the authority became responsible for the child."
                    ),
                ),
                (
                    "sen_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SPLD", "Specific learning difficulty"),
                            ("MLD", "Moderate learning difficulty"),
                            ("SLD", "Severe learning difficulty"),
                            ("PMLD", "Profound and multiple learning difficulty"),
                            ("SEMH", "Social, emotional and mental health"),
                            ("SLCN", "Speech, language and communication needs"),
                            ("HI", "Hearing impairment"),
                            ("VI", "Vision impairment"),
                            ("MSI", "Multi-sensory impairment"),
                            ("PD", "Physical disability"),
                            ("ASD", "Autistic spectrum disorder"),
                            ("DS", "Down syndrome"),
                            ("OTH", "Other difficulty or disability"),
                        ],
                        max_length=4,
                        verbose_name="primary type of need",
                    ),
                ),
                (
                    "withdrawn",
                    models.BooleanField(
                        default=False, help_text="Withdrawn, or ceased before a decision."
                    ),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                (
                    "historical",
                    models.BooleanField(
                        default=False,
                        help_text="Decided elsewhere: the plan moved in from another authority.",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="ehcp.request",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("assess", "Whether to assess"),
                            ("plan", "Whether to make a plan"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("original", "The authority's original decision"),
                            ("mediation", "Changed after mediation"),
                            ("tribunal", "Ordered by the Tribunal"),
                        ],
                        default="original",
                        max_length=9,
                    ),
                ),
                (
                    "agreed",
                    models.BooleanField(help_text="Yes: assess, or make a plan. No: refused."),
                ),
                ("decided_on", models.DateField()),
                (
                    "told_on",
                    models.DateField(
                        blank=True,
                        help_text="That there will be an assessment after all. Otherwise leave this empty.",
                        null=True,
                        verbose_name="family told on",
                    ),
                ),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("psychology", "Advice was late: educational psychology"),
                            ("health", "Advice was late: health"),
                            ("care", "Advice was late: care"),
                            ("school", "Advice was late: school"),
                            ("family", "The family asked for more time"),
                            ("panel", "The panel met too late"),
                            ("dispute", "There was a dispute"),
                            ("no_officer", "Nobody was allocated to the request"),
                            ("other", "Another reason"),
                            ("not_given", "Not given"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="why it was late",
                    ),
                ),
            ],
            options={
                "ordering": ["decided_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_on__isnull", True),
                                models.Q(
                                    ("decided_on__gte", datetime.date(1900, 1, 1)),
                                    ("decided_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("told_on__isnull", True),
                                models.Q(
                                    ("told_on__gte", datetime.date(1900, 1, 1)),
                                    ("told_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="decision_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["assess", "plan"])),
                        name="decision_stage_known",
                        violation_error_message="Choose a stage from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["original", "mediation", "tribunal"])),
                        name="decision_basis_known",
                        violation_error_message="Choose a basis from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "late_reason__in",
                                [
                                    "psychology",
                                    "health",
                                    "care",
                                    "school",
                                    "family",
                                    "panel",
                                    "dispute",
                                    "no_officer",
                                    "other",
                                    "not_given",
                                    "",
                                ],
                            )
                        ),
                        name="decision_late_reason_known",
                        violation_error_message="Choose a late reason from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_on__isnull", True),
                            ("told_on__gte", models.F("decided_on")),
                            _connector="OR",
                        ),
                        name="decision_told_after_decided",
                        violation_error_message="The family cannot be told before the decision was changed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_on", None),
                            models.Q(
                                ("agreed", True),
                                ("stage", "assess"),
                                models.Q(("basis", "original"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_told_if_changed",
                        violation_error_message="Only of a refusal to assess that was changed is it recorded when the family was told.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("basis", "original")),
                        fields=("request", "stage"),
                        name="decision_one_original",
                        violation_error_message="The original decision at this stage is already recorded.",
                    ),
                    config.crossing.Across(
                        holds="request.historical OR here.decided_on >= request.received_on",
                        name="decision_after_request",
                        violation_error_message="A decision cannot be made before the request was received.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_decisionevent" ("agreed", "basis", "decided_on", "id", "late_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "stage", "told_on") VALUES (NEW."agreed", NEW."basis", NEW."decided_on", NEW."id", NEW."late_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."request_id", NEW."stage", NEW."told_on"); RETURN NULL;',
                            hash="4c397da8e8eddf7717c1ca23ad499e490065b77f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7b70c",
                            table="ehcp_decision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "ehcp_decisionevent" ("agreed", "basis", "decided_on", "id", "late_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "stage", "told_on") VALUES (NEW."agreed", NEW."basis", NEW."decided_on", NEW."id", NEW."late_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."request_id", NEW."stage", NEW."told_on"); RETURN NULL;',
                            hash="2fbab1acc77757dbe90740c522d7b40ad0ee9481",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8126b",
                            table="ehcp_decision",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_decisionevent" ("agreed", "basis", "decided_on", "id", "late_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "stage", "told_on") VALUES (OLD."agreed", OLD."basis", OLD."decided_on", OLD."id", OLD."late_reason", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."request_id", OLD."stage", OLD."told_on"); RETURN NULL;',
                            hash="d53a9f12ce4a8699bf59a7dcea2ec6668c08f3d8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4fe51",
                            table="ehcp_decision",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionEvent",
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
                        to="ehcp.decision",
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
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="ehcp.request",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("assess", "Whether to assess"),
                            ("plan", "Whether to make a plan"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("original", "The authority's original decision"),
                            ("mediation", "Changed after mediation"),
                            ("tribunal", "Ordered by the Tribunal"),
                        ],
                        default="original",
                        max_length=9,
                    ),
                ),
                (
                    "agreed",
                    models.BooleanField(help_text="Yes: assess, or make a plan. No: refused."),
                ),
                ("decided_on", models.DateField()),
                (
                    "told_on",
                    models.DateField(
                        blank=True,
                        help_text="That there will be an assessment after all. Otherwise leave this empty.",
                        null=True,
                        verbose_name="family told on",
                    ),
                ),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("psychology", "Advice was late: educational psychology"),
                            ("health", "Advice was late: health"),
                            ("care", "Advice was late: care"),
                            ("school", "Advice was late: school"),
                            ("family", "The family asked for more time"),
                            ("panel", "The panel met too late"),
                            ("dispute", "There was a dispute"),
                            ("no_officer", "Nobody was allocated to the request"),
                            ("other", "Another reason"),
                            ("not_given", "Not given"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="why it was late",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="ehcp.request",
                    ),
                ),
                ("sent_on", models.DateField()),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("psychology", "Advice was late: educational psychology"),
                            ("health", "Advice was late: health"),
                            ("care", "Advice was late: care"),
                            ("school", "Advice was late: school"),
                            ("family", "The family asked for more time"),
                            ("panel", "The panel met too late"),
                            ("dispute", "There was a dispute"),
                            ("no_officer", "Nobody was allocated to the request"),
                            ("other", "Another reason"),
                            ("not_given", "Not given"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="why it was late",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft EHC plan",
                "ordering": ["sent_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_on__isnull", True),
                            models.Q(
                                ("sent_on__gte", datetime.date(1900, 1, 1)),
                                ("sent_on__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="draft_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "late_reason__in",
                                [
                                    "psychology",
                                    "health",
                                    "care",
                                    "school",
                                    "family",
                                    "panel",
                                    "dispute",
                                    "no_officer",
                                    "other",
                                    "not_given",
                                    "",
                                ],
                            )
                        ),
                        name="draft_late_reason_known",
                        violation_error_message="Choose a late reason from the list.",
                    ),
                    models.UniqueConstraint(
                        fields=("request", "sent_on"),
                        name="draft_once_a_day",
                        violation_error_message="A draft sent on that day is already recorded.",
                    ),
                    config.crossing.Across(
                        holds="request.historical OR here.sent_on >= request.received_on",
                        name="draft_after_request",
                        violation_error_message="A draft cannot be sent before the request was received.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_draftevent" ("id", "late_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "sent_on") VALUES (NEW."id", NEW."late_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."request_id", NEW."sent_on"); RETURN NULL;',
                            hash="6dbafc50abf4c3f10a77ed02b0b830d2603722b4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2f3db",
                            table="ehcp_draft",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "ehcp_draftevent" ("id", "late_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "sent_on") VALUES (NEW."id", NEW."late_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."request_id", NEW."sent_on"); RETURN NULL;',
                            hash="9e4d870cfee2f8de53e8b382ff88deca166cfd35",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ca39e",
                            table="ehcp_draft",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_draftevent" ("id", "late_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id", "sent_on") VALUES (OLD."id", OLD."late_reason", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."request_id", OLD."sent_on"); RETURN NULL;',
                            hash="b87bdd0193033e39675cadfdd9b76bffcb62a057",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_fa68b",
                            table="ehcp_draft",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftEvent",
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
                        to="ehcp.draft",
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
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="ehcp.request",
                    ),
                ),
                ("sent_on", models.DateField()),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("psychology", "Advice was late: educational psychology"),
                            ("health", "Advice was late: health"),
                            ("care", "Advice was late: care"),
                            ("school", "Advice was late: school"),
                            ("family", "The family asked for more time"),
                            ("panel", "The panel met too late"),
                            ("dispute", "There was a dispute"),
                            ("no_officer", "Nobody was allocated to the request"),
                            ("other", "Another reason"),
                            ("not_given", "Not given"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="why it was late",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan",
                        to="ehcp.request",
                    ),
                ),
                ("issued_on", models.DateField(help_text="The day the final plan was issued.")),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("psychology", "Advice was late: educational psychology"),
                            ("health", "Advice was late: health"),
                            ("care", "Advice was late: care"),
                            ("school", "Advice was late: school"),
                            ("family", "The family asked for more time"),
                            ("panel", "The panel met too late"),
                            ("dispute", "There was a dispute"),
                            ("no_officer", "Nobody was allocated to the request"),
                            ("other", "Another reason"),
                            ("not_given", "Not given"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="why it was late",
                    ),
                ),
                ("ceased_on", models.DateField(blank=True, null=True)),
                (
                    "cease_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Reached the maximum age"),
                            ("2", "Needs met without a plan"),
                            ("3", "Moved to higher education"),
                            ("4", "Found paid employment"),
                            ("5", "Transferred to another authority"),
                            ("6", "No longer wishes to engage in education or training"),
                            ("7", "Moved outside England"),
                            ("8", "Died"),
                            ("9", "Other"),
                        ],
                        max_length=1,
                    ),
                ),
            ],
            options={
                "verbose_name": "EHC plan",
                "ordering": ["-issued_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_on__isnull", True),
                                models.Q(
                                    ("issued_on__gte", datetime.date(1900, 1, 1)),
                                    ("issued_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ceased_on__isnull", True),
                                models.Q(
                                    ("ceased_on__gte", datetime.date(1900, 1, 1)),
                                    ("ceased_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="plan_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ceased_on__isnull", True),
                            ("ceased_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="plan_ceased_after_issued",
                        violation_error_message="The plan cannot cease before it was issued.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cease_reason", ""), ("ceased_on__isnull", True)),
                            models.Q(
                                ("ceased_on__isnull", False),
                                models.Q(("cease_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="plan_ceased_and_why",
                        violation_error_message="Enter both the day the plan ceased and the reason, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cease_reason__in", ["1", "2", "3", "4", "5", "6", "7", "8", "9", ""])
                        ),
                        name="plan_cease_reason_known",
                        violation_error_message="Choose a cease reason from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "late_reason__in",
                                [
                                    "psychology",
                                    "health",
                                    "care",
                                    "school",
                                    "family",
                                    "panel",
                                    "dispute",
                                    "no_officer",
                                    "other",
                                    "not_given",
                                    "",
                                ],
                            )
                        ),
                        name="plan_late_reason_known",
                        violation_error_message="Choose a late reason from the list.",
                    ),
                    config.crossing.Across(
                        holds="request.historical OR here.issued_on >= request.received_on",
                        name="plan_after_request",
                        violation_error_message="A plan cannot be issued before the request was received.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_planevent" ("cease_reason", "ceased_on", "id", "issued_on", "late_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (NEW."cease_reason", NEW."ceased_on", NEW."id", NEW."issued_on", NEW."late_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."request_id"); RETURN NULL;',
                            hash="adf004a7dc55041957243efe845be235f4a27cdc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d07b7",
                            table="ehcp_plan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "ehcp_planevent" ("cease_reason", "ceased_on", "id", "issued_on", "late_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (NEW."cease_reason", NEW."ceased_on", NEW."id", NEW."issued_on", NEW."late_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."request_id"); RETURN NULL;',
                            hash="7950df84c38d05d643789a37bea56d2b60c5e6f2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0b595",
                            table="ehcp_plan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_planevent" ("cease_reason", "ceased_on", "id", "issued_on", "late_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (OLD."cease_reason", OLD."ceased_on", OLD."id", OLD."issued_on", OLD."late_reason", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."request_id"); RETURN NULL;',
                            hash="b3a9fb4186735374b7633dc8086bbb4cd27f082a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ed4d4",
                            table="ehcp_plan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanEvent",
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
                        to="ehcp.plan",
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
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="ehcp.request",
                    ),
                ),
                ("issued_on", models.DateField(help_text="The day the final plan was issued.")),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("psychology", "Advice was late: educational psychology"),
                            ("health", "Advice was late: health"),
                            ("care", "Advice was late: care"),
                            ("school", "Advice was late: school"),
                            ("family", "The family asked for more time"),
                            ("panel", "The panel met too late"),
                            ("dispute", "There was a dispute"),
                            ("no_officer", "Nobody was allocated to the request"),
                            ("other", "Another reason"),
                            ("not_given", "Not given"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="why it was late",
                    ),
                ),
                ("ceased_on", models.DateField(blank=True, null=True)),
                (
                    "cease_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Reached the maximum age"),
                            ("2", "Needs met without a plan"),
                            ("3", "Moved to higher education"),
                            ("4", "Found paid employment"),
                            ("5", "Transferred to another authority"),
                            ("6", "No longer wishes to engage in education or training"),
                            ("7", "Moved outside England"),
                            ("8", "Died"),
                            ("9", "Other"),
                        ],
                        max_length=1,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PermittedException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="ehcp.request",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("a", "School closed for 4 weeks or more"),
                            ("b", "Early-years provider closed for 4 weeks or more"),
                            ("c", "Exceptional personal circumstances"),
                            ("d", "Absent from the area for 4 weeks or more"),
                            ("?", "An exception applies, ground not stated (from a return)"),
                        ],
                        max_length=1,
                    ),
                ),
                ("noted_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["noted_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("noted_on__isnull", True),
                            models.Q(
                                ("noted_on__gte", datetime.date(1900, 1, 1)),
                                ("noted_on__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="exception_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", ["a", "b", "c", "d", "?"])),
                        name="exception_ground_known",
                        violation_error_message="Choose a ground from the list.",
                    ),
                    models.UniqueConstraint(
                        fields=("request", "ground"),
                        name="exception_ground_once",
                        violation_error_message="This ground is already recorded for the request.",
                    ),
                    config.crossing.Across(
                        holds="request.historical OR here.noted_on >= request.received_on",
                        name="exception_after_request",
                        violation_error_message="An exception cannot be noted before the request was received.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_permittedexceptionevent" ("ground", "id", "noted_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (NEW."ground", NEW."id", NEW."noted_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."request_id"); RETURN NULL;',
                            hash="b08003f8bfc5e5680a7dfd1c8a4ccd5c08b4f828",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7bd0b",
                            table="ehcp_permittedexception",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "ehcp_permittedexceptionevent" ("ground", "id", "noted_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (NEW."ground", NEW."id", NEW."noted_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."request_id"); RETURN NULL;',
                            hash="484571f98db6e5b737f0018a02da580d49876ed2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b5f85",
                            table="ehcp_permittedexception",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_permittedexceptionevent" ("ground", "id", "noted_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "request_id") VALUES (OLD."ground", OLD."id", OLD."noted_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."request_id"); RETURN NULL;',
                            hash="bcdea348fb78d377138bdd878596ff336ae6b867",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_62425",
                            table="ehcp_permittedexception",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermittedExceptionEvent",
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
                        to="ehcp.permittedexception",
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
                    "request",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="ehcp.request",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("a", "School closed for 4 weeks or more"),
                            ("b", "Early-years provider closed for 4 weeks or more"),
                            ("c", "Exceptional personal circumstances"),
                            ("d", "Absent from the area for 4 weeks or more"),
                            ("?", "An exception applies, ground not stated (from a return)"),
                        ],
                        max_length=1,
                    ),
                ),
                ("noted_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TimeLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("decision", "Say whether there will be an assessment (reg 5)"),
                            ("no_plan", "Say that no plan will be made (reg 10)"),
                            ("issue", "Issue the final plan (reg 13)"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        help_text="Calendar days; the day of receipt is day 0."
                    ),
                ),
                ("valid_from", models.DateField()),
            ],
            options={
                "ordering": ["step", "valid_from"],
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
                        name="time_limit_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["decision", "no_plan", "issue"])),
                        name="time_limit_step_known",
                        violation_error_message="Choose a step from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__isnull", True),
                            models.Q(("days__gte", 1), ("days__lte", 730)),
                            _connector="OR",
                        ),
                        name="time_limit_days_in_range",
                        violation_error_message="Enter a days between 1 and 730.",
                    ),
                    models.UniqueConstraint(
                        fields=("step", "valid_from"),
                        name="time_limit_once",
                        violation_error_message="This step already has a time limit from that day.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_timelimitevent" ("days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step", "valid_from") VALUES (NEW."days", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."step", NEW."valid_from"); RETURN NULL;',
                            hash="ebbb39322e66299ff3cbeb6a96842177af29f9b5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_77362",
                            table="ehcp_timelimit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "ehcp_timelimitevent" ("days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step", "valid_from") VALUES (NEW."days", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."step", NEW."valid_from"); RETURN NULL;',
                            hash="67894d4db474d61d35b31c0619084609d6b60db5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c6c41",
                            table="ehcp_timelimit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "ehcp_timelimitevent" ("days", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "step", "valid_from") VALUES (OLD."days", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."step", OLD."valid_from"); RETURN NULL;',
                            hash="5a565dc92d75cc8ee78f6da2836853317d1a52e9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_06397",
                            table="ehcp_timelimit",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimeLimitEvent",
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
                        to="ehcp.timelimit",
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
                    "step",
                    models.CharField(
                        choices=[
                            ("decision", "Say whether there will be an assessment (reg 5)"),
                            ("no_plan", "Say that no plan will be made (reg 10)"),
                            ("issue", "Issue the final plan (reg 13)"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        help_text="Calendar days; the day of receipt is day 0."
                    ),
                ),
                ("valid_from", models.DateField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OpenSpell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="open_spells",
                        to="ehcp.request",
                    ),
                ),
                ("opened_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "ehcp_openspell",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="OpenStretch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="open_stretches",
                        to="ehcp.request",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="referrals.child",
                    ),
                ),
                ("from_age", models.IntegerField()),
                ("overdue", models.BooleanField()),
                ("due_on", models.DateField()),
                ("began_on", models.DateField()),
                ("over_on", models.DateField()),
            ],
            options={
                "db_table": "ehcp_openstretch",
                "managed": False,
            },
        ),
        from_file(SQL / "open_spell.sql", undo="DROP VIEW ehcp_openstretch, ehcp_openspell"),
        from_file(SQL / "ties.sql", undo=UNDO),
    ]
