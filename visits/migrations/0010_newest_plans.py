from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0009_lists")]

    operations = [
        migrations.AddIndex(
            model_name="protectionplan",
            index=models.Index(fields=["-started_on", "id"], name="protection_newest"),
        ),
    ]
