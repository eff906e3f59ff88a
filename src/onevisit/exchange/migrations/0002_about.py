"""Whom a look-up is about; indexes for him and for the daily count of who asks."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The column has its default in the database, so that servers of the version before go on writing."""

    atomic = False  # indexes without a lock on the table

    dependencies = [("exchange", "0001_initial")]

    operations = [
        migrations.AddField("fetch", "about", models.TextField(default="", db_default="")),
        AddIndexConcurrently("fetch", models.Index(fields=["about", "-at"], name="fetches_about")),
        AddIndexConcurrently("fetch", models.Index(fields=["account", "-at"], name="fetches_by_account")),
    ]
