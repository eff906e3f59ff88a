"""Where a refund was handed out: a hall reckons up what it took and gave back on a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column with a default that the database fills: no row is rewritten."""

    dependencies = [("payments", "0003_guards")]
    operations = [migrations.AddField("refunddone", "hall", models.TextField(default="", db_default="", blank=True))]
