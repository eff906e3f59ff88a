"""What waits at a window is read in the order of its own indexes."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations
from django.db.models import Index, Q
from django.db.models.functions import Collate

AT_A_HALL = ~Q(hall="")
TO_SUPPLY = Q(state__in=["received", "waiting"]) & Q(completeness="missing") | Q(
    state="accepted", completeness="provisional"
)
ADDED = (
    Index("hall", Collate("number", "C"), condition=AT_A_HALL & TO_SUPPLY, name="procedures_to_supply"),
    Index(fields=["hall", "-decided_at"], condition=AT_A_HALL & Q(state="granted"), name="procedures_to_hand_out"),
)


class Migration(migrations.Migration):
    """Exchange the indexes; what a broken run left behind is built anew."""

    atomic = False
    dependencies = [("cases", "0014_for_companies")]
    operations = [
        migrations.RunSQL(
            [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}" for index in ADDED], migrations.RunSQL.noop
        ),
        *(AddIndexConcurrently("procedure", index) for index in ADDED),
        RemoveIndexConcurrently("procedure", "procedures_at_window"),
    ]
