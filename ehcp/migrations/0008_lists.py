from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ehcp", "0007_merges"),
        ("referrals", "0014_merges"),
        ("workforce", "0009_cover_same_day"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["-received_on", "id"], name="request_newest"),
        ),
    ]
