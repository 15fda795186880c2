import datetime
from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.serializers.json
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import config.crossing
import config.facts
import config.permanence
import config.settling
from config.sql import from_file

SQL = Path(__file__).resolve().parent.parent / "sql"


class Migration(migrations.Migration):
    replaces = [
        ("referrals", "0001_records"),
        ("referrals", "0002_views"),
        ("referrals", "0003_one_case_at_a_time"),
        ("referrals", "0004_looks"),
        ("referrals", "0005_who_may_see"),
        ("referrals", "0006_search_key"),
        ("referrals", "0006_settled"),
        ("referrals", "0007_involvements_from_extracts"),
        ("referrals", "0007_searches"),
        ("referrals", "0008_referral_answers_from_index"),
        ("referrals", "0009_emergency_access"),
        ("referrals", "0010_case_holding"),
        ("referrals", "0011_refused_looks"),
        ("referrals", "0012_struck_out"),
        ("referrals", "0013_corrections"),
        ("referrals", "0014_merges"),
        ("referrals", "0015_lists"),
    ]

    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("workforce", "0001_initial"),
    ]

    operations = [
        from_file(
            SQL / "search_key.sql",
            undo="DROP FUNCTION referrals_trigrams, referrals_search_key, referrals_folded",
        ),
        migrations.CreateModel(
            name="Family",
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
                        related_name="families",
                        to="workforce.team",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="How the family is called by those it knows.", max_length=100
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "families",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="family_name_present",
                        violation_error_message="Enter the family's name.",
                    ),
                    config.crossing.Across(
                        holds="authority.kind = 'authority'",
                        name="family_authority_is_root",
                        violation_error_message="Choose an authority, not one of its services or teams.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_familyevent" ("authority_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."authority_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="dd4806848de5912490bfc236dcf5a05015c8804b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5c610",
                            table="referrals_family",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_familyevent" ("authority_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."authority_id", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="8ee7a80242bfbb1bb6dad06f5c4aabe4ddcbef6a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f71b1",
                            table="referrals_family",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_familyevent" ("authority_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."authority_id", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="bdd690e3829ee1c1d7f53baddfe7b97446de0c3f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b9f68",
                            table="referrals_family",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyEvent",
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
                        to="referrals.family",
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
                    "name",
                    models.CharField(
                        help_text="How the family is called by those it knows.", max_length=100
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Child",
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
                        related_name="known_children",
                        to="workforce.team",
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        help_text="The authority's own identifier for the child.",
                        max_length=60,
                        verbose_name="case reference",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=100)),
                ("last_name", models.CharField(blank=True, max_length=100)),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "expected_on",
                    models.DateField(blank=True, null=True, verbose_name="expected date of birth"),
                ),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="date of death")),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("M", "Male"),
                            ("F", "Female"),
                            ("U", "Not known or not yet recorded"),
                        ],
                        default="U",
                        max_length=1,
                    ),
                ),
                (
                    "ethnicity",
                    models.CharField(
                        choices=[
                            ("WBRI", "White British"),
                            ("WIRI", "White Irish"),
                            ("WIRT", "Traveller of Irish heritage"),
                            ("WOTH", "Any other White background"),
                            ("WROM", "Gypsy or Roma"),
                            ("MWBC", "White and Black Caribbean"),
                            ("MWBA", "White and Black African"),
                            ("MWAS", "White and Asian"),
                            ("MOTH", "Any other mixed background"),
                            ("AIND", "Indian"),
                            ("APKN", "Pakistani"),
                            ("ABAN", "Bangladeshi"),
                            ("AOTH", "Any other Asian background"),
                            ("BCRB", "Black Caribbean"),
                            ("BAFR", "Black African"),
                            ("BOTH", "Any other Black background"),
                            ("CHNE", "Chinese"),
                            ("OOTH", "Any other ethnic group"),
                            ("REFU", "Refused"),
                            ("NOBT", "Information not yet obtained"),
                        ],
                        default="NOBT",
                        max_length=4,
                    ),
                ),
                (
                    "disabilities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("NONE", "None"),
                                ("MOB", "Mobility"),
                                ("HAND", "Hand function"),
                                ("PC", "Personal care"),
                                ("INC", "Incontinence"),
                                ("COMM", "Communication"),
                                ("LD", "Learning"),
                                ("HEAR", "Hearing"),
                                ("VIS", "Vision"),
                                ("BEH", "Behaviour"),
                                ("CON", "Consciousness"),
                                ("AUT", "Autism or Asperger syndrome"),
                                ("DDA", "Other disability under the Equality Act"),
                            ],
                            max_length=4,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "upn",
                    models.CharField(
                        blank=True, max_length=13, verbose_name="unique pupil number (UPN)"
                    ),
                ),
                (
                    "upn_unknown",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("UN1", "Not yet of school age"),
                            ("UN2", "Never attended a maintained school in England"),
                            ("UN3", "Educated outside England"),
                            ("UN4", "Newly known to children's services"),
                            ("UN5", "Sources collating records could not find one"),
                            ("UN6", "Not yet born"),
                            ("UN7", "Referred by another authority"),
                            ("UN8", "Parent, expecting a child"),
                            ("UN9", "Not yet collected"),
                            ("UN10", "Other"),
                        ],
                        max_length=4,
                        verbose_name="why there is no UPN",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="children",
                        to="referrals.family",
                    ),
                ),
                (
                    "address",
                    models.CharField(blank=True, db_default="", default="", max_length=200),
                ),
                (
                    "postcode",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="With its space, for example PE27 5BN.",
                        max_length=8,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="referrals.child",
                    ),
                ),
                (
                    "search_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "first_name", "last_name", function="referrals_search_key"
                        ),
                        output_field=models.TextField(),
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "children",
                "ordering": ["last_name", "first_name", "id"],
                "indexes": [
                    models.Index(fields=["last_name", "first_name", "id"], name="child_by_name"),
                    models.Index(
                        condition=models.Q(("postcode", ""), _negated=True),
                        fields=["postcode"],
                        name="child_postcode",
                    ),
                    models.Index(
                        condition=models.Q(("upn", ""), _negated=True),
                        fields=["upn"],
                        name="child_upn",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="child_merged",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        models.Func("search_key", function="referrals_trigrams"),
                        name="child_trigrams",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "reference"),
                        name="child_reference_once",
                        violation_error_message="Another child has this case reference.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        name="child_reference_present",
                        violation_error_message="Enter the child's case reference.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("born_on__isnull", True),
                                models.Q(
                                    ("born_on__gte", datetime.date(1900, 1, 1)),
                                    ("born_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("expected_on__isnull", True),
                                models.Q(
                                    ("expected_on__gte", datetime.date(1900, 1, 1)),
                                    ("expected_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("died_on__isnull", True),
                                models.Q(
                                    ("died_on__gte", datetime.date(1900, 1, 1)),
                                    ("died_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="child_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("died_on__isnull", True),
                            ("died_on__gte", models.F("born_on")),
                            _connector="OR",
                        ),
                        name="child_died_after_born",
                        violation_error_message="The date of death cannot be before the date of birth.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sex__in", ["M", "F", "U"])),
                        name="child_sex_known",
                        violation_error_message="Choose a sex from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ethnicity__in",
                                [
                                    "WBRI",
                                    "WIRI",
                                    "WIRT",
                                    "WOTH",
                                    "WROM",
                                    "MWBC",
                                    "MWBA",
                                    "MWAS",
                                    "MOTH",
                                    "AIND",
                                    "APKN",
                                    "ABAN",
                                    "AOTH",
                                    "BCRB",
                                    "BAFR",
                                    "BOTH",
                                    "CHNE",
                                    "OOTH",
                                    "REFU",
                                    "NOBT",
                                ],
                            )
                        ),
                        name="child_ethnicity_known",
                        violation_error_message="Choose a ethnicity from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "upn_unknown__in",
                                [
                                    "UN1",
                                    "UN2",
                                    "UN3",
                                    "UN4",
                                    "UN5",
                                    "UN6",
                                    "UN7",
                                    "UN8",
                                    "UN9",
                                    "UN10",
                                    "",
                                ],
                            )
                        ),
                        name="child_upn_unknown_known",
                        violation_error_message="Choose a upn unknown from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "disabilities__contained_by",
                                [
                                    "NONE",
                                    "MOB",
                                    "HAND",
                                    "PC",
                                    "INC",
                                    "COMM",
                                    "LD",
                                    "HEAR",
                                    "VIS",
                                    "BEH",
                                    "CON",
                                    "AUT",
                                    "DDA",
                                ],
                            )
                        ),
                        name="child_disabilities_known",
                        violation_error_message="Choose disabilities from the list.",
                    ),
                    config.crossing.Across(
                        holds="authority.kind = 'authority'",
                        name="child_authority_is_root",
                        violation_error_message="Choose an authority, not one of its services or teams.",
                    ),
                    config.settling.Settled(
                        field="authority",
                        name="child_authority_settled",
                        violation_error_message="A child's record stays with its authority. Another authority has its own.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("postcode", ""),
                            ("postcode__regex", "^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$"),
                            _connector="OR",
                        ),
                        name="child_postcode_form",
                        violation_error_message="Enter the postcode in capitals with its space: PE27 5BN.",
                    ),
                    config.crossing.Across(
                        holds="family.authority_id = here.authority_id",
                        name="child_family_in_authority",
                        violation_error_message="Choose a family of the child's own authority.",
                    ),
                    config.crossing.Across(
                        holds="merged_into.authority_id = here.authority_id",
                        name="child_merged_in_authority",
                        violation_error_message="A child is merged with one of the same authority.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="child_not_merged_into_itself",
                        violation_error_message="Choose another record of the child.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="merged_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."merged_into_id" IS NOT NULL AND OLD."merged_into_id" IS NOT NULL)',
                            func="RAISE EXCEPTION 'This record was merged into another.' USING ERRCODE = '23514';",
                            hash="2358cbf713a238a3afb1effb7d019140a362b742",
                            operation="UPDATE",
                            pgid="pgtrigger_merged_stays_604c6",
                            table="referrals_child",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_childevent" ("address", "authority_id", "born_on", "died_on", "disabilities", "ethnicity", "expected_on", "family_id", "first_name", "id", "last_name", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "reference", "sex", "upn", "upn_unknown") VALUES (NEW."address", NEW."authority_id", NEW."born_on", NEW."died_on", NEW."disabilities", NEW."ethnicity", NEW."expected_on", NEW."family_id", NEW."first_name", NEW."id", NEW."last_name", NEW."merged_into_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postcode", NEW."reference", NEW."sex", NEW."upn", NEW."upn_unknown"); RETURN NULL;',
                            hash="d1c04096b9058ab6f037d8205a87edbda437f090",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_5ed2c",
                            table="referrals_child",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."authority_id" IS DISTINCT FROM (NEW."authority_id") OR OLD."born_on" IS DISTINCT FROM (NEW."born_on") OR OLD."died_on" IS DISTINCT FROM (NEW."died_on") OR OLD."disabilities" IS DISTINCT FROM (NEW."disabilities") OR OLD."ethnicity" IS DISTINCT FROM (NEW."ethnicity") OR OLD."expected_on" IS DISTINCT FROM (NEW."expected_on") OR OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."merged_into_id" IS DISTINCT FROM (NEW."merged_into_id") OR OLD."postcode" IS DISTINCT FROM (NEW."postcode") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."upn" IS DISTINCT FROM (NEW."upn") OR OLD."upn_unknown" IS DISTINCT FROM (NEW."upn_unknown"))',
                            func='INSERT INTO "referrals_childevent" ("address", "authority_id", "born_on", "died_on", "disabilities", "ethnicity", "expected_on", "family_id", "first_name", "id", "last_name", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "reference", "sex", "upn", "upn_unknown") VALUES (NEW."address", NEW."authority_id", NEW."born_on", NEW."died_on", NEW."disabilities", NEW."ethnicity", NEW."expected_on", NEW."family_id", NEW."first_name", NEW."id", NEW."last_name", NEW."merged_into_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."reference", NEW."sex", NEW."upn", NEW."upn_unknown"); RETURN NULL;',
                            hash="79e819836ecc2276c0bc9b9ec81d51d6b3289ff6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_98acc",
                            table="referrals_child",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_childevent" ("address", "authority_id", "born_on", "died_on", "disabilities", "ethnicity", "expected_on", "family_id", "first_name", "id", "last_name", "merged_into_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "reference", "sex", "upn", "upn_unknown") VALUES (OLD."address", OLD."authority_id", OLD."born_on", OLD."died_on", OLD."disabilities", OLD."ethnicity", OLD."expected_on", OLD."family_id", OLD."first_name", OLD."id", OLD."last_name", OLD."merged_into_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postcode", OLD."reference", OLD."sex", OLD."upn", OLD."upn_unknown"); RETURN NULL;',
                            hash="65e5f6169dd0891b78035f4862e644396c621245",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7d0db",
                            table="referrals_child",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildEvent",
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
                        to="referrals.child",
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
                        help_text="The authority's own identifier for the child.",
                        max_length=60,
                        verbose_name="case reference",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=100)),
                ("last_name", models.CharField(blank=True, max_length=100)),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "expected_on",
                    models.DateField(blank=True, null=True, verbose_name="expected date of birth"),
                ),
                ("died_on", models.DateField(blank=True, null=True, verbose_name="date of death")),
                (
                    "sex",
                    models.CharField(
                        choices=[
                            ("M", "Male"),
                            ("F", "Female"),
                            ("U", "Not known or not yet recorded"),
                        ],
                        default="U",
                        max_length=1,
                    ),
                ),
                (
                    "ethnicity",
                    models.CharField(
                        choices=[
                            ("WBRI", "White British"),
                            ("WIRI", "White Irish"),
                            ("WIRT", "Traveller of Irish heritage"),
                            ("WOTH", "Any other White background"),
                            ("WROM", "Gypsy or Roma"),
                            ("MWBC", "White and Black Caribbean"),
                            ("MWBA", "White and Black African"),
                            ("MWAS", "White and Asian"),
                            ("MOTH", "Any other mixed background"),
                            ("AIND", "Indian"),
                            ("APKN", "Pakistani"),
                            ("ABAN", "Bangladeshi"),
                            ("AOTH", "Any other Asian background"),
                            ("BCRB", "Black Caribbean"),
                            ("BAFR", "Black African"),
                            ("BOTH", "Any other Black background"),
                            ("CHNE", "Chinese"),
                            ("OOTH", "Any other ethnic group"),
                            ("REFU", "Refused"),
                            ("NOBT", "Information not yet obtained"),
                        ],
                        default="NOBT",
                        max_length=4,
                    ),
                ),
                (
                    "disabilities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("NONE", "None"),
                                ("MOB", "Mobility"),
                                ("HAND", "Hand function"),
                                ("PC", "Personal care"),
                                ("INC", "Incontinence"),
                                ("COMM", "Communication"),
                                ("LD", "Learning"),
                                ("HEAR", "Hearing"),
                                ("VIS", "Vision"),
                                ("BEH", "Behaviour"),
                                ("CON", "Consciousness"),
                                ("AUT", "Autism or Asperger syndrome"),
                                ("DDA", "Other disability under the Equality Act"),
                            ],
                            max_length=4,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "upn",
                    models.CharField(
                        blank=True, max_length=13, verbose_name="unique pupil number (UPN)"
                    ),
                ),
                (
                    "upn_unknown",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("UN1", "Not yet of school age"),
                            ("UN2", "Never attended a maintained school in England"),
                            ("UN3", "Educated outside England"),
                            ("UN4", "Newly known to children's services"),
                            ("UN5", "Sources collating records could not find one"),
                            ("UN6", "Not yet born"),
                            ("UN7", "Referred by another authority"),
                            ("UN8", "Parent, expecting a child"),
                            ("UN9", "Not yet collected"),
                            ("UN10", "Other"),
                        ],
                        max_length=4,
                        verbose_name="why there is no UPN",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.family",
                    ),
                ),
                (
                    "address",
                    models.CharField(blank=True, db_default="", default="", max_length=200),
                ),
                (
                    "postcode",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="With its space, for example PE27 5BN.",
                        max_length=8,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.child",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                        related_name="referrals",
                        to="referrals.child",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="workforce.team",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("received_on", models.DateField()),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1A", "Family member, relative or carer"),
                            ("1B", "Acquaintance"),
                            ("1C", "Self"),
                            ("1D", "Other individual"),
                            ("2A", "School"),
                            ("2B", "Education services"),
                            ("3A", "GP"),
                            ("3B", "Health visitor"),
                            ("3C", "School nurse"),
                            ("3D", "Other primary health services"),
                            ("3E", "A&E"),
                            ("3F", "Other health services"),
                            ("4", "Housing"),
                            ("5A", "Social care of this authority"),
                            ("5B", "Other department of this authority"),
                            ("5C", "Another authority"),
                            ("5D", "Early help"),
                            ("6", "Police"),
                            ("7", "Other legal agency"),
                            ("8", "Other"),
                            ("9", "Anonymous"),
                            ("10", "Unknown"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "primary_need",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("N1", "Abuse or neglect"),
                            ("N2", "Child's disability or illness"),
                            ("N3", "Parental disability or illness"),
                            ("N4", "Family in acute stress"),
                            ("N5", "Family dysfunction"),
                            ("N6", "Socially unacceptable behaviour"),
                            ("N7", "Low income"),
                            ("N8", "Absent parenting"),
                            ("N9", "Cases other than children in need"),
                            ("N0", "Not stated"),
                        ],
                        max_length=2,
                    ),
                ),
                ("no_further_action", models.BooleanField(default=False)),
                (
                    "decided_on",
                    models.DateField(
                        blank=True,
                        help_text="The day a manager decided what to do about the referral.",
                        null=True,
                    ),
                ),
                (
                    "decision_collected",
                    models.BooleanField(
                        default=True,
                        editable=False,
                        help_text="No where the record came from a return that carries no decision dates.",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "closure_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("RC1", "Adopted"),
                            ("RC2", "Died"),
                            ("RC3", "Child arrangements order"),
                            ("RC4", "Special guardianship order"),
                            ("RC5", "Transferred to services of another authority"),
                            ("RC6", "Transferred to adult social care services"),
                            ("RC7", "Services ceased for any other reason"),
                            ("RC8", "Closed after assessment, no further action"),
                            ("RC9", "Closed after assessment, referred to early help"),
                        ],
                        max_length=3,
                    ),
                ),
                ("entered_here", models.BooleanField(default=True, editable=False)),
                (
                    "overlaps",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="From a return, and overlapping another of the child's cases: history, to be looked at.",
                    ),
                ),
            ],
            options={
                "ordering": ["-received_on"],
                "indexes": [
                    models.Index(
                        fields=["child", "received_on"],
                        include=(
                            "team",
                            "no_further_action",
                            "decided_on",
                            "decision_collected",
                            "id",
                        ),
                        name="referral_child_received",
                    ),
                    models.Index(fields=["-received_on", "id"], name="referral_newest"),
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
                                ("decided_on__isnull", True),
                                models.Q(
                                    ("decided_on__gte", datetime.date(1900, 1, 1)),
                                    ("decided_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("closed_on__isnull", True),
                                models.Q(
                                    ("closed_on__gte", datetime.date(1900, 1, 1)),
                                    ("closed_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="referral_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("received_on")),
                            _connector="OR",
                        ),
                        name="referral_closed_after_received",
                        violation_error_message="The closure date cannot be before the date the referral was received.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", True),
                            ("decided_on__gte", models.F("received_on")),
                            _connector="OR",
                        ),
                        name="referral_decided_after_received",
                        violation_error_message="The decision cannot be before the date the referral was received.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("closure_reason", "")),
                            models.Q(
                                ("closed_on__isnull", False),
                                models.Q(("closure_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_closed_and_why",
                        violation_error_message="Enter both the closure date and the reason for closure, or neither.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "1A",
                                    "1B",
                                    "1C",
                                    "1D",
                                    "2A",
                                    "2B",
                                    "3A",
                                    "3B",
                                    "3C",
                                    "3D",
                                    "3E",
                                    "3F",
                                    "4",
                                    "5A",
                                    "5B",
                                    "5C",
                                    "5D",
                                    "6",
                                    "7",
                                    "8",
                                    "9",
                                    "10",
                                    "",
                                ],
                            )
                        ),
                        name="referral_source_known",
                        violation_error_message="Choose a source from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "primary_need__in",
                                ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N0", ""],
                            )
                        ),
                        name="referral_need_known",
                        violation_error_message="Choose a primary need from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "closure_reason__in",
                                ["RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9", ""],
                            )
                        ),
                        name="referral_closure_known",
                        violation_error_message="Choose a closure reason from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entered_here", False),
                            models.Q(
                                models.Q(("source", ""), _negated=True),
                                models.Q(
                                    ("no_further_action", True),
                                    models.Q(("primary_need", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="referral_entered_whole",
                        violation_error_message="Choose who made the referral and, unless there is no further action, the primary need.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("overlaps", False), ("entered_here", False), _connector="OR"
                        ),
                        name="referral_overlap_only_from_returns",
                        violation_error_message="A case that is entered here cannot overlap another.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entered_here", False),
                            ("no_further_action", False),
                            ("closed_on", None),
                            _connector="OR",
                        ),
                        name="referral_nfa_never_open",
                        violation_error_message="No further action was taken on this referral, so that there is no case to close.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entered_here", False),
                            ("decided_on", None),
                            ("closed_on", None),
                            ("decided_on__lte", models.F("closed_on")),
                            _connector="OR",
                        ),
                        name="referral_decided_before_closure",
                        violation_error_message="The decision cannot be after the case was closed.",
                    ),
                    config.facts.Apart(
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
                                            config.facts.HalfDay(models.F("received_on")),
                                            "+",
                                            models.Value(1),
                                        ),
                                        config.facts.HalfDay(
                                            models.Case(
                                                models.When(
                                                    models.Q(("no_further_action", True)),
                                                    then=models.F("received_on"),
                                                ),
                                                default=django.db.models.functions.comparison.Coalesce(
                                                    models.F("closed_on"),
                                                    models.Value(datetime.date(2200, 1, 1)),
                                                ),
                                            )
                                        ),
                                    ),
                                    django.db.models.functions.comparison.Greatest(
                                        django.db.models.expressions.CombinedExpression(
                                            config.facts.HalfDay(
                                                models.Case(
                                                    models.When(
                                                        models.Q(("no_further_action", True)),
                                                        then=models.F("received_on"),
                                                    ),
                                                    default=django.db.models.functions.comparison.Coalesce(
                                                        models.F("closed_on"),
                                                        models.Value(datetime.date(2200, 1, 1)),
                                                    ),
                                                )
                                            ),
                                            "-",
                                            models.Value(1),
                                        ),
                                        config.facts.HalfDay(models.F("received_on")),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.Case(
                                        models.When(
                                            models.Q(
                                                ("no_further_action", True),
                                                ("closed_on", models.F("received_on")),
                                                _connector="OR",
                                            ),
                                            then=django.db.models.functions.comparison.Coalesce(
                                                models.F("id"), 0
                                            ),
                                        ),
                                        default=models.Value(None, models.BigIntegerField()),
                                    ),
                                    models.Case(
                                        models.When(
                                            models.Q(
                                                ("no_further_action", True),
                                                ("closed_on", models.F("received_on")),
                                                _connector="OR",
                                            ),
                                            then=django.db.models.functions.comparison.Coalesce(
                                                models.F("id"), 0
                                            ),
                                        ),
                                        default=models.Value(None, models.BigIntegerField()),
                                    ),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                        ],
                        name="referral_one_case_at_a_time",
                        violation_error_message="This child has an open case on that day. Record a contact on that case instead.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("child", "reference"),
                        name="referral_reference_once",
                        violation_error_message="Another referral of this child has this reference.",
                    ),
                    config.crossing.Across(
                        holds="COALESCE(team.authority_id, team.id) = child.authority_id",
                        name="referral_team_in_authority",
                        violation_error_message="Choose a team of the child's own authority.",
                    ),
                    config.crossing.Across(
                        holds="NOT here.entered_here OR here.received_on >= child.born_on - 280",
                        name="referral_near_birth",
                        violation_error_message="A child cannot be referred more than 40 weeks before the date of birth.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_merges",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE survivor bigint;",
                            func="\n            LOOP\n                SELECT merged_into_id INTO survivor FROM referrals_child\n                WHERE id = NEW.child_id FOR NO KEY UPDATE;\n                EXIT WHEN survivor IS NULL;\n                NEW.child_id := survivor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="f1b4980ea2841017df5aa5b673822edf7e887482",
                            operation='INSERT OR UPDATE OF "child_id"',
                            pgid="pgtrigger_follow_merges_4a9b2",
                            table="referrals_referral",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referralevent" ("child_id", "closed_on", "closure_reason", "decided_on", "decision_collected", "entered_here", "id", "no_further_action", "overlaps", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_need", "received_on", "reference", "source", "team_id") VALUES (NEW."child_id", NEW."closed_on", NEW."closure_reason", NEW."decided_on", NEW."decision_collected", NEW."entered_here", NEW."id", NEW."no_further_action", NEW."overlaps", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."primary_need", NEW."received_on", NEW."reference", NEW."source", NEW."team_id"); RETURN NULL;',
                            hash="5670a8bdcf6957042d90acc29ba0005dc068feee",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a74c8",
                            table="referrals_referral",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_referralevent" ("child_id", "closed_on", "closure_reason", "decided_on", "decision_collected", "entered_here", "id", "no_further_action", "overlaps", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_need", "received_on", "reference", "source", "team_id") VALUES (NEW."child_id", NEW."closed_on", NEW."closure_reason", NEW."decided_on", NEW."decision_collected", NEW."entered_here", NEW."id", NEW."no_further_action", NEW."overlaps", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."primary_need", NEW."received_on", NEW."reference", NEW."source", NEW."team_id"); RETURN NULL;',
                            hash="001e093e9b0b33ff326072a3ee7940730ea1ee2a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_223e7",
                            table="referrals_referral",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_referralevent" ("child_id", "closed_on", "closure_reason", "decided_on", "decision_collected", "entered_here", "id", "no_further_action", "overlaps", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_need", "received_on", "reference", "source", "team_id") VALUES (OLD."child_id", OLD."closed_on", OLD."closure_reason", OLD."decided_on", OLD."decision_collected", OLD."entered_here", OLD."id", OLD."no_further_action", OLD."overlaps", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."primary_need", OLD."received_on", OLD."reference", OLD."source", OLD."team_id"); RETURN NULL;',
                            hash="78372678fa6ec4440f172d75bdc3e6551c16a491",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e24da",
                            table="referrals_referral",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralEvent",
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
                        to="referrals.referral",
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
                ("received_on", models.DateField()),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1A", "Family member, relative or carer"),
                            ("1B", "Acquaintance"),
                            ("1C", "Self"),
                            ("1D", "Other individual"),
                            ("2A", "School"),
                            ("2B", "Education services"),
                            ("3A", "GP"),
                            ("3B", "Health visitor"),
                            ("3C", "School nurse"),
                            ("3D", "Other primary health services"),
                            ("3E", "A&E"),
                            ("3F", "Other health services"),
                            ("4", "Housing"),
                            ("5A", "Social care of this authority"),
                            ("5B", "Other department of this authority"),
                            ("5C", "Another authority"),
                            ("5D", "Early help"),
                            ("6", "Police"),
                            ("7", "Other legal agency"),
                            ("8", "Other"),
                            ("9", "Anonymous"),
                            ("10", "Unknown"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "primary_need",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("N1", "Abuse or neglect"),
                            ("N2", "Child's disability or illness"),
                            ("N3", "Parental disability or illness"),
                            ("N4", "Family in acute stress"),
                            ("N5", "Family dysfunction"),
                            ("N6", "Socially unacceptable behaviour"),
                            ("N7", "Low income"),
                            ("N8", "Absent parenting"),
                            ("N9", "Cases other than children in need"),
                            ("N0", "Not stated"),
                        ],
                        max_length=2,
                    ),
                ),
                ("no_further_action", models.BooleanField(default=False)),
                (
                    "decided_on",
                    models.DateField(
                        blank=True,
                        help_text="The day a manager decided what to do about the referral.",
                        null=True,
                    ),
                ),
                (
                    "decision_collected",
                    models.BooleanField(
                        default=True,
                        editable=False,
                        help_text="No where the record came from a return that carries no decision dates.",
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "closure_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("RC1", "Adopted"),
                            ("RC2", "Died"),
                            ("RC3", "Child arrangements order"),
                            ("RC4", "Special guardianship order"),
                            ("RC5", "Transferred to services of another authority"),
                            ("RC6", "Transferred to adult social care services"),
                            ("RC7", "Services ceased for any other reason"),
                            ("RC8", "Closed after assessment, no further action"),
                            ("RC9", "Closed after assessment, referred to early help"),
                        ],
                        max_length=3,
                    ),
                ),
                ("entered_here", models.BooleanField(default=True, editable=False)),
                (
                    "overlaps",
                    models.BooleanField(
                        default=False,
                        editable=False,
                        help_text="From a return, and overlapping another of the child's cases: history, to be looked at.",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assessments",
                        to="referrals.referral",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("started_on", models.DateField()),
                (
                    "completed_on",
                    models.DateField(
                        blank=True, help_text="The day it was completed and authorised.", null=True
                    ),
                ),
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
                                ("completed_on__isnull", True),
                                models.Q(
                                    ("completed_on__gte", datetime.date(1900, 1, 1)),
                                    ("completed_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="assessment_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("completed_on__isnull", True),
                            ("completed_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="assessment_completed_after_started",
                        violation_error_message="The completion date cannot be before the start date.",
                    ),
                    config.crossing.Across(
                        holds="NOT referral.entered_here OR here.started_on >= referral.received_on",
                        name="assessment_after_referral",
                        violation_error_message="An assessment cannot start before the referral was received.",
                    ),
                    config.crossing.Across(
                        holds="NOT referral.entered_here OR GREATEST(here.started_on, here.completed_on) <= referral.closed_on",
                        name="assessment_before_closure",
                        violation_error_message="An assessment cannot go on after the case was closed.",
                    ),
                    config.crossing.Across(
                        holds="NOT referral.entered_here OR NOT referral.no_further_action",
                        name="assessment_needs_action",
                        violation_error_message="No further action was taken on this referral, so that nothing was assessed.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_assessmentevent" ("completed_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "referral_id", "started_on") VALUES (NEW."completed_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."referral_id", NEW."started_on"); RETURN NULL;',
                            hash="e05636b6b792b076e2f272fe2c594be38d6af8a5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_538a3",
                            table="referrals_assessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_assessmentevent" ("completed_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "referral_id", "started_on") VALUES (NEW."completed_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."referral_id", NEW."started_on"); RETURN NULL;',
                            hash="b7ded19d9f3509b621c83ed6f9342bf20d9f8929",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ae2f7",
                            table="referrals_assessment",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_assessmentevent" ("completed_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "referral_id", "started_on") VALUES (OLD."completed_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."referral_id", OLD."started_on"); RETURN NULL;',
                            hash="c983b0652dd6ae5da3e37563f5f51936cbb4ec14",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_dbd5a",
                            table="referrals_assessment",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentEvent",
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
                        to="referrals.assessment",
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
                    "referral",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("started_on", models.DateField()),
                (
                    "completed_on",
                    models.DateField(
                        blank=True, help_text="The day it was completed and authorised.", null=True
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Involvement",
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
                        related_name="involvements",
                        to="referrals.child",
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=60)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("social_worker", "Allocated social worker"),
                            ("send_officer", "SEND casework officer"),
                            ("reviewing_officer", "Conference chair or reviewing officer"),
                            ("other", "Other"),
                        ],
                        default="social_worker",
                        max_length=20,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="workforce.team",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="workforce.worker",
                    ),
                ),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("entered_here", models.BooleanField(default=True, editable=False)),
            ],
            options={
                "ordering": ["-started_on"],
                "indexes": [
                    models.Index(
                        fields=["child", "part", "started_on"],
                        include=("ended_on", "team"),
                        name="involvement_child_part",
                    )
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
                        name="involvement_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gt", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="involvement_ended_after_started",
                        violation_error_message="The end date must be after the start date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "part__in",
                                ["social_worker", "send_officer", "reviewing_officer", "other"],
                            )
                        ),
                        name="involvement_part_known",
                        violation_error_message="Choose a part from the list.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("part", "social_worker")),
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
                        name="involvement_one_holder_a_day",
                        violation_error_message="This child already has an allocated social worker on those days.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("part", "send_officer")),
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
                        name="involvement_one_send_officer_a_day",
                        violation_error_message="This child already has a SEND casework officer on those days.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("child", "reference"),
                        name="involvement_reference_once",
                        violation_error_message="Another involvement with this child has this reference.",
                    ),
                    config.crossing.Across(
                        holds="COALESCE(team.authority_id, team.id) = child.authority_id",
                        name="involvement_team_in_authority",
                        violation_error_message="Choose a team of the child's own authority.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_merges",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE survivor bigint;",
                            func="\n            LOOP\n                SELECT merged_into_id INTO survivor FROM referrals_child\n                WHERE id = NEW.child_id FOR NO KEY UPDATE;\n                EXIT WHEN survivor IS NULL;\n                NEW.child_id := survivor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="2c929eae546c06cd6229ce731c8291358b68c009",
                            operation='INSERT OR UPDATE OF "child_id"',
                            pgid="pgtrigger_follow_merges_239c7",
                            table="referrals_involvement",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_involvementevent" ("child_id", "ended_on", "entered_here", "id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "started_on", "team_id", "worker_id") VALUES (NEW."child_id", NEW."ended_on", NEW."entered_here", NEW."id", NEW."part", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."started_on", NEW."team_id", NEW."worker_id"); RETURN NULL;',
                            hash="786c196c7985badf36c085a8cf935536e8753067",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_970d2",
                            table="referrals_involvement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_involvementevent" ("child_id", "ended_on", "entered_here", "id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "started_on", "team_id", "worker_id") VALUES (NEW."child_id", NEW."ended_on", NEW."entered_here", NEW."id", NEW."part", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."started_on", NEW."team_id", NEW."worker_id"); RETURN NULL;',
                            hash="cac9f147d475557a1b678e50b0a74d86eb1deb5e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ffdc2",
                            table="referrals_involvement",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_involvementevent" ("child_id", "ended_on", "entered_here", "id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "started_on", "team_id", "worker_id") VALUES (OLD."child_id", OLD."ended_on", OLD."entered_here", OLD."id", OLD."part", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."started_on", OLD."team_id", OLD."worker_id"); RETURN NULL;',
                            hash="192918d2ced5025d18a05533d64ee3b0c1199bd3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_170c5",
                            table="referrals_involvement",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvolvementEvent",
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
                        to="referrals.involvement",
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
                ("reference", models.CharField(blank=True, max_length=60)),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("social_worker", "Allocated social worker"),
                            ("send_officer", "SEND casework officer"),
                            ("reviewing_officer", "Conference chair or reviewing officer"),
                            ("other", "Other"),
                        ],
                        default="social_worker",
                        max_length=20,
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
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("entered_here", models.BooleanField(default=True, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Holding",
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
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="holdings",
                        to="referrals.child",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("social_worker", "Allocated social worker"),
                            ("send_officer", "SEND casework officer"),
                            ("reviewing_officer", "Conference chair or reviewing officer"),
                            ("other", "Other"),
                        ],
                        max_length=20,
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
                ("since", models.DateField()),
                ("until", models.DateField()),
            ],
            options={
                "db_table": "referrals_holding",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="CaseHolding",
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
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="case_holdings",
                        to="workforce.worker",
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
                ("fte", models.DecimalField(decimal_places=6, max_digits=8)),
                ("since", models.DateField()),
                ("until", models.DateField()),
            ],
            options={
                "db_table": "referrals_caseholding",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Restriction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "child",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restriction",
                        to="referrals.child",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("staff", "A child of someone who works here"),
                            ("adoption", "Adoption"),
                            ("court", "Ordered by a court"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "ordering": ["child"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["staff", "adoption", "court", "other"])),
                        name="restriction_reason_known",
                        violation_error_message="Choose a reason from the list.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_merges",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE survivor bigint;",
                            func="\n            LOOP\n                SELECT merged_into_id INTO survivor FROM referrals_child\n                WHERE id = NEW.child_id FOR NO KEY UPDATE;\n                EXIT WHEN survivor IS NULL;\n                NEW.child_id := survivor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="90b963a5b4b402f77f70e56a2f7ae95278715e0c",
                            operation='INSERT OR UPDATE OF "child_id"',
                            pgid="pgtrigger_follow_merges_dddbb",
                            table="referrals_restriction",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_restrictionevent" ("child_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."child_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason"); RETURN NULL;',
                            hash="43c71bedce4a26ab2b7b18a126594facbb51a03d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ddfdc",
                            table="referrals_restriction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_restrictionevent" ("child_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (NEW."child_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason"); RETURN NULL;',
                            hash="3794d7ec17dbc715e5f3fe388a2d4a270e77e831",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_60751",
                            table="referrals_restriction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_restrictionevent" ("child_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason") VALUES (OLD."child_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason"); RETURN NULL;',
                            hash="8d0aac4e798124378cb3b5e51a09bb964271b334",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_77b76",
                            table="referrals_restriction",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RestrictionEvent",
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
                        to="referrals.restriction",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("staff", "A child of someone who works here"),
                            ("adoption", "Adoption"),
                            ("court", "Ordered by a court"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RestrictionMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "restriction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="referrals.restriction",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restrictions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "ordering": ["restriction", "user"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("restriction", "user"),
                        name="restriction_member_once",
                        violation_error_message="This account is on the list already.",
                    )
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_restrictionmemberevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restriction_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."restriction_id", NEW."user_id"); RETURN NULL;',
                            hash="dae7ff2a80213a54ef9348d5752ec79fd71a4921",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b2a82",
                            table="referrals_restrictionmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_restrictionmemberevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restriction_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."restriction_id", NEW."user_id"); RETURN NULL;',
                            hash="9920381d1f4632225dd165fc231d955587fc6920",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_9c790",
                            table="referrals_restrictionmember",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_restrictionmemberevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "restriction_id", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."restriction_id", OLD."user_id"); RETURN NULL;',
                            hash="7297302c35fd18e4845420475e250669c536b479",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_54333",
                            table="referrals_restrictionmember",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RestrictionMemberEvent",
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
                        to="referrals.restrictionmember",
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
                    "restriction",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.restriction",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DeclaredInterest",
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
                        related_name="interests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="referrals.child",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="referrals.family",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("since", models.DateField(verbose_name="from")),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which the interest is over.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["user", "-since"],
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
                        name="interest_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gt", models.F("since")),
                            _connector="OR",
                        ),
                        name="interest_until_after_since",
                        violation_error_message="The interest must end after the day it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address", ""),
                                ("child__isnull", False),
                                ("family", None),
                                ("postcode", ""),
                            ),
                            models.Q(
                                ("address", ""),
                                ("child", None),
                                ("family__isnull", False),
                                ("postcode", ""),
                            ),
                            models.Q(
                                ("child", None),
                                ("family", None),
                                models.Q(("postcode", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="interest_in_one_thing",
                        violation_error_message="Choose a child, or a family, or enter a postcode with or without an address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("postcode", ""),
                            ("postcode__regex", "^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$"),
                            _connector="OR",
                        ),
                        name="interest_postcode_form",
                        violation_error_message="Enter the postcode in capitals with its space: PE27 5BN.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_merges",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE survivor bigint;",
                            func="\n            LOOP\n                SELECT merged_into_id INTO survivor FROM referrals_child\n                WHERE id = NEW.child_id FOR NO KEY UPDATE;\n                EXIT WHEN survivor IS NULL;\n                NEW.child_id := survivor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="6768c0fce87b09d92f67d65aed26c8f72b026fcd",
                            operation='INSERT OR UPDATE OF "child_id"',
                            pgid="pgtrigger_follow_merges_b16e4",
                            table="referrals_declaredinterest",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_declaredinterestevent" ("address", "child_id", "family_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "since", "until", "user_id") VALUES (NEW."address", NEW."child_id", NEW."family_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postcode", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="f91f59440e1e703d05b7d11a674d10aba7217bd7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c4575",
                            table="referrals_declaredinterest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_declaredinterestevent" ("address", "child_id", "family_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "since", "until", "user_id") VALUES (NEW."address", NEW."child_id", NEW."family_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."since", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="908ee61954fe60716aa103680be6e19bd9296bc8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_57cd4",
                            table="referrals_declaredinterest",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_declaredinterestevent" ("address", "child_id", "family_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "since", "until", "user_id") VALUES (OLD."address", OLD."child_id", OLD."family_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postcode", OLD."since", OLD."until", OLD."user_id"); RETURN NULL;',
                            hash="efabb4b790e05b39daa07ce36e03261f932ea0bf",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7909e",
                            table="referrals_declaredinterest",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeclaredInterestEvent",
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
                        to="referrals.declaredinterest",
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
                        verbose_name="account",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.child",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.family",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=200)),
                ("postcode", models.CharField(blank=True, max_length=8)),
                ("since", models.DateField(verbose_name="from")),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which the interest is over.",
                        null=True,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "team",
                        "child",
                        "source",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="ties",
                        to="referrals.child",
                    ),
                ),
                ("source", models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name="StruckOut",
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
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="struck_out",
                        to="referrals.child",
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("key", models.BigIntegerField()),
                ("what", models.CharField(max_length=300, verbose_name="record")),
                ("rows", models.JSONField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("wrong_child", "It is about another child"),
                            ("twice", "It was entered twice"),
                            ("never", "It did not happen"),
                            ("other", "Another reason"),
                        ],
                        max_length=11,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "struck_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="struck out by",
                    ),
                ),
                (
                    "struck_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="struck out",
                    ),
                ),
                (
                    "put_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "put_back_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="put back"),
                ),
            ],
            options={
                "verbose_name": "struck-out record",
                "ordering": ["-struck_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["wrong_child", "twice", "never", "other"])
                        ),
                        name="struck_out_reason_known",
                        violation_error_message="Choose a reason from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "other"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="struck_out_other_says_why",
                        violation_error_message="Say what is wrong with the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("put_back_at", None), ("put_back_by", None)),
                            models.Q(
                                ("put_back_at__isnull", False), ("put_back_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="struck_out_put_back_whole",
                        violation_error_message="Say both who put the record back and when, or neither.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("put_back_at", None)),
                        fields=("kind", "key"),
                        name="struck_out_once",
                        violation_error_message="This record is struck out already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_merges",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE survivor bigint;",
                            func="\n            LOOP\n                SELECT merged_into_id INTO survivor FROM referrals_child\n                WHERE id = NEW.child_id FOR NO KEY UPDATE;\n                EXIT WHEN survivor IS NULL;\n                NEW.child_id := survivor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="089096479ca6c8bef72b382c31ec0320d2d9bd75",
                            operation='INSERT OR UPDATE OF "child_id"',
                            pgid="pgtrigger_follow_merges_6d409",
                            table="referrals_struckout",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_struckoutevent" ("child_id", "id", "key", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_back_at", "put_back_by_id", "reason", "struck_at", "struck_by_id", "what") VALUES (NEW."child_id", NEW."id", NEW."key", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."put_back_at", NEW."put_back_by_id", NEW."reason", NEW."struck_at", NEW."struck_by_id", NEW."what"); RETURN NULL;',
                            hash="25342e80b1c3b093106fc0d960cffd75654445ca",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f6a8e",
                            table="referrals_struckout",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."put_back_at" IS DISTINCT FROM (NEW."put_back_at") OR OLD."put_back_by_id" IS DISTINCT FROM (NEW."put_back_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."struck_at" IS DISTINCT FROM (NEW."struck_at") OR OLD."struck_by_id" IS DISTINCT FROM (NEW."struck_by_id") OR OLD."what" IS DISTINCT FROM (NEW."what"))',
                            func='INSERT INTO "referrals_struckoutevent" ("child_id", "id", "key", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_back_at", "put_back_by_id", "reason", "struck_at", "struck_by_id", "what") VALUES (NEW."child_id", NEW."id", NEW."key", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."put_back_at", NEW."put_back_by_id", NEW."reason", NEW."struck_at", NEW."struck_by_id", NEW."what"); RETURN NULL;',
                            hash="54ef3d79b52596e36db2131e0a3234007273f5d4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_82f10",
                            table="referrals_struckout",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_struckoutevent" ("child_id", "id", "key", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "put_back_at", "put_back_by_id", "reason", "struck_at", "struck_by_id", "what") VALUES (OLD."child_id", OLD."id", OLD."key", OLD."kind", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."put_back_at", OLD."put_back_by_id", OLD."reason", OLD."struck_at", OLD."struck_by_id", OLD."what"); RETURN NULL;',
                            hash="dac85e2116ec2bf1a40d09895a2e3ceaeca089d7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0523e",
                            table="referrals_struckout",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StruckOutEvent",
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
                        to="referrals.struckout",
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
                ("kind", models.CharField(max_length=60)),
                ("key", models.BigIntegerField()),
                ("what", models.CharField(max_length=300, verbose_name="record")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("wrong_child", "It is about another child"),
                            ("twice", "It was entered twice"),
                            ("never", "It did not happen"),
                            ("other", "Another reason"),
                        ],
                        max_length=11,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "struck_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="struck out by",
                    ),
                ),
                (
                    "struck_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="struck out",
                    ),
                ),
                (
                    "put_back_by",
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
                    "put_back_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="put back"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Correction",
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
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="corrections",
                        to="referrals.child",
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("key", models.BigIntegerField()),
                ("values", models.JSONField(default=dict)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wrong_child", "It is about another child"),
                            ("twice", "It was entered twice"),
                            ("never", "It did not happen"),
                            ("other", "Another reason"),
                        ],
                        max_length=11,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="proposed",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "Approved"), ("refused", "Refused")],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "ordering": ["-proposed_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["wrong_child", "twice", "never", "other", ""])
                        ),
                        name="correction_reason_known",
                        violation_error_message="Choose a reason from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["approved", "refused", ""])),
                        name="correction_outcome_known",
                        violation_error_message="Choose a outcome from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("why", ""), _negated=True),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("reason", "other"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="correction_says_why",
                        violation_error_message="Say why the record is to be corrected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None), ("settled_by", None)),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="correction_settled_whole",
                        violation_error_message="Say what became of the proposal, who said so and when.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("kind", "key"),
                        name="correction_one_waiting",
                        violation_error_message="A correction of this record waits for a manager already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_merges",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE survivor bigint;",
                            func="\n            LOOP\n                SELECT merged_into_id INTO survivor FROM referrals_child\n                WHERE id = NEW.child_id FOR NO KEY UPDATE;\n                EXIT WHEN survivor IS NULL;\n                NEW.child_id := survivor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="106eb09e9b81258fccb1556d5a371df56e9adc9b",
                            operation='INSERT OR UPDATE OF "child_id"',
                            pgid="pgtrigger_follow_merges_2dfca",
                            table="referrals_correction",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_correctionevent" ("child_id", "id", "key", "kind", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "settled_at", "settled_by_id", "why") VALUES (NEW."child_id", NEW."id", NEW."key", NEW."kind", NEW."note", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."settled_at", NEW."settled_by_id", NEW."why"); RETURN NULL;',
                            hash="f29509544727a00af91435983a5660df2932ec31",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2b4b3",
                            table="referrals_correction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."proposed_at" IS DISTINCT FROM (NEW."proposed_at") OR OLD."proposed_by_id" IS DISTINCT FROM (NEW."proposed_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."settled_at" IS DISTINCT FROM (NEW."settled_at") OR OLD."settled_by_id" IS DISTINCT FROM (NEW."settled_by_id") OR OLD."why" IS DISTINCT FROM (NEW."why"))',
                            func='INSERT INTO "referrals_correctionevent" ("child_id", "id", "key", "kind", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "settled_at", "settled_by_id", "why") VALUES (NEW."child_id", NEW."id", NEW."key", NEW."kind", NEW."note", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."reason", NEW."settled_at", NEW."settled_by_id", NEW."why"); RETURN NULL;',
                            hash="3290a46af2532f0cff0b7c00938e405efb7acf12",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ae699",
                            table="referrals_correction",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_correctionevent" ("child_id", "id", "key", "kind", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "reason", "settled_at", "settled_by_id", "why") VALUES (OLD."child_id", OLD."id", OLD."key", OLD."kind", OLD."note", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."reason", OLD."settled_at", OLD."settled_by_id", OLD."why"); RETURN NULL;',
                            hash="917fafd64759a82cb3284b86b3514c3fefc6eb50",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_22131",
                            table="referrals_correction",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CorrectionEvent",
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
                        to="referrals.correction",
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
                ("kind", models.CharField(max_length=60)),
                ("key", models.BigIntegerField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wrong_child", "It is about another child"),
                            ("twice", "It was entered twice"),
                            ("never", "It did not happen"),
                            ("other", "Another reason"),
                        ],
                        max_length=11,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="proposed",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "Approved"), ("refused", "Refused")],
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "settled_by",
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
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccess",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_accesses",
                        to="referrals.child",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_accesses",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "reason_class",
                    models.CharField(
                        choices=[
                            ("harm", "Immediate risk of harm"),
                            ("request", "Court or police request today"),
                            ("not_reachable", "Allocated worker not reachable"),
                            ("records_check", "Records check for a new referral"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="in a sentence")),
                (
                    "granted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="taken"
                    ),
                ),
                (
                    "until",
                    models.DateTimeField(
                        db_default=django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(),
                            "+",
                            models.Value(datetime.timedelta(seconds=3600)),
                        )
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ended before that"),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("review_note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name_plural": "emergency accesses",
                "ordering": ["-granted_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["user", "until"],
                        name="emergency_in_force",
                    ),
                    models.Index(
                        condition=models.Q(("reviewed_at", None)),
                        fields=["granted_at"],
                        name="emergency_not_reviewed",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason_class__in",
                                ["harm", "request", "not_reachable", "records_check", "other"],
                            )
                        ),
                        name="emergency_reason_known",
                        violation_error_message="Choose a reason class from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__regex", "^\\S+( \\S+)*$"),
                            ("reason__regex", "^.{20}"),
                            models.Q(("reason__regex", "^(\\S)(\\1| )*$"), _negated=True),
                        ),
                        name="emergency_reason_is_a_sentence",
                        violation_error_message="Say in a sentence of at least 20 characters why you need access now.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__gt", models.F("granted_at")),
                            (
                                "until__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("granted_at"),
                                    "+",
                                    models.Value(datetime.timedelta(seconds=3600)),
                                ),
                            ),
                        ),
                        name="emergency_an_hour_at_most",
                        violation_error_message="Emergency access lasts for 60 minutes at most.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("granted_at")),
                            _connector="OR",
                        ),
                        name="emergency_ended_after_taken",
                        violation_error_message="Emergency access cannot end before it was taken.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="emergency_ended_by_somebody",
                        violation_error_message="Emergency access is ended by somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("review_note", ""), ("reviewed_at", None), ("reviewed_by", None)
                            ),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                models.Q(("review_note", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="emergency_reviewed_in_full",
                        violation_error_message="Enter what you found when you reviewed this.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by", None),
                            models.Q(("reviewed_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="emergency_reviewed_by_another",
                        violation_error_message="Nobody reviews their own emergency access.",
                    ),
                    config.permanence.WrittenOnce(
                        later=("ended_at", "ended_by", "reviewed_at", "reviewed_by", "review_note"),
                        name="emergency_kept_as_it_is",
                        violation_error_message="What was written about an emergency access stays.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_emergencyaccessevent" ("child_id", "ended_at", "ended_by_id", "granted_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_class", "review_note", "reviewed_at", "reviewed_by_id", "until", "user_id") VALUES (NEW."child_id", NEW."ended_at", NEW."ended_by_id", NEW."granted_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."reason_class", NEW."review_note", NEW."reviewed_at", NEW."reviewed_by_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="e55eccd46ffc3e5b0f905e144d3550cd10715bf6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9ee75",
                            table="referrals_emergencyaccess",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_emergencyaccessevent" ("child_id", "ended_at", "ended_by_id", "granted_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_class", "review_note", "reviewed_at", "reviewed_by_id", "until", "user_id") VALUES (NEW."child_id", NEW."ended_at", NEW."ended_by_id", NEW."granted_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."reason_class", NEW."review_note", NEW."reviewed_at", NEW."reviewed_by_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="8e65217eb005de29a265c510a505fe4aae3eb355",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b3c09",
                            table="referrals_emergencyaccess",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_emergencyaccessevent" ("child_id", "ended_at", "ended_by_id", "granted_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "reason_class", "review_note", "reviewed_at", "reviewed_by_id", "until", "user_id") VALUES (OLD."child_id", OLD."ended_at", OLD."ended_by_id", OLD."granted_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."reason_class", OLD."review_note", OLD."reviewed_at", OLD."reviewed_by_id", OLD."until", OLD."user_id"); RETURN NULL;',
                            hash="2ad6937befe50f8a6af8fca16c478ede4afac2d2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d3a9c",
                            table="referrals_emergencyaccess",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyAccessEvent",
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
                        to="referrals.emergencyaccess",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "reason_class",
                    models.CharField(
                        choices=[
                            ("harm", "Immediate risk of harm"),
                            ("request", "Court or police request today"),
                            ("not_reachable", "Allocated worker not reachable"),
                            ("records_check", "Records check for a new referral"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="in a sentence")),
                (
                    "granted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="taken"
                    ),
                ),
                (
                    "until",
                    models.DateTimeField(
                        db_default=django.db.models.expressions.CombinedExpression(
                            django.db.models.functions.datetime.Now(),
                            "+",
                            models.Value(datetime.timedelta(seconds=3600)),
                        )
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ended before that"),
                ),
                (
                    "ended_by",
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
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reviewed_by",
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
                ("review_note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="looks",
                        to="referrals.child",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("page", "Page"),
                            ("print", "Print"),
                            ("search", "Search hit opened"),
                            ("export", "Exported row"),
                            ("figure", "Case behind a figure"),
                            ("admin", "Admin"),
                            ("api", "API"),
                            ("emergency", "Emergency access"),
                            ("refused", "Asked for and refused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("page", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["child", "at", "id"], name="look_who_at_child"),
                    models.Index(fields=["user", "at", "id"], name="look_what_by_user"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "how__in",
                                [
                                    "page",
                                    "print",
                                    "search",
                                    "export",
                                    "figure",
                                    "admin",
                                    "api",
                                    "emergency",
                                    "refused",
                                ],
                            )
                        ),
                        name="look_how_known",
                        violation_error_message="Choose a how from the list.",
                    ),
                    config.permanence.AppendOnly(
                        name="look_append_only",
                        violation_error_message="What is in the view log stays there as it is.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "survivor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="referrals.child",
                        verbose_name="stays",
                    ),
                ),
                (
                    "duplicate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="referrals.child",
                        verbose_name="is merged into it",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("done", "Merged"),
                            ("refused", "Refused"),
                            ("undone", "Undone"),
                        ],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(max_length=500, verbose_name="why it is one child")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was refused or undone"
                    ),
                ),
                (
                    "changes",
                    models.JSONField(
                        blank=True,
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                    ),
                ),
            ],
            options={
                "verbose_name": "merge of two children",
                "verbose_name_plural": "merges of two children",
                "ordering": ["-proposed_at", "-id"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["changes"], name="merge_changes", opclasses=["jsonb_path_ops"]
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["proposed", "done", "refused", "undone"])
                        ),
                        name="merge_state_known",
                        violation_error_message="Choose a state from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("survivor", models.F("duplicate")), _negated=True),
                        name="merge_of_two",
                        violation_error_message="Choose another record of the child.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="merge_says_why",
                        violation_error_message="Say why the two records are of one child.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("state", "proposed")
                            ),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="merge_decided_by_somebody",
                        violation_error_message="Say who decided on the merge, and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "undone"),
                                ("undone_by__isnull", False),
                                ("undone_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "undone"), _negated=True),
                                ("undone_at", None),
                                ("undone_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="merge_undone_by_somebody",
                        violation_error_message="Say who undid the merge, and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state__in", ["refused", "undone"]), _negated=True),
                                ("answer", ""),
                            ),
                            models.Q(
                                ("state__in", ["refused", "undone"]),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="merge_says_why_not",
                        violation_error_message="Say why the merge is refused or undone.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("survivor", "duplicate"),
                        name="merge_proposed_once",
                        violation_error_message="It is proposed already to merge these two records.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "done")),
                        fields=("duplicate",),
                        name="merge_in_force_once",
                        violation_error_message="This record was merged into another already.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_childmergeevent" ("answer", "changes", "decided_at", "decided_by_id", "duplicate_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "state", "survivor_id", "undone_at", "undone_by_id") VALUES (NEW."answer", NEW."changes", NEW."decided_at", NEW."decided_by_id", NEW."duplicate_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."state", NEW."survivor_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;',
                            hash="fa0b059b30b65324aad204571cecb385c57b112e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_21762",
                            table="referrals_childmerge",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_childmergeevent" ("answer", "changes", "decided_at", "decided_by_id", "duplicate_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "state", "survivor_id", "undone_at", "undone_by_id") VALUES (NEW."answer", NEW."changes", NEW."decided_at", NEW."decided_by_id", NEW."duplicate_id", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposed_at", NEW."proposed_by_id", NEW."state", NEW."survivor_id", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;',
                            hash="b653763222a8788e9bf42e0a5a8050bb533347d3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c92a1",
                            table="referrals_childmerge",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_childmergeevent" ("answer", "changes", "decided_at", "decided_by_id", "duplicate_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "state", "survivor_id", "undone_at", "undone_by_id") VALUES (OLD."answer", OLD."changes", OLD."decided_at", OLD."decided_by_id", OLD."duplicate_id", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proposed_at", OLD."proposed_by_id", OLD."state", OLD."survivor_id", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;',
                            hash="94c1f2d0b5879ff472fb29d65cd55fbaa10c3501",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_916f5",
                            table="referrals_childmerge",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildMergeEvent",
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
                        to="referrals.childmerge",
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
                    "survivor",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.child",
                        verbose_name="stays",
                    ),
                ),
                (
                    "duplicate",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.child",
                        verbose_name="is merged into it",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("done", "Merged"),
                            ("refused", "Refused"),
                            ("undone", "Undone"),
                        ],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(max_length=500, verbose_name="why it is one child")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "decided_by",
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "undone_by",
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
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it was refused or undone"
                    ),
                ),
                (
                    "changes",
                    models.JSONField(
                        blank=True,
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Search",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="when"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="searches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("typed", models.CharField(max_length=100, verbose_name="what was typed")),
            ],
            options={
                "verbose_name_plural": "searches",
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["authority", "at"], name="search_at")],
                "constraints": [
                    config.permanence.AppendOnly(
                        name="search_append_only",
                        violation_error_message="What is in the log of searches stays there as it is.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QueuedReferral",
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
                        help_text="The child on record that the referral may be about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="queued_referrals",
                        to="referrals.child",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=100)),
                ("last_name", models.CharField(blank=True, max_length=100)),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "expected_on",
                    models.DateField(blank=True, null=True, verbose_name="expected date of birth"),
                ),
                (
                    "upn",
                    models.CharField(
                        blank=True, max_length=13, verbose_name="unique pupil number (UPN)"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workforce.team",
                    ),
                ),
                ("received_on", models.DateField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("1A", "Family member, relative or carer"),
                            ("1B", "Acquaintance"),
                            ("1C", "Self"),
                            ("1D", "Other individual"),
                            ("2A", "School"),
                            ("2B", "Education services"),
                            ("3A", "GP"),
                            ("3B", "Health visitor"),
                            ("3C", "School nurse"),
                            ("3D", "Other primary health services"),
                            ("3E", "A&E"),
                            ("3F", "Other health services"),
                            ("4", "Housing"),
                            ("5A", "Social care of this authority"),
                            ("5B", "Other department of this authority"),
                            ("5C", "Another authority"),
                            ("5D", "Early help"),
                            ("6", "Police"),
                            ("7", "Other legal agency"),
                            ("8", "Other"),
                            ("9", "Anonymous"),
                            ("10", "Unknown"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "primary_need",
                    models.CharField(
                        choices=[
                            ("N1", "Abuse or neglect"),
                            ("N2", "Child's disability or illness"),
                            ("N3", "Parental disability or illness"),
                            ("N4", "Family in acute stress"),
                            ("N5", "Family dysfunction"),
                            ("N6", "Socially unacceptable behaviour"),
                            ("N7", "Low income"),
                            ("N8", "Absent parenting"),
                            ("N9", "Cases other than children in need"),
                            ("N0", "Not stated"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "The child on record: the referral is recorded"),
                            (
                                "open",
                                "The child on record, whose case is open: it was a contact, not a referral",
                            ),
                            ("other", "Another child, who is now on record with the referral"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "referral",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="queued",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "ordering": ["received_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("born_on__isnull", True),
                                models.Q(
                                    ("born_on__gte", datetime.date(1900, 1, 1)),
                                    ("born_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("expected_on__isnull", True),
                                models.Q(
                                    ("expected_on__gte", datetime.date(1900, 1, 1)),
                                    ("expected_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("received_on__isnull", True),
                                models.Q(
                                    ("received_on__gte", datetime.date(1900, 1, 1)),
                                    ("received_on__lt", datetime.date(2200, 1, 1)),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="queued_dates_plausible",
                        violation_error_message="Enter a real date, between the years 1900 and 2199.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "1A",
                                    "1B",
                                    "1C",
                                    "1D",
                                    "2A",
                                    "2B",
                                    "3A",
                                    "3B",
                                    "3C",
                                    "3D",
                                    "3E",
                                    "3F",
                                    "4",
                                    "5A",
                                    "5B",
                                    "5C",
                                    "5D",
                                    "6",
                                    "7",
                                    "8",
                                    "9",
                                    "10",
                                ],
                            )
                        ),
                        name="queued_source_known",
                        violation_error_message="Choose a source from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "primary_need__in",
                                ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N0"],
                            )
                        ),
                        name="queued_need_known",
                        violation_error_message="Choose a primary need from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["same", "open", "other", ""])),
                        name="queued_outcome_known",
                        violation_error_message="Choose a outcome from the list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", ""),
                                ("referral", None),
                                ("settled_at", None),
                                ("settled_by", None),
                            ),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="queued_settled_whole",
                        violation_error_message="Say what became of the referral, who said so and when.",
                    ),
                    config.crossing.Across(
                        holds="COALESCE(team.authority_id, team.id) = child.authority_id",
                        name="queued_team_in_authority",
                        violation_error_message="Choose a team of the child's own authority.",
                    ),
                ],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="follow_merges",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE survivor bigint;",
                            func="\n            LOOP\n                SELECT merged_into_id INTO survivor FROM referrals_child\n                WHERE id = NEW.child_id FOR NO KEY UPDATE;\n                EXIT WHEN survivor IS NULL;\n                NEW.child_id := survivor;\n            END LOOP;\n            RETURN NEW;\n        ",
                            hash="66fddac8f6a8eb17d55c18dbf13d9804bc93d7bf",
                            operation='INSERT OR UPDATE OF "child_id"',
                            pgid="pgtrigger_follow_merges_74656",
                            table="referrals_queuedreferral",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_queuedreferralevent" ("born_on", "child_id", "expected_on", "first_name", "id", "last_name", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_need", "received_on", "referral_id", "settled_at", "settled_by_id", "source", "taken_at", "taken_by_id", "team_id", "upn") VALUES (NEW."born_on", NEW."child_id", NEW."expected_on", NEW."first_name", NEW."id", NEW."last_name", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."primary_need", NEW."received_on", NEW."referral_id", NEW."settled_at", NEW."settled_by_id", NEW."source", NEW."taken_at", NEW."taken_by_id", NEW."team_id", NEW."upn"); RETURN NULL;',
                            hash="4a22cc0aa86381262881f1ded1591fb02016e2c7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_255e5",
                            table="referrals_queuedreferral",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "referrals_queuedreferralevent" ("born_on", "child_id", "expected_on", "first_name", "id", "last_name", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_need", "received_on", "referral_id", "settled_at", "settled_by_id", "source", "taken_at", "taken_by_id", "team_id", "upn") VALUES (NEW."born_on", NEW."child_id", NEW."expected_on", NEW."first_name", NEW."id", NEW."last_name", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."primary_need", NEW."received_on", NEW."referral_id", NEW."settled_at", NEW."settled_by_id", NEW."source", NEW."taken_at", NEW."taken_by_id", NEW."team_id", NEW."upn"); RETURN NULL;',
                            hash="704ee8af29c4f5d596298bd01f98aca426e8b2a2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1ea50",
                            table="referrals_queuedreferral",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "referrals_queuedreferralevent" ("born_on", "child_id", "expected_on", "first_name", "id", "last_name", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_need", "received_on", "referral_id", "settled_at", "settled_by_id", "source", "taken_at", "taken_by_id", "team_id", "upn") VALUES (OLD."born_on", OLD."child_id", OLD."expected_on", OLD."first_name", OLD."id", OLD."last_name", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."primary_need", OLD."received_on", OLD."referral_id", OLD."settled_at", OLD."settled_by_id", OLD."source", OLD."taken_at", OLD."taken_by_id", OLD."team_id", OLD."upn"); RETURN NULL;',
                            hash="5a24abacb7ad5555dc28a720e33fbe66511dac60",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_deaa5",
                            table="referrals_queuedreferral",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QueuedReferralEvent",
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
                        to="referrals.queuedreferral",
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
                        help_text="The child on record that the referral may be about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.child",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=100)),
                ("last_name", models.CharField(blank=True, max_length=100)),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "expected_on",
                    models.DateField(blank=True, null=True, verbose_name="expected date of birth"),
                ),
                (
                    "upn",
                    models.CharField(
                        blank=True, max_length=13, verbose_name="unique pupil number (UPN)"
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
                ("received_on", models.DateField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("1A", "Family member, relative or carer"),
                            ("1B", "Acquaintance"),
                            ("1C", "Self"),
                            ("1D", "Other individual"),
                            ("2A", "School"),
                            ("2B", "Education services"),
                            ("3A", "GP"),
                            ("3B", "Health visitor"),
                            ("3C", "School nurse"),
                            ("3D", "Other primary health services"),
                            ("3E", "A&E"),
                            ("3F", "Other health services"),
                            ("4", "Housing"),
                            ("5A", "Social care of this authority"),
                            ("5B", "Other department of this authority"),
                            ("5C", "Another authority"),
                            ("5D", "Early help"),
                            ("6", "Police"),
                            ("7", "Other legal agency"),
                            ("8", "Other"),
                            ("9", "Anonymous"),
                            ("10", "Unknown"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "primary_need",
                    models.CharField(
                        choices=[
                            ("N1", "Abuse or neglect"),
                            ("N2", "Child's disability or illness"),
                            ("N3", "Parental disability or illness"),
                            ("N4", "Family in acute stress"),
                            ("N5", "Family dysfunction"),
                            ("N6", "Socially unacceptable behaviour"),
                            ("N7", "Low income"),
                            ("N8", "Absent parenting"),
                            ("N9", "Cases other than children in need"),
                            ("N0", "Not stated"),
                        ],
                        max_length=2,
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "taken_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "The child on record: the referral is recorded"),
                            (
                                "open",
                                "The child on record, whose case is open: it was a contact, not a referral",
                            ),
                            ("other", "Another child, who is now on record with the referral"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "settled_by",
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
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "referral",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="referrals.referral",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        from_file(SQL / "holding.sql", undo="DROP VIEW referrals_caseholding, referrals_holding"),
        from_file(SQL / "ties.sql", undo=(SQL / "ties_undo.sql").read_text(encoding="utf-8")),
    ]
