from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ehcp", "0003_facts_across"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenSpell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
    ]
