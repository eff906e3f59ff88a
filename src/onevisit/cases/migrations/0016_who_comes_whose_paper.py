"""Steps for which somebody has to come are noted; what is missing says of which party.

Cases that were submitted before are found by who comes, as until now; their steps are not in the list. The column has a
constant default, so that no row is rewritten or waited for.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Make the table, add the column. "", which all earlier rows have, is the applicant's own; processes of before may go on writing."""

    dependencies = [("cases", "0015_window_queue")]
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
            options={"indexes": [models.Index(fields=["hall", "last_day", "procedure"], name="steps_at_a_hall")]},
        ),
        migrations.AddField("correctionitem", "party", models.TextField(blank=True, db_default="", default="")),
    ]
