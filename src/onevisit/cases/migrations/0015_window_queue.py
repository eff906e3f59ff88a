"""What waits at a window is read in the order of its own indexes; steps for which somebody has to come are noted.

Cases that were submitted before are found by who comes, as until now; their steps are not in the list.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
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
    """Make the table, exchange the indexes; what a broken run left behind is built anew."""

    atomic = False
    dependencies = [("cases", "0014_for_companies")]
    operations = [
        migrations.CreateModel(
            name="ToCome",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "procedure", "step", "hall", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.TextField()),
                ("hall", models.TextField()),
                ("last_day", models.DateField()),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="to_come", to="cases.procedure"
                    ),
                ),
            ],
            options={"indexes": [Index(fields=["hall", "last_day", "procedure"], name="steps_at_a_hall")]},
        ),
        migrations.RunSQL(
            [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}" for index in ADDED], migrations.RunSQL.noop
        ),
        *(AddIndexConcurrently("procedure", index) for index in ADDED),
        RemoveIndexConcurrently("procedure", "procedures_at_window"),
    ]
