import datetime
from pathlib import Path

import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import config.crossing
import config.facts
import config.settling
from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    replaces = [
        ("workforce", "0001_records"),
        ("workforce", "0002_views"),
        ("workforce", "0003_notices"),
        ("workforce", "0004_sign_in"),
        ("workforce", "0005_appointments"),
        ("workforce", "0006_settled"),
        ("workforce", "0007_account_manager"),
        ("workforce", "0008_submissions"),
        ("workforce", "0009_cover_same_day"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Team",
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
                            ("authority", "Authority"),
                            ("service", "Service"),
                            ("team", "Team"),
                        ],
                        default="team",
                        max_length=10,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="For an authority, its three-digit DfE number.",
                        max_length=20,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="workforce.team",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        help_text="The root of the tree; empty for the authority itself.",
                        limit_choices_to={"kind": "authority"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="workforce.team",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["authority", "service", "team"])),
                        name="team_kind_known",
                        violation_error_message="Choose a kind from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authority", None), ("kind", "authority"), ("parent", None)),
                            models.Q(
                                models.Q(("kind", "authority"), _negated=True),
                                ("authority__isnull", False),
                                ("parent__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="team_root_is_authority",
                        violation_error_message="An authority stands alone; a service or a team has a parent and an authority.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="team_not_own_parent",
                        violation_error_message="A team cannot be its own parent.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind", "authority"), models.Q(("code", ""), _negated=True)
                        ),
                        fields=("code",),
                        name="team_code_once",
                        violation_error_message="Another authority has this number.",
                    ),
                    config.crossing.Across(
                        holds="parent.kind = 'authority' OR (here.kind = 'team' AND parent.kind = 'service')",
                        name="team_below_parent",
                        violation_error_message="A service belongs to an authority, and a team to a service or an authority.",
                    ),
                    config.crossing.Across(
                        holds="here.authority_id = COALESCE(parent.authority_id, parent.id)",
                        name="team_in_authority_of_parent",
                        violation_error_message="Choose the authority that the parent belongs to.",
                    ),
                    config.settling.Settled(
                        field="authority",
                        name="team_authority_settled",
                        violation_error_message="A service or team stays in its authority. Enter it anew in the other one.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_teamevent" ("authority_id", "code", "id", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."authority_id", NEW."code", NEW."id", NEW."kind", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="532119776d135fe7add69e42cd18409b4754327d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9529f",
                            table="workforce_team",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_teamevent" ("authority_id", "code", "id", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."authority_id", NEW."code", NEW."id", NEW."kind", NEW."name", NEW."parent_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="ecc5a8d4101b3a6c62000699f98df847b8dd016d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_56639",
                            table="workforce_team",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_teamevent" ("authority_id", "code", "id", "kind", "name", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."authority_id", OLD."code", OLD."id", OLD."kind", OLD."name", OLD."parent_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="c0bc99bf82b33c388f3ebb088cc284d3395b8ea6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_16217",
                            table="workforce_team",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamEvent",
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
                        to="workforce.team",
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
                            ("authority", "Authority"),
                            ("service", "Service"),
                            ("team", "Team"),
                        ],
                        default="team",
                        max_length=10,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True,
                        help_text="For an authority, its three-digit DfE number.",
                        max_length=20,
                    ),
                ),
                (
                    "parent",
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
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The root of the tree; empty for the authority itself.",
                        limit_choices_to={"kind": "authority"},
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Worker",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workers",
                        to="workforce.team",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, help_text="The authority's own number.", max_length=40
                    ),
                ),
                (
                    "registration_number",
                    models.CharField(
                        blank=True,
                        help_text="Social Work England: two letters and ten digits, for example SW1234567890.",
                        max_length=12,
                    ),
                ),
                (
                    "registered",
                    models.BooleanField(
                        default=True,
                        help_text="Registered with Social Work England, and so counted in the workforce figures.",
                        verbose_name="qualified social worker",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=100)),
                ("last_name", models.CharField(blank=True, max_length=100)),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
            ],
            options={
                "ordering": ["last_name", "first_name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("born_on__isnull", True),
                            models.Q(
                                ("born_on__gte", datetime.date(1900, 1, 1)),
                                ("born_on__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="worker_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    config.crossing.Across(
                        holds="authority.kind = 'authority'",
                        name="worker_authority_is_root",
                        violation_error_message="Choose an authority, not one of its services or teams.",
                    ),
                    config.settling.Settled(
                        field="authority",
                        name="worker_authority_settled",
                        violation_error_message="A worker stays with the authority. Enter one who moves there anew.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("registration_number", ""),
                            ("registration_number__regex", "^[A-Z]{2}[0-9]{10}$"),
                            _connector="OR",
                        ),
                        name="worker_registration_number_form",
                        violation_error_message="Enter the registration number as two letters and ten digits, for example SW1234567890.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("registration_number", ""), _negated=True),
                        fields=("authority", "registration_number"),
                        name="worker_registration_number_once",
                        violation_error_message="Another worker has this registration number.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("authority", "reference"),
                        name="worker_reference_once",
                        violation_error_message="Another worker has this reference.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_workerevent" ("authority_id", "born_on", "first_name", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "registered", "registration_number") VALUES (NEW."authority_id", NEW."born_on", NEW."first_name", NEW."id", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."registered", NEW."registration_number"); RETURN NULL;',
                            hash="baa909b7a49a87489b3ae3b967ce5c8027bcc600",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_db5aa",
                            table="workforce_worker",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_workerevent" ("authority_id", "born_on", "first_name", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "registered", "registration_number") VALUES (NEW."authority_id", NEW."born_on", NEW."first_name", NEW."id", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."registered", NEW."registration_number"); RETURN NULL;',
                            hash="a0608daf571e4efa66ff23be918e947c9c19b20e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d1b0f",
                            table="workforce_worker",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_workerevent" ("authority_id", "born_on", "first_name", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "registered", "registration_number") VALUES (OLD."authority_id", OLD."born_on", OLD."first_name", OLD."id", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."registered", OLD."registration_number"); RETURN NULL;',
                            hash="379303ccd1e453f6317bf5dc0a7f53477fb976fa",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ac11b",
                            table="workforce_worker",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkerEvent",
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
                        to="workforce.worker",
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
                    "reference",
                    models.CharField(
                        blank=True, help_text="The authority's own number.", max_length=40
                    ),
                ),
                (
                    "registration_number",
                    models.CharField(
                        blank=True,
                        help_text="Social Work England: two letters and ten digits, for example SW1234567890.",
                        max_length=12,
                    ),
                ),
                (
                    "registered",
                    models.BooleanField(
                        default=True,
                        help_text="Registered with Social Work England, and so counted in the workforce figures.",
                        verbose_name="qualified social worker",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=100)),
                ("last_name", models.CharField(blank=True, max_length=100)),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Employment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="employments",
                        to="workforce.worker",
                    ),
                ),
                (
                    "contract",
                    models.CharField(
                        choices=[
                            ("employee", "Employed by the authority"),
                            ("agency", "Agency worker"),
                        ],
                        default="employee",
                        max_length=10,
                    ),
                ),
                ("started_on", models.DateField()),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Newly qualified social worker"),
                            ("2", "Social worker, other authority in England"),
                            ("3", "Social worker outside England"),
                            ("4", "Agency social worker"),
                            ("5", "Other social worker role, not in an authority"),
                            ("6", "Other social care role"),
                            ("7", "Not social care, or no employment"),
                            ("8", "Other"),
                            ("9", "Not known"),
                            ("10", "Not yet collected"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "left_on",
                    models.DateField(
                        blank=True,
                        help_text="In post up to the day before; a leaver on this day.",
                        null=True,
                    ),
                ),
                (
                    "reason_for_leaving",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Resignation"),
                            ("2", "Voluntary redundancy"),
                            ("3", "Compulsory redundancy"),
                            ("4", "Dismissed"),
                            ("5", "Retired"),
                            ("6", "Died"),
                            ("7", "Moved to a non-child-and-family role within the authority"),
                            ("8", "Other"),
                            ("9", "Not known"),
                            ("10", "Not yet collected"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "destination",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Social worker, other authority in England"),
                            ("2", "Social worker outside England"),
                            ("3", "Agency social worker"),
                            ("4", "Other social worker role"),
                            ("5", "Other social care role"),
                            ("6", "Not social care, or no employment"),
                            ("7", "Other"),
                            ("8", "Not known"),
                            ("9", "Not yet collected"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "absence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("MAT", "Maternity, paternity or adoption leave"),
                            ("OTH", "Other paid authorised absence"),
                            ("PUB", "Public duty"),
                            ("SIC", "Sickness"),
                            ("TRN", "Training"),
                            ("UNA", "Unauthorised absence"),
                            ("UNP", "Unpaid authorised absence"),
                        ],
                        max_length=3,
                    ),
                ),
                ("entered_here", models.BooleanField(default=True, editable=False)),
            ],
            options={
                "ordering": ["-started_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("started_on__isnull", True),
                                models.Q(
                                    ("started_on__gte", datetime.date(1900, 1, 1)),
                                    ("started_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("left_on__isnull", True),
                                models.Q(
                                    ("left_on__gte", datetime.date(1900, 1, 1)),
                                    ("left_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="employment_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True),
                            ("left_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="employment_left_after_started",
                        violation_error_message="The leaving date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_on__isnull", True), ("reason_for_leaving", "")),
                            models.Q(
                                ("left_on__isnull", False),
                                models.Q(("reason_for_leaving", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="employment_left_and_why",
                        violation_error_message="Enter both the leaving date and the reason for leaving, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("contract__in", ["employee", "agency"])),
                        name="employment_contract_known",
                        violation_error_message="Choose a contract from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason_for_leaving__in",
                                ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", ""],
                            )
                        ),
                        name="employment_reason_known",
                        violation_error_message="Choose a reason for leaving from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin__in", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", ""])
                        ),
                        name="employment_origin_known",
                        violation_error_message="Choose a origin from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("destination__in", ["1", "2", "3", "4", "5", "6", "7", "8", "9", ""])
                        ),
                        name="employment_destination_known",
                        violation_error_message="Choose a destination from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("absence__in", ["MAT", "OTH", "PUB", "SIC", "TRN", "UNA", "UNP", ""])
                        ),
                        name="employment_absence_known",
                        violation_error_message="Choose a absence from the list.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[
                            (
                                models.Func(
                                    models.F("worker"),
                                    models.F("worker"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Least(
                                        django.db.models.expressions.CombinedExpression(
                                            config.facts.HalfDay(models.F("started_on")),
                                            "+",
                                            models.Value(1),
                                        ),
                                        config.facts.HalfDay(
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("left_on"),
                                                models.Value(datetime.date(2200, 1, 1)),
                                            )
                                        ),
                                    ),
                                    django.db.models.functions.comparison.Greatest(
                                        django.db.models.expressions.CombinedExpression(
                                            config.facts.HalfDay(
                                                django.db.models.functions.comparison.Coalesce(
                                                    models.F("left_on"),
                                                    models.Value(datetime.date(2200, 1, 1)),
                                                )
                                            ),
                                            "-",
                                            models.Value(1),
                                        ),
                                        config.facts.HalfDay(models.F("started_on")),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                        ],
                        name="employment_one_at_a_time",
                        violation_error_message="This worker is already in post on those days. End that employment first.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_employmentevent" ("absence", "contract", "destination", "entered_here", "id", "left_on", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_for_leaving", "started_on", "worker_id") VALUES (NEW."absence", NEW."contract", NEW."destination", NEW."entered_here", NEW."id", NEW."left_on", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason_for_leaving", NEW."started_on", NEW."worker_id"); RETURN NULL;',
                            hash="e71aa08ec881091522a41431f761dee6d630b107",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_09264",
                            table="workforce_employment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_employmentevent" ("absence", "contract", "destination", "entered_here", "id", "left_on", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_for_leaving", "started_on", "worker_id") VALUES (NEW."absence", NEW."contract", NEW."destination", NEW."entered_here", NEW."id", NEW."left_on", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason_for_leaving", NEW."started_on", NEW."worker_id"); RETURN NULL;',
                            hash="abc93cb4f9fbe76e83e3bdc8ef4c17cc99a63983",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5f059",
                            table="workforce_employment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_employmentevent" ("absence", "contract", "destination", "entered_here", "id", "left_on", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_for_leaving", "started_on", "worker_id") VALUES (OLD."absence", OLD."contract", OLD."destination", OLD."entered_here", OLD."id", OLD."left_on", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason_for_leaving", OLD."started_on", OLD."worker_id"); RETURN NULL;',
                            hash="9f9c5159ae2b8ba53a8a29eb65d1a27a42386c37",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_34344",
                            table="workforce_employment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmploymentEvent",
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
                        to="workforce.employment",
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
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.worker",
                    ),
                ),
                (
                    "contract",
                    models.CharField(
                        choices=[
                            ("employee", "Employed by the authority"),
                            ("agency", "Agency worker"),
                        ],
                        default="employee",
                        max_length=10,
                    ),
                ),
                ("started_on", models.DateField()),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Newly qualified social worker"),
                            ("2", "Social worker, other authority in England"),
                            ("3", "Social worker outside England"),
                            ("4", "Agency social worker"),
                            ("5", "Other social worker role, not in an authority"),
                            ("6", "Other social care role"),
                            ("7", "Not social care, or no employment"),
                            ("8", "Other"),
                            ("9", "Not known"),
                            ("10", "Not yet collected"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "left_on",
                    models.DateField(
                        blank=True,
                        help_text="In post up to the day before; a leaver on this day.",
                        null=True,
                    ),
                ),
                (
                    "reason_for_leaving",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Resignation"),
                            ("2", "Voluntary redundancy"),
                            ("3", "Compulsory redundancy"),
                            ("4", "Dismissed"),
                            ("5", "Retired"),
                            ("6", "Died"),
                            ("7", "Moved to a non-child-and-family role within the authority"),
                            ("8", "Other"),
                            ("9", "Not known"),
                            ("10", "Not yet collected"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "destination",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Social worker, other authority in England"),
                            ("2", "Social worker outside England"),
                            ("3", "Agency social worker"),
                            ("4", "Other social worker role"),
                            ("5", "Other social care role"),
                            ("6", "Not social care, or no employment"),
                            ("7", "Other"),
                            ("8", "Not known"),
                            ("9", "Not yet collected"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "absence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("MAT", "Maternity, paternity or adoption leave"),
                            ("OTH", "Other paid authorised absence"),
                            ("PUB", "Public duty"),
                            ("SIC", "Sickness"),
                            ("TRN", "Training"),
                            ("UNA", "Unauthorised absence"),
                            ("UNP", "Unpaid authorised absence"),
                        ],
                        max_length=3,
                    ),
                ),
                ("entered_here", models.BooleanField(default=True, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "employment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="workforce.employment",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="workforce.team",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Senior manager"),
                            ("2", "Middle manager"),
                            ("3", "First line manager"),
                            ("4", "Senior practitioner"),
                            ("5", "Case holder"),
                            ("6", "Qualified without cases"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "fte",
                    models.DecimalField(
                        decimal_places=6,
                        help_text="1 is full time.",
                        max_digits=8,
                        verbose_name="full-time equivalent",
                    ),
                ),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["started_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("started_on__isnull", True),
                                models.Q(
                                    ("started_on__gte", datetime.date(1900, 1, 1)),
                                    ("started_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_on__isnull", True),
                                models.Q(
                                    ("ended_on__gte", datetime.date(1900, 1, 1)),
                                    ("ended_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="assignment_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="assignment_ended_after_started",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fte__isnull", True),
                            models.Q(("fte__gte", 0), ("fte__lte", 2)),
                            _connector="OR",
                        ),
                        name="assignment_fte_in_range",
                        violation_error_message="Enter a fte between 0 and 2.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["1", "2", "3", "4", "5", "6", ""])),
                        name="assignment_role_known",
                        violation_error_message="Choose a role from the list.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[
                            (
                                models.Func(
                                    models.F("employment"),
                                    models.F("employment"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Least(
                                        django.db.models.expressions.CombinedExpression(
                                            config.facts.HalfDay(models.F("started_on")),
                                            "+",
                                            models.Value(1),
                                        ),
                                        config.facts.HalfDay(
                                            django.db.models.functions.comparison.Coalesce(
                                                models.F("ended_on"),
                                                models.Value(datetime.date(2200, 1, 1)),
                                            )
                                        ),
                                    ),
                                    django.db.models.functions.comparison.Greatest(
                                        django.db.models.expressions.CombinedExpression(
                                            config.facts.HalfDay(
                                                django.db.models.functions.comparison.Coalesce(
                                                    models.F("ended_on"),
                                                    models.Value(datetime.date(2200, 1, 1)),
                                                )
                                            ),
                                            "-",
                                            models.Value(1),
                                        ),
                                        config.facts.HalfDay(models.F("started_on")),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                        ],
                        name="assignment_one_at_a_time",
                        violation_error_message="This worker already has a team and hours on those days.",
                    ),
                    config.crossing.Across(
                        holds="here.started_on >= employment.started_on AND here.started_on < employment.left_on AND here.ended_on <= employment.left_on",
                        name="assignment_within_employment",
                        violation_error_message="A team and hours begin while the worker is in post, and end no later.",
                    ),
                    config.crossing.Across(
                        holds="COALESCE(team.authority_id, team.id) = employment__worker.authority_id",
                        name="assignment_team_in_authority",
                        violation_error_message="Choose a team of the worker's own authority.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_assignmentevent" ("employment_id", "ended_on", "fte", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_on", "team_id") VALUES (NEW."employment_id", NEW."ended_on", NEW."fte", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."started_on", NEW."team_id"); RETURN NULL;',
                            hash="fa4721e36c040e2003ad93d4c76d184d81759df0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d0d69",
                            table="workforce_assignment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_assignmentevent" ("employment_id", "ended_on", "fte", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_on", "team_id") VALUES (NEW."employment_id", NEW."ended_on", NEW."fte", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."started_on", NEW."team_id"); RETURN NULL;',
                            hash="51ce6cdb3542d81e8110ab788cdcc8458554a3cf",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c721b",
                            table="workforce_assignment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_assignmentevent" ("employment_id", "ended_on", "fte", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "started_on", "team_id") VALUES (OLD."employment_id", OLD."ended_on", OLD."fte", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."started_on", OLD."team_id"); RETURN NULL;',
                            hash="6a2b571c3c4ae697d4c25912981155de5ed8ff55",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a9dc0",
                            table="workforce_assignment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentEvent",
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
                        to="workforce.assignment",
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
                    "employment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.employment",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Senior manager"),
                            ("2", "Middle manager"),
                            ("3", "First line manager"),
                            ("4", "Senior practitioner"),
                            ("5", "Case holder"),
                            ("6", "Qualified without cases"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "fte",
                    models.DecimalField(
                        decimal_places=6,
                        help_text="1 is full time.",
                        max_digits=8,
                        verbose_name="full-time equivalent",
                    ),
                ),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vacancies",
                        to="workforce.team",
                    ),
                ),
                (
                    "fte",
                    models.DecimalField(
                        decimal_places=6, max_digits=10, verbose_name="full-time equivalent"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Senior manager"),
                            ("2", "Middle manager"),
                            ("3", "First line manager"),
                            ("4", "Senior practitioner"),
                            ("5", "Case holder"),
                            ("6", "Qualified without cases"),
                        ],
                        max_length=1,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("filled_on", models.DateField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "verbose_name_plural": "vacancies",
                "ordering": ["-opened_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("opened_on__isnull", True),
                                models.Q(
                                    ("opened_on__gte", datetime.date(1900, 1, 1)),
                                    ("opened_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("filled_on__isnull", True),
                                models.Q(
                                    ("filled_on__gte", datetime.date(1900, 1, 1)),
                                    ("filled_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="vacancy_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("filled_on__isnull", True),
                            ("filled_on__gt", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="vacancy_filled_after_opened",
                        violation_error_message="The day the vacancy was filled must be after the day it opened.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fte__isnull", True),
                            models.Q(("fte__gte", 0), ("fte__lte", 1000)),
                            _connector="OR",
                        ),
                        name="vacancy_fte_in_range",
                        violation_error_message="Enter a fte between 0 and 1000.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["1", "2", "3", "4", "5", "6", ""])),
                        name="vacancy_role_known",
                        violation_error_message="Choose a role from the list.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("team", "reference"),
                        name="vacancy_reference_once",
                        violation_error_message="Another vacancy of this team has this reference.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_vacancyevent" ("filled_on", "fte", "id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "role", "team_id") VALUES (NEW."filled_on", NEW."fte", NEW."id", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."role", NEW."team_id"); RETURN NULL;',
                            hash="87e2518b77e91a13f186b8534ede42859cc7d087",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_05572",
                            table="workforce_vacancy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_vacancyevent" ("filled_on", "fte", "id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "role", "team_id") VALUES (NEW."filled_on", NEW."fte", NEW."id", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."role", NEW."team_id"); RETURN NULL;',
                            hash="afeaa5a8bf00a7e4f6b753ea495c688b8bfce7b2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_453bf",
                            table="workforce_vacancy",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_vacancyevent" ("filled_on", "fte", "id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "role", "team_id") VALUES (OLD."filled_on", OLD."fte", OLD."id", OLD."opened_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."role", OLD."team_id"); RETURN NULL;',
                            hash="52bfc845b1e6ed6ca02d2f7a9a47ee61f6311898",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_96025",
                            table="workforce_vacancy",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VacancyEvent",
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
                        to="workforce.vacancy",
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
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "fte",
                    models.DecimalField(
                        decimal_places=6, max_digits=10, verbose_name="full-time equivalent"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Senior manager"),
                            ("2", "Middle manager"),
                            ("3", "First line manager"),
                            ("4", "Senior practitioner"),
                            ("5", "Case holder"),
                            ("6", "Qualified without cases"),
                        ],
                        max_length=1,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("filled_on", models.DateField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PostStretch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "employment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="stretches",
                        to="workforce.employment",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("fte", models.DecimalField(decimal_places=6, max_digits=8)),
                ("since", models.DateField()),
                ("until", models.DateField()),
            ],
            options={
                "db_table": "workforce_poststretch",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "worker",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="account",
                        to="workforce.worker",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        help_text="The place in the tree this account opens at.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="workforce.team",
                    ),
                ),
                (
                    "directory_id",
                    models.CharField(
                        blank=True,
                        help_text="What the council’s directory calls someone for good: in Entra ID, their object ID.",
                        max_length=200,
                        null=True,
                        unique=True,
                        verbose_name="directory’s identifier",
                    ),
                ),
                (
                    "demonstration",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="A made-up account whose password is printed: it needs no second step to sign in.",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_userevent" ("date_joined", "demonstration", "directory_id", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "username", "worker_id") VALUES (NEW."date_joined", NEW."demonstration", NEW."directory_id", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."team_id", NEW."username", NEW."worker_id"); RETURN NULL;',
                            hash="6a05de28650bc0af3c9e54d0e916624548bd8296",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0739b",
                            table="workforce_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."demonstration" IS DISTINCT FROM (NEW."demonstration") OR OLD."directory_id" IS DISTINCT FROM (NEW."directory_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."team_id" IS DISTINCT FROM (NEW."team_id") OR OLD."username" IS DISTINCT FROM (NEW."username") OR OLD."worker_id" IS DISTINCT FROM (NEW."worker_id"))',
                            func='INSERT INTO "workforce_userevent" ("date_joined", "demonstration", "directory_id", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "username", "worker_id") VALUES (NEW."date_joined", NEW."demonstration", NEW."directory_id", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."team_id", NEW."username", NEW."worker_id"); RETURN NULL;',
                            hash="5673698d736a6d3ddc18e0f2e04e5e157c918b7e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5dd10",
                            table="workforce_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_userevent" ("date_joined", "demonstration", "directory_id", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "team_id", "username", "worker_id") VALUES (OLD."date_joined", OLD."demonstration", OLD."directory_id", OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."team_id", OLD."username", OLD."worker_id"); RETURN NULL;',
                            hash="535f5c613c44edde439f3eb67130a8de67708e52",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1dc07",
                            table="workforce_user",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
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
                        to=settings.AUTH_USER_MODEL,
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
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.worker",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The place in the tree this account opens at.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "directory_id",
                    models.CharField(
                        blank=True,
                        help_text="What the council’s directory calls someone for good: in Entra ID, their object ID.",
                        max_length=200,
                        null=True,
                        verbose_name="directory’s identifier",
                    ),
                ),
                (
                    "demonstration",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="A made-up account whose password is printed: it needs no second step to sign in.",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("caseworker", "Caseworker"),
                            ("team_manager", "Team manager"),
                            ("service_manager", "Service manager"),
                            ("send_officer", "SEND casework officer"),
                            ("workforce_officer", "Workforce officer"),
                            ("analyst", "Performance analyst"),
                            ("publisher", "Publisher"),
                            ("auditor", "Information governance auditor"),
                            ("emergency_duty", "Emergency duty worker"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="workforce.team",
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which the role is no longer held.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["user", "role", "since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("since__isnull", True),
                                models.Q(
                                    ("since__gte", datetime.date(1900, 1, 1)),
                                    ("since__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("until__isnull", True),
                                models.Q(
                                    ("until__gte", datetime.date(1900, 1, 1)),
                                    ("until__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="appointment_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="appointment_until_after_since",
                        violation_error_message="The role cannot end before it is first held.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "caseworker",
                                    "team_manager",
                                    "service_manager",
                                    "send_officer",
                                    "workforce_officer",
                                    "analyst",
                                    "publisher",
                                    "auditor",
                                    "emergency_duty",
                                    "administrator",
                                ],
                            )
                        ),
                        name="appointment_role_known",
                        violation_error_message="Choose a role from the list.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("user", "role", "place"),
                        name="appointment_once",
                        violation_error_message="This account holds this role for this place already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_appointmentevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "role", "since", "until", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."role", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="930f19d5b7be5de35b7b7722bf853dee2249f8fb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_70397",
                            table="workforce_appointment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_appointmentevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "role", "since", "until", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."role", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="601a572f45c16ecb3411d55ab405aa6615c673fc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_12be9",
                            table="workforce_appointment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_appointmentevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "role", "since", "until", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."role", OLD."since", OLD."until", OLD."user_id"); RETURN NULL;',
                            hash="1d6ccb69678b90348ac97b4679129a7798885e91",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bce48",
                            table="workforce_appointment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AppointmentEvent",
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
                        to="workforce.appointment",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("caseworker", "Caseworker"),
                            ("team_manager", "Team manager"),
                            ("service_manager", "Service manager"),
                            ("send_officer", "SEND casework officer"),
                            ("workforce_officer", "Workforce officer"),
                            ("analyst", "Performance analyst"),
                            ("publisher", "Publisher"),
                            ("auditor", "Information governance auditor"),
                            ("emergency_duty", "Emergency duty worker"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                    ),
                ),
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
                ("since", models.DateField(verbose_name="from")),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which the role is no longer held.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Cover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covers",
                        to="workforce.worker",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="covers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account that stands in",
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                (
                    "until",
                    models.DateField(
                        help_text="The first day on which nobody need stand in any more."
                    ),
                ),
            ],
            options={
                "ordering": ["-since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("since__isnull", True),
                                models.Q(
                                    ("since__gte", datetime.date(1900, 1, 1)),
                                    ("since__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("until__isnull", True),
                                models.Q(
                                    ("until__gte", datetime.date(1900, 1, 1)),
                                    ("until__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="cover_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="cover_until_after_since",
                        violation_error_message="The cover cannot end before the day it begins.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_coverevent" ("by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "worker_id") VALUES (NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."since", NEW."until", NEW."worker_id"); RETURN NULL;',
                            hash="36fef29871d0d32a3cb243820a0ec8e97aad6b72",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c0c39",
                            table="workforce_cover",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_coverevent" ("by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "worker_id") VALUES (NEW."by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."since", NEW."until", NEW."worker_id"); RETURN NULL;',
                            hash="d97e079e6481505c3fb6f032bd069cca446811fb",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_686d5",
                            table="workforce_cover",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_coverevent" ("by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "since", "until", "worker_id") VALUES (OLD."by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."since", OLD."until", OLD."worker_id"); RETURN NULL;',
                            hash="af7c60d4f608edb0f6dde39d24c29f33e4758d78",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f31da",
                            table="workforce_cover",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoverEvent",
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
                        to="workforce.cover",
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
                    "worker",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="workforce.worker",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account that stands in",
                    ),
                ),
                ("since", models.DateField(verbose_name="from")),
                (
                    "until",
                    models.DateField(
                        help_text="The first day on which nobody need stand in any more."
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="BankHoliday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True)),
                ("name", models.CharField(max_length=100)),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("day__isnull", True),
                            models.Q(
                                ("day__gte", datetime.date(1900, 1, 1)),
                                ("day__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="bank_holiday_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="number_calendar_days",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n        LOCK TABLE workforce_calendarday IN SHARE ROW EXCLUSIVE MODE;\n        INSERT INTO workforce_calendarday AS known (day, number, working)\n        SELECT day, count(*) FILTER (WHERE working) OVER (ORDER BY day), working\n        FROM (\n            SELECT day, extract(isodow FROM day) < 6 AND day NOT IN (\n                SELECT holiday.day FROM workforce_bankholiday holiday\n            ) AS working\n            FROM (\n                SELECT DATE '1970-01-01' + generate_series(0, 33237) AS day\n            ) every\n        ) counted\n        ON CONFLICT (day) DO UPDATE SET number = excluded.number, working = excluded.working\n            WHERE (known.number, known.working) IS DISTINCT FROM (excluded.number, excluded.working);\n        RETURN NULL;\n    ",
                            hash="68ae8cc161a4809601b0f890073bfff788e9d54e",
                            level="STATEMENT",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_number_calendar_days_c3d42",
                            table="workforce_bankholiday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_bankholidayevent" ("day", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."day", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="2e29be337a9de4dfd1fdd4255ed8b5619e837b2d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e8702",
                            table="workforce_bankholiday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_bankholidayevent" ("day", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."day", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="0d0f71d629cc03d9b4f652b9f1673170ef4e127b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d5495",
                            table="workforce_bankholiday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_bankholidayevent" ("day", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."day", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="d4c0b06e9e4a62a2478a20bc4fee9672f08c9267",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_413d2",
                            table="workforce_bankholiday",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankHolidayEvent",
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
                        to="workforce.bankholiday",
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
                ("day", models.DateField()),
                ("name", models.CharField(max_length=100)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("working", models.BooleanField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("working", True)),
                        fields=["number"],
                        include=("day",),
                        name="working_day_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "url",
                    models.CharField(
                        help_text="The page of this service that the notice is about.",
                        max_length=300,
                        verbose_name="page",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["to", "-created_at"], name="notice_of_account"),
                    models.Index(
                        condition=models.Q(("read_at", None)), fields=["to"], name="notice_unread"
                    ),
                    models.Index(
                        condition=models.Q(("mailed_at", None)),
                        fields=["id"],
                        name="notice_not_mailed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="notice_says_something",
                        violation_error_message="A notice says something.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url__regex", "^/([^/]|$)")),
                        name="notice_leads_within_the_service",
                        violation_error_message="A notice leads to a page of this service.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_noticeevent" ("created_at", "id", "mailed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "text", "to_id", "url") VALUES (NEW."created_at", NEW."id", NEW."mailed_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."read_at", NEW."text", NEW."to_id", NEW."url"); RETURN NULL;',
                            hash="45fade03820aa0f555f5029a34769877301496b9",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_00f19",
                            table="workforce_notice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_noticeevent" ("created_at", "id", "mailed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "text", "to_id", "url") VALUES (NEW."created_at", NEW."id", NEW."mailed_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."read_at", NEW."text", NEW."to_id", NEW."url"); RETURN NULL;',
                            hash="ce661ce64dcebfb43333bcaf3d639f28a1b67af4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ffcb4",
                            table="workforce_notice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_noticeevent" ("created_at", "id", "mailed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "text", "to_id", "url") VALUES (OLD."created_at", OLD."id", OLD."mailed_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."read_at", OLD."text", OLD."to_id", OLD."url"); RETURN NULL;',
                            hash="539176454b1bb9f70664c150f10ef427317652bb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ffb1d",
                            table="workforce_notice",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeEvent",
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
                        to="workforce.notice",
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
                    "to",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "url",
                    models.CharField(
                        help_text="The page of this service that the notice is about.",
                        max_length=300,
                        verbose_name="page",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KeptForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_forms",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("path", models.CharField(max_length=500, verbose_name="page")),
                ("typed", models.JSONField(help_text="Each field’s values by its name.")),
                (
                    "kept_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "ordering": ["-kept_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "path"),
                        name="kept_form_once",
                        violation_error_message="Text for this page is kept already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondStepReset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_step_resets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="How you made sure that this is the person, and what happened.",
                        max_length=300,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_by", models.F("account")), _negated=True),
                            models.Q(
                                ("confirmed_by", None),
                                models.Q(
                                    models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                                    models.Q(("confirmed_by", models.F("account")), _negated=True),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="second_step_reset_by_two",
                        violation_error_message="One administrator asks and another confirms; neither can be the account itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="second_step_reset_confirmed_and_when",
                        violation_error_message="Say both who confirmed it and when, or neither.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_secondstepresetevent" ("account_id", "asked_at", "asked_by_id", "confirmed_at", "confirmed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."account_id", NEW."asked_at", NEW."asked_by_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                            hash="225c0fc8c96cee4d931e8fc30c38aa7870907859",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e32cb",
                            table="workforce_secondstepreset",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_secondstepresetevent" ("account_id", "asked_at", "asked_by_id", "confirmed_at", "confirmed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."account_id", NEW."asked_at", NEW."asked_by_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                            hash="ef41e6adc9ec34708692a10f184bd272d0c67a2e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4cd80",
                            table="workforce_secondstepreset",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_secondstepresetevent" ("account_id", "asked_at", "asked_by_id", "confirmed_at", "confirmed_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."account_id", OLD."asked_at", OLD."asked_by_id", OLD."confirmed_at", OLD."confirmed_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;',
                            hash="2eba58af5589ccbd35c87c5d81322d6a6a193e03",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8b469",
                            table="workforce_secondstepreset",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondStepResetEvent",
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
                        to="workforce.secondstepreset",
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
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="How you made sure that this is the person, and what happened.",
                        max_length=300,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "confirmed_by",
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
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AccessReview",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_reviews",
                        to="workforce.team",
                    ),
                ),
                ("quarter_from", models.DateField(verbose_name="quarter from")),
                (
                    "listed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=400),
                        blank=True,
                        default=list,
                        help_text="The accounts with their roles, as they were listed when this was confirmed.",
                        size=None,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_reviews",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "ordering": ["-quarter_from", "place_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "quarter_from"),
                        name="access_review_once",
                        violation_error_message="Access to this place is confirmed for this quarter already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quarter_from__day", 1), ("quarter_from__month__in", (1, 4, 7, 10))
                        ),
                        name="access_review_of_a_quarter",
                        violation_error_message="A quarter starts on the first of January, April, July or October.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_accessreviewevent" ("confirmed_at", "confirmed_by_id", "id", "listed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "quarter_from") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."listed", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place_id", NEW."quarter_from"); RETURN NULL;',
                            hash="e61fa2d8168249484aaa0046c4578546f70ffb2d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_29d14",
                            table="workforce_accessreview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "workforce_accessreviewevent" ("confirmed_at", "confirmed_by_id", "id", "listed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "quarter_from") VALUES (NEW."confirmed_at", NEW."confirmed_by_id", NEW."id", NEW."listed", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place_id", NEW."quarter_from"); RETURN NULL;',
                            hash="b8f1c05bdf171a32c66ae8af53a0c1313a10ca75",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e04a7",
                            table="workforce_accessreview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "workforce_accessreviewevent" ("confirmed_at", "confirmed_by_id", "id", "listed", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "quarter_from") VALUES (OLD."confirmed_at", OLD."confirmed_by_id", OLD."id", OLD."listed", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place_id", OLD."quarter_from"); RETURN NULL;',
                            hash="42f8d03a08228032b64aa001817d65e595ac18b5",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1ec39",
                            table="workforce_accessreview",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessReviewEvent",
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
                        to="workforce.accessreview",
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
                ("quarter_from", models.DateField(verbose_name="quarter from")),
                (
                    "listed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=400),
                        blank=True,
                        default=list,
                        help_text="The accounts with their roles, as they were listed when this was confirmed.",
                        size=None,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("said", models.TextField(blank=True)),
                ("leads_to", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["-sent_at"],
            },
        ),
        from_file(SQL / "working_days.sql", undo="DROP VIEW workforce_workingdays"),
        from_file(SQL / "post_stretch.sql", undo="DROP VIEW workforce_poststretch"),
    ]
