"""Who came and did a step that needs him in person: for good, as the ledger tells it."""

import django.db.models.deletion
import onevisit.people.ids
from django.db import migrations, models

GUARD = """
CREATE TRIGGER cases_attendance_is_kept BEFORE UPDATE OR DELETE ON cases_attendance
    FOR EACH ROW EXECUTE FUNCTION cases_row_is_kept();
"""
UNGUARD = "DROP TRIGGER cases_attendance_is_kept ON cases_attendance;"


class Migration(migrations.Migration):
    """Make the table of attendances, append-only."""

    dependencies = [("cases", "0002_guards")]
    operations = [
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=onevisit.people.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.TextField()),
                ("party", models.TextField()),
                ("person", models.UUIDField()),
                ("hall", models.TextField()),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "procedure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attendances", to="cases.procedure"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("procedure", "step", "person"), name="attended_once")],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
