import datetime
from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import pgtrigger.compiler
from django.db import migrations, models

import config.crossing
import config.facts
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
    replaces = [
        ("visits", "0001_records"),
        ("visits", "0002_views"),
        ("visits", "0003_days_of_plans"),
        ("visits", "0004_visit_recorded_on"),
        ("visits", "0005_ties"),
        ("visits", "0006_late_reason"),
        ("visits", "0007_late_visits"),
        ("visits", "0008_merges"),
        ("visits", "0009_lists"),
        ("visits", "0010_newest_plans"),
    ]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("referrals", "0001_initial"),
        ("workforce", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProtectionPlan",
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
                        related_name="protection_plans",
                        to="referrals.child",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protection_plans",
                        to="workforce.team",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "initial_category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NEG", "Neglect"),
                            ("PHY", "Physical abuse"),
                            ("SAB", "Sexual abuse"),
                            ("EMO", "Emotional abuse"),
                            ("MUL", "Multiple categories"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "latest_category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NEG", "Neglect"),
                            ("PHY", "Physical abuse"),
                            ("SAB", "Sexual abuse"),
                            ("EMO", "Emotional abuse"),
                            ("MUL", "Multiple categories"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "earlier_plans",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Earlier plans known of that are not recorded here, with other authorities too.",
                    ),
                ),
                (
                    "visit_interval",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Only where this plan asks for visits more often than the standard, in its unit.",
                        null=True,
                    ),
                ),
                ("entered_here", models.BooleanField(default=True, editable=False)),
                (
                    "overlaps",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="From a return, and overlapping another of the child's plans: history, to be looked at.",
                    ),
                ),
            ],
            options={
                "verbose_name": "child protection plan",
                "ordering": ["-started_on"],
                "indexes": [
                    models.Index(fields=["-started_on", "id"], name="protection_newest"),
                    models.Index(fields=["child", "started_on"], name="protection_child_started"),
                ],
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
                        name="protection_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="protection_ended_after_started",
                        violation_error_message="A plan must end after the day it started.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("initial_category__in", ["NEG", "PHY", "SAB", "EMO", "MUL", ""])
                        ),
                        name="protection_initial_known",
                        violation_error_message="Choose a initial category from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latest_category__in", ["NEG", "PHY", "SAB", "EMO", "MUL", ""])
                        ),
                        name="protection_latest_known",
                        violation_error_message="Choose a latest category from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("earlier_plans__isnull", True),
                            models.Q(("earlier_plans__gte", 0), ("earlier_plans__lte", 50)),
                            _connector="OR",
                        ),
                        name="protection_earlier_in_range",
                        violation_error_message="Enter a earlier plans between 0 and 50.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visit_interval__isnull", True),
                            models.Q(("visit_interval__gte", 1), ("visit_interval__lte", 60)),
                            _connector="OR",
                        ),
                        name="protection_interval_in_range",
                        violation_error_message="Enter a visit interval between 1 and 60.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entered_here", False),
                            models.Q(("initial_category", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="protection_entered_whole",
                        violation_error_message="Choose the initial category of abuse.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overlaps", False), ("entered_here", False), _connector="OR"
                        ),
                        name="protection_overlap_only_from_returns",
                        violation_error_message="A plan that is entered here cannot overlap another.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("overlaps", False)),
                        deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                        expressions=[
                            (
                                models.Func(
                                    models.F("child"),
                                    models.F("child"),
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
                        name="protection_one_plan_at_a_time",
                        violation_error_message="This child already has a child protection plan on those days.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("child", "reference"),
                        name="protection_reference_once",
                        violation_error_message="Another plan of this child has this reference.",
                    ),
                    config.crossing.Across(
                        holds="COALESCE(team.authority_id, team.id) = child.authority_id",
                        name="protection_team_in_authority",
                        violation_error_message="Choose a team of the child's own authority.",
                    ),
                    config.crossing.Across(
                        holds="NOT here.entered_here OR here.started_on >= child.born_on - 280",
                        name="protection_near_birth",
                        violation_error_message="A plan cannot start more than 40 weeks before the date of birth.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_merges",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE survivor bigint;",
                            func="\n            LOOP\n                SELECT merged_into_id INTO survivor FROM referrals_child\n                WHERE id = NEW.child_id FOR NO KEY UPDATE;\n                EXIT WHEN survivor IS NULL;\n                NEW.child_id := survivor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="e29e7a5f6fa75d9ea9f0195453a077e610bc1933",
                            operation='INSERT OR UPDATE OF "child_id"',
                            pgid="pgtrigger_follow_merges_d9841",
                            table="visits_protectionplan",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "visits_protectionplanevent" ("child_id", "earlier_plans", "ended_on", "entered_here", "id", "initial_category", "latest_category", "overlaps", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "started_on", "team_id", "visit_interval") VALUES (NEW."child_id", NEW."earlier_plans", NEW."ended_on", NEW."entered_here", NEW."id", NEW."initial_category", NEW."latest_category", NEW."overlaps", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."started_on", NEW."team_id", NEW."visit_interval"); RETURN NULL;',
                            hash="f20d73fe74da10e509ff9b6e07cc1dcfba1a56ae",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_970bb",
                            table="visits_protectionplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "visits_protectionplanevent" ("child_id", "earlier_plans", "ended_on", "entered_here", "id", "initial_category", "latest_category", "overlaps", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "started_on", "team_id", "visit_interval") VALUES (NEW."child_id", NEW."earlier_plans", NEW."ended_on", NEW."entered_here", NEW."id", NEW."initial_category", NEW."latest_category", NEW."overlaps", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."started_on", NEW."team_id", NEW."visit_interval"); RETURN NULL;',
                            hash="033437dc77eef4d68bc252d8654feade27620db8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fcd8b",
                            table="visits_protectionplan",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "visits_protectionplanevent" ("child_id", "earlier_plans", "ended_on", "entered_here", "id", "initial_category", "latest_category", "overlaps", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "started_on", "team_id", "visit_interval") VALUES (OLD."child_id", OLD."earlier_plans", OLD."ended_on", OLD."entered_here", OLD."id", OLD."initial_category", OLD."latest_category", OLD."overlaps", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."started_on", OLD."team_id", OLD."visit_interval"); RETURN NULL;',
                            hash="dea6abb5bc5dd9341ee946165e7468fe18c5d9a0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3db07",
                            table="visits_protectionplan",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectionPlanEvent",
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
                        to="visits.protectionplan",
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
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "initial_category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NEG", "Neglect"),
                            ("PHY", "Physical abuse"),
                            ("SAB", "Sexual abuse"),
                            ("EMO", "Emotional abuse"),
                            ("MUL", "Multiple categories"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "latest_category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("NEG", "Neglect"),
                            ("PHY", "Physical abuse"),
                            ("SAB", "Sexual abuse"),
                            ("EMO", "Emotional abuse"),
                            ("MUL", "Multiple categories"),
                        ],
                        max_length=3,
                    ),
                ),
                (
                    "earlier_plans",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Earlier plans known of that are not recorded here, with other authorities too.",
                    ),
                ),
                (
                    "visit_interval",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Only where this plan asks for visits more often than the standard, in its unit.",
                        null=True,
                    ),
                ),
                ("entered_here", models.BooleanField(default=True, editable=False)),
                (
                    "overlaps",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="From a return, and overlapping another of the child's plans: history, to be looked at.",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="visits.protectionplan",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protection_visits",
                        to="workforce.worker",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("visited_on", models.DateField()),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("statutory", "Statutory visit"),
                            ("core_group", "Core group"),
                            ("other", "Other contact"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "At home"),
                            ("school", "At school or nursery"),
                            ("elsewhere", "Elsewhere"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("seen", "Child seen, face to face"),
                            ("mother_seen", "Mother seen, child not yet born"),
                            ("virtual", "Seen by video or telephone"),
                            ("attempted", "Attempted: nobody in, or child not there"),
                            ("refused", "Refused"),
                        ],
                        default="seen",
                        max_length=11,
                    ),
                ),
                ("seen_alone", models.BooleanField(blank=True, null=True)),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_home", "Nobody was at home"),
                            ("refused", "The family refused the visit"),
                            ("away", "The child was away"),
                            ("worker_absent", "The worker was absent"),
                            ("unallocated", "Nobody was allocated to the child"),
                            ("other", "Another reason"),
                            ("not_given", "Not given"),
                        ],
                        db_default="",
                        default="",
                        help_text="Where the child was seen only after the day on which the visit was due.",
                        max_length=13,
                        verbose_name="why it was late",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was written down; empty where a return does not say.",
                        null=True,
                    ),
                ),
                (
                    "recorded_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "recorded_at",
                            template="(%(expressions)s AT TIME ZONE 'Europe/London')::date",
                        ),
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "qualifies",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                models.Q(
                                    ("outcome__in", ["seen", "mother_seen"]),
                                    ("purpose__in", ["statutory", ""]),
                                    models.Q(("place", "school"), _negated=True),
                                ),
                                then=models.Value(True),
                            ),
                            default=models.Value(False),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
            ],
            options={
                "ordering": ["-visited_on"],
                "indexes": [
                    models.Index(fields=["-visited_on", "id"], name="visit_newest"),
                    models.Index(
                        fields=["plan", "visited_on"],
                        include=("qualifies",),
                        name="visit_plan_visited",
                    ),
                    models.Index(
                        condition=models.Q(("qualifies", True)),
                        fields=["plan", "visited_on"],
                        name="visit_plan_qualifying",
                    ),
                    models.Index(
                        condition=models.Q(("late_reason", ""), _negated=True),
                        fields=["visited_on"],
                        include=("plan", "late_reason"),
                        name="visit_late",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visited_on__isnull", True),
                            models.Q(
                                ("visited_on__gte", datetime.date(1900, 1, 1)),
                                ("visited_on__lt", datetime.date(2200, 1, 1)),
                            ),
                            _connector="OR",
                        ),
                        name="visit_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recorded_at__isnull", True),
                            models.Q(
                                (
                                    "recorded_at__gte",
                                    datetime.datetime(1900, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                ),
                                (
                                    "recorded_at__lt",
                                    datetime.datetime(2200, 1, 1, 0, 0, tzinfo=datetime.UTC),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="visit_recording_plausible",
                        violation_error_message="Enter a real date and time, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("purpose__in", ["statutory", "core_group", "other", ""])
                        ),
                        name="visit_purpose_known",
                        violation_error_message="Choose a purpose from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["home", "school", "elsewhere", ""])),
                        name="visit_place_known",
                        violation_error_message="Choose a place from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                ["seen", "mother_seen", "virtual", "attempted", "refused"],
                            )
                        ),
                        name="visit_outcome_known",
                        violation_error_message="Choose a outcome from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "late_reason__in",
                                [
                                    "not_home",
                                    "refused",
                                    "away",
                                    "worker_absent",
                                    "unallocated",
                                    "other",
                                    "not_given",
                                    "",
                                ],
                            )
                        ),
                        name="visit_late_reason_known",
                        violation_error_message="Choose a late reason from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "seen"),
                            ("seen_alone", None),
                            ("seen_alone", False),
                            _connector="OR",
                        ),
                        name="visit_alone_only_if_seen",
                        violation_error_message="A child who was not seen was not seen alone.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("plan", "reference"),
                        name="visit_reference_once",
                        violation_error_message="Another visit under this plan has this reference.",
                    ),
                    config.crossing.Across(
                        holds="here.visited_on >= plan.started_on AND here.visited_on <= plan.ended_on",
                        name="visit_within_plan",
                        violation_error_message="A visit must lie between the start and the end of its plan.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "visits_visitevent" ("id", "late_reason", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_id", "purpose", "recorded_at", "reference", "seen_alone", "visited_on", "worker_id") VALUES (NEW."id", NEW."late_reason", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."plan_id", NEW."purpose", NEW."recorded_at", NEW."reference", NEW."seen_alone", NEW."visited_on", NEW."worker_id"); RETURN NULL;',
                            hash="57e3e6aaccef19c28b3e4f30b48107a1b6626304",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9d6da",
                            table="visits_visit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "visits_visitevent" ("id", "late_reason", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_id", "purpose", "recorded_at", "reference", "seen_alone", "visited_on", "worker_id") VALUES (NEW."id", NEW."late_reason", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."plan_id", NEW."purpose", NEW."recorded_at", NEW."reference", NEW."seen_alone", NEW."visited_on", NEW."worker_id"); RETURN NULL;',
                            hash="edfe6bd8620073155c3078b688830139b2d4ca24",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_41cf1",
                            table="visits_visit",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "visits_visitevent" ("id", "late_reason", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "plan_id", "purpose", "recorded_at", "reference", "seen_alone", "visited_on", "worker_id") VALUES (OLD."id", OLD."late_reason", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."plan_id", OLD."purpose", OLD."recorded_at", OLD."reference", OLD."seen_alone", OLD."visited_on", OLD."worker_id"); RETURN NULL;',
                            hash="509572a044ac430fd30b6b3a4166d4706bdef32f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a3dfb",
                            table="visits_visit",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitEvent",
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
                        to="visits.visit",
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
                    "plan",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="visits.protectionplan",
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
                ("reference", models.CharField(blank=True, max_length=60)),
                ("visited_on", models.DateField()),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("statutory", "Statutory visit"),
                            ("core_group", "Core group"),
                            ("other", "Other contact"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "At home"),
                            ("school", "At school or nursery"),
                            ("elsewhere", "Elsewhere"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("seen", "Child seen, face to face"),
                            ("mother_seen", "Mother seen, child not yet born"),
                            ("virtual", "Seen by video or telephone"),
                            ("attempted", "Attempted: nobody in, or child not there"),
                            ("refused", "Refused"),
                        ],
                        default="seen",
                        max_length=11,
                    ),
                ),
                ("seen_alone", models.BooleanField(blank=True, null=True)),
                (
                    "late_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_home", "Nobody was at home"),
                            ("refused", "The family refused the visit"),
                            ("away", "The child was away"),
                            ("worker_absent", "The worker was absent"),
                            ("unallocated", "Nobody was allocated to the child"),
                            ("other", "Another reason"),
                            ("not_given", "Not given"),
                        ],
                        db_default="",
                        default="",
                        help_text="Where the child was seen only after the day on which the visit was due.",
                        max_length=13,
                        verbose_name="why it was late",
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was written down; empty where a return does not say.",
                        null=True,
                    ),
                ),
                (
                    "recorded_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "recorded_at",
                            template="(%(expressions)s AT TIME ZONE 'Europe/London')::date",
                        ),
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "qualifies",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                models.Q(
                                    ("outcome__in", ["seen", "mother_seen"]),
                                    ("purpose__in", ["statutory", ""]),
                                    models.Q(("place", "school"), _negated=True),
                                ),
                                then=models.Value(True),
                            ),
                            default=models.Value(False),
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="VisitStandard",
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
                        related_name="visit_standards",
                        to="workforce.team",
                    ),
                ),
                ("valid_from", models.DateField()),
                ("interval", models.PositiveSmallIntegerField(default=10)),
                (
                    "unit",
                    models.CharField(
                        choices=[("working", "working days"), ("days", "calendar days")],
                        default="working",
                        max_length=7,
                    ),
                ),
                (
                    "first_interval",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="For the first visit after the plan starts, where it differs.",
                        null=True,
                    ),
                ),
            ],
            options={
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
                        name="visit_standard_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interval__isnull", True),
                            models.Q(("interval__gte", 1), ("interval__lte", 60)),
                            _connector="OR",
                        ),
                        name="visit_standard_interval_in_range",
                        violation_error_message="Enter a interval between 1 and 60.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_interval__isnull", True),
                            models.Q(("first_interval__gte", 1), ("first_interval__lte", 60)),
                            _connector="OR",
                        ),
                        name="visit_standard_first_in_range",
                        violation_error_message="Enter a first interval between 1 and 60.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["working", "days"])),
                        name="visit_standard_unit_known",
                        violation_error_message="Choose a unit from the list.",
                    ),
                    models.UniqueConstraint(
                        fields=("authority", "valid_from"),
                        name="visit_standard_once",
                        violation_error_message="The authority already has a standard from that day.",
                    ),
                    config.crossing.Across(
                        holds="authority.kind = 'authority'",
                        name="visit_standard_authority_is_root",
                        violation_error_message="Choose an authority, not one of its services or teams.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "visits_visitstandardevent" ("authority_id", "first_interval", "id", "interval", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit", "valid_from") VALUES (NEW."authority_id", NEW."first_interval", NEW."id", NEW."interval", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit", NEW."valid_from"); RETURN NULL;',
                            hash="4f85a1e75d629d57cfe8514863fcdff1d7ebb926",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_19359",
                            table="visits_visitstandard",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "visits_visitstandardevent" ("authority_id", "first_interval", "id", "interval", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit", "valid_from") VALUES (NEW."authority_id", NEW."first_interval", NEW."id", NEW."interval", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit", NEW."valid_from"); RETURN NULL;',
                            hash="268f6a6dba68ce8f2e65b279bdd77b72e285e76e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e2a56",
                            table="visits_visitstandard",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "visits_visitstandardevent" ("authority_id", "first_interval", "id", "interval", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit", "valid_from") VALUES (OLD."authority_id", OLD."first_interval", OLD."id", OLD."interval", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unit", OLD."valid_from"); RETURN NULL;',
                            hash="def6e9a30ac036fbc551106bef5e2e215bb688dd",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f934b",
                            table="visits_visitstandard",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitStandardEvent",
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
                        to="visits.visitstandard",
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
                ("valid_from", models.DateField()),
                ("interval", models.PositiveSmallIntegerField(default=10)),
                (
                    "unit",
                    models.CharField(
                        choices=[("working", "working days"), ("days", "calendar days")],
                        default="working",
                        max_length=7,
                    ),
                ),
                (
                    "first_interval",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="For the first visit after the plan starts, where it differs.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PlanHistory",
            fields=[
                (
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="history",
                        serialize=False,
                        to="visits.protectionplan",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "own_team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("born_on", models.DateField(null=True)),
                (
                    "held_since",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), size=None
                    ),
                ),
                (
                    "held_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(null=True), size=None
                    ),
                ),
            ],
            options={
                "db_table": "visits_planhistory",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="VisitDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="visits_due",
                        to="visits.protectionplan",
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
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        help_text="That held the child on the due day.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("anchor_on", models.DateField()),
                ("due_on", models.DateField()),
                ("met_on", models.DateField(null=True)),
                ("next_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "visits_visitdue",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PlanDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="days",
                        to="visits.protectionplan",
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
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("day", models.DateField()),
                ("anchor_on", models.DateField()),
                ("expected", models.BooleanField()),
                ("recent", models.BooleanField()),
            ],
            options={
                "db_table": "visits_planday",
                "managed": False,
            },
        ),
        from_file(
            SQL / "visit_due.sql",
            undo="DROP VIEW visits_planhistory; DROP FUNCTION visits_due_across, visits_as_at; DROP VIEW visits_standardspan",
        ),
        from_file(
            SQL / "days_of_plans.sql",
            undo="DROP VIEW visits_planday, visits_visitdue, visits_visitspell",
        ),
        from_file(SQL / "ties.sql", undo=UNDO),
    ]
