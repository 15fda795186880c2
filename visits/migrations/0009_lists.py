from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0008_merges"),
        ("workforce", "0009_cover_same_day"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["-visited_on", "id"], name="visit_newest"),
        ),
    ]
