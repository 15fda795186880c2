from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0014_merges"),
        ("workforce", "0009_cover_same_day"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="child",
            index=models.Index(fields=["last_name", "first_name", "id"], name="child_by_name"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["-received_on", "id"], name="referral_newest"),
        ),
    ]
