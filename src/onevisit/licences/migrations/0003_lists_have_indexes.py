"""Lists of licences are read in the order of an index: a holder's, an agency's. Built while others write."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.models import Index, Q
from django.db.models.functions import Collate

ADDED = (
    Index(fields=["holder_person", "-id"], condition=Q(holder_organisation=None), name="licences_of_a_person"),
    Index(
        fields=["holder_organisation", "-id"],
        condition=Q(holder_organisation__isnull=False),
        name="licences_of_a_firm",
    ),
    Index(fields=["agency", "-issued_at", "-id"], name="licences_of_agency"),
    Index("agency", Collate("number", "C"), name="licences_by_number"),
)
REMOVED = ("licences_of_person", "licences_of_organisation")


class Migration(migrations.Migration):
    """Exchange the indexes; what a broken run left behind is built anew."""

    atomic = False
    dependencies = [("licences", "0002_licences_are_kept")]
    operations = [
        migrations.RunSQL(
            [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}" for index in ADDED], migrations.RunSQL.noop
        ),
        *(AddIndexConcurrently("licence", index) for index in ADDED),
        *(RemoveIndexConcurrently("licence", name) for name in REMOVED),
    ]
