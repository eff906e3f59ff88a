"""Who came to a hall on a day is found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("halls", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="checkin",
            index=models.Index(fields=["hall", "day", "-at"], name="visits_of_a_day"),
        ),
    ]
