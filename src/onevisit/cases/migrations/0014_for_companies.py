"""The latest cases that somebody handed in for companies are found by an index too. Built while others write."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Index, Q

ADDED = Index(fields=["person", "-id"], condition=Q(organisation__isnull=False), name="cases_for_companies")


class Migration(migrations.Migration):
    """Add the index; what a broken run left behind is built anew."""

    atomic = False
    dependencies = [("cases", "0013_outgoing_of_bills")]
    operations = [
        migrations.RunSQL([f"DROP INDEX CONCURRENTLY IF EXISTS {ADDED.name}"], migrations.RunSQL.noop),
        AddIndexConcurrently("case", ADDED),
    ]
